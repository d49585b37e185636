"""An executor for tests that compose one edition after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from digestgen.compose.executor import SerialExecutor

A = TypeVar("A")
B = TypeVar("B")


class Remembering(SerialExecutor):
    """An executor that studies each article once, however many editions have it."""

    def __init__(self) -> None:
        self._known: dict[Any, Any] = {}

    def map(self, stage: str, work: Callable[[A], B], things: Sequence[A]) -> list[B]:  # noqa: ARG002
        for thing in things:
            if (work, thing) not in self._known:
                self._known[work, thing] = work(thing)
        return [self._known[work, thing] for thing in things]
