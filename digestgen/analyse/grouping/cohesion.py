"""Cohesion: how similar articles must be in this digest, and which members a group keeps."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from digestgen.analyse.grouping.modularity import membership, renumber_by_appearance

SHELF = -1
_ROWS_AT_ONCE = 512
_DECIMALS = 9
_MOST_SAMPLED = 1_000
_LEAST_SHARED = 2
_QUARTILE = 0.6745
"""Distance from the median to the upper quartile of a normal distribution, in standard deviations."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CohesionSettings:
    """Thresholds of similarity, in standard deviations above the chance similarity of the digest."""

    clear: float = 4.0
    """Two articles are clearly similar from here on; a story asks for twice as much."""
    highest: float = 0.5
    """Upper limit of all thresholds: in a digest on a single subject all pairs are similar."""
    least_spread: float = 0.02
    """Lower limit of the standard deviation: most pairs of titles and teasers share no word, so that their quartile is
    0."""
    nearest: float = 1.0
    """A group is named as the nearest one from here on."""
    rounds: int = 5
    """Most rounds of dropping members; each changes what the remaining members have in common."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Mean similarities in this digest."""

    chance: float
    """Similarity of two unrelated articles."""
    topic: float
    """Least similarity of articles on one subject."""
    story: float
    """Least similarity of articles on one event: twice as far above chance."""
    nearest: float
    """Least similarity to a group that is named as the nearest one."""

    def for_mean_of(self, members: NDArray[np.intp]) -> NDArray[np.float64]:
        """The mean similarity to this many articles that is as significant as ``topic`` is to one.

        The standard error of a mean falls with the square root of their number.
        """
        return self.chance + (self.topic - self.chance) / np.sqrt(np.maximum(members, 1))


def thresholds(matrix: sparse.csr_array, settings: CohesionSettings) -> Thresholds:
    """Thresholds for this digest, estimated from its own pairs of articles.

    Most pairs are unrelated, so the median estimates the chance similarity and the distance to the upper quartile its
    spread, whatever the few related pairs do. At most a thousand rows are sampled. ``matrix`` has unit rows.
    """
    articles = matrix.shape[0]
    if articles < 3:
        return Thresholds(0.0, 0.0, 0.0, 0.0)
    rows = np.unique(np.linspace(0, articles - 1, min(articles, _MOST_SAMPLED)).astype(np.intp))
    sample = matrix[rows]
    similar = np.round((sample @ sample.T).toarray(), _DECIMALS)
    middle, upper = np.quantile(similar[np.triu_indices(len(rows), 1)], [0.5, 0.75])
    deviation = max((upper - middle) / _QUARTILE, settings.least_spread)
    clear, very, nearest = (
        min(float(middle + number * deviation), settings.highest)
        for number in (settings.clear, 2 * settings.clear, settings.nearest)
    )
    return Thresholds(chance=float(middle), topic=clear, story=very, nearest=nearest)


def drop_dissimilar(
    matrix: sparse.csr_array, groups: NDArray[np.intp], limits: Thresholds, settings: CohesionSettings
) -> NDArray[np.intp]:
    """Move members to the shelf that are not clearly similar to the rest of their group.

    A member that is left alone is on the shelf too.
    """
    groups = _drop_singletons(groups)
    for _ in range(settings.rounds):
        own = closeness(matrix, groups)
        size = np.bincount(groups[groups != SHELF], minlength=1)
        enough = limits.for_mean_of(size - 1)[np.maximum(groups, 0)]
        leaves = (groups != SHELF) & ((own < enough) | (own <= 0))
        if not leaves.any():
            break
        groups = _drop_singletons(np.where(leaves, SHELF, groups))
    return groups


def drop_unexplained(matrix: sparse.csr_array, groups: NDArray[np.intp]) -> NDArray[np.intp]:
    """Move members to the shelf that share fewer than two terms with the rest of their group.

    Without a common term there is no reason to show; a single one is mostly a name that two people bear ("Johnson").
    """
    kept = groups.copy()
    stands = sparse.csr_array((matrix != 0).astype(np.intp))
    for number in range(int(groups.max(initial=SHELF)) + 1):
        here = np.flatnonzero(groups == number)
        part = stands[here]
        shared = part @ (np.asarray(part.sum(axis=0)).ravel() > 1).astype(np.intp)
        kept[here[shared < _LEAST_SHARED]] = SHELF
    return _drop_singletons(kept)


def closeness(matrix: sparse.csr_array, groups: NDArray[np.intp]) -> NDArray[np.float64]:
    """Mean similarity of every row to the rest of its group; 0 on the shelf and for a row that is alone."""
    own = np.zeros(len(groups))
    members = membership(groups)
    for first, last in pairwise(members.indptr.tolist()):
        if last - first > 1:
            here = np.sort(members.indices[first:last])
            part = matrix[here]
            total = np.bincount(part.indices, part.data, minlength=matrix.shape[1])
            itself = np.asarray(part.multiply(part).sum(axis=1)).ravel()
            own[here] = (part @ total - itself) / (len(here) - 1)
    return np.asarray(np.round(own, _DECIMALS), dtype=np.float64)


def nearest_other_groups(
    matrix: sparse.csr_array, groups: NDArray[np.intp], rows: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """For some rows the group to which each is most similar in the mean, its own left out, and that mean.

    The group is ``SHELF`` where a row is similar to none.
    """
    nearest, mean = np.full(len(rows), SHELF, dtype=np.intp), np.zeros(len(rows))
    members = membership(groups)
    if not members.nnz:
        return nearest, mean
    size = np.diff(members.indptr)
    totals = sparse.csr_array(sparse.csr_array(members @ matrix).T)
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        chunk = slice(start, start + _ROWS_AT_ONCE)
        towards = np.round((matrix[rows[chunk]] @ totals).toarray() / size, _DECIMALS)
        own = groups[rows[chunk]]
        placed = np.flatnonzero(own != SHELF)
        towards[placed, own[placed]] = 0
        mean[chunk] = towards.max(axis=1)
        nearest[chunk] = np.where(mean[chunk] > 0, towards.argmax(axis=1), SHELF)
    return nearest, mean


def _drop_singletons(groups: NDArray[np.intp]) -> NDArray[np.intp]:
    """Move groups of one member to the shelf, and renumber the others."""
    placed = groups != SHELF
    if not placed.any():
        return groups
    kept = placed.copy()
    kept[placed] = np.bincount(groups[placed])[groups[placed]] > 1
    result = np.full(len(groups), SHELF, dtype=np.intp)
    if kept.any():
        result[kept] = renumber_by_appearance(groups[kept])
    return result
