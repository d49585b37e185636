"""The page of a story that several sources tell: their words side by side, first to last; and the list of all such."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from digestgen.model import Entry, Story
from digestgen.publish.addresses import STORIES
from digestgen.publish.lookups import Site
from digestgen.publish.pages.linked_data import of_story
from digestgen.publish.pagination import chunks, numbered, pages
from digestgen.publish.recency import originals, published, span
from digestgen.publish.templating import Filling, Head
from digestgen.publish.wording import as_description, beyond_title

QUOTED = 2
"""Sentences of one article, beside one that it alone says."""

OTHERS_SHOWN = 5
"""Other stories of the topic."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What one article tells of a story."""

    entry: Entry
    quoted: tuple[str, ...]
    only: str | None
    """A sentence that says what no other article does."""
    reprints: tuple[str, ...]
    """Ids of the articles that repeat it."""


def story_pages(site: Site) -> Iterator[Filling]:
    """The page or pages of every story that has one, and the list of them, the newest first."""
    told = [story for story in site.digest.every_story() if story.has_page]
    for story in told:
        yield from _story(site, story)
    if not told:
        return
    told.sort(
        key=lambda story: (-max(published(site.to.entries[key]) for key in story.articles).toordinal(), story.slug)
    )
    parts = chunks(told)
    for part, page in zip(parts, pages(STORIES, "stories/page", len(parts)), strict=True):
        described = site.words.counted(
            "{n} story that several sources tell.",
            "{n} stories that several sources tell, the newest first.",
            len(told),
        )
        yield (
            Head("stories", page.path, numbered(site.words.say("Stories"), page, site.words), described),
            {"page": page, "part": part},
        )


def _story(site: Site, story: Story) -> Iterator[Filling]:
    tellings = _tellings(site, story)
    entries = [telling.entry for telling in tellings]
    topic = site.to.topics.get(site.to.entries[story.headline].topic or "")
    described = as_description(beyond_title(site.to.entries[story.headline])[:QUOTED]) or story.label
    path = site.to.story(story.slug)
    parts = chunks(tellings)
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
        language = site.to.tongues.articles.get(story.headline)
        facts = {"language": language} if language else {}
        meta = {**facts, **(of_story(story, site.digest, site.to, site.words) if page.number == 1 else {})}
        yield Head("story", page.path, numbered(story.label, page, site.words), described, meta=meta), content


def _others(stories: tuple[Story, ...], story: Story) -> list[str]:
    """The headlines of the stories beside one, in the topic's own order: the newest first."""
    return [other.headline for other in stories if other is not story][:OTHERS_SHOWN]


def _tellings(site: Site, story: Story) -> list[Telling]:
    """What each article tells, reprints aside, in the order in which they were published."""
    only = {cited.article: cited.sentence for cited in story.only}
    here = set(story.articles)
    told = originals([site.to.entries[key] for key in story.articles], here)

    def order(entry: Entry) -> tuple[date, date]:
        return published(entry), entry.first or date.max

    return [
        Telling(
            entry,
            tuple(said for said in beyond_title(entry) if said != only.get(entry.article.id))[:QUOTED],
            None if entry.own_summary else only.get(entry.article.id),
            tuple(key for key in site.reprints.get(entry.article.id, ()) if key in here),
        )
        for entry in sorted(told, key=order)
    ]
