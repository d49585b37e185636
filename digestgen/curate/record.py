"""What the ledger says after a build: who has which address, and where the others lead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from digestgen.curate.ledger import ArticleLink, Ledger, TopicLink, other_names
from digestgen.curate.permalinks import Claims, text_runs
from digestgen.curate.sketch import sketch
from digestgen.model import Article, FormerAddresses


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """What a build decided on one article."""

    article: Article
    topic: str | None
    """Slug of the topic that readers find it in."""
    proposed: str | None
    """The same without the curator's rulings."""
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What a build decided that the ledger keeps."""

    placements: Sequence[Placement]
    """One for every article of every seed that was read."""
    topics: Mapping[str, str]
    """Slug → label, for every topic that readers can see."""
    hidden_topics: Mapping[str, str]
    """The same for those that the curator hides."""
    decided: Mapping[str, str | None]
    """What the curator wants with addresses whose article is gone: slug → slug of the article that it leads to from
    now on, or None to say that the article was withdrawn."""


def recorded(before: Ledger, claims: Claims, edition: Edition, today: date) -> Ledger:
    """The ledger after a build; ``today`` is the day on which what is new in it was first seen.

    An address that is lost and that nobody has decided on stays as it was, for a later build to find.
    """
    articles = dict(before.articles)
    topic_of: dict[str, str | None] = {}
    for place in edition.placements:
        slug = claims.slugs[place.article.id]
        old = before.articles.get(slug)
        topic_of[slug] = place.topic
        articles[slug] = ArticleLink(
            slug=slug,
            id=place.article.id,
            seed=place.article.seed,
            # What was hidden from the start was never published: no page may tell that it was withdrawn.
            first=(old.first if old else None) or (None if place.hidden else today),
            topic=place.topic,
            proposed=place.proposed if place.proposed != place.topic else None,
            text=sketch(text_runs(place.article)),
            withdrawn=place.hidden,
        )
    for slug, to in {**claims.moved, **edition.decided}.items():
        if slug in articles and slug not in topic_of:
            articles[slug] = _ended(articles[slug], to)
            if to in topic_of:
                topic_of[slug] = topic_of[to]
    # A redirect leads to its end in one step, however often what it leads to has moved.
    leads = {slug: link.to for slug, link in articles.items() if link.to is not None}
    articles |= {slug: replace(articles[slug], to=_end(slug, leads)) for slug in leads}
    topics = {
        slug: TopicLink(
            slug=slug,
            label=label,
            first=_first(before, slug) or (None if slug in edition.hidden_topics else today),
            withdrawn=slug in edition.hidden_topics,
            formerly=_formerly(before.topics[slug], label) if slug in before.topics else (),
        )
        for slug, label in {**edition.topics, **edition.hidden_topics}.items()
    }
    for slug, to in _successors(before, topic_of, topics).items():
        if slug not in topics:
            topics[slug] = replace(before.topics[slug], to=to, withdrawn=False)
    for slug, gone in before.topics.items():
        topics.setdefault(slug, gone)
    return Ledger(articles=articles, topics=topics)


def former_addresses(ledger: Ledger, id_of: Mapping[str, str]) -> FormerAddresses:
    """The addresses that nobody has any more, and where they lead; ``id_of`` maps the slugs of this edition to ids.

    What was never published has no address: an article or topic that was hidden from the start.
    """
    ended = [link for link in ledger.articles.values() if not link.live and link.first]
    topics = [link for link in ledger.topics.values() if not link.live and link.first]
    return FormerAddresses(
        articles={link.slug: id_of.get(link.to or "") for link in ended},
        topics={link.slug: None if link.withdrawn or _withdrawn(ledger, link.to) else link.to for link in topics},
    )


def former_names(ledger: Ledger) -> Mapping[str, tuple[str, ...]]:
    """Slug → what readers knew a topic as before, for every living one that they did.

    Its own earlier names, the first one first, then those of the topics whose addresses lead to it.
    """
    names = {slug: list(link.formerly) for slug, link in ledger.topics.items() if link.live}
    for _, link in sorted(ledger.topics.items()):
        if link.to in names and link.published:
            names[link.to] += [*link.formerly, link.label]
    found = ((slug, other_names(each, than=ledger.topics[slug].label)) for slug, each in names.items())
    return {slug: former for slug, former in found if former}


def _formerly(link: TopicLink, label: str) -> tuple[str, ...]:
    return other_names([*link.formerly, *([link.label] if link.published else [])], than=label)


def _ended(link: ArticleLink, to: str | None) -> ArticleLink:
    """What is kept of an article that is gone: nothing by which a later text could be taken for it."""
    return ArticleLink(slug=link.slug, id=link.id, first=link.first, to=to, withdrawn=to is None)


def _first(ledger: Ledger, topic: str) -> date | None:
    return ledger.topics[topic].first if topic in ledger.topics else None


def _withdrawn(ledger: Ledger, topic: str | None) -> bool:
    return topic is not None and topic in ledger.topics and ledger.topics[topic].withdrawn


def _successors(ledger: Ledger, topic_of: Mapping[str, str | None], now: Mapping[str, TopicLink]) -> dict[str, str]:
    """For each topic of the ledger that is not there ``now``: the slug of the one that its articles went to.

    ``topic_of`` tells for every article slug of this build in which topic readers find it. Empty when most of its
    articles are on the shelf, or gone.
    """
    went: dict[str, Counter[str]] = {}
    for slug, link in ledger.articles.items():
        if link.topic is not None and link.topic not in now and slug in topic_of:
            went.setdefault(link.topic, Counter())[topic_of[slug] or ""] += 1
    leads: dict[str, str] = {}
    for topic, gone in ledger.topics.items():
        if topic in went:
            counts = went[topic]
            leads[topic] = min(counts, key=lambda slug: (-counts[slug], not slug, slug))
        elif topic not in now and not gone.withdrawn:
            leads[topic] = gone.to or ""
    ends = {topic: _end(topic, leads) for topic in leads}
    return {topic: to if to in now or _withdrawn(ledger, to) else "" for topic, to in ends.items()}


def _end(start: str, leads: Mapping[str, str]) -> str:
    """Where one gets from ``start`` by going on as long as there is a way; a ring is gone round once."""
    seen = {start}
    place = leads[start]
    while place in leads and place not in seen:
        seen.add(place)
        place = leads[place]
    return place
