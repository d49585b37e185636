"""The curator's word on what is finished: notes, pins, summaries, and the marks of what is new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digestgen.curate.rulings import ArticleRuling, TopicRuling
from digestgen.model import Entry, Topic

_NO_TOPIC_RULING = TopicRuling(line=0)
_NO_ARTICLE_RULING = ArticleRuling(line=0)


def annotated_entry(
    entry: Entry, ruling: ArticleRuling | None, *, ruled: bool, new: bool, follows: str | None = None
) -> Entry:
    """The entry with what the curator says of it.

    ``ruled`` tells whether its place is the curator's decision, ``follows`` is the id of the article whose place was
    decided and that it goes along with.
    """
    ruling = ruling or _NO_ARTICLE_RULING
    return replace(
        entry,
        summary=(ruling.summary,) if ruling.summary else entry.summary,
        own_summary=bool(ruling.summary),
        note=ruling.note,
        pinned=ruling.pin,
        ruled=ruled,
        follows=follows,
        new=new,
    )


def annotated_topic(
    topic: Topic,
    ruling: TopicRuling | None,
    *,
    pinned: frozenset[str],
    new: bool,
    former_names: tuple[str, ...] = (),
) -> Topic:
    """The topic with what the curator says of it; ``pinned`` are the ids of articles that stand first in theirs."""
    ruling = ruling or _NO_TOPIC_RULING
    return replace(
        topic,
        articles=_first(topic.articles, pinned),
        stories=tuple(
            replace(story, articles=_first(story.articles, pinned))
            for story in sorted(topic.stories, key=lambda story: pinned.isdisjoint(story.articles))
        ),
        note=ruling.note,
        pinned=ruling.pin,
        new=new,
        former_names=former_names,
    )


def _first(ids: Sequence[str], pinned: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(ids, key=lambda id_: id_ not in pinned))
