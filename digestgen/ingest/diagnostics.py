"""Collects the problems and notes found while one file is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from digestgen.errors import Problem
from digestgen.fields import quoted, suggestion
from digestgen.ingest.draft import Draft, ParsedSeed

_MERGED_ABOVE = 3
"""Up to this many notes of one kind are reported one by one; more are merged into the first."""
_MOST_NAMED = 5
_OUR_KEYS = ("title", "source", "url", "published", "language", "publish", "draft", "text")


class Diagnostics:
    """Problems and notes of one file, handed on by ``result``."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self._notes: dict[str, list[Problem]] = {}
        self._unknown: dict[str, int | None] = {}

    def problem(self, line: int | None, message: str) -> None:
        """Record an error that the curator must fix."""
        self.problems.append(Problem(self.file, line, message))

    def note(self, line: int | None, message: str, kind: str = "") -> None:
        """Record something that was skipped. Notes with the same ``kind`` (default: the same message) may be merged."""
        self._notes.setdefault(kind or message, []).append(Problem(self.file, line, message))

    def unknown_key(self, line: int | None, key: str) -> None:
        """Record an unknown key; all of them are reported in one note."""
        self._unknown.setdefault(key, line)

    def result(self, drafts: Sequence[Draft]) -> ParsedSeed:
        """The outcome of a reader: its drafts and everything recorded here."""
        return ParsedSeed(tuple(drafts), tuple(self.problems), tuple(self._notices()))

    def _notices(self) -> Iterable[Problem]:
        for notes in self._notes.values():
            if len(notes) <= _MERGED_ABOVE:
                yield from notes
            else:
                first = notes[0]
                yield Problem(first.file, first.line, f"{first.message} (and {len(notes) - 1} more lines like it)")
        if self._unknown:
            keys = list(self._unknown)
            named = ", ".join(f"{quoted(key)}{suggestion(key, list(_OUR_KEYS))}" for key in keys[:_MOST_NAMED])
            more = f" and {len(keys) - _MOST_NAMED} more" if len(keys) > _MOST_NAMED else ""
            what = "is an unknown key, and is" if len(keys) == 1 else "are unknown keys, and are"
            yield Problem(self.file, self._unknown[keys[0]], f"{named}{more} {what} ignored")
