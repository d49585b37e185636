"""Cards: pictures that represent a page where it is shared, with its title and description.

The font has Latin, Greek and Cyrillic letters. Text with other characters is omitted rather than drawn as boxes.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 630
"""Size expected by the large platforms."""

FOLDER = "cards"
"""Folder of cards in the built site; below it they are named by the address of their page."""

FRONT = "index"
"""Card of the front page, and of every page without its own."""
_OWN_CARD = {"topic": 2, "story": 2, "edition": 2, "new": 2}
"""Kinds of pages with a card of their own → parts of the address that identify it: all pages of a topic share one."""

_FONT = Path(__file__).parent / "fonts" / "SourceSerifPro-Semibold.ttf"
_MARGIN = 80
_TOP = 150
_BOTTOM = HEIGHT - 124
"""Title and text are placed between these two."""
_TITLE = (84, 74, 64, 56, 48)
"""Font sizes of the title; the largest that fits is used."""
_TITLE_LINES = 4
_TEXT = 34
_TEXT_LINES = 3
_NAME = 32
_LEADING = 1.16

_LONGEST = 300
"""Maximum number of characters of any text."""

_PAPER, _INK, _ACCENT = (251, 250, 246), (30, 28, 25), (141, 44, 31)
_SHADES = 12
"""Shades from paper to ink; few, to keep files small. The rest of the sixteen colours are shades of the accent."""
_SOFT = 0.72
"""Darkness of the text below the title."""


def card_key(kind: str, url: str) -> str:
    """Card that a page shows, by its kind and address: its own, or that of the front page."""
    return "/".join(url.split("/")[: _OWN_CARD[kind]]) if kind in _OWN_CARD else FRONT


def card(title: str, text: str, name: str, address: str) -> bytes | None:
    """Draw a PNG with the ``title`` and short ``text`` of a page, and the ``name`` and ``address`` of the site.

    None if the title cannot be drawn. Deterministic.
    """
    title, text, name, address = (_line(words) for words in (title, text, name, address))
    if not title or not is_drawable(title):
        return None
    ink, accent = (Image.new("L", (WIDTH, HEIGHT)) for _ in range(2))
    _rules(ImageDraw.Draw(ink))
    if name != title and is_drawable(name):
        _write(accent, 76, _cut(name, _NAME), _NAME)
    if is_drawable(address):
        _write(ink, HEIGHT - 84, _cut(address, _NAME), _NAME, _SOFT)
    size, lines = _fit_title(title)
    height = int(size * _LEADING)
    for number, line in enumerate(lines):
        _write(ink, _TOP + number * height, line, size)
    below = _TOP + len(lines) * height + 20
    room = min(_TEXT_LINES, int((_BOTTOM - below) / (_TEXT * _LEADING * 1.1)))
    if room > 0 and text and text != title and is_drawable(text):
        for number, line in enumerate(_limit_lines(list(_lines(text, _TEXT)), room, _TEXT)):
            _write(ink, below + int(number * _TEXT * _LEADING * 1.1), line, _TEXT, _SOFT)
    return _png(ink, accent)


def _line(words: str) -> str:
    """Collapse to one line, cut at the longest useful length."""
    return " ".join(unicodedata.normalize("NFC", words[:_LONGEST]).split())


def is_drawable(text: str) -> bool:
    """Whether the font has all characters of a text."""
    return all(map(_is_known, text))


@cache
def _is_known(char: str) -> bool:
    return char == " " or bytes(_font(40).getmask(char)) not in {b"", bytes(_font(40).getmask("\U0010ffff"))}


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    # The basic layout does not depend on system libraries, so pictures are the same everywhere.
    return ImageFont.truetype(str(_FONT), size, layout_engine=ImageFont.Layout.BASIC)


def _rules(draw: ImageDraw.ImageDraw) -> None:
    """Draw the double rule at the top and the fine one at the bottom."""
    draw.rectangle((_MARGIN, 52, WIDTH - _MARGIN, 56), fill=255)
    draw.rectangle((_MARGIN, 61, WIDTH - _MARGIN, 62), fill=255)
    draw.rectangle((_MARGIN, HEIGHT - 102, WIDTH - _MARGIN, HEIGHT - 102), fill=255)


def _write(layer: Image.Image, y: int, line: str, size: int, shade: float = 1.0) -> None:
    ImageDraw.Draw(layer).text((_MARGIN, y), line, fill=round(255 * shade), font=_font(size))


def _fit_title(title: str) -> tuple[int, Sequence[str]]:
    """Font size and lines of a title."""
    for size in _TITLE:
        lines = list(_lines(title, size))
        if len(lines) * size * _LEADING <= (_BOTTOM - _TOP) and len(lines) <= _TITLE_LINES:
            return size, lines
    return _TITLE[-1], _limit_lines(lines, _TITLE_LINES, _TITLE[-1])


def _lines(text: str, size: int) -> Iterator[str]:
    room, line, width = WIDTH - 2 * _MARGIN, "", 0.0
    for word in text.split():
        longer = width + _width(f" {word}" if line else word, size)
        if line and longer > room:
            yield line
            line = ""
            longer = _width(word, size)
        line = f"{line} {word}" if line else _cut(word, size)
        width = longer
    yield line


def _limit_lines(lines: Sequence[str], most: int, size: int) -> Sequence[str]:
    return lines if len(lines) <= most else [*lines[: most - 1], _cut(lines[most - 1] + " …", size)]


def _cut(line: str, size: int) -> str:
    """Cut a line to the available width."""
    if _fits(line, size):
        return line
    return line[: bisect_left(range(len(line)), 1, key=lambda end: not _fits(line[:end] + "…", size)) - 1] + "…"


def _fits(line: str, size: int) -> bool:
    return _font(size).getbbox(line)[2] <= WIDTH - 2 * _MARGIN


@lru_cache(maxsize=10_000)
def _width(word: str, size: int) -> float:
    return _font(size).getlength(word)


def _png(ink: Image.Image, accent: Image.Image) -> bytes:
    """Encode in sixteen colours: shades of the ink, and over them those of the accent."""
    last = 15 - _SHADES
    shades = ink.point([round(level * _SHADES / 255) for level in range(256)])
    tints = accent.point([_SHADES + round(level * last / 255) for level in range(256)])
    picture = Image.composite(tints, shades, accent.point([0, *[255] * 255])).convert("P")
    mixed = [_blend(_INK, step / _SHADES) for step in range(_SHADES + 1)]
    mixed += [_blend(_ACCENT, step / last) for step in range(1, last + 1)]
    picture.putpalette([part for colour in mixed for part in colour])
    written = BytesIO()
    picture.save(written, "PNG", bits=4)
    return written.getvalue()


def _blend(colour: tuple[int, int, int], share: float) -> tuple[int, ...]:
    return tuple(round(paper + (part - paper) * share) for part, paper in zip(colour, _PAPER, strict=True))
