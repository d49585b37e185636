"""Group articles into stories and topics, with the reasons for every placement.

Articles are grouped bottom-up, in stages, each in a module of its own:

    vectors → similarity → stories → topics → cohesion

``propose`` returns the groups that the texts alone suggest; ``explain`` ranks the final groups and gives the reasons.
Between the two, ``compose`` applies what earlier editions settled and what the curator rules. ``newcomers`` adds single
articles to settled groups, and ``sections`` divides the topics into sections.
"""

from __future__ import annotations

import math
from collections.abc import Collection as Ids
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from digestgen.analyse.grouping.cohesion import (
    SHELF,
    CohesionSettings,
    Thresholds,
    closeness,
    drop_dissimilar,
    drop_unexplained,
    nearest_other_groups,
    thresholds,
)
from digestgen.analyse.grouping.communities import CommunitySettings, consensus_communities
from digestgen.analyse.grouping.dendrogram import Dendrogram
from digestgen.analyse.grouping.modularity import membership, renumber_by_appearance
from digestgen.analyse.grouping.reasons import Explainer
from digestgen.analyse.grouping.similarity import Similarity, SimilaritySettings
from digestgen.analyse.grouping.stories import Neighbours, Reports, StorySettings, stories
from digestgen.analyse.grouping.term_vectors import TermVectors, VectorSettings, term_vectors
from digestgen.analyse.grouping.text_words import PackedWords
from digestgen.analyse.grouping.topics import TopicSettings, topics, with_stories_joined
from digestgen.analyse.grouping.word_vectors import word_vectors
from digestgen.model import Article, Group, Grouping, Keyphrase, Placement, Reason

