import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.analyse.grouping.consensus import consensus_partition
from digestgen.analyse.grouping.modularity import renumber_by_appearance


@pytest.mark.parametrize(
    ("partitions", "expected"),
    [
        pytest.param([[0, 0, 1, 1]], [0, 0, 1, 1], id="one speaks for itself"),
        pytest.param([[0, 0, 1, 1], [0, 0, 1, 1], [0, 1, 1, 1]], [0, 0, 1, 1], id="two against one"),
        pytest.param([[0, 0, 0, 1], [0, 0, 1, 1], [0, 0, 1, 2]], [0, 0, 1, 2], id="no majority for the third row"),
        pytest.param([[0, 0, 0], [0, 1, 2]], [0, 1, 2], id="a tie keeps apart"),
    ],
)
def test_the_majority_decides(partitions: list[list[int]], expected: list[int]) -> None:
    assert renumber_by_appearance(consensus_partition(np.array(partitions), 10)).tolist() == expected


@given(st.lists(st.integers(0, 4), min_size=1, max_size=30), st.integers(1, 5))
def test_partitions_that_agree_are_kept(labels: list[int], times: int) -> None:
    partition = renumber_by_appearance(np.array(labels))
    assert renumber_by_appearance(consensus_partition(np.stack([partition] * times), 10)).tolist() == partition.tolist()


@given(st.lists(st.lists(st.integers(0, 3), min_size=9, max_size=9), min_size=1, max_size=6))
def test_it_agrees_at_least_as_well_as_everybody_alone(given_partitions: list[list[int]]) -> None:
    partitions = np.stack([renumber_by_appearance(np.array(each)) for each in given_partitions])
    together = (partitions[:, :, np.newaxis] == partitions[:, np.newaxis]).mean(axis=0) - 0.5
    np.fill_diagonal(together, 0)
    found = consensus_partition(partitions, 10)
    agreement = together[found[:, np.newaxis] == found].sum()
    assert agreement >= -1e-9


def test_more_rows_than_are_merged_at_once() -> None:
    partition = np.arange(2_400) // 2
    other = np.where(np.arange(2_400) < 1_200, partition, np.arange(2_400))
    assert (
        renumber_by_appearance(
            consensus_partition(np.stack([partition, partition, renumber_by_appearance(other)]), 10)
        ).tolist()
        == partition.tolist()
    )
