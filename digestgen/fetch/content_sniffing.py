"""What a response contains, whatever content type the server declares."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from digestgen.fields import as_url
from digestgen.seed_kinds import kind_of_seed

_KINDS = {
    "application/feed+json": "feed.json",
    "application/atom+xml": "feed.atom",
    "application/rss+xml": "feed.rss",
    "message/rfc822": "letter.eml",
    "text/csv": "table.csv",
    "text/markdown": "text.md",
    "text/tab-separated-values": "table.tsv",
    "text/x-markdown": "text.md",
}
_FEED = re.compile(
    r"[\ufeff\s]*(?:<\?xml[^>]{0,300}>|<!--.{0,2000}?-->|<\?[^>]{0,300}>|<!DOCTYPE\s+rss[^>]{0,300}>|\s+)*<(?:rss|feed|rdf:RDF|atom:feed)[\s>]",
    re.DOTALL | re.IGNORECASE,
)
_JSON_FEED = re.compile(
    r"""[\ufeff\s]*\{.{0,4000}?"version"\s*:\s*"https?:(?:\\?/){2}(?:www\.)?jsonfeed\.org""", re.DOTALL
)
_HTML = re.compile(
    r"[\ufeff\s]*(?:<\?xml[^>]{0,300}>|<!--.{0,4000}?-->|\s+)*<(?:!doctype html|html|head|body|[a-z]+[\s>])",
    re.DOTALL | re.IGNORECASE,
)
_FEED_TYPES = {"application/rss+xml", "application/atom+xml", "application/feed+json"}
_LOOKED_AT = 20_000


def is_feed(text: str) -> bool:
    """Whether a text starts like a feed; servers declare feeds under many content types."""
    start = text[:_LOOKED_AT]
    return _FEED.match(start) is not None or _JSON_FEED.match(start) is not None


def seed_name(url: str, media_type: str, text: str) -> str:
    """A file name for a response, whose extension selects the reader."""
    start = text[:_LOOKED_AT]
    if _JSON_FEED.match(start):
        return "feed.json"
    if _FEED.match(start):
        return "feed.xml"
    if media_type in _KINDS:
        return _KINDS[media_type]
    if media_type in {"text/html", "application/xhtml+xml", ""} or _HTML.match(start):
        return "page.html"
    ending = urlsplit(url).path.rpartition("/")[2]
    if media_type == "text/plain":
        return "text.md" if ending.lower().endswith((".md", ".markdown")) else "text.txt"
    return ending if kind_of_seed(ending) else "page.html"


def resolve_link(base: str, url: str) -> str | None:
    """Resolve a link against the page it is on; None if the result is not a web address."""
    try:
        return as_url(urljoin(base, url))
    except ValueError:
        return None


class _FeedLinks(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        kind = said.get("type", "").lower()
        if tag == "link" and "alternate" in said.get("rel", "").lower().split() and kind in _FEED_TYPES:
            self.found.append(said.get("href", ""))


def linked_feed(text: str) -> str | None:
    """The first feed that a page links to, as written; None if there is none."""
    reader = _FeedLinks()
    reader.feed(text[: 10 * _LOOKED_AT])
    return next(filter(None, reader.found), None)
