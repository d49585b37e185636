"""Where per-article work is done: the one thing that the shell hands into the composition."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

A = TypeVar("A")
B = TypeVar("B")


class Executor(Protocol):
    """Does the same work on many things; shows how far it is, and may spread it over cores."""

    def start(self, stage: str) -> None:
        """A stage begins; ``stage`` is what to show to a person."""

    def map(self, stage: str, work: Callable[[A], B], things: Sequence[A]) -> list[B]:
        """``[work(thing) for thing in things]``, in that order; ``work`` is a module's own function."""


class SerialExecutor:
    """One core, silent."""

    def start(self, stage: str) -> None:
        """Nothing to show."""

    def map(self, stage: str, work: Callable[[A], B], things: Sequence[A]) -> list[B]:  # noqa: ARG002
        """One after the other."""
        return [work(thing) for thing in things]
