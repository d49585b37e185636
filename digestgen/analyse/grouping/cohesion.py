"""Cohesion: how alike is clearly alike in this digest, which topics hold together, and who belongs to a group."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from digestgen.analyse.grouping.modularity import in_order, membership

SHELF = -1
_ROWS_AT_ONCE = 512
_DECIMALS = 9
_MOST_SAMPLED = 1_000
_LEAST_SHARED = 2
_QUARTILE = 0.6745
"""Standard deviations from the median to the upper quartile of a normal distribution."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CohesionSettings:
    """What is asked of a topic and of its members."""

    clear: float = 4.0
    """Two articles are clearly alike this many standard deviations above the chance similarity of the digest."""
    most: float = 0.5
    """Never more than this is asked: in a digest on one thing alone all pairs are alike."""
    least_spread: float = 0.02
    """No standard deviation is taken to be smaller: of titles and teasers most pairs share no word, and the quartile
    would tell that chance never varies."""
    traces: float = 1.0
    """A group is worth naming as nearest from this many on."""
    rounds: int = 5
    """At most this many rounds of dismissing: whoever leaves changes what the rest has in common."""


@dataclass(frozen=True, slots=True)
class Demands:
    """Mean similarities that are asked for."""

    by_chance: float
    """Not a demand: what two articles have in common that have nothing to do with each other."""
    of_topic: float
    """Clearly alike: of one subject."""
    of_story: float
    """Twice as far from chance: of one happening."""
    of_nearest: float

    def by_several(self, members: NDArray[np.intp]) -> NDArray[np.float64]:
        """The mean similarity to that many articles that is as clear as ``of_topic`` is to one.

        A mean strays less from chance than a single similarity does: by the square root of their number.
        """
        return self.by_chance + (self.of_topic - self.by_chance) / np.sqrt(np.maximum(members, 1))


@dataclass(frozen=True, slots=True, eq=False)
class Closeness:
    """Every row's mean similarity to the other members of its group, and to those of the nearest other group."""

    own: NDArray[np.float64]
    """0 on the shelf and for a row alone."""
    other: NDArray[np.intp]
    """The nearest other group; ``SHELF`` where none has anything in common with the row."""
    to_other: NDArray[np.float64]


def demands(matrix: sparse.csr_array, settings: CohesionSettings) -> Demands:
    """What is asked in this digest, measured against its own pairs of articles.

    Most pairs have nothing to do with each other, so their median is the chance similarity, and the distance to the
    upper quartile tells the spread, whatever the few pairs do that tell of one thing. Of a large digest a thousand
    rows are measured.
    """
    articles = matrix.shape[0]
    if articles < 3:
        return Demands(0.0, 0.0, 0.0, 0.0)
    rows = np.unique(np.linspace(0, articles - 1, min(articles, _MOST_SAMPLED)).astype(np.intp))
    sample = matrix[rows]
    similar = np.round((sample @ sample.T).toarray(), _DECIMALS)
    middle, upper = np.quantile(similar[np.triu_indices(len(rows), 1)], [0.5, 0.75])
    deviation = max((upper - middle) / _QUARTILE, settings.least_spread)
    clear, very, traces = (
        min(float(middle + number * deviation), settings.most)
        for number in (settings.clear, 2 * settings.clear, settings.traces)
    )
    return Demands(by_chance=float(middle), of_topic=clear, of_story=very, of_nearest=traces)


def belonging(
    matrix: sparse.csr_array, groups: NDArray[np.intp], asked: Demands, settings: CohesionSettings
) -> NDArray[np.intp]:
    """The groups without the members that are not clearly alike to the rest of them.

    Whoever belongs to none, or is left alone, is on the ``SHELF``.
    """
    groups = _without_lone(groups)
    for _ in range(settings.rounds):
        own = closeness(matrix, groups).own
        size = np.bincount(groups[groups != SHELF], minlength=1)
        enough = asked.by_several(size - 1)[np.maximum(groups, 0)]
        leaves = (groups != SHELF) & ((own < enough) | (own <= 0))
        if not leaves.any():
            break
        groups = _without_lone(np.where(leaves, SHELF, groups))
    return groups


def explained(matrix: sparse.csr_array, groups: NDArray[np.intp]) -> NDArray[np.intp]:
    """The groups without the members that share less than two terms with the rest.

    With none, nothing could be said of why they are there; one alone is mostly a name that two bear ("Johnson").
    """
    kept = groups.copy()
    stands = sparse.csr_array((matrix != 0).astype(np.intp))
    for number in range(int(groups.max(initial=SHELF)) + 1):
        here = np.flatnonzero(groups == number)
        part = stands[here]
        shared = part @ (np.asarray(part.sum(axis=0)).ravel() > 1).astype(np.intp)
        kept[here[shared < _LEAST_SHARED]] = SHELF
    return _without_lone(kept)


def closeness(matrix: sparse.csr_array, groups: NDArray[np.intp]) -> Closeness:
    """Closeness of every row; rows of group ``SHELF`` belong to none."""
    count = len(groups)
    placed = groups != SHELF
    own, to_other = np.zeros(count), np.zeros(count)
    other = np.full(count, SHELF, dtype=np.intp)
    if not placed.any():
        return Closeness(own, other, to_other)
    size = np.bincount(groups[placed])
    totals = sparse.csr_array(sparse.csr_array(membership(groups) @ matrix).T)
    for start in range(0, count, _ROWS_AT_ONCE):
        chunk = slice(start, start + _ROWS_AT_ONCE)
        towards = (matrix[chunk] @ totals).toarray()
        rows, mine = np.flatnonzero(placed[chunk]), groups[chunk][placed[chunk]]
        itself = np.asarray(matrix[chunk].multiply(matrix[chunk]).sum(axis=1)).ravel()[rows]
        own[chunk][rows] = (towards[rows, mine] - itself) / np.maximum(size[mine] - 1, 1)
        mean = np.round(towards / size, _DECIMALS)
        mean[rows, mine] = 0
        other[chunk] = np.where(mean.max(axis=1) > 0, mean.argmax(axis=1), SHELF)
        to_other[chunk] = mean.max(axis=1)
    return Closeness(np.round(own, _DECIMALS), other, to_other)


def _without_lone(groups: NDArray[np.intp]) -> NDArray[np.intp]:
    placed = groups != SHELF
    if not placed.any():
        return groups
    kept = placed.copy()
    kept[placed] = np.bincount(groups[placed])[groups[placed]] > 1
    result = np.full(len(groups), SHELF, dtype=np.intp)
    if kept.any():
        result[kept] = in_order(groups[kept])
    return result
