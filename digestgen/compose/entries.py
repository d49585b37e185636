"""Groups → entries, topics and stories, each built once and complete, with the curator's rulings applied."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from digestgen.analyse import cross_links
from digestgen.analyse.coverage import coverage
from digestgen.analyse.labels import labelling
from digestgen.analyse.labels.labelling import phrase_fits
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
class _Inputs:
    """What entries, topics and stories are built from."""

    articles: Articles
    groups: Groups
    ledger: Ledger
    """The ledger after this edition, which knows when each article and topic was first seen."""
    rulings: Rulings
    reprints: Mapping[str, Sequence[str]]
    """Original → its public reprints."""

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
    """Return the article with the title and date that the curator gave it."""
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
    """Sentences quoted from groups of articles."""

    summaries: Mapping[str, tuple[CitedSentence, ...]]
    """Topic slug → summary."""
    only: Mapping[tuple[str, ...], tuple[CitedSentence, ...]]
    """Originals of a story with a page → sentences that only one of them says."""


def assemble(
    articles: Articles, groups: Groups, ledger: Ledger, rulings: Rulings, executor: Executor
) -> tuple[tuple[Entry, ...], tuple[Topic, ...], tuple[Story, ...]]:
    """Build the entries of all public articles, in seed order, the topics, and the stories outside every topic.

    Pinned topics come first, then the largest.
    """
    inputs = _Inputs(articles, groups, ledger, rulings, _reprints(groups))
    parts = {slug: _parts(slug, inputs) for slug in groups.grouping.groups}
    outside = _parts_outside(inputs)
    quotes = _quoted(inputs, [*chain.from_iterable(parts.values()), *outside], executor)
    topics = tuple(sorted(_topics(inputs, parts, quotes), key=lambda topic: not topic.pinned))
    stories = tuple(_story(ids, inputs, quotes) for ids in outside)
    return _entries(inputs, [*stories, *(story for topic in topics for story in topic.stories)]), topics, stories


def _quoted(inputs: _Inputs, stories: Iterable[tuple[str, ...]], executor: Executor) -> _Quotes:
    found, own = inputs.groups.grouping.groups, inputs.articles.own
    groups = [tuple(own[id_] for id_ in group.articles) for group in found.values()]
    told = [ids for ids in stories if _has_page(ids, inputs)]
    reports = [tuple(own[id_] for id_ in ids) for ids in told]
    summaries = [*executor.map("Summarising the topics", summarise.summarise_group, groups)]
    only = [*executor.map("Comparing the reports", summarise.exclusive_sentences, reports)]
    return _Quotes(dict(zip(found, summaries, strict=True)), dict(zip(told, only, strict=True)))


def _entries(inputs: _Inputs, stories: Iterable[Story]) -> tuple[Entry, ...]:
    groups, ledger = inputs.groups, inputs.ledger
    public, latest = groups.public, ledger.latest_edition()
    reprint_of = {id_: groups.places[id_].repeats for id_ in public}
    slugs = groups.sections.slugs
    related = cross_links.related_articles(groups.phrases, public, excluded=_families(reprint_of))
    story_of = {id_: story.slug for story in stories for id_ in story.articles}

    def entry(id_: str) -> Entry:
        slug, place, ruling = inputs.slug(id_), groups.places[id_], inputs.ruling(id_)
        stands_for = place.repeats or id_
        study = inputs.articles.studies[id_]
        return Entry(
            article=inputs.shown(id_),
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

    return tuple(entry(id_) for id_ in inputs.articles.by_id if id_ in public)


def _topics(inputs: _Inputs, stories: Mapping[str, Sequence[tuple[str, ...]]], quotes: _Quotes) -> list[Topic]:
    """The topics that readers see. Labels and summaries come from originals; reprints follow their originals."""
    groups, ledger, by_id = inputs.groups, inputs.ledger, inputs.articles.by_id
    found = groups.grouping.groups
    slugs = list(found)
    links = cross_links.related_groups([groups.members[slug] for slug in slugs], groups.phrases)
    latest, renamed = ledger.latest_edition(), former_names(ledger)
    sections = groups.sections.slugs

    def topic(number: int, slug: str) -> Topic:
        ruling, name = inputs.rulings.topics.get(slug, _NO_TOPIC_RULING), groups.labels[slug]
        phrases = labelling.topic_keyphrases(found[slug].articles, groups.index)
        rank = _rank(slug, inputs)
        members = inputs.with_reprints(sorted(found[slug].articles, key=rank.__getitem__))
        return Topic(
            slug=slug,
            label=name,
            keyphrases=phrases,
            articles=members,
            stories=tuple(_story(ids, inputs, quotes) for ids in stories[slug]),
            summary=quotes.summaries[slug],
            related=tuple(RelatedTopic(slugs[other], reasons) for other, reasons in links[number]),
            sources=_source_counts(by_id[id_] for id_ in members),
            coverage=coverage(members, groups.index),
            holds=phrase_fits([*(phrase.text for phrase in phrases), *labelling.parts_of(name)], members, groups.index),
            former_names=renamed.get(slug, ()),
            note=ruling.note,
            pinned=ruling.pin,
            new=ledger.topics[slug].first == latest,
            first=ledger.topics[slug].first,
            quiet=slug in groups.quiet,
            last=max((day for id_ in members if (day := ledger.articles[inputs.slug(id_)].first)), default=None),
            section=sections.get(groups.sections.of_topics.get(slug, "")),
        )

    return [topic(number, slug) for number, slug in enumerate(slugs)]


def _parts(topic: str, inputs: _Inputs) -> list[tuple[str, ...]]:
    """The stories of a topic in order, each as its originals, best first."""
    rank = _rank(topic, inputs)
    parts = [tuple(sorted(ids, key=rank.__getitem__)) for ids in inputs.groups.grouping.groups[topic].stories]
    return sorted(parts, key=lambda ids: _place(ids, rank, inputs))


def _rank(topic: str, inputs: _Inputs) -> dict[str, tuple[int, int]]:
    """Article id → sort key in a topic: the lead, articles in the curator's order, pinned ones, the rest."""
    ids, ruling = inputs.groups.grouping.groups[topic].articles, inputs.rulings.topics.get(topic, _NO_TOPIC_RULING)
    order = {named.slug: place for place, named in enumerate(ruling.order)}
    pinned = inputs.pinned(ids)
    rank: dict[str, tuple[int, int]] = {}
    for id_ in ids:
        slug = inputs.slug(id_)
        if ruling.lead and slug == ruling.lead.slug:
            rank[id_] = (0, 0)
        elif slug in order:
            rank[id_] = (1, order[slug])
        else:
            rank[id_] = (2 if id_ in pinned else 3, 0)
    return rank


