from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from digestgen.analyse.grouping.topics import TopicSettings, topics

SETTINGS = TopicSettings(cut=0.4, loosest=0.7, least_f1=0.8)
NO_TERMS = sparse.csr_array(np.zeros((4, 1)))


def alike(*pairs: tuple[int, int, float], count: int = 4) -> np.ndarray:
    similar = np.eye(count)
    for one, other, value in pairs:
        similar[one, other] = similar[other, one] = value
    return similar


def standing(*rows: list[int]) -> sparse.csr_array:
    return sparse.csr_array(np.array(rows, dtype=float))


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
    found = topics(alike((0, 1, similarity)), np.arange(4), terms, np.asarray(terms.sum(axis=0)).ravel(), SETTINGS)
    assert found.tolist() == expected


def test_a_story_is_never_split() -> None:
    found = topics(alike((0, 1, 0.7)), np.array([0, 1, 2, 2]), NO_TERMS, np.zeros(1), SETTINGS)
    assert found.tolist() == [0, 0, 1, 1]


def test_what_is_near_to_half_of_a_story_is_not_near_to_it() -> None:
    story = np.array([0, 0, 1, 2])
    near = alike((0, 2, 0.7), (1, 2, 0.7))
    assert topics(near, story, NO_TERMS, np.zeros(1), SETTINGS).tolist() == [0, 0, 0, 1]
    near_to_half = alike((0, 2, 0.7))
    assert topics(near_to_half, story, NO_TERMS, np.zeros(1), SETTINGS).tolist() == [0, 0, 1, 2]


def test_nothing_has_no_topic() -> None:
    assert topics(np.zeros((0, 0)), np.array([], dtype=np.intp), NO_TERMS[:0], np.zeros(1), SETTINGS).tolist() == []
