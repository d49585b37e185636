"""Who is nearest to whom, block by block: all pairs are looked at, and never held at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

_CELLS: Final = 1_000_000
"""Similarities in one block: 8 MB, and as much again in each step that is taken with them."""
_ROWS: Final = 512


def similarity_blocks(
    matrix: sparse.csr_array, rows: NDArray[np.intp]
) -> Iterator[tuple[NDArray[np.intp], NDArray[np.float64]]]:
    """Some of the rows, and their dot products with all rows, as often as it takes to go through them."""
    transposed = sparse.csr_array(matrix.T)
    size = max(1, min(_ROWS, _CELLS // max(1, matrix.shape[0])))
    for start in range(0, len(rows), size):
        some = rows[start : start + size]
        yield some, (matrix[some] @ transposed).toarray()


def nearest_first(values: NDArray[np.float64], most: int) -> NDArray[np.intp]:
    """The places of the largest values, largest first; of equal ones, that which comes first."""
    places = np.arange(len(values))
    if most < len(values):
        # Sorting all of them would take most of the time; a partition alone would break ties by chance.
        places = np.flatnonzero(values >= np.partition(values, -most)[-most]) if most else places[:0]
    return places[np.argsort(-values[places], kind="stable")[:most]]
