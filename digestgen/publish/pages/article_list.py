"""The list of all articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from digestgen.model import Entry
from digestgen.publish.pages.archive import archive
from digestgen.publish.pagination import chunks, numbered, pages
from digestgen.publish.site import Site
from digestgen.publish.templating import PageHead, PageSpec


def article_list(site: Site, listed: Sequence[Entry]) -> Iterator[PageSpec]:
    """The pages of the list; ``listed`` holds all entries, the latest published first."""
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
        yield PageHead("articles", page.path, numbered(words.say("Articles"), page, words), described), content
