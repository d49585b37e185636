"""Joining: single newcomers → the settled stories and topics that they are clearly close to.

What is settled does not move. A newcomer joins the story that it is nearest to on the mean, if it is as near as the
articles of one story are (average linkage, as in Miranda et al. 2018, "Multilingual clustering of streaming news"), and
with it the story's topic. Else it joins the topic that it is as near to as the topic's own articles are.
"""

from __future__ import annotations

from collections.abc import Collection as Ids
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digestgen.analyse.grouping.cluster import Collection
from digestgen.analyse.grouping.cohesion import SHELF, closeness
from digestgen.analyse.grouping.modularity import membership
from digestgen.analyse.grouping.stories import same_time

_DECIMALS = 9
_LOOSE = 0.25
"""The share of a topic's articles that may be less near to it than what is asked of a newcomer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """The newcomers that found a place."""

    topics: Mapping[str, str]
    """Article id → name of the topic."""
    stories: Mapping[str, str]
    """Article id → name of the story; a story outside every topic gives no topic."""


def join(  # noqa: PLR0913 -- the last two are named
    collection: Collection,
    topic_of: Mapping[str, str],
    story_of: Mapping[str, str],
    newcomers: Ids[str],
    *,
    closed: Ids[str] = frozenset(),
    taken_out: Mapping[str, Ids[str]] | None = None,
) -> Joined:
    """Place newcomers into settled topics (id → name) and stories; topics that are ``closed`` take none.

    A story is named so that its articles stand in one topic, or all in none. ``taken_out`` are articles that a curator
    removed, each with the topics it was removed from: a newcomer that is more like such an article than like any of the
    topic's does not join it either. The order of the newcomers makes no difference.
    """
    ids = [article.id for article in collection.articles]
    rows = collection.rows(newcomers)
    topic_of_story = {story: topic_of.get(id_, "") for id_, story in story_of.items()}
    takes = {id_: topic for id_, topic in topic_of.items() if topic not in closed}
    told = {id_: story for id_, story in story_of.items() if topic_of_story[story] not in closed}
    if not len(rows) or not (takes or told):
        return Joined(topics={}, stories={})
    stories, topics = _Groups.of(collection, told), _Groups.of(collection, takes)
    to_story = stories.means(collection, rows) * _same_time(collection, stories, rows)
    to_topic = topics.means(collection, rows)
    of_story = np.full(len(stories.names), 1 - collection.settings.stories.cut)
    of_topic = _asked_of_topics(collection, topics)
    story_topics = np.array([topic_of_story[name] for name in stories.names])
    topic_names = np.array(topics.names)
    barred = _barred(collection, rows, topic_of, taken_out or {})
    found_topic: dict[str, str] = {}
    found_story: dict[str, str] = {}
    for place, row in enumerate(rows.tolist()):
        out = list(barred.get(row, ()))
        story = _best(to_story[place], of_story, np.isin(story_topics, out))
        topic = _best(to_topic[place], of_topic, np.isin(topic_names, out))
        if story is not None:
            found_story[ids[row]] = stories.names[story]
            if story_topics[story]:
                found_topic[ids[row]] = str(story_topics[story])
        elif topic is not None:
            found_topic[ids[row]] = topics.names[topic]
    return Joined(topics=found_topic, stories=found_story)


@dataclass(frozen=True, slots=True, eq=False)
class _Groups:
    """Named groups of rows."""

    names: tuple[str, ...]
    label: NDArray[np.intp]
    """The group of each row; ``SHELF`` for rows of none."""

    @staticmethod
    def of(collection: Collection, group_of: Mapping[str, str]) -> _Groups:
        names = tuple(sorted(set(group_of.values())))
        number = {name: place for place, name in enumerate(names)}
        label = np.array(
            [number[group_of[article.id]] if article.id in group_of else SHELF for article in collection.articles],
            dtype=np.intp,
        )
        return _Groups(names, label)

    def means(self, collection: Collection, rows: NDArray[np.intp]) -> NDArray[np.float64]:
        """The mean similarity of each of some rows, that are in no group, to every group."""
        return collection.similarity.means(rows, membership(self.label, len(self.names)))


def _best(means: NDArray[np.float64], needs: NDArray[np.float64], barred: NDArray[np.bool_]) -> int | None:
    enough = np.where((means >= needs) & ~barred, means, -1.0)
    best = int(enough.argmax()) if len(enough) else 0
    return best if len(enough) and enough[best] > 0 else None


def _same_time(collection: Collection, stories: _Groups, rows: NDArray[np.intp]) -> NDArray[np.float64]:
    """What the similarity to each story is multiplied by for the days between it and each of the rows."""
    first, last = np.full(len(stories.names), np.inf), np.full(len(stories.names), -np.inf)
    dated = np.flatnonzero((stories.label != SHELF) & ~np.isnan(collection.days))
    np.minimum.at(first, stories.label[dated], collection.days[dated])
    np.maximum.at(last, stories.label[dated], collection.days[dated])
    day = collection.days[rows][:, np.newaxis]
    between = np.maximum(np.maximum(first - day, day - last), 0)
    return np.asarray(np.round(same_time(between, collection.settings.stories.week), _DECIMALS), dtype=np.float64)


def _asked_of_topics(collection: Collection, topics: _Groups) -> NDArray[np.float64]:
    """The mean similarity that each topic asks of a newcomer.

    As near as most of its own articles are, but never more than is asked of all topics, nor less than of the loosest.
    """
    settings = collection.settings.topics
    highest, lowest = 1 - settings.cut, 1 - settings.loosest
    # A matrix of scaled rows, so that the means are those of the scaled similarities.
    scaled = collection.similarity.scaled()
    own = closeness(scaled, topics.label).own
    asked = np.full(len(topics.names), highest)
    for number in range(len(topics.names)):
        mine = own[topics.label == number]
        if len(mine) > 1:
            asked[number] = min(highest, max(lowest, float(np.quantile(mine, _LOOSE))))
    return np.asarray(np.round(asked, _DECIMALS), dtype=np.float64)


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
    matrix, ids = collection.similarity.matrix, [article.id for article in collection.articles]
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
