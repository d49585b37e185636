"""Topics: threads that a reader would follow, made of stories and single articles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from digestgen.analyse.grouping.dendrogram import Dendrogram
from digestgen.analyse.grouping.modularity import in_order


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicSettings:
    """How near, and how well held, what stands in one topic is."""

    cut: float = 0.46
    """Articles at a mean distance of at most this are of one topic."""
    loosest: float = 0.6
    """So are those that a phrase holds, up to this mean distance."""
    held: float = 0.8
    """A word or pair of words holds a group when its F1 measure, as a query for the group in the digest, is this."""


def topics(
    similar: NDArray[np.float64],
    story: NDArray[np.intp],
    terms: sparse.csr_array,
    frequency: NDArray[np.float64],
    settings: TopicSettings,
) -> NDArray[np.intp]:
    """A topic number for every row, 0 … k-1; a story is never parted.

    Average linkage of the scaled similarities, which are used up. Near each other is enough; what is less near must be
    held by a phrase, by which readers would look for it. ``terms`` are the rows' terms (1 where one stands), in
    ``frequency`` articles of the digest each. The demands are the same however many articles there are.
    """
    if not len(story):
        return story
    similar[story[:, np.newaxis] == story] = 1
    tree = Dendrogram.of(similar)

    def is_topic(node: int) -> bool:
        height, here = tree.height_of(node), tree.members[node]
        if height <= settings.cut or (story[here] == story[here[0]]).all():
            return True
        return height <= settings.loosest and _hold(terms[here], frequency) >= settings.held

    return in_order(tree.groups(is_topic))


def _hold(terms: sparse.csr_array, frequency: NDArray[np.float64]) -> float:
    """The best F1 measure of any term as a query for the given rows."""
    inside = np.asarray(terms.sum(axis=0)).ravel()
    found = inside > 0
    if not found.any():
        return 0.0
    return round(float((2 * inside[found] / (frequency[found] + terms.shape[0])).max()), 9)