_DECIMALS = 9
_ROWS_AT_ONCE = 256
_KEYPHRASE_WORDS = 0.5
"""Weight of the keyphrase words in a similarity; all words and word pairs have the rest."""
_MOST_LINKED = 4_500
"""Larger sets of articles are linked section by section. The matrix for this many takes a quarter of a gigabyte."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterSettings:
    """Settings of all stages of grouping."""

    vectors: VectorSettings = field(default_factory=VectorSettings)
    similarity: SimilaritySettings = field(default_factory=SimilaritySettings)
    stories: StorySettings = field(default_factory=StorySettings)
    topics: TopicSettings = field(default_factory=TopicSettings)
    cohesion: CohesionSettings = field(default_factory=CohesionSettings)
    communities: CommunitySettings = field(default_factory=CommunitySettings)
    many_topics: int = 24
    """A digest with this many topics or more has sections. Its topics are threads of several stories; a single story is
    no topic there."""
    least_beside: int = 2
    """In a digest of many topics, the least number of articles of a topic that are not in its largest story."""

    outside_as_topic: int = 20
    """Number of articles outside topics that count as one topic when ``many_topics`` is applied."""

    def has_sections(self, topics: int, outside: int) -> bool:
        """Whether a digest with this many topics, and articles outside them, is divided into sections."""
        return topics + outside / self.outside_as_topic >= self.many_topics

    def least_articles(self, threads: int) -> int:
        """Least number of articles of a topic where there are this many threads of any size.

        It grows by one whenever the number of threads doubles; otherwise the list of topics would grow with the digest.
        """
        return 1 + self.least_beside + max(0, int(math.log2(max(threads, 1) / (2 * self.many_topics))))


DEFAULTS = ClusterSettings()


@dataclass(frozen=True, eq=False)
class Collection:
    """A set of articles with their vectors, similarities and thresholds."""

    articles: tuple[Article, ...]
    """Sorted by id; all other sequences have the same order."""
    packed_words: tuple[PackedWords, ...]
    """The words of each article."""
    vectors: TermVectors
    """Vectors of keyphrase words, from which placements are explained."""
    similarity: Similarity
    """Similarity by keyphrase words and by all words."""
    words: sparse.csr_array
    """Articles by words and word pairs: 1 where the article contains it."""
    frequency: NDArray[np.float64]
    """Number of articles that contain each word or pair."""
    language: NDArray[np.intp]
    """The language of each article, as a number."""
    days: NDArray[np.float64]
    """Day of publication of each article as an ordinal; NaN if unknown."""
    thresholds: Thresholds
    settings: ClusterSettings
    row_of: Mapping[str, int]
    """Article id → row."""

    @cached_property
    def communities(self) -> NDArray[np.intp]:
        """The community of each article, from which sections are made."""
        return consensus_communities(
            self.vectors.matrix, self.settings.communities, [article.id for article in self.articles]
        )

    @property
    def reports(self) -> Reports:
        """The articles as input for finding stories."""
        return Reports(self.similarity, self.language, self.days, self.thresholds)

    def near(self, ids: Iterable[str], others: Iterable[str]) -> frozenset[str]:
        """Ids among ``others`` that are similar enough to one of ``ids`` to share a story or topic with it."""
        rows, theirs = self.rows(ids), self.rows(others)
        if not len(rows) or not len(theirs):
            return frozenset()
        least = 1 - max(self.settings.stories.loosest, self.settings.topics.loosest)
        found = np.zeros(len(theirs), dtype=np.bool_)
        scaled = self.similarity.scaled()
        transposed = sparse.csr_array(scaled[theirs].T)
        for start in range(0, len(rows), _ROWS_AT_ONCE):
            found |= ((scaled[rows[start : start + _ROWS_AT_ONCE]] @ transposed).toarray() >= least).any(axis=0)
        return frozenset(self.articles[row].id for row in theirs[found].tolist())

    def rows(self, ids: Iterable[str]) -> NDArray[np.intp]:
        """Rows of the given articles in ascending order; unknown ids are ignored."""
        return np.array(sorted(self.row_of[id_] for id_ in set(ids) if id_ in self.row_of), dtype=np.intp)


@dataclass(frozen=True, slots=True)
class Partition:
    """Disjoint groups of article ids, and the stories of all articles."""

    groups: tuple[tuple[str, ...], ...]
    stories: tuple[tuple[str, ...], ...]
    """Every article is in exactly one, whether or not it is in a group."""


def group(
    articles: Sequence[Article],
    keyphrases: Mapping[str, Sequence[Keyphrase]],
    settings: ClusterSettings = DEFAULTS,
) -> Grouping:
    """Place every article in one group or on the shelf; the order of the articles does not matter.

    ``keyphrases`` are the candidates of each article, best first. An article without any is compared by the words of
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
    packed: Mapping[str, PackedWords] = MappingProxyType({}),
) -> Collection:
    """Build the collection in which all articles can be compared.

    ``packed`` are the words of articles that were already tokenised, by id.
    """
    ordered = tuple(sorted(articles, key=lambda article: article.id))
    packed_words = tuple(packed.get(each.id) or PackedWords.of(each) for each in ordered)
    vectors = term_vectors(ordered, packed_words, keyphrases, settings.vectors)
    all_words = word_vectors(packed_words, settings.vectors)
    ones = np.ones(all_words.nnz, dtype=np.float32)
    stands = sparse.csr_array((ones, all_words.indices, all_words.indptr), shape=all_words.shape)
    all_words.data *= (1 - _KEYPHRASE_WORDS) ** 0.5
    matrix = sparse.csr_array(sparse.hstack([vectors.matrix * _KEYPHRASE_WORDS**0.5, all_words], format="csr"))
    # ``matrix`` holds a copy of its weights, and ``stands`` shares its indices.
    del all_words
    languages = np.array([each.language for each in ordered], dtype=np.str_)
    days = [each.published.toordinal() if each.published else np.nan for each in ordered]
    return Collection(
        articles=ordered,
        packed_words=packed_words,
        vectors=vectors,
        similarity=Similarity.of(matrix, settings.similarity),
        words=stands,
        frequency=np.asarray(stands.sum(axis=0), dtype=np.float64).ravel(),
        language=np.unique(languages, return_inverse=True)[1],
        days=np.array(days, dtype=np.float64),
        thresholds=thresholds(matrix, settings.cohesion),
        settings=settings,
        row_of={article.id: row for row, article in enumerate(ordered)},
    )


