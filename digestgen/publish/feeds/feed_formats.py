"""Serialisation of feeds: Atom (RFC 4287), JSON Feed 1.1, and OPML 2.0 for a list of feeds."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from uuid import UUID

NAMES = UUID("6f5a3d0e-4c1b-5d0a-9a39-6d0f6a1c7b52")
"""UUID namespace of entry ids. Must not change: all entries would appear new to feed readers."""

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 forbids, even as references."""
_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """One entry of a feed. All addresses are absolute."""

    id: str
    title: str
    page: str
    """URL of the article's page on this site."""
    original: str | None
    """URL of the original on another site."""
    author: str | None
    published: date
    updated: date
    tag: str | None
    language: str
    summary: str
    """Plain text."""
    content: str
    """HTML."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed, independent of format. All addresses are absolute."""

    address: str
    """URL of the feed itself, without file extension."""
    page: str
    """URL of the page that the feed belongs to."""
    title: str
    description: str
    author: str
    language: str
    updated: date
    items: tuple[FeedItem, ...]
    """Newest first."""


def to_atom(feed: Feed) -> str:
    """Serialise as Atom. The feed's id is the URL of its page."""
    root = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": feed.language})
    _add_text(root, "id", feed.page)
    _add_text(root, "title", feed.title)
    _add_text(root, "subtitle", feed.description)
    _add_text(root, "updated", _moment(feed.updated))
    _add_text(_add(root, "author"), "name", feed.author)
    _add(root, "link", {"rel": "self", "type": "application/atom+xml", "href": f"{feed.address}.xml"})
    _add(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.page})
    for item in feed.items:
        entry = _add(root, "entry", {} if item.language == feed.language else {"xml:lang": item.language})
        _add_text(entry, "id", item.id)
        _add_text(entry, "title", item.title)
        _add_text(entry, "published", _moment(item.published))
        _add_text(entry, "updated", _moment(item.updated))
        if item.author:
            _add_text(_add(entry, "author"), "name", item.author)
        _add(entry, "link", {"rel": "alternate", "type": "text/html", "href": item.page})
        if item.original:
            _add(entry, "link", {"rel": "via", "href": item.original})
        if item.tag:
            _add(entry, "category", {"term": item.tag})
        _add_text(entry, "summary", item.summary)
        _add_text(entry, "content", item.content, {"type": "html"})
    return _document(root)


def to_json_feed(feed: Feed) -> str:
    """Serialise as JSON Feed."""
    content = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": f"{feed.address}.json",
        "description": feed.description,
        "authors": [{"name": feed.author}],
        "language": feed.language,
        "items": [_json_item(item) for item in feed.items],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _json_item(item: FeedItem) -> dict[str, object]:
    known = {
        "id": item.id,
        "url": item.page,
        "external_url": item.original,
        "title": item.title,
        "content_html": item.content,
        "summary": item.summary,
        "date_published": _moment(item.published),
        "date_modified": _moment(item.updated),
        "authors": [{"name": item.author}] if item.author else None,
        "tags": [item.tag] if item.tag else None,
        "language": item.language,
    }
    return {key: value for key, value in known.items() if value is not None}


def to_opml(title: str, feeds: Sequence[Feed]) -> str:
    """Serialise a list of feeds as OPML, in one folder named ``title``."""
    root = ET.Element("opml", {"version": "2.0"})
    _add_text(_add(root, "head"), "title", title)
    folder = _add(_add(root, "body"), "outline", {"text": title})
    for feed in feeds:
        known = {"text": feed.title, "type": "rss", "xmlUrl": f"{feed.address}.xml", "htmlUrl": feed.page}
        _add(folder, "outline", known)
    return _document(root)


def _add(parent: ET.Element, name: str, attributes: Mapping[str, str] = _NONE) -> ET.Element:
    return ET.SubElement(parent, name, {key: _legal(value) for key, value in attributes.items()})


def _add_text(parent: ET.Element, name: str, text: str, attributes: Mapping[str, str] = _NONE) -> None:
    _add(parent, name, attributes).text = _legal(text)


def _legal(text: str) -> str:
    return _ILLEGAL.sub("", text)


def _document(root: ET.Element) -> str:
    ET.indent(root, " ")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _moment(day: date) -> str:
    """Format a day as a timestamp, which is all the formats know."""
    return f"{day.isoformat()}T00:00:00Z"
