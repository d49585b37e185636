"""Topics: communities in the graph of each article's nearest neighbours."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from digestgen.analyse.vectors import unit_rows

_ROWS_AT_ONCE = 512
_DECIMALS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicSettings:
    """How the graph is drawn and parted."""

    neighbours: int = 60
    """At most this many edges an article."""
    least_share: float = 0.4
    """A neighbour must be at least this similar, as a share of the article's best similarity."""
    resolution: float = 1.0
    """Above 1, more and smaller topics."""
    restarts: int = 5
    """Louvain runs, of which the partition with the best modularity is kept."""
    most_for_restarts: int = 6_000
    """Above this many articles one run is enough: the runs differ little, and time matters."""
    refinements: int = 10
    """At most this many rounds of moving articles to the topic whose centroid is nearest."""


def topics(matrix: sparse.csr_array, settings: TopicSettings) -> NDArray[np.intp]:
    """A topic number for every row, 0 … k-1 in order of first appearance.

    Louvain communities (Blondel et al. 2008) of the nearest-neighbour graph, cosine similarities as weights; then
    every article moves to its nearest centroid until none moves. The result depends on the order of the rows: give
    them in a stable order.
    """
    articles = matrix.shape[0]
    if articles < 2 or matrix.nnz == 0:
        return np.arange(articles)
    graph = _neighbour_graph(matrix, settings)
    labels = _communities(graph, settings, restarts=settings.restarts if articles <= settings.most_for_restarts else 1)
    return in_order(_at_nearest_centroid(matrix, labels, settings.refinements))


def in_order(labels: NDArray[np.intp]) -> NDArray[np.intp]:
    """The same partition, numbered 0 … k-1 in order of first appearance."""
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.intp)
    rank[np.argsort(first)] = np.arange(len(first))
    return rank[inverse]


def membership(labels: NDArray[np.intp]) -> sparse.csr_array:
    """Groups by articles: 1 where the article is in the group."""
    count = len(labels)
    groups = int(labels.max()) + 1 if count else 0
    return sparse.csr_array((np.ones(count), (labels, np.arange(count))), shape=(groups, count))


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


def _communities(graph: sparse.csr_array, settings: TopicSettings, restarts: int) -> NDArray[np.intp]:
    articles = graph.shape[0]
    edges = sparse.coo_array(sparse.triu(graph, 1))
    network = nx.Graph()
    network.add_nodes_from(range(articles))
    network.add_weighted_edges_from(zip(edges.row.tolist(), edges.col.tolist(), edges.data.tolist(), strict=True))
    best, best_modularity = np.arange(articles), -np.inf
    for seed in range(restarts):
        labels = np.zeros(articles, dtype=np.intp)
        found = nx.community.louvain_communities(network, resolution=settings.resolution, seed=seed)
        for number, community in enumerate(found):
            labels[list(community)] = number
        modularity = round(_modularity(graph, labels, settings.resolution), _DECIMALS)
        if modularity > best_modularity:
            best, best_modularity = labels, modularity
    return best


def _modularity(graph: sparse.csr_array, labels: NDArray[np.intp], resolution: float) -> float:
    total = float(graph.sum())
    if total == 0:
        return 0.0
    member = membership(labels)
    inside = float((member @ graph).multiply(member).sum())
    degrees = member @ graph.sum(axis=1)
    return inside / total - resolution * float((degrees**2).sum()) / total**2


def _at_nearest_centroid(matrix: sparse.csr_array, labels: NDArray[np.intp], rounds: int) -> NDArray[np.intp]:
    rows = np.arange(len(labels))
    for _ in range(rounds):
        labels = np.unique(labels, return_inverse=True)[1]
        centroids = unit_rows(sparse.csr_array(membership(labels) @ matrix))
        moved = np.empty_like(labels)
        for start in range(0, len(labels), _ROWS_AT_ONCE):
            chunk = slice(start, start + _ROWS_AT_ONCE)
            similar = np.round((matrix[chunk] @ centroids.T).toarray(), _DECIMALS)
            own = similar[np.arange(len(similar)), labels[chunk]]
            best = similar.argmax(axis=1)
            # Only a gain moves an article: on a tie it stays where it is.
            moved[chunk] = np.where(similar.max(axis=1) > own, best, labels[chunk])
        if (moved == labels).all():
            break
        labels = moved
    return labels[rows]
