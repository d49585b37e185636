"""Stories: the articles that tell of one happening."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digestgen.analyse.grouping.cohesion import Demands
from digestgen.analyse.grouping.dendrogram import Dendrogram
from digestgen.analyse.grouping.modularity import in_order
from digestgen.analyse.grouping.nearest_neighbours import nearest_first, similarity_blocks
from digestgen.analyse.grouping.similarity import Similarity

_DECIMALS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class StorySettings:
    """Where the tree is cut, and when a group stands apart."""

    cut: float = 0.23
    """Articles at a mean distance of at most this tell of one happening."""
    loosest: float = 0.8
    """So do those of a group that stands apart from all others, up to this mean distance."""
    apart: float = 0.7
    """A group stands apart when its articles have this share less in common with the nearest others than with each
    other."""
    apart_among_stories: float = 0.5
    """The same in a digest that consists of such groups."""
    consists: float = 0.7
    """A digest consists of groups that hold this share of its articles."""
    least_articles: int = 100
    """Fewer articles do not tell what stands apart, nor what a digest consists of."""
    outsiders: int = 5
    """The nearest others are this many: about as many as a story has."""
    neighbours: int = 60
    """Among so many nearest articles they are looked for; a story of about as many is never found to stand apart."""
    stray: float = 0.4
    """Whoever is less than this share as alike to the rest as the rest are to each other tells of something else."""
    week: float = 7.0
    """Days after which two reports are most likely of two happenings, however alike (weekly figures, a serial)."""


@dataclass(frozen=True, slots=True, eq=False)
class Reports:
    """All articles of a digest, as far as stories depend on them."""

    similarity: Similarity
    language: NDArray[np.intp]
    """A number for the language of each: only articles of one language are compared when a group is to stand apart."""
    days: NDArray[np.float64]
    """The day on which each was published; NaN where that is not known."""
    asked: Demands


def stories(reports: Reports, rows: NDArray[np.intp], settings: StorySettings) -> NDArray[np.intp]:
    """A story number for each of some rows, 0 … k-1.

    Average linkage of scaled similarities, those of two dated articles lessened by the days between them, cut at one
    distance. Above it a group is a story still if it stands apart from everything else: how alike the reports of one
    happening are differs, but the next happening is clearly less so.
    """
    if not len(rows):
        return rows
    tree = Dendrogram.of(_similarities(reports, rows, settings))
    alike = _cosines(tree, reports, rows, settings.loosest)

    def is_near(node: int) -> bool:
        return tree.height_of(node) <= settings.cut and alike[node] >= reports.asked.of_story

    if len(reports.language) < settings.least_articles:
        return _without_strays(tree.groups(is_near), reports, rows, settings.stray)
    apart = _separations(alike, tree.members, reports, rows, settings)
    loose = tree.groups(lambda node: apart[node] >= settings.apart_among_stories)
    consists = len(rows) >= settings.least_articles and (np.bincount(loose)[loose] > 1).mean() >= settings.consists
    enough = settings.apart_among_stories if consists else settings.apart
    found = tree.groups(lambda node: is_near(node) or apart[node] >= enough)
    return _without_strays(found, reports, rows, settings.stray)


def _similarities(reports: Reports, rows: NDArray[np.intp], settings: StorySettings) -> NDArray[np.float64]:
    similar, days = reports.similarity.among(rows), reports.days[rows]
    dated = np.flatnonzero(np.isfinite(days))
    for row in dated.tolist():
        similar[row, dated] *= same_time(np.abs(days[row] - days[dated]), settings.week)
    return similar


def _without_strays(
    groups: NDArray[np.intp], reports: Reports, rows: NDArray[np.intp], share: float
) -> NDArray[np.intp]:
    """The groups without those that are hardly alike to the rest of theirs, who stand alone; the farthest leave first.

    A group of many alike takes in one more by the mean, whoever it is.
    """
    parted, alone = groups.copy(), int(groups.max()) + 1
    for number in np.flatnonzero(np.bincount(groups) > 2).tolist():
        here = np.flatnonzero(groups == number)
        part = reports.similarity.matrix[rows[here]]
        cosines = np.round((part @ part.T).toarray(), _DECIMALS)
        np.fill_diagonal(cosines, 0)
        while len(here) > 2:
            to_others = cosines.sum(axis=1)
            farthest = int(to_others.argmin())
            among_rest = (to_others.sum() - 2 * to_others[farthest]) / (len(here) - 2)
            if to_others[farthest] >= share * among_rest:
                break
            parted[here[farthest]] = alone
            alone += 1
            here = np.delete(here, farthest)
            cosines = np.delete(np.delete(cosines, farthest, axis=0), farthest, axis=1)
    return in_order(parted)


def same_time(between: NDArray[np.float64], week: float) -> NDArray[np.float64]:
    """What a similarity is multiplied by for the days between two reports: 1 where their number is not finite."""
    known = np.isfinite(between)
    return np.where(known, np.exp(-((np.where(known, between, 0) / week) ** 2) / 2), 1.0)


def _cosines(tree: Dendrogram, reports: Reports, rows: NDArray[np.intp], loosest: float) -> NDArray[np.float64]:
    """For every node the mean cosine of its articles to each other; 0 for leaves and for what is too loose."""
    alike = np.zeros(len(tree.members))
    for node in range(tree.count, len(tree.members)):
        if tree.height_of(node) <= loosest:
            part = reports.similarity.matrix[rows[tree.members[node]]]
            # By the few terms that stand in them, not by all that there are.
            total = np.bincount(np.unique(part.indices, return_inverse=True)[1], part.data)
            alike[node] = (np.square(total).sum() - np.square(part.data).sum()) / (part.shape[0] * (part.shape[0] - 1))
    return np.asarray(np.round(alike, _DECIMALS), dtype=np.float64)


def _separations(
    alike: NDArray[np.float64],
    members: Sequence[NDArray[np.intp]],
    reports: Reports,
    rows: NDArray[np.intp],
    settings: StorySettings,
) -> NDArray[np.float64]:
    """For every node how far it stands apart, 0 to 1; 0 for what is too loose, too large or not clearly alike."""
    apart = np.zeros(len(members))
    place = {int(row): number for number, row in enumerate(rows)}
    nearest, cosines = _nearest(reports, rows, settings.neighbours)
    inside = np.zeros(len(rows), dtype=np.bool_)
    for node in np.flatnonzero(alike > 0).tolist():
        here = members[node]
        if len(here) > settings.neighbours or alike[node] < float(reports.asked.by_several(np.array(len(here) - 1))):
            continue
        inside[here] = True
        others = [
            _mean_of_outsiders(nearest[one], cosines[one], place, inside, settings.outsiders) for one in here.tolist()
        ]
        inside[here] = False
        apart[node] = round(max(0.0, 1 - float(np.mean(others)) / alike[node]), _DECIMALS)
    return apart


def _mean_of_outsiders(
    nearest: Sequence[int],
    cosines: Sequence[float],
    place: dict[int, int],
    inside: NDArray[np.bool_],
    count: int,
) -> float:
    out = [cosine for row, cosine in zip(nearest, cosines, strict=True) if row not in place or not inside[place[row]]][
        :count
    ]
    # Where there are no others to stand apart from, nothing tells how far a story reaches.
    return sum(out) / count if len(out) == count else 1.0


def _nearest(reports: Reports, rows: NDArray[np.intp], most: int) -> tuple[list[list[int]], list[list[float]]]:
    """For each of the rows its nearest rows of its language, nearest first, and the cosines to them."""
    nearest: list[list[int]] = []
    cosines: list[list[float]] = []
    for some, block in similarity_blocks(reports.similarity.matrix, rows):
        for row, values in zip(some.tolist(), np.round(block, _DECIMALS, out=block), strict=True):
            alike = np.flatnonzero(reports.language == reports.language[row])
            alike = alike[alike != row]
            best = alike[nearest_first(values[alike], most)]
            nearest.append(best.tolist())
            cosines.append(values[best].tolist())
    return nearest, cosines
