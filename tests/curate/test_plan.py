from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.curate.ledger import ArticleLink, Ledger, TopicLink
from digestgen.curate.plan import ArticleChange, Plan, Redirect, TopicChange, plan

NOTHING = Plan(
    first=False,
    born=(),
    merged=(),
    split=(),
    emptied=(),
    hidden=(),
    renamed=(),
    added=(),
    moved=(),
    gone=(),
    redirects=(),
    lost=(),
)


def a_ledger(articles: dict[str, str | None], *more: ArticleLink | TopicLink) -> Ledger:
    """Articles by slug and topic, and the topics that they name; ``more`` links stand for those of their slugs."""
    links = {slug: ArticleLink(slug=slug, id=slug, topic=topic) for slug, topic in articles.items()}
    named = sorted({topic for topic in articles.values() if topic})
    topics = {topic: TopicLink(slug=topic, label=topic.upper()) for topic in named}
    for link in more:
        if isinstance(link, ArticleLink):
            links[link.slug] = link
        else:
            topics[link.slug] = link
    return Ledger(articles=links, topics=topics)


BEFORE = a_ledger({"a": "x", "b": "x", "c": "x", "d": "x", "e": "y", "f": "y", "g": None})
KEPT: dict[str, str | None] = {"a": "x", "b": "x", "c": "x", "d": "x", "e": "y", "f": "y", "g": None}


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        pytest.param(BEFORE, NOTHING, id="no change"),
        pytest.param(
            a_ledger({**KEPT, "h": "z", "i": "z"}),
            replace(
                NOTHING,
                born=(TopicChange(slug="z", label="Z", articles=2),),
                added=(ArticleChange(slug="h", topic="z"), ArticleChange(slug="i", topic="z")),
            ),
            id="born",
        ),
        pytest.param(
            a_ledger({**KEPT, "e": "x", "f": "x"}, TopicLink(slug="y", label="Y", to="x")),
            replace(
                NOTHING,
                merged=(TopicChange(slug="y", label="Y", other="x"),),
                redirects=(Redirect(path="topics/y", to="topics/x"),),
            ),
            id="merged: where its articles are now is told of the topic, not of each",
        ),
        pytest.param(
            a_ledger({**KEPT, "c": "z", "d": "z"}),
            replace(
                NOTHING,
                split=(TopicChange(slug="z", label="Z", articles=2, other="x"),),
                moved=(ArticleChange(slug="c", topic="z", was="x"), ArticleChange(slug="d", topic="z", was="x")),
            ),
            id="split",
        ),
        pytest.param(
            a_ledger({**KEPT, "c": "z", "h": "z", "i": "z"}),
            replace(
                NOTHING,
                born=(TopicChange(slug="z", label="Z", articles=3),),
                added=(ArticleChange(slug="h", topic="z"), ArticleChange(slug="i", topic="z")),
                moved=(ArticleChange(slug="c", topic="z", was="x"),),
            ),
            id="born, though one of its articles comes from another",
        ),
        pytest.param(
            a_ledger({**KEPT, "e": "z", "f": "z"}, TopicLink(slug="y", label="Y", to="z")),
            replace(
                NOTHING,
                born=(TopicChange(slug="z", label="Z", articles=2),),
                merged=(TopicChange(slug="y", label="Y", other="z"),),
                redirects=(Redirect(path="topics/y", to="topics/z"),),
            ),
            id="born of one that does not live on",
        ),
        pytest.param(
            a_ledger({**KEPT, "e": None, "f": None}, TopicLink(slug="y", label="Y", to="")),
            replace(
                NOTHING,
                emptied=(TopicChange(slug="y", label="Y"),),
                redirects=(Redirect(path="topics/y", to="more-stories"),),
            ),
            id="emptied",
        ),
        pytest.param(
            a_ledger(
                KEPT,
                TopicLink(slug="y", label="Y", withdrawn=True),
                ArticleLink(slug="e", id="e", proposed="y", withdrawn=True),
                ArticleLink(slug="f", id="f", proposed="y", withdrawn=True),
            ),
            replace(
                NOTHING,
                hidden=(TopicChange(slug="y", label="Y"),),
                gone=(ArticleChange(slug="e", was="y"), ArticleChange(slug="f", was="y")),
                redirects=(
                    Redirect(path="articles/e", to=None),
                    Redirect(path="articles/f", to=None),
                    Redirect(path="topics/y", to=None),
                ),
            ),
            id="hidden",
        ),
        pytest.param(
            a_ledger(
                KEPT, TopicLink(slug="z", label="Z", withdrawn=True), ArticleLink(slug="h", id="h", withdrawn=True)
            ),
            NOTHING,
            id="hidden from the start: readers never saw it",
        ),
        pytest.param(
            a_ledger(KEPT, TopicLink(slug="y", label="Why")),
            replace(NOTHING, renamed=(TopicChange(slug="y", label="Why", was="Y", articles=2),)),
            id="renamed",
        ),
        pytest.param(
            a_ledger({**KEPT, "h": None}),
            replace(NOTHING, added=(ArticleChange(slug="h"),)),
            id="added to the shelf",
        ),
        pytest.param(
            a_ledger({**KEPT, "a": "y", "e": None, "g": "x"}),
            replace(
                NOTHING,
                moved=(
                    ArticleChange(slug="a", topic="y", was="x"),
                    ArticleChange(slug="e", was="y"),
                    ArticleChange(slug="g", topic="x"),
                ),
            ),
            id="moved",
        ),
        pytest.param(
            a_ledger(KEPT, ArticleLink(slug="a", id="a", to="b"), ArticleLink(slug="g", id="g", withdrawn=True)),
            replace(
                NOTHING,
                gone=(ArticleChange(slug="a", was="x"), ArticleChange(slug="g")),
                redirects=(Redirect(path="articles/a", to="articles/b"), Redirect(path="articles/g", to=None)),
            ),
            id="gone",
        ),
    ],
)
def test_changes(after: Ledger, expected: Plan) -> None:
    made = plan(BEFORE, after, ())
    assert made == expected
    assert made.empty == (expected == NOTHING)


