"""Where everything in a digest stands on the site: article, topic, story, phrase and source → page and anchor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from digestgen import routes
from digestgen.model import Digest, Entry, Section, Story, Topic
from digestgen.publish.languages import Tongues, tongues
from digestgen.publish.pagination import Page, chunks, pages
from digestgen.publish.phrase_index import PhraseIndex, phrase_index

SHELF = routes.page(routes.SHELF)
"""The page of what fits no topic."""

NEW = "new.md"
"""The page that leads to the latest edition."""

EDITIONS = "editions/index.md"
"""The page of all editions."""

EDITIONS_FEED = "editions/feed"
"""The files of the feed of editions, without their endings."""

EDITION_LIST = "editions/index.json"
"""The file that tells the page's script what editions there are."""

SUBSCRIBE = "subscribe.md"
"""The page of the feeds."""

OPML = "feeds.opml"
"""The file that lists the feeds of all topics."""

MAP = "map/index.md"
"""The page of the topics' map. The links in its drawing are raw HTML, which some builders look into and others do not:
only on the index of a folder do both come to the same."""

MOST_MAPPED = 60
"""Topics that the map shows: more could not be told apart."""

STORIES = "stories/index.md"
"""The page of all stories that several sources tell."""

COMPACT_FROM = 60
"""Articles of a topic from which its page gives each story one line."""

ARCHIVE = "archive/index.md"
"""The page of the archive's months."""


@dataclass(frozen=True, slots=True)
class TopicPage:
    """One page of a topic: its stories, or some of them where the topic is large."""

    topic: Topic
    page: Page
    stories: tuple[Story, ...]

    @property
    def compact(self) -> bool:
        """Whether it gives each story one line only, by month."""
        return len(self.topic.articles) >= COMPACT_FROM


@dataclass(frozen=True, slots=True)
class ShelfPart:
    """What fits no topic in a section, or in none: stories of several articles, then single ones."""

    section: Section | None
    stories: tuple[Story, ...]
    alone: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class ShelfPage:
    """One page of what fits no topic, by section; a section may go on from the page before."""

    page: Page
    parts: tuple[ShelfPart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Every page's path, relative to the docs folder, by what stands on it."""

    entries: Mapping[str, Entry]
    """Article id → entry."""
    topics: Mapping[str, Topic]
    """Slug → topic."""
    topic_pages: tuple[TopicPage, ...]
    shelf_pages: tuple[ShelfPage, ...]
    section_labels: Mapping[str, str]
    """Section slug → label."""
    shelf_places: Mapping[str, str]
    """Section slug → page and anchor of what stands in it outside every topic, where anything does."""
    stories: Mapping[str, Story]
    """Slug → story."""
    story_places: Mapping[str, str]
    """Story slug → page, and anchor where it has one, among the others of its topic or outside all."""
    sources: Mapping[str, str]
    """Source name → slug."""
    phrases: PhraseIndex
    former: Mapping[str, str | None]
    """Page that was published once → the page that it leads to now; None where it was withdrawn."""
    archived: Mapping[str, str]
    """Page that was published once → its whole address on the archive that holds it now."""
    tongues: Tongues

    def article(self, identifier: str) -> str:
        """The page of an article."""
        return routes.page(routes.article(self.entries[identifier].slug))

    def topic(self, slug: str) -> str:
        """The (first) page of a topic."""
        return routes.page(routes.topic(slug))

    def shelf(self, section: str | None) -> str:
        """Where what stands outside every topic begins, in a section or in all."""
        return self.shelf_places.get(section or "", SHELF)

    def story(self, slug: str) -> str:
        """The page of a story, or where it stands among others if it has none."""
        return routes.page(routes.story(slug)) if self.stories[slug].has_page else self.story_places[slug]

    def headline(self, identifier: str) -> str:
        """Where the headline of an article leads: to the page of its story, or to its own where the story has none."""
        story = self.stories.get(self.entries[identifier].story or "")
        return self.story(story.slug) if story and story.has_page else self.article(identifier)

    def source(self, name: str) -> str:
        """The (first) page of a source."""
        return routes.page(routes.source(self.sources[name]))


def addresses(digest: Digest) -> Addresses:
    """The addresses of everything in the digest."""
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
        # Of a section on several pages the first counts, so it is put in last.
        shelf_places={
            part.section.slug: f"{at}#_{part.section.slug}" for at, part in shelf_parts[::-1] if part.section
        },
        stories={story.slug: story for story in digest.every_story()},
        story_places=dict(places),
        sources={source.name: source.slug for source in digest.sources},
        phrases=phrase_index(digest),
        former=_former(digest),
        archived={routes.page(address): whole for address, whole in digest.former.archived.items()},
        tongues=tongues(digest),
    )


def _shelf_pages(digest: Digest) -> tuple[ShelfPage, ...]:
    entries = {entry.article.id: entry for entry in digest.entries}
    sections = {section.slug: section for section in digest.sections}
    place = {slug: number for number, slug in enumerate(sections)}

    def section_of(item: Story | Entry) -> str:
        return (entries[item.headline] if isinstance(item, Story) else item).section or ""

    # Sorting is stable: in a section stories come before single articles, and what is in none comes last.
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
    told = {key: story.slug for story in digest.every_story() if story.has_page for key in story.articles}
    former: dict[str, str | None] = {}
    for slug, id_ in digest.former.articles.items():
        former[routes.page(routes.article(slug))] = None if id_ is None else routes.page(routes.article(slugs[id_]))
    for slug, topic in digest.former.topics.items():
        former[routes.page(routes.topic(slug))] = None if topic is None else routes.page(routes.topic(topic))
    for slug, id_ in digest.former.stories.items():
        at = None if id_ is None else routes.story(told[id_]) if id_ in told else routes.article(slugs[id_])
        former[routes.page(routes.story(slug))] = None if at is None else routes.page(at)
    for slug, source in digest.former.sources.items():
        former[routes.page(routes.source(slug))] = routes.page(routes.source(source))
    return former


def edition_page(day: date, *, whole: bool = False) -> str:
    """The page of an edition; of the ``whole`` edition, the (first) page of the list of all that came with it."""
    return routes.page(routes.edition(day, whole=whole))


def archive_month(day: date) -> str:
    """The (first) page of a day's month in the archive."""
    return f"archive/{day.year:04}-{day.month:02}.md"


def feed_of(topic: str | None) -> str:
    """The files of a topic's feed, by its slug, without their endings; None stands for the whole digest."""
    return "feed" if topic is None else f"{routes.topic(topic)}/feed"


def absolute(path: str, url: str) -> str:
    """The whole address of a page (or of an anchor on it), or of a file, on the site that stands at ``url``."""
    file, mark, anchor = path.partition("#")
    page = file.removesuffix(".md")
    return url + (file if page == file else (page + "/").removesuffix("index/")) + mark + anchor


def relative(target: str, here: str) -> str:
    """The path from one page to another (or to an anchor on it), as a link in Markdown has it."""
    page, mark, anchor = target.partition("#")
    if page == here:
        return mark + anchor if anchor else page.rpartition("/")[2]
    there, stand = page.split("/"), here.split("/")[:-1]
    shared = 0
    while shared < len(stand) and there[shared] == stand[shared]:
        shared += 1
    return "../" * (len(stand) - shared) + "/".join(there[shared:]) + mark + anchor
