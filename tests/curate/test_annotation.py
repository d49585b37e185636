from __future__ import annotations

from dataclasses import replace

import pytest

from digestgen.curate.annotation import annotated_entry, annotated_topic
from digestgen.curate.rulings import ArticleRuling, TopicRuling
from digestgen.model import Entry, Story, Topic
from made import an_article

ENTRY = Entry(
    article=an_article("x", "Foxes are here."),
    slug="fox",
    summary=("Foxes are here.",),
    keyphrases=(),
    topic="foxes",
    story="s",
    topic_reasons=(),
    nearest_topic=None,
    nearest_reasons=(),
    related=(),
    reprint_of=None,
)
STORIES = (
    Story(slug="one", label="One", articles=("a", "b")),
    Story(slug="two", label="Two", articles=("c", "d")),
    Story(slug="three", label="Three", articles=("e",)),
)
TOPIC = Topic(
    slug="foxes",
    label="Foxes",
    keyphrases=(),
    articles=("a", "b", "c", "d", "e"),
    stories=STORIES,
    summary=(),
    related=(),
    sources={},
)


@pytest.mark.parametrize(
    ("ruling", "changes"),
    [
        pytest.param(None, {}, id="nothing"),
        pytest.param(ArticleRuling(line=1, note="Why.", pin=True), {"note": "Why.", "pinned": True}, id="note and pin"),
        pytest.param(
            ArticleRuling(line=1, summary="In my words."),
            {"summary": ("In my words.",), "own_summary": True},
            id="a summary",
        ),
    ],
)
def test_what_the_curator_says_of_an_article(ruling: ArticleRuling | None, changes: dict[str, object]) -> None:
    assert annotated_entry(ENTRY, ruling, ruled=False, follows=None, new=False) == replace(ENTRY, **changes)


def test_marks_of_an_article() -> None:
    marked = annotated_entry(ENTRY, None, ruled=True, follows="y", new=True)
    assert marked == replace(ENTRY, ruled=True, follows="y", new=True)


def test_what_the_curator_says_of_a_topic() -> None:
    ruling = TopicRuling(line=1, note="Why.", pin=True)
    expected = replace(TOPIC, note="Why.", pinned=True, new=True)
    assert annotated_topic(TOPIC, ruling, pinned=frozenset(), new=True) == expected
    assert annotated_topic(TOPIC, None, pinned=frozenset(), new=False) == TOPIC


def test_pinned_articles_stand_first_and_their_stories_with_them() -> None:
    topic = annotated_topic(TOPIC, None, pinned=frozenset({"d", "e"}), new=False)
    assert topic.articles == ("d", "e", "a", "b", "c")
    assert [(story.slug, story.articles) for story in topic.stories] == [
        ("two", ("d", "c")),
        ("three", ("e",)),
        ("one", ("a", "b")),
    ]
