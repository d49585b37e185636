"""Pages of stories told by several sources, with their accounts side by side in order of publication."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from digestgen.model import Entry, Story
from digestgen.publish.addresses import STORIES
from digestgen.publish.chronology import published, span, without_reprints
from digestgen.publish.pages.linked_data import of_story
from digestgen.publish.pagination import chunks, numbered, pages
from digestgen.publish.site import Site
from digestgen.publish.templating import PageHead, PageSpec
from digestgen.publish.wording import as_description, sentences_beyond_title

QUOTED = 2
"""Sentences quoted per article, besides the one that it alone says."""

OTHERS_SHOWN = 5
"""Other stories of the topic shown."""


@dataclass(frozen=True, slots=True)
class Account:
    """One article's account of a story."""

    entry: Entry
    quoted: tuple[str, ...]
    only: str | None
    """A sentence with information that no other article has."""
    reprints: tuple[str, ...]
    """Ids of its reprints."""


def story_pages(site: Site) -> Iterator[PageSpec]:
    """Yield the pages of every story that has one, then their list, newest first."""
    stories = [story for story in site.digest.every_story() if story.has_page]
    for story in stories:
        yield from _story(site, story)
    if not stories:
        return
    stories.sort(
        key=lambda story: (
            -max(published(site.addresses.entries[key]) for key in story.articles).toordinal(),
            story.slug,
        )
    )
    parts = chunks(stories)
    for part, page in zip(parts, pages(STORIES, "stories/page", len(parts)), strict=True):
        described = site.words.counted(
            "{n} story that several sources tell.",
            "{n} stories that several sources tell, the newest first.",
            len(stories),
        )
        yield (
            PageHead("stories", page.path, numbered(site.words.say("Stories"), page, site.words), described),
            {"page": page, "part": part},
        )


def _story(site: Site, story: Story) -> Iterator[PageSpec]:
    accounts = _accounts(site, story)
    entries = [account.entry for account in accounts]
    topic = site.addresses.topics.get(site.addresses.entries[story.headline].topic or "")
    described = as_description(sentences_beyond_title(site.addresses.entries[story.headline])[:QUOTED]) or story.label
    path = site.addresses.story(story.slug)
    parts = chunks(accounts)
    for part, page in zip(parts, pages(path, path.removesuffix(".md"), len(parts)), strict=True):
        content = {
            "story": story,
            "topic": topic,
            "page": page,
            "tellings": part,
            "number": len(entries),
            "sources": {entry.article.source for entry in entries if entry.article.source},
            "span": span(entries),
            "others": _others(topic.stories, story) if topic else [],
        }
        language = site.addresses.foreign_languages.articles.get(story.headline)
        facts = {"language": language} if language else {}
        meta = {**facts, **(of_story(story, site.digest, site.addresses, site.words) if page.number == 1 else {})}
        yield PageHead("story", page.path, numbered(story.label, page, site.words), described, meta=meta), content


def _others(stories: tuple[Story, ...], story: Story) -> list[str]:
    """Headlines of the topic's other stories, in the topic's order."""
    return [other.headline for other in stories if other is not story][:OTHERS_SHOWN]


def _accounts(site: Site, story: Story) -> list[Account]:
    """Accounts of all articles except reprints, in order of publication."""
    only = {cited.article: cited.sentence for cited in story.only}
    here = set(story.articles)
    entries = without_reprints([site.addresses.entries[key] for key in story.articles], here)

    def order(entry: Entry) -> tuple[date, date]:
        return published(entry), entry.first or date.max

    return [
        Account(
            entry,
            tuple(sentence for sentence in sentences_beyond_title(entry) if sentence != only.get(entry.article.id))[
                :QUOTED
            ],
            None if entry.own_summary else only.get(entry.article.id),
            tuple(key for key in site.reprints.get(entry.article.id, ()) if key in here),
        )
        for entry in sorted(entries, key=order)
    ]
