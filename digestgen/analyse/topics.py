"""Topics: the grouping of highest modularity, over near neighbours and over everything at once.

Near neighbours alone see many small topics, all similarities alone see few large ones; the mean of both modularities
is right more often than either.
"""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from digestgen.analyse.modularity import Ties, dense_groups, in_order, membership, merged, settled
from digestgen.analyse.vectors import unit_rows

_ROWS_AT_ONCE = 512
_DECIMALS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicSettings:
    """How the neighbours are linked and parted."""

    neighbours: int = 60
    """At most this many links an article."""
    least_share: float = 0.4
    """A neighbour must be at least this similar, as a share of the article's best similarity."""
    resolution: float = 5.0
    """Of the first, fine parting into clusters that are merged afterwards; above 1, more and smaller ones."""
    restarts: int = 4
    """How many fine partings are tried; the one that ends with the best modularity wins."""
    most_for_restarts: int = 6_000
    """Above this many articles one is enough: they differ little, and take long."""
    refinements: int = 10
    """At most this many rounds of moving articles."""


def topics(matrix: sparse.csr_array, settings: TopicSettings) -> NDArray[np.intp]:
    """A topic number for every row of unit length (or zero), 0 … k-1 in order of first appearance.

    Louvain communities (Blondel et al. 2008) of the nearest-neighbour graph at a high resolution give clusters that
    are too fine; these are merged, and then single articles moved, as long as the modularity grows; at last every
    article moves to its nearest centroid. The number of topics comes out of it. The result depends on the order of
    the rows: give them in a stable order.
    """
    articles = matrix.shape[0]
    if articles < 2 or matrix.nnz == 0:
        return np.arange(articles)
    graph = _neighbour_graph(matrix, settings)
    network = _network(graph)
    ties = Ties.of(matrix, graph)
    best, best_modularity = np.arange(articles), -np.inf
    for seed in range(settings.restarts if articles <= settings.most_for_restarts else 1):
        fine = _at_nearest_centroid(matrix, _communities(network, settings.resolution, seed), settings.refinements)
        labels, modularity = settled(ties, merged(ties, fine), settings.refinements)
        if modularity > best_modularity:
            best, best_modularity = labels, modularity
    return in_order(_at_nearest_centroid(matrix, best, settings.refinements))


def _neighbour_graph(matrix: sparse.csr_array, settings: TopicSettings) -> sparse.csr_array:
    articles = matrix.shape[0]
    most = min(settings.neighbours, articles - 1)
    transposed = sparse.csr_array(matrix.T)
    parts: list[tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]] = []
    for start in range(0, articles, _ROWS_AT_ONCE):
        similar = np.round((matrix[start : start + _ROWS_AT_ONCE] @ transposed).toarray(), _DECIMALS)
        rows = np.arange(len(similar))
        similar[rows, rows + start] = 0
        # A stable sort breaks ties by position, which argpartition would leave to chance.
        nearest = np.argsort(-similar, axis=1, kind="stable")[:, :most]
        value = np.take_along_axis(similar, nearest, axis=1)
        kept = (value > 0) & (value >= settings.least_share * value[:, :1])
        parts.append((np.repeat(rows + start, kept.sum(axis=1)), nearest[kept], value[kept]))
    row, column, weight = (np.concatenate(each) for each in zip(*parts, strict=True))
    directed = sparse.csr_array((weight, (row, column)), shape=(articles, articles))
    return sparse.csr_array(directed.maximum(directed.T))


def _network(graph: sparse.csr_array) -> nx.Graph:
    edges = sparse.coo_array(sparse.triu(graph, 1))
    network = nx.Graph()
    network.add_nodes_from(range(graph.shape[0]))
    network.add_weighted_edges_from(zip(edges.row.tolist(), edges.col.tolist(), edges.data.tolist(), strict=True))
    return network


def _communities(network: nx.Graph, resolution: float, seed: int) -> NDArray[np.intp]:
    labels = np.zeros(len(network), dtype=np.intp)
    for number, community in enumerate(nx.community.louvain_communities(network, resolution=resolution, seed=seed)):
        labels[list(community)] = number
    return in_order(labels)


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
