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
    """Where the trees are cut."""

    lowest_cut: float = 0.5
    """The least cosine distance that is tried as the cut."""
    highest_cut: float = 0.95
    step: float = 0.0125
    largest_topic: int = 6_000
    """A topic of more articles is linked in slices of this many, to bound memory: 6,000 take 0.6 GB."""


def stories(
    matrix: sparse.csr_array, topic: NDArray[np.intp], least_similarity: float, settings: StorySettings
) -> NDArray[np.intp]:
    """A story number for every row; a story never reaches over two topics.

    Average linkage of cosine distances inside each topic, all trees cut at one distance: the one with the best mean
    silhouette (Rousseeuw 1987) over the whole digest, where an article alone counts 0, and the nearest other story
    may be the nearest articles of other topics. Only cuts that leave the parts of a story ``least_similarity`` alike
    on the mean are tried.
    """
    count = len(topic)
    if not count:
        return topic
    outside = _best_outside(matrix, topic)
    highest = max(min(settings.highest_cut, 1 - least_similarity), settings.lowest_cut)
    cuts = np.arange(settings.lowest_cut, highest + settings.step / 2, settings.step)
    quality = np.zeros(len(cuts))
    found: list[tuple[NDArray[np.intp], NDArray[np.intp]]] = []
    for number in range(int(topic.max()) + 1):
        everyone = np.flatnonzero(topic == number)
        for start in range(0, len(everyone), settings.largest_topic):
            members = everyone[start : start + settings.largest_topic]
            labels, silhouettes = _cut_everywhere(matrix[members], outside[members], cuts)
            quality += silhouettes
            found.append((members, labels))
    best = int(np.round(quality, _DECIMALS).argmax())
    result = np.zeros(count, dtype=np.intp)
    used = 0
    for members, labels in found:
        result[members] = labels[best] + used
        used += int(labels[best].max()) + 1
    return in_order(result)


def _cut_everywhere(
    rows: sparse.csr_array, outside: NDArray[np.float64], cuts: NDArray[np.float64]
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Labels (cuts × rows) and summed silhouettes (cuts) of one topic."""
    count = rows.shape[0]
    if count == 1:
        return np.zeros((len(cuts), 1), dtype=np.intp), np.zeros(len(cuts))
    similar = np.round((rows @ rows.T).toarray(), _DECIMALS)
    distance = np.clip(1 - similar, 0, None)
    np.fill_diagonal(distance, 0)
    tree = linkage(squareform(distance, checks=False), "average")
    labels = np.stack([fcluster(tree, cut, "distance") - 1 for cut in cuts]).astype(np.intp)
    silhouettes = np.array([_silhouette(similar, each, outside) for each in labels])
    return labels, silhouettes


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
