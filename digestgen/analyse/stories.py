"""Stories: inside each topic, the articles that tell of one happening."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from digestgen.analyse.modularity import in_order, membership

_DECIMALS = 9
_ROWS_AT_ONCE = 512
# About as many as a story has: one alone would make every pair across topics look like a rival story.
_OUTSIDERS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class StorySettings:
    """How likeness is scaled, and where the trees are cut."""

    neighbours: int = 5
    """An article's own scale is its mean similarity to this many nearest articles of its topic."""
    least_scale: float = 0.02
    """No scale is smaller: what an article has in common with nothing is not made up by enlarging it."""
    lowest_cut: float = 0.4
    """The least distance that is tried as the cut."""
    highest_cut: float = 0.975
    step: float = 0.025
    tolerance: float = 0.02
    """Cuts whose mean silhouette falls short of the best by this share are as good; the middle of them is taken."""
    fades: float = 100.0
    """At this many articles the silhouette counts as much for the cut as what is clearly alike; then more and more."""
    largest_topic: int = 6_000
    """A topic of more articles is linked in slices of this many, to bound memory: 6,000 take 1 GB."""


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """A topic, or a slice of a huge one."""

    rows: NDArray[np.intp]
    scale: NDArray[np.float64]


def stories(
    matrix: sparse.csr_array, topic: NDArray[np.intp], clearly_alike: float, settings: StorySettings
) -> NDArray[np.intp]:
    """A story number for every row; a story never reaches over two topics.

    Average linkage inside each topic of cosine similarities under local scaling (Zelnik-Manor and Perona 2004): each
    is divided by the geometric mean of its two articles' scales, and multiplied by the digest's median scale, so that
    one cut fits articles that have much in common with everybody and articles that have little. All trees are cut at
    one similarity: between ``clearly_alike``, which a small digest must be told, and the cut of the best mean
    silhouette (Rousseeuw 1987), which a large one can find out. In that an article alone counts 0, and the nearest
    other story may be the nearest articles of other topics. Scaling, too, comes in as the digest grows.
    """
    count = len(topic)
    if not count:
        return topic
    parts = _parts(matrix, topic, settings)
    told = settings.fades / (settings.fades + count)
    typical = float(np.median(np.concatenate([part.scale for part in parts if len(part.rows) > 1] or [np.ones(1)])))
    outside = _best_outside(matrix, topic)
    cuts = np.arange(settings.lowest_cut, settings.highest_cut + settings.step / 2, settings.step)
    quality = np.zeros(len(cuts))
    trees: list[NDArray[np.float64]] = []
    for part in parts:
        factor = (typical / part.scale) ** ((1 - told) / 2)
        similar = _scaled(matrix[part.rows], factor)
        tree = _tree(similar)
        trees.append(tree)
        quality += _silhouettes(similar, tree, np.minimum(outside[part.rows] * factor**2, 1), cuts)
    quality = np.round(quality, _DECIMALS)
    good = quality >= quality.max() - settings.tolerance * abs(quality.max())
    found = 1 - float(cuts[good].mean())
    cut = 1 - (told * clearly_alike + (1 - told) * found)
    result = np.zeros(count, dtype=np.intp)
    used = 0
    for part, tree in zip(parts, trees, strict=True):
        labels = _labels(tree, cut)
        result[part.rows] = labels + used
        used += int(labels.max()) + 1
    return in_order(result)


def _parts(matrix: sparse.csr_array, topic: NDArray[np.intp], settings: StorySettings) -> list[_Part]:
    found: list[_Part] = []
    for number in range(int(topic.max()) + 1):
        everyone = np.flatnonzero(topic == number)
        for start in range(0, len(everyone), settings.largest_topic):
            rows = everyone[start : start + settings.largest_topic]
            found.append(_Part(rows, _scale(matrix[rows], settings)))
    return found


def _scale(rows: sparse.csr_array, settings: StorySettings) -> NDArray[np.float64]:
    """Every row's mean similarity to its nearest rows."""
    count = rows.shape[0]
    nearest = min(settings.neighbours, count - 1)
    if nearest < 1:
        return np.full(count, 1.0)
    transposed = sparse.csr_array(rows.T)
    scale = np.zeros(count)
    for start in range(0, count, _ROWS_AT_ONCE):
        similar = np.round((rows[start : start + _ROWS_AT_ONCE] @ transposed).toarray(), _DECIMALS)
        here = np.arange(len(similar))
        similar[here, here + start] = 0
        scale[here + start] = np.sort(np.partition(similar, -nearest, axis=1)[:, -nearest:], axis=1).mean(axis=1)
    return np.maximum(np.round(scale, _DECIMALS), settings.least_scale)


def _scaled(rows: sparse.csr_array, factor: NDArray[np.float64]) -> NDArray[np.float64]:
    similar: NDArray[np.float64] = (rows @ rows.T).toarray()
    similar *= factor
    similar *= factor[:, np.newaxis]
    np.minimum(np.round(similar, _DECIMALS, out=similar), 1, out=similar)
    np.fill_diagonal(similar, 1)
    return similar


def _tree(similar: NDArray[np.float64]) -> NDArray[np.float64]:
    if len(similar) == 1:
        return np.zeros((0, 4))
    tree: NDArray[np.float64] = linkage(squareform(1 - similar, checks=False), "average")
    return tree


def _labels(tree: NDArray[np.float64], cut: float) -> NDArray[np.intp]:
    if not len(tree):
        return np.zeros(1, dtype=np.intp)
    return np.asarray(fcluster(tree, cut, "distance") - 1, dtype=np.intp)


def _silhouettes(
    similar: NDArray[np.float64], tree: NDArray[np.float64], outside: NDArray[np.float64], cuts: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The summed silhouette of one topic at every cut."""
    return np.array([_silhouette(similar, _labels(tree, cut), outside) for cut in cuts])


def _silhouette(similar: NDArray[np.float64], labels: NDArray[np.intp], outside: NDArray[np.float64]) -> float:
    size = np.bincount(labels)
    if len(size) == len(labels):
        return 0.0
    rows = np.arange(len(labels))
    towards = similar @ membership(labels).T
    own = (towards[rows, labels] - similar[rows, rows]) / np.maximum(size[labels] - 1, 1)
    mean = towards / size
    mean[rows, labels] = -1
    inner, outer = 1 - own, 1 - np.maximum(mean.max(axis=1), outside)
    score = (outer - inner) / np.maximum(np.maximum(inner, outer), 1e-12)
    score[size[labels] == 1] = 0
    return float(score.sum())


def _best_outside(matrix: sparse.csr_array, topic: NDArray[np.intp]) -> NDArray[np.float64]:
    """For every row its mean similarity to the nearest rows of other topics."""
    transposed = sparse.csr_array(matrix.T)
    best = np.zeros(len(topic))
    for start in range(0, len(topic), _ROWS_AT_ONCE):
        chunk = slice(start, start + _ROWS_AT_ONCE)
        similar = np.round((matrix[chunk] @ transposed).toarray(), _DECIMALS)
        similar[topic[chunk, np.newaxis] == topic] = 0
        best[chunk] = np.sort(similar, axis=1)[:, -_OUTSIDERS:].mean(axis=1)
    return best
