"""What was fetched: which kind of seed it reads as, whatever the server calls it."""

from __future__ import annotations

import re
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
_LOOKED_AT = 20_000


def is_feed(text: str) -> bool:
    """Whether a text is a feed by what it starts with: servers call feeds by many names."""
    start = text[:_LOOKED_AT]
    return _FEED.match(start) is not None or _JSON_FEED.match(start) is not None


def seed_name(url: str, media_type: str, text: str) -> str:
    """A name for what stands at an address, by whose ending its reader is found."""
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


def joined(base: str, url: str) -> str | None:
    """An address that stands in a page, as a whole one; None where it is none of the web's."""
    try:
        return as_url(urljoin(base, url))
    except ValueError:
        return None
