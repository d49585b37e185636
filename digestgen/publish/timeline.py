"""What of a topic was published when: its dated articles by day, the newest day first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from digestgen.model import Entry, Topic

_SHOWN = 12
"""Lines, at most."""


@dataclass(frozen=True, slots=True)
class Happening:
    """What was published of one story on one day."""

    article: str
    """The id of the best article."""
    story: str
    """Slug of the story."""
    more: int
    """How many other articles of the story are of that day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The newest happenings of a topic."""

    days: tuple[tuple[date, tuple[Happening, ...]], ...]
    beyond: int
    """How many dated articles are not shown."""
    first: date
    """The day of the oldest article."""
    undated: int
    """How many articles have no date."""


def timeline(topic: Topic, entries: Mapping[str, Entry]) -> Timeline | None:
    """The timeline of a topic, ``entries`` by article id; None unless articles of two days are in it.

    Within a day, stories and articles come in the topic's own order. Reprints say nothing new and do not count.
    """
    told: dict[date, dict[str, list[str]]] = defaultdict(dict)
    undated = 0
    for story in topic.stories:
        for key in story.articles:
            entry = entries[key]
            if entry.reprint_of is not None:
                continue
            if entry.article.published is None:
                undated += 1
            else:
                told[entry.article.published].setdefault(story.slug, []).append(key)
    if len(told) < 2:
        return None
    dated = sum(len(keys) for stories in told.values() for keys in stories.values())
    days: list[tuple[date, tuple[Happening, ...]]] = []
    left = _SHOWN
    for day in sorted(told, reverse=True):
        happenings = [Happening(keys[0], story, len(keys) - 1) for story, keys in told[day].items()][:left]
        if happenings:
            days.append((day, tuple(happenings)))
        left -= len(happenings)
    shown = sum(1 + happening.more for _, happenings in days for happening in happenings)
    return Timeline(days=tuple(days), beyond=dated - shown, first=min(told), undated=undated)
