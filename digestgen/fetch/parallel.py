"""A few things at a time, in the order in which they were asked for."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")

AT_A_TIME = 6
_AHEAD = 4 * AT_A_TIME
"""Things that are begun before the first of them is taken: what waits lies in memory."""


def in_order(work: Callable[[A], B], things: Iterable[A], stop: Callable[[], object]) -> Iterator[B]:
    """``map(work, things)`` by some threads; where the caller gives up, ``stop`` ends what they are at."""
    with ThreadPoolExecutor(AT_A_TIME) as pool:
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
