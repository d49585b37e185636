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


@given(weights=ARTICLES, most=st.integers(1, 14))
def test_within_the_budget_the_nearest_are_those_of_all_pairs(weights: np.ndarray, most: int) -> None:
    matrix = unit_rows(sparse.csr_array(weights))
    between = (matrix @ matrix.T).toarray()
    np.fill_diagonal(between, -1)
    rows = np.array([3, 0, 11, 7])
    for row, (others, cosines) in zip(rows.tolist(), nearest_rows(matrix, rows, most), strict=True):
        assert cosines == pytest.approx(np.sort(between[row])[::-1][: min(most, 11)], abs=2e-9)
        assert cosines == pytest.approx(between[row, others], abs=2e-9)


@given(weights=ARTICLES, most=st.integers(1, 14), budget=st.integers(0, 30))
def test_beyond_the_budget_each_is_still_another_row_with_its_own_cosine(
    weights: np.ndarray, most: int, budget: int
) -> None:
    matrix = unit_rows(sparse.csr_array(weights))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nearest_neighbours, "_BUDGET", budget)
        found = [*nearest_rows(matrix, np.arange(12), most)]
    between = (matrix @ matrix.T).toarray()
    for row, (others, cosines) in enumerate(found):
        assert row not in others
        assert len(set(others.tolist())) == len(others) == min(most, 11)
        assert (np.diff(cosines) <= 0).all()
        known = cosines > 0
        assert cosines[known] == pytest.approx(between[row, others[known]], abs=2e-9)


def test_of_equal_rows_the_first_is_the_nearest() -> None:
    found = [*nearest_rows(sparse.csr_array(np.ones((5, 1))), np.arange(5), 2)]
    assert [others.tolist() for others, _ in found] == [[1, 2], [0, 2], [0, 1], [0, 1], [0, 1]]


def test_a_word_that_all_have_is_not_worth_its_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest_neighbours, "_BUDGET", 4)
    weights = np.zeros((40, 41))
    weights[:, 40] = 1
    weights[np.arange(40), np.arange(40) // 2] = 1
    rows = np.arange(40)
    found = [*nearest_rows(unit_rows(sparse.csr_array(weights)), rows, 1)]
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
