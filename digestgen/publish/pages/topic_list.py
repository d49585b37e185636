"""The list of all topics, by section."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from digestgen.model import Section, Topic
from digestgen.publish.pagination import chunks, numbered, pages
from digestgen.publish.site import Site
from digestgen.publish.templating import PageHead, PageSpec


@dataclass(frozen=True, slots=True)
class _SectionTopics:
    """The topics of a section on one page of the list; the section is None for topics in none."""

    section: Section | None
    topics: list[Topic]
    outside: int
    """Number of the section's articles outside topics; 0 if its topics continue on the next page."""


def topic_list(site: Site) -> Iterator[PageSpec]:
    """The pages of the list, each with whole topics grouped by section."""
    digest = site.digest
    sections = {section.slug: section for section in digest.sections}
    place = {slug: number for number, slug in enumerate(sections)}
    outside = Counter(entry.section for entry in digest.entries if entry.section and not entry.topic)
    last = {section.slug: section.topics[-1] for section in digest.sections if section.topics}
    # Sorting is stable: topics keep their order within a section. Topics in no section come last.
    parts = chunks(sorted(digest.topics, key=lambda topic: place.get(topic.section or "", len(place))))
    for part, page in zip(parts, pages("topics/index.md", "topics/page", len(parts)), strict=True):
        groups = []
        for slug, held in groupby(part, lambda topic: topic.section or ""):
            topics = list(held)
            ends = topics[-1].slug == last.get(slug)
            groups.append(_SectionTopics(sections.get(slug), topics, outside[slug] if ends else 0))
        if page.next is None:
            empty = [section for section in digest.sections if not section.topics]
            groups += [_SectionTopics(section, [], outside[section.slug]) for section in empty]
        labels = ", ".join(topic.label for topic in part[:8])
        described = (
            site.words.say("What this digest is about: {topics}.", topics=labels)
            if labels
            else site.words.say("This digest has no topics yet.")
        )
        content = {"page": page, "groups": groups}
        yield PageHead("topics", page.path, numbered(site.words.say("Topics"), page, site.words), described), content
