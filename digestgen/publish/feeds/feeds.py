"""Feeds of the whole digest, of its editions and of each topic.

Every date is an article's own or from the ledger, so a feed changes only when the digest does.
"""

from __future__ import annotations

import html
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from uuid import uuid5

from digestgen import routes
from digestgen.model import Digest, Entry, Topic
from digestgen.publish.addresses import EDITIONS_FEED, OPML, SHELF, absolute, feed_of
from digestgen.publish.chronology import UNDATED, newest_first, published, seen, without_reprints
from digestgen.publish.feeds.edition_feed import edition_feed
from digestgen.publish.feeds.feed_formats import NAMES, Feed, FeedItem, to_atom, to_json_feed, to_opml
from digestgen.publish.issues import issues
from digestgen.publish.markdown import LONGEST_LINE, safe_url, shorten
from digestgen.publish.notes import note_html, note_text
from digestgen.publish.site import Site
from digestgen.publish.wording import as_description, title_of
from digestgen.translation import Words

_TOPICS = routes.topic("_").removesuffix("_")
"""The addresses of topics begin so."""

FEED_SIZE = 60
"""Entries per feed; more if the latest edition brought more."""


def render(site: Site) -> Iterator[tuple[str, str]]:
    """Make all feeds in both formats, one by one, and the OPML file: path in the docs folder, and text.

    Nothing if the site's URL is unknown, since feeds need absolute links.
    """
    digest, url = site.digest, site.digest.url
    if url is None:
        return
    labels = {topic.slug: _line(topic.label) for topic in digest.topics}
    entries = {entry.article.id: entry for entry in digest.entries}

    def items(entries: Sequence[Entry]) -> tuple[FeedItem, ...]:
        newest = newest_first(without_reprints(entries, {entry.article.id for entry in entries}))
        # All new articles are included, whatever their number. In a first edition no article counts as new.
        size = max(FEED_SIZE, sum(entry.new for entry in newest))
        return tuple(
            _item(entry, labels[entry.topic] if entry.topic else None, url, site.words) for entry in newest[:size]
        )

    yield from _in_both_formats(feed_of(None), _whole_feed(digest, url, items(digest.entries)))
    yield from _in_both_formats(EDITIONS_FEED, edition_feed(site, issues(site), url))
    merged: dict[str, list[str]] = defaultdict(list)
    for slug, target in digest.former.topics.items():
        if target:
            merged[target].append(slug)
        else:
            yield from _in_both_formats(feed_of(slug), _ended_feed(site, url, slug, withdrawn=target is None))
    for address, whole in digest.former.archived.items():
        if address.startswith(_TOPICS):
            slug = address.removeprefix(_TOPICS)
            ended = _ended_feed(site, url, slug, withdrawn=False)
            yield from _in_both_formats(feed_of(slug), replace(ended, page=whole))
    topics: list[Feed] = []
    for topic in digest.topics:
        feed = _topic_feed(digest, url, topic, items([entries[key] for key in topic.articles]))
        for slug in (topic.slug, *merged[topic.slug]):
            yield from _in_both_formats(feed_of(slug), feed)
        # Items are what makes a feed large, and the list of feeds names none.
        topics.append(replace(feed, items=()))
    yield OPML, to_opml(digest.title, topics)


def _in_both_formats(address: str, feed: Feed) -> Iterator[tuple[str, str]]:
    yield f"{address}.xml", to_atom(feed)
    yield f"{address}.json", to_json_feed(feed)


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


def _ended_feed(site: Site, url: str, slug: str, *, withdrawn: bool) -> Feed:
    """Build the empty feed that stays at the address of a former topic."""
    say = site.words.say
    title = _line(site.digest.title)
    return Feed(
        address=url + feed_of(slug),
        page=absolute(routes.page(routes.topic(slug)) if withdrawn else SHELF, url),
        title=say("Ended – {digest}", digest=title),
        description=say("What this feed told of was withdrawn.") if withdrawn else say("This topic is no more."),
        author=title,
        language=site.digest.language,
        updated=UNDATED,
        items=(),
    )


def _latest(items: Iterable[FeedItem]) -> date:
    return max((item.updated for item in items), default=UNDATED)


def _item(entry: Entry, label: str | None, url: str, words: Words) -> FeedItem:
    article = entry.article
    page = routes.page(routes.article(entry.slug))
    original = safe_url(article.url)
    return FeedItem(
        # The slug survives edits of the text; leaving out the URL keeps ids when the site moves.
        id=uuid5(NAMES, entry.slug).urn,
        title=_line(title_of(entry)),
        page=absolute(page, url),
        original=original,
        author=_line(article.source) if article.source else None,
        published=published(entry),
        updated=seen(entry),
        tag=label,
        language=article.language,
        summary=_line(as_description(entry.summary)),
        content=_content(entry, original, page, url, words),
    )


def _content(entry: Entry, original: str | None, page: str, url: str, words: Words) -> str:
    """HTML of an entry: the curator's note, the summary and a link to the original."""
    heading = html.escape(words.say("From the editor"))
    note = f"<p><strong>{heading}</strong></p>{note_html(entry.note, page, url)}" if entry.note else ""
    summary = "".join(f"<p>{html.escape(_line(sentence))}</p>" for sentence in entry.summary)
    if summary and not entry.own_summary:
        summary = f"<blockquote>{summary}</blockquote>"
    named = html.escape(words.say("Read the original"))
    link = f'<p><a href="{html.escape(original)}">{named}</a></p>' if original else ""
    return note + summary + link or f"<p>{html.escape(_line(title_of(entry)))}</p>"


def _line(text: str) -> str:
    return shorten(text, LONGEST_LINE)
