"""The JSON seeds of pulled feeds: one file per feed and month, one line per item, sorted by date and id.

Branches that pulled at different times can be merged line by line. Nothing is ever deleted: items that vanish from a
feed stay, and a file with an unreadable line is left alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto

from digestgen.errors import Problem
from digestgen.fetch.feed_items import PULLED, FeedItem, item_line, written_checksum

ENDING = ".jsonl"


class ItemAction(Enum):
    """What happens to an item."""

    NEW = auto()
    UPDATED = auto()
    SAME = auto()
    EDITED = auto()
    """The feed changed it, but the curator has edited its line."""
    HELD_BACK = auto()
    """Its file cannot be read."""


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    fields: Mapping[str, object] = field(compare=False)
    number: int = field(default=0, compare=False)
    """Line number in its file; 0 for a new line."""

    @property
    def id(self) -> str | None:
        value = self.fields.get("id")
        return value if isinstance(value, str) else None

    @property
    def order(self) -> tuple[str, str]:
        published = self.fields.get("published")
        return (published if isinstance(published, str) else "", self.id or "")


class ItemFiles:
    """All files of all feeds, with pending changes."""

    def __init__(self, texts: Mapping[str, str], today: date, unreadable: Iterable[Problem] = ()) -> None:
        """``texts`` is by file name; ``unreadable`` files are left alone too."""
        self._today = today
        self.problems = list(unreadable)
        self._lines: dict[str, list[_Line]] = {}
        self._broken = {problem.file: "" for problem in self.problems}
        self._places: dict[str, tuple[str, int]] = {}
        self._before = dict(texts)
        for name, text in sorted(texts.items()):
            self._read(name, text)

    def action(self, item: FeedItem, feed: str) -> ItemAction:
        """Determine what would happen to an item of a feed."""
        place = self._places.get(item.id)
        if place is None:
            mark = json.dumps(item.id)
            broken = self._file_of(item, feed) in self._broken or any(mark in text for text in self._broken.values())
            return ItemAction.HELD_BACK if broken else ItemAction.NEW
        file, at = place
        fields = self._lines[file][at].fields
        pulled = fields.get(PULLED)
        given, _, written = pulled.partition(".") if isinstance(pulled, str) else ("", "", "")
        if given == item.feed_checksum or not _belongs_to(
            file, feed
        ):  # of two feeds that have it, the first to bring it
            return ItemAction.SAME
        return ItemAction.UPDATED if written == written_checksum(fields) else ItemAction.EDITED

    def put(self, item: FeedItem, feed: str) -> ItemAction:
        """Apply the action: write it or leave it."""
        action = self.action(item, feed)
        if action is ItemAction.NEW:
            name = self._file_of(item, feed)
            lines = self._lines.setdefault(name, [])
            self._places[item.id] = (name, len(lines))
            lines.append(_parsed(item_line(item)))
        elif action is ItemAction.UPDATED:
            file, at = self._places[item.id]
            line = self._lines[file][at]
            self._lines[file][at] = _parsed(item_line(item, line.fields), line.number)
        return action

    def place(self, item: FeedItem) -> str:
        """File and line of an existing item, before any changes."""
        file, at = self._places[item.id]
        return f"{file}:{self._lines[file][at].number}"

    def changed(self) -> dict[str, str]:
        """File name → new text of each changed file."""
        texts = {name: self._text(name) for name in self._lines}
        return {name: text for name, text in sorted(texts.items()) if text != self._before.get(name)}

    def saved(self, name: str) -> None:
        """Mark a file as written to disk."""
        self._before[name] = self._text(name)

    def texts_of(self, feed: str) -> dict[str, str]:
        """The files of a feed, changes included."""
        return {name: self._text(name) for name in sorted(self._lines) if _belongs_to(name, feed)}

    def _file_of(self, item: FeedItem, feed: str) -> str:
        """The file of a new item, by its month."""
        day = item.published or self._today
        return f"{feed}-{day.year:04}-{day.month:02}{ENDING}"

    def _text(self, name: str) -> str:
        return "".join(f"{line.text}\n" for line in sorted(self._lines[name], key=lambda line: line.order))

    def _read(self, name: str, text: str) -> None:
        lines: list[_Line] = []
        first: dict[str, int] = {}
        for number, row in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
            said = row.rstrip("\r")
            if not said.strip():
                continue
            try:
                line = _parsed(said, number)
            except ValueError as error:
                self._leave(name, text, number, str(error))
                return
            if line.id is not None and line.id in first:
                other = lines[first[line.id]]
                if other != line:
                    self._leave(name, text, number, f"has the id of line {other.number}, and says something else")
                    return
                continue  # both sides of a merge brought it
            if line.id is not None:
                first[line.id] = len(lines)
            lines.append(line)
        self._lines[name] = lines
        for id_, at in first.items():
            self._places.setdefault(id_, (name, at))

    def _leave(self, name: str, text: str, number: int, message: str) -> None:
        self._broken[name] = text
        self.problems.append(Problem(name, number, f"{message}; the file is left alone until this is fixed"))


_MONTH = re.compile(r"-\d{4}-\d{2}" + re.escape(ENDING))


def _belongs_to(name: str, feed: str) -> bool:
    """Whether a file belongs to a feed; other feeds' names may start with the same prefix."""
    return name.startswith(feed) and _MONTH.fullmatch(name, len(feed)) is not None


def _parsed(text: str, number: int = 0) -> _Line:
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError("is not JSON") from None
    if not isinstance(fields, dict):
        raise ValueError("is not a JSON object")  # noqa: TRY004 -- the caller reports it
    return _Line(text, fields, number)
