"""The ledger, ``seeds/permalinks.yml``: every address ever published, and what became of it.

One entry is one line, sorted by slug, so that git can merge two curators' ledgers by keeping the lines of both
(``merge=union`` in ``.gitattributes``). What such a merge doubles is made one again on reading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import TypeVar

from digestgen import fields, strict_yaml
from digestgen.curate.sketch import sketched_runs
from digestgen.errors import InputError, Problem

VERSION = "1"
_HEADER = """\
# Every address ever published, and what became of it. digestgen writes this file at each build; commit it with the
# seeds, and leave it as it is: decisions belong into curation.yml.
"""
_BETWEEN = ("#", "# The topics. These lines keep two lists apart that git", "# would otherwise merge into one.", "#")
"""Git takes changes that are at most three lines apart for one, and would then keep both sides' ``topics:``."""
_ARTICLE_KEYS = ("slug", "id", "seed", "first", "topic", "proposed", "text", "to", "withdrawn")
_TOPIC_KEYS = ("slug", "label", "first", "to", "withdrawn", "formerly")

Link = TypeVar("Link", "ArticleLink", "TopicLink")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLink:
    """An article's address."""

    slug: str
    id: str
    """The article's id when it was last seen."""
    seed: str = ""
    """The file that it came from."""
    first: date | None = None
    """The day on which it was first seen."""
    topic: str | None = None
    """Slug of the topic that readers find it in; None on the shelf."""
    proposed: str | None = None
    """Slug of the topic that it would be in without the curator's rulings, where that is another."""
    text: str = ""
    """Sketch of its text, by which it is known again after an edit."""
    to: str | None = None
    """Slug of the article that its address leads to, now that it is gone itself."""
    withdrawn: bool = False
    """Whether the curator took it off the site."""

    @property
    def live(self) -> bool:
        """Whether the address is the article's own."""
        return self.to is None and not self.withdrawn


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicLink:
    """A topic's address."""

    slug: str
    label: str = ""
    """What it was last called."""
    first: date | None = None
    to: str | None = None
    """Slug of the topic that its articles went to; empty when they are on the shelf; None while it lives."""
    withdrawn: bool = False
    formerly: tuple[str, ...] = ()
    """What readers knew it as before it was called what it is called now."""

    @property
    def live(self) -> bool:
        """Whether the address is the topic's own."""
        return self.to is None and not self.withdrawn

    @property
    def published(self) -> bool:
        """Whether readers know it by its label: what is hidden may have got that since."""
        return self.first is not None and not self.withdrawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """All addresses, by slug."""

    articles: Mapping[str, ArticleLink] = field(default_factory=lambda: MappingProxyType({}))
    topics: Mapping[str, TopicLink] = field(default_factory=lambda: MappingProxyType({}))

    def latest_edition(self) -> date | None:
        """The day on which the newest articles were first seen; None when all were on the same day.

        What was first seen on that day is new; in a first edition, nothing is.
        """
        days = self.editions()
        return days[-1] if len(days) > 1 else None

    def editions(self) -> tuple[date, ...]:
        """The days on which articles were first seen, in rising order."""
        return tuple(sorted({link.first for link in self.articles.values() if link.first}))


def read_ledger(text: str, file: str) -> Ledger:
    """The ledger in ``text``; an empty text is an empty ledger.

    Raises InputError with everything that is wrong: a ledger that was half understood would let addresses die.
    """
    problems: list[Problem] = []
    top = strict_yaml.Fields(strict_yaml.parse(text, file), file, ("version", "articles", "topics"), problems)
    version = top.value("version", fields.as_text)
    if version not in {None, VERSION}:
        top.report(top.line_of("version"), f"version {version} is of another digestgen; this one reads {VERSION}")
    articles = [_article(node, file, problems) for node in top.entries("articles") or ()]
    topics = [_topic(node, file, problems) for node in top.entries("topics") or ()]
    if problems:
        raise InputError(problems)
    return Ledger(articles=_by_slug(articles, _one), topics=_by_slug(topics, _one_topic))


