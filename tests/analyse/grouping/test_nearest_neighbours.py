from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import sparse

from digestgen.analyse.grouping import nearest_neighbours
from digestgen.analyse.grouping.nearest_neighbours import nearest_rows, similarity_blocks
from digestgen.analyse.grouping.term_vectors import unit_rows

ARTICLES = arrays(np.float64, (12, 9), elements=st.sampled_from([0.0, 0.0, 0.1, 0.5, 1.0]))
KINDS = arrays(np.intp, 12, elements=st.integers(0, 2))


def by_all_pairs(
    matrix: sparse.csr_array, rows: np.ndarray, most: int, kinds: np.ndarray
) -> list[tuple[list[int], list[float]]]:
    cosines = np.round((matrix @ matrix.T).toarray(), 9)
    found = []
    for row in rows.tolist():
        others = [other for other in range(len(kinds)) if other != row and kinds[other] == kinds[row]]
        nearest = sorted(others, key=lambda other: (-cosines[row, other], other))[:most]
        found.append((nearest, cosines[row, nearest].tolist()))
    return found


def found_by_search(
    matrix: sparse.csr_array, rows: np.ndarray, most: int, kinds: np.ndarray
) -> list[tuple[list[int], list[float]]]:
    return [
        (others.tolist(), pytest.approx(cosines.tolist(), abs=2e-9))
        for others, cosines in nearest_rows(matrix, rows, most, kinds)
    ]


@given(weights=ARTICLES, kinds=KINDS, most=st.integers(1, 14))
def test_within_the_budget_the_nearest_are_those_of_all_pairs(
    weights: np.ndarray, kinds: np.ndarray, most: int
) -> None:
    matrix, rows = unit_rows(sparse.csr_array(weights)), np.array([3, 0, 11, 7])
    # Rounding may order differently what is equal but for the last digit.
    for (others, cosines), (expected, expected_cosines) in zip(
        found_by_search(matrix, rows, most, kinds), by_all_pairs(matrix, rows, most, kinds), strict=True
    ):
        assert cosines == expected_cosines
        assert len(others) == len(expected)


@given(weights=ARTICLES, kinds=KINDS, most=st.integers(1, 14), budget=st.integers(0, 30))
def test_beyond_the_budget_each_is_still_a_row_of_its_kind_with_its_own_cosine(
    weights: np.ndarray, kinds: np.ndarray, most: int, budget: int
) -> None:
    matrix, rows = unit_rows(sparse.csr_array(weights)), np.arange(12)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nearest_neighbours, "_BUDGET", budget)
        found = [*nearest_rows(matrix, rows, most, kinds)]
    between = (matrix @ matrix.T).toarray()
    for row, (others, cosines) in enumerate(found):
        assert row not in others
        assert len(set(others.tolist())) == len(others) == min(most, (kinds == kinds[row]).sum() - 1)
        assert (kinds[others] == kinds[row]).all()
        assert (np.diff(cosines) <= 0).all()
        known = cosines > 0
        assert cosines[known] == pytest.approx(between[row, others[known]], abs=2e-9)


def test_a_word_that_all_have_is_not_worth_its_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest_neighbours, "_BUDGET", 4)
    weights = np.zeros((40, 41))
    weights[:, 40] = 1
    weights[np.arange(40), np.arange(40) // 2] = 1
    rows = np.arange(40)
    found = [*nearest_rows(unit_rows(sparse.csr_array(weights)), rows, 1, np.zeros(40, dtype=np.intp))]
    assert [int(others[0]) for others, _ in found] == (rows ^ 1).tolist()
    assert [float(cosines[0]) for _, cosines in found] == pytest.approx([1] * 40)


@pytest.mark.parametrize("cells", [1, 7, 1_000])
def test_blocks_cover_all_pairs_once(monkeypatch: pytest.MonkeyPatch, cells: int) -> None:
    monkeypatch.setattr(nearest_neighbours, "_CELLS", cells)
    matrix = np.random.default_rng(1).random((6, 4))
    rows = np.array([5, 0, 3])
    blocks = list(similarity_blocks(sparse.csr_array(matrix), rows))
    assert np.concatenate([some for some, _ in blocks]).tolist() == rows.tolist()
    assert np.concatenate([block for _, block in blocks]) == pytest.approx((matrix @ matrix.T)[rows])
