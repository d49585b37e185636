"""Bytes → text, with clear messages about what is not UTF-8, not text, or not plausible."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from digestgen.charsets import text_of
from digestgen.errors import InputError, Problem
from digestgen.seed_kinds import SeedKind, kind_of_seed

LONGEST_LINE = 1_000_000
"""Characters: some 150,000 words, a long novel in one paragraph."""

_LETTERS_A_NUL = 100
"""Letters per NUL character, at least, in damaged markup; a picture or a program has fewer."""

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Control characters that no text needs, and the bidi overrides and isolates that make text read other than it is.
_HIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The text of a file, and what was odd about it."""

    text: str
    """With line feeds as line ends and without byte-order mark."""
    problems: tuple[Problem, ...] = ()
    """Lines that were left out; they are empty in ``text``, so that line numbers hold."""
    notices: tuple[Problem, ...] = ()
    """What was read, but is not shown as it is."""


def decode(data: bytes, name: str) -> Decoded:
    """Decode a file called ``name``. Raises InputError if it is not text in an encoding allowed for its kind.

    Line-based formats are written by people and must be UTF-8, and so must JSON. Web pages and feeds are written by
    programs, which declare the encoding. A mail has an encoding per part: its bytes are kept, those above 127 as lone
    surrogates, and ``bytes_of`` restores them.
    """
    kind = kind_of_seed(name)
    if kind in {SeedKind.WEB_PAGE, SeedKind.FEED}:
        return _decode_markup(data, name)
    if kind in {SeedKind.MAIL, SeedKind.MAILBOX}:
        return Decoded(text=_with_line_feeds(data.decode("ascii", "surrogateescape")))
    return _decode_lines(data, name, None if kind is SeedKind.JSON else LONGEST_LINE)


def bytes_of(text: str) -> bytes:
    """The bytes of a mail, except for its original line ends."""
    return text.encode("utf-8", "surrogateescape")


def _decode_markup(data: bytes, name: str) -> Decoded:
    text = text_of(data)
    nuls = text.count("\x00")
    if nuls > len(text) / _LETTERS_A_NUL:
        raise InputError([Problem(name, None, f"is full of NUL characters: this is not a {kind_of_seed(name)}")])
    return Decoded(text=_with_line_feeds(text.replace("\x00", "")))


def _decode_lines(data: bytes, name: str, longest: int | None) -> Decoded:
    if data.startswith(_UTF16):
        raise InputError([Problem(name, 1, "is UTF-16; save it as UTF-8")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        where = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            [Problem(name, where, f"is not UTF-8 (byte 0x{data[error.start]:02x}); save the file as UTF-8")]
        ) from None
    nul = text.find("\x00")
    if nul >= 0:
        where = text.count("\n", 0, nul) + 1
        raise InputError([Problem(name, where, "contains a NUL character: this is not a text file, or it is UTF-16")])
    lines = _with_line_feeds(text).split("\n")
    problems = []
    notices = []
    for number, line in enumerate(lines, start=1):
        if longest is not None and len(line) > longest:
            problems.append(
                Problem(name, number, f"is longer than {longest:,} characters ({len(line):,}); it is left out")
            )
            lines[number - 1] = ""
        elif not line.isprintable() and _HIDDEN.search(line):
            notices.append(Problem(name, number, "contains invisible control characters; they are not shown"))
    return Decoded(text="\n".join(lines), problems=tuple(problems), notices=tuple(notices))


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
