"""Lists of addresses: one per line, bookmarks, OPML, exports of reading lists."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import PurePath

from digestgen.fetch.opml import is_opml, read_opml
from digestgen.fields import as_url

_BOOKMARKS = re.compile(
    r"\s*(?:<!DOCTYPE NETSCAPE-Bookmark-file"
    r"|<!DOCTYPE html>.{0,600}?<title>(?:Pocket Export|Instapaper: Export))",
    re.IGNORECASE | re.DOTALL,
)
_LOOKED_AT = 1_000
_ADDRESS_COLUMNS = ("url", "link", "href", "address", "resolved_url", "given_url", "article url", "source url")
_TEXT_COLUMNS = ("text", "content", "body", "full_text", "fulltext", "article", "content_html", "content_text", "html")


def addresses_in(text: str, name: str) -> tuple[str, ...] | None:
    """The distinct addresses in a list called ``name``; None if the file is a text, not a list.

    Raises InputError if it is a list that cannot be read.
    """
    ending = PurePath(name).suffix.lower()
    if is_opml(text) and ending in {".opml", ".xml", ".txt", ""}:
        found: Sequence[str] = [outline.feed or outline.page for outline in read_opml(text, name)]
    elif _BOOKMARKS.match(text[:_LOOKED_AT]):
        found = _links(text)
    elif ending in {".csv", ".tsv"}:
        listed = _column(text)
        if listed is None:
            return None
        found = listed
    elif ending in {".txt", ".text", ".list", ".md", ""}:
        found = address_lines(text)
        if not found or not all(map(is_address, found)):
            return None
    else:
        return None
    return tuple(dict.fromkeys(address for address in found if is_address(address)))


def address_lines(text: str) -> list[str]:
    """The non-empty lines, without ``#`` comments."""
    lines = (line.strip().strip("<>") for line in text.lstrip("\ufeff").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def is_address(text: str) -> bool:
    """Whether a text is a web address."""
    try:
        return bool(as_url(text))
    except ValueError:
        return False


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found += (value.strip() for name, value in attrs if name == "href" and value)


def _links(html: str) -> list[str]:
    reader = _Links()
    reader.feed(html)
    reader.close()
    return reader.found


def _column(text: str) -> Sequence[str] | None:
    """The addresses in a table without a text column; None for other tables."""
    first = text.partition("\n")[0]
    delimiter = max("\t;,", key=first.count)
    lines = text.lstrip("\ufeff").splitlines(keepends=True)
    try:
        rows = csv.reader(lines, delimiter=delimiter)
        names = [name.strip().casefold() for name in next(rows, [])]
        at = next((names.index(name) for name in _ADDRESS_COLUMNS if name in names), None)
        if at is None or any(name in names for name in _TEXT_COLUMNS):
            return None
        return [row[at].strip() for row in rows if len(row) > at]
    except csv.Error:
        return None
