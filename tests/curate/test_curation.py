from __future__ import annotations

from datetime import date

import pytest

from digestgen.curate.curation import EVERYTHING, Curation
from digestgen.curate.ledger.ledger import ArticleLink, Ledger, TopicLink

MONDAY, TUESDAY, WEDNESDAY = (date(2026, 11, day) for day in (23, 24, 25))


def ledger(*days: date | None) -> Ledger:
    links = [ArticleLink(slug=str(number), id=str(number), first=day) for number, day in enumerate(days)]
    topics = [TopicLink(slug="north"), TopicLink(slug="south", to="north"), TopicLink(slug="secret", withdrawn=True)]
    return Ledger(articles={link.slug: link for link in links}, topics={link.slug: link for link in topics})


@pytest.mark.parametrize(
    ("recorded", "today", "edition"),
    [
        ((), TUESDAY, TUESDAY),
        ((MONDAY, None), TUESDAY, TUESDAY),
        ((MONDAY, TUESDAY), TUESDAY, TUESDAY),
        ((MONDAY, WEDNESDAY), TUESDAY, WEDNESDAY),
    ],
    ids=["a first edition", "the next day", "the same day", "a clock that went back"],
)
def test_the_day_of_an_edition_is_never_before_an_earlier_one(
    recorded: tuple[date | None, ...], today: date, edition: date
) -> None:
    assert Curation(ledger=ledger(*recorded), day=today).edition_day == edition


@pytest.mark.parametrize(
    ("regroup", "regrouped"),
    [
        (frozenset(), set()),
        (frozenset({"north"}), {"north"}),
        (EVERYTHING, {"north", "south", None}),
    ],
    ids=["nothing", "a topic", "everything"],
)
def test_what_is_grouped_anew(regroup: frozenset[str], regrouped: set[str | None]) -> None:
    curation = Curation(regroup=regroup)
    assert {topic for topic in ("north", "south", None) if curation.regroups(topic)} == regrouped


@pytest.mark.parametrize(
    ("regroup", "unknown"),
    [
        (EVERYTHING, []),
        (frozenset({"north"}), []),
        (frozenset({"north", "west", "nort"}), ["nort", "west"]),
        (frozenset({"south", "secret"}), ["secret", "south"]),
    ],
    ids=["everything", "a topic", "two that there are not", "two that are gone"],
)
def test_topics_that_cannot_be_grouped_anew(regroup: frozenset[str], unknown: list[str]) -> None:
    assert Curation(ledger=ledger(MONDAY), regroup=regroup).unknown_regroups() == unknown