def propose(
    collection: Collection, ids: Ids[str], known_stories: Mapping[str, str] | None = None, *, others: int = 0
) -> Partition:
    """Groups and stories of some articles, as their texts alone suggest them.

    ``known_stories`` (article id → story) are kept as they are. ``others`` is the number of topics that exist besides:
    where there are many, a group that is little more than one story is dropped.
    """
    known_stories = known_stories or {}
    rows = collection.rows(ids)
    names = [collection.articles[row].id for row in rows]
    story = _stories(collection, rows, [known_stories.get(name) for name in names])
    placed = np.full(len(rows), SHELF, dtype=np.intp)
    for part in _linkage_batches(collection, rows):
        placed[part] = _topics(collection, rows[part], story[part]) + placed.max(initial=SHELF) + 1
    settings = collection.settings
    placed = drop_dissimilar(collection.similarity.matrix[rows], placed, collection.thresholds, settings.cohesion)
    placed = _attach_lone_articles(collection, rows, placed)
    placed = drop_unexplained(collection.vectors.matrix[rows], placed)
    in_all = int(placed.max(initial=SHELF)) + 1 + others
    if in_all >= settings.many_topics:
        threads = _drop_small_threads(placed, story, settings.least_beside, settings.least_articles(0))
        in_all = int(threads.max(initial=SHELF)) + 1 + others
        placed = _drop_small_threads(placed, story, settings.least_beside, settings.least_articles(in_all))
    return Partition(_members_by_label(names, placed), _members_by_label(names, story))


def stories_among(collection: Collection, ids: Ids[str]) -> tuple[tuple[str, ...], ...]:
    """The stories of some articles; an article that is alone is a story of its own."""
    rows = collection.rows(ids)
    names = [collection.articles[row].id for row in rows]
    return _members_by_label(names, _stories(collection, rows, [None] * len(rows)))


def _drop_small_threads(
    groups: NDArray[np.intp], story: NDArray[np.intp], least_beside: int, least_articles: int
) -> NDArray[np.intp]:
    """Move groups to the shelf that have too few articles, or too few beside their largest story."""
    kept = groups.copy()
    for number in range(int(groups.max(initial=SHELF)) + 1):
        here = groups == number
        if here.sum() < least_articles or here.sum() - np.bincount(story[here]).max() < least_beside:
            kept[here] = SHELF
    kept[kept != SHELF] = renumber_by_appearance(kept[kept != SHELF])
    return kept


def _stories(collection: Collection, rows: NDArray[np.intp], known_story: Sequence[str | None]) -> NDArray[np.intp]:
    """Story numbers of the rows. ``known_story`` holds the name of the story that each row is in already."""
    known = np.array([name is not None for name in known_story], dtype=np.bool_)
    number = {name: place for place, name in enumerate(sorted({name for name in known_story if name is not None}))}
    story = np.array([number[name] if name is not None else SHELF for name in known_story], dtype=np.intp)
    new = np.flatnonzero(~known)
    # Of all at once: every look at the nearest articles turns the whole matrix round.
    neighbours = Neighbours.of(collection.reports, rows[new], collection.settings.stories)
    for part in _linkage_batches(collection, rows[new]):
        found = stories(collection.reports, rows[new][part], neighbours.among(part), collection.settings.stories)
        kept = drop_unexplained(collection.vectors.matrix[rows[new][part]], found)
        found = renumber_by_appearance(np.where(kept == SHELF, np.arange(len(found)) + len(found), kept))
        story[new[part]] = found + story.max(initial=SHELF) + 1
    return renumber_by_appearance(story)


def _topics(collection: Collection, rows: NDArray[np.intp], story: NDArray[np.intp]) -> NDArray[np.intp]:
    """Topic numbers of the rows; see ``topics``."""
    return topics(
        Dendrogram.of(len(rows), with_stories_joined(collection.similarity.among(rows), story)),
        story,
        collection.words[rows],
        collection.frequency,
        collection.settings.topics,
    )


def _attach_lone_articles(collection: Collection, rows: NDArray[np.intp], placed: NDArray[np.intp]) -> NDArray[np.intp]:
    """Add lone articles to the group that they are clearly similar to, and about as close to as its own articles."""
    lone = np.flatnonzero(placed == SHELF)
    count = int(placed.max(initial=SHELF)) + 1
    if not count or not len(lone):
        return placed
    here = np.full(len(collection.articles), SHELF, dtype=np.intp)
    here[rows] = placed
    best, mean = collection.similarity.nearest_group(rows[lone], membership(here))
    nearest, cosine = nearest_other_groups(collection.similarity.matrix[rows], placed, lone)
    size = np.bincount(placed[placed != SHELF])
    settings = collection.settings.topics
    joins = mean >= 1 - (settings.cut + settings.loosest) / 2
    joins &= (nearest == best) & (cosine >= collection.thresholds.for_mean_of(size)[best])
    attached = placed.copy()
    attached[lone[joins]] = best[joins]
    return attached


