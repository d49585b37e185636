"""Groups → entries and topics: where the side tables are joined, once, with the curator's words on each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from digestgen.analyse import cross_links
from digestgen.analyse.coverage import coverage
from digestgen.analyse.labels import labelling
from digestgen.analyse.labels.labelling import holds
from digestgen.analyse.summaries import summarise
from digestgen.compose.articles import Articles
from digestgen.compose.executor import Executor
from digestgen.compose.groups import Groups
from digestgen.curate.ledger.ledger import Ledger
from digestgen.curate.ledger.update import former_names
from digestgen.curate.rulings.rulings import ArticleRuling, Rulings, TopicRuling
from digestgen.model import Article, CitedSentence, Entry, RelatedTopic, Section, Story, Topic

_NO_ARTICLE_RULING = ArticleRuling(line=0)
_NO_TOPIC_RULING = TopicRuling(line=0)


@dataclass(frozen=True, slots=True)
class _Desk:
    """What entries and topics are made from."""

    articles: Articles
    groups: Groups
    ledger: Ledger
    """The one after this edition, for the days on which things were first seen."""
    rulings: Rulings
    reprints: Mapping[str, Sequence[str]]
    """For every original that has any, its public reprints."""

    def ruling(self, id_: str) -> ArticleRuling:
        return self.rulings.articles.get(self.slug(id_), _NO_ARTICLE_RULING)

    def slug(self, id_: str) -> str:
        return self.articles.claims.slugs[id_]

    def shown(self, id_: str) -> Article:
        return as_shown(self.articles.by_id[id_], self.ruling(id_))

    def with_reprints(self, ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(member for id_ in ids for member in (id_, *self.reprints.get(id_, ())))

    def pinned(self, ids: Iterable[str]) -> frozenset[str]:
        return frozenset(id_ for id_ in ids if self.ruling(id_).pin)


def as_shown(article: Article, ruling: ArticleRuling | None) -> Article:
    """The article with the title and date that the curator gave it."""
    if ruling is None:
        return article
    return replace(
        article,
        title=ruling.title or article.title,
        titled=article.titled or ruling.title is not None,
        published=ruling.published or article.published,
    )


@dataclass(frozen=True, slots=True)
class _Quotes:
    """What is quoted of groups of articles."""

    summaries: Mapping[str, tuple[CitedSentence, ...]]
    """Of each topic, by slug."""
    only: Mapping[tuple[str, ...], tuple[CitedSentence, ...]]
    """Of each story with a page, by its originals, what one of its articles says and no other does."""


def assemble(
    articles: Articles, groups: Groups, ledger: Ledger, rulings: Rulings, executor: Executor
) -> tuple[tuple[Entry, ...], tuple[Topic, ...], tuple[Story, ...]]:
    """The entries of all public articles, in seed order, the topics, and the stories outside every topic.

    Pinned topics come first, then the largest.
    """
    desk = _Desk(articles, groups, ledger, rulings, _reprints(groups))
    parts = {slug: _parts(slug, desk) for slug in groups.grouping.groups}
    outside = _parts_outside(desk)
    quotes = _quoted(desk, [*chain.from_iterable(parts.values()), *outside], executor)
    topics = tuple(sorted(_topics(desk, parts, quotes), key=lambda topic: not topic.pinned))
    stories = tuple(_story(ids, desk, quotes) for ids in outside)
    return _entries(desk, [*stories, *(story for topic in topics for story in topic.stories)]), topics, stories


def _quoted(desk: _Desk, stories: Iterable[tuple[str, ...]], executor: Executor) -> _Quotes:
    found, own = desk.groups.grouping.groups, desk.articles.own
    groups = [tuple(own[id_] for id_ in group.articles) for group in found.values()]
    told = [ids for ids in stories if _has_page(ids, desk)]
    reports = [tuple(own[id_] for id_ in ids) for ids in told]
    summaries = executor.map("Summarising the topics", summarise.summarise_group, groups)
    only = executor.map("Comparing the reports", summarise.said_by_one, reports)
    return _Quotes(dict(zip(found, summaries, strict=True)), dict(zip(told, only, strict=True)))


def _entries(desk: _Desk, stories: Iterable[Story]) -> tuple[Entry, ...]:
    groups, ledger = desk.groups, desk.ledger
    public, latest = groups.public, ledger.latest_edition()
    reprint_of = {id_: groups.places[id_].repeats for id_ in public}
    slugs = groups.sections.slugs
    related = cross_links.related_articles(groups.phrases, public, excluded=_families(reprint_of))
    story_of = {id_: story.slug for story in stories for id_ in story.articles}

    def entry(id_: str) -> Entry:
        slug, place, ruling = desk.slug(id_), groups.places[id_], desk.ruling(id_)
        stands_for = place.repeats or id_
        study = desk.articles.studies[id_]
        return Entry(
            article=desk.shown(id_),
            slug=slug,
            summary=(ruling.summary,) if ruling.summary else study.summary,
            own_summary=bool(ruling.summary),
            keyphrases=tuple(groups.phrases[id_]),
            placement=groups.grouping.placements.get(stands_for),
            nearest=groups.grouping.nearest.get(stands_for),
            story=story_of.get(id_),
            related=related[id_],
            reprint_of=place.repeats,
            note=ruling.note,
            pinned=ruling.pin,
            ruled=place.settled != place.topic,
            new=ledger.articles[slug].first == latest,
            first=ledger.articles[slug].first,
            section=slugs.get(groups.sections.of_articles.get(stands_for, "")),
        )

    return tuple(entry(id_) for id_ in desk.articles.by_id if id_ in public)


def _topics(desk: _Desk, stories: Mapping[str, Sequence[tuple[str, ...]]], quotes: _Quotes) -> list[Topic]:
    """The topics that readers see; what is said of one comes from its originals, reprints stand beside theirs."""
    groups, ledger, by_id = desk.groups, desk.ledger, desk.articles.by_id
    found = groups.grouping.groups
    slugs = list(found)
    links = cross_links.related_groups([groups.members[slug] for slug in slugs], groups.phrases)
    latest, renamed = ledger.latest_edition(), former_names(ledger)
    sections = groups.sections.slugs

    def topic(number: int, slug: str) -> Topic:
        ruling, name = desk.rulings.topics.get(slug, _NO_TOPIC_RULING), groups.labels[slug]
        phrases = labelling.topic_keyphrases(found[slug].articles, groups.index)
        rank = _rank(slug, desk)
        members = desk.with_reprints(sorted(found[slug].articles, key=rank.__getitem__))
        return Topic(
            slug=slug,
            label=name,
            keyphrases=phrases,
            articles=members,
            stories=tuple(_story(ids, desk, quotes) for ids in stories[slug]),
            summary=quotes.summaries[slug],
            related=tuple(RelatedTopic(slugs[other], reasons) for other, reasons in links[number]),
            sources=_source_counts(by_id[id_] for id_ in members),
            coverage=coverage(members, groups.index),
            holds=holds([*(phrase.text for phrase in phrases), *name.split(": ")], members, groups.index),
            former_names=renamed.get(slug, ()),
            note=ruling.note,
            pinned=ruling.pin,
            new=ledger.topics[slug].first == latest,
            first=ledger.topics[slug].first,
            quiet=slug in groups.quiet,
            last=max((day for id_ in members if (day := ledger.articles[desk.slug(id_)].first)), default=None),
            section=sections.get(groups.sections.of_topics.get(slug, "")),
        )

    return [topic(number, slug) for number, slug in enumerate(slugs)]


def _parts(topic: str, desk: _Desk) -> list[tuple[str, ...]]:
    """The originals of each story of a topic, best first, in the order of the stories."""
    rank = _rank(topic, desk)
    parts = [tuple(sorted(ids, key=rank.__getitem__)) for ids in desk.groups.grouping.groups[topic].stories]
    return sorted(parts, key=lambda ids: _place(ids, rank, desk))


def _rank(topic: str, desk: _Desk) -> dict[str, tuple[int, int]]:
    """What comes first in a topic: the lead, what the curator put in order, what is pinned, the rest."""
    ids, ruling = desk.groups.grouping.groups[topic].articles, desk.rulings.topics.get(topic, _NO_TOPIC_RULING)
    order = {named.slug: place for place, named in enumerate(ruling.order)}
    pinned = desk.pinned(ids)
    rank: dict[str, tuple[int, int]] = {}
    for id_ in ids:
        slug = desk.slug(id_)
        if ruling.lead and slug == ruling.lead.slug:
            rank[id_] = (0, 0)
        elif slug in order:
            rank[id_] = (1, order[slug])
        else:
            rank[id_] = (2 if id_ in pinned else 3, 0)
    return rank


def _place(ids: Sequence[str], rank: Mapping[str, tuple[int, int]], desk: _Desk) -> tuple[tuple[int, int], int]:
    """Where a story stands in its topic: what the curator puts first, then the newest."""
    seen = {id_: desk.ledger.articles[desk.slug(id_)].first or date.max for id_ in ids}
    # A day after the one on which it was first seen is a slip of the pen.
    told = max(min(desk.shown(id_).published or first, first) for id_, first in seen.items())
    return min(rank[id_] for id_ in ids), -told.toordinal()


def _reprints(groups: Groups) -> dict[str, list[str]]:
    reprints: dict[str, list[str]] = defaultdict(list)
    for id_ in sorted(groups.public):
        if original := groups.places[id_].repeats:
            reprints[original].append(id_)
    return reprints


def _parts_outside(desk: _Desk) -> list[tuple[str, ...]]:
    """The public originals of each story that has several and stands in no topic, the largest first."""
    groups = desk.groups
    parts: dict[str, list[str]] = defaultdict(list)
    for id_ in sorted(groups.public):
        place = groups.places[id_]
        if place.topic is None and place.story and not place.repeats:
            parts[place.story].append(id_)
    told = [tuple(sorted(ids, key=lambda id_: _age(id_, desk))) for ids in parts.values() if len(ids) > 1]
    return sorted(told, key=lambda ids: (-len(ids), desk.slug(ids[0])))


def _story(ids: tuple[str, ...], desk: _Desk, quotes: _Quotes) -> Story:
    """A story of originals, best first."""
    headline = _headline(ids, desk)
    return Story(
        slug=_story_slug(ids, desk),
        label=desk.shown(headline).title,
        headline=headline,
        articles=desk.with_reprints(ids),
        has_page=ids in quotes.only,
        only=quotes.only.get(ids, ()),
    )


def _has_page(ids: Sequence[str], desk: _Desk) -> bool:
    return len(ids) > 1 and (_story_slug(ids, desk) in desk.ledger.stories or _is_told_by_several(ids, desk))


def _is_told_by_several(ids: Sequence[str], desk: _Desk) -> bool:
    """Whether several sources tell a story: where one is not known, its article counts as a source of its own."""
    sources = [desk.articles.by_id[id_].source for id_ in ids]
    return None in sources or len(set(sources)) > 1


def _headline(ids: Sequence[str], desk: _Desk) -> str:
    """The article whose title speaks for a story: the curator's, else one that an editor gave, else a made one."""

    def kind(id_: str) -> int:
        if desk.ruling(id_).title:
            return 0
        return 1 if desk.articles.by_id[id_].titled else 2

    return min(ids, key=kind)


