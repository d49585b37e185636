"""Cohesion: which topics hold together, and which articles belong to theirs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from digestgen.analyse.topics import in_order

SHELF = -1
_ROWS_AT_ONCE = 512
_DECIMALS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class CohesionSettings:
    """What is asked of a topic and of its members."""

    topic: float = 2.0
    """A topic holds together when its members are, on the mean, this many standard deviations more similar to it
    than outsiders are."""
    member: float = 1.5
    """An article belongs when it is this many standard deviations more similar to its topic than outsiders are."""
    rounds: int = 5
    """At most this many rounds of dismissing: whoever leaves changes what the rest has in common."""


@dataclass(frozen=True, slots=True, eq=False)
class Closeness:
    """How close every row is to the groups, in standard deviations above what outsiders of that group reach."""

    own: NDArray[np.float64]
    """To the rest of its own group; 0 on the shelf and for a row alone."""
    other: NDArray[np.intp]
    """The nearest other group; -1 where there is none."""
    to_other: NDArray[np.float64]


def cohering(
    matrix: sparse.csr_array,
    topic: NDArray[np.intp],
    story: NDArray[np.intp],
    settings: CohesionSettings,
) -> NDArray[np.intp]:
    """A group number for every row, or ``SHELF``.

    A topic that holds together stays; one that does not gives way to its stories. Then whoever does not belong leaves
    for the shelf, and so does whoever is left alone.
    """
    own = closeness(matrix, topic).own
    size = np.bincount(topic)
    holds = np.bincount(topic, own) / size >= settings.topic
    groups = in_order(np.where(holds[topic], topic, story + len(size)))
    for _ in range(settings.rounds):
        groups = _without_lone(groups)
        stays = closeness(matrix, groups).own >= settings.member
        if (stays | (groups == SHELF)).all():
            break
        groups = np.where(stays, groups, SHELF)
    return _without_lone(groups)


def closeness(matrix: sparse.csr_array, groups: NDArray[np.intp]) -> Closeness:
    """Closeness of every row to its own and to the nearest other group; rows of group -1 belong to none."""
    count = len(groups)
    placed = groups != SHELF
    number = int(groups.max()) + 1 if count else 0
    own, to_other = np.zeros(count), np.zeros(count)
    other = np.full(count, -1, dtype=np.intp)
    if not number:
        return Closeness(own, other, to_other)
    members = sparse.csr_array(
        (np.ones(int(placed.sum())), (groups[placed], np.flatnonzero(placed))), shape=(number, count)
    )
    size = np.bincount(groups[placed], minlength=number)
    totals = sparse.csr_array(members @ matrix)
    mean, deviation = _outsiders(matrix, totals, size, groups)
    for start in range(0, count, _ROWS_AT_ONCE):
        chunk = slice(start, start + _ROWS_AT_ONCE)
        towards = (matrix[chunk] @ totals.T).toarray()
        rows, mine = np.arange(len(towards)), groups[chunk]
        grouped = placed[chunk] & (size[mine] > 1)
        itself = np.asarray(matrix[chunk].multiply(matrix[chunk]).sum(axis=1)).ravel()
        rest = (towards[rows, mine] - itself) / np.maximum(size[mine] - 1, 1)
        own[chunk] = np.where(grouped, (rest - mean[mine]) / deviation[mine], 0)
        standing = np.where(towards > 0, (towards / size - mean) / deviation, -np.inf)
        standing[rows[placed[chunk]], mine[placed[chunk]]] = -np.inf
        standing = np.round(standing, _DECIMALS)
        best = standing.argmax(axis=1)
        to_other[chunk] = standing[rows, best]
        other[chunk] = np.where(np.isfinite(to_other[chunk]), best, -1)
    return Closeness(np.round(own, _DECIMALS), other, np.where(other < 0, 0, to_other))


def _outsiders(
    matrix: sparse.csr_array, totals: sparse.csr_array, size: NDArray[np.intp], groups: NDArray[np.intp]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean and standard deviation, group by group, of outsiders' mean similarity to the members."""
    count = len(groups)
    first, second = np.zeros(len(size)), np.zeros(len(size))
    for start in range(0, count, _ROWS_AT_ONCE):
        towards = (matrix[start : start + _ROWS_AT_ONCE] @ totals.T).toarray() / size
        mine = groups[start : start + _ROWS_AT_ONCE]
        placed = mine != SHELF
        towards[np.flatnonzero(placed), mine[placed]] = 0
        first += towards.sum(axis=0)
        second += (towards**2).sum(axis=0)
    outside = np.maximum(count - size, 1)
    mean = first / outside
    return mean, np.sqrt(np.maximum(second / outside - mean**2, 1e-6))


def _without_lone(groups: NDArray[np.intp]) -> NDArray[np.intp]:
    placed = groups[groups != SHELF]
    size = np.bincount(placed) if len(placed) else np.zeros(0, dtype=np.intp)
    kept = np.zeros(len(groups), dtype=bool)
    kept[groups != SHELF] = size[placed] > 1
    result = np.full(len(groups), SHELF, dtype=np.intp)
    result[kept] = in_order(groups[kept])
    return result
