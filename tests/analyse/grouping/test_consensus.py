import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.analyse.grouping.consensus import agreed
from digestgen.analyse.grouping.modularity import in_order


@pytest.mark.parametrize(
    ("partings", "expected"),
    [
        pytest.param([[0, 0, 1, 1]], [0, 0, 1, 1], id="one speaks for itself"),
        pytest.param([[0, 0, 1, 1], [0, 0, 1, 1], [0, 1, 1, 1]], [0, 0, 1, 1], id="two against one"),
        pytest.param([[0, 0, 0, 1], [0, 0, 1, 1], [0, 0, 1, 2]], [0, 0, 1, 2], id="no majority for the third row"),
        pytest.param([[0, 0, 0], [0, 1, 2]], [0, 1, 2], id="a tie keeps apart"),
    ],
)
def test_the_majority_decides(partings: list[list[int]], expected: list[int]) -> None:
    assert in_order(agreed(np.array(partings), 10)).tolist() == expected


@given(st.lists(st.integers(0, 4), min_size=1, max_size=30), st.integers(1, 5))
def test_partings_that_agree_are_kept(labels: list[int], times: int) -> None:
    parting = in_order(np.array(labels))
    assert in_order(agreed(np.stack([parting] * times), 10)).tolist() == parting.tolist()


@given(st.lists(st.lists(st.integers(0, 3), min_size=9, max_size=9), min_size=1, max_size=6))
def test_it_agrees_at_least_as_well_as_everybody_alone(given_partings: list[list[int]]) -> None:
    partings = np.stack([in_order(np.array(each)) for each in given_partings])
    together = (partings[:, :, np.newaxis] == partings[:, np.newaxis]).mean(axis=0) - 0.5
    np.fill_diagonal(together, 0)
    found = agreed(partings, 10)
    agreement = together[found[:, np.newaxis] == found].sum()
    assert agreement >= -1e-9


def test_more_rows_than_are_merged_at_once() -> None:
    parting = np.arange(2_400) // 2
    other = np.where(np.arange(2_400) < 1_200, parting, np.arange(2_400))
    assert in_order(agreed(np.stack([parting, parting, in_order(other)]), 10)).tolist() == parting.tolist()
