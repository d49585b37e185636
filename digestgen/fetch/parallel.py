"""A bounded, ordered parallel map."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")

THREADS = 6
_AHEAD = 4 * THREADS
"""Items started ahead of the consumer; their results wait in memory."""


def ordered_map(work: Callable[[A], B], things: Iterable[A], stop: Callable[[], object]) -> Iterator[B]:
    """``map(work, things)`` on a few threads; if the caller stops early, ``stop`` aborts what is running."""
    with ThreadPoolExecutor(THREADS) as pool:
        waiting: deque[Future[B]] = deque()
        try:
            for thing in things:
                waiting.append(pool.submit(work, thing))
                if len(waiting) >= _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BaseException:
            for future in waiting:
                future.cancel()
            stop()
            raise
