"""Record of a build, from which the next one finds out which pages to rebuild.

A page depends on its source, on what is common to the whole site (``common``), and on little else: the navigation, and
the card it is shared with. For each page, the record holds what other pages need to know about it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

FACTS = ("kind", "title", "description", "topic")
"""Front matter that other pages depend on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRecord:
    """A page, as far as others depend on it, and what it shows of others."""

    facts: Mapping[str, str]
    """Front matter, by the names in ``FACTS``."""
    searched: bool
    """Whether the search index must contain it."""
    unspaced: bool
    """Whether it has text in a script without spaces between words."""
    card: str
    card_title: str
    """The card it is shared with, and its title; both empty if there is none."""
    anchors: tuple[str, ...]
    """Anchors on the page."""
    links: Mapping[str, Mapping[str, str]]
    """Path of another page's source → anchor there → link as written."""
    targets: tuple[str, ...]
    """Paths that its links point to, whether or not a file existed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildRecord:
    """A completed build."""

    common: str
    """Hash of everything that every page depends on."""
    navigation: str
    """Hash of what all pages show of the pages in the navigation."""
    sources: Mapping[str, str]
    """Path in the docs folder or theme → hash; empty for files that are not part of the site."""
    outputs: Mapping[str, str]
    """Path in the site folder → hash; without the search index, which is always rebuilt."""
    cards: Mapping[str, str]
    """Card → hash of the words on it."""
    pages: Mapping[str, PageRecord]
    """By path of the source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentState:
    """The state that a build starts from, in the terms of ``BuildRecord``."""

    common: str
    sources: Mapping[str, str]
    outputs: Mapping[str, str]
    shared_places: bool = False
    """Whether two files have the same place in the site, or one has the place of a card or of the index."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildPlan:
    """What a build has to do."""

    whole: str
    """Reason for rebuilding everything; empty for an incremental build."""
    changed: frozenset[str] = field(default=frozenset())
    """Sources that are new, have changed, or link to a file that was added or removed."""
    gone: frozenset[str] = field(default=frozenset())
    """Removed sources from which something was built."""


def plan_build(record: BuildRecord, found: CurrentState) -> BuildPlan:
    """Plan an incremental build, or a full one unless it is certain which pages a change affects."""
    reasons = (
        (found.common != record.common, "mkdocs.yml, the theme, the language or a version has changed"),
        (found.outputs != record.outputs, "the site is not as it was left"),
        (found.shared_places, "two files belong in one place"),
    )
    if whole := next((reason for holds, reason in reasons if holds), ""):
        return BuildPlan(whole=whole)
    came_or_went = record.sources.keys() ^ found.sources.keys()
    linking = (path for path, page in record.pages.items() if not came_or_went.isdisjoint(page.targets))
    changed = (path for path, known in found.sources.items() if record.sources.get(path) != known)
    gone = (path for path, known in record.sources.items() if known and path not in found.sources)
    return BuildPlan(whole="", changed=frozenset((*changed, *linking)), gone=frozenset(gone))


def stale_pages(record: BuildRecord, navigation: str, cards: Mapping[str, tuple[str, str]]) -> frozenset[str]:
    """Pages to rebuild although their sources are unchanged, because of what they show of others.

    ``cards`` maps each page with a card to the card and its title.
    """
    if navigation != record.navigation:
        return frozenset(record.pages)
    return frozenset(
        path for path, page in record.pages.items() if cards.get(path, ("", "")) != (page.card, page.card_title)
    )


def to_json(record: BuildRecord) -> str:
    """Serialise a record."""
    # asdict would copy everything.
    body = _by_name(record) | {"pages": {path: _by_name(page) for path, page in record.pages.items()}}
    return json.dumps({"sha256": _checksum(body), "build": body}, separators=(",", ":")) + "\n"


def from_json(text: str) -> BuildRecord | None:
    """Parse a record; None if it is damaged or of another version."""
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
