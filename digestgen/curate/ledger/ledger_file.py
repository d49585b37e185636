"""Read and write the ledger, ``seeds/permalinks.yml``.

Each entry is one line of JSON (which is also YAML); lines are sorted. Each line has a checksum and the last line a
count and a total, so that changed, lost and truncated lines are detected. After git merged two branches
(``merge=union`` in ``.gitattributes``), duplicate entries are reconciled on reading.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, replace
from dataclasses import fields as fields_of
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar

from digestgen import fields, strict_yaml
from digestgen.curate.ledger.fingerprint import checked_marks, checked_sketch
from digestgen.curate.ledger.ledger import (
    ArticleLink,
    EditorLink,
    Ledger,
    SourceLink,
    StoryLink,
    TopicLink,
    Withheld,
    other_names,
)
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

Link = TypeVar("Link", ArticleLink, TopicLink, StoryLink, SourceLink, Withheld, EditorLink)

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
    "archived": fields.as_url,
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
    wrong = [
        f"unknown key {fields.quoted(key)}{fields.suggestion_or_known(key, sorted(known))}"
        for key in entry.keys() - known
    ]
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
