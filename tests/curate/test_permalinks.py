from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.curate.ledger import ArticleLink, Ledger, TopicLink
from digestgen.curate.permalinks import claim_articles, claim_topics, text_runs
from digestgen.curate.sketch import sketch
from digestgen.model import Article
from made import an_article

FOXES = (
    "Foxes have moved into the city in numbers that surprise biologists, a survey of four hundred gardens shows.",
    "Gardens with hens were visited twice as often, and no fence below two metres kept the animals out at night.",
)
BRIDGE = (
    "The bridge over the estuary opened to lorries on Friday, a year later than its engineers had promised.",
    "They blamed the steel, which had rusted in the salt air before the first coat of paint was even ordered.",
)
BREAD = (
    "Bread will cost a third more from Monday, the bakers of the old town say, because flour is so dear now.",
    "Two of them have closed their shops, and a third sells nothing but cake until the harvest has come in.",
)


def link_of(article: Article, slug: str = "", **changes: object) -> ArticleLink:
    link = ArticleLink(slug=slug or article.id, id=article.id, seed=article.seed, text=sketch(text_runs(article)))
    return replace(link, **changes)


def ledger_of(*links: ArticleLink) -> Ledger:
    return Ledger(articles={link.slug: link for link in links})


fox = an_article("fox", *FOXES, title="Foxes move in")
bridge = an_article("bridge", *BRIDGE, title="Bridge opens")
PUBLISHED = ledger_of(link_of(fox), link_of(bridge))
EDITED = (FOXES[0].replace("surprise biologists", "astonish the biologists"), FOXES[1])


@pytest.mark.parametrize(
    ("ledger", "articles", "slugs", "moved", "lost"),
    [
        pytest.param(Ledger(), [fox], {"fox": "foxes-move-in"}, {}, (), id="a first edition"),
        pytest.param(PUBLISHED, [fox, bridge], {"fox": "fox", "bridge": "bridge"}, {}, (), id="nothing new"),
        pytest.param(
            PUBLISHED,
            [replace(fox, title="Reynard in town"), bridge],
            {"fox": "fox", "bridge": "bridge"},
            {},
            (),
            id="retitled",
        ),
        pytest.param(
            PUBLISHED,
            [an_article("fox2", *EDITED, title="Foxes!"), bridge],
            {"fox2": "fox", "bridge": "bridge"},
            {},
            (),
            id="its text edited",
        ),
        pytest.param(
            PUBLISHED,
            [an_article("both", *FOXES, *BRIDGE, title="Foxes on the bridge")],
            {"both": "bridge"},
            {"fox": "bridge"},
            (),
            id="two joined into one",
        ),
        pytest.param(
            ledger_of(link_of(an_article("both", *FOXES, BRIDGE[0][:60]))),
            [fox, bridge],
            {"fox": "both", "bridge": "bridge-opens"},
            {},
            (),
            id="one split in two",
        ),
        pytest.param(
            PUBLISHED,
            [replace(fox, seed="other.txt", lines=(7, 9)), bridge],
            {"fox": "fox", "bridge": "bridge"},
            {},
            (),
            id="moved to another seed",
        ),
        pytest.param(
            ledger_of(link_of(fox), link_of(replace(fox, id="fox-2"))),
            [fox],
            {"fox": "fox"},
            {"fox-2": "fox"},
            (),
            id="the same text twice, then once",
        ),
        pytest.param(PUBLISHED, [fox], {"fox": "fox"}, {}, ("bridge",), id="deleted"),
        pytest.param(
            ledger_of(link_of(fox), replace(link_of(bridge, text=""), withdrawn=True)),
            [fox, bridge],
            {"fox": "fox", "bridge": "bridge"},
            {},
            (),
            id="withdrawn and restored",
        ),
        pytest.param(
            ledger_of(link_of(fox, text="", to="bridge"), link_of(bridge)),
            [an_article("fox2", *EDITED), bridge],
            {"fox2": "untitled", "bridge": "bridge"},
            {},
            (),
            id="a text like one that was decided on is a new one",
        ),
        pytest.param(
            ledger_of(link_of(fox, "bread-is-dear", withdrawn=True, text=""), link_of(bridge)),
            [bridge, an_article("bread", *BREAD, title="Bread is dear")],
            {"bridge": "bridge", "bread": "bread-is-dear-bread"},
            {},
            (),
            id="a new one with the title of an old one",
        ),
        pytest.param(
            ledger_of(link_of(fox, withdrawn=True)),
            [an_article("fox2", *EDITED, title="Foxes!")],
            {"fox2": "fox"},
            {},
            (),
            id="hidden, then edited: hidden still",
        ),
        pytest.param(
            ledger_of(link_of(fox, withdrawn=True)),
            [bridge],
            {"bridge": "bridge-opens"},
            {},
            (),
            id="hidden, then gone",
        ),
        pytest.param(
            ledger_of(link_of(fox, "a"), link_of(fox, "b", to="a", text="")),
            [fox],
            {"fox": "a"},
            {},
            (),
            id="two lines",
        ),
        pytest.param(
            ledger_of(link_of(an_article("old", "Nobody came."), "old")),
            [an_article("new", "Somebody came.", title="New")],
            {"new": "new"},
            {},
            ("old",),
            id="three words are too few to be known by",
        ),
    ],
)
def test_addresses_of_articles(
    ledger: Ledger,
    articles: Sequence[Article],
    slugs: Mapping[str, str],
    moved: Mapping[str, str],
    lost: tuple[str, ...],
) -> None:
    claims = claim_articles(ledger, articles)
    assert (claims.slugs, claims.moved, claims.lost) == (slugs, moved, lost)


