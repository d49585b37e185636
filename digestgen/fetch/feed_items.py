"""Feed items as lines of JSON seeds, with stable ids and updates.

Under ``pulled`` each line holds two checksums: of what the feed gave and of what was written. They show whether the
feed changed an item and whether the curator edited its line; an edited line is the curator's and stays.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate

from digestgen.fetch.canonical import address_key
from digestgen.fetch.feed_list import FollowedFeed
from digestgen.ingest.draft import Draft
from digestgen.ingest.html.fragments import paragraphs_of_field
from digestgen.language.text import fold, words

PULLED = "pulled"
_OURS = ("id", "published", "title", "source", "author", "url", "language", "tags", "text")
"""The keys of a line that a feed fills, in order."""
_LONGEST_TITLE = 1_000
_LONGEST_TEXT = 150_000
"""Characters of an item that are kept: seeds have a line limit, and a file with a longer line is left alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """One article of a feed."""

    id: str
    title: str | None
    source: str
    author: str | None
    url: str | None
    published: date | None
    language: str | None
    tags: tuple[str, ...]
    paragraphs: tuple[str, ...]
    feed_checksum: str
    """Checksum of the item's content in the feed."""


def feed_items(drafts: Sequence[Draft], feed: FollowedFeed) -> tuple[FeedItem, ...]:
    """The items of a feed that pass its filter, without duplicates."""
    names: defaultdict[str, set[str | None]] = defaultdict(set)
    for draft in drafts:
        names[_id(draft, feed)].add(draft.url or draft.title)
    found: dict[str, FeedItem] = {}
    for draft in drafts:
        if not passes_filter(draft, feed) or not (draft.paragraphs or draft.title):
            continue
        id_ = _id(draft, feed)
        if len(names[id_]) > 1:  # a feed that calls all its items the same
            id_ = _id(replace(draft, guid=None, id=None), feed)
        if id_ not in found:
            found[id_] = _item(draft, feed, id_)
    return tuple(found.values())


def passes_filter(draft: Draft, feed: FollowedFeed) -> bool:
    """Whether a feed's filter accepts an item: whole words of title, text and tags, case-insensitive."""
    settings = feed.settings
    if not settings.take and not settings.leave:
        return True
    said = _normalised(" \n ".join((draft.title or "", *draft.paragraphs, *draft.hints)))
    has = {word: _normalised(word) in said for word in (*settings.take, *settings.leave)}
    return (not settings.take or any(has[word] for word in settings.take)) and not any(
        has[word] for word in settings.leave
    )


def item_line(item: FeedItem, kept: Mapping[str, object] | None = None) -> str:
    """The JSON line of an item; of the existing line ``kept``, the source and keys that no feed fills are preserved."""
    kept = kept or {}
    said: dict[str, object] = {
        "id": item.id,
        "published": item.published.isoformat() if item.published else None,
        "title": item.title,
        "source": kept.get("source", item.source),
        "author": item.author,
        "url": item.url,
        "language": item.language,
        "tags": list(item.tags),
        "text": text_of_paragraphs(item.paragraphs),
    }
    own = {key: value for key, value in said.items() if value}
    others = {key: value for key, value in kept.items() if key not in _OURS and key != PULLED}
    return _json({**own, **others, PULLED: f"{item.feed_checksum}.{written_checksum(own)}"})


def written_checksum(fields: Mapping[str, object]) -> str:
    """Checksum of the fields that a feed filled."""
    return _checksum(_json({key: fields[key] for key in _OURS if fields.get(key)}))


def text_of_paragraphs(paragraphs: Sequence[str]) -> str:
    """Paragraphs as the text of a line: plain if that reads back the same, else HTML."""
    plain = "\n".join(paragraphs)
    if paragraphs_of_field(plain) == tuple(paragraphs):
        return plain
    return "".join(f"<p>{html.escape(paragraph, quote=False)}</p>" for paragraph in paragraphs)


def truncated(paragraphs: Sequence[str]) -> tuple[str, ...]:
    """Limit the length of an item: its first paragraphs, or a piece of a giant first one."""
    lengths = accumulate(map(len, paragraphs))
    kept = [paragraph for paragraph, end in zip(paragraphs, lengths, strict=True) if end <= _LONGEST_TEXT]
    return tuple(kept or [paragraph[:_LONGEST_TEXT].rstrip() for paragraph in paragraphs[:1]])


def _item(draft: Draft, feed: FollowedFeed, id_: str) -> FeedItem:
    paragraphs = truncated(draft.paragraphs)
    tags = sorted(draft.hints)
    said = (draft.title, draft.author, draft.url, str(draft.published), draft.language, *tags, *paragraphs)
    return FeedItem(
        id=id_,
        title=draft.title[:_LONGEST_TITLE] if draft.title else None,
        source=feed.title,
        author=draft.author,
        url=draft.url,
        published=draft.published,
        language=draft.language,
        tags=tuple(draft.hints),
        paragraphs=paragraphs,
        feed_checksum=_checksum(_json(said)),
    )


def _id(draft: Draft, feed: FollowedFeed) -> str:
    """A stable id: from the feed's own id, else the address, else the title.

    Unless that is an address or another globally unique name, it is made unique by the feed's address.
    """
    given = draft.guid or draft.id
    named = given or draft.url or draft.title or " ".join(draft.paragraphs[:1])
    if ":" not in named or not (given or draft.url):
        named = f"{address_key(feed.url)} {named}"
    return _checksum(address_key(named) or named, 12)


def _normalised(text: str) -> str:
    return f" {' '.join(fold(word) for word in words(text.replace('_', ' ')))} "


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _checksum(text: str, length: int = 8) -> str:
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=10).digest()
    return base64.b32encode(digest).decode("ascii")[:length].lower()
