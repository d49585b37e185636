"""Dendrogram of average linkage, and the groups cut from it top-down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digestgen.analyse.grouping.nearest_neighbours import SimilarityBlocks


@dataclass(frozen=True, slots=True, eq=False)
class Dendrogram:
    """A binary tree over ``count`` leaves; node ``count + i`` joins the two of the i-th merger."""

    count: int
    children: NDArray[np.intp]
    """Mergers × 2."""
    height: NDArray[np.float64]
    """The mean distance at which each merger happened; a leaf is at 0."""
    members: tuple[NDArray[np.intp], ...]
    """The leaves below every node."""

    @classmethod
    def of(cls, count: int, similar: SimilarityBlocks) -> Dendrogram:
        """Average linkage (UPGMA, Sokal and Michener 1958) of ``count`` articles by their similarities from 0 to 1."""
        members = [np.array([leaf], dtype=np.intp) for leaf in range(count)]
        if count < 2:
            return cls(count, np.zeros((0, 2), dtype=np.intp), np.zeros(0), tuple(members))
        # It takes a fifth of a second to load, and a build with little that is new seldom needs a tree.
        from scipy.cluster.hierarchy import linkage  # noqa: PLC0415

        # Row by row what is right of the diagonal: a square matrix would take twice as much memory.
        distances = np.empty(count * (count - 1) // 2)
        for places, block in similar:
            for place, values in zip(places.tolist(), block, strict=True):
                start = place * count - place * (place + 1) // 2
                np.subtract(1, values[place + 1 :], out=distances[start : start + count - place - 1])
        merged = linkage(distances, "average")
        children = merged[:, :2].astype(np.intp)
        for left, right in children:
            members.append(np.concatenate([members[left], members[right]]))
        return cls(count, children, np.round(merged[:, 2], 9), tuple(members))

    def height_of(self, node: int) -> float:
        """The mean distance between the two halves of a node; 0 for a leaf."""
        return float(self.height[node - self.count]) if node >= self.count else 0.0

    def groups(self, accepted: Callable[[int], bool]) -> NDArray[np.intp]:
        """A group number for every leaf, cutting at the highest accepted nodes; a leaf is always accepted."""
        label = np.zeros(self.count, dtype=np.intp)
        waiting = [len(self.members) - 1] if self.members else []
        number = 0
        while waiting:
            node = waiting.pop()
            if node < self.count or accepted(node):
                label[self.members[node]] = number
                number += 1
            else:
                waiting += self.children[node - self.count].tolist()
        return label
