"""The page of a topic, or the pages of a large one."""

from __future__ import annotations

from digestgen.model import Story
from digestgen.publish.addresses import TopicPage, feed_of
from digestgen.publish.linked_data import of_topic
from digestgen.publish.paging import numbered
from digestgen.publish.site import Site
from digestgen.publish.templating import Filling, Head
from digestgen.publish.timeline import timeline
from digestgen.publish.topic_chart import topic_chart
from digestgen.publish.wording import as_description, count

SOURCES_SHOWN = 12
"""Sources with what they stress; the others are only named."""

COMPACT_FROM = 60
"""Articles from which the page gives each lone article one line only."""


def topic_page(site: Site, part: TopicPage) -> Filling:
    """What a topic is about, its stories, when and by whom they were told; on its further pages, only more stories."""
    topic = part.topic
    compact = len(topic.articles) >= COMPACT_FROM
    described = as_description([cited.sentence for cited in topic.summary]) or count(len(topic.articles), "article")
    language = site.to.tongues.topics.get(topic.slug, "")
    content = {
        "topic": topic,
        "language": language,
        "page": part.page,
        "stories": [(story, _folded(site, story)) for story in part.stories],
        "compact": compact,
        "feed": None if site.digest.url is None else feed_of(topic.slug),
        "timeline": timeline(topic, site.to.entries),
        "chart": topic_chart(topic, site.to.entries, site.words),
        "sources_shown": SOURCES_SHOWN,
    }
    title = numbered(topic.label, part.page, site.words)
    contents = not compact and len(part.stories) > 2
    # Its further pages hold nothing but stories, whose articles are found by themselves.
    first = part.page.number == 1
    facts = {"language": language} if language else {}
    meta = {**facts, **site.feed(topic.slug), **(of_topic(topic, site.digest, site.to) if first else {})}
    return Head("topic", part.page.path, title, described, searched=first, contents=contents, meta=meta), content


def _folded(site: Site, story: Story) -> list[tuple[str, list[str]]]:
    """The articles of a story, each with its reprints of the same story behind it."""
    here = set(story.articles)
    reprints = {key: [copy for copy in site.reprints.get(key, ()) if copy in here] for key in story.articles}
    under = {copy for copies in reprints.values() for copy in copies}
    return [(key, reprints[key]) for key in story.articles if key not in under]
