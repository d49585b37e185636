"""A topic over time, where that tells something."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from digestgen.publish.pages.topic_chart import MOST_BARS, topic_chart
from digestgen.translation import words_of
from publish.sample import article, entry, story, topic

MONDAY = date(2026, 9, 7)


def chart(days: Sequence[date | None], reprints: int = 0) -> str:
    entries = [entry(article(n, f"Title {n}", "Text.", published=day)) for n, day in enumerate(days, start=1)]
    entries = [replace(each, reprint_of="a01") if n < reprints else each for n, each in enumerate(entries)]
    ids = [each.article.id for each in entries]
    told = topic("Harbour", (story("One", *ids),))
    return topic_chart(told, {each.article.id: each for each in entries}, words_of("en"))


def after(*offsets: int) -> list[date]:
    return [MONDAY + timedelta(days=offset) for offset in offsets]


@pytest.mark.parametrize(
    ("days", "caption"),
    [
        (
            after(0, 0, 1, 3, 3, 3),
            "by day, from 7 September 2026 to 10 September 2026; most, 3, on 10 September 2026.",
        ),
        (
            after(0, 3, 6, 7, 20, 60),
            "by week, from 7 September 2026 to 2 November 2026; most, 3, in the week of 7 Sept",
        ),
        (after(0, 1, 40, 200, 300, 400), "by month, from September 2026 to October 2027; most, 2, in September 2026."),
        (after(0, 1, 40, 2000, 3000, 4000), "by year, from 2026 to 2037; most, 3, in 2026."),
    ],
    ids=["days", "weeks", "months", "years"],
)
def test_the_finest_scale_is_taken(days: list[date], caption: str) -> None:
    drawn = chart(days)
    assert f"*Articles {caption}" in drawn
    assert len(drawn.encode()) <= 1_500


@pytest.mark.parametrize(
    "days",
    [
        [],
        [None] * 9,
        after(*range(5)),
        [*after(0, 1, 2, 3), None, None],
        after(0, 0, 0, 0, 0, 0),
        after(0, 0, 0, 1, 1, 2),
        after(0, 0, 0, 0, 0, 9),
        [date(1, 1, 1), *after(0, 1, 2, 3, 4, 5)],
    ],
    ids=["nothing", "no dates", "few articles", "few dates", "one day", "three days", "two bars", "two thousand years"],
)
def test_there_is_none_where_it_would_tell_nothing(days: list[date | None]) -> None:
    assert chart(days) == ""


def test_reprints_do_not_count() -> None:
    assert chart(after(0, 1, 2, 3, 4, 5), reprints=1) == ""


def test_no_day_between_is_left_out() -> None:
    drawn = chart(after(0, 0, 0, 1, 1, 5))
    assert "from 7 September 2026&#58; 3&#44; 2&#44; 0&#44; 0&#44; 0&#44; 1" in drawn
    assert re.findall(r"M(\d+) 60v-(\d+)", drawn) == [("0", "60"), ("10", "40"), ("50", "20")]


@pytest.mark.parametrize("span", [1, 35, 36, 37, 251, 252, 253, 1_094, 1_096, 12_000])
def test_it_is_small_at_any_length(span: int) -> None:
    drawn = chart([*after(*[span * part // 20 for part in range(21)]), *after(0) * 500])
    assert len(drawn.encode()) <= 1_500
    assert len(re.findall("M", drawn)) <= MOST_BARS


@pytest.mark.parametrize("days", [[date(9999, 12, day) for day in range(26, 32)]], ids=["the last days"])
def test_the_end_of_the_calendar_is_no_end_of_the_build(days: list[date]) -> None:
    assert "31 December 9999" in chart(days)
