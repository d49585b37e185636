from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.publish.timeline import Happening, Timeline, timeline

from .sample import article, entry, story, topic

DAY = date(2026, 11, 20)


def told(*stories: str) -> Timeline | None:
    """The timeline of stories, each a text of its articles: the day of each, ``-`` for none, ``r`` for a reprint."""
    entries, made, number = {}, [], 0
    for name, said in enumerate(stories):
        keys = []
        for mark in said:
            number += 1
            day = None if mark == "-" else DAY + timedelta(days=1 if mark == "r" else int(mark))
            plain = article(number, f"T{number}", "Text.", published=day)
            entries[plain.id] = entry(plain, reprint_of="a01" if mark == "r" else None)
            keys.append(plain.id)
        made.append(story(f"s{name}", *keys))
    return timeline(topic("Topic", tuple(made)), entries)


@pytest.mark.parametrize("said", ["", "-", "5", "55-", "5r"], ids=["empty", "undated", "one", "one day", "a reprint"])
def test_one_day_is_no_timeline(said: str) -> None:
    assert told(said) is None


def test_the_newest_day_is_first_and_a_story_has_one_line_a_day() -> None:
    assert told("1212-", "2r") == Timeline(
        days=(
            (DAY + timedelta(days=2), (Happening("a02", "s0", 1), Happening("a06", "s1", 0))),
            (DAY + timedelta(days=1), (Happening("a01", "s0", 1),)),
        ),
        beyond=0,
        first=DAY + timedelta(days=1),
        undated=1,
    )


@given(stories=st.lists(st.text("0123456789-r", max_size=12), max_size=20))
def test_every_article_is_told_or_counted_and_what_is_told_is_bounded(stories: list[str]) -> None:
    found = told(*stories)
    if found is None:
        return
    happenings = [each for _, told_then in found.days for each in told_then]
    originals = [mark for said in stories for mark in said if mark != "r"]
    assert len(happenings) <= 12
    assert sum(1 + each.more for each in happenings) + found.beyond + found.undated == len(originals)
    assert [day for day, _ in found.days] == sorted((day for day, _ in found.days), reverse=True)
