"""Pages of editions, each at a permanent address, and their list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from digestgen.publish.addresses import EDITIONS, EDITIONS_FEED, edition_page
from digestgen.publish.issues import Issue
from digestgen.publish.markdown import LONGEST_DESCRIPTION, shorten
from digestgen.publish.notes import note_text
from digestgen.publish.pages.linked_data import of_front
from digestgen.publish.pagination import chunks, numbered, pages
from digestgen.publish.site import Site
from digestgen.publish.templating import PageHead, PageSpec
from digestgen.translation import Words


def edition_pages(site: Site, found: Sequence[Issue]) -> Iterator[PageSpec]:
    """Yield the page of each edition, the list of all its articles, and the list of editions."""
    words = site.words
    for issue in found:
        if issue.day is None or edition_page(issue.day) in site.addresses.archived:
            continue
        named = words.day(issue.day)
        described = _description(issue, words)
        # The front page shows the latest edition: seeing one counts as having seen the other.
        meta = {} if issue.after else {"edition": issue.day.isoformat()}
        title = issue.title or words.say("Edition of {day}", day=named)
        head = PageHead("edition", edition_page(issue.day), title, described, meta={**site.edition_feed, **meta})
        yield head, {"issue": issue}
        yield from _full_list(site, issue, named)
    dated = [issue for issue in reversed(found) if issue.day]
    parts = chunks(dated)
    for part, page in zip(parts, pages(EDITIONS, "editions/page", len(parts)), strict=True):
        described = words.counted("{n} edition.", "{n} editions, the latest first.", len(dated))
        title = numbered(words.say("Editions"), page, words)
        head = PageHead("editions", page.path, title, described, meta=site.edition_feed)
        yield head, {"page": page, "part": part, "feed": EDITIONS_FEED if site.digest.url else None}


def _full_list(site: Site, issue: Issue, named: str) -> Iterator[PageSpec]:
    """List of all new articles by topic, if the issue omits some; for the first edition the article list serves."""
    if issue.complete or issue.before is None or issue.day is None:
        return
    words = site.words
    first = edition_page(issue.day, whole=True)
    parts = chunks(issue.articles)
    for part, page in zip(parts, pages(first, first.removesuffix(".md"), len(parts)), strict=True):
        topics = [(topic, [each.article.id for each in of]) for topic, of in groupby(part, lambda each: each.topic)]
        title = numbered(words.say("All that was new on {day}", day=named), page, words)
        described = words.counted("{n} article, by topic.", "{n} articles, topic by topic.", len(issue.articles))
        yield PageHead("new", page.path, title, described), {"page": page, "topics": topics, "issue": issue}


def _description(issue: Issue, words: Words) -> str:
    if issue.letters:
        return shorten(note_text(issue.letters[0].note.markdown), LONGEST_DESCRIPTION)
    counted = words.counted("{n} article", "{n} articles", len(issue.articles))
    return words.counted(
        "{articles}, read in {n} minute.", "{articles}, read in {n} minutes.", issue.minutes, articles=counted
    )


def front_page(site: Site, issue: Issue) -> PageSpec:
    """The front page: the latest non-empty edition under the digest's title."""
    digest = site.digest
    topics = [topic for topic in digest.topics if not topic.quiet or topic.pinned] or list(digest.topics)
    labels = ", ".join(topic.label for topic in topics[:5])
    counted = site.words.counted(
        "{articles} in {n} topic",
        "{articles} in {n} topics",
        len(digest.topics),
        articles=site.words.counted("{n} article", "{n} articles", len(digest.entries)),
    )
    described = digest.description or (f"{counted}: {labels}." if labels else f"{counted}.")
    seen = {"edition": issue.day.isoformat()} if issue.day else {}
    meta = {**site.edition_feed, **of_front(digest), **seen}
    return PageHead("home", "index.md", digest.title, described, meta=meta), {"issue": issue}
