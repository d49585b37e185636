"""Page and anchor of every article, topic, story, phrase and source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from digestgen import routes
from digestgen.model import Digest, Entry, Section, Story, Topic
from digestgen.publish.languages import ForeignLanguages, foreign_languages
from digestgen.publish.pagination import Page, chunks, pages
from digestgen.publish.phrase_index import PhraseIndex, phrase_index

SHELF = routes.page(routes.SHELF)
"""Page of what fits no topic."""

NEW = "new.md"
"""Page that redirects to the latest edition."""

EDITIONS = "editions/index.md"
"""Page that lists all editions."""

EDITIONS_FEED = "editions/feed"
"""Feed of editions, without file extension."""

EDITION_LIST = "editions/index.json"
"""Data file from which the page's script learns the editions."""

SUBSCRIBE = "subscribe.md"
"""Page that lists the feeds."""

OPML = "feeds.opml"
"""OPML file with the feeds of all topics."""

MAP = "map/index.md"
"""Page of the map of topics. It is a folder's index because the map links in raw HTML: some site builders rewrite such
links and others do not, and only from an index are both results the same."""

MOST_MAPPED = 60
"""Topics on the map; more could not be told apart."""

STORIES = "stories/index.md"
"""Page that lists the stories told by several sources."""

COMPACT_FROM = 60
"""Number of articles in a topic from which its page gives each story one line."""

ARCHIVE = "archive/index.md"
"""Page that lists the months of the archive."""


@dataclass(frozen=True, slots=True)
class TopicPage:
    """One page of a topic, with some or all of its stories."""

    topic: Topic
    page: Page
    stories: tuple[Story, ...]

    @property
    def compact(self) -> bool:
        """Whether stories get one line each, grouped by month."""
        return len(self.topic.articles) >= COMPACT_FROM


