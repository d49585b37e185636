"""The page of an article."""

from __future__ import annotations

from digestgen.model import Entry, Publish, Topic
from digestgen.publish.links import LONGEST_MARK
from digestgen.publish.markdown import external_link, safe_url, shorten
from digestgen.publish.pages.linked_data import of_article
from digestgen.publish.phrase_index import ARTICLES_SHOWN
from digestgen.publish.site import Site
from digestgen.publish.templating import PageHead, PageSpec
from digestgen.publish.wording import as_description, reference, title_of
from digestgen.translation import Words

SHOWN_OF_STORY = 4
"""Other articles shown of a story that has its own page."""

LATEST_SHOWN = 5
"""Other stories shown of the topic."""


def article_page(site: Site, entry: Entry) -> PageSpec:
    """Page with summary, link to the original, other articles on the story, and news of the topic.

    It is written for readers who arrive from a search engine, so the reasons for its placement come last.
    """
    article = entry.article
    topic = site.addresses.topics[entry.topic] if entry.topic else None
    story = site.addresses.stories.get(entry.story or "")
    reprints = site.reprints.get(article.id, ())
    linked = {article.id, entry.reprint_of, *reprints}
    same_story = [key for key in story.articles if key not in linked] if story else []
    shown = same_story[: SHOWN_OF_STORY if story and story.has_page else ARTICLES_SHOWN]
    latest = _latest(topic, entry) if topic else []
    original = safe_url(article.url)
    language = site.addresses.foreign_languages.articles.get(article.id, "")
    content = {
        "entry": entry,
        "article": article,
        "topic": topic,
        "story": story if same_story else None,
        "same_story": shown,
        "latest": latest,
        "related": [related for related in entry.related if related.id not in {*linked, *same_story, *latest}],
        "reprints": reprints[:ARTICLES_SHOWN],
        "original": external_link(_original(article.source, site.words), original) if original else None,
        "full": article.publish is Publish.FULL,
        "language": language,
    }
    title = title_of(entry)
    described = as_description(entry.summary) or title
    facts = {
        "topic": topic.label if topic else None,
        "source": article.source,
        "published": article.published.isoformat() if article.published else None,
        "cite": None if entry.own_summary else reference(entry, site.words),
        "language": language,
    }
    meta = {
        **{name: fact for name, fact in facts.items() if fact},
        **of_article(entry, site.digest, site.addresses, site.words),
    }
    return PageHead("article", site.addresses.article(article.id), title, described, searched=True, meta=meta), content


def _latest(topic: Topic, entry: Entry) -> list[str]:
    """Headlines of the topic's other stories, in the topic's order."""
    return [story.headline for story in topic.stories if story.slug != entry.story][:LATEST_SHOWN]


def _original(source: str | None, words: Words) -> str:
    if not source:
        return words.say("Read the original")
    return words.say("Read the original at {source}", source=shorten(source, LONGEST_MARK))
