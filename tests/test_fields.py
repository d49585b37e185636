from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from digestgen import fields
from digestgen.model import Publish

TAKEN: dict[str, tuple[Callable[[str], object], str, object]] = {
    "date": (fields.as_date, "2026-11-22", date(2026, 11, 22)),
    "date with time": (fields.as_date, "2026-11-22T08:30:00+02:00", date(2026, 11, 22)),
    "url": (fields.as_url, " https://example.org/a?b=c#d ", "https://example.org/a?b=c#d"),
    "language": (fields.as_language, "EN-gb", "en"),
    "publish": (fields.as_publish, "full", Publish.FULL),
    "flag": (fields.as_flag, "true", True),
    "line": (fields.as_line_number, "12", 12),
    "days": (fields.as_days, "60", 60),
    "no days": (fields.as_days, "0", 0),
    "text": (fields.as_text, " two\u202e words ", "two words"),
    "prose": (fields.as_prose, "\n    code\n\n*two*  \n\tlines\n \n", "    code\n\n*two*  \n\tlines"),
}
REFUSED: dict[str, tuple[Callable[[str], object], str]] = {
    "date in words": (fields.as_date, "yesterday"),
    "impossible date": (fields.as_date, "2026-02-30"),
    "endless date": (fields.as_date, "2" * 10_000),
    "script address": (fields.as_url, "javascript:alert(1)"),
    "address without a host": (fields.as_url, "https:///path"),
    "address with a password": (fields.as_url, "https://user:secret@example.org/"),
    "address with a space": (fields.as_url, "https://example.org/a b"),
    "address with a bidi override": (fields.as_url, "https://example.org/\u202egpj"),
    "address with a bad port": (fields.as_url, "https://example.org:port/"),
    "address with a bad host": (fields.as_url, "https://[::1/"),
    "unknown language": (fields.as_language, "klingon"),
    "publish": (fields.as_publish, "everything"),
    "flag": (fields.as_flag, "yes"),
    "days below none": (fields.as_days, "-1"),
    "days in parts": (fields.as_days, "1.5"),
    "endless days": (fields.as_days, "9" * 9),
    "line zero": (fields.as_line_number, "0"),
    "line in other digits": (fields.as_line_number, "١٢"),
    "empty text": (fields.as_text, " \u200b "),
    "endless text": (fields.as_text, "x" * 5_000),
    "empty prose": (fields.as_prose, " \n\u200b\n"),
    "endless prose": (fields.as_prose, "x\n" * 50_000),
    "prose with a bell": (fields.as_prose, "one\n\x07two"),
    "prose with a bidi override": (fields.as_prose, "one\n\u202etwo"),
}


@pytest.mark.parametrize(("read", "text", "value"), TAKEN.values(), ids=TAKEN)
def test_takes(read: Callable[[str], object], text: str, value: object) -> None:
    assert read(text) == value


@pytest.mark.parametrize(("read", "text"), REFUSED.values(), ids=REFUSED)
def test_refuses_in_a_short_sentence(read: Callable[[str], object], text: str) -> None:
    with pytest.raises(ValueError, match=r"^.{5,400}$"):
        read(text)


def test_the_nearest_name_is_suggested_or_none() -> None:
    assert fields.suggestion("titel", ["title", "note"]) == " (did you mean 'title'?)"
    assert fields.suggestion("xyz", ["title", "note"]) == ""
    assert fields.suggestion_or_known("xyz", ["title", "note"]) == " (known: title, note)"
