"""What there is to say of one file while it is read: what is wrong, and what was passed over, each in few lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from digestgen.errors import Problem
from digestgen.fields import quoted, suggestion
from digestgen.ingest.draft import Draft, Found

_TOLD_APART = 3
"""Of so many notes of one kind each is told; more are told together, at the first of them."""
_NAMED = 5
_OURS = ("title", "source", "url", "published", "language", "publish", "draft", "text")


class Remarks:
    """Gathers them; ``found`` gives them out."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self._notes: dict[str, list[Problem]] = {}
        self._unknown: dict[str, int | None] = {}

    def problem(self, line: int | None, message: str) -> None:
        """Something that must be mended."""
        self.problems.append(Problem(self.file, line, message))

    def note(self, line: int | None, message: str, kind: str = "") -> None:
        """Something that was passed over; notes of one kind are told together where they are many."""
        self._notes.setdefault(kind or message, []).append(Problem(self.file, line, message))

    def unknown(self, line: int | None, key: str) -> None:
        """A key that nothing is known of."""
        self._unknown.setdefault(key, line)

    def found(self, drafts: Sequence[Draft]) -> Found:
        """What a reader hands on."""
        return Found(tuple(drafts), tuple(self.problems), tuple(self._notices()))

    def _notices(self) -> Iterable[Problem]:
        for notes in self._notes.values():
            if len(notes) <= _TOLD_APART:
                yield from notes
            else:
                first = notes[0]
                yield Problem(first.file, first.line, f"{first.message} (and {len(notes) - 1} more such lines)")
        if self._unknown:
            keys = list(self._unknown)
            named = ", ".join(f"{quoted(key)}{suggestion(key, list(_OURS))}" for key in keys[:_NAMED])
            more = f" and {len(keys) - _NAMED} more" if len(keys) > _NAMED else ""
            what = (
                "is a key that is not known here, and is"
                if len(keys) == 1
                else "are keys that are not known here, and are"
            )
            yield Problem(self.file, self._unknown[keys[0]], f"{named}{more} {what} passed over")
