"""Grouping: articles → topics with their stories, and the shelf, each placing with its reasons.

The stages, each in a module of its own::

    vectors → topics (modularity) → cohesion → stories → cohesion → reasons

``propose`` ends with a proposal that nobody has touched; ``finish`` turns it into a ``Grouping``. What a curator rules
about who stands with whom comes between the two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from digestgen.analyse.cohesion import SHELF, CohesionSettings, Demands, belonging, closeness, demands, loose_topics
from digestgen.analyse.reasons import Explainer
from digestgen.analyse.stories import StorySettings, stories
from digestgen.analyse.topics import TopicSettings, topics
from digestgen.analyse.vectors import TermVectors, VectorSettings, term_vectors
from digestgen.model import Article, Fit, Group, Grouping, Keyphrase

_DECIMALS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterSettings:
    """The settings of every stage of grouping."""

    vectors: VectorSettings = field(default_factory=VectorSettings)
    topics: TopicSettings = field(default_factory=TopicSettings)
    stories: StorySettings = field(default_factory=StorySettings)
    cohesion: CohesionSettings = field(default_factory=CohesionSettings)


@dataclass(frozen=True, slots=True, eq=False)
class Proposal:
    """Who stands with whom, as the texts alone tell it."""

    articles: tuple[Article, ...]
    """By id."""
    vectors: TermVectors
    group: NDArray[np.intp]
    """Each article's group, 0 … k-1, or ``SHELF``."""
    story: NDArray[np.intp]
    """Each article's story."""
    asked: Demands
    """What was asked of groups."""

    def groups(self) -> tuple[tuple[str, ...], ...]:
        """The ids of each group."""
        members: list[list[str]] = [[] for _ in range(int(self.group.max(initial=SHELF)) + 1)]
        for article, number in zip(self.articles, self.group.tolist(), strict=True):
            if number != SHELF:
                members[number].append(article.id)
        return tuple(map(tuple, members))

    def closest(self) -> dict[str, str | None]:
        """For each article id, the id of the most similar other article of its story; None where it is alone."""
        found: dict[str, str | None] = dict.fromkeys(article.id for article in self.articles)
        order = np.argsort(self.story, kind="stable")
        for rows in np.split(order, np.flatnonzero(np.diff(self.story[order])) + 1):
            if len(rows) > 1:
                part = self.vectors.matrix[rows]
                similar = np.round((part @ part.T).toarray(), _DECIMALS)
                np.fill_diagonal(similar, -1)
                best = similar.argmax(axis=1)
                found |= {self.articles[row].id: self.articles[rows[at]].id for row, at in zip(rows, best, strict=True)}
        return found


DEFAULTS = ClusterSettings()


def group(
    articles: Sequence[Article],
    keyphrases: Mapping[str, Sequence[Keyphrase]],
    settings: ClusterSettings = DEFAULTS,
) -> Grouping:
    """Place every article in exactly one group or on the shelf; the order of the articles makes no difference.

    ``keyphrases`` holds each article's candidates, best first; an article without any is compared by the words of
    the others' keyphrases.
    """
    proposal = propose(articles, keyphrases, settings)
    return finish(proposal, keyphrases, proposal.groups())


def propose(
    articles: Sequence[Article],
    keyphrases: Mapping[str, Sequence[Keyphrase]],
    settings: ClusterSettings = DEFAULTS,
) -> Proposal:
    """The first half of ``group``."""
    ordered = tuple(sorted(articles, key=lambda article: article.id))
    vectors = term_vectors(ordered, keyphrases, settings.vectors)
    matrix = vectors.matrix
    asked = demands(matrix, settings.cohesion)
    topic, pooled = loose_topics(matrix, topics(matrix, settings.topics, [article.id for article in ordered]), asked)
    # The parts of a story are several articles: their mean may be less alike than two articles, and as clearly.
    story = stories(matrix, topic, float(asked.by_several(np.array(2))), settings.stories)
    together = np.where(pooled, story + len(topic), topic)
    placed = belonging(matrix, together, asked, settings.cohesion)
    return Proposal(articles=ordered, vectors=vectors, group=placed, story=story, asked=asked)


def finish(
    proposal: Proposal, keyphrases: Mapping[str, Sequence[Keyphrase]], groups: Sequence[Sequence[str]]
) -> Grouping:
    """The second half: rank and explain ``groups`` of article ids, disjoint; who is in none goes to the shelf.

    Articles of one story stay one story as far as they stand together.
    """
    articles, vectors = proposal.articles, proposal.vectors
    row_of = {article.id: row for row, article in enumerate(articles)}
    members = [[row_of[id_] for id_ in sorted(ids)] for ids in groups]
    placed = np.full(len(articles), SHELF, dtype=np.intp)
    for number, rows in enumerate(members):
        placed[rows] = number
    explain = Explainer(articles, keyphrases, vectors, members)
    centrality = [round(explain.similarity(row, int(placed[row])), _DECIMALS) for row in range(len(articles))]
    best_first = [sorted(rows, key=lambda row: (-centrality[row], articles[row].id)) for rows in members]
    # Equal sizes are told apart by the id of the most central article, which no other group has.
    order = sorted(range(len(members)), key=lambda n: (-len(members[n]), articles[best_first[n][0]].id))
    rank = {number: place for place, number in enumerate(order)}

    near = closeness(vectors.matrix, placed)
    fits: dict[str, Fit] = {}
    for row, article in enumerate(articles):
        own = int(placed[row])
        other = int(near.other[row]) if near.to_other[row] >= proposal.asked.of_nearest else SHELF
        here, there = explain.reasons(row, own), explain.reasons(row, other)
        fits[article.id] = Fit(
            group=rank.get(own),
            reasons=tuple(here),
            shares=tuple(here.values()),
            similarity=float(near.own[row]),
            nearest=rank.get(other),
            nearest_reasons=tuple(there),
            nearest_shares=tuple(there.values()),
            nearest_similarity=float(near.to_other[row]) if other != SHELF else 0.0,
        )
    return Grouping(groups=tuple(_group(best_first[n], articles, proposal.story) for n in order), fits=fits)


def _group(best_first: Sequence[int], articles: Sequence[Article], story: NDArray[np.intp]) -> Group:
    parts: dict[int, list[str]] = {}
    for row in best_first:
        parts.setdefault(int(story[row]), []).append(articles[row].id)
    return Group(
        articles=tuple(articles[row].id for row in best_first),
        # Sorting is stable: stories of one size stay in the order of their best article.
        stories=tuple(tuple(part) for part in sorted(parts.values(), key=len, reverse=True)),
    )
