"""Similarities of all pairs, in blocks: exact nearest neighbours without holding the whole matrix in memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

_CELLS: Final = 1_000_000
"""Similarities in one block: 8 MB, and as much again for each copy."""
_ROWS: Final = 512


SimilarityBlocks = Iterator[tuple[NDArray[np.intp], NDArray[np.float64]]]
"""Some rows at a time, and their similarities to all rows."""


def similarity_blocks(matrix: sparse.csr_array, rows: NDArray[np.intp]) -> SimilarityBlocks:
    """Yield some of ``rows`` and their products with all rows, as often as needed to cover ``rows``."""
    transposed = sparse.csr_array(matrix.T)
    size = max(1, min(_ROWS, _CELLS // max(1, matrix.shape[0])))
    for start in range(0, len(rows), size):
        some = rows[start : start + size]
        yield some, (matrix[some] @ transposed).toarray()


def nearest_first(values: NDArray[np.float64], most: int) -> NDArray[np.intp]:
    """Positions of the ``most`` largest values, in descending order; ties by position."""
    places = np.arange(len(values))
    if most < len(values):
        # Sorting all values takes most of the time; a partition alone breaks ties arbitrarily.
        places = np.flatnonzero(values >= np.partition(values, -most)[-most]) if most else places[:0]
    return places[np.argsort(-values[places], kind="stable")[:most]]
