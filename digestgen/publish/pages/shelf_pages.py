"""The pages of articles and stories that fit no topic."""

from __future__ import annotations

from collections.abc import Iterator

from digestgen.publish.pagination import numbered
from digestgen.publish.site import Site
from digestgen.publish.templating import PageHead, PageSpec


def shelf_pages(site: Site) -> Iterator[PageSpec]:
    """The shelf, by section, on as many pages as it needs."""
    described = site.words.counted(
        "{n} article that fits no topic.",
        "{n} articles that fit no topic.",
        len(site.digest.shelf) + sum(len(story.articles) for story in site.digest.stories),
    )
    title = site.words.say("More stories")
    for part in site.addresses.shelf_pages:
        content = {"page": part.page, "parts": part.parts}
        yield PageHead("more", part.page.path, numbered(title, part.page, site.words), described), content
