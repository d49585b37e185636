"""How per-article work is run: the interface through which the shell offers cores, a cluster or a cache."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from digestgen.errors import Problem
from digestgen.language.text import clean_line

A = TypeVar("A")
B = TypeVar("B")


@dataclass(frozen=True, slots=True)
class Fault:
    """An unexpected exception in the work on one seed or article, returned in place of its result."""

    reason: str

    @classmethod
    def met(cls, error: Exception) -> Fault:
        """Describe an exception in one line."""
        return cls(clean_line(f"{type(error).__name__}: {error}")[:200])

    def of(self, seed: str, line: int | None, what: str) -> Problem:
        """Report it as a problem of ``what`` in a seed."""
        message = f"digestgen failed on {what} and left it out; please report this ({self.reason})"
        return Problem(seed, line, message)


class Executor(Protocol):
    """Maps a function over many things, shows progress, and may use several processes."""

    def start(self, stage: str) -> None:
        """Announce a stage; ``stage`` is shown to the user."""

    def map(self, stage: str, work: Callable[[A], B], things: Sequence[A]) -> Iterator[B]:
        """``work(thing)`` for each of the things, in their order, as far as the results are asked for.

        ``work`` is a module-level function of the thing alone, so it may run in another process, or its result may come
        from a cache.
        """


class SerialExecutor:
    """Runs everything in this process, without progress."""

    def start(self, stage: str) -> None:
        """Do nothing."""

    def map(self, stage: str, work: Callable[[A], B], things: Sequence[A]) -> Iterator[B]:  # noqa: ARG002
        """Apply ``work`` to one thing after the other."""
        return map(work, things)
