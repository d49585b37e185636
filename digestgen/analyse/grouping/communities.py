"""Communities of articles, which sections are made of: the grouping of highest modularity.

It is taken over near neighbours and over everything at once. Near neighbours alone see many small communities, all
similarities alone see few large ones; the mean of both modularities is right more often than either. What most of many
partings agree on is right, and stays, more often than the best.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from digestgen.analyse.grouping.consensus import agreed
from digestgen.analyse.grouping.louvain import communities, drawn, keys_of
from digestgen.analyse.grouping.modularity import Ties, dense_groups, in_order, membership, merged, settled
from digestgen.analyse.grouping.nearest_neighbours import nearest_first, similarity_blocks
from digestgen.analyse.grouping.term_vectors import unit_rows

_ROWS_AT_ONCE = 512
_DECIMALS = 9
# Weights go from this to one more. Wilder ones agree on more and smaller topics, and blur the topics of small digests.
_LEAST_WEIGHT = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionSettings:
    """How the neighbours are linked and parted."""

    neighbours: int = 60
    """At most this many links an article."""
    least_share: float = 0.4
    """A neighbour must be at least this similar, as a share of the article's best similarity."""
    resolution: float = 5.0
    """Of the first, fine parting into clusters that are merged afterwards; above 1, more and smaller ones."""
    partings: int = 14
    """How many partings are made, each with other weights of the articles, for the topics to agree with."""
    most_for_all: int = 6_000
    """Above this many articles so few partings are made that all together cost what they do for this many."""
    refinements: int = 5
    """At most this many rounds of moving articles."""


def sections(matrix: sparse.csr_array, settings: SectionSettings, ids: Sequence[str] = ()) -> NDArray[np.intp]:
    """A community number for every row of unit length (or zero), 0 … k-1 in order of first appearance.

    One parting: Louvain communities of the nearest-neighbour graph at a high resolution give clusters that are too
    fine; these are merged, and then single articles moved, as long as the modularity grows; at last every article
    moves to its nearest centroid. Many partings are nearly as good and quite unlike, so that five articles less would
    turn one into another. Therefore many are made, each with random weights of the articles (a smooth bootstrap), and
    those stand in one topic that do in most of them. The number of topics comes out of it.

    The weights of an article follow from its id, so that they stay when others come or go; without ids, from its
    place.
    """
    articles = matrix.shape[0]
    if articles < 2 or matrix.nnz == 0:
        return np.arange(articles)
    keys = keys_of(ids or [str(row) for row in range(articles)])
    graph = _neighbour_graph(matrix, settings)
    number = max(1, settings.partings * settings.most_for_all // max(articles, settings.most_for_all))
    partings = np.stack([_parting(matrix, graph, keys, attempt, settings) for attempt in range(number)])
    return in_order(agreed(partings, settings.refinements))


def _parting(
    matrix: sparse.csr_array,
    graph: sparse.csr_array,
    keys: NDArray[np.uint64],
    attempt: int,
    settings: SectionSettings,
) -> NDArray[np.intp]:
    weight = sparse.diags_array(_LEAST_WEIGHT + drawn(keys, attempt))
    weighed, tied = sparse.csr_array(weight @ matrix), sparse.csr_array(weight @ graph @ weight)
    ties = Ties.of(weighed, tied)
    fine = _at_nearest_centroid(weighed, communities(tied, settings.resolution, keys, attempt), settings.refinements)
    labels, _ = settled(ties, merged(ties, fine), settings.refinements)
    return dense_groups(_at_nearest_centroid(matrix, labels, settings.refinements))


def _neighbour_graph(matrix: sparse.csr_array, settings: SectionSettings) -> sparse.csr_array:
    articles = matrix.shape[0]
    nearest: list[NDArray[np.intp]] = []
    similar: list[NDArray[np.float64]] = []
    for rows, block in similarity_blocks(matrix, np.arange(articles)):
        np.round(block, _DECIMALS, out=block)[np.arange(len(rows)), rows] = 0
        for values in block:
            best = nearest_first(values, min(settings.neighbours, articles - 1))
            value = values[best]
            kept = (value > 0) & (value >= settings.least_share * value[:1])
            nearest.append(best[kept])
            similar.append(value[kept])
    indptr = np.cumsum([0, *map(len, nearest)])
    graph = (np.concatenate(similar), np.concatenate(nearest), indptr)
    directed = sparse.csr_array(graph, shape=(articles, articles))
    return sparse.csr_array(directed.maximum(directed.T))


def _at_nearest_centroid(matrix: sparse.csr_array, labels: NDArray[np.intp], rounds: int) -> NDArray[np.intp]:
    for _ in range(rounds):
        labels = dense_groups(labels)
        centroids = sparse.csr_array(unit_rows(sparse.csr_array(membership(labels) @ matrix)).T)
        moved = labels.copy()
        for start in range(0, len(labels), _ROWS_AT_ONCE):
            chunk = slice(start, start + _ROWS_AT_ONCE)
            similar = np.round((matrix[chunk] @ centroids).toarray(), _DECIMALS)
            own = similar[np.arange(len(similar)), labels[chunk]]
            # Only a gain moves an article: on a tie it stays where it is.
            moved[chunk] = np.where(similar.max(axis=1) > own, similar.argmax(axis=1), labels[chunk])
        if (moved == labels).all():
            break
        labels = moved
    return labels