def test_lost_addresses_are_listed_and_not_called_gone() -> None:
    assert plan(BEFORE, BEFORE, ("g", "a")) == replace(NOTHING, lost=("a", "g"))


def test_a_first_edition_is_all_new() -> None:
    made = plan(Ledger(), BEFORE, ())
    assert made.first
    assert [change.slug for change in made.born] == ["x", "y"]
    assert len(made.added) == 7


def test_a_first_edition_without_articles_changes_nothing() -> None:
    assert plan(Ledger(), Ledger(), ()).empty


def test_what_comes_back_is_new_again() -> None:
    withdrawn = [ArticleLink(slug=slug, id=slug, proposed="y", withdrawn=True) for slug in ("e", "f")]
    hidden = a_ledger(KEPT, TopicLink(slug="y", label="Y", withdrawn=True), *withdrawn)
    assert plan(hidden, BEFORE, ()) == replace(
        NOTHING,
        born=(TopicChange(slug="y", label="Y", articles=2),),
        added=(ArticleChange(slug="e", topic="y"), ArticleChange(slug="f", topic="y")),
    )


PLACES = st.dictionaries(st.sampled_from("abcdef"), st.none() | st.sampled_from("xyz"))


@given(before=PLACES, after=PLACES, order=st.randoms())
def test_each_list_is_by_slug_whatever_the_order_of_the_ledgers(
    before: dict[str, str | None], after: dict[str, str | None], order: Random
) -> None:
    # What a real ledger always says: of an address that was there, what became of it.
    ended = [ArticleLink(slug=slug, id=slug, withdrawn=True) for slug in before.keys() - after.keys()]
    topics = {topic for topic in before.values() if topic} - set(after.values())
    then = a_ledger(after, *ended, *(TopicLink(slug=topic, label=topic.upper(), to="") for topic in topics))

    def shuffled(ledger: Ledger) -> Ledger:
        articles, topics = list(ledger.articles.items()), list(ledger.topics.items())
        order.shuffle(articles)
        order.shuffle(topics)
        return Ledger(articles=dict(articles), topics=dict(topics))

    made = plan(shuffled(a_ledger(before)), shuffled(then), ())
    assert made == plan(a_ledger(before), then, ())
    for changes in (made.born, made.merged, made.split, made.emptied, made.renamed, made.added, made.moved, made.gone):
        assert [change.slug for change in changes] == sorted(change.slug for change in changes)
