"""Similarity of articles: cosines, scaled by how close each article is to its nearest ones.

An article among many of its kind is similar to all of them, an isolated one to hardly any. Each cosine is therefore
divided by the scales of its two articles (local scaling, Zelnik-Manor and Perona 2004, "Self-tuning spectral
clustering"), so that one threshold fits both. The scaling is partial, since a scale also reflects what is rare.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from digestgen.analyse.grouping.nearest_neighbours import SimilarityBlocks, nearest_rows, similarity_blocks

_ROWS_AT_ONCE = 512
_DECIMALS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilaritySettings:
    """How cosines are scaled."""

    neighbours: int = 10
    """The scale of an article is its mean cosine to this many nearest articles."""
    power: float = 0.3
    """Power of both scales by which a cosine is divided; at .5 all articles would be equally close to their nearest."""
    least_scale: float = 0.08
    """Lower limit of a scale, so that articles with nothing in common are not drawn together."""


@dataclass(frozen=True, slots=True, eq=False)
class Similarity:
    """Articles as rows of unit length (or zero), and the factor of each row's cosines."""

    matrix: sparse.csr_array
    factor: NDArray[np.float64]

    @classmethod
    def of(cls, matrix: sparse.csr_array, settings: SimilaritySettings) -> Similarity:
        """Similarity of all rows to each other."""
        scale = np.maximum(_scale(matrix, settings.neighbours), settings.least_scale)
        return cls(matrix, np.asarray(np.round(scale**-settings.power, _DECIMALS), dtype=np.float64))

    def among(self, rows: NDArray[np.intp]) -> SimilarityBlocks:
        """Scaled similarities of some rows to all of them: 0 to 1, and 1 of each to itself."""
        part, factor = self.matrix[rows], self.factor[rows]
        for places, block in similarity_blocks(part, np.arange(len(rows))):
            np.multiply(block, factor, out=block)
            np.multiply(block, factor[places, np.newaxis], out=block)
            np.clip(np.round(block, _DECIMALS, out=block), 0, 1, out=block)
            block[np.arange(len(places)), places] = 1
            yield places, block

    def scaled(self) -> sparse.csr_array:
        """Scaled rows: their products are the scaled similarities, not limited to 1."""
        return sparse.csr_array(sparse.diags_array(self.factor) @ self.matrix)

    def means(self, rows: NDArray[np.intp], groups: sparse.csr_array) -> NDArray[np.float64]:
        """Mean scaled similarity of some rows to each group (``groups``: groups by all rows, 1 for a member).

        The rows must be in none of the groups. Similarities are not limited to 1 here.
        """
        return np.concatenate([np.zeros((0, groups.shape[0])), *self._mean_blocks(rows, groups)])

    def nearest_group(
        self, rows: NDArray[np.intp], groups: sparse.csr_array
    ) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """The group to which each of some rows has the highest mean similarity, and that mean; see ``means``.

        There must be a group.
        """
        # One block after the other: the means of many rows and groups would not fit into memory.
        blocks = [(block.argmax(axis=1), block.max(axis=1)) for block in self._mean_blocks(rows, groups)]
        nearest = [np.zeros(0, dtype=np.intp), *(group for group, _ in blocks)]
        return np.concatenate(nearest), np.concatenate([np.zeros(0), *(mean for _, mean in blocks)])

    def _mean_blocks(self, rows: NDArray[np.intp], groups: sparse.csr_array) -> Iterator[NDArray[np.float64]]:
        size = np.maximum(np.asarray(groups.sum(axis=1)).ravel(), 1)
        # Scaling the groups needs no second matrix.
        weighed = sparse.csr_array(
            (groups.data * self.factor[groups.indices], groups.indices, groups.indptr), groups.shape
        )
        totals = sparse.csr_array(sparse.csr_array(weighed @ self.matrix).T)
        for start in range(0, len(rows), _ROWS_AT_ONCE):
            some = rows[start : start + _ROWS_AT_ONCE]
            found = (self.matrix[some] @ totals).toarray()
            yield np.asarray(np.round(found / size * self.factor[some, np.newaxis], _DECIMALS), dtype=np.float64)


def _scale(matrix: sparse.csr_array, neighbours: int) -> NDArray[np.float64]:
    """Mean cosine of every row to its nearest rows; 0 for a single row."""
    count = matrix.shape[0]
    nearest = min(neighbours, count - 1)
    scale = np.zeros(count)
    if nearest < 1:
        return scale
    for row, (_, similar) in enumerate(nearest_rows(matrix, np.arange(count), nearest)):
        scale[row] = similar[::-1].mean()
    return np.asarray(np.round(scale, _DECIMALS), dtype=np.float64)
