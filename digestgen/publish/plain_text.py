"""Text for a mail without HTML: lines that every reader shows as they are, and that none takes for more than text.

Lines are wrapped, never end in a blank and never start as a quotation does, so that they read the same whether a
mailer sends them as fixed or as flowed (RFC 3676).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from digestgen.language.text import clean_line

COLUMNS = 72

_BLANK_LINES = re.compile(r"\n{4,}")
_TAKEN_FOR_MORE = (">", "From ")
"""Starts of a line that mail software changes, or takes for what somebody else has written."""


class Plain(str):
    """Lines that are laid out already. Whatever is not of this type becomes one clean line before it reaches a mail."""

    __slots__ = ()


def as_plain(value: object) -> Plain:
    """What a template puts out: lines that are laid out as they are, everything else as one clean line."""
    return value if isinstance(value, Plain) else Plain(clean_line(str(value)))


def wrapped(text: str, first: str = "", rest: str | None = None) -> Plain:
    """A text in lines of at most 72 columns, ``first`` before the first one and ``rest`` before each that follows.

    Wide characters, such as Chinese ones, take two columns. A word that is too long for a line is broken.
    """
    rest = first if rest is None else rest
    room = COLUMNS - max(len(first), len(rest))
    lines = list(_lines(clean_line(text), room))
    return Plain("\n".join((rest if number else first) + line for number, line in enumerate(lines)))


def underlined(text: str, mark: str) -> Plain:
    """A heading: the text, wrapped, over a line of marks as long as itself."""
    lines = wrapped(text)
    return Plain(f"{lines}\n{mark * max(map(_width, lines.split(chr(10))))}")


def as_letter(text: str) -> str:
    """A whole text as it may be sent: no blank at the end of a line, no more than two empty lines together."""
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
        # What is too long, or written without spaces, starts where there is room and goes on in the next line.
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
    """The columns that a text takes where each character takes none, one or two."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
