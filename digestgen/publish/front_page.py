"""The front page: the latest edition."""

from __future__ import annotations

from digestgen.publish.issues import Issue
from digestgen.publish.linked_data import of_front
from digestgen.publish.site import Site
from digestgen.publish.templating import Filling, Head


def front_page(site: Site, issue: Issue) -> Filling:
    """The latest edition that has something to show, under the name of the digest."""
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
    return Head("home", "index.md", digest.title, described, meta=meta), {"issue": issue}