def write_ledger(ledger: Ledger) -> str:
    """The ledger as YAML: one entry a line, sorted, nothing that is not needed."""
    lines = [f"version: {VERSION}", "articles:"]
    lines += [_line(ledger.articles[slug], _ARTICLE_KEYS) for slug in sorted(ledger.articles)]
    lines += _BETWEEN
    lines.append("topics:")
    lines += [_line(ledger.topics[slug], _TOPIC_KEYS) for slug in sorted(ledger.topics)]
    return _HEADER + "\n".join(lines) + "\n"


def _article(node: strict_yaml.Node, file: str, problems: list[Problem]) -> ArticleLink:
    entry = strict_yaml.Fields(node, file, _ARTICLE_KEYS, problems)
    return ArticleLink(
        slug=_required(entry, "slug"),
        id=_required(entry, "id"),
        seed=entry.value("seed", fields.as_text) or "",
        first=entry.value("first", fields.as_date),
        topic=entry.value("topic", fields.as_text),
        proposed=entry.value("proposed", fields.as_text),
        text=entry.value("text", _as_sketch) or "",
        to=entry.value("to", fields.as_text),
        withdrawn=entry.value("withdrawn", fields.as_flag) or False,
    )


def _topic(node: strict_yaml.Node, file: str, problems: list[Problem]) -> TopicLink:
    entry = strict_yaml.Fields(node, file, _TOPIC_KEYS, problems)
    return TopicLink(
        slug=_required(entry, "slug"),
        label=entry.value("label", fields.as_text) or "",
        first=entry.value("first", fields.as_date),
        to=entry.value("to", str),
        withdrawn=entry.value("withdrawn", fields.as_flag) or False,
        formerly=tuple(text for text, _ in entry.texts("formerly")),
    )


def other_names(names: Iterable[str], *, than: str) -> tuple[str, ...]:
    """The names without those that differ in nothing but case from one before them, or from the name ``than``."""
    kept: dict[str, str] = {}
    for name in names:
        kept.setdefault(name.casefold(), name)
    return tuple(name for key, name in kept.items() if key not in {"", than.casefold()})


def _required(entry: strict_yaml.Fields, key: str) -> str:
    value = entry.value(key, fields.as_text)
    if value is None and not entry.has(key):
        entry.report(entry.line, f"an entry needs its {key}")
    return value or ""


def _as_sketch(text: str) -> str:
    sketched_runs(text)
    return text


def _by_slug(links: Iterable[Link], one: Callable[[Link, Link], Link]) -> Mapping[str, Link]:
    found: dict[str, Link] = {}
    for link in links:
        found[link.slug] = one(found[link.slug], link) if link.slug in found else link
    return MappingProxyType({slug: found[slug] for slug in sorted(found)})


def _one(first: Link, second: Link) -> Link:
    """Of two entries of one address the one that lives; it does not matter which stands first."""
    kept = min(first, second, key=lambda link: (not link.live, repr(link)))
    return replace(kept, first=_earlier(first.first, second.first))


def _one_topic(first: TopicLink, second: TopicLink) -> TopicLink:
    kept = _one(first, second)
    names = {*first.formerly, *second.formerly, *(link.label for link in (first, second) if link.published)}
    return replace(kept, formerly=other_names(sorted(names), than=kept.label))


def _earlier(first: date | None, second: date | None) -> date | None:
    return min(filter(None, (first, second)), default=None)


def _line(link: ArticleLink | TopicLink, keys: Iterable[str]) -> str:
    written = []
    for key in keys:
        value = getattr(link, key)
        if value is True:
            written.append(f"{key}: true")
        elif isinstance(value, tuple):
            written += [f"{key}: [{', '.join(map(strict_yaml.scalar, value))}]"] if value else []
        elif value is not None and value is not False and (value != "" or key == "to"):
            text = value.isoformat() if isinstance(value, date) else value
            written.append(f"{key}: {strict_yaml.scalar(text)}")
    return f"  - {{{', '.join(written)}}}"
