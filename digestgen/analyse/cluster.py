"""Grouping: articles → topics with their stories, and the shelf, each placement with its reasons.

A batch of articles is grouped in stages, each in a module of its own::

    vectors → topics (modularity) → cohesion → stories → cohesion

``propose`` returns the groups that the texts alone suggest, ``explain`` ranks the final ones and gives the reasons.
What was settled before, and what a curator rules, comes between the two; ``joining`` places single newcomers.
"""

from __future__ import annotations

from collections.abc import Collection as Ids
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from digestgen.analyse.cohesion import SHELF, CohesionSettings, Demands, belonging, closeness, demands, loose_topics
from digestgen.analyse.reasons import Explainer
from digestgen.analyse.stories import StorySettings, stories
from digestgen.analyse.topics import TopicSettings, topics
from digestgen.analyse.vectors import TermVectors, VectorSettings, term_vectors
from digestgen.model import Article, Group, Grouping, Keyphrase, Placement, Reason

_DECIMALS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterSettings:
    """The settings of every stage of grouping."""

    vectors: VectorSettings = field(default_factory=VectorSettings)
    topics: TopicSettings = field(default_factory=TopicSettings)
    stories: StorySettings = field(default_factory=StorySettings)
    cohesion: CohesionSettings = field(default_factory=CohesionSettings)


DEFAULTS = ClusterSettings()


@dataclass(frozen=True, slots=True, eq=False)
class Collection:
    """Articles as vectors, and how alike is clearly alike among them."""

    articles: tuple[Article, ...]
    """By id."""
    vectors: TermVectors
    asked: Demands
    settings: ClusterSettings
    row_of: Mapping[str, int]
    """Article id → its row."""

    def rows(self, ids: Iterable[str]) -> NDArray[np.intp]:
        """The rows of some articles, in rising order; those that are not in the collection are passed over."""
        return np.array(sorted(self.row_of[id_] for id_ in set(ids) if id_ in self.row_of), dtype=np.intp)


@dataclass(frozen=True, slots=True)
class Partition:
    """Disjoint groups of article ids, and stories across whatever was grouped."""

    groups: tuple[tuple[str, ...], ...]
    stories: tuple[tuple[str, ...], ...]
    """Every article that was grouped or left over is in one."""


def group(
    articles: Sequence[Article],
    keyphrases: Mapping[str, Sequence[Keyphrase]],
    settings: ClusterSettings = DEFAULTS,
) -> Grouping:
    """Place every article in exactly one group or on the shelf; the order of the articles makes no difference.

    ``keyphrases`` holds each article's candidates, best first; an article without any is compared by the words of
    the others' keyphrases. Groups are named by their numbers.
    """
    collection = collect(articles, keyphrases, settings)
    found = propose(collection, {article.id for article in articles})
    story_of = {id_: ids[0] for ids in found.stories for id_ in ids}
    named = {str(number): ids for number, ids in enumerate(found.groups)}
    return explain(collection, keyphrases, named, story_of, frozenset(story_of))


def collect(
    articles: Sequence[Article],
    keyphrases: Mapping[str, Sequence[Keyphrase]],
    settings: ClusterSettings = DEFAULTS,
) -> Collection:
    """The articles as a collection, in which each is compared with all."""
    ordered = tuple(sorted(articles, key=lambda article: article.id))
    vectors = term_vectors(ordered, keyphrases, settings.vectors)
    row_of = {article.id: row for row, article in enumerate(ordered)}
    return Collection(ordered, vectors, demands(vectors.matrix, settings.cohesion), settings, row_of)


