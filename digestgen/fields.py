"""Typed values in the curator's files: dates, addresses, languages, flags.

Each function takes the text from the file and returns the typed value, or raises ``ValueError`` with a sentence that
says what is wrong and what would be right. YAML, front matter and JSON lines share them.
"""

from __future__ import annotations

import re
from datetime import date
from difflib import get_close_matches
from urllib.parse import urlsplit

from digestgen.dates import read_date
from digestgen.language.text import clean_line
from digestgen.model import Publish

LONGEST_TEXT = 1_000
"""Characters of a title, a name or an address."""
LONGEST_PROSE = 10_000
"""Characters of a note: some five pages."""

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Control characters except tab and line feed, invisible line ends, bidi overrides and isolates.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def quoted(text: str) -> str:
    """Quote a value for a message: printable, at most 60 characters."""
    shown = clean_line(text)
    return f"“{shown[:60]}…”" if len(shown) > 60 else f"“{shown}”"


def suggestion_or_known(word: str, known: list[str]) -> str:
    """The hint "(did you mean …?)" with the closest known word, or a list of all known ones."""
    return suggestion(word, known) or f" (known: {', '.join(known)})"


def suggestion(word: str, known: list[str]) -> str:
    """The hint "(did you mean …?)" with the closest known word; empty if none is close."""
    close = get_close_matches(word, known, n=1)
    return f" (did you mean {close[0]!r}?)" if close else ""


def as_text(value: str) -> str:
    """One line of visible text."""
    if len(value) > LONGEST_TEXT:
        raise ValueError(f"is longer than {LONGEST_TEXT} characters")
    text = clean_line(value)
    if not text:
        raise ValueError("is empty")
    return text


def as_prose(value: str) -> str:
    """Text of one or more lines, such as a note in Markdown; surrounding blank lines are dropped."""
    if len(value) > LONGEST_PROSE:
        raise ValueError(f"is longer than {LONGEST_PROSE:,} characters")
    if found := _CONTROL.search(value):
        raise ValueError(f"contains the invisible control character U+{ord(found[0]):04X}; remove it")
    if not clean_line(value):
        raise ValueError("is empty")
    return value.strip("\n").rstrip()


def as_date(value: str) -> date:
    """A date in any form that ``dates`` knows; a time of day after it is accepted and dropped."""
    try:
        # By far the most common form, since we write it ourselves.
        return date.fromisoformat(value) if _ISO.fullmatch(value) else read_date(value)
    except ValueError as error:
        reason = "is not a day of the calendar" if _ISO.fullmatch(value) else error
        raise ValueError(f"{quoted(value)} {reason}") from None


def as_publication_day(value: str) -> date:
    """A publication day, in ISO form only, since an ambiguous one must not be guessed."""
    try:
        if not _ISO.fullmatch(value.strip()):
            raise ValueError
        return date.fromisoformat(value.strip())
    except ValueError:
        reason = "is not a day of the calendar" if _ISO.fullmatch(value.strip()) else "is not a day such as 2026-12-01"
        raise ValueError(f"{quoted(value)} {reason}") from None


def as_url(value: str) -> str:
    """A web address: http or https, with a host, without user name and password."""
    text = value.strip()
    try:
        if len(text) > LONGEST_TEXT or clean_line(text) != text or " " in text:
            raise ValueError
        parts = urlsplit(text)
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.username is None
        _ = parts.port
    except ValueError:
        usable = False
    if not usable:
        raise ValueError(f"{quoted(value)} is not a web address such as https://example.org/article")
    return text


def as_language(value: str) -> str:
    """An ISO 639 code, ``en``; a region (``en-GB``) is dropped."""
    code = re.split(r"[-_]", value.strip().lower(), maxsplit=1)[0]
    if not re.fullmatch(r"[a-z]{2,3}", code):
        raise ValueError(f"{quoted(value)} is not the code of a language such as en")
    return code


def as_publish(value: str) -> Publish:
    """``summary`` or ``full``."""
    try:
        return Publish(value.strip())
    except ValueError:
        known = [str(choice) for choice in Publish]
        raise ValueError(f"{quoted(value)} is neither of {' and '.join(known)}") from None


def as_flag(value: str) -> bool:
    """``true`` or ``false``."""
    if value not in {"true", "false"}:
        raise ValueError(f"{quoted(value)} is neither true nor false")
    return value == "true"


def as_days(value: str) -> int:
    """A whole number of days, from 0."""
    if not re.fullmatch(r"0|[1-9][0-9]{0,4}", value):
        raise ValueError(f"{quoted(value)} is not a whole number of days such as 60")
    return int(value)


def as_line_number(value: str) -> int:
    """A whole number from 1."""
    if not re.fullmatch(r"[1-9][0-9]{0,8}", value):
        raise ValueError(f"{quoted(value)} is not a line number")
    return int(value)
