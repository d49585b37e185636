from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from digestgen.analyse.grouping.dendrogram import Dendrogram
from digestgen.analyse.grouping.topics import TopicSettings, topics, with_stories_joined

SETTINGS = TopicSettings(cut=0.4, loosest=0.7, least_f1=0.8)
NO_TERMS = sparse.csr_array(np.zeros((4, 1)))


def alike(*pairs: tuple[int, int, float], count: int = 4) -> np.ndarray:
    similar = np.eye(count)
    for one, other, value in pairs:
        similar[one, other] = similar[other, one] = value
    return similar


def standing(*rows: list[int]) -> sparse.csr_array:
    return sparse.csr_array(np.array(rows, dtype=float))


def found(
    similar: np.ndarray, story: np.ndarray, terms: sparse.csr_array = NO_TERMS, frequency: np.ndarray | None = None
) -> list[int]:
    tree = Dendrogram.of(len(story), with_stories_joined(iter([(np.arange(len(story)), similar)]), story))
    return topics(tree, story, terms, np.zeros(1) if frequency is None else frequency, SETTINGS).tolist()


@pytest.mark.parametrize(
    ("similarity", "terms", "expected"),
    [
        pytest.param(0.7, NO_TERMS, [0, 0, 1, 2], id="near"),
        pytest.param(0.5, NO_TERMS, [0, 1, 2, 3], id="less near, and held by nothing"),
        pytest.param(0.5, standing([1], [1], [0], [0]), [0, 0, 1, 2], id="less near, and held by a word"),
        pytest.param(0.5, standing([1], [1], [1], [1]), [0, 1, 2, 3], id="a word that all have holds nothing"),
        pytest.param(0.2, standing([1], [1], [0], [0]), [0, 1, 2, 3], id="far, whatever holds it"),
    ],
)
def test_what_is_near_or_held_is_one_topic(similarity: float, terms: sparse.csr_array, expected: list[int]) -> None:
    frequency = np.asarray(terms.sum(axis=0)).ravel()
    assert found(alike((0, 1, similarity)), np.arange(4), terms, frequency) == expected


def test_a_story_is_never_split() -> None:
    assert found(alike((0, 1, 0.7)), np.array([0, 1, 2, 2])) == [0, 0, 1, 1]


def test_what_is_near_to_half_of_a_story_is_not_near_to_it() -> None:
    story = np.array([0, 0, 1, 2])
    near = alike((0, 2, 0.7), (1, 2, 0.7))
    assert found(near, story) == [0, 0, 0, 1]
    near_to_half = alike((0, 2, 0.7))
    assert found(near_to_half, story) == [0, 0, 1, 2]


def test_nothing_has_no_topic() -> None:
    assert found(np.zeros((0, 0)), np.array([], dtype=np.intp), NO_TERMS[:0]) == []
