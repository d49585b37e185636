"""Grouping: articles → stories, topics of stories, and the shelf, each placement with its reasons.

A batch of articles is grouped bottom-up, in stages, each in a module of its own::

    vectors → similarity → stories → topics → cohesion

``propose`` returns the groups that the texts alone suggest, ``explain`` ranks the final ones and gives the reasons.
What was settled before, and what a curator rules, comes between the two; ``joining`` places single newcomers, and
``sections`` shelves the topics.
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
    Demands,
    belonging,
    closeness,
    demands,
    explained,
)
from digestgen.analyse.grouping.communities import SectionSettings, sections
from digestgen.analyse.grouping.modularity import in_order, membership
from digestgen.analyse.grouping.reasons import Explainer
from digestgen.analyse.grouping.similarity import Similarity, SimilaritySettings
from digestgen.analyse.grouping.stories import Reports, StorySettings, stories
from digestgen.analyse.grouping.term_vectors import TermVectors, VectorSettings, term_vectors
from digestgen.analyse.grouping.text_words import PackedWords
from digestgen.analyse.grouping.topics import TopicSettings, topics
from digestgen.analyse.grouping.word_vectors import word_vectors
from digestgen.model import Article, Group, Grouping, Keyphrase, Placement, Reason

_DECIMALS = 9
_ROWS_AT_ONCE = 256
_KEYPHRASE_WORDS = 0.5
"""The share of a similarity that the words of keyphrases carry; all words and pairs of words carry the rest."""
_MOST_LINKED = 4_500
"""More articles are linked section by section, to bound time and memory: so many take a quarter of a gigabyte."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterSettings:
    """The settings of every stage of grouping."""

    vectors: VectorSettings = field(default_factory=VectorSettings)
    similarity: SimilaritySettings = field(default_factory=SimilaritySettings)
    stories: StorySettings = field(default_factory=StorySettings)
    topics: TopicSettings = field(default_factory=TopicSettings)
    cohesion: CohesionSettings = field(default_factory=CohesionSettings)
    sections: SectionSettings = field(default_factory=SectionSettings)
    many_topics: int = 24
    """From this many on a reader cannot take them in at once: topics are threads of several stories, what is told in
    one story stands outside them, and they are put in sections."""
    least_beside: int = 2
    """In a digest of many topics each holds so many articles beside its largest story."""

    outside_as_topic: int = 20
    """So many articles outside all topics are as much to look through as a topic is."""

    def has_sections(self, topics: int, outside: int) -> bool:
        """Whether a digest of so many topics, and so many articles outside all, is browsed by section."""
        return topics + outside / self.outside_as_topic >= self.many_topics

    def least_articles(self, threads: int) -> int:
        """How many articles a topic holds where there are so many threads of any size: one more whenever they double.

        Without that their number would grow as the articles do, and a list of hundreds is none that anybody reads.
        """
        return 1 + self.least_beside + max(0, int(math.log2(max(threads, 1) / (2 * self.many_topics))))


DEFAULTS = ClusterSettings()


