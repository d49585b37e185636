"""Bytes → text, with a clear word on what is not UTF-8, not text, or not to be believed."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from digestgen.errors import InputError, Problem

LONGEST_LINE = 1_000_000
"""Characters: some 150,000 words, a thick novel in one paragraph."""

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Controls that no text needs, and the overrides and isolates that make text read other than it is stored.
_HIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The text of a file, and what was odd about it."""

    text: str
    """Line ends are line feeds; a byte-order mark is gone."""
    problems: tuple[Problem, ...] = ()
    """Lines that were left out (they stand empty in ``text``, so that line numbers hold)."""
    notices: tuple[Problem, ...] = ()
    """What was read, but will not be shown as it stands."""


def decode(data: bytes, name: str) -> Decoded:
    """The text of a file named ``name``. Raises InputError where it is not UTF-8 text."""
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
        raise InputError([Problem(name, where, "holds a NUL character: this is no text file, or it is UTF-16")])
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    problems = []
    notices = []
    for number, line in enumerate(lines, start=1):
        if len(line) > LONGEST_LINE:
            problems.append(
                Problem(name, number, f"is longer than {LONGEST_LINE:,} characters ({len(line):,}); it is left out")
            )
            lines[number - 1] = ""
        elif not line.isprintable() and _HIDDEN.search(line):
            notices.append(Problem(name, number, "holds invisible control characters; they are not shown"))
    return Decoded(text="\n".join(lines), problems=tuple(problems), notices=tuple(notices))
