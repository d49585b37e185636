"""Problems with the curator's input, with file and line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


def place(file: str, line: int | None) -> str:
    """``week42.txt:3``, or the file alone."""
    return file if line is None else f"{file}:{line}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One problem: where it is, what is wrong, and what to do about it."""

    file: str
    """File name as the curator knows it, such as ``week42.txt``."""
    line: int | None
    """1-based; None for the whole file."""
    message: str

    def __str__(self) -> str:
        return f"{place(self.file, self.line)}: {self.message}"


class InputError(Exception):
    """Input that cannot be used; carries every problem found, not just the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: (p.file, p.line or 0, p.message)))
        super().__init__("\n".join(map(str, self.problems)))
