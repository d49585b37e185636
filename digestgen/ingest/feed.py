"""Reader for RSS 0.9 to 2.0, RDF and Atom, one article per item (sole importer of feedparser)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import feedparser

from digestgen.fields import as_date, as_language, as_text, as_url
from digestgen.ingest.diagnostics import Diagnostics
from digestgen.ingest.draft import Draft, ParsedSeed
from digestgen.ingest.html.fragments import line_of_field, paragraphs_of_field, without_overloaded_tags

T = TypeVar("T")

_LONGEST = 20_000_000
"""Characters of a feed that are read."""
_LONGEST_VALUE = 5_000
_MOST_HINTS = 20
_ITEM = re.compile(r"<(?:[\w.-]{1,40}:)?(?:item|entry)(?=[\s>])")
# What may stand before the root element. It is cut off, since a DOCTYPE can define entities that expand without bound
# or name a file.
_BEFORE = re.compile(
    r"(?:\s++|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*+(?:\[[^\]]*+\]\s*+)?>)++", re.DOTALL | re.IGNORECASE
)
_ELEMENT = re.compile(r"<[A-Za-z_]")
_ROOT = re.compile(r"<([A-Za-z_][\w.:-]{0,60})")
_KNOWN_ROOTS = {
    "opml": "is a list of feeds (OPML); put it into seeds/feeds.opml, and “digestgen pull” fetches what they have",
    "html": "is a web page; give it the ending .html",
    "urlset": "is a site map, not a feed; “digestgen add” fetches pages by their addresses",
    "sitemapindex": "is a site map, not a feed; “digestgen add” fetches pages by their addresses",
}


@dataclass(frozen=True, slots=True)
class _Given:
    """A file-like object, so that feedparser cannot mistake the text for a path or an address."""

    data: bytes

    def read(self) -> bytes:
        return self.data


def read_feed(text: str, file: str) -> ParsedSeed:
    """Read a feed saved as a file. A malformed one is read as far as possible, with a note."""
    diagnostics = Diagnostics(file)
    given = without_overloaded_tags(_from_its_root(text[:_LONGEST]))
    headers = {"content-type": "application/xml; charset=utf-8"}
    try:
        feed = feedparser.parse(_Given(given.encode("utf-8", "replace")), response_headers=headers)
    except Exception:  # noqa: BLE001 - whatever a hostile feed breaks in the library, this seed alone is lost
        diagnostics.problem(None, "cannot be read as a feed")
        return diagnostics.result(())
    if not feed.version and not feed.entries:
        root = _ROOT.search(given)
        name = root[1].rsplit(":", 1)[-1].lower() if root else ""
        diagnostics.problem(None, _KNOWN_ROOTS.get(name, "is no feed (RSS, RDF or Atom)"))
        return diagnostics.result(())
    if len(text) > _LONGEST:
        diagnostics.note(None, f"is longer than {_LONGEST:,} characters; its end is not read")
    if feed.bozo and not _only_declared(feed.bozo_exception):
        diagnostics.note(_line_of(feed.bozo_exception), "is not well-formed; it is read as far as it goes")
    source = _first((feed.feed.get("title", ""),), as_text)
    language = _first((feed.feed.get("language", ""),), as_language)
    places = _places(text, len(feed.entries))
    drafts = []
    for entry, lines in zip(feed.entries, places, strict=True):
        draft = _draft(entry, lines, source, language, diagnostics)
        if draft.paragraphs or draft.title:
            drafts.append(draft)
        else:
            diagnostics.note(lines[0], "this item has no text, and is skipped", "textless")
    if not feed.entries:
        diagnostics.note(None, "is a feed without items")
    return diagnostics.result(drafts)


def _from_its_root(text: str) -> str:
    before = _BEFORE.match(text)
    first = _ELEMENT.search(text, before.end() if before else 0)
    return text[first.start() :] if first else text


def _draft(
    entry: Mapping[str, Any], lines: tuple[int, int], source: str | None, language: str | None, diagnostics: Diagnostics
) -> Draft:
    named = entry.get("source")
    own = named.get("title", "") if isinstance(named, Mapping) else ""
    day = _first(_days(entry), as_date)
    if day is None and (written := next(iter(_days(entry)), "")).strip():
        diagnostics.note(lines[0], f"{written[:60]!r} is not a recognised date; the article has no date", "published")
    return Draft(
        paragraphs=_text(entry),
        lines=lines,
        confidence=1.0,
        title=_first((entry.get("title", ""),), lambda text: as_text(line_of_field(text))),
        source=_first((own,), as_text) or source,
        url=_first((entry.get("link", ""), entry.get("id", "")), as_url),
        published=day,
        language=_first(_languages(entry), as_language) or language,
        author=_first((entry.get("author", ""),), as_text),
        guid=_first((entry.get("id", ""),), as_text),
        hints=tuple(_hints(entry)),
    )


def _text(entry: Mapping[str, Any]) -> tuple[str, ...]:
    """The longest of an item's contents and its summary; feeds disagree on which of them holds the full text."""
    contents = [content.get("value", "") for content in entry.get("content", ())]
    read = [paragraphs_of_field(value) for value in (*contents, entry.get("summary", "")) if value]
    return max(read, key=lambda paragraphs: sum(map(len, paragraphs)), default=())


def _days(entry: Mapping[str, Any]) -> Iterable[str]:
    # Only keys that are present: feedparser falls back from a missing key to another one, and warns.
    stated = set(entry)
    return [entry[key] for key in ("published", "created", "updated") if key in stated and entry[key]]


def _languages(entry: Mapping[str, Any]) -> Iterator[str]:
    for content in entry.get("content", ()):
        yield content.get("language") or ""
    yield entry.get("summary_detail", {}).get("language") or ""


def _hints(entry: Mapping[str, Any]) -> Iterator[str]:
    for tag in entry.get("tags", ())[:_MOST_HINTS]:
        if hint := _first((tag.get("label") or tag.get("term") or "",), lambda text: as_text(line_of_field(text))):
            yield hint


def _first(values: Iterable[object], read: Callable[[str], T]) -> T | None:
    for value in values:
        try:
            return read(str(value)[:_LONGEST_VALUE])
        except ValueError:
            continue
    return None


def _only_declared(error: object) -> bool:
    """Whether the only fault is a wrongly declared encoding or content type, which does not matter here."""
    return isinstance(error, (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType))


def _line_of(error: object) -> int | None:
    line = getattr(error, "getLineNumber", lambda: None)()
    return line if isinstance(line, int) and line > 0 else None


def _places(text: str, count: int) -> list[tuple[int, int]]:
    """First and last line of each item; the whole file for each if the items cannot be located."""
    ends = [at for at, character in enumerate(text) if character == "\n"]
    starts = [bisect_right(ends, found.start()) + 1 for found in _ITEM.finditer(text)]
    last = len(ends) + 1
    if not count or len(starts) != count:
        return [(1, last)] * count
    return [(start, max(start, after - 1)) for start, after in zip(starts, [*starts[1:], last + 1], strict=True)]
