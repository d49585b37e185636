"""What the script of a page is told of the editions."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from digestgen.model import Digest
from digestgen.publish import edition_list
from digestgen.publish.addresses import EDITION_LIST
from digestgen.publish.edition_list import MOST_EDITIONS, MOST_TOPICS
from digestgen.publish.issues import issues
from digestgen.publish.site import make_site
from publish.sample import article, digest, entry, story, topic

FIRST, SECOND, THIRD = date(2026, 11, 1), date(2026, 11, 8), date(2026, 11, 15)


def made(*places: tuple[date | None, str | None]) -> Digest:
    """A digest of articles first seen on these days, in topics of these slugs."""
    entries = [
        entry(article(number, f"Title {number}", f"Something {number} happened."), topic=slug, story=slug, first=first)
        for number, (first, slug) in enumerate(places)
    ]
    slugs = dict.fromkeys(slug for _, slug in places if slug)
    topics = tuple(
        topic(
            slug.title(), (story(slug.title(), *(one.article.id for one in entries if one.topic == slug)),), slug=slug
        )
        for slug in slugs
    )
    days = tuple(sorted({first for first, _ in places if first}))
    return digest(*entries, topics=topics, editions=days)


def listed(digest: Digest) -> dict[str, object]:
    return dict(json.loads(dict(edition_list.render(digest))[EDITION_LIST]))


def test_the_latest_comes_first_and_only_its_topics_are_counted() -> None:
    found = made((FIRST, "chess"), (SECOND, "chess"), (SECOND, "harbour"), (SECOND, "harbour"), (SECOND, None))
    assert listed(found) == {
        "editions": [
            {"number": 2, "day": "2026-11-08", "articles": 4},
            {"number": 1, "day": "2026-11-01", "articles": 1},
        ],
        "topics": {"harbour": 2, "chess": 1},
    }


def test_it_says_what_the_pages_of_the_editions_say() -> None:
    found = made((FIRST, "chess"), (SECOND, "chess"), (SECOND, None), (THIRD, "chess"))
    found = replace(found, entries=(*found.entries[:-1], replace(found.entries[-1], reprint_of="a00")))
    pages = [
        {"number": issue.number, "day": str(issue.day), "articles": len(issue.articles)}
        for issue in issues(make_site(found))
        if issue.articles
    ]
    assert listed(found)["editions"] == pages[::-1]
    assert [each["number"] for each in pages] == [1, 2], "the third has nothing but a reprint"


@pytest.mark.parametrize("digest", [made(), made((None, "chess"))], ids=["nothing", "nothing known of days"])
def test_without_days_there_is_no_list(digest: Digest) -> None:
    assert list(edition_list.render(digest)) == []


def test_it_is_bounded() -> None:
    days = [FIRST + timedelta(days=number) for number in range(MOST_EDITIONS + 20)]
    many = made(*((day, None) for day in days), *((days[-1], f"topic-{number}") for number in range(MOST_TOPICS + 20)))
    found = listed(many)
    assert [each["number"] for each in found["editions"]] == [*range(len(days), 20, -1)]
    assert len(found["topics"]) == MOST_TOPICS
    assert len(dict(edition_list.render(many))[EDITION_LIST]) < 20_000
