"""Feed of editions: one item per edition, with the content of its page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import uuid5

from digestgen.publish.addresses import EDITIONS, EDITIONS_FEED, absolute
from digestgen.publish.chronology import UNDATED
from digestgen.publish.feeds.feed_formats import NAMES, Feed, FeedItem
from digestgen.publish.issues import Issue
from digestgen.publish.markdown import LONGEST_DESCRIPTION, LONGEST_LINE, shorten
from digestgen.publish.notes import note_text
from digestgen.publish.sent_issue import Limits, sent_issue
from digestgen.publish.site import Site
from digestgen.publish.templating import render_html
from digestgen.publish.wording import title_of

EDITIONS_IN_FEED = 20
"""Each item is some 10 KB; the page of editions lists all of them."""

_LIMITS = Limits(stories=60, topics=12, named=100, others=6, letter=10_000)


def edition_feed(site: Site, found: Sequence[Issue], url: str) -> Feed:
    """Build the feed for a site at ``url``; editions that were withdrawn entirely are omitted."""
    shown = [(issue, issue.day) for issue in reversed(found) if issue.day and issue.articles][:EDITIONS_IN_FEED]
    title = shorten(site.digest.title, LONGEST_LINE)
    return Feed(
        address=url + EDITIONS_FEED,
        page=absolute(EDITIONS, url),
        title=site.words.say("{digest} – Editions", digest=title),
        description=site.words.say("Every edition of {digest}, whole: what is new, ranked, with an end.", digest=title),
        author=title,
        language=site.digest.language,
        updated=shown[0][1] if shown else UNDATED,
        items=tuple(_item(site, issue, came, url) for issue, came in shown),
    )


def _item(site: Site, issue: Issue, came: date, url: str) -> FeedItem:
    sent = sent_issue(site, issue, url, _LIMITS)
    headlines = " · ".join(title_of(site.addresses.entries[story.lead]) for story in issue.stories)
    letter = note_text(issue.letters[0].note.markdown) if issue.letters else ""
    return FeedItem(
        id=uuid5(NAMES, f"edition {came}").urn,
        title=f"{sent.name} · {sent.title or site.words.day(came)}",
        page=sent.page,
        original=None,
        author=None,
        published=came,
        updated=came,
        tag=None,
        language=site.digest.language,
        summary=shorten(letter or headlines, LONGEST_DESCRIPTION),
        content=render_html("edition_feed", {"issue": sent}, site.words),
    )
