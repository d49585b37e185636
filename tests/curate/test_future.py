from __future__ import annotations

from datetime import date

import pytest

from digestgen.curate.future import future_notices
from made import an_article

MORE = "which is in the future, and 1 more of this seed are in the future too"
HINT_24 = "see that it is meant (publish_on: 2026-11-24 keeps it back until then)"
HINT_2062 = "see that it is meant (publish_on: 2062-11-02 keeps it back until then)"
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("published", "told"),
    [
        ([None, date(2026, 11, 22), date(2026, 11, 23)], []),
        ([date(2026, 11, 24)], [f"week.txt:1: is dated 2026-11-24, which is in the future; {HINT_24}"]),
        (
            [date(2062, 11, 2), date(2026, 11, 24)],
            [
                f"week.txt:1: is dated 2062-11-02, {MORE}; {HINT_2062}",
            ],
        ),
    ],
    ids=["none", "one", "two"],
)
def test_days_in_the_future_are_told_once_a_seed(published: list[date | None], told: list[str]) -> None:
    articles = [an_article(str(n), published=day, lines=(n, n)) for n, day in enumerate(published, start=1)]
    assert future_notices(articles[::-1], TODAY) == told


def test_without_a_day_nothing_is_in_the_future() -> None:
    assert future_notices([an_article("a", published=date(2062, 1, 1))], date(1970, 1, 1)) == []
