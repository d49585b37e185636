"""What a curator may lose sight of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from digestgen.curate.ledger.ledger import ArticleLink, Ledger, TopicLink
from digestgen.curate.ledger.update import member_sketch
from digestgen.curate.reminders.neglected import HiddenArticle, describe_hidden, outdated_rulings, still_hidden
from digestgen.curate.rulings.rulings_file import read_rulings
from digestgen.curate.visibility import Cause, Verdict

FILE = "curation.yml"
LABELLED = "topics:\n  x:\n    label: Ex\n"


def a_ledger(members: str, **topic: object) -> Ledger:
    articles = {slug: ArticleLink(slug=slug, id=slug, topic="x") for slug in members}
    return Ledger(articles=articles, topics={"x": replace(TopicLink(slug="x", label="X"), **topic)})


@pytest.mark.parametrize(
    ("rulings", "members", "share"),
    [
        pytest.param(LABELLED, "abcd", None, id="all are left"),
        pytest.param(LABELLED, "abef", None, id="half are left, and others came"),
        pytest.param(LABELLED, "aefg", 0.25, id="a quarter is left"),
        pytest.param(LABELLED, "efg", 0.0, id="none is left"),
        pytest.param("", "efg", None, id="nothing is said of it any more"),
    ],
)
def test_words_whose_articles_have_left(rulings: str, members: str, share: float | None) -> None:
    bound = member_sketch("x", a_ledger("abcd"))
    found = outdated_rulings(read_rulings(rulings, FILE)[0], a_ledger(members, bound=bound))
    assert found == ({} if share is None else {"x": share})


@pytest.mark.parametrize("gone", [{"withdrawn": True}, {"to": ""}], ids=["hidden", "emptied"])
def test_of_a_topic_that_nobody_sees_no_words_are_left_over(gone: dict[str, object]) -> None:
    bound = member_sketch("x", a_ledger("abcd"))
    assert outdated_rulings(read_rulings(LABELLED, FILE)[0], a_ledger("e", bound=bound, **gone)) == {}


@pytest.mark.parametrize(
    ("rulings", "told"),
    [
        pytest.param("", True, id="no line"),
        pytest.param(LABELLED, True, id="a line that says something else"),
        pytest.param("topics:\n  x:\n    hide: true\n", False, id="hidden by a line"),
        pytest.param("topics:\n  x:\n    hide: false\n", False, id="shown by a line"),
    ],
)
def test_topics_that_are_hidden_without_a_line(rulings: str, told: bool) -> None:  # noqa: FBT001
    ruled = read_rulings(rulings, FILE)[0]
    seen = a_ledger("", withdrawn=True, first=date(2026, 11, 20))
    assert still_hidden((), ruled, seen) == ({("topics", "x"): ""} if told else {})
    unseen = a_ledger("", withdrawn=True).anonymous()
    assert bool(still_hidden((), ruled, unseen)) == told, "a topic whose name the ledger does not hold"


def test_articles_that_are_hidden_without_a_line_come_in_the_order_of_the_seeds() -> None:
    found = still_hidden(
        [
            HiddenArticle(slug=slug, seed=seed, line=line, verdict=Verdict(public=False, cause=cause))
            for slug, seed, line, cause in (
                ("a", "w.txt", 20, Cause.EARLIER),
                ("b", "w.txt", 3, Cause.EARLIER),
                ("c", "w.txt", 4, Cause.SEED),
                ("d", "a.txt", 1, Cause.EARLIER),
                ("e", "w.txt", 5, Cause.TOPIC),
            )
        ],
        read_rulings("", FILE)[0],
        Ledger(),
    )
    assert list(found.items()) == [
        (("articles", "d"), "a.txt:1"),
        (("articles", "b"), "w.txt:3"),
        (("articles", "a"), "w.txt:20"),
    ]


@pytest.mark.parametrize(
    ("verdict", "told"),
    [
        (
            Verdict(public=False, cause=Cause.DAY, file="fox.yml", line=2, says="publish_on: 2026-12-01"),
            "“fox” waits for its day (fox.yml:2 says publish_on: 2026-12-01)",
        ),
        (
            Verdict(public=False, cause=Cause.SEED, file="fox.md", line=2, says="draft: true"),
            "“fox” is not public (fox.md:2 says draft: true)",
        ),
        (Verdict(public=False, cause=Cause.EARLIER), "“fox” is not public (an earlier edition hid it)"),
    ],
    ids=["waits", "a draft", "of old"],
)
def test_why_an_article_is_not_public(verdict: Verdict, told: str) -> None:
    assert describe_hidden(HiddenArticle(slug="fox", seed="fox.md", line=1, verdict=verdict)) == told
