from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from digestgen.analyse.grouping.cohesion import Thresholds
from digestgen.analyse.grouping.similarity import Similarity, SimilaritySettings
from digestgen.analyse.grouping.stories import Neighbours, Reports, StorySettings, stories
from digestgen.analyse.grouping.term_vectors import unit_rows

NOTHING = Thresholds(chance=0.0, topic=0.0, story=0.0, nearest=0.0)
AS_THEY_ARE = SimilaritySettings(power=0.0)
TOLD = StorySettings(cut=0.4)
"""A cut that the made rows below are near enough for."""


def reports(
    matrix: sparse.csr_array, *, languages: list[int] | None = None, days: list[float] | None = None
) -> Reports:
    count = matrix.shape[0]
    return Reports(
        Similarity.of(matrix, AS_THEY_ARE),
        np.array(languages or [0] * count, dtype=np.intp),
        np.array(days or [np.nan] * count, dtype=np.float64),
        NOTHING,
    )


def rows(*weights: list[float]) -> sparse.csr_array:
    return unit_rows(sparse.csr_array(np.array(weights, dtype=float)))


def found(told: Reports, settings: StorySettings = TOLD) -> list[int]:
    return found_among(told, np.arange(len(told.language)), settings)


def found_among(told: Reports, some: np.ndarray, settings: StorySettings = TOLD) -> list[int]:
    return stories(told, some, Neighbours.of(told, some, settings), settings).tolist()


def planted(sizes: list[int], within: float, across: float) -> sparse.csr_array:
    """Groups of rows: how alike those of each group are, and any of two groups."""
    group = np.repeat(np.arange(len(sizes)), sizes)
    shared = np.full((len(group), 1), across**0.5)
    own = np.eye(len(sizes))[group] * (within - across) ** 0.5
    return sparse.csr_array(np.hstack([shared, own, np.eye(len(group)) * (1 - within) ** 0.5]))


PAIRS = rows([1, 1, 0, 0, 0.2], [1, 0.9, 0, 0, 0.2], [0, 0, 1, 1, 0.2], [0, 0, 1, 0.9, 0.2], [0, 0, 0, 0, 1])


def test_pairs_come_together_and_a_lone_article_is_its_own_story() -> None:
    assert found(reports(PAIRS)) == [0, 0, 1, 1, 2]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        pytest.param([1, 1], [0, 0], id="one day"),
        pytest.param([1, 3], [0, 0], id="two days later"),
        pytest.param([1, 8], [0, 1], id="the figures of the next week"),
        pytest.param([1, np.nan], [0, 0], id="one is not dated"),
    ],
)
def test_dates_tell_happenings_apart(days: list[float], expected: list[int]) -> None:
    assert found(reports(rows([1, 0.3], [1, 0.2]), days=days), StorySettings()) == expected


def test_in_a_large_digest_a_group_that_stands_apart_is_one_story() -> None:
    told = reports(planted([4] * 3 + [1] * 100, 0.5, 0.02))
    assert found(told, StorySettings()) == [*np.repeat([0, 1, 2], 4).tolist(), *range(3, 103)]
    assert found(told, StorySettings(separation=1.1, separation_among_stories=1.1)) == list(range(112))


def test_a_digest_that_consists_of_groups_asks_less_of_each() -> None:
    # Two fifths of what the articles of a group share they share with all others too.
    assert found(reports(planted([5] * 24, 0.5, 0.2)), StorySettings()) == np.repeat(range(24), 5).tolist()
    assert found(reports(planted([5] * 8 + [1] * 80, 0.5, 0.2)), StorySettings()) == list(range(120))


def test_a_language_has_no_group_that_stands_apart_from_the_others() -> None:
    matrix = planted([4] + [1] * 100, 0.5, 0.02)
    assert found(reports(matrix), StorySettings())[:4] == [0, 0, 0, 0]
    assert found(reports(matrix, languages=[1] * 4 + [0] * 100), StorySettings())[:4] == [0, 1, 2, 3]


@pytest.mark.parametrize("count", [0, 1, 2, 9])
def test_articles_with_nothing_in_common_are_stories_of_their_own(count: int) -> None:
    assert found(reports(sparse.csr_array(np.eye(count)))) == list(range(count))


@given(st.lists(st.lists(st.integers(0, 3), min_size=4, max_size=4), max_size=12))
def test_every_article_has_a_story(drawn: list[list[int]]) -> None:
    told = reports(unit_rows(sparse.csr_array(np.array(drawn, dtype=float).reshape(-1, 4))))
    labels = found(told)
    assert sorted(set(labels)) == list(range(len(set(labels))))
    some = np.arange(0, len(drawn), 2)
    assert len(found_among(told, some)) == len(some)


@pytest.mark.parametrize(("alike", "expected"), [(0.2, [0, 0, 0, 0, 0, 1]), (0.3, [0] * 6)], ids=["hardly", "enough"])
def test_whoever_is_hardly_alike_to_the_rest_stands_alone(alike: float, expected: list[int]) -> None:
    told = np.zeros((6, 7))
    told[:5, 0], told[:5, 1:6] = 0.6**0.5, np.eye(5) * 0.4**0.5
    told[5, 0] = alike / 0.6**0.5
    told[5, 6] = (1 - told[5, 0] ** 2) ** 0.5
    assert found(reports(sparse.csr_array(told)), StorySettings(cut=0.85)) == expected