@dataclass(frozen=True, eq=False)
class Collection:
    """Articles as vectors, and how alike is clearly alike among them."""

    articles: tuple[Article, ...]
    """By id."""
    said: tuple[PackedWords, ...]
    """The words of each."""
    vectors: TermVectors
    """Of the words of keyphrases, which explain a placement."""
    similarity: Similarity
    """By the words of keyphrases and by all words."""
    words: sparse.csr_array
    """1 where a word or pair of words stands in an article."""
    frequency: NDArray[np.float64]
    """In how many articles each of them stands."""
    language: NDArray[np.intp]
    """A number for the language of each article."""
    days: NDArray[np.float64]
    """The day on which each was published; NaN where that is not known."""
    asked: Demands
    settings: ClusterSettings
    row_of: Mapping[str, int]
    """Article id → its row."""

    @cached_property
    def communities(self) -> NDArray[np.intp]:
        """For each article the number of its community among all: what a section is, before topics have a say."""
        return sections(self.vectors.matrix, self.settings.sections, [article.id for article in self.articles])

    @property
    def reports(self) -> Reports:
        """The articles as reports of happenings."""
        return Reports(self.similarity, self.language, self.days, self.asked)

    def near(self, ids: Iterable[str], others: Iterable[str]) -> frozenset[str]:
        """Those of the others that are alike enough to one of the articles to be of one story or topic with it."""
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
    packed: Mapping[str, PackedWords] = MappingProxyType({}),
) -> Collection:
    """The articles as a collection, in which each is compared with all.

    ``packed`` are the words of those that have been read already, by id.
    """
    ordered = tuple(sorted(articles, key=lambda article: article.id))
    said = tuple(packed.get(each.id) or PackedWords.of(each) for each in ordered)
    vectors = term_vectors(ordered, said, keyphrases, settings.vectors)
    all_words = word_vectors(said, settings.vectors)
    ones = np.ones(all_words.nnz, dtype=np.float32)
    stands = sparse.csr_array((ones, all_words.indices, all_words.indptr), shape=all_words.shape)
    all_words.data *= (1 - _KEYPHRASE_WORDS) ** 0.5
    matrix = sparse.csr_array(sparse.hstack([vectors.matrix * _KEYPHRASE_WORDS**0.5, all_words], format="csr"))
    # Its weights are in the matrix now, and its places are shared.
    del all_words
    languages = np.array([each.language for each in ordered], dtype=np.str_)
    days = [each.published.toordinal() if each.published else np.nan for each in ordered]
    return Collection(
        articles=ordered,
        said=said,
        vectors=vectors,
        similarity=Similarity.of(matrix, settings.similarity),
        words=stands,
        frequency=np.asarray(stands.sum(axis=0), dtype=np.float64).ravel(),
        language=np.unique(languages, return_inverse=True)[1],
        days=np.array(days, dtype=np.float64),
        asked=demands(matrix, settings.cohesion),
        settings=settings,
        row_of={article.id: row for row, article in enumerate(ordered)},
    )


def propose(
    collection: Collection, ids: Ids[str], told: Mapping[str, str] | None = None, *, others: int = 0
) -> Partition:
    """The groups and stories among some articles of a collection, as their texts alone suggest them.

    ``told`` names the story of those that are in one already; it stays as it is. ``others`` is how many topics there
    are besides: where there are many, a group that is hardly more than one story is none.
    """
    told = told or {}
    rows = collection.rows(ids)
    names = [collection.articles[row].id for row in rows]
    story = _stories(collection, rows, [told.get(name) for name in names])
    placed = np.full(len(rows), SHELF, dtype=np.intp)
    for part in _linked_at_once(collection, rows):
        placed[part] = _topics(collection, rows[part], story[part]) + placed.max(initial=SHELF) + 1
    settings = collection.settings
    placed = belonging(collection.similarity.matrix[rows], placed, collection.asked, settings.cohesion)
    placed = _attached(collection, rows, placed)
    placed = explained(collection.vectors.matrix[rows], placed)
    in_all = int(placed.max(initial=SHELF)) + 1 + others
    if in_all >= settings.many_topics:
        threads = _threads(placed, story, settings.least_beside, settings.least_articles(0))
        in_all = int(threads.max(initial=SHELF)) + 1 + others
        placed = _threads(placed, story, settings.least_beside, settings.least_articles(in_all))
    return Partition(_parts(names, placed), _parts(names, story))


def stories_among(collection: Collection, ids: Ids[str]) -> tuple[tuple[str, ...], ...]:
    """The stories among some articles of a collection, wherever they stand; an article alone is one of its own."""
    rows = collection.rows(ids)
    names = [collection.articles[row].id for row in rows]
    return _parts(names, _stories(collection, rows, [None] * len(rows)))


