"""Stories: groups of articles that report the same event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digestgen.analyse.grouping.cohesion import Thresholds
from digestgen.analyse.grouping.dendrogram import Dendrogram
from digestgen.analyse.grouping.modularity import renumber_by_appearance
from digestgen.analyse.grouping.nearest_neighbours import SimilarityBlocks, nearest_rows
from digestgen.analyse.grouping.similarity import Similarity

_DECIMALS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class StorySettings:
    """Where the dendrogram is cut, and which groups are separate enough to be stories."""

    cut: float = 0.23
    """Articles up to this mean distance are one story."""
    loosest: float = 0.8
    """So is a group that stands apart from all others, up to this mean distance."""
    separation: float = 0.7
    """A group stands apart if its articles have this share less in common with the nearest others than with each
    other."""
    separation_among_stories: float = 0.5
    """The same in a digest that consists of stories."""
    story_share: float = 0.7
    """A digest consists of stories if groups that stand apart hold this share of its articles."""
    least_articles: int = 100
    """In smaller digests neither is judged."""
    outsiders: int = 5
    """Number of nearest others that a group is compared with: about as many as a story has."""
    neighbours: int = 60
    """Number of nearest articles among which these are looked for. Larger groups never stand apart."""
    stray_share: float = 0.4
    """An article is a stray if it is less than this share as similar to the rest as the rest are to each other."""
    week: float = 7.0
    """Days after which two reports are most likely of two events, however similar (weekly figures, a serial)."""


@dataclass(frozen=True, slots=True, eq=False)
class Reports:
    """What stories depend on, for all articles of a digest."""

    similarity: Similarity
    language: NDArray[np.intp]
    """The language of each article, as a number. Separation is judged within a language."""
    days: NDArray[np.float64]
    """Day of publication of each article as an ordinal; NaN if unknown."""
    thresholds: Thresholds


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """For each of some articles the nearest other articles in its language, nearest first."""

    rows: tuple[NDArray[np.int32], ...]
    cosines: tuple[NDArray[np.float64], ...]

    @classmethod
    def of(cls, reports: Reports, rows: NDArray[np.intp], settings: StorySettings) -> Neighbours:
        """The neighbours of these rows among all articles; of none in a digest too small for judging separation."""
        if len(reports.language) < settings.least_articles:
            return cls((), ())
        found: dict[int, tuple[NDArray[np.int32], NDArray[np.float64]]] = {}
        for language in np.unique(reports.language[rows]):
            same = np.flatnonzero(reports.language == language).astype(np.int32)
            mine = np.flatnonzero(reports.language[rows] == language)
            near = nearest_rows(reports.similarity.matrix[same], np.searchsorted(same, rows[mine]), settings.neighbours)
            found |= {
                place: (same[others], cosines) for place, (others, cosines) in zip(mine.tolist(), near, strict=True)
            }
        ordered = [found[place] for place in range(len(rows))]
        return cls(tuple(others for others, _ in ordered), tuple(cosines for _, cosines in ordered))

    def among(self, places: NDArray[np.intp]) -> Neighbours:
        """The neighbours of some of the articles."""
        if not self.rows:
            return self
        return Neighbours(
            tuple(self.rows[place] for place in places.tolist()),
            tuple(self.cosines[place] for place in places.tolist()),
        )


def stories(
    reports: Reports, rows: NDArray[np.intp], neighbours: Neighbours, settings: StorySettings
) -> NDArray[np.intp]:
    """A story number for each of the rows, 0 … k-1; ``neighbours`` are those of the rows.

    Average linkage of scaled similarities, which are reduced by the days between two dated articles, cut at one
    distance. A looser group is a story too if it stands apart from everything else: how similar the reports of one
    event are varies, but the next event is clearly less similar.
    """
    if not len(rows):
        return rows
    tree = Dendrogram.of(len(rows), _similarities(reports, rows, settings))
    mean_cosine = _cosines(tree, reports, rows, settings.loosest)

    def is_near(node: int) -> bool:
        return tree.height_of(node) <= settings.cut and mean_cosine[node] >= reports.thresholds.story

    if len(reports.language) < settings.least_articles:
        return _without_strays(tree.groups(is_near), reports, rows, settings.stray_share)
    separation = _separations(mean_cosine, tree.members, reports, rows, neighbours, settings)
    loose = tree.groups(lambda node: separation[node] >= settings.separation_among_stories)
    of_stories = len(rows) >= settings.least_articles and (np.bincount(loose)[loose] > 1).mean() >= settings.story_share
    enough = settings.separation_among_stories if of_stories else settings.separation
    found = tree.groups(lambda node: is_near(node) or separation[node] >= enough)
    return _without_strays(found, reports, rows, settings.stray_share)


def _similarities(reports: Reports, rows: NDArray[np.intp], settings: StorySettings) -> SimilarityBlocks:
    """Scaled similarities among the rows, reduced by the days between dated articles."""
    days = reports.days[rows]
    dated = np.flatnonzero(np.isfinite(days))
    for places, block in reports.similarity.among(rows):
        for values, day in zip(block, days[places], strict=True):
            if np.isfinite(day):
                values[dated] *= date_proximity(np.abs(day - days[dated]), settings.week)
        yield places, block


def _without_strays(
    groups: NDArray[np.intp], reports: Reports, rows: NDArray[np.intp], share: float
) -> NDArray[np.intp]:
    """Split off articles that are hardly similar to the rest of their story, the farthest first.

    By its mean, a group of many similar articles would admit one more of any kind.
    """
    labels, alone = groups.copy(), int(groups.max()) + 1
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
            labels[here[farthest]] = alone
            alone += 1
            here = np.delete(here, farthest)
            cosines = np.delete(np.delete(cosines, farthest, axis=0), farthest, axis=1)
    return renumber_by_appearance(labels)


def date_proximity(between: NDArray[np.float64], week: float) -> NDArray[np.float64]:
    """Factor of the similarity of two reports for the days between them: Gaussian; 1 where they are not finite."""
    known = np.isfinite(between)
    return np.where(known, np.exp(-((np.where(known, between, 0) / week) ** 2) / 2), 1.0)


def _cosines(tree: Dendrogram, reports: Reports, rows: NDArray[np.intp], loosest: float) -> NDArray[np.float64]:
    """Mean cosine among the articles of every node; 0 for leaves and for nodes that are too loose."""
    mean_cosine = np.zeros(len(tree.members))
    for node in range(tree.count, len(tree.members)):
        if tree.height_of(node) <= loosest:
            part = reports.similarity.matrix[rows[tree.members[node]]]
            # Summed over the terms that occur in the node only.
            total = np.bincount(np.unique(part.indices, return_inverse=True)[1], part.data)
            mean_cosine[node] = (np.square(total).sum() - np.square(part.data).sum()) / (
                part.shape[0] * (part.shape[0] - 1)
            )
    return np.asarray(np.round(mean_cosine, _DECIMALS), dtype=np.float64)


def _separations(  # noqa: PLR0913, PLR0917 -- the parts of a story
    mean_cosine: NDArray[np.float64],
    members: Sequence[NDArray[np.intp]],
    reports: Reports,
    rows: NDArray[np.intp],
    neighbours: Neighbours,
    settings: StorySettings,
) -> NDArray[np.float64]:
    """How far every node stands apart, 0 to 1; 0 for nodes that are too loose, too large or not clearly similar."""
    separation = np.zeros(len(members))
    place = {int(row): number for number, row in enumerate(rows)}
    nearest, cosines = [each.tolist() for each in neighbours.rows], [each.tolist() for each in neighbours.cosines]
    inside = np.zeros(len(rows), dtype=np.bool_)
    for node in np.flatnonzero(mean_cosine > 0).tolist():
        here = members[node]
        if len(here) > settings.neighbours or mean_cosine[node] < float(
            reports.thresholds.for_mean_of(np.array(len(here) - 1))
        ):
            continue
        inside[here] = True
        others = [
            _mean_of_outsiders(nearest[one], cosines[one], place, inside, settings.outsiders) for one in here.tolist()
        ]
        inside[here] = False
        separation[node] = round(max(0.0, 1 - float(np.mean(others)) / mean_cosine[node]), _DECIMALS)
    return separation


def _mean_of_outsiders(
    nearest: Sequence[int],
    cosines: Sequence[float],
    place: dict[int, int],
    inside: NDArray[np.bool_],
    count: int,
) -> float:
    """Mean cosine to the nearest articles outside the node; 1 where there are fewer than ``count``."""
    out = [cosine for row, cosine in zip(nearest, cosines, strict=True) if row not in place or not inside[place[row]]][
        :count
    ]
    # Without others to compare with, nothing shows how far a story reaches.
    return sum(out) / count if len(out) == count else 1.0