def test_one_shared_run_is_chance() -> None:
    short = an_article("short", "Rain fell all day.")
    assert len(text_runs(short)) == 2
    holder = an_article("long", *FOXES, "Then rain fell all over the city.")
    assert len(text_runs(short) & text_runs(holder)) == 1
    assert claim_articles(ledger_of(link_of(short)), [holder]).lost == ("short",)


def test_a_formula_that_many_texts_hold_is_no_sign_of_one() -> None:
    formula = " ".join(f"word{number}" for number in range(40))
    old, *others = (
        an_article(f"n{number}", formula, " ".join(f"own{number}{word}" for word in range(60))) for number in range(6)
    )
    assert len(text_runs(old) & text_runs(others[0])) > 36
    assert claim_articles(ledger_of(link_of(old)), others).lost == ("n0",)
    assert claim_articles(ledger_of(link_of(old)), [*others, replace(old, id="again")]).slugs["again"] == "n0"


@given(st.permutations([fox, bridge, an_article("bread", *BREAD), an_article("fox2", *EDITED)]))
def test_no_two_articles_have_one_address(articles: list[Article]) -> None:
    claims = claim_articles(PUBLISHED, articles[:3])
    assert len(set(claims.slugs.values())) == 3
    assert {*claims.slugs.values(), *claims.moved, *claims.lost} >= {"fox", "bridge"}


def topics_of(**topics: str) -> Ledger:
    """A ledger with these topics, each with one-letter articles."""
    return Ledger(
        articles={
            slug: ArticleLink(slug=slug, id=slug, topic=topic) for topic, slugs in topics.items() for slug in slugs
        },
        topics={topic: TopicLink(slug=topic) for topic in topics},
    )


@pytest.mark.parametrize(
    ("before", "groups", "claimed"),
    [
        pytest.param({}, ["ab"], (None,), id="a first edition"),
        pytest.param({"x": "ab"}, [], (), id="no groups"),
        pytest.param({"x": "abc", "y": "de"}, ["de", "abc"], ("y", "x"), id="as before"),
        pytest.param({"x": "abc"}, ["abcdefghijkl"], ("x",), id="grown fourfold"),
        pytest.param({"x": "abcdefgh"}, ["ab"], ("x",), id="most of it gone from the digest"),
        pytest.param({"x": "abcdef"}, ["ab", "cdef"], (None, "x"), id="split: the larger part keeps it"),
        pytest.param({"x": "abcdef"}, ["abc", "def"], ("x", None), id="split in halves: one keeps it"),
        pytest.param({"x": "abcd", "y": "ef"}, ["abcdef"], ("x",), id="merged: the larger one's"),
        pytest.param({"x": "abcdef", "y": "ghi"}, ["ab", "ghicdef"], ("x", "y"), id="part of it went to another"),
        pytest.param({"x": "abcde", "y": "fg"}, ["ab", "fgcdehijk"], ("x", "y"), id="swapped sizes"),
        pytest.param({"x": "abc"}, ["def"], (None,), id="nothing in common"),
        pytest.param({"x": "abcdefgh", "y": "ij"}, ["abij", "cd", "ef", "gh"], ("y", "x", None, None), id="shattered"),
    ],
)
def test_addresses_of_topics(before: Mapping[str, str], groups: Sequence[str], claimed: tuple[str | None, ...]) -> None:
    assert claim_topics(topics_of(**before), [list(group) for group in groups]) == claimed


def test_optimal_beats_greedy() -> None:
    # x is nearest to the first group, but that is the only one that y can be, and x has another.
    before = topics_of(x="abcdefghi", y="jklm")
    assert claim_topics(before, [list("abcdejklm"), list("fghi")]) == ("y", "x")


def test_a_large_topic_is_not_renamed_for_the_sake_of_a_splinter() -> None:
    large, splinter, small = (
        [f"{name}{number}" for number in range(size)] for name, size in (("l", 60), ("s", 6), ("m", 40))
    )
    before = topics_of(x=[*large, *splinter], y=small)  # type: ignore[arg-type]
    assert claim_topics(before, [[*large, *small], splinter]) == ("x", None)


def test_a_ruling_does_not_change_what_the_machine_said() -> None:
    # c was moved from x to y, and z was folded into y from its first day.
    links = {
        "a": ArticleLink(slug="a", id="a", topic="x"),
        "b": ArticleLink(slug="b", id="b", topic="x"),
        "c": ArticleLink(slug="c", id="c", topic="y", proposed="x"),
        "d": ArticleLink(slug="d", id="d", topic="y", proposed="z"),
        "e": ArticleLink(slug="e", id="e", topic="y", proposed="z"),
    }
    ledger = Ledger(articles=links, topics={slug: TopicLink(slug=slug) for slug in "xy"})
    assert claim_topics(ledger, [list("abc"), list("de")]) == ("x", "z")


@given(
    before=st.dictionaries(st.sampled_from("wxyz"), st.text("abcdefgh", min_size=1, max_size=6)),
    groups=st.lists(st.sampled_from("0123"), min_size=8, max_size=8),
)
def test_an_address_is_given_once_and_only_for_something_shared(before: dict[str, str], groups: list[str]) -> None:
    ledger = topics_of(**before)
    parts = [[slug for slug, part in zip("abcdefgh", groups, strict=True) if part == name] for name in "0123"]
    claimed = claim_topics(ledger, parts)
    given_away = [slug for slug in claimed if slug is not None]
    assert len(set(given_away)) == len(given_away)
    for slug, part in zip(claimed, parts, strict=True):
        assert slug is None or {link.slug for link in ledger.articles.values() if link.topic == slug} & set(part)