@dataclass(frozen=True, slots=True)
class ShelfPart:
    """What fits no topic in one section (None: in no section): stories of several articles, then single articles."""

    section: Section | None
    stories: tuple[Story, ...]
    alone: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class ShelfPage:
    """One page of the shelf, by section; a section may continue from the page before."""

    page: Page
    parts: tuple[ShelfPart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Paths of all pages, relative to the docs folder."""

    entries: Mapping[str, Entry]
    """Article id → entry."""
    topics: Mapping[str, Topic]
    """Slug → topic."""
    topic_pages: tuple[TopicPage, ...]
    shelf_pages: tuple[ShelfPage, ...]
    section_labels: Mapping[str, str]
    """Section slug → label."""
    shelf_places: Mapping[str, str]
    """Section slug → page and anchor of its part of the shelf, if it has one."""
    stories: Mapping[str, Story]
    """Slug → story."""
    story_places: Mapping[str, str]
    """Story slug → page (and anchor) where it is listed, in its topic or on the shelf."""
    sources: Mapping[str, str]
    """Source name → slug."""
    phrases: PhraseIndex
    former: Mapping[str, str | None]
    """Page published earlier → page it redirects to; None if withdrawn."""
    archived: Mapping[str, str]
    """Page published earlier → its whole address on the archive that holds it now."""
    foreign_languages: ForeignLanguages

    def article(self, identifier: str) -> str:
        """Page of an article, by id."""
        return routes.page(routes.article(self.entries[identifier].slug))

    def topic(self, slug: str) -> str:
        """First page of a topic."""
        return routes.page(routes.topic(slug))

    def shelf(self, section: str | None) -> str:
        """Where a section's part of the shelf begins; None stands for the whole shelf."""
        return self.shelf_places.get(section or "", SHELF)

    def story(self, slug: str) -> str:
        """Page of a story, or where it is listed if it has none."""
        return routes.page(routes.story(slug)) if self.stories[slug].has_page else self.story_places[slug]

    def headline(self, identifier: str) -> str:
        """Target of an article's headline: the page of its story if there is one, else the article's own."""
        story = self.stories.get(self.entries[identifier].story or "")
        return self.story(story.slug) if story and story.has_page else self.article(identifier)

    def source(self, name: str) -> str:
        """First page of a source."""
        return routes.page(routes.source(self.sources[name]))


def addresses(digest: Digest) -> Addresses:
    """Compute all addresses of a digest."""
    topic_pages: list[TopicPage] = []
    for topic in digest.topics:
        at = routes.topic(topic.slug)
        parts = chunks(topic.stories, lambda story: len(story.articles))
        for part, page in zip(parts, pages(routes.page(at), at, len(parts)), strict=True):
            topic_pages.append(TopicPage(topic, page, tuple(part)))
    shelf_pages = _shelf_pages(digest)
    places = [
        (story.slug, part.page.path + ("" if part.compact else f"#{story.slug}"))
        for part in topic_pages
        for story in part.stories
    ]
    shelf_parts = [(each.page.path, part) for each in shelf_pages for part in each.parts]
    places += [(story.slug, f"{path}#{story.slug}") for path, part in shelf_parts for story in part.stories]
    return Addresses(
        entries={entry.article.id: entry for entry in digest.entries},
        topics={topic.slug: topic for topic in digest.topics},
        topic_pages=tuple(topic_pages),
        shelf_pages=shelf_pages,
        section_labels={section.slug: section.label for section in digest.sections},
        # A section may span pages: in reverse order, its first page wins.
        shelf_places={
            part.section.slug: f"{at}#_{part.section.slug}" for at, part in shelf_parts[::-1] if part.section
        },
        stories={story.slug: story for story in digest.every_story()},
        story_places=dict(places),
        sources={source.name: source.slug for source in digest.sources},
        phrases=phrase_index(digest),
        former=_former(digest),
        archived={routes.page(address): whole for address, whole in digest.former.archived.items()},
        foreign_languages=foreign_languages(digest),
    )


def _shelf_pages(digest: Digest) -> tuple[ShelfPage, ...]:
    entries = {entry.article.id: entry for entry in digest.entries}
    sections = {section.slug: section for section in digest.sections}
    place = {slug: number for number, slug in enumerate(sections)}

    def section_of(item: Story | Entry) -> str:
        return (entries[item.headline] if isinstance(item, Story) else item).section or ""

    # Sorting is stable: within a section stories come before single articles. Items in no section come last.
    items: list[Story | Entry] = [*digest.stories, *(entries[id_] for id_ in digest.shelf)]
    items.sort(key=lambda item: place.get(section_of(item), len(place)))
    parts = chunks(items, lambda item: len(item.articles) if isinstance(item, Story) else 1)
    return tuple(
        ShelfPage(page, tuple(_shelf_part(sections.get(slug), list(held)) for slug, held in groupby(part, section_of)))
        for part, page in zip(parts, pages(SHELF, routes.SHELF, len(parts)), strict=True)
    )


def _shelf_part(section: Section | None, items: Sequence[Story | Entry]) -> ShelfPart:
    return ShelfPart(
        section,
        tuple(item for item in items if isinstance(item, Story)),
        tuple(item for item in items if isinstance(item, Entry)),
    )


def _former(digest: Digest) -> dict[str, str | None]:
    slugs = {entry.article.id: entry.slug for entry in digest.entries}
    story_of = {key: story.slug for story in digest.every_story() if story.has_page for key in story.articles}
    former: dict[str, str | None] = {}
    for slug, id_ in digest.former.articles.items():
        former[routes.page(routes.article(slug))] = None if id_ is None else routes.page(routes.article(slugs[id_]))
    for slug, topic in digest.former.topics.items():
        former[routes.page(routes.topic(slug))] = None if topic is None else routes.page(routes.topic(topic))
    for slug, id_ in digest.former.stories.items():
        at = None if id_ is None else routes.story(story_of[id_]) if id_ in story_of else routes.article(slugs[id_])
        former[routes.page(routes.story(slug))] = None if at is None else routes.page(at)
    for slug, source in digest.former.sources.items():
        former[routes.page(routes.source(slug))] = routes.page(routes.source(source))
    return former


def edition_page(day: date, *, whole: bool = False) -> str:
    """Page of an edition; with ``whole``, the first page of the list of all its articles."""
    return routes.page(routes.edition(day, whole=whole))


def archive_month(day: date) -> str:
    """First archive page of the month of ``day``."""
    return f"archive/{day.year:04}-{day.month:02}.md"


def feed_of(topic: str | None) -> str:
    """Feed of a topic, without file extension; None stands for the whole digest."""
    return "feed" if topic is None else f"{routes.topic(topic)}/feed"


def absolute(path: str, url: str) -> str:
    """Absolute URL of a page (with or without anchor) or file, for a site at ``url``."""
    file, mark, anchor = path.partition("#")
    page = file.removesuffix(".md")
    return url + (file if page == file else (page + "/").removesuffix("index/")) + mark + anchor


def relative(target: str, here: str) -> str:
    """Relative link from the page ``here`` to ``target``, as Markdown sources link to each other."""
    page, mark, anchor = target.partition("#")
    if page == here:
        return mark + anchor if anchor else page.rpartition("/")[2]
    there, stand = page.split("/"), here.split("/")[:-1]
    shared = 0
    while shared < len(stand) and there[shared] == stand[shared]:
        shared += 1
    return "../" * (len(stand) - shared) + "/".join(there[shared:]) + mark + anchor
