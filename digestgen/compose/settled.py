"""What earlier editions have settled: the topics and stories of known articles, and which articles are newcomers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from digestgen.compose.articles import Articles
from digestgen.compose.comparison import Comparison
from digestgen.compose.sections import SettledSections
from digestgen.curate.curation import Curation
from digestgen.curate.ledger.ledger import ArticleLink, Ledger, Withheld


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """Where the originals stand before this edition, rulings aside; articles by id, topics by slug."""

    topics: Mapping[str, str]
    stories: Mapping[str, str]
    """Article id → slug of the story, those outside every topic among them."""
    newcomers: frozenset[str]
    shelf: frozenset[str]
    """Articles that earlier editions left outside every topic."""
    quiet: frozenset[str]
    """Slugs of topics that received nothing for long."""


def settled(compared: Comparison, quiet_after: int) -> Settled:
    """Read the ledger: which originals are settled where, which are on the shelf, and which are newcomers.

    A topic that received nothing for ``quiet_after`` days is quiet; 0 is never.
    """
    articles, curation, claims = compared.articles, compared.curation, compared.articles.claims
    regrouped = _regrouped(articles, curation)
    newcomers: set[str] = set()
    shelf: set[str] = set()
    topics: dict[str, str] = {}
    stories: dict[str, str] = {}
    shelf_stories = _stories_on_the_shelf(curation.ledger) if not curation.regroups(None) else frozenset()
    for article in compared.originals:
        id_ = article.id
        link = claims.known.get(id_) if id_ in claims.settled else None
        topic = settled_topic(link)
        if topic is None and isinstance(link, ArticleLink) and {link.story, link.slug} & shelf_stories:
            stories[id_] = link.story or link.slug
        if topic is not None and topic not in regrouped:
            topics[id_] = topic
            stories[id_] = (link.story if link else None) or compared.slug(id_)
        elif id_ in articles.public:
            published = isinstance(link, ArticleLink) and link.first is not None
            (shelf if published and topic is None and not curation.regroups(None) else newcomers).add(id_)
    latest = max(curation.ledger.editions(), default=curation.edition_day)
    return Settled(
        topics=topics,
        stories=stories,
        newcomers=frozenset(newcomers),
        shelf=frozenset(shelf),
        quiet=_quiet(articles, topics, curation.edition_day if newcomers else latest, quiet_after),
    )


def settled_sections(compared: Comparison) -> SettledSections:
    """The sections that earlier editions put topics, and articles outside them, into."""
    curation, known = compared.curation, compared.articles.claims.known
    links = {article.id: known.get(article.id) for article in compared.originals}
    return SettledSections(
        topics={
            slug: link.section
            for slug, link in curation.ledger.topics.items()
            if link.section and not curation.regroups(slug)
        },
        articles={
            id_: link.section
            for id_, link in links.items()
            if isinstance(link, ArticleLink) and link.section and not curation.regroups(None)
        },
    )


def settled_topic(link: ArticleLink | Withheld | None) -> str | None:
    """Slug of the topic that an article of the ledger is settled in; None for the shelf and for newcomers."""
    if link is None:
        return None
    return link.settled if isinstance(link, ArticleLink) else link.topic


def _stories_on_the_shelf(ledger: Ledger) -> frozenset[str]:
    """Slugs of the stories outside every topic."""
    return frozenset(link.story for link in ledger.articles.values() if link.story and link.settled is None)


def _regrouped(articles: Articles, curation: Curation) -> frozenset[str]:
    """Slugs of the topics to group anew: never one that is hidden, or that the curator keeps as it is."""
    kept = {slug for slug, ruling in curation.rulings.topics.items() if ruling.keep}
    return frozenset(
        slug
        for slug in curation.ledger.topics
        if curation.regroups(slug) and slug not in kept and articles.visibility.of_topic(slug).public
    )


def _quiet(articles: Articles, topics: Mapping[str, str], today: date, quiet_after: int) -> frozenset[str]:
    """Settled topics of which no article was first seen or published in the last ``quiet_after`` days."""
    if not quiet_after:
        return frozenset()
    last: dict[str, date] = {}
    for id_, topic in topics.items():
        link = articles.claims.known[id_]
        days = [articles.by_id[id_].published, link.first if isinstance(link, ArticleLink) else None]
        # A date in the future is taken for a mistake.
        came = max((day for day in days if day and day <= today), default=date.min)
        last[topic] = max(last.get(topic, date.min), came)
    return frozenset(topic for topic, day in last.items() if (today - day).days > quiet_after)
