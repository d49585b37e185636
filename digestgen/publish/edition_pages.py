"""The pages of editions: each at its address for ever, and the list of them all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from digestgen.publish.addresses import EDITIONS, edition_page
from digestgen.publish.issues import Issue
from digestgen.publish.paging import chunks, numbered, pages
from digestgen.publish.templating import Filling, Head
from digestgen.publish.wording import count, day
from digestgen.words import Words


def edition_pages(found: Sequence[Issue], words: Words) -> Iterator[Filling]:
    """The page of every edition, the lists of all that came with it, and the list of all editions."""
    for issue in found:
        if issue.day is None:
            continue
        named = day(issue.day)
        described = _described(issue)
        # Who has seen the latest has seen all that the front page has.
        meta = {} if issue.after else {"edition": issue.day.isoformat()}
        yield Head("edition", edition_page(issue.day), f"Edition of {named}", described, meta=meta), {"issue": issue}
        yield from _whole(issue, named, words)
    dated = [issue for issue in reversed(found) if issue.day]
    parts = chunks(dated)
    for part, page in zip(parts, pages(EDITIONS, "editions/page", len(parts)), strict=True):
        described = f"{count(len(dated), 'edition')}, the latest first."
        yield Head("editions", page.path, numbered("Editions", page, words), described), {"page": page, "part": part}


def _whole(issue: Issue, named: str, words: Words) -> Iterator[Filling]:
    """The list of all that was new, topic by topic, where the issue leaves something out; the first has all lists."""
    if issue.complete or issue.before is None or issue.day is None:
        return
    first = edition_page(issue.day, whole=True)
    parts = chunks(issue.articles)
    for part, page in zip(parts, pages(first, first.removesuffix(".md"), len(parts)), strict=True):
        topics = [(topic, [each.article.id for each in of]) for topic, of in groupby(part, lambda each: each.topic)]
        title = numbered(f"All that was new on {named}", page, words)
        described = f"{count(len(issue.articles), 'article')}, topic by topic."
        yield Head("new", page.path, title, described), {"page": page, "topics": topics, "issue": issue}


def _described(issue: Issue) -> str:
    counted = count(len(issue.articles), "article")
    return f"{counted}, read in {count(issue.minutes, 'minute')}."
