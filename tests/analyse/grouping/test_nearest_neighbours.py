from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from digestgen.analyse.grouping import nearest_neighbours
from digestgen.analyse.grouping.nearest_neighbours import nearest_first, similarity_blocks

VALUES = st.lists(st.sampled_from([0.0, 0.1, 0.25, 0.5, 1.0]), min_size=1, max_size=30)


@given(values=VALUES, most=st.integers(0, 40))
def test_the_nearest_come_first_and_of_equal_ones_the_first(values: list[float], most: int) -> None:
    places = sorted(range(len(values)), key=lambda place: (-values[place], place))
    assert nearest_first(np.array(values), most).tolist() == places[:most]


@pytest.mark.parametrize("cells", [1, 7, 1_000])
def test_blocks_cover_all_pairs_once(monkeypatch: pytest.MonkeyPatch, cells: int) -> None:
    monkeypatch.setattr(nearest_neighbours, "_CELLS", cells)
    matrix = np.random.default_rng(1).random((6, 4))
    rows = np.array([5, 0, 3])
    blocks = list(similarity_blocks(sparse.csr_array(matrix), rows))
    assert np.concatenate([some for some, _ in blocks]).tolist() == rows.tolist()
    assert np.concatenate([block for _, block in blocks]) == pytest.approx((matrix @ matrix.T)[rows])
