"""Communities of articles, which sections are made of: the consensus of many partitions of high modularity.

Modularity is the mean of that over nearest neighbours, which alone yields many small communities, and over all pairs,
which alone yields few large ones. Many partitions are nearly as good as the best one. Their consensus is more accurate,
and changes less when articles come and go.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from digestgen.analyse.grouping.consensus import consensus_partition
from digestgen.analyse.grouping.louvain import keyed_random, louvain_communities, node_keys
from digestgen.analyse.grouping.modularity import (
    Ties,
    local_moves,
    membership,
    merge_communities,
    renumber_by_appearance,
    renumber_densely,
)
from digestgen.analyse.grouping.nearest_neighbours import nearest_rows
from digestgen.analyse.grouping.term_vectors import unit_rows

_ROWS_AT_ONCE = 512
_DECIMALS = 9
# Weights are drawn from here to 1 above. A wider range yields more and smaller communities, and blurs small digests.
_LEAST_WEIGHT = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunitySettings:
    """Settings of the neighbour graph and of the partitions."""

    neighbours: int = 60
    """Most edges that an article adds to the graph."""
    least_share: float = 0.4
    """Least similarity of a neighbour, as a share of that of the article's nearest neighbour."""
    resolution: float = 5.0
    """Resolution of the first, fine partition, whose clusters are merged afterwards; above 1, clusters are more and
    smaller."""
    partitions: int = 14
    """Number of partitions, each with other weights of the articles."""
    all_partitions_up_to: int = 6_000
    """Above this many articles fewer partitions are made, so that all of them together cost no more."""
    refinements: int = 5
    """Most rounds of moving articles."""


def consensus_communities(
    matrix: sparse.csr_array, settings: CommunitySettings, ids: Sequence[str] = ()
) -> NDArray[np.intp]:
    """A community number for every row, 0 … k-1 in order of first appearance; rows have unit length or are zero.

    For one partition, Louvain communities of the nearest-neighbour graph at a high resolution are merged, then single
    articles moved, while modularity grows; finally each article moves to its nearest centroid. Since five articles less
    would turn one good partition into a different one, many are made, each with random weights of the articles (a
    smooth bootstrap), and the consensus is taken. The number of communities follows from it.

    The weights of an article depend on its id, so that they stay when others come or go; without ids, on its row.
    """
    articles = matrix.shape[0]
    if articles < 2 or matrix.nnz == 0:
        return np.arange(articles)
    keys = node_keys(ids or [str(row) for row in range(articles)])
    graph = _neighbour_graph(matrix, settings)
    number = max(1, settings.partitions * settings.all_partitions_up_to // max(articles, settings.all_partitions_up_to))
    partitions = np.stack([_partition(matrix, graph, keys, attempt, settings) for attempt in range(number)])
    return renumber_by_appearance(consensus_partition(partitions, settings.refinements))


def _partition(
    matrix: sparse.csr_array,
    graph: sparse.csr_array,
    keys: NDArray[np.uint64],
    attempt: int,
    settings: CommunitySettings,
) -> NDArray[np.intp]:
    """One partition, with weights drawn for this attempt."""
    weight = sparse.diags_array(_LEAST_WEIGHT + keyed_random(keys, attempt))
    weighed, tied = sparse.csr_array(weight @ matrix), sparse.csr_array(weight @ graph @ weight)
    ties = Ties.of(weighed, tied)
    fine = _at_nearest_centroid(
        weighed, louvain_communities(tied, settings.resolution, keys, attempt), settings.refinements
    )
    labels, _ = local_moves(ties, merge_communities(ties, fine), settings.refinements)
    return renumber_densely(_at_nearest_centroid(matrix, labels, settings.refinements))


def _neighbour_graph(matrix: sparse.csr_array, settings: CommunitySettings) -> sparse.csr_array:
    """Symmetric graph of nearest neighbours, weighted by similarity."""
    articles = matrix.shape[0]
    nearest: list[NDArray[np.int32]] = []
    similar: list[NDArray[np.float64]] = []
    for best, values in nearest_rows(matrix, np.arange(articles), min(settings.neighbours, articles - 1)):
        kept = (values > 0) & (values >= settings.least_share * values[:1])
        nearest.append(best[kept])
        similar.append(values[kept])
    indptr = np.cumsum([0, *map(len, nearest)])
    graph = (np.concatenate(similar), np.concatenate(nearest), indptr)
    directed = sparse.csr_array(graph, shape=(articles, articles))
    return sparse.csr_array(directed.maximum(directed.T))


def _at_nearest_centroid(matrix: sparse.csr_array, labels: NDArray[np.intp], rounds: int) -> NDArray[np.intp]:
    """Move articles to the nearest centroid, as in spherical k-means (Dhillon and Modha 2001), until none moves."""
    for _ in range(rounds):
        labels = renumber_densely(labels)
        centroids = sparse.csr_array(unit_rows(sparse.csr_array(membership(labels) @ matrix)).T)
        moved = labels.copy()
        for start in range(0, len(labels), _ROWS_AT_ONCE):
            chunk = slice(start, start + _ROWS_AT_ONCE)
            similar = np.round((matrix[chunk] @ centroids).toarray(), _DECIMALS)
            own = similar[np.arange(len(similar)), labels[chunk]]
            # On a tie the article stays.
            moved[chunk] = np.where(similar.max(axis=1) > own, similar.argmax(axis=1), labels[chunk])
        if (moved == labels).all():
            break
        labels = moved
    return labels
