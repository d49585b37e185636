"""``digest.json``: the digest as data, described by ``digest.schema.json`` in this package."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files

import msgspec

from digestgen import routes
from digestgen.model import Coverage, Digest, Entry, Keyphrase, RelatedArticle, RelatedTopic, Section, Story, Topic

VERSION = 2


def schema() -> str:
    """JSON Schema of ``digest.json``."""
    return files(__package__).joinpath("digest.schema.json").read_text(encoding="utf-8")


def to_json(digest: Digest) -> Iterator[str]:
    """Serialise the digest in parts: keys in the schema's order, articles in seed order, topics largest first."""
    content = {
        "version": VERSION,
        "title": digest.title,
        "articles": [],
        "topics": [_topic(topic) for topic in digest.topics],
        "shelf": list(digest.shelf),
        "stories": [_story(story) for story in digest.stories],
        "sections": [_section(section) for section in digest.sections],
    }
    before, articles, after = _text(content).partition('"articles": []')
    yield before
    # One article at a time: all of them as objects, or as one text, would be the peak memory use of a build.
    for place, entry in enumerate(digest.entries):
        yield (",\n  " if place else '"articles": [\n  ') + _text(_article(entry)).replace("\n", "\n  ")
    yield ("\n ]" if digest.entries else articles) + after + "\n"


def _text(content: dict[str, object]) -> str:
    # Where it indents, the standard library's encoder is not the one in C.
    return msgspec.json.format(json.dumps(content, ensure_ascii=False), indent=1)


def _article(entry: Entry) -> dict[str, object]:
    article = entry.article
    return {
        "id": article.id,
        "slug": entry.slug,
        "title": article.title,
        "source": article.source,
        "url": article.url,
        "published": article.published.isoformat() if article.published else None,
        "language": article.language,
        "seed": article.seed,
        "lines": list(article.lines),
        "boundary_confidence": article.boundary_confidence,
        "summary": list(entry.summary),
        "keyphrases": _keyphrases(entry.keyphrases),
        "topic": entry.topic,
        "story": entry.story,
        "section": entry.section,
        "edition": entry.first.isoformat() if entry.first else None,
        "added_to": entry.topic if entry.ruled else None,
        "topic_reasons": list(entry.placement.phrases if entry.placement else ()),
        "nearest_topic": entry.nearest.topic if entry.nearest else None,
        "nearest_reasons": list(entry.nearest.phrases if entry.nearest else ()),
        "related": [_related_article(related) for related in entry.related],
        "reprint_of": entry.reprint_of,
    }


def _topic(topic: Topic) -> dict[str, object]:
    return {
        "slug": topic.slug,
        "label": topic.label,
        "section": topic.section,
        "first": topic.first.isoformat() if topic.first else None,
        "last": topic.last.isoformat() if topic.last else None,
        "keyphrases": _keyphrases(topic.keyphrases),
        "articles": list(topic.articles),
        "stories": [_story(story) for story in topic.stories],
        "summary": [{"sentence": cited.sentence, "article": cited.article} for cited in topic.summary],
        "related": [_related_topic(related) for related in topic.related],
        "sources": dict(sorted(topic.sources.items())),
        "coverage": [_coverage(coverage) for coverage in topic.coverage],
    }


def _coverage(coverage: Coverage) -> dict[str, object]:
    return {"source": coverage.source, "articles": coverage.articles, "stresses": list(coverage.stresses)}


def _story(story: Story) -> dict[str, object]:
    return {
        "slug": story.slug,
        "label": story.label,
        "headline": story.headline,
        "address": routes.story(story.slug) + "/" if story.has_page else None,
        "articles": list(story.articles),
    }


def _section(section: Section) -> dict[str, object]:
    return {"slug": section.slug, "label": section.label, "topics": list(section.topics)}


def _keyphrases(keyphrases: tuple[Keyphrase, ...]) -> list[dict[str, object]]:
    # Six digits: the last digits of a float may differ between machines.
    return [{"text": keyphrase.text, "score": float(f"{keyphrase.score:.6g}")} for keyphrase in keyphrases]


def _related_article(related: RelatedArticle) -> dict[str, object]:
    return {"id": related.id, "reasons": list(related.reasons)}


def _related_topic(related: RelatedTopic) -> dict[str, object]:
    return {"slug": related.slug, "reasons": list(related.reasons)}
