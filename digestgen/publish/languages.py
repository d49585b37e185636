"""Languages of texts that differ from the site's, so that pages can mark them for screen readers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from digestgen.model import Digest, Topic


@dataclass(frozen=True, slots=True)
class ForeignLanguages:
    """Languages that differ from the site's; whatever has the site's language is absent."""

    articles: Mapping[str, str]
    """Article id → language of its title and sentences."""
    topics: Mapping[str, str]
    """Topic slug → language of its label."""


def foreign_languages(digest: Digest) -> ForeignLanguages:
    """Find all texts of a digest that are not in its own language."""
    articles = {
        entry.article.id: entry.article.language
        for entry in digest.entries
        if entry.article.language != digest.language
    }
    topics = {topic.slug: language for topic in digest.topics if (language := _of_label(topic, articles))}
    return ForeignLanguages(articles, topics)


def _of_label(topic: Topic, articles: Mapping[str, str]) -> str | None:
    """Common language of the topic's articles, if any; a label found in none of them is the curator's own."""
    phrases = {hold.text for hold in topic.holds if hold.inside}
    if not phrases.issuperset(topic.label.split(": ")):
        return None
    found = {articles.get(key) for key in topic.articles}
    return found.pop() if len(found) == 1 else None
