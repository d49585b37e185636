from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.analyse.coverage import coverage
from digestgen.analyse.keyphrases.keyphrase_index import KeyphraseIndex
from digestgen.analyse.keyphrases.surnames import full_names
from digestgen.model import Article, Coverage
from made import an_article, keyphrases

WORDS = "They met again and said little about what comes next."
PHRASES = ("steam crane", "Ada Quill", "harbour wall", "wall", "ferry", "US")


def article(id_: str, source: str | None, *said: str) -> Article:
    return an_article(id_, *(f"{WORDS} It is the {phrase} that matters." for phrase in said), WORDS, source=source)


def told(*articles: Article) -> tuple[Coverage, ...]:
    """The coverage of a topic that all of these are in; each has all phrases for keyphrases."""
    return coverage([each.id for each in articles], index_of(articles))


def index_of(articles: Sequence[Article]) -> KeyphraseIndex:
    by_id = {each.id: each for each in articles}
    phrases = dict.fromkeys(by_id, keyphrases(*PHRASES))
    return KeyphraseIndex(by_id, phrases, full_names(phrases, by_id))


def many(source: str | None, number: int, *said: str, prefix: str = "") -> list[Article]:
    return [article(f"{prefix or source}{n}", source, *said) for n in range(number)]


CRANE = many("Crane Weekly", 5, "steam crane", "steam crane")
FERRY = many("Ferry News", 4, "ferry", "ferry")


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        pytest.param([], {}, id="no article"),
        pytest.param(many(None, 3, "ferry"), {}, id="no known source"),
        pytest.param(CRANE, {"Crane Weekly": (5, ())}, id="one source stresses nothing"),
        pytest.param(
            [*CRANE, *FERRY],
            {"Crane Weekly": (5, ("steam crane",)), "Ferry News": (4, ("ferry",))},
            id="each stresses what is its own",
        ),
        pytest.param(
            [*CRANE, *many("Ferry News", 5, "steam crane", "steam crane")],
            {"Crane Weekly": (5, ()), "Ferry News": (5, ())},
            id="what all say nobody stresses",
        ),
        pytest.param(
            [*CRANE, *many(None, 9, "steam crane", "steam crane"), *FERRY],
            {"Crane Weekly": (5, ("steam crane",)), "Ferry News": (4, ("ferry",))},
            id="articles of unknown source speak for nobody",
        ),
        pytest.param(
            [*many("A", 1, *["ferry"] * 40), *many("B", 1, *["wall"] * 40)],
            {"A": (1, ()), "B": (1, ())},
            id="one article is one voice, however often it repeats itself",
        ),
        pytest.param(
            [*many("A", 6, "ferry", "ferry"), article("A9", "A", *["steam crane"] * 4), *many("B", 6, "wall", "wall")],
            {"A": (7, ("ferry",)), "B": (6, ("wall",))},
            id="of several articles, two must say it",
        ),
        pytest.param(
            [*many("A", 6, "harbour wall", "harbour wall"), *FERRY],
            {"A": (6, ("harbour wall",)), "Ferry News": (4, ("ferry",))},
            id="no phrase inside another",
        ),
        pytest.param(
            [*many("A", 6, "Ada Quill", "Quill", "Quill"), *FERRY],
            {"A": (6, ("Ada Quill",)), "Ferry News": (4, ("ferry",))},
            id="a full name, though the surname is said more often",
        ),
        pytest.param(
            [*many("A", 6, "one of us", "one of us"), *FERRY],
            {"A": (6, ()), "Ferry News": (4, ("ferry",))},
            id="no function word that a phrase is written like",
        ),
    ],
)
def test_what_sources_stress(articles: list[Article], expected: Mapping[str, tuple[int, tuple[str, ...]]]) -> None:
    assert {each.source: (each.articles, each.stresses) for each in told(*articles)} == expected


def test_the_sources_with_the_most_articles_come_first_and_then_by_name() -> None:
    found = told(*many("C", 1), *many("B", 2), *many("D", 3), *many("A", 2))
    assert [(each.source, each.articles) for each in found] == [("D", 3), ("A", 2), ("B", 2), ("C", 1)]


