"""The list of sources, and the pages of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from digestgen.model import Entry, Source
from digestgen.publish.markdown import external_link, safe_url
from digestgen.publish.pagination import chunks, numbered, pages
from digestgen.publish.site import Site
from digestgen.publish.templating import PageHead, PageSpec


def source_pages(site: Site, listed: Sequence[Entry]) -> Iterator[PageSpec]:
    """The list of sources, then each source with its articles in the order of ``listed``."""
    yield _source_list(site)
    of: dict[str | None, list[Entry]] = defaultdict(list)
    for entry in listed:
        of[entry.article.source].append(entry)
    for source in site.digest.sources:
        yield from _source(site, source, of[source.name])


def _source_list(site: Site) -> PageSpec:
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
    return PageHead("sources", "sources/index.md", site.words.say("Sources"), described), content


def _source(site: Site, source: Source, entries: Sequence[Entry]) -> Iterator[PageSpec]:
    first = site.addresses.source(source.name)
    homepage = safe_url(source.homepage)
    parts = chunks(entries)
    for part, page in zip(parts, pages(first, first.removesuffix(".md"), len(parts)), strict=True):
        content = {
            "source": source,
            "homepage": external_link(
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
        yield PageHead("source", page.path, numbered(source.name, page, site.words), described), content
