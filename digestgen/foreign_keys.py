"""What other tools call the things that an article's record says.

Jekyll, Hugo, Zola, Pelican, Obsidian, Ghost, WordPress, Readwise, Pocket, Instapaper, Zotero, newspaper, trafilatura,
JSON Feed and the programs that turn feeds into JSON: what each calls a title or a date is a line of this table. Case,
hyphens, underscores and spaces make no difference. Our own name for a thing goes before any other, and of the others
the earlier in the table. Whether an article is shown at all is no matter of names alone: see ``ingest/withheld``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

NAMES: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "title": (
            "title",
            "headline",
            "name",
            "title_plain",
            "meta_title",
            "article_title",
            "document_title",
            "subject",
        ),
        "text": (
            "text",
            "body",
            "content",
            "article",
            "article_body",
            "article_text",
            "full_text",
            "maintext",
            "cleaned_text",
            "content_text",
            "plaintext",
            "content_html",
            "content_encoded",
            "content:encoded",
            "html",
            "raw_text",
            "document",
            "highlight",
            "selection",
            "note",
            "summary",
            "description",
            "abstract",
            "abstract_note",
            "excerpt",
            "teaser",
            "snippet",
        ),
        "source": (
            "source",
            "source_name",
            "site_name",
            "site",
            "publisher",
            "publication",
            "publication_title",
            "publication_name",
            "outlet",
            "newspaper",
            "media",
            "feed",
            "feed_title",
            "feed_name",
            "blog",
            "source_hostname",
            "source_domain",
            "hostname",
            "domain",
        ),
        "author": ("author", "authors", "by", "byline", "creator", "dc:creator", "book_author", "writer"),
        "url": (
            "url",
            "link",
            "canonical_url",
            "canonical",
            "original_url",
            "source_url",
            "external_url",
            "article_url",
            "page_url",
            "permalink",
            "href",
            "web_url",
            "address",
            "uri",
        ),
        "published": (
            "published",
            "date_published",
            "published_at",
            "published_date",
            "published_on",
            "published_parsed",
            "date",
            "pub_date",
            "publish_date",
            "date_publish",
            "publication_date",
            "publishing_date",
            "post_date",
            "posted_at",
            "posted",
            "issued",
            "day",
            "datetime",
            "created_at",
            "created",
            "date_created",
            "creation_date",
            "timestamp",
            "time",
            "updated",
        ),
        "language": ("language", "lang", "locale", "language_code", "in_language"),
        "id": ("id", "guid", "uuid", "uid"),
        "hints": (
            "tags",
            "tag",
            "keywords",
            "keyword",
            "categories",
            "category",
            "topics",
            "labels",
            "subjects",
            "document_tags",
            "manual_tags",
            "automatic_tags",
        ),
    }
)
"""What it is called here → what it is called anywhere, the likeliest first, our own name before all."""

_UNUSED_KEYS = """
    alias aliases archived archiveurl authorid authorsurl avatar banner bibliography bookcomments bookfullness
    booktitle children class color comment comments commentstatus contentlength copyright cover coverimage
    createdby csl cssclass cssclasses customexcerpt dateaccessed dateadded datedownload datemodified
    dateupdated dek dir disableshare display doi downloads email enclosure enclosures engine entryid
    expirydate extra favicon featured featureimage feedid feedurl fileid filename fingerprint folder footer
    format functions geo guidislink headerimage headers icon image images imageurl img isbn issn issue
    itemtype key kind lastmod lastmodified lastupdated layout licence license linktitle location locationtype
    markup math mathjax menu meta metadescription mimetype modified modifiedat modifieddate musthave nav
    navorder navtitle numpages og opengraph order outputs pages pagetype paginate pagination params parent
    path photo picture ping pinned plugins position postid postname postparent posttype primaryauthor
    primarytag publicationyear pulled rating readingprogress readingtime redirect redirectfrom redirects related
    resources revision rss saveddate script sdate section seen series sharing shorttitle showtoc sidebar
    sitemap slug sort sourcehash sticky style styles subtitle summarygenerated swaptitle taxonomies template
    thumbnail thumbnailurl timeadded titledelimiter toc topimage transition translationkey translator twitter
    twitterimage type uniqueid updatedat url2 version video videos volume weight width wordcount wordpressid
    words year zotero
"""
_UNUSED = frozenset(_UNUSED_KEYS.split())
"""Keys of other tools that are known, and say nothing that is of use here."""


def normal_key(key: str) -> str:
    """A key as case, hyphens, underscores and spaces do not change it."""
    return re.sub(r"[\s_-]+", "", key.strip().casefold())


_OURS: Mapping[str, str] = MappingProxyType({normal_key(name): ours for ours, names in NAMES.items() for name in names})


def our_name(key: str) -> str | None:
    """What a key is called here; None for one that is no name of anything we use."""
    return _OURS.get(normal_key(key))


def is_unused(key: str) -> bool:
    """Whether a key is known to be another tool's, and of no use here."""
    return normal_key(key) in _UNUSED


def by_our_names(keys: Iterable[str]) -> dict[str, list[str]]:
    """What a thing is called here → the keys that may say it, the one that counts first."""
    found: dict[str, list[str]] = {}
    for key in keys:
        if ours := our_name(key):
            found.setdefault(ours, []).append(key)
    for ours, named in found.items():
        order = [normal_key(name) for name in NAMES[ours]]
        named.sort(key=lambda key: (key != ours, order.index(normal_key(key)), key))
    return found
