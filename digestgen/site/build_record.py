"""What a site was built from, and what follows from it: which of its pages the next build makes anew.

A page is made of its source, of what is the same for the whole site (``common``), and of little else: the navigation,
and the picture that it is shared with. What is recorded of a page is what the making of others asks of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

FACTS = ("kind", "title", "description", "topic")
"""What of a page's front matter is asked when other pages are made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRecord:
    """A page, as far as others depend on it, and what it shows of others."""

    facts: Mapping[str, str]
    """Front matter, by the names in ``FACTS``."""
    searched: bool
    """Whether the index must hold it."""
    unspaced: bool
    """Whether it has a text in a script without spaces between words."""
    card: str
    card_title: str
    """The picture that it is shared with, and the title of that; both empty where it has none."""
    anchors: tuple[str, ...]
    """Its own."""
    links: Mapping[str, Mapping[str, str]]
    """Path of another page's source → anchor there → the link as it was written."""
    targets: tuple[str, ...]
    """Paths that its links lead to, whether there was a file or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildRecord:
    """A complete build of a site."""

    common: str
    """A hash of what every page depends on."""
    navigation: str
    """A hash of what all pages show of those in the navigation."""
    sources: Mapping[str, str]
    """Path below the docs folder, or in the theme, → hash; empty for what is no part of the site."""
    outputs: Mapping[str, str]
    """Path below the site folder → hash; without the search index, which is never kept."""
    cards: Mapping[str, str]
    """Whose picture → hash of the words on it."""
    pages: Mapping[str, PageRecord]
    """By the path of its source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a build finds when it begins; each as in the record of the last one."""

    common: str
    sources: Mapping[str, str]
    outputs: Mapping[str, str]
    shared_places: bool = False
    """Whether two files belong in one place of the site, or one where a card or the index does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a build does."""

    whole: str
    """Why all is built anew; empty where it is not."""
    changed: frozenset[str] = field(default=frozenset())
    """Sources that differ from those of the last build, or are new, or link to one that came or went."""
    gone: frozenset[str] = field(default=frozenset())
    """Sources that there are no more, and of which something was made."""


def plan(record: BuildRecord, found: Found) -> Plan:
    """All is built anew unless it is certain which pages a change shows on."""
    reasons = (
        (found.common != record.common, "mkdocs.yml, the theme, the language or a version has changed"),
        (found.outputs != record.outputs, "the site is not as it was left"),
        (found.shared_places, "two files belong in one place"),
    )
    if whole := next((said for holds, said in reasons if holds), ""):
        return Plan(whole=whole)
    came_or_went = record.sources.keys() ^ found.sources.keys()
    linking = (path for path, page in record.pages.items() if not came_or_went.isdisjoint(page.targets))
    changed = (path for path, known in found.sources.items() if record.sources.get(path) != known)
    gone = (path for path, known in record.sources.items() if known and path not in found.sources)
    return Plan(whole="", changed=frozenset((*changed, *linking)), gone=frozenset(gone))


def outdated(record: BuildRecord, navigation: str, cards: Mapping[str, tuple[str, str]]) -> frozenset[str]:
    """The pages that must be made anew although their sources are as they were, for what they show of others.

    ``cards`` has the picture of each page that has one now, and the title of that.
    """
    if navigation != record.navigation:
        return frozenset(record.pages)
    return frozenset(
        path for path, page in record.pages.items() if cards.get(path, ("", "")) != (page.card, page.card_title)
    )


def to_json(record: BuildRecord) -> str:
    """A record as text, from which ``from_json`` makes the same again."""
    # Not by asdict, which copies all of it.
    body = _by_name(record) | {"pages": {path: _by_name(page) for path, page in record.pages.items()}}
    return json.dumps({"sha256": _checksum(body), "build": body}, separators=(",", ":")) + "\n"


def from_json(text: str) -> BuildRecord | None:
    """The record that a text holds; None where that is damaged, or of another version."""
    try:
        held = json.loads(text)
        body = held["build"]
        if held["sha256"] != _checksum(body):
            return None
        pages = {
            path: PageRecord(**{**page, "anchors": tuple(page["anchors"]), "targets": tuple(page["targets"])})
            for path, page in body["pages"].items()
        }
        return BuildRecord(**{**body, "pages": pages})
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def _by_name(record: BuildRecord | PageRecord) -> dict[str, Any]:
    return {each.name: getattr(record, each.name) for each in fields(record)}


def _checksum(body: Any) -> str:  # noqa: ANN401 -- whatever a text holds
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
