import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from digestgen.analyse.stories import StorySettings, stories
from digestgen.analyse.vectors import unit_rows

FOUND_OUT = StorySettings(fades=0.0)
TOLD = StorySettings(fades=1e9)


def rows(*weights: list[float]) -> sparse.csr_array:
    return unit_rows(sparse.csr_array(np.array(weights, dtype=float)))


PAIRS = rows([1, 1, 0, 0, 0.2], [1, 0.9, 0, 0, 0.2], [0, 0, 1, 1, 0.2], [0, 0, 1, 0.9, 0.2], [0, 0, 0, 0, 1])


@pytest.mark.parametrize("settings", [FOUND_OUT, TOLD, StorySettings()], ids=["found out", "told", "both"])
def test_pairs_come_together_and_a_lone_article_is_its_own_story(settings: StorySettings) -> None:
    assert stories(PAIRS, np.zeros(5, dtype=np.intp), 0.5, settings).tolist() == [0, 0, 1, 1, 2]


def test_a_story_never_reaches_over_two_topics() -> None:
    assert stories(PAIRS, np.array([0, 1, 0, 0, 0]), 0.5, StorySettings()).tolist() == [0, 1, 2, 2, 3]


@pytest.mark.parametrize(
    ("clearly_alike", "expected"), [(0.1, [0, 0, 1]), (0.5, [0, 1, 2])], ids=["alike", "not alike"]
)
def test_a_small_digest_is_told_how_alike_the_parts_of_a_story_are(clearly_alike: float, expected: list[int]) -> None:
    weak = rows([1, 0, 0.6, 0], [0, 1, 0.6, 0], [0, 0, 0, 1])
    assert stories(weak, np.zeros(3, dtype=np.intp), clearly_alike, TOLD).tolist() == expected


def test_one_cut_fits_a_topic_where_all_is_alike_and_one_where_little_is() -> None:
    topic, story = np.repeat([0, 1], 12), np.repeat([0, 1, 2, 3], 6)
    within, across = np.repeat([0.8, 0.25], 12), np.repeat([0.3, 0.05], 12)
    of_topic = np.eye(2)[topic] * np.sqrt(across)[:, np.newaxis]
    of_story = np.eye(4)[story] * np.sqrt(within - across)[:, np.newaxis]
    matrix = sparse.csr_array(np.hstack([of_topic, of_story, np.diag(np.sqrt(1 - within))]))
    assert stories(matrix, topic, 0.5, FOUND_OUT).tolist() == story.tolist()
    as_they_are = StorySettings(fades=0.0, least_scale=1.0)
    assert stories(matrix, topic, 0.5, as_they_are).tolist() != story.tolist()


@pytest.mark.parametrize("slice_size", [2, 3])
def test_a_topic_too_large_for_memory_is_linked_in_slices(slice_size: int) -> None:
    labels = stories(rows(*[[1.0, 0.1]] * 7), np.zeros(7, dtype=np.intp), 0.5, StorySettings(largest_topic=slice_size))
    assert np.bincount(labels).max() == slice_size


@pytest.mark.parametrize("count", [0, 1, 2, 9])
def test_articles_with_nothing_in_common_are_stories_of_their_own(count: int) -> None:
    labels = stories(sparse.csr_array(np.eye(count)), np.zeros(count, dtype=np.intp), 0.1, StorySettings())
    assert labels.tolist() == list(range(count))


@given(st.lists(st.tuples(st.integers(0, 2), st.lists(st.integers(0, 3), min_size=4, max_size=4)), max_size=12))
def test_every_article_has_a_story_of_one_topic(drawn: list[tuple[int, list[int]]]) -> None:
    topic = np.unique([number for number, _ in drawn], return_inverse=True)[1].astype(np.intp)
    weights = np.array([weight for _, weight in drawn], dtype=float).reshape(-1, 4)
    labels = stories(unit_rows(sparse.csr_array(weights)), topic, 0.3, StorySettings())
    assert sorted(set(labels.tolist())) == list(range(len(set(labels.tolist()))))
    assert len(set(zip(labels.tolist(), topic.tolist(), strict=True))) == len(set(labels.tolist()))
