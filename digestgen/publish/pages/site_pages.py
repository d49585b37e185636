"""The pages of the site, as Markdown: digest in, {path inside the docs folder: text} out.

What each page holds is gathered here and in the modules of the larger pages; the words stand in its template.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from digestgen.model import Digest, Entry, Section, Source, Topic
from digestgen.publish.addresses import EDITIONS_FEED, NEW, OPML, SUBSCRIBE, absolute, edition_page, feed_of
from digestgen.publish.issues import issues
from digestgen.publish.links import Links
from digestgen.publish.lookups import Site, site_of
from digestgen.publish.markdown import destination, outward
from digestgen.publish.pages.archive import archive
from digestgen.publish.pages.article_page import article_page
from digestgen.publish.pages.edition_pages import edition_pages, front_page
from digestgen.publish.pages.keyphrase_pages import keyphrase_pages
from digestgen.publish.pages.story_page import story_pages
from digestgen.publish.pages.topic_map import topic_map
from digestgen.publish.pages.topic_page import topic_page
from digestgen.publish.pagination import PAGE_SIZE, Page, chunks, numbered, pages
from digestgen.publish.templating import Filling, Head, fill
from digestgen.translation import Words

_NO_LETTERS = re.compile(r"^\W+")


def render(digest: Digest, words: Words | None = None) -> dict[str, str]:
    """Every page of the digest: path relative to the docs folder → Markdown.

    Its words are those of its language unless others are given. Raises ValueError should two pages claim one path.
    """
    site = site_of(digest, words)
    written: dict[str, str] = {}
    for head, content in _pages(site):
        if head.path in written:
            raise ValueError(f"two pages claim {head.path}")
        written[head.path] = _filled(site, head, content)
    return written


def _filled(site: Site, head: Head, content: Mapping[str, object]) -> str:
    shared = {"digest": site.digest, "entries": site.to.entries, "to": Links(site.to, head.path, site.words)}
    page = content.get("page")
    beside = {"previous": page.previous, "next": page.next} if isinstance(page, Page) else {}
    turned = {name: absolute(path, "") for name, path in beside.items() if path}
    return fill(replace(head, meta={**turned, **head.meta}), {**shared, **content}, site.words)


def _pages(site: Site) -> Iterator[Filling]:
    listed = _newest_first(site.digest.entries)
    editions = issues(site)
    latest = next((issue for issue in reversed(editions) if issue.articles), editions[-1])
    yield front_page(site, latest)
    yield from _topic_list(site)
    yield from (topic_page(site, part) for part in site.to.topic_pages)
    yield from story_pages(site)
    yield from _article_list(site, listed)
    yield from (article_page(site, entry) for entry in site.digest.entries)
    yield from edition_pages(site, editions)
    yield _moved(site, NEW, edition_page(latest.day) if latest.day else "index.md")
    yield from topic_map(site.digest, site.words)
    yield from archive(listed, site.words)
    yield from keyphrase_pages(site)
    yield from _sources(site, listed)
    yield from _shelf(site)
    if site.digest.url is not None:
        yield _subscribe(site)
    yield from (_moved(site, path, target) for path, target in site.to.former.items())
    yield from (_archived(site, path, url) for path, url in site.to.archived.items())


@dataclass(frozen=True, slots=True)
class _Shelf:
    """A section on one page of the list of topics; None stands for what is in none."""

    section: Section | None
    topics: list[Topic]
    outside: int
    """How many articles stand in it outside every topic; 0 where its topics go on on the next page."""


def _topic_list(site: Site) -> Iterator[Filling]:
    digest = site.digest
    sections = {section.slug: section for section in digest.sections}
    place = {slug: number for number, slug in enumerate(sections)}
    outside = Counter(entry.section for entry in digest.entries if entry.section and not entry.topic)
    last = {section.slug: section.topics[-1] for section in digest.sections if section.topics}
    # Sorting is stable: the topics of a section stay in their order, and those of none come last.
    parts = chunks(sorted(digest.topics, key=lambda topic: place.get(topic.section or "", len(place))))
    for part, page in zip(parts, pages("topics/index.md", "topics/page", len(parts)), strict=True):
        shelves = []
        for slug, held in groupby(part, lambda topic: topic.section or ""):
            topics = list(held)
            ends = topics[-1].slug == last.get(slug)
            shelves.append(_Shelf(sections.get(slug), topics, outside[slug] if ends else 0))
        if page.next is None:
            empty = [section for section in digest.sections if not section.topics]
            shelves += [_Shelf(section, [], outside[section.slug]) for section in empty]
        labels = ", ".join(topic.label for topic in part[:8])
        described = (
            site.words.say("What this digest is about: {topics}.", topics=labels)
            if labels
            else site.words.say("This digest has no topics yet.")
        )
        content = {"page": page, "shelves": shelves}
        yield Head("topics", page.path, numbered(site.words.say("Topics"), page, site.words), described), content


def _article_list(site: Site, listed: Sequence[Entry]) -> Iterator[Filling]:
    words = site.words
    dated = any(entry.article.published for entry in listed)
    described = (
        words.counted("{n} article, newest first.", "{n} articles, newest first.", len(listed))
        if dated
        else words.counted("{n} article, by title.", "{n} articles, by title.", len(listed))
    )
    archived = any(archive(listed, words))
    parts = chunks(listed)
    for part, page in zip(parts, pages("articles/index.md", "articles/page", len(parts)), strict=True):
        content = {"page": page, "part": part, "dated": dated, "archived": archived}
        yield Head("articles", page.path, numbered(words.say("Articles"), page, words), described), content


def _sources(site: Site, listed: Sequence[Entry]) -> Iterator[Filling]:
    yield _source_list(site)
    of: dict[str | None, list[Entry]] = defaultdict(list)
    for entry in listed:
        of[entry.article.source].append(entry)
    for source in site.digest.sources:
        yield from _source(site, source, of[source.name])


def _source_list(site: Site) -> Filling:
    counts: dict[str, int] = defaultdict(int)
    topics: dict[str, dict[str, None]] = defaultdict(dict)
    for entry in site.digest.entries:
        name = entry.article.source
        if name:
            counts[name] += 1
            if entry.topic:
                topics[name][entry.topic] = None
    content = {
        "sources": [(source, counts[source.name], list(topics[source.name])[:5]) for source in site.digest.sources],
        "unknown": sum(entry.article.source is None for entry in site.digest.entries),
    }
    names = ", ".join(source.name for source in site.digest.sources[:8])
    described = (
        site.words.say("Where the articles come from: {sources}.", sources=names)
        if names
        else site.words.say("No article says where it comes from.")
    )
    return Head("sources", "sources/index.md", site.words.say("Sources"), described), content


def _source(site: Site, source: Source, entries: Sequence[Entry]) -> Iterator[Filling]:
    first = site.to.source(source.name)
    homepage = destination(source.homepage)
    parts = chunks(entries)
    for part, page in zip(parts, pages(first, first.removesuffix(".md"), len(parts)), strict=True):
        content = {
            "source": source,
            "homepage": outward(
                site.words.say("Homepage"),
                homepage,
                name=site.words.say("Homepage of {source}", source=source.name),
            )
            if homepage
            else None,
            "total": len(entries),
            "page": page,
            "part": part,
        }
        described = site.words.counted(
            "{n} article by {source} in this digest.",
            "{n} articles by {source} in this digest.",
            len(entries),
            source=source.name,
        )
        yield Head("source", page.path, numbered(source.name, page, site.words), described), content


def _shelf(site: Site) -> Iterator[Filling]:
    described = site.words.counted(
        "{n} article that fits no topic.",
        "{n} articles that fit no topic.",
        len(site.digest.shelf) + sum(len(story.articles) for story in site.digest.stories),
    )
    title = site.words.say("More stories")
    for part in site.to.shelf_pages:
        content = {"page": part.page, "parts": part.parts}
        yield Head("more", part.page.path, numbered(title, part.page, site.words), described), content


def _subscribe(site: Site) -> Filling:
    content = {
        "whole": feed_of(None),
        "editions": EDITIONS_FEED,
        "opml": OPML,
        "topics": [(topic, feed_of(topic.slug)) for topic in site.digest.topics[:PAGE_SIZE]],
    }
    described = site.words.say("Feeds of all that is new in {digest}, and of each topic.", digest=site.digest.title)
    return Head("subscribe", SUBSCRIBE, site.words.say("Subscribe"), described), content


def _moved(site: Site, path: str, target: str | None) -> Filling:
    """What answers at an address that was published once: where it leads now, or that it was withdrawn."""
    say = site.words.say
    if target is None:
        return Head("withdrawn", path, say("Withdrawn"), say("What was published here has been withdrawn.")), {}
    # The theme's template sends browsers on; as plain Markdown it is a page with a link.
    meta = {"template": "moved.html", "moved": absolute(target, "")}
    return Head("moved", path, say("Moved"), say("This page has moved."), meta=meta), {
        "target": target,
        "archive": None,
    }


def _archived(site: Site, path: str, url: str) -> Filling:
    """What answers at the address of a page that an archive of the digest holds now."""
    say = site.words.say
    meta = {"template": "moved.html", "moved": url}
    content = {"target": None, "archive": outward(say("go to its new address"), url)}
    return Head("moved", path, say("Moved"), say("This page has moved."), meta=meta), content


def _newest_first(entries: Sequence[Entry]) -> list[Entry]:
    """By day of publication, the undated ones after; within a day by title, quotation marks aside."""

    def order(entry: Entry) -> tuple[int, str, str]:
        published = entry.article.published
        return (
            -published.toordinal() if published else 0,
            _NO_LETTERS.sub("", entry.article.title).casefold(),
            entry.article.id,
        )

    return sorted(entries, key=order)
