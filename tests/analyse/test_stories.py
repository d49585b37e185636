import numpy as np
import pytest
from scipy import sparse

from digestgen.analyse.stories import StorySettings, stories
from digestgen.analyse.vectors import unit_rows


def rows(*weights: list[float]) -> sparse.csr_array:
    return unit_rows(sparse.csr_array(np.array(weights, dtype=float)))


PAIRS = rows([1, 1, 0, 0, 0.2], [1, 0.9, 0, 0, 0.2], [0, 0, 1, 1, 0.2], [0, 0, 1, 0.9, 0.2], [0, 0, 0, 0, 1])


def test_pairs_come_together_and_a_lone_article_is_its_own_story() -> None:
    assert stories(PAIRS, np.zeros(5, dtype=np.intp), 0.0, StorySettings()).tolist() == [0, 0, 1, 1, 2]


def test_a_story_never_reaches_over_two_topics() -> None:
    assert stories(PAIRS, np.array([0, 1, 0, 0, 0]), 0.0, StorySettings()).tolist() == [0, 1, 2, 2, 3]


def test_parts_that_are_less_alike_than_asked_stay_apart() -> None:
    weak = rows([1, 0, 0.5], [0, 1, 0.5], [0, 0, 1])
    asked = stories(weak, np.zeros(3, dtype=np.intp), 0.5, StorySettings())
    assert asked.tolist() == [0, 1, 2]


@pytest.mark.parametrize("slice_size", [2, 3])
def test_a_topic_too_large_for_memory_is_linked_in_slices(slice_size: int) -> None:
    labels = stories(rows(*[[1.0, 0.1]] * 7), np.zeros(7, dtype=np.intp), 0.0, StorySettings(largest_topic=slice_size))
    assert np.bincount(labels).max() == slice_size


def test_no_articles_no_stories() -> None:
    assert stories(sparse.csr_array((0, 3)), np.zeros(0, dtype=np.intp), 0.0, StorySettings()).tolist() == []
