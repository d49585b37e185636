"""Other tools' names for the fields of a record.

Each title or date key of Jekyll, Hugo, Zola, Pelican, Obsidian, Ghost, WordPress, Readwise, Pocket, Instapaper, Zotero,
newspaper, trafilatura, JSON Feed and feed-to-JSON converters is a line of this table. Case, hyphens, underscores and
spaces are ignored. Our own name takes precedence, then the earlier alias. Keys that decide visibility are in
``ingest/records/visibility_flags``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
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
"""Our name → its aliases by precedence, our name first."""

_SUBJECT = "subject"
"""The title in mails, but the subject matter in Dublin Core and catalogues: in a record with another key for its title,
even an empty one, it is a tag.
"""

_UNUSED_KEYS = """
    accessed alias aliases archived archivedat archiveurl attachments authordetail authorid authorsurl avatar
    banner bibliography bookcomments bookfullness booktitle canonical2 children class codeinjectionfoot
    codeinjectionhead color comment commentid comments commentstatus contenthash contentlength copyright
    copyrightholder cover coverimage crawldate crawled createdby creatorid csl cssclass cssclasses
    customexcerpt customtemplate dateaccessed dateadded datedownload dategmt datemodified datemodify
    dateretrieved dateupdated dek dir disablehljs disableshare display doctype documentnote doi downloads
    editpost email emailrecipientfilter enclosure enclosures engine entryid excerpthtml expirydate
    extra favicon featured featuredmedia featureimage feedid feedimage feedurl fetchedat fileid filename
    fingerprint folder footer format fulltitle functions geo guidislink hash headerimage headers
    hiddeninhomelist hidemeta hidesummary hidetitle hidetoc highlightcolor highlights htmlurl icon image
    images imageurl img isarchived isbasedon isbn isfavorite issn issue itemtype key kind lastmod lastmodified
    lastseen lastupdated layout lexical licence license links linktitle localpath location locationtype markup
    math mathjax menu meta metadescription metakeywords mimetype mobiledoc modified modifiedat modifieddate
    modifiedgmt musthave nav navorder navtitle nextpage numpages og ogdescription ogimage ogtitle opengraph
    order outputs pages pagetype paginate pagination params parent path photo picture ping pingstatus pinned
    plaintextlength plugins position postid postname postparent postthumbnail posttype prevpage primaryauthor
    primarytag primarytags publicationyear publishedfirst pulled rating readat readingprogress readingtime redirect
    redirectfrom redirects related resources retrieved revision rss savedat saveddate scrapedat script sdate
    searchhidden section seen self series sharing shorttitle showbreadcrumbs showcodecopybuttons
    showpostnavlinks showreadingtime showrssbuttoninsectiontermlist showtoc showwordcount sidebar simhash
    sitemap slug sort sourcedetail sourcehash sourceid sticky style styles subtitle summarydetail
    summarygenerated swaptitle taxonomies template thumbnail thumbnailurl timeadded titledelimiter titledetail
    titlepage titlerss toc tochide tocopen topimage transition translationkey translator twitter
    twitterdescription twitterimage twittertitle type uniqueid unread updatedat updatedby updatedparsed url2
    urltoimage usehugotoc version video videos volume weight width wordcount wordpressid words year zotero
"""
_UNUSED = frozenset(_UNUSED_KEYS.split())
"""Known keys of other tools that are of no use here."""


@lru_cache(maxsize=10_000)
def normal_key(key: str) -> str:
    """A key without case, hyphens, underscores and spaces."""
    return re.sub(r"[\s_-]+", "", key.strip().casefold())


_OURS: Mapping[str, tuple[str, int]] = MappingProxyType(
    {normal_key(name): (ours, rank) for ours, names in NAMES.items() for rank, name in enumerate(names)}
)
"""Normalised key → our name and its rank among the aliases."""


def our_name(key: str) -> str | None:
    """Our name for a key; None if it is not used."""
    ours, _ = _OURS.get(normal_key(key), (None, 0))
    return ours


def is_unused(key: str) -> bool:
    """Whether a key is another tool's and of no use here."""
    return normal_key(key) in _UNUSED


def by_our_names(keys: Iterable[str]) -> dict[str, list[str]]:
    """Our name → the keys that may hold it, by precedence."""
    found: dict[str, list[tuple[bool, int, str]]] = {}
    for key in keys:
        ours, rank = _OURS.get(normal_key(key), (None, 0))
        if ours is not None:
            found.setdefault(ours, []).append((key != ours, rank, key))
    titles = found.get("title", [])
    subjects = [each for each in titles if normal_key(each[2]) == _SUBJECT]
    if subjects and len(subjects) < len(titles):
        found["title"] = [each for each in titles if each not in subjects]
        found["hints"] = [*found.get("hints", []), *subjects]
    return {ours: [key for _, _, key in sorted(named)] for ours, named in found.items()}
