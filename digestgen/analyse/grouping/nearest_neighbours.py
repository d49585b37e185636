"""The nearest articles of each article, and the similarities of all pairs in blocks.

Nearest articles are not looked for among all. What two articles have in common lies mostly in the words that weigh much
in one of them and that few others have, so an article is first compared by these words alone, as far as a budget goes.
The candidates that this yields are then compared in full. The cost of an article is therefore the same in a digest of
any size; up to some thousand articles the budget covers all words, and nothing is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

_CELLS: Final = 1_000_000
"""Similarities in one block: 8 MB, and as much again for each copy."""
_ROWS: Final = 512
_BUDGET: Final = 50_000
"""For an article, the number of times that its words are looked up in others."""
_ROWS_OF_CANDIDATES: Final = 32
_CANDIDATES: Final = 2
"""Number of candidates for each neighbour that is asked for."""
_DECIMALS: Final = 9


SimilarityBlocks = Iterator[tuple[NDArray[np.intp], NDArray[np.float64]]]
"""Some rows at a time, and their similarities to all rows."""
_Neighbours = tuple[NDArray[np.int32], NDArray[np.float64]]
"""Rows, and their cosines to one row."""


def similarity_blocks(matrix: sparse.csr_array, rows: NDArray[np.intp]) -> SimilarityBlocks:
    """Yield some of ``rows`` and their products with all rows, as often as needed to cover ``rows``."""
    transposed = sparse.csr_array(matrix.T)
    size = max(1, min(_ROWS, _CELLS // max(1, matrix.shape[0])))
    for start in range(0, len(rows), size):
        some = rows[start : start + size]
        yield some, (matrix[some] @ transposed).toarray()


def nearest_rows(matrix: sparse.csr_array, rows: NDArray[np.intp], most: int) -> Iterator[_Neighbours]:
    """For each of ``rows`` the ``most`` nearest other rows, nearest first, and their cosines.

    ``matrix`` has unit rows or zero ones. Cosines are rounded, and ties go by position; where fewer rows than ``most``
    have a term in common with a row, rows follow that have none.
    """
    holders = np.bincount(matrix.indices, minlength=matrix.shape[1])
    transposed = sparse.csr_array(matrix.T)
    for start in range(0, len(rows), _ROWS_OF_CANDIDATES):
        some = rows[start : start + _ROWS_OF_CANDIDATES]
        telling, is_whole = _most_telling(matrix[some], holders)
        partial = telling @ transposed
        found = [
            _nearest_first(partial.indices[first:last], partial.data[first:last], row, _CANDIDATES * most)
            for row, (first, last) in zip(some.tolist(), pairwise(partial.indptr.tolist()), strict=True)
        ]
        partly = np.flatnonzero(~is_whole).tolist()
        exact = _compared_in_full(matrix, some[partly], [found[place][0] for place in partly])
        for place, near in zip(partly, exact, strict=True):
            found[place] = near
        for row, (others, similar) in zip(some.tolist(), found, strict=True):
            yield _filled(*_nearest_first(others, similar, row, most), row, most, matrix.shape[0])


def _compared_in_full(
    matrix: sparse.csr_array, rows: NDArray[np.intp], candidates: Sequence[NDArray[np.int32]]
) -> Iterator[_Neighbours]:
    """The candidates of each row, and their cosines by all terms."""
    # Rows are taken out of a matrix all at once, since each time costs as much as some hundred rows.
    part = matrix[np.concatenate([np.zeros(0, dtype=np.int32), *candidates])]
    weights = np.zeros(matrix.shape[1])
    last = 0
    for row, others in zip(rows.tolist(), candidates, strict=True):
        own = slice(matrix.indptr[row], matrix.indptr[row + 1])
        first, last = last, last + len(others)
        weights[matrix.indices[own]] = matrix.data[own]
        yield others, part[first:last] @ weights
        weights[matrix.indices[own]] = 0


def _most_telling(rows: sparse.csr_array, holders: NDArray[np.intp]) -> tuple[sparse.csr_array, NDArray[np.bool_]]:
    """The rows with only the terms that contribute most for what they cost, and whether these are all terms.

    A term costs as much as it has holders; it contributes its share of the row's length.
    """
    of_row = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    costs = holders[rows.indices]
    order = np.lexsort((-np.square(rows.data) / costs, of_row))
    spent = np.cumsum(costs[order])
    spent -= np.concatenate([[0], spent])[rows.indptr[:-1]][of_row]
    kept = np.empty(rows.nnz, dtype=np.bool_)
    # However many hold it, the first term is kept.
    kept[order] = spent - costs[order] < _BUDGET
    is_whole = np.bincount(of_row, ~kept, minlength=rows.shape[0]) == 0
    telling = sparse.csr_array((np.where(kept, rows.data, 0), rows.indices, rows.indptr), shape=rows.shape)
    telling.eliminate_zeros()
    return telling, is_whole


def _filled(others: NDArray[np.int32], similar: NDArray[np.float64], row: int, most: int, count: int) -> _Neighbours:
    """Neighbours up to ``most``, filled up with rows that have nothing in common with the row."""
    if len(others) == most:
        return others, similar
    strange = np.setdiff1d(np.arange(count, dtype=np.int32), [*others.tolist(), row])[: most - len(others)]
    return np.concatenate([others, strange]), np.concatenate([similar, np.zeros(len(strange))])


def _nearest_first(others: NDArray[np.int32], similar: NDArray[np.float64], row: int, most: int) -> _Neighbours:
    """The ``most`` rows but ``row`` that are most similar, in descending order, and how similar; ties by position."""
    if most + 1 < len(similar):
        # Sorting all values takes most of the time; a partition alone breaks ties arbitrarily.
        near = similar >= np.partition(similar, -most - 1)[-most - 1]
        others, similar = others[near], similar[near]
    similar = np.round(similar, _DECIMALS)
    order = np.lexsort((others, -similar))
    order = order[others[order] != row][:most]
    return others[order], similar[order]
