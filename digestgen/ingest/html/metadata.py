"""Metadata of a web page: title, source, address, day and language (sole importer of htmldate).

Pages repeat these for search engines, social networks and libraries. What was written for one article takes precedence
over what holds for the whole site.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from urllib.parse import urljoin, urlsplit

from htmldate import find_date
from lxml import etree
from lxml.html import HtmlElement

from digestgen.fields import as_date, as_language, as_text, as_url
from digestgen.ingest.html.fragments import line_of_field
from digestgen.language.text import clean_line, fold, words

logging.getLogger("htmldate").setLevel(logging.CRITICAL + 1)

T = TypeVar("T")

_TITLES = (
    *("dc.title", "dcterms.title", "og:title", "citation_title", "parsely-title", "twitter:title", "sailthru.title"),
)
_SOURCES = ("og:site_name", "citation_journal_title", "dc.publisher", "dcterms.publisher", "application-name")
_DAYS = (
    *("article:published_time", "og:published_time", "datepublished", "parsely-pub-date", "citation_publication_date"),
    *("citation_date", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.created", "dcterms.date", "pubdate"),
    *("publishdate", "publish-date", "sailthru.date", "date"),
)
_HINTS = ("article:tag", "news_keywords", "keywords")
_MOST_HINTS = 20
_ARTICLE_TYPES = re.compile(r"Article|Posting|Report|WebPage")
_LONGEST_JSON = 500_000
_SAVED_FROM = re.compile(r"<!--(?:\s*saved from url=\([0-9]+\)|\s*Page saved with SingleFile\s+url:)\s*(https?://\S+)")
_HEAD = 20_000
"""Characters at the start of a file in which a browser notes where it was saved from."""
_SEPARATED = re.compile(r"\s+(?:[|–—·»«/:>]|-|::)\s+|\s*[|_]\s*(?=\S)")
_LEAST_TITLE_WORDS = 3
_LAST_DAY = "2199-12-31"
"""A fixed upper bound, since the clock is not read here; a date in the future is left for readers to notice."""
_FIRST_NAME = re.compile(r"^(?:www[0-9]?|m|mobile|amp|edition)\.")


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """Metadata of a page; None where the page does not give it."""

    title: str | None
    source: str | None
    url: str | None
    published: date | None
    language: str | None
    hints: tuple[str, ...]


def page_metadata(root: HtmlElement, text: str) -> PageMetadata:
    """Collect the metadata of a page from its tree and its source text."""
    meta = _metas(root)
    linked = [record for record in _linked_data(root) if _ARTICLE_TYPES.search(_as_string(record.get("@type")))]
    url = _url(root, meta, linked, text)
    site = next(_usable(_site_names(meta, linked), as_text), None)
    return PageMetadata(
        title=_title(root, meta, linked, site),
        source=site or (host_name(url) if url else None),
        url=url,
        published=_published(root, meta, linked, url),
        language=next(_usable(_languages(root, meta), as_language), None),
        hints=_hints(meta),
    )


def host_name(url: str) -> str:
    """The host of an address as the name of a site: without ``www.``."""
    return _FIRST_NAME.sub("", urlsplit(url).hostname or "")


def _metas(root: HtmlElement) -> Mapping[str, list[str]]:
    """Lower-case name of a meta element → its values, in page order."""
    found: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        content = element.get("content")
        if not content:
            continue
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            for name in element.get(attribute, "")[:200].lower().split():
                found.setdefault(re.sub(r"^(dc|dcterms):", r"\1.", name), []).append(content)
    return found


def _linked_data(root: HtmlElement) -> Iterator[Mapping[str, object]]:
    """All JSON-LD records of a page, including those in a graph or a list."""
    for element in root.iter("script"):
        if element.get("type", "").strip().lower() != "application/ld+json":
            continue
        try:
            waiting = [json.loads(_unwrapped((element.text or "")[:_LONGEST_JSON]), strict=False)]
        except (ValueError, RecursionError):
            continue
        for value in waiting:
            if isinstance(value, list):
                waiting.extend(value)
            elif isinstance(value, dict):
                yield value
                waiting.append(value.get("@graph"))
                waiting.append(value.get("mainEntity"))


def _unwrapped(script: str) -> str:
    """Strip the comment and CDATA wrappers around an inline script."""
    opened = script.strip().removeprefix("//").lstrip().removeprefix("<![CDATA[").removeprefix("<!--")
    return opened.removesuffix("]]>").removesuffix("-->").rstrip().removesuffix("//")


def _as_string(value: object) -> str:
    """A JSON-LD value as text: its name, or that of the first of several."""
    while isinstance(value, (list, dict)):
        value = next(iter(value), "") if isinstance(value, list) else value.get("name") or value.get("@id")
    return value if isinstance(value, str) else ""


def _usable(values: Iterable[str], cast: Callable[[str], T]) -> Iterator[T]:
    for value in values:
        try:
            yield cast(line_of_field(value[:5000]))
        except ValueError:
            continue


def _meta_values(meta: Mapping[str, list[str]], names: Iterable[str]) -> Iterator[str]:
    return (value for name in names for value in meta.get(name, ()))


def _site_names(meta: Mapping[str, list[str]], linked: Iterable[Mapping[str, object]]) -> Iterator[str]:
    names = (*_meta_values(meta, _SOURCES), *(_as_string(record.get("publisher")) for record in linked))
    return (name for name in names if not name.startswith(("@", "http://", "https://")))


def _languages(root: HtmlElement, meta: Mapping[str, list[str]]) -> Iterator[str]:
    for name in ("lang", "{http://www.w3.org/XML/1998/namespace}lang", "xml:lang"):
        yield root.get(name, "")
    yield from _meta_values(meta, ("content-language", "og:locale", "dc.language"))


def _hints(meta: Mapping[str, list[str]]) -> tuple[str, ...]:
    values = (word for value in _meta_values(meta, _HINTS) for word in value[:2000].split(","))
    return tuple(dict.fromkeys(_usable(values, as_text)))[:_MOST_HINTS]


def _url(
    root: HtmlElement, meta: Mapping[str, list[str]], linked: Iterable[Mapping[str, object]], text: str
) -> str | None:
    """The page's own address; one with a path is preferred, as it identifies the article and not just the site."""
    canonical = [
        link.get("href", "") for link in root.iter("link") if "canonical" in link.get("rel", "")[:200].lower().split()
    ]
    saved = [found[1] for found in _SAVED_FROM.finditer(text[:_HEAD])]
    addresses = (
        *canonical,
        *_meta_values(meta, ("og:url",)),
        *saved,
        *(_as_string(record.get("url")) for record in linked),
    )
    base = next(
        _usable((*saved, *_meta_values(meta, ("og:url",)), *(e.get("href", "") for e in root.iter("base"))), as_url), ""
    )
    found = list(_usable((_joined(base, address) for address in addresses), as_url))
    return next((address for address in found if urlsplit(address).path.strip("/")), found[0] if found else None)


