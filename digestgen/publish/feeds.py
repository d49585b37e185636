"""The feeds of the digest and of each topic: what is in them, and the files that hold them.

Every day in them is an article's own or comes from the ledger, so that a feed changes only when the digest does.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID, uuid5

from digestgen import routes
from digestgen.model import Digest, Entry, Topic
from digestgen.publish.addresses import OPML, SHELF, absolute, feed_of
from digestgen.publish.feed_formats import Feed, FeedItem, to_atom, to_json_feed, to_opml
from digestgen.publish.markdown import LONGEST_LINE, destination, shorten
from digestgen.publish.newest import UNDATED, newest_first, originals, published, seen
from digestgen.publish.notes import note_html, note_text
from digestgen.publish.wording import as_description, title_of

FEED_SIZE = 60
"""Entries of one feed."""

_NAMES = UUID("6f5a3d0e-4c1b-5d0a-9a39-6d0f6a1c7b52")
"""The name space of the entries' ids: another one would make all entries new to every feed reader."""


def render(digest: Digest) -> dict[str, str]:
    """Every feed in both forms, and the list of them: path inside the docs folder → text.

    None without the address of the site: what is read elsewhere leads home by whole addresses only.
    """
    if digest.url is None:
        return {}
    url = digest.url
    labels = {topic.slug: _line(topic.label) for topic in digest.topics}
    entries = {entry.article.id: entry for entry in digest.entries}

    def items(told: Sequence[Entry]) -> tuple[FeedItem, ...]:
        newest = newest_first(originals(told, {entry.article.id for entry in told}))[:FEED_SIZE]
        return tuple(_item(entry, labels[entry.topic] if entry.topic else None, url) for entry in newest)

    topics = {
        topic.slug: _topic_feed(digest, url, topic, items([entries[key] for key in topic.articles]))
        for topic in digest.topics
    }
    by_place = {feed_of(None): _whole_feed(digest, url, items(digest.entries))}
    by_place |= {feed_of(slug): feed for slug, feed in topics.items()}
    for slug, target in digest.former.topics.items():
        by_place[feed_of(slug)] = topics[target] if target else _ended(digest, url, slug, withdrawn=target is None)
    written = {OPML: to_opml(digest.title, list(topics.values()))}
    for place, feed in by_place.items():
        written |= {f"{place}.xml": to_atom(feed), f"{place}.json": to_json_feed(feed)}
    return written


def _whole_feed(digest: Digest, url: str, items: tuple[FeedItem, ...]) -> Feed:
    title = _line(digest.title)
    return Feed(
        address=url + feed_of(None),
        page=absolute("index.md", url),
        title=title,
        description=_line(digest.description) or title,
        author=title,
        language=digest.language,
        updated=_latest(items),
        items=items,
    )


def _topic_feed(digest: Digest, url: str, topic: Topic, items: tuple[FeedItem, ...]) -> Feed:
    described = note_text(topic.note) if topic.note else as_description([cited.sentence for cited in topic.summary])
    title = f"{_line(topic.label)} – {_line(digest.title)}"
    return Feed(
        address=url + feed_of(topic.slug),
        page=absolute(routes.page(routes.topic(topic.slug)), url),
        title=title,
        description=_line(described) or title,
        author=_line(digest.title),
        language=digest.language,
        updated=_latest(items),
        items=items,
    )


def _ended(digest: Digest, url: str, slug: str, *, withdrawn: bool) -> Feed:
    """What answers readers of a feed whose topic is no more."""
    return Feed(
        address=url + feed_of(slug),
        page=absolute(routes.page(routes.topic(slug)) if withdrawn else SHELF, url),
        title=f"Ended – {_line(digest.title)}",
        description="What this feed told of was withdrawn." if withdrawn else "This topic is no more.",
        author=_line(digest.title),
        language=digest.language,
        updated=UNDATED,
        items=(),
    )


def _latest(items: Iterable[FeedItem]) -> date:
    return max((item.updated for item in items), default=UNDATED)


def _item(entry: Entry, label: str | None, url: str) -> FeedItem:
    article = entry.article
    page = routes.page(routes.article(entry.slug))
    original = destination(article.url)
    return FeedItem(
        # The slug stays when the text is edited; and without the address, the id stays when the site moves.
        id=uuid5(_NAMES, entry.slug).urn,
        title=_line(title_of(entry)),
        page=absolute(page, url),
        original=original,
        author=_line(article.source) if article.source else None,
        published=published(entry),
        updated=seen(entry),
        tag=label,
        language=article.language,
        summary=_line(as_description(entry.summary)),
        content=_content(entry, original, page, url),
    )


def _content(entry: Entry, original: str | None, page: str, url: str) -> str:
    """The curator's note, the summary, and the way to the original, as HTML."""
    note = f"<p><strong>From the editor</strong></p>{note_html(entry.note, page, url)}" if entry.note else ""
    summary = "".join(f"<p>{html.escape(_line(sentence))}</p>" for sentence in entry.summary)
    if summary and not entry.own_summary:
        summary = f"<blockquote>{summary}</blockquote>"
    link = f'<p><a href="{html.escape(original)}">Read the original</a></p>' if original else ""
    return note + summary + link or f"<p>{html.escape(_line(title_of(entry)))}</p>"


def _line(text: str) -> str:
    return shorten(text, LONGEST_LINE)
