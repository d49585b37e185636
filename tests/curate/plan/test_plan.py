"""What a build would change for readers, read off two ledgers; and which line is to blame."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.curate.explain.explain import RecordedEdition
from digestgen.curate.ledger.ledger import ArticleLink, EditorLink, Ledger, SourceLink, TopicLink, Withheld
from digestgen.curate.plan.changes import (
    Added,
    Arrived,
    ArticleDiff,
    Change,
    ChangeReason,
    EditionDiff,
    Fate,
    Gone,
    Hidden,
    Hiding,
    Left,
    Moves,
    ReasonKind,
    Redirect,
    SourceDiff,
    TakenIn,
    TopicDiff,
)
from digestgen.curate.plan.plan import Plan, decision_lines, plan
from digestgen.curate.reminders.neglected import HiddenArticle
from digestgen.curate.rulings.rulings_file import read_rulings
from digestgen.curate.visibility import Cause, Verdict
from digestgen.model import Digest, Directive, Entry
from made import an_article

NOTHING = Plan(first=False)
EMPTY = Digest(title="", description="", language="en", entries=(), topics=(), shelf=(), sources=())
FILE = "curation.yml"


def an_entry(slug: str, *paragraphs: str, directive: Directive | None = None) -> Entry:
    return Entry(
        article=an_article(slug, *paragraphs, directive=directive),
        slug=slug,
        summary=(),
        keyphrases=(),
        placement=None,
        nearest=None,
        story=None,
        related=(),
        reprint_of=None,
    )


def known_by(rulings: str, *entries: Entry) -> RecordedEdition:
    read, problems = read_rulings(rulings, FILE)
    assert problems == ()
    return RecordedEdition(digest=replace(EMPTY, entries=entries), ledger=Ledger(), rulings=read, rulings_name=FILE)


@pytest.mark.parametrize(
    ("before", "after", "word", "line"),
    [("", "a", "added", 2), ("a", "b", "changed", 2), ("a", "", "removed", None)],
)
def test_another_word_of_the_editor_is_told(before: str, after: str, word: str, line: int | None) -> None:
    day = "2026-11-22"
    articles = {"a": a_link("a", first=date(2026, 11, 22))}
    old, new = (
        Ledger(articles=articles, editors={day: EditorLink(day=day, said=said)} if said else {})
        for said in (before, after)
    )
    rulings = f"editions:\n  {day}: {{letter: Hello.}}" if after else ""
    made = plan(old, new, (), known_by(rulings))
    because = ChangeReason(how=ReasonKind.RULING, file=FILE, line=line) if line else None
    assert made.editions == (EditionDiff(day=day, word=word, because=because),)
    assert (made.empty, made.adds_only) == (False, False)
    assert plan(new, new, ()).empty


def a_link(slug: str, topic: str | None = None, **more: object) -> ArticleLink:
    return replace(ArticleLink(slug=slug, id=slug, topic=topic, title=slug.upper(), source="RT", summary="s"), **more)


def a_ledger(articles: dict[str, str | None], *more: ArticleLink | TopicLink | SourceLink | Withheld) -> Ledger:
    """Articles by slug and topic, and the topics that they name; ``more`` links stand for those of their slugs."""
    links = {slug: a_link(slug, topic) for slug, topic in articles.items()}
    topics = {topic: TopicLink(slug=topic, label=topic.upper()) for topic in sorted(filter(None, articles.values()))}
    sources = {"rt": SourceLink(slug="rt", name="RT")}
    withheld: dict[str, Withheld] = {}
    for link in more:
        kept: dict[type, dict[str, object]]
        kept = {ArticleLink: links, TopicLink: topics, SourceLink: sources, Withheld: withheld}  # type: ignore[dict-item]
        kept[type(link)][link.key] = link
    return Ledger(articles=links, topics=topics, sources=sources, withheld=withheld)


KEPT: dict[str, str | None] = {"a": "x", "b": "x", "c": "x", "d": "x", "e": "y", "f": "y", "g": None}
BEFORE = a_ledger(KEPT)
REGROUPED = ChangeReason(how=ReasonKind.REGROUPED)
PLACED = ChangeReason(how=ReasonKind.PLACED)
TAKEN_BACK = ChangeReason(how=ReasonKind.TAKEN_BACK)
EARLIER = ChangeReason(how=ReasonKind.EARLIER)


def ruled(line: int) -> ChangeReason:
    return ChangeReason(how=ReasonKind.RULING, file=FILE, line=line)


def added(*slugs: str) -> tuple[Added, ...]:
    return tuple(Added(slug=slug, title=slug.upper()) for slug in slugs)


def arrived(*slugs: str, was: str | None, because: ChangeReason = REGROUPED) -> tuple[Arrived, ...]:
    return tuple(Arrived(slug=slug, title=slug.upper(), was=was, because=because) for slug in slugs)


def left(*slugs: str, to: str | None, because: ChangeReason = REGROUPED) -> tuple[Left, ...]:
    return tuple(Left(slug=slug, title=slug.upper(), to=to, because=because) for slug in slugs)


def gone(slug: str, to: str | None = None, because: ChangeReason | None = None) -> tuple[Gone, ...]:
    return (Gone(slug=slug, title=slug.upper(), to=to, because=because),)


def a_diff(slug: str, change: Fate = Fate.CHANGED, **more: object) -> TopicDiff:
    return replace(TopicDiff(slug=slug, label=slug.upper(), change=change), **more)


X = a_diff("x", articles=4)
Y = a_diff("y", articles=2)


CHANGES = {
    "no change": (BEFORE, NOTHING),
    "a new topic": (
        a_ledger({**KEPT, "h": "z", "i": "z"}),
        replace(NOTHING, topics=(a_diff("z", Fate.NEW, articles=2, added=added("h", "i")),)),
    ),
    "merged: where its articles are now is told of the topic, not of each": (
        a_ledger({**KEPT, "e": "x", "f": "x"}, TopicLink(slug="y", label="Y", to="x")),
        replace(
            NOTHING,
            topics=(
                replace(X, articles=6, takes_in=(TakenIn(slug="y", label="Y", articles=2, because=None),)),
                a_diff("y", Fate.MERGED, other="x", articles=2),
            ),
            addresses=(Redirect(path="topics/y", to="topics/x"),),
        ),
    ),
    "merged, but for one of its articles": (
        a_ledger({**KEPT, "e": "x", "f": None}, TopicLink(slug="y", label="Y", to="x")),
        replace(
            NOTHING,
            topics=(
                replace(X, articles=5, takes_in=(TakenIn(slug="y", label="Y", articles=1, because=None),)),
                a_diff("y", Fate.MERGED, other="x", articles=1, left=left("f", to=None)),
            ),
            shelf=Moves(arrived=arrived("f", was="y")),
            addresses=(Redirect(path="topics/y", to="topics/x"),),
        ),
    ),
    "parted from another": (
        a_ledger({**KEPT, "c": "z", "d": "z"}),
        replace(
            NOTHING,
            topics=(
                replace(X, articles=2, left=left("c", "d", to="z")),
                a_diff("z", Fate.PARTED, other="x", articles=2, arrived=arrived("c", "d", was="x")),
            ),
        ),
    ),
    "new, though half of it comes from another": (
        a_ledger({**KEPT, "c": "z", "h": "z"}),
        replace(
            NOTHING,
            topics=(
                replace(X, articles=3, left=left("c", to="z")),
                a_diff("z", Fate.NEW, articles=2, added=added("h"), arrived=arrived("c", was="x")),
            ),
        ),
    ),
    "new, of one that does not live on": (
        a_ledger({**KEPT, "e": "z", "f": "z"}, TopicLink(slug="y", label="Y", to="z")),
        replace(
            NOTHING,
            topics=(
                a_diff("y", Fate.MERGED, other="z", articles=2),
                a_diff("z", Fate.NEW, articles=2, takes_in=(TakenIn(slug="y", label="Y", articles=2, because=None),)),
            ),
            addresses=(Redirect(path="topics/y", to="topics/z"),),
        ),
    ),
    "emptied": (
        a_ledger({**KEPT, "e": None, "f": None}, TopicLink(slug="y", label="Y", to="")),
        replace(
            NOTHING,
            topics=(a_diff("y", Fate.EMPTIED, articles=2),),
            addresses=(Redirect(path="topics/y", to="more-stories"),),
        ),
    ),
    "hidden, with its articles": (
        a_ledger(
            KEPT,
            TopicLink(slug="y", label="Y", withdrawn=True),
            a_link("e", "y", withdrawn=True, by="y"),
            a_link("f", "y", withdrawn=True, by="y"),
        ),
        replace(
            NOTHING,
            topics=(a_diff("y", Fate.HIDDEN, because=EARLIER, articles=2),),
            hidden=Hidden(topics=(Hiding(slug="y", title="Y", because=EARLIER),)),
            addresses=(
                Redirect(path="articles/e", to=None),
                Redirect(path="articles/f", to=None),
                Redirect(path="topics/y", to=None),
            ),
        ),
    ),
    "hidden from the start: readers never saw it": (
        a_ledger(KEPT, TopicLink(slug="z", withdrawn=True), Withheld(id="h"), Withheld(id="i")),
        replace(NOTHING, hidden=Hidden(withheld=2, more=2)),
    ),
    "renamed, with a note, pinned": (
        a_ledger(KEPT, TopicLink(slug="y", label="Why", note="n", pin=True)),
        replace(NOTHING, topics=(replace(Y, label="Why", was="Y", note="added", pin="pinned"),)),
    ),
    "to the shelf": (
        a_ledger({**KEPT, "h": None}),
        replace(NOTHING, shelf=Moves(added=added("h"))),
    ),
    "moved": (
        a_ledger({**KEPT, "a": "y", "e": None, "g": "x"}),
        replace(
            NOTHING,
            topics=(
                replace(X, left=left("a", to="y"), arrived=arrived("g", was=None, because=PLACED)),
                replace(Y, left=left("e", to=None), arrived=arrived("a", was="x")),
            ),
            shelf=Moves(arrived=arrived("e", was="y"), left=left("g", to="x", because=PLACED)),
        ),
    ),
    "gone": (
        a_ledger(KEPT, a_link("a", to="b"), a_link("g", withdrawn=True)),
        replace(
            NOTHING,
            topics=(replace(X, articles=3, gone=gone("a", "articles/b")),),
            shelf=Moves(gone=gone("g")),
            hidden=Hidden(articles=(Hiding(slug="g", title="G", because=None),)),
            addresses=(Redirect(path="articles/a", to="articles/b"), Redirect(path="articles/g", to=None)),
        ),
    ),
    "other stories": (
        a_ledger(KEPT, a_link("b", "x", story="a"), a_link("e", "y", story="e")),
        replace(NOTHING, topics=(replace(X, retold=2),)),
    ),
    "an article in place": (
        a_ledger(
            KEPT,
            a_link("a", "x", title="New", summary="t", note="n", pin=True, text="other"),
            a_link("g", source="", opening="other"),
        ),
        replace(
            NOTHING,
            articles=(
                ArticleDiff(
                    slug="a",
                    title="New",
                    topic="x",
                    retitled=Change("A", "New"),
                    edited=True,
                    summary=True,
                    note="added",
                    pin="pinned",
                ),
                ArticleDiff(slug="g", title="G", topic=None, source=Change("RT", ""), edited=True),
            ),
        ),
    ),
    "a source renamed: told once": (
        replace(
            a_ledger(KEPT, SourceLink(slug="rt", name="RT", to="rtv"), SourceLink(slug="rtv", name="RTV")),
            articles={slug: a_link(slug, topic, source="RTV") for slug, topic in KEPT.items()},
        ),
        replace(
            NOTHING,
            sources=(SourceDiff(was="RT", now="RTV", path="sources/rt", to="sources/rtv"),),
            addresses=(Redirect(path="sources/rt", to="sources/rtv"),),
        ),
    ),
    "a source gone": (
        a_ledger(KEPT, SourceLink(slug="rt", name="RT", to="")),
        replace(
            NOTHING,
            sources=(SourceDiff(was="RT", now=None, path="sources/rt", to="sources"),),
            addresses=(Redirect(path="sources/rt", to="sources"),),
        ),
    ),
}


@pytest.mark.parametrize(("after", "expected"), CHANGES.values(), ids=CHANGES)
def test_changes(after: Ledger, expected: Plan) -> None:
    made = plan(BEFORE, after, ())
    assert made == expected
    assert made.empty == (replace(expected, hidden=Hidden()) == NOTHING)


@pytest.mark.parametrize(
    ("after", "only"),
    [
        pytest.param(BEFORE, False, id="nothing"),
        pytest.param(a_ledger({**KEPT, "h": "z", "i": "x", "j": None}), True, id="everywhere"),
        pytest.param(a_ledger({**KEPT, "h": "x", "g": "x"}), False, id="with one from the shelf"),
        pytest.param(a_ledger({**KEPT, "h": "x"}, TopicLink(slug="x", label="Ex")), False, id="with another name"),
        pytest.param(a_ledger({**KEPT, "h": "x"}, a_link("a", "x", pin=True)), False, id="with a pin"),
        pytest.param(a_ledger({**KEPT, "h": "x"}, Withheld(id="w")), True, id="with a text that is withheld"),
    ],
)
def test_a_build_that_only_adds(after: Ledger, only: bool) -> None:  # noqa: FBT001
    assert plan(BEFORE, after, ()).adds_only == only


PLACES = {
    "add": ("topics:\n  y:\n    articles:\n      add: [a]\n", a_link("a", "y", proposed="x"), ruled(4)),
    "add, of what it repeats": (
        "topics:\n  y:\n    articles:\n      add: [b]\n",
        a_link("a", "y", proposed="x", repeats="b"),
        ruled(4),
    ),
    "add, to a topic that is merged": (
        "topics:\n  y:\n    merge: [z]\n  z:\n    articles:\n      add: [a]\n",
        a_link("a", "y", proposed="x"),
        ruled(6),
    ),
    "remove": ("topics:\n  x:\n    articles:\n      remove: [a]\n", a_link("a", None, proposed="x"), ruled(4)),
    "merge": ("topics:\n  y:\n    merge: [x]\n", a_link("a", "y", proposed="x"), ruled(3)),
    "a rule": ("rules:\n  - keyword: walrus\n    topic: y\n", a_link("a", "y", proposed="x"), ruled(2)),
    "another rule": ("rules:\n  - keyword: seal\n    topic: y\n", a_link("a", "y", proposed="x"), TAKEN_BACK),
    "an edit": ("", a_link("a", "y", text="other"), ChangeReason(how=ReasonKind.EDITED)),
    "a regrouping": ("", a_link("a", "y"), REGROUPED),
    "a ruling on another article": ("topics:\n  y:\n    articles:\n      add: [c]\n", a_link("a", "y"), REGROUPED),
}  # fmt: skip


@pytest.mark.parametrize(("rulings", "link", "because"), PLACES.values(), ids=PLACES)
def test_by_what_an_article_moves(rulings: str, link: ArticleLink, because: ChangeReason) -> None:
    known = known_by(rulings, an_entry("a", "A walrus came."), an_entry("b", "A gull."))
    made = plan(BEFORE, a_ledger(KEPT, link, TopicLink(slug="x", label="X")), (), known)
    moved = [each for lists in (made.shelf, *made.topics) for each in (*lists.arrived, *lists.left)]
    assert [(each.slug, each.because) for each in moved] == [("a", because)] * 2


def test_a_ruling_that_is_taken_back_lets_an_article_return() -> None:
    before = a_ledger(KEPT, a_link("a", "y", proposed="x"))
    made = plan(before, BEFORE, ())
    assert [each.because for topic in made.topics for each in topic.arrived] == [TAKEN_BACK]


@pytest.mark.parametrize(
    ("rulings", "verdict", "because"),
    [
        pytest.param("articles:\n  a:\n    hide: true\n", None, ruled(2), id="a ruling"),
        pytest.param("topics:\n  x:\n    hide: true\n", Verdict(public=False, cause=Cause.TOPIC, file=FILE, line=2),
                     ruled(2), id="its topic"),
        pytest.param("", Verdict(public=False, cause=Cause.SEED, file="w.yml", line=4, says="skip: true"),
                     ChangeReason(how=ReasonKind.SEED, file="w.yml", line=4), id="a sidecar"),
        pytest.param("", Verdict(public=False, cause=Cause.RULE, file=FILE, line=7), ruled(7), id="a rule"),
        pytest.param("", Verdict(public=False, cause=Cause.TOPIC), EARLIER, id="a topic hidden long ago"),
    ],
)  # fmt: skip
def test_by_which_line_an_article_is_hidden(rulings: str, verdict: Verdict | None, because: ChangeReason) -> None:
    concealed = [HiddenArticle(slug="a", seed="w.txt", line=1, verdict=verdict)] if verdict else []
    made = plan(BEFORE, a_ledger(KEPT, a_link("a", "x", withdrawn=True)), (), known_by(rulings), concealed)
    assert made.topics == (replace(X, articles=3, gone=gone("a", None, because)),)
    assert made.hidden.articles == (Hiding(slug="a", title="A", because=because),)


def test_by_which_line_an_address_leads_elsewhere() -> None:
    known = known_by("articles:\n  a:\n    moved: b\n")
    made = plan(BEFORE, a_ledger(KEPT, a_link("a", to="b")), (), known)
    assert made.topics[0].gone == gone("a", "articles/b", ruled(3))


def test_by_which_line_topics_change() -> None:
    rulings = "topics:\n  x:\n    label: Ex\n    merge: [y]\n  z:\n    hide: true\n"
    before = a_ledger({**KEPT, "h": "z"})
    after = a_ledger(
        {**KEPT, "e": "x", "f": "x"},
        a_link("h", "z", withdrawn=True, by="z"),
        TopicLink(slug="x", label="Ex"),
        TopicLink(slug="y", label="Y", to="x"),
        TopicLink(slug="z", label="Z", withdrawn=True),
    )
    made = plan(before, after, (), known_by(rulings))
    assert [(topic.slug, topic.because) for topic in made.topics] == [("x", ruled(2)), ("y", ruled(4)), ("z", ruled(5))]
    assert [part.because for part in made.topics[0].takes_in] == [ruled(4)]


def test_articles_of_a_topic_that_becomes_part_of_a_hidden_one_are_hidden_with_it() -> None:
    after = a_ledger(
        KEPT,
        TopicLink(slug="x", label="X", withdrawn=True),
        TopicLink(slug="y", label="Y", to="x"),
        *(a_link(slug, "x", withdrawn=True, by="x") for slug in "abcdef"),
    )
    made = plan(BEFORE, after, (), known_by("topics:\n  x:\n    hide: true\n"))
    hidden = [(topic.slug, topic.change, topic.because, topic.articles) for topic in made.topics]
    assert hidden == [("x", Fate.HIDDEN, ruled(2), 4), ("y", Fate.HIDDEN, ruled(2), 2)]
    assert [(redirect.path, redirect.to) for redirect in made.addresses][-2:] == [
        ("topics/x", None),
        ("topics/y", None),
    ]


@pytest.mark.parametrize(
    ("rulings", "directive", "because"),
    [
        pytest.param("topics:\n  y:\n    hide: false\n", None, ruled(2), id="its topic"),
        pytest.param("articles:\n  e:\n    hide: false\n", None, ruled(2), id="a ruling"),
        pytest.param("rules:\n  - keyword: walrus\n    hide: false\n", None, ruled(2), id="a rule"),
        pytest.param("", Directive(show=True, says="draft: false", file="w.yml", line=3),
                     ChangeReason(how=ReasonKind.SEED, file="w.yml", line=3),
                     id="a sidecar"),
    ],
)  # fmt: skip
def test_what_comes_back_is_shown_again(rulings: str, directive: Directive | None, because: ChangeReason) -> None:
    before = a_ledger(
        KEPT,
        a_link("e", "y", title="", withdrawn=True, by="y"),
        TopicLink(slug="y", label="Y", first=date(2026, 11, 20), withdrawn=True),
    )
    made = plan(before, BEFORE, (), known_by(rulings, an_entry("e", "A walrus.", directive=directive)))
    assert [(topic.slug, topic.change) for topic in made.topics] == [("y", Fate.SHOWN)]
    assert made.topics[0].added == (Added(slug="e", title="E", again=True, because=because),)
    assert not made.adds_only


def test_a_pin_or_note_that_an_older_ledger_does_not_tell_of_is_no_change() -> None:
    old = Ledger(
        articles={slug: ArticleLink(slug=slug, id=slug, topic=topic) for slug, topic in KEPT.items()},
        topics={slug: TopicLink(slug=slug, label=slug.upper()) for slug in ("x", "y")},
    )
    now = a_ledger(
        KEPT, TopicLink(slug="x", label="X", note="n", pin=True), a_link("a", "x", note="n", pin=True, story="b")
    )
    assert plan(old, now, ()) == NOTHING


def test_what_the_ledger_forgets_because_it_was_never_published_is_hidden() -> None:
    after = a_ledger({slug: topic for slug, topic in KEPT.items() if topic != "y"}, Withheld(id="e"), Withheld(id="f"))
    made = plan(BEFORE, after, ())
    assert [(topic.slug, topic.change) for topic in made.topics] == [("y", Fate.HIDDEN)]
    assert [hidden.slug for hidden in made.hidden.articles] == ["e", "f"]


def test_lost_addresses_are_listed_and_not_called_gone() -> None:
    lines = ("articles:", "  a:", "    hide: true", "  g:", "    hide: true")
    assert plan(BEFORE, BEFORE, ("g", "a")) == replace(NOTHING, lost=("a", "g"), answers=lines)


@pytest.mark.parametrize(
    "written",
    ["", "topics:\n  x:\n    pin: true\n", "articles:\n  other:\n    pin: true\n"],
    ids=["none", "other", "some"],
)
def test_the_answers_decide_on_every_lost_address(written: str) -> None:
    lost = [f"slug-{number}" for number in range(30)]
    rulings, _ = read_rulings(written, FILE)
    read, problems = read_rulings(written + "\n".join(decision_lines(lost, rulings)) + "\n", FILE)
    assert problems == ()
    assert all(read.articles[slug].hide for slug in lost)


def test_a_lost_address_that_has_an_entry_already_is_not_answered_twice() -> None:
    written = "articles:\n  a:\n    pin: true\n"
    lines = decision_lines(["a", "b"], read_rulings(written, FILE)[0])
    assert "line 2" in lines[0]
    assert read_rulings(written + "\n".join(lines), FILE)[1] == ()


def test_a_first_edition_is_all_new() -> None:
    made = plan(Ledger(), BEFORE, ())
    assert made.first
    assert [(topic.slug, topic.change, len(topic.added)) for topic in made.topics] == [
        ("x", Fate.NEW, 4),
        ("y", Fate.NEW, 2),
    ]
    assert made.shelf == Moves(added=added("g"))


def test_a_first_edition_without_articles_changes_nothing() -> None:
    assert plan(Ledger(), Ledger(), ()).empty


STANDINGS = st.dictionaries(st.sampled_from("abcdef"), st.none() | st.sampled_from("xyz"))


@given(before=STANDINGS, after=STANDINGS, order=st.randoms())
def test_the_order_of_the_ledgers_does_not_matter_and_everything_is_told(
    before: dict[str, str | None], after: dict[str, str | None], order: Random
) -> None:
    # What a real ledger always says: of an address that was there, what became of it.
    ended = [a_link(slug, withdrawn=True) for slug in before.keys() - after.keys()]
    topics = {topic for topic in before.values() if topic} - set(after.values())
    then = a_ledger(after, *ended, *(TopicLink(slug=topic, label=topic.upper(), to="") for topic in topics))

    def shuffled(ledger: Ledger) -> Ledger:
        articles, topics = list(ledger.articles.items()), list(ledger.topics.items())
        order.shuffle(articles)
        order.shuffle(topics)
        return replace(ledger, articles=dict(articles), topics=dict(topics))

    made = plan(shuffled(a_ledger(before)), shuffled(then), ())
    assert made == plan(a_ledger(before), then, ())
    assert made.empty == (before == after)
    lists = [made.shelf, *made.topics]
    comes = {each.slug for moves in lists for each in (*moves.added, *moves.arrived)}
    along = {slug for slug, topic in before.items() if topic in topics and slug in after and after[slug] is None}
    assert comes == {slug for slug in after if slug not in before or before[slug] != after[slug]} - along
    for moves in lists:
        for found in (moves.added, moves.arrived, moves.left, moves.gone):
            assert [each.slug for each in found] == sorted(each.slug for each in found)
