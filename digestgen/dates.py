"""Parse dates as people and their tools write them.

The calendar day counts as written: no time zone shifts it, and neither clock nor locale matters. Text that does not
name a certain year, month and day is refused, never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Literal

from babel.dates import get_month_names

_LONGEST = 80
_LANGUAGES = (
    *("en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "is", "pl", "cs", "sk", "hu", "ro", "sl"),
    *("hr", "lt", "lv", "et", "ru", "uk", "be", "bg", "sr", "el", "tr", "ca", "id"),
)
"""Languages whose month names are known; a name for different months in two of them is not used."""

# What may follow a day: a time and its zone.
_TIME = (
    r"(?:(?:\s*,\s*|\s+at\s+|\s+um\s+|\s+kl\.?\s+|\s*t|\s+)[0-9]{1,2}(?::[0-9]{2}){0,2}(?:[.,][0-9]{1,9})?"
    r"(?:\s*[ap]\.?m\.?|\s+uhr)?"
    r"(?:\s*(?:z|[a-z]{2,5})?(?:[+-][0-9]{1,2}(?::?[0-9]{2})?)?)?(?:\s*\([\w +:/-]{1,40}\))?)?"
)
_WEEKDAY = r"(?:[^\W\d_]{2,14}\.?,?\s+)?"
_MONTH = r"(?P<month>[^\W\d_]{3,14})\.?"
_LINK = r"(?:\s*[.,/-]\s*|\s+)(?:(?:de|del|di|of|d)\s+)?"
_YEAR = r"(?P<y>[0-9]{4})"
_DAY = r"(?P<d>[0-9]{1,2})(?:st|nd|rd|th|er|º|ª)?"
_FORMS = tuple(
    re.compile(form + _TIME)
    for form in (
        r"(?P<y>[0-9]{4})(?P<by>[-/.])(?P<m>[0-9]{1,2})(?P=by)(?P<d>[0-9]{1,2})",
        r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})",
        r"(?P<y>[0-9]{4})\s*[年년]\s*(?P<m>[0-9]{1,2})\s*[月월]\s*(?P<d>[0-9]{1,2})\s*[日일]?",
        rf"{_WEEKDAY}(?P<d>[0-9]{{1,2}})\.\s?(?P<m>[0-9]{{1,2}})\.\s?{_YEAR}",
        rf"{_WEEKDAY}{_DAY}{_LINK}{_MONTH}{_LINK}{_YEAR}(?:\s+г\.|\s+р\.)?",
        rf"{_WEEKDAY}{_MONTH}{_LINK}{_DAY}(?:\s*,\s*|\s+){_YEAR}",
        rf"{_YEAR}[.,]?{_LINK}{_MONTH}{_LINK}{_DAY}\.?",
        # "Tue Nov 12 10:00:00 +0000 2024", as C and some services write it.
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY}\s+[0-9]{{2}}:[0-9]{{2}}(?::[0-9]{{2}})?\s+(?:[a-z]{{1,5}}\s+|[+-][0-9]{{4}}\s+)?{_YEAR}",
    )
)
_EITHER_WAY = re.compile(
    rf"{_WEEKDAY}(?P<a>[0-9]{{1,2}})(?P<by>[/-])(?P<b>[0-9]{{1,2}})(?P=by)(?P<y>[0-9]{{4}}){_TIME}"
)
_LONG_COMPACT = re.compile(r"[0-9]{14}")
_UNIX = re.compile(r"([0-9]{9,10})(?:\.[0-9]{1,9}|[0-9]{3}|[0-9]{6}|[0-9]{9})?")
_NAMES: tuple[tuple[Literal["wide", "abbreviated"], Literal["format", "stand-alone"]], ...] = (
    ("wide", "format"),
    ("wide", "stand-alone"),
    ("abbreviated", "format"),
    ("abbreviated", "stand-alone"),
)
_UNIX_FIRST, _UNIX_LAST = 1971, 2199
_MONTHS_IN_A_YEAR = 12


def read_date(text: str) -> date:
    """The day that a text names. Raises ValueError with a message to follow the text."""
    if len(text) > _LONGEST:
        raise ValueError("is not a date such as 2026-11-22")
    plain = unicodedata.normalize("NFC", text).strip().lower()
    if found := _EITHER_WAY.fullmatch(plain):
        return _either_way(int(found["a"]), int(found["b"]), int(found["y"]))
    if _LONG_COMPACT.fullmatch(plain):
        plain = plain[:8]
    for form in _FORMS:
        if found := form.fullmatch(plain):
            named = found.groupdict()
            month = int(named["m"]) if "m" in named else _month(named["month"])
            if month is not None:
                return _day(int(named["y"]), month, int(named["d"]))
    if found := _UNIX.fullmatch(plain):
        return _unix(int(found[1]))
    try:
        return _known(datetime.fromisoformat(plain.upper()).date())
    except ValueError:
        raise ValueError("is not a date such as 2026-11-22") from None


def date_in_name(stem: str) -> date | None:
    """The day in a file name such as ``2024-11-12-quay-reopens``; None unless there is exactly one."""
    found = set(re.findall(r"(?<![0-9])([0-9]{4})[-_.]([0-9]{2})[-_.]([0-9]{2})(?![0-9])", stem))
    if len(found) != 1:
        return None
    try:
        return _day(*map(int, found.pop()))
    except ValueError:
        return None


def _either_way(first: int, second: int, year: int) -> date:
    """A day such as ``03/04/2024``, where only a number above twelve shows which is the month."""
    if first == second or second > _MONTHS_IN_A_YEAR:
        return _day(year, first, second)
    if first > _MONTHS_IN_A_YEAR:
        return _day(year, second, first)
    days = [f"{year:04}-{month:02}-{day:02}" for month, day in ((second, first), (first, second))]
    raise ValueError(f"may be {days[0]} or {days[1]}; write which")


def _day(year: int, month: int, day: int) -> date:
    try:
        return _known(date(year, month, day))
    except ValueError as error:
        raise ValueError(str(error) if "year 1" in str(error) else "is not a day of the calendar") from None


def _known(day: date) -> date:
    if day.year == 1:  # what programs write where there is no date
        raise ValueError("has the year 1, which programs write for a missing date")
    return day


def _unix(seconds: int) -> date:
    day = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)).date()
    if not _UNIX_FIRST <= day.year <= _UNIX_LAST:
        raise ValueError("is not a date such as 2026-11-22")
    return day


def _month(name: str) -> int | None:
    english = _months(_LANGUAGES[:1])
    return english[name] if name in english else _months(_LANGUAGES).get(name)


@cache
def _months(languages: tuple[str, ...]) -> dict[str, int]:
    """Lower-case month name, full or abbreviated → its number."""
    found: dict[str, set[int]] = {"sept": {9}}
    for language in languages:
        for names in (get_month_names(width, context, language) for width, context in _NAMES):
            for number, name in names.items():
                words = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", name).lower())
                if words:
                    found.setdefault(words[-1], set()).add(number)
    return {name: min(numbers) for name, numbers in found.items() if len(numbers) == 1}
