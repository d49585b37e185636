"""Layout of plain-text mails: wrapping and protection against misreading by mail software.

No line ends in a space or starts like a quotation, so the text reads the same as format=fixed or format=flowed (RFC
3676).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from digestgen.language.text import clean_line

COLUMNS = 72

_BLANK_LINES = re.compile(r"\n{4,}")
_TAKEN_FOR_MORE = (">", "From ")
"""Line starts that mail software rewrites or shows as quotations."""


class PlainText(str):
    """Lines that are laid out already. Every other type becomes one clean line before it reaches a mail."""

    __slots__ = ()


def as_plain(value: object) -> PlainText:
    """Turn a template's output into one clean line unless it is laid out already."""
    return value if isinstance(value, PlainText) else PlainText(clean_line(str(value)))


def wrapped(text: str, first: str = "", rest: str | None = None) -> PlainText:
    """Wrap a text to 72 columns, with ``first`` before the first line and ``rest`` before the others.

    Wide characters, such as Chinese, take two columns. A word longer than a line is broken.
    """
    rest = first if rest is None else rest
    room = COLUMNS - max(len(first), len(rest))
    lines = list(_lines(clean_line(text), room))
    return PlainText("\n".join((rest if number else first) + line for number, line in enumerate(lines)))


def underlined(text: str, mark: str) -> PlainText:
    """A wrapped heading, underlined at its own width."""
    lines = wrapped(text)
    return PlainText(f"{lines}\n{mark * max(map(_width, lines.split(chr(10))))}")


def as_mail_text(text: str) -> str:
    """Finish a mail: strip trailing blanks, protect line starts, allow at most two empty lines in a row."""
    lines = (line.rstrip() for line in text.split("\n"))
    stuffed = (f" {line}" if line.startswith(_TAKEN_FOR_MORE) else line for line in lines)
    return _BLANK_LINES.sub("\n\n\n", "\n".join(stuffed)).strip("\n") + "\n"


def _lines(text: str, room: int) -> Iterator[str]:
    line, used = "", 0
    for word in text.split(" "):
        width = _width(word)
        if line and used + 1 + width <= room:
            line, used = f"{line} {word}", used + 1 + width
            continue
        if line and width <= room:
            yield line
            line, used = word, width
            continue
        # A word that is too long, or text without spaces, starts on this line and continues on the next.
        gap = " " if line else ""
        for char in gap + word:
            cells = _width(char)
            if used + cells > room:
                yield line.rstrip()
                line, used = "", 0
            if line or char != " ":
                line, used = line + char, used + cells
    yield line


def _width(text: str) -> int:
    """Columns that a text takes; each character takes 0, 1 or 2."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
