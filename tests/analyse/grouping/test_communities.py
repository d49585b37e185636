import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from digestgen.analyse.grouping.communities import CommunitySettings, consensus_communities
from digestgen.analyse.grouping.modularity import (
    Ties,
    local_moves,
    membership,
    merge_communities,
    renumber_by_appearance,
)
from digestgen.analyse.grouping.term_vectors import unit_rows
from effort import costly


def blocks(sizes: list[int], terms: int = 6, seed: int = 1) -> tuple[sparse.csr_array, list[int]]:
    """Rows of blocks that use terms of their own, and one term that all share."""
    draw = np.random.default_rng(seed)
    rows, labels = [], []
    for number, size in enumerate(sizes):
        for _ in range(size):
            row = np.zeros(len(sizes) * terms + 1)
            row[number * terms + draw.permutation(terms)[:4]] = draw.random(4) + 0.5
            row[-1] = 0.3
            rows.append(row)
            labels.append(number)
    return unit_rows(sparse.csr_array(np.array(rows))), labels


@pytest.mark.parametrize("sizes", [[5, 5], [30, 20, 10], [3, 3, 3, 3], [8, 6]], ids=str)
def test_separate_blocks_are_sections(sizes: list[int]) -> None:
    matrix, labels = blocks(sizes)
    assert consensus_communities(matrix, CommunitySettings()).tolist() == labels


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_rows_with_nothing_in_common_stay_alone(count: int) -> None:
    assert consensus_communities(sparse.csr_array(np.eye(count)), CommunitySettings()).tolist() == list(range(count))


def test_the_same_rows_are_one_section() -> None:
    assert set(consensus_communities(sparse.csr_array(np.ones((40, 1))), CommunitySettings()).tolist()) == {0}


def newman(graph: np.ndarray, labels: np.ndarray) -> float:
    """Modularity by the textbook, in dense arithmetic."""
    total, degree = graph.sum(), graph.sum(axis=1)
    same = labels[:, np.newaxis] == labels
    return float(((graph / total - np.outer(degree, degree) / total**2) * same).sum())


@costly(0.3)
@given(seed=st.integers(0, 10_000), groups=st.integers(1, 5))
def test_moving_reports_the_mean_of_both_modularities_and_never_lowers_it(seed: int, groups: int) -> None:
    draw = np.random.default_rng(seed)
    matrix = unit_rows(sparse.csr_array(draw.random((14, 6)) * (draw.random((14, 6)) < 0.5) + 0.01))
    near = draw.random((14, 14)) * (draw.random((14, 14)) < 0.4)
    near = np.triu(near, 1) + np.triu(near, 1).T + np.eye(14)[::-1] * 0.1
    pairs = (matrix @ matrix.T).toarray()
    np.fill_diagonal(pairs, 0)
    ties = Ties.of(matrix, sparse.csr_array(near))
    start = draw.integers(0, groups, 14)

    def both(labels: np.ndarray) -> float:
        return (newman(pairs, labels) + newman(near, labels)) / 2

    end, modularity = local_moves(ties, start, 10)
    assert modularity == pytest.approx(both(end), abs=1e-6)
    assert both(end) >= both(start) - 1e-9
    joined = merge_communities(ties, start)
    assert both(joined) >= both(start) - 1e-6
    assert all(len(set(joined[start == number].tolist())) == 1 for number in set(start.tolist()))


@given(st.lists(st.integers(0, 6), min_size=1))
def test_renumbering_keeps_the_partition(labels: list[int]) -> None:
    ordered = renumber_by_appearance(np.array(labels))
    assert list(dict.fromkeys(ordered.tolist())) == list(range(len(set(labels))))
    assert len(set(zip(labels, ordered.tolist(), strict=True))) == len(set(labels))


def test_membership_is_groups_by_articles() -> None:
    assert membership(np.array([1, 0, 1])).toarray().tolist() == [[0, 1, 0], [1, 0, 1]]


def test_a_row_that_leaves_changes_nothing_among_the_others() -> None:
    matrix, labels = blocks([12, 9, 7, 5])
    ids = [f"article {row}" for row in range(len(labels))]
    kept = [row for row in range(len(labels)) if row % 6]
    fewer = consensus_communities(sparse.csr_array(matrix[kept]), CommunitySettings(), [ids[row] for row in kept])
    assert (
        fewer.tolist() == renumber_by_appearance(consensus_communities(matrix, CommunitySettings(), ids)[kept]).tolist()
    )
