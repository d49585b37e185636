"""Pages of a topic."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby

from digestgen.model import CitedSentence, Story
from digestgen.publish.addresses import TopicPage, feed_of
from digestgen.publish.chronology import published, span, without_reprints
from digestgen.publish.pages.linked_data import of_topic
from digestgen.publish.pages.topic_chart import topic_chart
from digestgen.publish.pagination import PAGE_SIZE, numbered
from digestgen.publish.site import Site
from digestgen.publish.templating import PageHead, PageSpec
from digestgen.publish.wording import as_description, capitalised, excerpt, sentences_beyond_title

SOURCES_SHOWN = 12
"""Sources shown with the phrases they stress; others are only named."""

BRIEF_FROM = 6
"""Fewest stories for a summary of the topic; fewer speak for themselves."""

LONG = 8
"""Fewest stories on a page for a table of contents."""


@dataclass(frozen=True, slots=True)
class StoryItem:
    """A story in a topic's list."""

    story: Story
    excerpt: str
    """Excerpt of its best article, beyond title and quotations on the page; may be empty."""
    cited: CitedSentence | None
    """Sentence of another article, if ``excerpt`` is empty."""
    originals: tuple[str, ...]
    """Ids of its articles without reprints."""

    @property
    def others(self) -> tuple[str, ...]:
        """Articles to list here because the story has no page of its own."""
        return () if self.story.has_page else tuple(key for key in self.originals if key != self.story.headline)


def topic_page(site: Site, part: TopicPage) -> PageSpec:
    """One page of a topic: summary and facts on the first, stories on all.

    Stories keep the topic's order (the curator's choices, then newest), so the list is also the timeline. Sentences
    quoted in the summary are not repeated.
    """
    topic = part.topic
    brief = topic.summary if part.page.number == 1 and len(topic.stories) >= BRIEF_FROM else ()
    quoted = {cited.sentence for cited in brief}
    items = [_item(site, story, quoted) for story in part.stories]
    sections = {section.slug: section for section in site.digest.sections}
    described = as_description([cited.sentence for cited in topic.summary]) or site.words.counted(
        "{n} article", "{n} articles", len(topic.articles)
    )
    language = site.addresses.foreign_languages.topics.get(topic.slug, "")
    content = {
        "topic": topic,
        "language": language,
        "page": part.page,
        "brief": brief,
        "items": items,
        "months": [(name, list(of)) for name, of in groupby(items, lambda item: _month(site, item))]
        if part.compact
        else [],
        "feed": None if site.digest.url is None else feed_of(topic.slug),
        "section": sections.get(topic.section or ""),
        "sections_at": "topics/index.md" if len(site.digest.topics) <= PAGE_SIZE else None,
        "span": span([site.addresses.entries[key] for key in topic.articles]),
        "chart": topic_chart(topic, site.addresses.entries, site.words),
        "sources_shown": SOURCES_SHOWN,
    }
    title = numbered(topic.label, part.page, site.words)
    contents = len(part.stories) >= LONG
    # Further pages hold only stories, whose articles are searchable by themselves.
    first = part.page.number == 1
    facts = {"language": language} if language else {}
    meta = {
        **facts,
        **site.feed(topic.slug),
        **(of_topic(topic, site.digest, site.addresses, site.words) if first else {}),
    }
    return PageHead("topic", part.page.path, title, described, searched=first, contents=contents, meta=meta), content


def _month(site: Site, item: StoryItem) -> str:
    return capitalised(site.words.month(max(published(site.addresses.entries[key]) for key in item.originals)))


def _item(site: Site, story: Story, quoted: Collection[str]) -> StoryItem:
    entries, here = site.addresses.entries, set(story.articles)
    ids = tuple(entry.article.id for entry in without_reprints([entries[key] for key in story.articles], here))
    text = excerpt(entries[story.headline], quoted)
    others = (key for key in ids if key != story.headline and not text)
    cited = (
        CitedSentence(sentence, key)
        for key in others
        for sentence in sentences_beyond_title(entries[key])
        if sentence not in quoted and not entries[key].own_summary
    )
    return StoryItem(story, text, next(cited, None), ids)
