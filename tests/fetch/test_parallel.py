from __future__ import annotations

import threading

import pytest

from digestgen.fetch.parallel import THREADS, ordered_map


def test_keeps_the_order_whoever_is_first() -> None:
    last_is_done = threading.Event()

    def work(number: int) -> int:
        if number == THREADS - 1:
            last_is_done.set()
        else:
            last_is_done.wait()
        return number

    assert list(ordered_map(work, range(100), lambda: None)) == list(range(100))


def test_begins_no_more_than_can_wait() -> None:
    begun: list[int] = []
    results = ordered_map(begun.append, range(1_000), lambda: None)
    next(results)
    results.close()  # type: ignore[attr-defined] -- a generator
    assert len(begun) < 100


def test_ends_what_is_under_way_where_the_caller_gives_up() -> None:
    stopped = threading.Event()

    def work(_: int) -> None:
        stopped.wait()

    def things() -> object:
        yield from range(3)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(ordered_map(work, things(), stopped.set))  # type: ignore[arg-type]
