"""Newcomers join what is settled, whatever comes with them; what is settled does not move."""

from __future__ import annotations

import random

import pytest

from digestgen.analyse.grouping.cluster import Collection, collect
from digestgen.analyse.grouping.newcomers import join
from digestgen.model import Article, Keyphrase
from made import an_article
from newsroom import write

NUMBERS = 6


def newsroom(*subjects: str, numbers: int = NUMBERS) -> tuple[list[Article], dict[str, list[Keyphrase]]]:
    articles = [
        an_article(f"{subject}-{number}", *write(subject, number).paragraphs, title=write(subject, number).title)
        for subject in subjects
        for number in range(numbers)
    ]
    phrases = {
        article.id: [
            Keyphrase(word, 0.01 * place)
            for place, word in enumerate(article.paragraphs[0].replace(".", "").split(), 1)
        ]
        for article in articles
    }
    return articles, phrases


def made(*subjects: str, numbers: int = NUMBERS) -> Collection:
    articles, phrases = newsroom(*subjects, numbers=numbers)
    return collect(articles, phrases)


def settled(collection: Collection, *subjects: str, first: int = 4) -> dict[str, str]:
    """The first articles on some subjects, each in a topic named by its subject."""
    return {
        article.id: article.id.split("-")[0]
        for article in collection.articles
        if article.id.split("-")[0] in subjects and int(article.id.split("-")[1]) < first
    }


def alone(topics: dict[str, str]) -> dict[str, str]:
    return {id_: id_ for id_ in topics}


WHOLE = made("harbour", "orchard", "chess", "volcano")
KNOWN = settled(WHOLE, "harbour", "orchard", "chess")
NEW = frozenset(article.id for article in WHOLE.articles if article.id not in KNOWN)


def test_newcomers_join_their_subject_and_strangers_join_none() -> None:
    joined = join(WHOLE, KNOWN, alone(KNOWN), NEW)
    assert joined.topics
    assert all(topic == id_.split("-")[0] for id_, topic in joined.topics.items())
    assert not any(id_.startswith("volcano") for id_ in joined.topics)
    assert joined.stories.keys() <= joined.topics.keys()


@pytest.mark.parametrize("seed", range(3))
def test_neither_order_nor_company_makes_a_difference(seed: int) -> None:
    together = join(WHOLE, KNOWN, alone(KNOWN), NEW)
    shuffled = list(NEW)
    random.Random(seed).shuffle(shuffled)  # noqa: S311 -- the same every time
    assert join(WHOLE, KNOWN, alone(KNOWN), shuffled) == together
    one = shuffled[0]
    assert join(WHOLE, KNOWN, alone(KNOWN), [one]).topics.get(one) == together.topics.get(one)


def test_a_closed_topic_takes_none() -> None:
    joined = join(WHOLE, KNOWN, alone(KNOWN), NEW, closed={"chess"})
    assert "chess" not in joined.topics.values()
    assert "harbour" in joined.topics.values()


def test_a_newcomer_goes_where_the_article_went_that_it_is_most_like() -> None:
    (newcomer, *_) = (id_ for id_, topic in join(WHOLE, KNOWN, alone(KNOWN), NEW).topics.items() if topic == "chess")
    row = {article.id: number for number, article in enumerate(WHOLE.articles)}
    similar = (WHOLE.similarity.matrix @ WHOLE.similarity.matrix.T).toarray()
    nearest = max(
        (id_ for id_, topic in KNOWN.items() if topic == "chess"), key=lambda id_: similar[row[newcomer], row[id_]]
    )
    left = {id_: topic for id_, topic in KNOWN.items() if id_ != nearest}
    joined = join(WHOLE, left, alone(left), [newcomer], taken_out={nearest: {"chess"}})
    assert joined.topics.get(newcomer) != "chess"


def test_nothing_to_join_and_nobody_to_join() -> None:
    assert not join(WHOLE, {}, {}, NEW).topics
    assert not join(WHOLE, KNOWN, alone(KNOWN), ()).topics


def test_near_is_who_could_be_of_one_story_or_topic() -> None:
    (one, *others) = sorted(article.id for article in WHOLE.articles if article.id.startswith("harbour"))
    strangers = [article.id for article in WHOLE.articles if not article.id.startswith("harbour")]
    near = WHOLE.near([one], [*others, *strangers])
    assert near >= set(others)
    assert not near & set(strangers)
    assert WHOLE.near([], others) == WHOLE.near([one], []) == frozenset()
