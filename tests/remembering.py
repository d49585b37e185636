"""An executor that remembers studied articles, for tests that build many editions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar
from unittest import mock

from digestgen.compose.executor import SerialExecutor

A = TypeVar("A")
B = TypeVar("B")


class Remembering(SerialExecutor):
    """An executor that studies each article once, however many editions have it."""

    def __init__(self) -> None:
        self._known: dict[Any, Any] = {}

    def map(self, stage: str, work: Callable[[A], B], things: Sequence[A]) -> Iterator[B]:  # noqa: ARG002
        for thing in things:
            if (work, thing) not in self._known:
                self._known[work, thing] = work(thing)
            yield self._known[work, thing]


_SHARED = Remembering()


@contextmanager
def studying_once() -> Iterator[None]:
    """Make builds reuse articles already studied in this process."""

    @contextmanager
    def opened(*_: object) -> Iterator[Remembering]:
        yield _SHARED

    with mock.patch("digestgen.build.open_executor", opened):
        yield