def _linkage_batches(collection: Collection, rows: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    """Positions of the rows that are linked together: all at once, or section by section."""
    if len(rows) <= _MOST_LINKED:
        return [np.arange(len(rows))] if len(rows) else []
    section = collection.communities[rows]
    parts = [np.flatnonzero(section == number) for number in np.unique(section)]
    return [part[start : start + _MOST_LINKED] for part in parts for start in range(0, len(part), _MOST_LINKED)]


def explain(
    collection: Collection,
    keyphrases: Mapping[str, Sequence[Keyphrase]],
    groups: Mapping[str, Sequence[str]],
    story_of: Mapping[str, str],
    shown: Ids[str],
) -> Grouping:
    """Rank groups and their articles, and explain each placement and each nearest other group.

    ``groups`` (name → ids) are disjoint; all other articles are on the shelf. ``story_of`` names the story of each
    article. Only articles in ``shown`` are listed, placed and quoted as reasons. The others still count in the
    similarities, so that hiding an article moves no other. Groups without a shown article are left out.
    """
    articles, vectors = collection.articles, collection.vectors
    names = [name for name, ids in groups.items() if any(id_ in shown for id_ in ids)]
    members = [[collection.row_of[id_] for id_ in sorted(groups[name])] for name in names]
    placed = np.full(len(articles), SHELF, dtype=np.intp)
    for number, rows in enumerate(members):
        placed[rows] = number
    shown_rows = [row for row, article in enumerate(articles) if article.id in shown]
    phrases_by_row = [keyphrases.get(article.id, ()) for article in articles]
    explainer = Explainer(collection.packed_words, phrases_by_row, vectors, members, frozenset(shown_rows))
    centrality = {row: round(explainer.similarity(row, int(placed[row])), _DECIMALS) for row in shown_rows}
    best_first = [
        sorted((row for row in rows if row in centrality), key=lambda row: (-centrality[row], articles[row].id))
        for rows in members
    ]
    # Groups of equal size are ordered by the id of their most central article, which is unique.
    order = sorted(range(len(names)), key=lambda number: (-len(best_first[number]), articles[best_first[number][0]].id))

    matrix = collection.similarity.matrix
    cohesion = closeness(matrix, placed)
    near, similarity = nearest_other_groups(matrix, placed, np.array(shown_rows, dtype=np.intp))
    placements: dict[str, Placement] = {}
    nearest: dict[str, Placement] = {}
    for row, other, similar in zip(shown_rows, near.tolist(), similarity.tolist(), strict=True):
        own = int(placed[row])
        id_ = articles[row].id
        if own != SHELF:
            placements[id_] = _placement(names[own], explainer.reasons(row, own), float(cohesion[row]))
        # Without a common keyphrase a reader would not see why the topic is near.
        if (
            other != SHELF
            and similar >= collection.thresholds.nearest
            and explainer.has_common_keyphrase(row, other)
            and (why := explainer.reasons(row, other))
        ):
            nearest[id_] = _placement(names[other], why, similar)
    ranked = {names[number]: _group([articles[row].id for row in best_first[number]], story_of) for number in order}
    return Grouping(groups=ranked, placements=placements, nearest=nearest)


def _placement(topic: str, shares: Mapping[str, float], similarity: float) -> Placement:
    reasons = tuple(Reason(phrase, share) for phrase, share in shares.items())
    return Placement(topic=topic, reasons=reasons, similarity=similarity)


def _group(best_first: Sequence[str], story_of: Mapping[str, str]) -> Group:
    """A group of articles, best first, with its stories, largest first."""
    parts: dict[str, list[str]] = {}
    for id_ in best_first:
        parts.setdefault(story_of[id_], []).append(id_)
    return Group(
        articles=tuple(best_first),
        # Sorting is stable: stories of equal size keep the order of their best article.
        stories=tuple(tuple(part) for part in sorted(parts.values(), key=len, reverse=True)),
    )


def _members_by_label(names: Sequence[str], labels: NDArray[np.intp]) -> tuple[tuple[str, ...], ...]:
    """Names grouped by label 0 … k-1, without those on the shelf."""
    members: list[list[str]] = [[] for _ in range(int(labels.max(initial=SHELF)) + 1)]
    for name, number in zip(names, labels.tolist(), strict=True):
        if number != SHELF:
            members[number].append(name)
    return tuple(map(tuple, members))