def propose(collection: Collection, ids: Ids[str]) -> Partition:
    """The groups and stories among some articles of a collection, as their texts alone suggest them."""
    rows, settings = collection.rows(ids), collection.settings
    if not len(rows):
        return Partition((), ())
    matrix = collection.vectors.matrix[rows]
    names = [collection.articles[row].id for row in rows]
    asked = demands(collection.vectors.matrix, settings.cohesion, len(rows))
    topic, pooled = loose_topics(matrix, topics(matrix, settings.topics, names), asked)
    # The parts of a story are several articles: their mean may be less alike than two articles, and as clearly.
    story = stories(matrix, topic, float(asked.by_several(np.array(2))), settings.stories)
    together = np.where(pooled, story + len(topic), topic)
    placed = belonging(matrix, together, asked, settings.cohesion)
    return Partition(_parts(names, placed), _parts(names, story))


def explain(
    collection: Collection,
    keyphrases: Mapping[str, Sequence[Keyphrase]],
    groups: Mapping[str, Sequence[str]],
    story_of: Mapping[str, str],
    shown: Ids[str],
) -> Grouping:
    """Rank the groups and the articles in them, and say what ties each article to its group and to the next.

    ``groups`` hold ids and are disjoint; who is in none is on the shelf. ``story_of`` names each article's story.
    Only articles that are ``shown`` are listed, get a placement and give reasons; the others count in the similarity,
    so that hiding one moves no other. A group without any that is shown is left out.
    """
    articles, vectors = collection.articles, collection.vectors
    names = [name for name, ids in groups.items() if any(id_ in shown for id_ in ids)]
    members = [[collection.row_of[id_] for id_ in sorted(groups[name])] for name in names]
    placed = np.full(len(articles), SHELF, dtype=np.intp)
    for number, rows in enumerate(members):
        placed[rows] = number
    seen = [row for row, article in enumerate(articles) if article.id in shown]
    explainer = Explainer(articles, keyphrases, vectors, members, frozenset(seen))
    centrality = {row: round(explainer.similarity(row, int(placed[row])), _DECIMALS) for row in seen}
    best_first = [
        sorted((row for row in rows if row in centrality), key=lambda row: (-centrality[row], articles[row].id))
        for rows in members
    ]
    # Equal sizes are told apart by the id of the most central article, which no other group has.
    order = sorted(range(len(names)), key=lambda number: (-len(best_first[number]), articles[best_first[number][0]].id))

    near = closeness(vectors.matrix, placed)
    placements: dict[str, Placement] = {}
    nearest: dict[str, Placement] = {}
    for row in seen:
        own, other = int(placed[row]), int(near.other[row])
        id_ = articles[row].id
        if own != SHELF:
            placements[id_] = _placement(names[own], explainer.reasons(row, own), float(near.own[row]))
        if other != SHELF and near.to_other[row] >= collection.asked.of_nearest:
            nearest[id_] = _placement(names[other], explainer.reasons(row, other), float(near.to_other[row]))
    ranked = {names[number]: _group([articles[row].id for row in best_first[number]], story_of) for number in order}
    return Grouping(groups=ranked, placements=placements, nearest=nearest)


def _placement(topic: str, shares: Mapping[str, float], similarity: float) -> Placement:
    reasons = tuple(Reason(phrase, share) for phrase, share in shares.items())
    return Placement(topic=topic, reasons=reasons, similarity=similarity)


def _group(best_first: Sequence[str], story_of: Mapping[str, str]) -> Group:
    parts: dict[str, list[str]] = {}
    for id_ in best_first:
        parts.setdefault(story_of[id_], []).append(id_)
    return Group(
        articles=tuple(best_first),
        # Sorting is stable: stories of one size stay in the order of their best article.
        stories=tuple(tuple(part) for part in sorted(parts.values(), key=len, reverse=True)),
    )


def _parts(names: Sequence[str], labels: NDArray[np.intp]) -> tuple[tuple[str, ...], ...]:
    """The names by label, 0 … k-1; those of ``SHELF`` are left out."""
    members: list[list[str]] = [[] for _ in range(int(labels.max(initial=SHELF)) + 1)]
    for name, number in zip(names, labels.tolist(), strict=True):
        if number != SHELF:
            members[number].append(name)
    return tuple(map(tuple, members))
