from __future__ import annotations

import os
import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.dates import date_in_name, read_date

DAY = date(2024, 11, 12)

READ = [
    "2024-11-12",
    "2024/11/12",
    "2024.11.12",
    "20241112",
    "20241112T101010Z",
    "2024-11-12T10:00",
    "2024-11-12T10:00:00Z",
    "2024-11-12t23:30:00.123456-08:00",
    "2024-11-12 00:10:00 +0900",
    "2024-11-12 10:00:00 UTC",
    "2024-W46-2",
    "Tue, 12 Nov 2024 15:45:00 +0100",
    "Tue, 12 Nov 2024 15:45:00 GMT",
    "Tue, 12 Nov 2024 15:45:00 +0000 (UTC)",
    "12 Nov 2024",
    "12-Nov-2024",
    "12 November 2024",
    "12th of November 2024",
    "November 12, 2024",
    "November 12 2024",
    "NOV. 12, 2024",
    "Tuesday, November 12th, 2024 at 10:30 AM EST",
    "Tue Nov 12 10:00:00 2024",
    "Tue Nov 12 10:00:00 +0000 2024",
    "12. November 2024",
    "Dienstag, 12. Nov. 2024, 10:30 Uhr",
    "12.11.2024",
    "12. 11. 2024",
    "12 de noviembre de 2024",
    "12 novembre 2024",
    "12 ноября 2024 г.",
    "2024. november 12.",
    "2024年11月12日",
    "2024년 11월 12일",
    "1731400000",
    "1731400000.5",
    "1731400000000",
    "20241112101010",
]


@pytest.mark.parametrize("text", READ)
def test_a_day_is_read_as_it_is_written(text: str) -> None:
    assert read_date(f" {text} ") == DAY


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("03/04/2024", "may be 2024-04-03 or 2024-03-04"),
        ("3-4-2024", "may be 2024-04-03 or 2024-03-04"),
        ("0001-01-01T00:00:00Z", "the year 1"),
        ("2024-02-30", "not a day of the calendar"),
        ("31 February 2024", "not a day of the calendar"),
        ("45/46/2024", "not a day of the calendar"),
        *(
            (text, "is not a date such as 2026-11-22")
            for text in (
                *("", "yesterday", "soon", "2024", "2024-11", "November 2024", "12 November", "11/12/24", "0", "12"),
                *("12 Frobuary 2024", "10:30", "2024-11-12 and more", "9" * 10_000, "12 listopada 2024", "-1731400000"),
            )
        ),
    ],
    ids=lambda text: text[:24],
)
def test_what_names_no_day_for_certain_is_refused(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_date(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [("13/04/2024", date(2024, 4, 13)), ("04/13/2024", date(2024, 4, 13)), ("05/05/2024", date(2024, 5, 5))],
)
def test_a_number_above_twelve_tells_the_month(text: str, day: date) -> None:
    assert read_date(text) == day


@pytest.mark.parametrize(
    ("stem", "day"),
    [
        ("2024-11-12-quay-reopens", DAY),
        ("Council 2024-11-12", DAY),
        ("2024_11_12", DAY),
        ("2024-11-12 to 2024-11-18", None),
        ("2024-13-12", None),
        ("12024-11-123", None),
        ("week 42", None),
    ],
)
def test_a_file_may_be_named_by_its_day(stem: str, day: date | None) -> None:
    assert date_in_name(stem) == day


@given(st.text(alphabet="0123456789-/.: ,TZadefnov+()年", max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    try:
        assert read_date(text).year > 1
    except ValueError as error:
        assert str(error)  # noqa: PT017 -- both ways are fine


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_no_time_zone_of_the_machine_moves_a_day(zone: str) -> None:
    code = f"from digestgen.dates import read_date\nprint(*{{read_date(text) for text in {READ!r}}})"
    told = {**os.environ, "TZ": zone, "LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"}
    run = subprocess.run([sys.executable, "-c", code], env=told, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "2024-11-12"