def _joined(base: str, address: str) -> str:
    address = address.strip()[:5000]
    if address.startswith("//"):
        address = f"https:{address}"
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def _published(
    root: HtmlElement, meta: Mapping[str, list[str]], linked: Iterable[Mapping[str, object]], url: str | None
) -> date | None:
    days = [*(_as_string(record.get("datePublished")) for record in linked), *_meta_values(meta, _DAYS)]
    days += (time.get("datetime", "") for time in root.iter("time") if _is_own_day(time))
    if (day := next(_usable(days, as_date), None)) is not None:
        return day
    try:
        found = find_date(root, url=url, extensive_search=False, original_date=True, max_date=_LAST_DAY)
        return date.fromisoformat(found) if found else None
    except Exception:  # noqa: BLE001 - a page that the library cannot bear has no day, and may be read still
        return None


def _is_own_day(time: HtmlElement) -> bool:
    return "pubdate" in time.attrib or "datepublished" in time.get("itemprop", "")[:200].lower().split()


def _title(
    root: HtmlElement, meta: Mapping[str, list[str]], linked: Iterable[Mapping[str, object]], site: str | None
) -> str | None:
    whole = next(_usable((_text(each) for each in root.iter("title")), as_text), None)
    titles = (*(_headline(record, whole or "") for record in linked), *_meta_values(meta, _TITLES))
    if (given := next(_usable(titles, as_text), None)) is not None:
        return _without_site(given, site) if site else given
    headings = list(_usable((clean_line(_text(each)) for each in root.iter("h1", "h2")), as_text))
    if whole is None:
        return headings[0] if headings else None
    parts = _SEPARATED.split(whole)
    if len(parts) > 1:
        same = [heading for heading in headings if _is_title(whole, heading)]
        if same:
            return max(same, key=whole.startswith)
    return _without_site(whole, site)


def _headline(record: Mapping[str, object], whole: str) -> str:
    """The headline of a record, or its name if only that occurs in the page's title."""
    headline, name = _as_string(record.get("headline")), _as_string(record.get("name"))
    return name if name and name in whole and headline not in whole else headline


def _is_title(whole: str, heading: str) -> bool:
    """Whether the page's title is this heading plus a part set off by a separator."""
    for rest in (whole.removeprefix(heading), whole.removesuffix(heading)):
        if rest != whole and (_SEPARATED.match(f" {rest.lstrip()}") or _SEPARATED.search(f"{rest.rstrip()} x")):
            return len(words(heading)) >= 2 or whole.startswith(heading)
    return False


def _without_site(title: str, site: str | None) -> str:
    """Drop the name of the site or section from a title, if enough is left to be a title."""
    places = list(_SEPARATED.finditer(title))
    if not places:
        return title
    first, last = title[: places[-1].start()].strip(), title[places[-1].end() :].strip()
    if site is not None:
        if _normalised_words(last) == _normalised_words(site) and first:
            return first
        opening, rest = title[: places[0].start()].strip(), title[places[0].end() :].strip()
        return rest if _normalised_words(opening) == _normalised_words(site) and rest else title
    return first if len(words(first)) >= _LEAST_TITLE_WORDS and len(words(last)) <= len(words(first)) else title


def _normalised_words(text: str) -> list[str]:
    return [fold(word) for word in words(text)]


def _text(element: HtmlElement) -> str:
    return str(etree.tostring(element, encoding="unicode", method="text", with_tail=False))[:2000]
