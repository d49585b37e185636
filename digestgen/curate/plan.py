"""What a build would change for readers: the ledger before and after it, compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from digestgen.curate.ledger import ArticleLink, Ledger

_MOST = 0.5
"""The share of a topic's articles from which it is said to come from another topic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicChange:
    """A topic that is no longer what it was."""

    slug: str
    label: str
    """As readers will see it; of a topic that goes, as they saw it."""
    articles: int = 0
    """How many it will have."""
    other: str | None = None
    """Slug of the other topic: that it parts from, or is merged into."""
    was: str | None = None
    """Its label before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleChange:
    """An article that is no longer where it was."""

    slug: str
    topic: str | None = None
    """Slug of the topic that it will be in; None on the shelf."""
    was: str | None = None
    """Slug of the topic that it is in now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """An address that will lead elsewhere."""

    path: str
    """``articles/<slug>`` or ``topics/<slug>``."""
    to: str | None
    """The same for where it leads; None where the page will say that it was withdrawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All changes, each list by slug."""

    first: bool
    """Whether nothing was published before, so that all is new."""
    born: tuple[TopicChange, ...]
    merged: tuple[TopicChange, ...]
    split: tuple[TopicChange, ...]
    """Topics that part from another (``other``), which lives on."""
    emptied: tuple[TopicChange, ...]
    """Topics that go because none of their articles is in a topic any more."""
    hidden: tuple[TopicChange, ...]
    renamed: tuple[TopicChange, ...]
    added: tuple[ArticleChange, ...]
    moved: tuple[ArticleChange, ...]
    gone: tuple[ArticleChange, ...]
    redirects: tuple[Redirect, ...]
    """Addresses that answer on their own now, and will not."""
    lost: tuple[str, ...]
    """Slugs of articles whose address would die: the build refuses that."""

    @property
    def empty(self) -> bool:
        """Whether readers would see no change."""
        return not any(getattr(self, name) for name in self.__slots__ if name != "first")


def plan(before: Ledger, after: Ledger, lost: Sequence[str]) -> Plan:
    """The changes from one ledger to the next; ``lost`` are the article slugs that nobody has decided on."""
    before, after = _in_order(before), _in_order(after)
    born, split = _new_topics(before, after)
    undecided = frozenset(lost)
    ended = [(old, after.topics[slug]) for slug, old in before.topics.items() if old.live]
    gone = [(old, after.articles[slug]) for slug, old in before.articles.items() if old.live and slug not in undecided]
    sizes = _sizes(after)
    return Plan(
        first=not any(link.live for link in before.articles.values()),
        born=born,
        split=split,
        merged=tuple(TopicChange(slug=n.slug, label=old.label, other=n.to) for old, n in ended if n.to),
        emptied=tuple(TopicChange(slug=n.slug, label=old.label) for old, n in ended if n.to == ""),
        hidden=tuple(TopicChange(slug=n.slug, label=old.label) for old, n in ended if n.withdrawn),
        renamed=tuple(
            TopicChange(slug=n.slug, label=n.label, was=old.label, articles=sizes[n.slug])
            for old, n in ended
            if n.live and n.label != old.label
        ),
        added=tuple(
            ArticleChange(slug=slug, topic=link.topic)
            for slug, link in after.articles.items()
            if link.live and not _was_live(before, slug)
        ),
        moved=tuple(
            ArticleChange(slug=n.slug, topic=n.topic, was=old.topic)
            for old, n in gone
            if n.live and n.topic != old.topic and not _same_topic(after, old, n)
        ),
        gone=tuple(ArticleChange(slug=n.slug, was=old.topic) for old, n in gone if not n.live),
        redirects=(
            *(_redirect("articles", n.slug, n.to) for _, n in gone if not n.live),
            *(_redirect("topics", n.slug, n.to) for _, n in ended if not n.live),
        ),
        lost=tuple(sorted(undecided)),
    )


def _in_order(ledger: Ledger) -> Ledger:
    return Ledger(articles=dict(sorted(ledger.articles.items())), topics=dict(sorted(ledger.topics.items())))


def _new_topics(before: Ledger, after: Ledger) -> tuple[tuple[TopicChange, ...], tuple[TopicChange, ...]]:
    """The topics that were not there, and of those apart the ones that part from a topic that lives on."""
    born: list[TopicChange] = []
    split: list[TopicChange] = []
    sizes, came_from = _sizes(after), _origins(before, after)
    for slug, link in after.topics.items():
        if not link.live or (slug in before.topics and before.topics[slug].live):
            continue
        change = TopicChange(slug=slug, label=link.label, articles=sizes[slug])
        origins = came_from.get(slug, Counter())
        origin = min(origins, key=lambda topic: (-origins[topic], topic), default="")
        if origin and origins[origin] >= _MOST * sizes[slug] and after.topics[origin].live:
            split.append(replace(change, other=origin))
        else:
            born.append(change)
    return tuple(born), tuple(split)


def _origins(before: Ledger, after: Ledger) -> Mapping[str, Counter[str]]:
    """For each topic, how many of its articles stood in which topic before."""
    origins: dict[str, Counter[str]] = {}
    for slug, link in after.articles.items():
        old = before.articles.get(slug)
        if link.live and link.topic and old and old.topic in before.topics:
            origins.setdefault(link.topic, Counter())[old.topic or ""] += 1
    return origins


def _same_topic(after: Ledger, old: ArticleLink, new: ArticleLink) -> bool:
    """Whether an article went where its whole topic went: that is told of the topic, not of each article."""
    return old.topic in after.topics and after.topics[old.topic or ""].to == (new.topic or "")


def _was_live(ledger: Ledger, slug: str) -> bool:
    return slug in ledger.articles and ledger.articles[slug].live


def _sizes(ledger: Ledger) -> Counter[str]:
    return Counter(link.topic for link in ledger.articles.values() if link.live and link.topic)


def _redirect(kind: str, slug: str, to: str | None) -> Redirect:
    if to is None:
        return Redirect(path=f"{kind}/{slug}", to=None)
    return Redirect(path=f"{kind}/{slug}", to=f"{kind}/{to}" if to else "more-stories")
