"""Modularity over nearest neighbours and over all pairs, and the merges and moves that raise it.

Modularity (Newman 2006) is the share of edge weight inside groups, less the share expected by chance. Here it is the
mean of two: over the graph of nearest neighbours, and over all pairs of articles weighted by similarity. The second
needs no graph, because sums of similarities follow from sums of vectors.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

_ROWS_AT_ONCE = 512
_DECIMALS = 9
_MOST_MERGED = 1_000


@dataclass(frozen=True, slots=True, eq=False)
class Ties:
    """Edge weights between articles, over nearest neighbours and over all pairs."""

    matrix: sparse.csr_array
    """Articles as unit vectors; the weight of a pair is their product. A row has no tie to itself."""
    graph: sparse.csr_array
    """Weights between nearest neighbours; symmetric, without loops."""
    pair_strength: NDArray[np.float64]
    graph_strength: NDArray[np.float64]
    """Each article's share of all weight of that kind, times the number of articles."""
    pair_scale: float
    graph_scale: float
    """Factor of a weight that makes the strengths sum to the number of articles."""

    @classmethod
    def of(cls, matrix: sparse.csr_array, graph: sparse.csr_array) -> Ties:
        """Ties of unit (or zero) rows and of their neighbour graph."""
        articles = matrix.shape[0]
        pairs = matrix @ np.asarray(matrix.sum(axis=0)).ravel() - _squared_lengths(matrix)
        near = np.asarray(graph.sum(axis=1)).ravel()
        pair_scale, graph_scale = (articles / total if total > 0 else 0.0 for total in (pairs.sum(), near.sum()))
        return cls(matrix, graph, pairs * pair_scale, near * graph_scale, pair_scale, graph_scale)


def merge_communities(ties: Ties, labels: NDArray[np.intp]) -> NDArray[np.intp]:
    """Merge groups in pairs, the pair of largest gain first, while modularity grows."""
    labels = renumber_densely(labels)
    articles = len(labels)
    largest = largest_groups(labels)
    member = sparse.csr_array(membership(labels)[largest])
    totals = sparse.csr_array(member @ ties.matrix)
    pair, near = member @ ties.pair_strength, member @ ties.graph_strength
    gain = (totals @ totals.T).toarray() * ties.pair_scale - np.outer(pair, pair) / articles
    gain += (member @ ties.graph @ member.T).toarray() * ties.graph_scale - np.outer(near, near) / articles
    target = np.arange(int(labels.max()) + 1)
    target[largest] = largest[merge_greedily(np.round(gain, _DECIMALS))]
    return target[labels]


def local_moves(ties: Ties, labels: NDArray[np.intp], rounds: int) -> tuple[NDArray[np.intp], float]:
    """Move articles, all at once, to the group where each raises modularity most, while it grows.

    Returns the labels and their modularity, rounded so that it can be compared.
    """
    best, best_modularity = labels, -np.inf
    for _ in range(rounds + 1):
        labels = renumber_densely(labels)
        moved, modularity = _round_of_moves(ties, labels)
        if modularity <= best_modularity:
            break
        best, best_modularity = labels, modularity
        labels = moved
    return best, best_modularity


def largest_groups(labels: NDArray[np.intp]) -> NDArray[np.intp]:
    """Numbers of the at most thousand largest groups, which are merged, in ascending order.

    Merging takes quadratic time and memory. The remaining groups are tiny; their articles are moved later.
    """
    return np.sort(np.argsort(-np.bincount(labels), kind="stable")[:_MOST_MERGED])


def merge_greedily(gain: NDArray[np.float64]) -> NDArray[np.intp]:
    """The lowest cluster that each cluster is merged into, merging the pair of largest gain first.

    Stops when no pair gains. ``gain`` must be symmetric and additive, and is overwritten. Each row remembers its best
    partner, so that a merge costs one pass over the rows, not over the whole matrix.
    """
    count = len(gain)
    target = np.arange(count)
    np.fill_diagonal(gain, -np.inf)
    partner, best = gain.argmax(axis=1), gain.max(axis=1)
    while True:
        first = int(best.argmax())
        if not best[first] > 0:
            return target
        kept, gone = sorted((first, int(partner[first])))
        target[target == gone] = kept
        gain[kept] += gain[gone]
        gain[:, kept] = gain[kept]
        gain[gone], gain[:, gone] = -np.inf, -np.inf
        gain[kept, kept] = -np.inf
        stale = np.flatnonzero((partner == kept) | (partner == gone))
        stale = np.union1d(stale, [kept, gone])
        better = gain[:, kept] > best
        partner[better], best[better] = kept, gain[better, kept]
        partner[stale], best[stale] = gain[stale].argmax(axis=1), gain[stale].max(axis=1)


def membership(labels: NDArray[np.intp], groups: int | None = None) -> sparse.csr_array:
    """Groups by articles: 1 where the article is in the group; articles with a negative label are in none.

    ``groups`` is the number of rows; by default, one above the highest label.
    """
    placed = np.flatnonzero(labels >= 0)
    count = int(labels.max(initial=-1)) + 1 if groups is None else groups
    # Small numbers here make those of all products small.
    places = (labels[placed].astype(np.int32), placed.astype(np.int32))
    return sparse.csr_array((np.ones(len(placed)), places), shape=(count, len(labels)))


def renumber_by_appearance(labels: NDArray[np.intp]) -> NDArray[np.intp]:
    """The same partition, numbered 0 … k-1 in order of first appearance."""
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.intp)
    rank[np.argsort(first)] = np.arange(len(first))
    return rank[inverse]


def renumber_densely(labels: NDArray[np.intp]) -> NDArray[np.intp]:
    """The same partition, numbered 0 … k-1 in the order of the given numbers."""
    return np.unique(labels, return_inverse=True)[1]


def _round_of_moves(ties: Ties, labels: NDArray[np.intp]) -> tuple[NDArray[np.intp], float]:
    """Each article's best group, and the modularity of ``labels``."""
    articles = len(labels)
    member = membership(labels)
    totals = sparse.csr_array(sparse.csr_array(member @ ties.matrix).T)
    pair, near = member @ ties.pair_strength, member @ ties.graph_strength
    itself = _squared_lengths(ties.matrix)
    moved = labels.copy()
    inside = 0.0
    for start in range(0, articles, _ROWS_AT_ONCE):
        chunk = slice(start, start + _ROWS_AT_ONCE)
        own, rows = labels[chunk], np.arange(len(labels[chunk]))
        pairs = (ties.matrix[chunk] @ totals).toarray()
        pairs[rows, own] -= itself[chunk]
        links = (ties.graph[chunk] @ member.T).toarray()
        inside += float(pairs[rows, own].sum()) * ties.pair_scale + float(links[rows, own].sum()) * ties.graph_scale
        gain = pairs * ties.pair_scale + links * ties.graph_scale
        for strength, of_group in ((ties.pair_strength[chunk], pair), (ties.graph_strength[chunk], near)):
            gain -= np.outer(strength, of_group) / articles
            gain[rows, own] += strength**2 / articles
        gain = np.round(gain, _DECIMALS)
        moved[chunk] = np.where(gain.max(axis=1) > gain[rows, own], gain.argmax(axis=1), own)
    by_chance = float((pair**2).sum() + (near**2).sum()) / articles
    return moved, round((inside - by_chance) / (2 * articles), _DECIMALS)


def _squared_lengths(matrix: sparse.csr_array) -> NDArray[np.float64]:
    """Squared length of each row: its product with itself."""
    return np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel()
