"""``curation.yml``: what the curator decides of single topics and articles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from digestgen import fields, strict_yaml
from digestgen.errors import InputError, Problem
from digestgen.text import clean_line

LONGEST_SUMMARY = 2_000
"""Characters."""

_TOPIC_KEYS = ("label", "note", "pin", "hide", "merge", "articles")
_MEMBER_KEYS = ("add", "remove")
_ARTICLE_KEYS = ("title", "published", "summary", "note", "pin", "hide", "moved")


@dataclass(frozen=True, slots=True)
class Named:
    """A slug that a ruling names, and the line where it stands."""

    slug: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicRuling:
    """What is decided of one topic."""

    line: int
    label: str | None = None
    note: str | None = None
    """Markdown."""
    pin: bool = False
    hide: bool = False
    merge: tuple[Named, ...] = ()
    """Topics that are folded into this one."""
    add: tuple[Named, ...] = ()
    """Articles that belong here."""
    remove: tuple[Named, ...] = ()
    """Articles that do not belong here."""
    unread: bool = False
    """Whether part of the ruling could not be read; ``hide`` is true then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRuling:
    """What is decided of one article."""

    line: int
    title: str | None = None
    published: date | None = None
    summary: str | None = None
    """One paragraph of plain text, in the curator's own words."""
    note: str | None = None
    """Markdown."""
    pin: bool = False
    hide: bool = False
    moved: Named | None = None
    """The article to which the address of this one leads, now that it is gone from the seeds."""
    unread: bool = False
    """Whether part of the ruling could not be read; ``hide`` is true then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulings:
    """All that ``curation.yml`` decides; slug → ruling, in the order written."""

    topics: Mapping[str, TopicRuling] = field(default_factory=dict)
    articles: Mapping[str, ArticleRuling] = field(default_factory=dict)
    unread: bool = False
    """Whether so much could not be read that nobody can tell which topics and articles it was about."""
    said: tuple[strict_yaml.Statement, ...] = field(default=(), compare=False)
    """All that stands in the file, be it understood or not."""


def read_rulings(text: str, file: str) -> tuple[Rulings, tuple[Problem, ...]]:
    """The rulings in ``text``, and everything that is wrong with how they are written; never raises.

    Every ruling that reads well is kept. One that does not is taken to hide its topic or article until it is mended:
    showing it by half of what the curator said could publish what must not be. ``file`` is the file's name.
    """
    problems: list[Problem] = []
    try:
        root = strict_yaml.parse(text, file)
    except InputError as error:
        return Rulings(unread=True), error.problems
    top = strict_yaml.Fields(root, file, ("topics", "articles"), problems)
    topics, articles = top.mapping("topics"), top.mapping("articles")
    unread = bool(problems)
    rulings = Rulings(
        topics={slug: _topic(node, line, file, problems) for slug, (line, node) in topics.items()},
        articles={slug: _article(node, line, file, problems) for slug, (line, node) in articles.items()},
        unread=unread,
        said=tuple(strict_yaml.statements(root)),
    )
    return rulings, InputError(problems).problems


def _topic(node: strict_yaml.Node, line: int, file: str, problems: list[Problem]) -> TopicRuling:
    before = len(problems)
    entry = _filled(node, line, file, _TOPIC_KEYS, problems)
    members = strict_yaml.Mapping(entry.mapping("articles"), entry.line_of("articles"))
    articles = _filled(members, members.line, file, _MEMBER_KEYS, problems)
    label, note = entry.value("label", fields.as_text), entry.value("note", fields.as_prose)
    pin, hide = entry.value("pin", fields.as_flag), entry.value("hide", fields.as_flag)
    merge, add, remove = entry.texts("merge"), articles.texts("add"), articles.texts("remove")
    unread = len(problems) > before
    return TopicRuling(
        line=line,
        label=label,
        note=note,
        pin=pin or False,
        hide=hide or unread,
        merge=_named(merge),
        add=_named(add),
        remove=_named(remove),
        unread=unread,
    )


def _article(node: strict_yaml.Node, line: int, file: str, problems: list[Problem]) -> ArticleRuling:
    before = len(problems)
    entry = _filled(node, line, file, _ARTICLE_KEYS, problems)
    title, published = entry.value("title", fields.as_text), entry.value("published", fields.as_date)
    summary, note = entry.value("summary", _as_summary), entry.value("note", fields.as_prose)
    pin, hide = entry.value("pin", fields.as_flag), entry.value("hide", fields.as_flag)
    moved = entry.value("moved", fields.as_text)
    unread = len(problems) > before
    return ArticleRuling(
        line=line,
        title=title,
        published=published,
        summary=summary,
        note=note,
        pin=pin or False,
        hide=hide or unread,
        moved=None if moved is None else Named(moved, entry.line_of("moved")),
        unread=unread,
    )


def _filled(
    node: strict_yaml.Node, line: int, file: str, known: tuple[str, ...], problems: list[Problem]
) -> strict_yaml.Fields:
    """The fields of a mapping; a key without a value is reported: it does not say what is decided."""
    if node == strict_yaml.Scalar(None, node.line):
        node = strict_yaml.Mapping({}, line)
    entry = strict_yaml.Fields(node, file, known, problems)
    if isinstance(node, strict_yaml.Mapping):
        for key, (where, value) in node.entries.items():
            if key in known and isinstance(value, strict_yaml.Scalar) and value.text is None:
                entry.report(where, f"{key}: is empty; write what is decided, or remove the line")
    return entry


def _named(texts: tuple[tuple[str, int], ...]) -> tuple[Named, ...]:
    return tuple(Named(slug, line) for slug, line in texts)


def _as_summary(value: str) -> str:
    if len(value) > LONGEST_SUMMARY:
        raise ValueError(f"is {len(value):,} characters long; {LONGEST_SUMMARY:,} are the most")
    return clean_line(fields.as_prose(value))


def resolved_merges(rulings: Rulings) -> dict[str, str]:
    """Topic slug → the topic that it is folded into in the end, chains followed; only topics that are folded away.

    Whatever the rulings: of two merges of one topic the first counts, and merges in a ring are left out.
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


def direct_merges(rulings: Rulings) -> dict[str, Named]:
    """Topic slug → the first other topic that names it in ``merge``, and the line where it does."""
    into: dict[str, Named] = {}
    for target, ruling in rulings.topics.items():
        for named in ruling.merge:
            if named.slug != target:
                into.setdefault(named.slug, Named(target, named.line))
    return into


def merge_rings(into: Mapping[str, Named]) -> list[tuple[str, ...]]:
    """The rings among direct merges: topics of which each is folded into the next, and the last into the first."""
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