def _place(ids: Sequence[str], rank: Mapping[str, tuple[int, int]], inputs: _Inputs) -> tuple[tuple[int, int], int]:
    """Sort key of a story in its topic: what the curator puts first, then the newest."""
    seen = {id_: inputs.ledger.articles[inputs.slug(id_)].first or date.max for id_ in ids}
    # A date after the day on which the article was first seen is taken for a mistake.
    told = max(min(inputs.shown(id_).published or first, first) for id_, first in seen.items())
    return min(rank[id_] for id_ in ids), -told.toordinal()


def _reprints(groups: Groups) -> dict[str, list[str]]:
    reprints: dict[str, list[str]] = defaultdict(list)
    for id_ in sorted(groups.public):
        if original := groups.places[id_].repeats:
            reprints[original].append(id_)
    return reprints


def _parts_outside(inputs: _Inputs) -> list[tuple[str, ...]]:
    """The public originals of each story of several outside every topic, largest first."""
    groups = inputs.groups
    parts: dict[str, list[str]] = defaultdict(list)
    for id_ in sorted(groups.public):
        place = groups.places[id_]
        if place.topic is None and place.story and not place.repeats:
            parts[place.story].append(id_)
    told = [tuple(sorted(ids, key=lambda id_: _age(id_, inputs))) for ids in parts.values() if len(ids) > 1]
    return sorted(told, key=lambda ids: (-len(ids), inputs.slug(ids[0])))


def _story(ids: tuple[str, ...], inputs: _Inputs, quotes: _Quotes) -> Story:
    """Build a story from its originals, best first."""
    headline = _headline(ids, inputs)
    return Story(
        slug=_story_slug(ids, inputs),
        label=inputs.shown(headline).title,
        headline=headline,
        articles=inputs.with_reprints(ids),
        has_page=ids in quotes.only,
        only=quotes.only.get(ids, ()),
    )


def _has_page(ids: Sequence[str], inputs: _Inputs) -> bool:
    return len(ids) > 1 and (_story_slug(ids, inputs) in inputs.ledger.stories or _is_told_by_several(ids, inputs))


def _is_told_by_several(ids: Sequence[str], inputs: _Inputs) -> bool:
    """Whether several sources report a story; an unknown source counts as one of its own."""
    sources = [inputs.articles.by_id[id_].source for id_ in ids]
    return None in sources or len(set(sources)) > 1


def _headline(ids: Sequence[str], inputs: _Inputs) -> str:
    """The article whose title heads a story: one titled by the curator, else by its editor, else with a made title."""

    def kind(id_: str) -> int:
        if inputs.ruling(id_).title:
            return 0
        return 1 if inputs.articles.by_id[id_].titled else 2

    return min(ids, key=kind)


def _age(id_: str, inputs: _Inputs) -> tuple[date, str]:
    return inputs.shown(id_).published or date.max, inputs.slug(id_)


def _story_slug(ids: Sequence[str], inputs: _Inputs) -> str:
    """The slug its page has already, else that of the article that founded it, else of the earliest."""
    founder, ledger = inputs.groups.places[ids[0]].story, inputs.ledger

    def age(slug: str) -> tuple[bool, bool, date, str]:
        return slug not in ledger.stories, slug != founder, ledger.articles[slug].first or date.max, slug

    return min(map(inputs.slug, ids), key=age)


def sections_of(topics: Sequence[Topic], entries: Sequence[Entry], groups: Groups) -> tuple[Section, ...]:
    """The sections that are not empty, by number of topics, then of articles."""
    size = Counter(entry.section for entry in entries if entry.section)
    inside: dict[str, list[str]] = {slug: [] for slug in size}
    for topic in topics:
        if topic.section:
            inside[topic.section].append(topic.slug)
    labels = {slug: label for label, slug in groups.sections.slugs.items()}
    found = [Section(slug=slug, label=labels[slug], topics=tuple(held)) for slug, held in inside.items()]
    return tuple(sorted(found, key=lambda section: (-len(section.topics), -size[section.slug], section.slug)))


def _families(reprint_of: Mapping[str, str | None]) -> dict[str, frozenset[str]]:
    """Article id → ids of its original and all reprints of that, itself included."""
    families: dict[str, set[str]] = defaultdict(set)
    for reprint, original in reprint_of.items():
        if original:
            families[original] |= {original, reprint}
    return {member: frozenset(family) for family in families.values() for member in family}


def _source_counts(articles: Iterable[Article]) -> dict[str, int]:
    counts = Counter(article.source for article in articles if article.source)
    return dict(sorted(counts.items(), key=lambda count: (-count[1], count[0])))
