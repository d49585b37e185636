"""Grouping: articles → topics with their stories, and the shelf, each placing with its reasons.

The stages, each in a module of its own::

    vectors → topics (modularity) → cohesion → stories → cohesion → reasons

``_propose`` ends with a proposal that nobody has touched; ``_finish`` turns it into a ``Grouping``. Whatever a
curator rules about who stands with whom belongs between the two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

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
class _Proposal:
    """For every article, in order of id: its group or ``SHELF``, and its story; and what was asked of groups."""

    group: NDArray[np.intp]
    story: NDArray[np.intp]
    asked: Demands


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
    ordered = sorted(articles, key=lambda article: article.id)
    vectors = term_vectors(ordered, keyphrases, settings.vectors)
    return _finish(ordered, keyphrases, vectors, _propose(vectors.matrix, settings))


def _propose(matrix: sparse.csr_array, settings: ClusterSettings) -> _Proposal:
    asked = demands(matrix, settings.cohesion)
    topic, pooled = loose_topics(matrix, topics(matrix, settings.topics), asked)
    # Where no topic holds together, the stories are all the topics there are, and must be clearly alike themselves.
    loose = float(pooled.mean()) if len(pooled) else 0.0
    story = stories(matrix, topic, loose * asked.of_story + (1 - loose) * asked.of_group, settings.stories)
    together = np.where(pooled, story + len(topic), topic)
    return _Proposal(belonging(matrix, together, asked, settings.cohesion), story, asked)


def _finish(
    articles: Sequence[Article],
    keyphrases: Mapping[str, Sequence[Keyphrase]],
    vectors: TermVectors,
    proposal: _Proposal,
) -> Grouping:
    """Rank and explain: ``articles`` in the order of the rows of ``vectors``."""
    number_of_groups = int(proposal.group.max(initial=SHELF)) + 1
    members = [np.flatnonzero(proposal.group == number).tolist() for number in range(number_of_groups)]
    explain = Explainer(articles, keyphrases, vectors, members)
    centrality = [round(explain.similarity(row, int(proposal.group[row])), _DECIMALS) for row in range(len(articles))]
    best_first = [sorted(rows, key=lambda row: (-centrality[row], articles[row].id)) for rows in members]
    # Equal sizes are told apart by the id of the most central article, which no other group has.
    order = sorted(range(number_of_groups), key=lambda n: (-len(members[n]), articles[best_first[n][0]].id))
    rank = {number: place for place, number in enumerate(order)}

    near = closeness(vectors.matrix, proposal.group)
    fits: dict[str, Fit] = {}
    for row, article in enumerate(articles):
        own = int(proposal.group[row])
        other = int(near.other[row]) if near.to_other[row] >= proposal.asked.of_nearest else SHELF
        fits[article.id] = Fit(
            group=rank.get(own),
            reasons=explain.reasons(row, own),
            nearest=rank.get(other),
            nearest_reasons=explain.reasons(row, other),
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
