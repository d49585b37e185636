"""Stories: inside each topic, the articles that tell of one happening."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from digestgen.analyse.topics import in_order, membership

_DECIMALS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class StorySettings:
    """Where the trees are cut."""

    lowest_cut: float = 0.5
    """The least cosine distance that is tried as the cut."""
    highest_cut: float = 0.99
    step: float = 0.0125
    largest_topic: int = 6_000
    """A topic of more articles is linked in slices of this many, to bound memory: 6,000 take 0.6 GB."""


def stories(matrix: sparse.csr_array, topic: NDArray[np.intp], settings: StorySettings) -> NDArray[np.intp]:
    """A story number for every row; a story never reaches over two topics.

    Average linkage of cosine distances inside each topic, all trees cut at one distance: the one with the best mean
    silhouette (Rousseeuw 1987) over the whole digest, where an article alone counts 0 and the nearest other cluster
    may be another topic.
    """
    count = len(topic)
    if not count:
        return topic
    means = _means(matrix, topic)
    cuts = np.arange(settings.lowest_cut, settings.highest_cut, settings.step)
    quality = np.zeros(len(cuts))
    found: list[tuple[NDArray[np.intp], NDArray[np.intp]]] = []
    for number in range(int(topic.max()) + 1):
        everyone = np.flatnonzero(topic == number)
        for start in range(0, len(everyone), settings.largest_topic):
            members = everyone[start : start + settings.largest_topic]
            labels, silhouettes = _cut_everywhere(matrix[members], means, number, cuts)
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
    rows: sparse.csr_array, means: sparse.csr_array, topic: int, cuts: NDArray[np.float64]
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Labels (cuts × rows) and summed silhouettes (cuts) of one topic."""
    count = rows.shape[0]
    if count == 1:
        return np.zeros((len(cuts), 1), dtype=np.intp), np.zeros(len(cuts))
    similar = np.round((rows @ rows.T).toarray(), _DECIMALS)
    distance = np.clip(1 - similar, 0, None)
    np.fill_diagonal(distance, 0)
    tree = linkage(squareform(distance, checks=False), "average")
    outside = (rows @ means.T).toarray()
    outside[:, topic] = -1
    nearest_outside = outside.max(axis=1)
    labels = np.stack([fcluster(tree, cut, "distance") - 1 for cut in cuts]).astype(np.intp)
    silhouettes = np.array([_silhouette(similar, each, nearest_outside) for each in labels])
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


def _means(matrix: sparse.csr_array, labels: NDArray[np.intp]) -> sparse.csr_array:
    size = np.bincount(labels)
    return sparse.csr_array(sparse.diags_array(1 / size) @ (membership(labels) @ matrix))