def test_at_most_four_phrases_each() -> None:
    phrases = ("red kite", "grey seal", "oak gall", "wild leek", "marsh hen", "stone fly")
    articles = [*many("A", 9, *phrases, *phrases), *many("B", 9, *["ferry"] * 12)]
    known = dict.fromkeys((each.id for each in articles), keyphrases(*phrases))
    by_id = {each.id: each for each in articles}
    (first, _) = coverage(sorted(by_id), KeyphraseIndex(by_id, known, full_names(known, by_id)))
    assert len(first.stresses) == 4
    assert set(first.stresses) < set(phrases)


MADE = tuple(f"{one} {other}" for one in ("red", "grey", "oak", "wild", "marsh", "stone", "salt", "north")
             for other in ("kite", "seal", "gall", "leek", "hen", "fly", "boat", "gate"))  # fmt: skip


def dealt(seed: int, sources: str, *more: tuple[str, str]) -> tuple[Coverage, ...]:
    """The coverage of a topic of 24 articles, where each of many phrases stands in four of them, and some in others."""
    random = Random(seed)  # noqa: S311
    ids = [f"{number:02}" for number in range(24)]
    said: dict[str, list[str]] = {id_: [] for id_ in ids}
    for phrase in MADE:
        for id_ in random.sample(ids, 4):
            said[id_].append(phrase)
    for phrase, source in more:
        for id_, of in zip(ids, sources, strict=True):
            said[id_] += [phrase] * (of == source)
    articles = {id_: article(id_, of, *said[id_]) for id_, of in zip(ids, sources, strict=True)}
    known = dict.fromkeys(ids, keyphrases(*MADE, *(phrase for phrase, _ in more)))
    return coverage(ids, KeyphraseIndex(articles, known, full_names(known, articles)))


@pytest.mark.parametrize("sources", ["ABCD" * 6, "A" * 12 + "B" * 8 + "CCDE", "AB" * 12], ids=["even", "uneven", "two"])
def test_of_many_phrases_that_chance_deals_out_hardly_one_is_stressed(sources: str) -> None:
    assert sum(len(each.stresses) for seed in range(10) for each in dealt(seed, sources)) <= 2


@pytest.mark.parametrize("sources", ["ABCD" * 6, "A" * 12 + "B" * 8 + "CCDE", "AB" * 12], ids=["even", "uneven", "two"])
def test_what_all_articles_of_one_source_say_is_stressed_among_them(sources: str) -> None:
    for seed in range(5):
        found = {each.source: each.stresses for each in dealt(seed, sources, ("steam crane", "B"))}
        assert "steam crane" in found["B"]


TOPIC = st.lists(
    st.tuples(
        st.sampled_from(["A", "B", "C", None]), st.lists(st.sampled_from([*PHRASES, "Quill", "and"]), max_size=6)
    ),
    max_size=12,
)


@given(topic=TOPIC, data=st.data())
def test_neither_order_nor_the_names_of_sources_matter(
    topic: list[tuple[str | None, list[str]]], data: st.DataObject
) -> None:
    articles = [article(f"{n:02}", source, *said) for n, (source, said) in enumerate(topic)]
    found = coverage([each.id for each in articles], index_of(articles))
    shuffled = data.draw(st.permutations(articles))
    assert coverage([each.id for each in shuffled], index_of(shuffled)) == found
    swapped = {"A": "Z", "B": "Y", "C": "X", None: None}
    renamed = [article(f"{n:02}", swapped[source], *said) for n, (source, said) in enumerate(topic)]
    other = coverage([each.id for each in renamed], index_of(renamed))
    assert {each.source: each.stresses for each in other} == {swapped[each.source]: each.stresses for each in found}


@given(topic=TOPIC)
def test_every_known_source_is_told_once_and_one_alone_stresses_nothing(
    topic: list[tuple[str | None, list[str]]],
) -> None:
    articles = [article(f"{n:02}", source, *said) for n, (source, said) in enumerate(topic)]
    found = told(*articles)
    sources = [each.source for each in articles if each.source]
    assert {each.source: each.articles for each in found} == {name: sources.count(name) for name in sources}
    assert len(found) > 1 or not any(each.stresses for each in found)
    assert all(len(set(each.stresses)) == len(each.stresses) <= 4 for each in found)


def test_texts_without_words_and_texts_of_one_phrase_are_counted() -> None:
    articles = [an_article("a", "…", source="A"), an_article("b", "ferry " * 4_000, source="B")]
    assert [each.stresses for each in told(*articles)] == [(), ()]
