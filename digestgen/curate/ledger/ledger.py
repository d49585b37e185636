"""The ledger: every address ever published, what it leads to, and what is withheld.

It also stores what editions settled: the topic and story of each article, the label of each topic. The composition
relies on it and never infers the past.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from digestgen.curate.ledger.fingerprint import address_of

_UNSEEN = "unseen-"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLink:
    """Address of an article, and what editions settled about it."""

    slug: str
    id: str
    """Id of the article when it was last seen."""
    seed: str = ""
    """Seed that it came from."""
    first: date | None = None
    """Day on which it was first seen."""
    title: str = ""
    published: date | None = None
    source: str = ""
    topic: str | None = None
    """Slug of its topic as readers see it; None on the shelf."""
    proposed: str | None = None
    """Slug of its topic without the curator's rulings, if that differs; empty for the shelf."""
    story: str | None = None
    """Slug of the article that founded its story, if that is another article."""
    section: str = ""
    """Label of its section, if it is in no topic and the digest has sections."""
    repeats: str | None = None
    """Slug of the article that it is a reprint of."""
    opening: str = ""
    """Fingerprint of its first words."""
    text: str = ""
    """Sketch of its text, to recognise it after an edit."""
    summary: str = ""
    """Checksum of the published summary."""
    note: str = ""
    """Checksum of the curator's note."""
    pin: bool = False
    to: str | None = None
    """Slug of the article that its address redirects to, now that it is gone itself."""
    withdrawn: bool = False
    """Whether the curator took it off the site."""
    by: str | None = None
    """Slug of the hidden topic because of which it is withdrawn, if not for its own sake."""
    despite: str = ""
    """For a withdrawn article, the days of any ``publish_on`` that existed when something else hid it."""
    marks: str = ""
    """For a withdrawn article, marks to recognise pieces of it."""
    archived: str = ""
    """Site of the archive that answers for it, now that it is in no seed."""

    @property
    def key(self) -> str:
        """Sort key of its line."""
        return self.slug

    @property
    def live(self) -> bool:
        """Whether the address has the article's own page."""
        return self.to is None and not self.withdrawn

    @property
    def settled(self) -> str | None:
        """Slug of the topic in which an edition placed it, without rulings; None for the shelf."""
        return (self.topic if self.proposed is None else self.proposed) or None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """A text that was withheld before it was ever published, identified by fingerprints only."""

    id: str
    seed: str = ""
    text: str = ""
    marks: str = ""
    topic: str | None = None
    """Slug of its topic, if that is hidden."""
    address: str = ""
    """Fingerprint of the address it would have, by which rulings name it."""
    story: str | None = None
    by: str | None = None
    """Slug of the hidden topic, if it is withheld only because of that."""
    despite: str = ""
    """Days of any ``publish_on`` that existed when something else hid it."""

    @property
    def key(self) -> str:
        """Sort key of its line."""
        return self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicLink:
    """Address of a topic."""

    slug: str
    label: str = ""
    """Latest label; empty if it was never public."""
    first: date | None = None
    to: str | None = None
    """Slug of the topic that its articles moved to; empty if they are on the shelf; None while it is live."""
    withdrawn: bool = False
    formerly: tuple[str, ...] = ()
    """Earlier public labels."""
    made: str = ""
    """Label proposed by the method, if the curator gave another."""
    section: str = ""
    """Label of its section, if the digest has sections."""
    note: str = ""
    """Checksum of the curator's note."""
    pin: bool = False
    order: str = ""
    """Checksum of the lead and the order given by the curator."""
    said: str = ""
    """Checksum of the label, note and pin given by the curator."""
    bound: str = ""
    """Sketch of the articles that it had when these were given."""

    @property
    def key(self) -> str:
        """Sort key of its line."""
        return self.slug

    @property
    def live(self) -> bool:
        """Whether the address has the topic's own page."""
        return self.to is None and not self.withdrawn

    @property
    def published(self) -> bool:
        """Whether its label is public; a hidden topic's label may have changed since."""
        return self.first is not None and not self.withdrawn


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLink:
    """Address of a story's page. Its slug is an article's, from which its redirect follows once it has no page."""

    story: str
    """Slug; the field's name distinguishes its line from a topic's."""
    first: date | None = None

    @property
    def key(self) -> str:
        """Sort key of its line."""
        return self.story


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLink:
    """Address of a source."""

    slug: str
    name: str
    to: str | None = None
    """Slug of the source that its articles are ascribed to now; empty if there is none; None while it is live."""

    @property
    def key(self) -> str:
        """Sort key of its line."""
        return self.slug

    @property
    def live(self) -> bool:
        """Whether the address has the source's own page."""
        return self.to is None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorLink:
    """The editor's words on an edition."""

    day: str
    """``2026-11-22``."""
    said: str = ""
    """Checksum of these words."""

    @property
    def key(self) -> str:
        """Sort key of its line."""
        return self.day


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Everything recorded about earlier editions; withheld texts by id, all else by slug."""

    articles: Mapping[str, ArticleLink] = field(default_factory=lambda: MappingProxyType({}))
    withheld: Mapping[str, Withheld] = field(default_factory=lambda: MappingProxyType({}))
    topics: Mapping[str, TopicLink] = field(default_factory=lambda: MappingProxyType({}))
    stories: Mapping[str, StoryLink] = field(default_factory=lambda: MappingProxyType({}))
    sources: Mapping[str, SourceLink] = field(default_factory=lambda: MappingProxyType({}))
    editors: Mapping[str, EditorLink] = field(default_factory=lambda: MappingProxyType({}))
    """By day, for editions that have words of their editor."""

    def latest_edition(self) -> date | None:
        """Day of the latest edition; None if there was only one.

        What was first seen on that day counts as new; in a first edition nothing does.
        """
        days = self.editions()
        return days[-1] if len(days) > 1 else None

    def editions(self) -> tuple[date, ...]:
        """Days on which articles were first seen, ascending."""
        return tuple(sorted({link.first for link in self.articles.values() if link.first}))

    def withheld_names(self, names: Iterable[str]) -> frozenset[str]:
        """Names that are addresses of withheld texts."""
        addresses = {link.address for link in self.withheld.values()}
        return frozenset(name for name in names if address_of(name) in addresses)

    def anonymous(self) -> Ledger:
        """Replace the slugs of topics that were never public by fingerprints, since they are made of hidden words."""
        unseen = [slug for slug, link in self.topics.items() if link.withdrawn and link.first is None]
        return self._renamed({slug: anonymous_name(slug) for slug in unseen})

    def named(self, names: Iterable[str]) -> Ledger:
        """Reverse of ``anonymous`` for topics whose slugs are among ``names``."""
        by_fingerprint = {anonymous_name(name): name for name in names}
        return self._renamed({slug: by_fingerprint[slug] for slug in self.topics if slug in by_fingerprint})

    def _renamed(self, names: Mapping[str, str]) -> Ledger:
        """Replace slugs of topics (slug → new slug)."""
        if all(slug == name for slug, name in names.items()):
            return self

        def new(slug: str | None) -> str | None:
            return names.get(slug, slug) if slug is not None else None

        return replace(
            self,
            articles={
                slug: replace(link, topic=new(link.topic), proposed=new(link.proposed), by=new(link.by))
                for slug, link in self.articles.items()
            },
            withheld={
                id_: replace(link, topic=new(link.topic), by=new(link.by)) for id_, link in self.withheld.items()
            },
            topics={
                names.get(slug, slug): replace(link, slug=names.get(slug, slug)) for slug, link in self.topics.items()
            },
        )

    @property
    def empty(self) -> bool:
        """Whether no edition was recorded yet."""
        return not (self.articles or self.withheld)


def anonymous_name(slug: str) -> str:
    """Name in the ledger of a topic or story that was never public, whose slug is made of hidden words."""
    return slug if slug.startswith(_UNSEEN) else _UNSEEN + address_of(slug)


def other_names(names: Iterable[str], *, than: str) -> tuple[str, ...]:
    """Drop names that differ only in case from an earlier one or from ``than``."""
    kept: dict[str, str] = {}
    for name in names:
        kept.setdefault(name.casefold(), name)
    return tuple(name for key, name in kept.items() if key not in {"", than.casefold()})
