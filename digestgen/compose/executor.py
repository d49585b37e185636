"""Where per-article work is done: the one thing that the shell hands into the composition."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from digestgen.errors import Problem
from digestgen.language.text import clean_line

A = TypeVar("A")
B = TypeVar("B")


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of ours that a single seed or article met: work that may fail returns it in place of its result."""

    reason: str

    @classmethod
    def met(cls, error: Exception) -> Fault:
        """What was raised, in a line."""
        return cls(clean_line(f"{type(error).__name__}: {error}")[:200])

    def of(self, seed: str, line: int | None, what: str) -> Problem:
        """The problem to tell of it."""
        message = f"digestgen failed on {what} and left it out; please report this ({self.reason})"
        return Problem(seed, line, message)


class Executor(Protocol):
    """Does the same work on many things; shows how far it is, and may spread it over cores."""

    def start(self, stage: str) -> None:
        """A stage begins; ``stage`` is what to show to a person."""

    def map(self, stage: str, work: Callable[[A], B], things: Sequence[A]) -> list[B]:
        """``[work(thing) for thing in things]``, in that order.

        ``work`` is a module's own function whose result depends on nothing but the thing, so it may be done in another
        process, or have been done before.
        """


class SerialExecutor:
    """One core, silent."""

    def start(self, stage: str) -> None:
        """Nothing to show."""

    def map(self, stage: str, work: Callable[[A], B], things: Sequence[A]) -> list[B]:  # noqa: ARG002
        """One after the other."""
        return [work(thing) for thing in things]
