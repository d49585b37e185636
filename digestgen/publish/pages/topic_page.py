"""The page of a topic, or the pages of a large one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby

from digestgen.model import CitedSentence, Story
from digestgen.publish.addresses import TopicPage, feed_of
from digestgen.publish.lookups import Site
from digestgen.publish.pages.linked_data import of_topic
from digestgen.publish.pages.topic_chart import topic_chart
from digestgen.publish.pagination import PAGE_SIZE, numbered
from digestgen.publish.recency import originals, published, span
from digestgen.publish.templating import Filling, Head
from digestgen.publish.wording import as_description, beyond_title, capitalised, shown_of

SOURCES_SHOWN = 12
"""Sources with what they stress; the others are only named."""

BRIEF_FROM = 6
"""Stories from which the page says first what they have in common; fewer say it themselves."""

LONG = 8
"""Stories from which they are listed beside the page."""


@dataclass(frozen=True, slots=True)
class Item:
    """A story in the list of a topic."""

    story: Story
    said: str
    """What its best article says beyond its title and what the page has quoted; may be empty."""
    cited: CitedSentence | None
    """In want of that, what another article says."""
    originals: tuple[str, ...]
    """Ids of its articles, reprints aside."""

    @property
    def others(self) -> tuple[str, ...]:
        """What must be listed here, since the story has no page that does."""
        return () if self.story.has_page else tuple(key for key in self.originals if key != self.story.headline)


def topic_page(site: Site, part: TopicPage) -> Filling:
    """What a topic is about, and its stories; on its further pages, only more stories.

    The order of the stories is that of the topic: what the curator puts first, then the newest. So the list is the
    topic's timeline too. What the page quotes above is not said again.
    """
    topic = part.topic
    brief = topic.summary if part.page.number == 1 and len(topic.stories) >= BRIEF_FROM else ()
    quoted = {cited.sentence for cited in brief}
    items = [_item(site, story, quoted) for story in part.stories]
    sections = {section.slug: section for section in site.digest.sections}
    described = as_description([cited.sentence for cited in topic.summary]) or site.words.counted(
        "{n} article", "{n} articles", len(topic.articles)
    )
    language = site.to.tongues.topics.get(topic.slug, "")
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
        "span": span([site.to.entries[key] for key in topic.articles]),
        "chart": topic_chart(topic, site.to.entries, site.words),
        "sources_shown": SOURCES_SHOWN,
    }
    title = numbered(topic.label, part.page, site.words)
    contents = len(part.stories) >= LONG
    # Its further pages hold nothing but stories, whose articles are found by themselves.
    first = part.page.number == 1
    facts = {"language": language} if language else {}
    meta = {**facts, **site.feed(topic.slug), **(of_topic(topic, site.digest, site.to, site.words) if first else {})}
    return Head("topic", part.page.path, title, described, searched=first, contents=contents, meta=meta), content


def _month(site: Site, item: Item) -> str:
    return capitalised(site.words.month(max(published(site.to.entries[key]) for key in item.originals)))


def _item(site: Site, story: Story, quoted: Collection[str]) -> Item:
    entries, here = site.to.entries, set(story.articles)
    told = tuple(entry.article.id for entry in originals([entries[key] for key in story.articles], here))
    said = shown_of(entries[story.headline], quoted)
    others = (key for key in told if key != story.headline and not said)
    cited = (
        CitedSentence(sentence, key)
        for key in others
        for sentence in beyond_title(entries[key])
        if sentence not in quoted and not entries[key].own_summary
    )
    return Item(story, said, next(cited, None), told)
