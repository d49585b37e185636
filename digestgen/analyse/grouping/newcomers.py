"""Add single new articles to settled stories and topics that they are clearly close to.

Settled articles do not move. A newcomer joins the story with the highest mean similarity, if that is as high as a story
asks of its articles (average linkage, as in Miranda et al. 2018, "Multilingual clustering of streaming news"), and with
it the story's topic. Otherwise it joins the nearest topic, if it is as close as the topic's own articles.
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
from digestgen.analyse.grouping.stories import date_proximity

_DECIMALS = 9
_LOOSE = 0.25
"""Quantile of the closeness of a topic's own articles that a newcomer must reach."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """The newcomers that were placed."""

    topics: Mapping[str, str]
    """Article id → topic."""
    stories: Mapping[str, str]
    """Article id → story; one outside all topics gives no topic."""


def join(  # noqa: PLR0913 -- the last two are named
    collection: Collection,
    topic_of: Mapping[str, str],
    story_of: Mapping[str, str],
    newcomers: Ids[str],
    *,
    closed: Ids[str] = frozenset(),
    taken_out: Mapping[str, Ids[str]] | None = None,
) -> Joined:
    """Place newcomers into settled topics and stories (article id → name); topics in ``closed`` take none.

    All articles of a story are in one topic, or in none. ``taken_out`` are articles that the curator removed, each with
    the topics it was removed from: a newcomer that is more similar to such an article than to any of the topic does not
    join either. The order of the newcomers does not matter.
    """
    ids = [article.id for article in collection.articles]
    rows = collection.rows(newcomers)
    topic_of_story = {story: topic_of.get(id_, "") for id_, story in story_of.items()}
    open_topics = {id_: topic for id_, topic in topic_of.items() if topic not in closed}
    open_stories = {id_: story for id_, story in story_of.items() if topic_of_story[story] not in closed}
    if not len(rows) or not (open_topics or open_stories):
        return Joined(topics={}, stories={})
    stories, topics = _Groups.of(collection, open_stories), _Groups.of(collection, open_topics)
    to_story = stories.means(collection, rows) * _date_proximity(collection, stories, rows)
    to_topic = topics.means(collection, rows)
    story_threshold = np.full(len(stories.names), 1 - collection.settings.stories.cut)
    topic_threshold = _topic_thresholds(collection, topics)
    story_topics = np.array([topic_of_story[name] for name in stories.names])
    topic_names = np.array(topics.names)
    barred = _barred_topics(collection, rows, topic_of, taken_out or {})
    found_topic: dict[str, str] = {}
    found_story: dict[str, str] = {}
    for place, row in enumerate(rows.tolist()):
        out = list(barred.get(row, ()))
        story = _best_group(to_story[place], story_threshold, np.isin(story_topics, out))
        topic = _best_group(to_topic[place], topic_threshold, np.isin(topic_names, out))
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
    """Number of the group of each row; ``SHELF`` for none."""

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
        """Mean similarity of some rows, which are in no group, to every group."""
        return collection.similarity.means(rows, membership(self.label, len(self.names)))


def _best_group(means: NDArray[np.float64], needs: NDArray[np.float64], barred: NDArray[np.bool_]) -> int | None:
    """Index of the highest mean that reaches its threshold and is not barred."""
    enough = np.where((means >= needs) & ~barred, means, -1.0)
    best = int(enough.argmax()) if len(enough) else 0
    return best if len(enough) and enough[best] > 0 else None


def _date_proximity(collection: Collection, stories: _Groups, rows: NDArray[np.intp]) -> NDArray[np.float64]:
    """Rows by stories: factor of the similarity for the days between the row and the story."""
    first, last = np.full(len(stories.names), np.inf), np.full(len(stories.names), -np.inf)
    dated = np.flatnonzero((stories.label != SHELF) & ~np.isnan(collection.days))
    np.minimum.at(first, stories.label[dated], collection.days[dated])
    np.maximum.at(last, stories.label[dated], collection.days[dated])
    day = collection.days[rows][:, np.newaxis]
    between = np.maximum(np.maximum(first - day, day - last), 0)
    return np.asarray(np.round(date_proximity(between, collection.settings.stories.week), _DECIMALS), dtype=np.float64)


def _topic_thresholds(collection: Collection, topics: _Groups) -> NDArray[np.float64]:
    """Mean similarity to each topic that a newcomer must reach.

    As high as that of most of its own articles, within the limits that hold for all topics.
    """
    settings = collection.settings.topics
    highest, lowest = 1 - settings.cut, 1 - settings.loosest
    # A matrix of scaled rows, so that the means are those of the scaled similarities.
    scaled = collection.similarity.scaled()
    own = closeness(scaled, topics.label)
    thresholds = np.full(len(topics.names), highest)
    for number in range(len(topics.names)):
        mine = own[topics.label == number]
        if len(mine) > 1:
            thresholds[number] = min(highest, max(lowest, float(np.quantile(mine, _LOOSE))))
    return np.asarray(np.round(thresholds, _DECIMALS), dtype=np.float64)


def _barred_topics(
    collection: Collection,
    rows: NDArray[np.intp],
    topic_of: Mapping[str, str],
    taken_out: Mapping[str, Ids[str]],
) -> dict[int, frozenset[str]]:
    """For each row the topics it must not join, because it is more like an article removed from them."""
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
