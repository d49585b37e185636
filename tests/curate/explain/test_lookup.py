from __future__ import annotations

import pytest

from digestgen.curate.explain.lookup import Asked, asked_for, nearest_names


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("north-korea", Asked("north-korea")),
        ("articles/north-korea", Asked("north-korea", topics=False)),
        ("topics/north-korea", Asked("north-korea", articles=False)),
        ("docs/topics/north-korea.md", Asked("north-korea", articles=False)),
        ("/digest/topics/north-korea/", Asked("north-korea", articles=False)),
        ("https://example.org/digest/topics/north-korea/2/", Asked("north-korea", articles=False)),
        ("https://example.org/articles/north-korea/?q=1#top", Asked("north-korea", topics=False)),
        ("http://127.0.0.1:8000/articles/x/topics/y/index.html", Asked("y", articles=False)),
        (" north-korea ", Asked("north-korea")),
        ("articles/", Asked("articles")),
        ("", Asked("")),
        ("#", Asked("")),
    ],
)
def test_a_name_is_understood_however_it_was_copied(name: str, expected: Asked) -> None:
    assert asked_for(name) == expected


ARTICLES = ["lukashenko-said-that", "trump-wins"]
TOPICS = ["alexander-lukashenko", "donald-trump", "trump-wins"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (Asked("lukashenko"), ("topics/alexander-lukashenko", "articles/lukashenko-said-that")),
        (Asked("lukashenko", topics=False), ("articles/lukashenko-said-that",)),
        (Asked("donald-tramp"), ("topics/donald-trump",)),
        (Asked("Trump-Wins"), ("topics/trump-wins",)),
        (Asked("something-else-entirely"), ()),
        (Asked(""), ()),
    ],
    ids=["part of it", "one kind only", "a slip", "capitals; the topic stands for both", "nothing near", "nothing"],
)
def test_the_nearest_names(asked: Asked, expected: tuple[str, ...]) -> None:
    assert nearest_names(asked, ARTICLES, TOPICS) == expected