def _age(id_: str, desk: _Desk) -> tuple[date, str]:
    return desk.shown(id_).published or date.max, desk.slug(id_)


def _story_slug(ids: Sequence[str], desk: _Desk) -> str:
    """The address that its page has, else that of the article that founded it, else of the one that came first."""
    founder, ledger = desk.groups.places[ids[0]].story, desk.ledger

    def age(slug: str) -> tuple[bool, bool, date, str]:
        return slug not in ledger.stories, slug != founder, ledger.articles[slug].first or date.max, slug

    return min(map(desk.slug, ids), key=age)


def sections_of(topics: Sequence[Topic], entries: Sequence[Entry], groups: Groups) -> tuple[Section, ...]:
    """The sections in which something stands: those with most topics first, then those with most articles."""
    size = Counter(entry.section for entry in entries if entry.section)
    inside: dict[str, list[str]] = {slug: [] for slug in size}
    for topic in topics:
        if topic.section:
            inside[topic.section].append(topic.slug)
    labels = {slug: labelling for labelling, slug in groups.sections.slugs.items()}
    found = [Section(slug=slug, label=labels[slug], topics=tuple(held)) for slug, held in inside.items()]
    return tuple(sorted(found, key=lambda section: (-len(section.topics), -size[section.slug], section.slug)))


def _families(reprint_of: Mapping[str, str | None]) -> dict[str, frozenset[str]]:
    """For each original and reprint: all that tell the same."""
    families: dict[str, set[str]] = defaultdict(set)
    for reprint, original in reprint_of.items():
        if original:
            families[original] |= {original, reprint}
    return {member: frozenset(family) for family in families.values() for member in family}


def _source_counts(articles: Iterable[Article]) -> dict[str, int]:
    counts = Counter(article.source for article in articles if article.source)
    return dict(sorted(counts.items(), key=lambda count: (-count[1], count[0])))
