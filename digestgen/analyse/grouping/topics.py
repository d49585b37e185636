"""Topics: threads of stories and single articles that a reader would follow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from digestgen.analyse.grouping.dendrogram import Dendrogram
from digestgen.analyse.grouping.modularity import renumber_by_appearance
from digestgen.analyse.grouping.nearest_neighbours import SimilarityBlocks


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicSettings:
    """How close the articles of a topic are, and how well a common phrase finds them."""

    cut: float = 0.46
    """Articles up to this mean distance are one topic."""
    loosest: float = 0.6
    """So is a group with a common phrase, up to this mean distance."""
    least_f1: float = 0.8
    """Least F1 of a word or word pair as a query for the group in the digest, for it to be common to the group."""


def topics(
    tree: Dendrogram,
    story: NDArray[np.intp],
    terms: sparse.csr_array,
    frequency: NDArray[np.float64],
    settings: TopicSettings,
) -> NDArray[np.intp]:
    """A topic number for every leaf, 0 … k-1; stories are never split.

    A close group is a topic; a looser one needs a phrase by which readers would search for it. ``tree`` joins the
    scaled similarities of ``with_stories_joined``, ``terms`` are the leaves' terms (1 where one occurs), and
    ``frequency`` the number of articles in the digest with each. The thresholds do not depend on the size of the
    digest.
    """

    def is_topic(node: int) -> bool:
        height, here = tree.height_of(node), tree.members[node]
        if height <= settings.cut or (story[here] == story[here[0]]).all():
            return True
        return height <= settings.loosest and _best_term_f1(terms[here], frequency) >= settings.least_f1

    return renumber_by_appearance(tree.groups(is_topic))


def with_stories_joined(similar: SimilarityBlocks, story: NDArray[np.intp]) -> SimilarityBlocks:
    """Similarities in which those of one story are 1."""
    for places, block in similar:
        for values, number in zip(block, story[places], strict=True):
            values[story == number] = 1
        yield places, block


def _best_term_f1(terms: sparse.csr_array, frequency: NDArray[np.float64]) -> float:
    """Best F1 of any term as a query for the given rows."""
    inside = np.asarray(terms.sum(axis=0)).ravel()
    found = inside > 0
    if not found.any():
        return 0.0
    return round(float((2 * inside[found] / (frequency[found] + terms.shape[0])).max()), 9)
