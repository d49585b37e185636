"""The page of an article."""

from __future__ import annotations

from digestgen.model import Entry, Publish
from digestgen.publish.linked_data import of_article
from digestgen.publish.links import LONGEST_MARK
from digestgen.publish.markdown import destination, outward, shorten
from digestgen.publish.phrases import ARTICLES_SHOWN
from digestgen.publish.site import Site
from digestgen.publish.templating import Filling, Head
from digestgen.publish.wording import as_description, title_of


def article_page(site: Site, entry: Entry) -> Filling:
    """What an article says, where the original is, why it stands where it does, and what to read next."""
    article = entry.article
    topic = site.to.topics[entry.topic] if entry.topic else None
    stories = topic.stories if topic else site.digest.stories
    same_story = [key for story in stories if story.slug == entry.story for key in story.articles if key != article.id]
    reprints = site.reprints.get(article.id, ())
    linked = {entry.reprint_of, *reprints}
    shown = [key for key in same_story if key not in linked][:ARTICLES_SHOWN]
    original = destination(article.url)
    language = site.to.tongues.articles.get(article.id, "")
    content = {
        "entry": entry,
        "article": article,
        "topic": topic,
        "same_story": shown,
        "related": [related for related in entry.related if related.id not in {*linked, *shown}],
        "reprints": reprints[:ARTICLES_SHOWN],
        "original": outward(_original(article.source), original) if original else None,
        "before": site.beside[article.id][0],
        "after": site.beside[article.id][1],
        "full": article.publish is Publish.FULL,
        "language": language,
    }
    title = title_of(entry)
    described = as_description(entry.summary) or title
    facts = {
        "topic": topic.label if topic else None,
        "source": article.source,
        "published": article.published.isoformat() if article.published else None,
        "language": language,
    }
    meta = {**{name: fact for name, fact in facts.items() if fact}, **of_article(entry, site.digest, site.to)}
    return Head("article", site.to.article(article.id), title, described, searched=True, meta=meta), content


def _original(source: str | None) -> str:
    return f"Read the original at {shorten(source, LONGEST_MARK)}" if source else "Read the original"
