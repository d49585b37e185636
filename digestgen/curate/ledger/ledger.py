"""The ledger, ``seeds/permalinks.yml``: every address ever published, what it leads to, and what is withheld.

It also stores what editions settled: the topic and story of each article, the label of each topic. The composition
relies on it and never infers the past.

Each entry is one line of JSON (which is also YAML); lines are sorted. Each line has a checksum and the last line a
count and a total, so that changed, lost and truncated lines are detected. After git merged two branches
(``merge=union`` in ``.gitattributes``), duplicate entries are reconciled on reading.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, field, replace
from dataclasses import fields as fields_of
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar

from digestgen import fields, strict_yaml
from digestgen.curate.ledger.fingerprint import address_of, checked_marks, checked_sketch
from digestgen.errors import InputError, Problem

VERSION = "2"
_FIRST_VERSION = "1"
FIRST_LINE = (
    "# Every address ever published, and what became of it. digestgen writes this file at each build; commit it with "
    "the"
)
_HEADER = f"""\
{FIRST_LINE}
# seeds, and leave it as it is: decisions belong into curation.yml.
"""
_BETWEEN = ("#", "# These lines keep two lists apart that git would", "# otherwise merge into one.", "#")
"""Separator of sections: git merges changes up to three lines apart into one, and would duplicate the headings."""
_END = "# The end: {} entries, {:06x} in all."
_END_LINE = re.compile(r"# The end: (\d+) entries, ([0-9a-f]{6}) in all\.")
_ENTRY = "  - "
_RESTORE = "put it back as it was, for example with git; decisions belong into curation.yml"

_UNSEEN = "unseen-"

Link = TypeVar("Link", "ArticleLink", "TopicLink", "StoryLink", "SourceLink", "Withheld", "EditorLink")


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


_SECTIONS: dict[str, type[Any]] = {
    "articles": ArticleLink,
    "withheld": Withheld,
    "topics": TopicLink,
    "stories": StoryLink,
    "sources": SourceLink,
    "editors": EditorLink,
}
_MAY_BE_MISSING = frozenset({"editors"})
"""Sections that are omitted if empty."""
_KEYS = {kind: frozenset(each.name for each in fields_of(kind)) for kind in _SECTIONS.values()}
_NEEDED = {kind: tuple(each.name for each in fields_of(kind) if each.default is MISSING) for kind in _SECTIONS.values()}
_READERS: dict[str, Callable[[str], object]] = {
    "first": fields.as_date,
    "published": fields.as_date,
    "withdrawn": fields.as_flag,
    "pin": fields.as_flag,
    "to": str,
    "proposed": str,
    "text": checked_sketch,
    "marks": checked_marks,
}


def read_ledger(text: str, file: str) -> Ledger:
    """Parse a ledger; an empty text is an empty ledger.

    Raises InputError with all problems: a partly understood ledger would lose addresses and publish what was withheld.
    """
    problems: list[Problem] = []
    found: dict[str, list[Any]] = {name: [] for name in _SECTIONS}
    version, rows = _rows(text, file)
    if text and not version:
        raise InputError([Problem(file, 1, f"is cut short: its version is missing; {_RESTORE}")])
    if version not in {"", _FIRST_VERSION, VERSION}:
        raise InputError([Problem(file, None, f"version {version} is of another digestgen; this one reads {VERSION}")])
    checked = version == VERSION
    sums = []
    for section, line, entry in rows:
        check = entry.pop("check", "")
        if checked and check != _check(entry):
            message = "a key is missing" if not check else "it no longer fits its check"
            problems.append(Problem(file, line, f"was changed by hand ({message}); {_RESTORE}"))
            continue
        sums.append(int(str(check) or "0", 16) if checked else 0)
        _read_entry(section, entry, Problem(file, line, ""), found, problems)
    if checked:
        problems += _end_problems(text, file, sums)
    if problems:
        raise InputError(problems)
    return Ledger(
        articles=_by_key(found["articles"], _merged_article),
        withheld=_by_key(found["withheld"], lambda one, other: min(one, other, key=repr)),
        topics=_by_key(found["topics"], _merged_topic),
        stories=_by_key(found["stories"], lambda one, other: replace(one, first=_earlier(one.first, other.first))),
        sources=_by_key(
            found["sources"], lambda one, other: min(one, other, key=lambda link: (not link.live, repr(link)))
        ),
        editors=_by_key(found["editors"], lambda one, other: min(one, other, key=repr)),
    )


def write_ledger(ledger: Ledger) -> str:
    """Serialise the ledger as YAML: one entry per line, sorted, without default values."""
    lines = [f"version: {VERSION}"]
    checks: list[str] = []
    for number, section in enumerate(_SECTIONS):
        links = getattr(ledger, section)
        if not links and section in _MAY_BE_MISSING:
            continue
        lines += [*(_BETWEEN if number else ()), f"{section}:"]
        for key in sorted(links):
            entry = _entry_of(links[key])
            checks.append(_check(entry))
            lines.append(_ENTRY + _json({**entry, "check": checks[-1]}))
    lines.append(_END.format(len(checks), _sum(int(check, 16) for check in checks)))
    return _HEADER + "\n".join(lines) + "\n"


def anonymous_name(slug: str) -> str:
    """Name in the ledger of a topic or story that was never public, whose slug is made of hidden words."""
    return slug if slug.startswith(_UNSEEN) else _UNSEEN + address_of(slug)


def other_names(names: Iterable[str], *, than: str) -> tuple[str, ...]:
    """Drop names that differ only in case from an earlier one or from ``than``."""
    kept: dict[str, str] = {}
    for name in names:
        kept.setdefault(name.casefold(), name)
    return tuple(name for key, name in kept.items() if key not in {"", than.casefold()})


def _rows(text: str, file: str) -> tuple[str, Iterator[tuple[str, int, dict[str, Any]]]]:
    """Version, and each entry with section and line. Parses line by line as JSON if possible, else as YAML."""
    try:
        return _json_rows(text)
    except ValueError:
        return _yaml_rows(text, file)


def _json_rows(text: str) -> tuple[str, Iterator[tuple[str, int, dict[str, Any]]]]:
    version, section = "", ""
    rows: list[tuple[str, int, dict[str, Any]]] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.startswith(_ENTRY):
            entry = json.loads(line[len(_ENTRY) :])
            if not section or not isinstance(entry, dict):
                raise ValueError
            rows.append((section, number, entry))
        elif line.startswith("version: ") and not version:
            version = line.removeprefix("version: ")
        elif line.endswith(":") and line[:-1] in _SECTIONS:
            section = line[:-1]
        elif line and not line.startswith("#"):
            raise ValueError
    return version, iter(rows)


def _yaml_rows(text: str, file: str) -> tuple[str, Iterator[tuple[str, int, dict[str, Any]]]]:
    problems: list[Problem] = []
    top = strict_yaml.Fields(strict_yaml.parse(text, file), file, ("version", *_SECTIONS), problems)
    version = top.value("version", fields.as_text) or ""
    rows: list[tuple[str, int, dict[str, Any]]] = []
    for section in _SECTIONS:
        for node in top.entries(section) or ():
            if isinstance(node, strict_yaml.Mapping):
                rows.append((section, node.line, {key: _plain(value) for key, (_, value) in node.entries.items()}))
            else:
                problems.append(Problem(file, node.line, f"{section}: holds what is no entry; {_RESTORE}"))
    if problems:
        raise InputError(problems)
    return version, iter(rows)


def _plain(node: strict_yaml.Node) -> object:
    if isinstance(node, strict_yaml.Sequence):
        return [_plain(entry) for entry in node.entries]
    if isinstance(node, strict_yaml.Scalar):
        return {"true": True, "false": False}.get(node.text or "", node.text)
    return None


def _read_entry(
    section: str, entry: Mapping[str, Any], at: Problem, found: dict[str, list[Any]], problems: list[Problem]
) -> None:
    """Append an entry to its section, or report what is wrong with it."""
    kind = _SECTIONS[section]
    known = _KEYS[kind]
    values: dict[str, object] = {}
    wrong = [f"unknown key {fields.quoted(key)}{fields.nearest(key, sorted(known))}" for key in entry.keys() - known]
    for key in sorted(entry.keys() & known):
        try:
            values[key] = _value(key, entry[key])
        except ValueError as error:
            wrong.append(f"{key}: {error}")
    wrong += [f"an entry needs its {key}" for key in _NEEDED[kind] if key not in entry]
    if wrong:
        problems.extend(replace(at, message=f"{message}; {_RESTORE}") for message in wrong)
    else:
        found[section].append(kind(**values))


def _value(key: str, raw: object) -> object:
    if isinstance(raw, bool):
        raw = "true" if raw else "false"
    if key == "formerly":
        if not isinstance(raw, list):
            raise ValueError("is no list")
        return tuple(fields.as_text(str(each)) for each in raw)
    if not isinstance(raw, str):
        raise ValueError("is no text")  # noqa: TRY004 -- reported by the caller
    return _READERS.get(key, fields.as_text)(raw)


def _end_problems(text: str, file: str, sums: list[int]) -> list[Problem]:
    """Check the last line, with the number of entries and the sum of their checksums."""
    ends = [match for line in text.splitlines() if (match := _END_LINE.fullmatch(line))]
    last = text.rstrip("\n").count("\n") + 1
    if not ends or not _END_LINE.fullmatch(text.rstrip("\n").rpartition("\n")[2]):
        return [Problem(file, last, f"is cut short: its last line is missing; {_RESTORE}")]
    missing = max(int(match[1]) for match in ends) - len(sums)
    if missing > 0:
        return [Problem(file, last, f"lacks {missing} of its lines; {_RESTORE}")]
    # After git merged two ledgers there are two ends, and neither sum fits the whole.
    if len(ends) == 1 and int(ends[0][2], 16) != _sum(sums):
        return [Problem(file, last, f"holds other lines than were written; {_RESTORE}")]
    return []


def _entry_of(link: ArticleLink | Withheld | TopicLink | StoryLink | SourceLink | EditorLink) -> dict[str, Any]:
    """Fields of an entry that differ from their defaults."""
    entry: dict[str, Any] = {}
    for each in fields_of(link):
        value = getattr(link, each.name)
        kept = (
            value is not None
            and value is not False
            and value != ()
            and (value != "" or each.name in {"to", "proposed"})
        )
        if kept:
            entry[each.name] = (
                value.isoformat() if isinstance(value, date) else list(value) if value.__class__ is tuple else value
            )
    return entry


def _check(entry: Mapping[str, Any]) -> str:
    return f"{zlib.crc32(_json(entry).encode('utf-8', 'surrogatepass')) & 0xFFFFFF:06x}"


def _sum(checks: Iterable[int]) -> int:
    return sum(checks) & 0xFFFFFF


def _json(entry: Mapping[str, Any]) -> str:
    text = json.dumps(entry, ensure_ascii=False)
    # YAML forbids some characters that JSON allows.
    return text if text.isprintable() else "".join(map(_escaped, text))


def _escaped(character: str) -> str:
    if character.isprintable() or ord(character) > 0xFFFF:
        return character
    return f"\\u{ord(character):04x}"


def _by_key(links: Iterable[Link], one: Callable[[Link, Link], Link]) -> Mapping[str, Link]:
    found: dict[str, Link] = {}
    for link in links:
        found[link.key] = one(found[link.key], link) if link.key in found else link
    return MappingProxyType({key: found[key] for key in sorted(found)})


def _merged_article(first: ArticleLink, second: ArticleLink) -> ArticleLink:
    """Reconcile two entries for one address: the withdrawn one wins, then the live one, in any order."""
    kept = min(first, second, key=lambda link: (not link.withdrawn, not link.live, repr(link)))
    return replace(kept, first=_earlier(first.first, second.first))


def _merged_topic(first: TopicLink, second: TopicLink) -> TopicLink:
    kept = min(first, second, key=lambda link: (not link.withdrawn, not link.live, repr(link)))
    names = {*first.formerly, *second.formerly, *(link.label for link in (first, second) if link.published)}
    return replace(
        kept, first=_earlier(first.first, second.first), formerly=other_names(sorted(names), than=kept.label)
    )


def _earlier(first: date | None, second: date | None) -> date | None:
    return min(filter(None, (first, second)), default=None)
