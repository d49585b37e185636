from __future__ import annotations

import pytest

from digestgen.curate.explain.address_query import AddressQuery, nearest_names, parse_address_query


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("north-korea", AddressQuery("north-korea")),
        ("articles/north-korea", AddressQuery("north-korea", topics=False)),
        ("topics/north-korea", AddressQuery("north-korea", articles=False)),
        ("docs/topics/north-korea.md", AddressQuery("north-korea", articles=False)),
        ("/digest/topics/north-korea/", AddressQuery("north-korea", articles=False)),
        ("https://example.org/digest/topics/north-korea/2/", AddressQuery("north-korea", articles=False)),
        ("https://example.org/articles/north-korea/?q=1#top", AddressQuery("north-korea", topics=False)),
        ("http://127.0.0.1:8000/articles/x/topics/y/index.html", AddressQuery("y", articles=False)),
        (" north-korea ", AddressQuery("north-korea")),
        ("articles/", AddressQuery("articles")),
        ("", AddressQuery("")),
        ("#", AddressQuery("")),
    ],
)
def test_a_name_is_understood_however_it_was_copied(name: str, expected: AddressQuery) -> None:
    assert parse_address_query(name) == expected


ARTICLES = ["lukashenko-said-that", "trump-wins"]
TOPICS = ["alexander-lukashenko", "donald-trump", "trump-wins"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (AddressQuery("lukashenko"), ("topics/alexander-lukashenko", "articles/lukashenko-said-that")),
        (AddressQuery("lukashenko", topics=False), ("articles/lukashenko-said-that",)),
        (AddressQuery("donald-tramp"), ("topics/donald-trump",)),
        (AddressQuery("Trump-Wins"), ("topics/trump-wins",)),
        (AddressQuery("something-else-entirely"), ()),
        (AddressQuery(""), ()),
    ],
    ids=["part of it", "one kind only", "a slip", "capitals; the topic stands for both", "nothing near", "nothing"],
)
def test_the_nearest_names(asked: AddressQuery, expected: tuple[str, ...]) -> None:
    assert nearest_names(asked, ARTICLES, TOPICS) == expected
