"""What on a site is in another language than the site: texts that a page marks, so that they are read aloud as such."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from digestgen.model import Digest, Topic


@dataclass(frozen=True, slots=True)
class Tongues:
    """Languages, by what has another than the site's; what has its own is left out, and costs no page anything."""

    articles: Mapping[str, str]
    """Article id → language of its title and sentences."""
    topics: Mapping[str, str]
    """Topic slug → language of its label."""


def tongues(digest: Digest) -> Tongues:
    """The languages of a digest that are not its own."""
    articles = {
        entry.article.id: entry.article.language
        for entry in digest.entries
        if entry.article.language != digest.language
    }
    topics = {topic.slug: language for topic in digest.topics if (language := _of_label(topic, articles))}
    return Tongues(articles, topics)


def _of_label(topic: Topic, articles: Mapping[str, str]) -> str | None:
    """That of its articles where all have one; a label that stands in none of them, the curator gave."""
    said = {hold.text for hold in topic.holds if hold.inside}
    if not said.issuperset(topic.label.split(": ")):
        return None
    found = {articles.get(key) for key in topic.articles}
    return found.pop() if len(found) == 1 else None
