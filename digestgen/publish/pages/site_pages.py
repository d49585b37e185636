"""All pages of the site as Markdown.

The modules of this room gather the content of each kind of page; the wording is in its template.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from digestgen.publish.addresses import EDITIONS_FEED, NEW, OPML, SUBSCRIBE, absolute, edition_page, feed_of, relative
from digestgen.publish.chronology import by_publication_day
from digestgen.publish.issues import issues
from digestgen.publish.links import Links
from digestgen.publish.markdown import Markdown, external_link, link
from digestgen.publish.pages.archive import archive
from digestgen.publish.pages.article_list import article_list
from digestgen.publish.pages.article_page import article_page
from digestgen.publish.pages.edition_pages import edition_pages, front_page
from digestgen.publish.pages.keyphrase_pages import keyphrase_pages
from digestgen.publish.pages.shelf_pages import shelf_pages
from digestgen.publish.pages.source_pages import source_pages
from digestgen.publish.pages.story_page import story_pages
from digestgen.publish.pages.topic_list import topic_list
from digestgen.publish.pages.topic_map import topic_map
from digestgen.publish.pages.topic_page import topic_page
from digestgen.publish.pagination import PAGE_SIZE, Page
from digestgen.publish.site import Site
from digestgen.publish.templating import PageHead, PageSpec, render_page


def render(site: Site) -> Iterator[tuple[str, str]]:
    """Make all pages one by one: path relative to the docs folder, and Markdown."""
    for head, content in _pages(site):
        yield head.path, _render_page(site, head, content)


def _render_page(site: Site, head: PageHead, content: Mapping[str, object]) -> str:
    shared = {
        "digest": site.digest,
        "entries": site.addresses.entries,
        "to": Links(site.addresses, head.path, site.words),
    }
    page = content.get("page")
    beside = {"previous": page.previous, "next": page.next} if isinstance(page, Page) else {}
    turned = {name: absolute(path, "") for name, path in beside.items() if path}
    return render_page(replace(head, meta={**turned, **head.meta}), {**shared, **content}, site.words)


def _pages(site: Site) -> Iterator[PageSpec]:
    listed = by_publication_day(site.digest.entries)
    editions = issues(site)
    latest = next((issue for issue in reversed(editions) if issue.articles), editions[-1])
    yield front_page(site, latest)
    yield from topic_list(site)
    yield from (topic_page(site, part) for part in site.addresses.topic_pages)
    yield from story_pages(site)
    yield from article_list(site, listed)
    yield from (article_page(site, entry) for entry in site.digest.entries)
    yield from edition_pages(site, editions)
    yield _moved(site, NEW, edition_page(latest.day) if latest.day else "index.md")
    yield from topic_map(site.digest, site.words)
    yield from archive(listed, site.words)
    yield from keyphrase_pages(site)
    yield from source_pages(site, listed)
    yield from shelf_pages(site)
    if site.digest.url is not None:
        yield _subscribe(site)
    yield from (_moved(site, path, target) for path, target in site.addresses.former.items())
    yield from (_archived(site, path, url) for path, url in site.addresses.archived.items())


def _subscribe(site: Site) -> PageSpec:
    content = {
        "whole": feed_of(None),
        "editions": EDITIONS_FEED,
        "opml": OPML,
        "topics": [(topic, feed_of(topic.slug)) for topic in site.digest.topics[:PAGE_SIZE]],
    }
    described = site.words.say("Feeds of all that is new in {digest}, and of each topic.", digest=site.digest.title)
    return PageHead("subscribe", SUBSCRIBE, site.words.say("Subscribe"), described), content


def _moved(site: Site, path: str, target: str | None) -> PageSpec:
    """Page at a former address: a redirect to ``target``, or a notice of withdrawal if that is None."""
    say = site.words.say
    if target is None:
        return PageHead("withdrawn", path, say("Withdrawn"), say("What was published here has been withdrawn.")), {}
    # The theme's template redirects browsers; as plain Markdown it is a page with a link.
    return _redirect(site, path, absolute(target, ""), link(say("go to its new address"), relative(target, path)))


def _archived(site: Site, path: str, url: str) -> PageSpec:
    """Page at an address whose content an archive holds now."""
    return _redirect(site, path, url, external_link(site.words.say("go to its new address"), url))


def _redirect(site: Site, path: str, moved: str, new_address: Markdown) -> PageSpec:
    say = site.words.say
    meta = {"template": "moved.html", "moved": moved}
    return PageHead("moved", path, say("Moved"), say("This page has moved."), meta=meta), {"new_address": new_address}
