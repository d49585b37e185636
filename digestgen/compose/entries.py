"""Groups → entries and topics: where the side tables are joined, once, with the curator's words on each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from digestgen.analyse import label, relate, summarise
from digestgen.analyse.coverage import coverage
from digestgen.analyse.holding import holds
from digestgen.compose.articles import Articles
from digestgen.compose.groups import Groups
from digestgen.curate.ledger import Ledger
from digestgen.curate.record import former_names
from digestgen.curate.rulings import ArticleRuling, Rulings, TopicRuling
from digestgen.model import Article, Entry, Group, RelatedTopic, Story, Topic

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

    def ruling(self, id_: str) -> ArticleRuling:
        return self.rulings.articles.get(self.slug(id_), _NO_ARTICLE_RULING)

    def slug(self, id_: str) -> str:
        return self.articles.claims.slugs[id_]

    def shown(self, id_: str) -> Article:
        return as_shown(self.articles.by_id[id_], self.ruling(id_))

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


def assemble(
    articles: Articles, groups: Groups, ledger: Ledger, rulings: Rulings
) -> tuple[tuple[Entry, ...], tuple[Topic, ...]]:
    """The entries of all public articles, in seed order, and the topics: pinned ones first, then the largest."""
    desk = _Desk(articles, groups, ledger, rulings)
    topics = tuple(sorted(_topics(desk), key=lambda topic: not topic.pinned))
    return _entries(desk, topics), topics


def _entries(desk: _Desk, topics: Sequence[Topic]) -> tuple[Entry, ...]:
    groups, ledger = desk.groups, desk.ledger
    public, latest = groups.public, ledger.latest_edition()
    reprint_of = {id_: groups.places[id_].repeats for id_ in public}
    related = relate.related_articles(groups.phrases, public, excluded=_families(reprint_of))
    story_of = {id_: story.slug for topic in topics for story in topic.stories for id_ in story.articles}

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
        )

    return tuple(entry(id_) for id_ in desk.articles.by_id if id_ in public)


def _topics(desk: _Desk) -> list[Topic]:
    """The topics that readers see; what is said of one comes from its originals, reprints stand beside theirs."""
    groups, ledger, by_id = desk.groups, desk.ledger, desk.articles.by_id
    found = groups.grouping.groups
    slugs = list(found)
    links = relate.related_groups([groups.members[slug] for slug in slugs], groups.phrases)
    reprints: dict[str, list[str]] = defaultdict(list)
    for id_ in sorted(groups.public):
        if original := groups.places[id_].repeats:
            reprints[original].append(id_)
    latest, renamed = ledger.latest_edition(), former_names(ledger)

    def with_reprints(ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(member for id_ in ids for member in (id_, *reprints[id_]))

    def topic(number: int, slug: str) -> Topic:
        ruling, name = desk.rulings.topics.get(slug, _NO_TOPIC_RULING), groups.labels[slug]
        phrases = label.topic_keyphrases(found[slug].articles, groups.index)
        rank = _rank(found[slug].articles, ruling, desk)
        members = with_reprints(sorted(found[slug].articles, key=rank.__getitem__))
        stories = _stories(found[slug], slug, desk)
        ordered = sorted(stories, key=lambda story: min(rank[id_] for id_ in story.articles))
        return Topic(
            slug=slug,
            label=name,
            keyphrases=phrases,
            articles=members,
            stories=tuple(
                replace(story, articles=with_reprints(sorted(story.articles, key=rank.__getitem__)))
                for story in ordered
            ),
            summary=summarise.summarise_group([by_id[id_] for id_ in found[slug].articles]),
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
        )

    return [topic(number, slug) for number, slug in enumerate(slugs)]


def _rank(ids: Sequence[str], ruling: TopicRuling, desk: _Desk) -> dict[str, tuple[int, int]]:
    """What comes first in a topic: the lead, what the curator put in order, what is pinned, the rest."""
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


def _stories(group: Group, topic: str, desk: _Desk) -> list[Story]:
    """The stories of a topic, with labels unique in it and slugs unique in the digest."""
    told = [ids for ids in group.stories if len(ids) > 1]
    if len(group.stories) == 1:
        labels = iter((desk.groups.labels[topic],))
    else:
        # The topic itself takes part, so that no story of several is called what its topic is called.
        labels = iter(label.label_groups([group.articles, *told], desk.groups.index)[1:])
    stories = []
    for ids in group.stories:
        name = next(labels) if len(ids) > 1 else desk.shown(ids[0]).title
        stories.append(Story(slug=_story_slug(ids, desk), label=name, articles=ids))
    return stories


def _story_slug(ids: Sequence[str], desk: _Desk) -> str:
    """The address of the article that founded the story, where readers see it; else of the one that came first."""
    own = {desk.slug(id_) for id_ in ids}
    founder = desk.groups.places[ids[0]].story
    if founder in own:
        return founder
    return min(own, key=lambda slug: (desk.ledger.articles[slug].first or date.max, slug))


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
