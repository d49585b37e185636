"""The curator's rulings on topics, articles and editions, and rules for many articles at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from digestgen import strict_yaml
from digestgen.language.phrases import Aliases
from digestgen.model import Embargo

Criterion = Literal["keyword", "source", "feed"]
"""What a rule can match by."""

CRITERIA: tuple[Criterion, ...] = get_args(Criterion)


@dataclass(frozen=True, slots=True)
class SlugRef:
    """A slug named in a ruling, and its line."""

    slug: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicRuling:
    """Decisions on one topic."""

    line: int
    label: str | None = None
    note: str | None = None
    """Markdown."""
    section: str | None = None
    """Label of its section."""
    pin: bool = False
    hide: bool | None = None
    """False shows again what was withdrawn; None decides nothing."""
    keep: bool = False
    """Whether it takes no more newcomers."""
    merge: tuple[SlugRef, ...] = ()
    """Topics to merge into this one."""
    apart: tuple[SlugRef, ...] = ()
    """Topics that must not be merged with this one."""
    add: tuple[SlugRef, ...] = ()
    """Articles that belong here."""
    remove: tuple[SlugRef, ...] = ()
    """Articles that do not belong here."""
    lead: SlugRef | None = None
    """The first article."""
    order: tuple[SlugRef, ...] = ()
    """The following articles, in this order."""
    unreadable: bool = False
    """Whether part of the ruling could not be read; ``hide`` is true then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRuling:
    """Decisions on one article."""

    line: int
    title: str | None = None
    published: date | None = None
    summary: str | None = None
    """One paragraph of plain text, in the curator's own words."""
    note: str | None = None
    """Markdown."""
    pin: bool = False
    hide: bool | None = None
    """False shows again what was withdrawn; None decides nothing."""
    publish_on: Embargo | None = None
    """Day before which it is not shown."""
    moved: SlugRef | None = None
    """The article that its address redirects to, now that it is gone from the seeds."""
    unreadable: bool = False
    """Whether part of the ruling could not be read; ``hide`` is true then."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A decision (``hide`` or ``topic``) on all articles that match exactly one criterion."""

    line: int
    keyword: str | None = None
    """A word or phrase in the article."""
    source: str | None = None
    feed: str | None = None
    """Name of a seed, without ending and date."""
    hide: bool | None = None
    """False: shown, whatever a later rule says."""
    topic: SlugRef | None = None
    """The topic that matching articles go to."""
    unreadable: bool = False
    """Whether its decision could not be read; ``hide`` is true then."""

    @property
    def criterion(self) -> tuple[Criterion, str]:
        """Criterion and its value."""
        return next((key, value) for key in CRITERIA if (value := getattr(self, key)) is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionRuling:
    """The editor's words on the edition of a day, or the first after it."""

    line: int
    title: str | None = None
    letter: str | None = None
    """Markdown."""
    lead: tuple[SlugRef, ...] = ()
    """Articles whose stories come first, in this order."""
    leave_out: tuple[SlugRef, ...] = ()
    """New articles that the edition does not mention."""
    draft: bool = False
    """Whether it is not published yet; true if it could not be read."""
    unreadable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulings:
    """All decisions of ``curation.yml``, by slug in the order written."""

    topics: Mapping[str, TopicRuling] = field(default_factory=dict)
    articles: Mapping[str, ArticleRuling] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    """If several match an article, the first one counts."""
    editions: Mapping[date, EditionRuling] = field(default_factory=dict)
    """By day as written; ``edition_notes`` finds the edition of each."""
    aliases: Aliases = field(default_factory=Aliases)
    """Names of things that texts call in several ways."""
    alias_lines: Mapping[str, int] = field(default_factory=dict, compare=False)
    """Alias → its line."""
    unreadable: bool = False
    """Whether so much could not be read that it is unknown which topics and articles were meant."""
    statements: tuple[strict_yaml.Statement, ...] = field(default=(), compare=False)
    """All statements of the file, understood or not."""


def creates_topic(ruling: TopicRuling) -> bool:
    """Whether a ruling creates a topic if there is none of its name: it has a label and articles, and is not hidden."""
    return ruling.label is not None and bool(ruling.add) and not ruling.hide


def resolved_merges(rulings: Rulings) -> dict[str, str]:
    """Merged topic → topic that it finally becomes part of, following chains.

    Works for any rulings: of two merges of one topic the first counts, and cycles are left out.
    """
    into = direct_merges(rulings)
    ringed = {slug for ring in merge_rings(into) for slug in ring}
    links = {slug: target.slug for slug, target in into.items() if slug not in ringed}
    final: dict[str, str] = {}
    for start in links:
        path, slug = [], start
        while slug in links and slug not in final:
            path.append(slug)
            slug = links[slug]
        final |= dict.fromkeys(path, final.get(slug, slug))
    return {slug: final[slug] for slug in sorted(final)}


def direct_merges(rulings: Rulings) -> dict[str, SlugRef]:
    """Merged topic → first other topic that names it in ``merge``, with the line."""
    into: dict[str, SlugRef] = {}
    for target, ruling in rulings.topics.items():
        for named in ruling.merge:
            if named.slug != target:
                into.setdefault(named.slug, SlugRef(target, named.line))
    return into


def merge_rings(into: Mapping[str, SlugRef]) -> list[tuple[str, ...]]:
    """Cycles among direct merges: each topic is merged into the next, the last into the first."""
    rings = []
    seen: set[str] = set()
    for start in into:
        path: list[str] = []
        slug = start
        while slug in into and slug not in seen:
            seen.add(slug)
            path.append(slug)
            slug = into[slug].slug
        if slug in path:
            rings.append(tuple(path[path.index(slug) :]))
    return rings
