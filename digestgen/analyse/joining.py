"""Joining: single newcomers → the settled stories and topics that they are clearly close to.

What is settled does not move. A newcomer joins the topic that it is most like on the mean, if that is clearly above the
chance similarity of the digest (average linkage, as in Miranda et al. 2018, "Multilingual clustering of streaming
news"), and in it the story that it is as like as the settled articles of stories are to each other. A story of another
topic comes first where the newcomer is more like it than most articles are like their story. Newcomers that joined one
topic and none of its stories are then linked into stories among themselves.
"""

from __future__ import annotations

from collections.abc import Collection as Ids
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from digestgen.analyse.cluster import Collection
from digestgen.analyse.cohesion import SHELF, closeness
from digestgen.analyse.modularity import membership

_ROWS_AT_ONCE = 512
_DECIMALS = 9
_LOOSE, _TYPICAL = 0.1, 0.5
"""The shares of settled articles that may be less like their story than what is asked of a newcomer, where the story is
in its nearest topic, and where it is in another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """The newcomers that found a place."""

    topics: Mapping[str, str]
    """Article id → name of the topic."""
    stories: Mapping[str, str]
    """Article id → name of the settled story, for those that joined one."""
    new_stories: tuple[tuple[str, ...], ...]
    """Stories of those that joined a topic but none of its stories; ids."""


def join(  # noqa: PLR0913 -- the last two are named
    collection: Collection,
    topic_of: Mapping[str, str],
    story_of: Mapping[str, str],
    newcomers: Ids[str],
    *,
    closed: Ids[str] = frozenset(),
    taken_out: Mapping[str, Ids[str]] | None = None,
) -> Joined:
    """Place newcomers into settled topics (id → name) and their stories; topics that are ``closed`` take none.

    ``taken_out`` are articles that a curator removed, each with the topics it was removed from: a newcomer that is
    more like such an article than like any of the topic's does not join it either. The order of the newcomers makes no
    difference.
    """
    ids = [article.id for article in collection.articles]
    rows = collection.rows(newcomers)
    takes = {id_: topic for id_, topic in topic_of.items() if topic not in closed}
    if not takes or not len(rows):
        return Joined(topics={}, stories={}, new_stories=())
    to_topics = _Groups.of(collection, takes)
    to_stories = _Groups.of(collection, {id_: story_of[id_] for id_ in takes})
    topic_of_story = {story_of[id_]: topic for id_, topic in takes.items()}
    asked = collection.asked
    loose, typical = _tightness(collection, to_stories.label)
    story_needs = asked.by_several(to_stories.size)
    story_topics = np.array([topic_of_story[name] for name in to_stories.names])
    topic_needs = asked.by_several(to_topics.size)
    barred = _barred(collection, rows, topic_of, taken_out or {})
    found_topic: dict[str, str] = {}
    found_story: dict[str, str] = {}
    for row, story_means, topic_means in zip(rows, to_stories.means(rows), to_topics.means(rows), strict=True):
        out = barred.get(int(row), frozenset())
        topic = _best(topic_means, topic_needs, np.isin(to_topics.names, list(out)))
        nearest = to_topics.names[topic] if topic is not None else None
        needs = np.maximum(story_needs, np.where(story_topics == nearest, loose, typical))
        story = _best(story_means, needs, np.isin(story_topics, list(out)))
        if story is not None and (typical or story_topics[story] == nearest):
            found_story[ids[row]] = to_stories.names[story]
            found_topic[ids[row]] = str(story_topics[story])
        elif nearest is not None:
            found_topic[ids[row]] = nearest
    alone = {id_: topic for id_, topic in found_topic.items() if id_ not in found_story}
    least = max(asked.of_story, loose)
    return Joined(topics=found_topic, stories=found_story, new_stories=_linked(collection, alone, least))


@dataclass(frozen=True, slots=True, eq=False)
class _Groups:
    """Named groups of rows, and their summed vectors."""

    matrix: sparse.csr_array
    names: tuple[str, ...]
    label: NDArray[np.intp]
    """The group of each row; ``SHELF`` for rows of none."""
    size: NDArray[np.intp]
    totals: sparse.csr_array

    @staticmethod
    def of(collection: Collection, group_of: Mapping[str, str]) -> _Groups:
        names = tuple(sorted(set(group_of.values())))
        number = {name: place for place, name in enumerate(names)}
        label = np.array(
            [number[group_of[article.id]] if article.id in group_of else SHELF for article in collection.articles],
            dtype=np.intp,
        )
        member = membership(np.where(label == SHELF, len(names), label))[: len(names)]
        matrix = collection.vectors.matrix
        size = np.bincount(label[label != SHELF], minlength=len(names))
        return _Groups(matrix, names, label, size, sparse.csr_array(sparse.csr_array(member @ matrix).T))

    def means(self, rows: NDArray[np.intp]) -> NDArray[np.float64]:
        """The mean similarity of each of some rows, that are in no group, to every group."""
        parts = [
            (self.matrix[rows[start : start + _ROWS_AT_ONCE]] @ self.totals).toarray()
            for start in range(0, len(rows), _ROWS_AT_ONCE)
        ]
        means: NDArray[np.float64] = np.round(np.concatenate(parts) / self.size, _DECIMALS)
        return means


def _best(means: NDArray[np.float64], needs: NDArray[np.float64], barred: NDArray[np.bool_]) -> int | None:
    enough = np.where((means > needs) & ~barred, means, -1.0)
    best = int(enough.argmax())
    return best if enough[best] > 0 else None


def _tightness(collection: Collection, story: NDArray[np.intp]) -> tuple[float, float]:
    """How like its story a loose and a typical article of settled stories is; 0 where all articles are alone."""
    size = np.bincount(story[story != SHELF], minlength=1)
    told = (story != SHELF) & (size[np.maximum(story, 0)] > 1)
    if not told.any():
        return 0.0, 0.0
    own = closeness(collection.vectors.matrix, story).own
    loose, typical = np.round(np.quantile(own[told], [_LOOSE, _TYPICAL]), _DECIMALS)
    return float(loose), float(typical)


def _barred(
    collection: Collection,
    rows: NDArray[np.intp],
    topic_of: Mapping[str, str],
    taken_out: Mapping[str, Ids[str]],
) -> dict[int, frozenset[str]]:
    """For each row the topics that it must not join, because it goes with an article that was taken out of them."""
    out = collection.rows(taken_out)
    if not len(out):
        return {}
    matrix, ids = collection.vectors.matrix, [article.id for article in collection.articles]
    to_out = np.round((matrix[rows] @ matrix[out].T).toarray(), _DECIMALS)
    best_inside: dict[str, NDArray[np.float64]] = {}
    for topic in sorted({topic for topics in taken_out.values() for topic in topics}):
        members = collection.rows(id_ for id_, name in topic_of.items() if name == topic)
        similar = (matrix[rows] @ matrix[members].T).toarray() if len(members) else np.zeros((len(rows), 1))
        best_inside[topic] = np.round(similar.max(axis=1), _DECIMALS)
    barred: dict[int, frozenset[str]] = {}
    for place, row in enumerate(rows):
        barred[int(row)] = frozenset(
            topic
            for column, other in enumerate(out)
            for topic in taken_out[ids[other]]
            if to_out[place, column] > best_inside[topic][place]
        )
    return barred


def _linked(collection: Collection, topic_of: Mapping[str, str], least: float) -> tuple[tuple[str, ...], ...]:
    """Stories among articles that joined a topic alone: average linkage down to a similarity of ``least``."""
    by_topic: dict[str, list[str]] = {}
    for id_ in sorted(topic_of):
        by_topic.setdefault(topic_of[id_], []).append(id_)
    found: list[tuple[str, ...]] = []
    for topic in sorted(by_topic):
        members = by_topic[topic]
        rows = collection.rows(members)
        if len(rows) == 1:
            found.append(tuple(members))
            continue
        part = collection.vectors.matrix[rows]
        similar = np.clip(np.round((part @ part.T).toarray(), _DECIMALS), 0, 1)
        np.fill_diagonal(similar, 1)
        labels = fcluster(linkage(squareform(1 - similar, checks=False), "average"), 1 - least, "distance")
        found += [tuple(members[at] for at in np.flatnonzero(labels == number)) for number in sorted(set(labels))]
    return tuple(found)
