from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.ingest.splitting.segmentation import LONGEST, segment


def test_clear_starts_are_found() -> None:
    odds = np.full(20, -5.0)
    odds[[6, 13]] = 5.0
    assert segment(odds) == [0, 6, 13]


def test_of_two_neighbours_the_better_wins() -> None:
    odds = np.full(24, -6.0)
    odds[[8, 16]] = 5.0
    odds[9] = 0.1
    assert segment(odds) == [0, 8, 16]


def test_a_certain_start_is_kept_against_all_odds() -> None:
    assert segment(np.full(10, -9.0), [4]) == [0, 4]


def test_a_single_paragraph() -> None:
    assert segment(np.zeros(1)) == [0]


@given(st.lists(st.floats(-11, 11), min_size=1, max_size=60), st.sets(st.integers(0, 59), max_size=4))
def test_starts_ascend_from_nought_and_hold_what_is_certain(odds: list[float], certain: set[int]) -> None:
    inside = sorted(index for index in certain if index < len(odds))
    starts = segment(np.array(odds), inside)
    assert starts[0] == 0
    assert starts == sorted(set(starts))
    assert set(inside) <= set(starts)
    assert starts[-1] < len(odds)


@pytest.mark.parametrize("count", [LONGEST + 1, 3 * LONGEST])
def test_no_article_is_longer_than_the_bound(count: int) -> None:
    starts = [*segment(np.full(count, -9.0)), count]
    assert max(after - before for before, after in pairwise(starts)) <= LONGEST


def test_a_heading_alone_is_no_article() -> None:
    odds = np.full(12, -5.0)
    odds[[5, 6]] = 4.0
    headings = np.arange(12) == 5
    assert segment(odds, (), headings) == [0, 5]
