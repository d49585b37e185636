"""Topics in sections: what was settled stays, what is new goes to the nearest, and the curator's word comes first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from compose.editions import FOUR, edition, topic_of
from digestgen.analyse.grouping.cluster import DEFAULTS, Collection, collect
from digestgen.analyse.grouping.sections import found_sections
from digestgen.analyse.keyphrases.keyphrase_index import KeyphraseIndex
from digestgen.analyse.keyphrases.surnames import full_names
from digestgen.compose.sections import Sections, SettledSections, arrange
from digestgen.model import Article, Keyphrase
from made import an_article
from newsroom import write

NUMBERS = range(6)
SMALL = len(NUMBERS)
"""So many articles are as much to look through as a topic is, in this small newsroom."""
SUBJECTS = ("harbour", "orchard", "chess", "volcano")


def newsroom() -> tuple[dict[str, Article], dict[str, list[Keyphrase]]]:
    articles: dict[str, Article] = {}
    phrases: dict[str, list[Keyphrase]] = {}
    for subject in SUBJECTS:
        for number in NUMBERS:
            text = write(subject, number)
            made = an_article(f"{subject}-{number}", *text.paragraphs, title=text.title)
            articles[made.id] = made
            words = text.paragraphs[0].replace(".", "").split()
            phrases[made.id] = [Keyphrase(word, 0.01 * place) for place, word in enumerate(words, 1)]
    return articles, phrases


ARTICLES, PHRASES = newsroom()
WHOLE = collect(list(ARTICLES.values()), PHRASES)
INDEX = KeyphraseIndex(ARTICLES, PHRASES, full_names(PHRASES, ARTICLES))
# Each subject in two topics, and two articles in none.
TOPICS = {
    f"{subject}-{half}": [f"{subject}-{number}" for number in numbers]
    for subject in SUBJECTS
    for half, numbers in (("a", (0, 1)), ("b", (2, 3)))
}


def arranged(
    settled: dict[str, str] | None = None,
    ruled: dict[str, str] | None = None,
    *,
    outside: dict[str, str] | None = None,
    topics: dict[str, list[str]] = TOPICS,
    many: int = 2,
) -> Sections:
    collection: Collection = replace(WHOLE, settings=replace(WHOLE.settings, many_topics=many, outside_as_topic=SMALL))
    return arrange(
        collection=collection,
        index=INDEX,
        topics=topics,
        labels={slug: slug for slug in topics},
        settled=SettledSections(topics=settled or {}, articles=outside or {}),
        ruled=ruled or {},
        shown=frozenset(ARTICLES),
    )


def test_topics_on_one_subject_share_a_section_and_so_does_what_stands_outside() -> None:
    found = arranged()
    assert found.of_topics.keys() == TOPICS.keys()
    assert 1 < len(set(found.of_topics.values())) <= len(SUBJECTS)
    for subject in SUBJECTS:
        assert found.of_topics[f"{subject}-a"] == found.of_topics[f"{subject}-b"]
        assert {found.of_articles[f"{subject}-{number}"] for number in NUMBERS} == {found.of_topics[f"{subject}-a"]}
    assert not set(found.of_topics.values()) & set(TOPICS)


@pytest.mark.parametrize(
    ("topics", "outside", "has"),
    [(24, 0, True), (23, 0, False), (23, 20, True), (0, 480, True), (7, 17, False)],
    ids=["many topics", "few", "few, and a page outside them", "much outside all", "a small digest"],
)
def test_what_is_much_to_look_through_has_sections(topics: int, outside: int, has: bool) -> None:  # noqa: FBT001
    assert DEFAULTS.has_sections(topics, outside) is has


def test_a_section_may_hold_no_topic() -> None:
    found = arranged(topics={slug: ids for slug, ids in TOPICS.items() if slug.startswith("chess")}, many=1)
    for subject in SUBJECTS:
        (label,) = {found.of_articles[f"{subject}-{number}"] for number in NUMBERS}
        assert label in found.slugs
    assert len(set(found.of_topics.values())) == 1 < len(set(found.of_articles.values()))


def test_newcomers_go_to_the_nearest_section_though_it_holds_no_topic() -> None:
    settled = {f"{subject}-{number}": subject.title() for subject in SUBJECTS for number in (4, 5)}
    found = arranged(outside=settled, many=99)
    assert found.of_articles == {f"{subject}-{number}": subject.title() for subject in SUBJECTS for number in NUMBERS}
    assert found.of_topics == {slug: slug.partition("-")[0].title() for slug in TOPICS}


def test_a_small_community_is_no_section() -> None:
    few = {id_: article for id_, article in ARTICLES.items() if not id_.startswith("chess") or id_ < "chess-2"}
    collection = collect(list(few.values()), PHRASES)
    assert all(len(section.outside) >= len(NUMBERS) for section in found_sections(collection, {}))
    assert {id_ for section in found_sections(collection, {}) for id_ in section.outside} <= few.keys()


def test_a_digest_of_few_topics_has_none() -> None:
    assert arranged(many=99) == Sections(of_topics={}, of_articles={})


SETTLED = {"harbour-a": "Sea", "orchard-a": "Land", "chess-a": "Games", "volcano-a": "Earth"}


@pytest.mark.parametrize("many", [2, 9], ids=["many topics", "few left"])
def test_what_was_settled_stays_and_new_topics_go_to_the_nearest(many: int) -> None:
    found = arranged(SETTLED, many=many)
    assert found.of_topics.items() >= SETTLED.items()
    assert {slug: found.of_topics[slug.replace("-b", "-a")] for slug in TOPICS} == found.of_topics


def test_what_stands_outside_stays_where_it_was() -> None:
    found = arranged(SETTLED, outside={"chess-4": "Sea", "chess-5": "a section without topics", "chess-0": "Sea"})
    assert found.of_articles["chess-4"] == "Sea"
    assert found.of_articles["chess-5"] == "a section without topics"
    assert found.of_articles["chess-0"] == "Games", "a topic takes along what stands in it"


def test_the_curator_comes_first_and_moves_nothing_else() -> None:
    ruled = arranged(SETTLED, {"chess-b": "Sea"})
    assert ruled.of_topics == {**arranged(SETTLED).of_topics, "chess-b": "Sea"}


def test_the_curators_sections_alone_hold_what_was_put_there() -> None:
    found = arranged(ruled={"chess-a": "Games"}, many=99)
    assert found == Sections(of_topics={"chess-a": "Games"}, of_articles={"chess-0": "Games", "chess-1": "Games"})


def test_a_section_is_settled_and_told_everywhere() -> None:
    chess = topic_of(edition(FOUR).digest, "chess")
    ruled = edition(FOUR, f"topics: {{{chess}: {{section: Board games}}}}\n")
    (section,) = ruled.digest.sections
    assert (section.slug, section.label, section.topics) == ("board-games", "Board games", (chess,))
    assert {entry.section for entry in ruled.digest.entries if entry.topic == chess} == {"board-games"}
    assert {entry.section for entry in ruled.digest.entries if entry.topic != chess} == {None}
    assert ruled.ledger.topics[chess].section == "Board games"
