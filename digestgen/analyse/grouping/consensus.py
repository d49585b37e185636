"""Consensus of many partitions: articles that most of them put together are put together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from digestgen.analyse.grouping.modularity import largest_groups, membership, merge_greedily, renumber_densely

_ROWS_AT_ONCE = 512
_DECIMALS = 9
# Two rows belong together if more than this share of the partitions puts them together.
_MAJORITY = 0.5


def consensus_partition(partitions: NDArray[np.intp], rounds: int) -> NDArray[np.intp]:
    """The partition that agrees best with the given ones (partitions by rows, numbered from 0).

    A pair of rows counts by how many more partitions keep it together than apart: evidence accumulation (Fred and Jain
    2005), with the median partition as the aim. Rows that no partition separates start together; groups are merged and
    then rows moved while agreement grows, for at most ``rounds`` rounds.
    """
    number, rows = partitions.shape
    first_group = np.concatenate([[0], np.cumsum(partitions.max(axis=1) + 1)[:-1]])
    column = (partitions + first_group[:, np.newaxis]).T.ravel()
    votes = sparse.csr_array((np.full(number * rows, number**-0.5), column, np.arange(0, number * rows + 1, number)))
    labels = np.unique(partitions, axis=1, return_inverse=True)[1].ravel()
    best, best_agreement = labels, -np.inf
    for _ in range(rounds):
        labels = _merge_groups(votes, labels)
        moved, agreement = _round_of_moves(votes, labels)
        if agreement <= best_agreement:
            break
        best, best_agreement = labels, agreement
        labels = renumber_densely(moved)
    return best


def _merge_groups(votes: sparse.csr_array, labels: NDArray[np.intp]) -> NDArray[np.intp]:
    """Merge groups while agreement grows."""
    largest = largest_groups(labels)
    member = sparse.csr_array(membership(labels)[largest])
    totals = sparse.csr_array(member @ votes)
    size = np.bincount(labels)[largest]
    gain = (totals @ totals.T).toarray() - _MAJORITY * np.outer(size, size)
    target = np.arange(int(labels.max()) + 1)
    target[largest] = largest[merge_greedily(np.round(gain, _DECIMALS))]
    return renumber_densely(target[labels])


def _round_of_moves(votes: sparse.csr_array, labels: NDArray[np.intp]) -> tuple[NDArray[np.intp], float]:
    """Each row's group of best agreement, and the total agreement of ``labels``."""
    totals = sparse.csr_array(sparse.csr_array(membership(labels) @ votes).T)
    size = np.bincount(labels)
    moved = labels.copy()
    agreement = 0.0
    for start in range(0, len(labels), _ROWS_AT_ONCE):
        chunk = slice(start, start + _ROWS_AT_ONCE)
        own, rows = labels[chunk], np.arange(len(labels[chunk]))
        gain = (votes[chunk] @ totals).toarray() - _MAJORITY * size
        gain[rows, own] -= 1 - _MAJORITY
        gain = np.round(gain, _DECIMALS)
        agreement += float(gain[rows, own].sum())
        other = gain.argmax(axis=1)
        # Of two single rows only one may move, or they would swap places for ever (Lu et al. 2015).
        swaps = (size[own] == 1) & (size[other] == 1) & (other > own)
        moved[chunk] = np.where((gain[rows, other] > gain[rows, own]) & ~swaps, other, own)
    return moved, round(agreement, _DECIMALS)