def _threads(
    groups: NDArray[np.intp], story: NDArray[np.intp], least_beside: int, least_articles: int
) -> NDArray[np.intp]:
    """The groups with so many articles, and so many beside their largest story; the others are on the shelf."""
    kept = groups.copy()
    for number in range(int(groups.max(initial=SHELF)) + 1):
        here = groups == number
        if here.sum() < least_articles or here.sum() - np.bincount(story[here]).max() < least_beside:
            kept[here] = SHELF
    kept[kept != SHELF] = in_order(kept[kept != SHELF])
    return kept


def _stories(collection: Collection, rows: NDArray[np.intp], told: Sequence[str | None]) -> NDArray[np.intp]:
    known = np.array([name is not None for name in told], dtype=np.bool_)
    number = {name: place for place, name in enumerate(sorted({name for name in told if name is not None}))}
    story = np.array([number[name] if name is not None else SHELF for name in told], dtype=np.intp)
    new = np.flatnonzero(~known)
    for part in _linked_at_once(collection, rows[new]):
        found = stories(collection.reports, rows[new][part], collection.settings.stories)
        kept = explained(collection.vectors.matrix[rows[new][part]], found)
        found = in_order(np.where(kept == SHELF, np.arange(len(found)) + len(found), kept))
        story[new[part]] = found + story.max(initial=SHELF) + 1
    return in_order(story)


def _topics(collection: Collection, rows: NDArray[np.intp], story: NDArray[np.intp]) -> NDArray[np.intp]:
    return topics(
        collection.similarity.among(rows),
        story,
        collection.words[rows],
        collection.frequency,
        collection.settings.topics,
    )


def _attached(collection: Collection, rows: NDArray[np.intp], placed: NDArray[np.intp]) -> NDArray[np.intp]:
    """The groups with the lone articles that are clearly alike to one, and about as near as its own are."""
    lone = np.flatnonzero(placed == SHELF)
    count = int(placed.max(initial=SHELF)) + 1
    if not count or not len(lone):
        return placed
    here = np.full(len(collection.articles), SHELF, dtype=np.intp)
    here[rows] = placed
    near = collection.similarity.means(rows[lone], membership(here))
    best = near.argmax(axis=1)
    cosine = closeness(collection.similarity.matrix[rows], placed)
    size = np.bincount(placed[placed != SHELF])
    settings = collection.settings.topics
    joins = near.max(axis=1) >= 1 - (settings.cut + settings.loosest) / 2
    joins &= (cosine.other[lone] == best) & (cosine.to_other[lone] >= collection.asked.by_several(size)[best])
    attached = placed.copy()
    attached[lone[joins]] = best[joins]
    return attached


def _linked_at_once(collection: Collection, rows: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    """The places of the rows, in the parts that are linked at once: all, or section by section."""
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
    spoken = [keyphrases.get(article.id, ()) for article in articles]
    explainer = Explainer(collection.said, spoken, vectors, members, frozenset(seen))
    centrality = {row: round(explainer.similarity(row, int(placed[row])), _DECIMALS) for row in seen}
    best_first = [
        sorted((row for row in rows if row in centrality), key=lambda row: (-centrality[row], articles[row].id))
        for rows in members
    ]
    # Equal sizes are told apart by the id of the most central article, which no other group has.
    order = sorted(range(len(names)), key=lambda number: (-len(best_first[number]), articles[best_first[number][0]].id))

    near = closeness(collection.similarity.matrix, placed)
    placements: dict[str, Placement] = {}
    nearest: dict[str, Placement] = {}
    for row in seen:
        own, other = int(placed[row]), int(near.other[row])
        id_ = articles[row].id
        if own != SHELF:
            placements[id_] = _placement(names[own], explainer.reasons(row, own), float(near.own[row]))
        # What shares no keyphrase with a topic has nothing to be near to it for that a reader would see.
        if (
            other != SHELF
            and near.to_other[row] >= collection.asked.of_nearest
            and explainer.has_common_keyphrase(row, other)
            and (why := explainer.reasons(row, other))
        ):
            nearest[id_] = _placement(names[other], why, float(near.to_other[row]))
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
