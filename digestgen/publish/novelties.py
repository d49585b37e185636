"""What the latest edition brought: its new articles, topic by topic, reprints aside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, zip_longest

from digestgen.model import Digest, Entry
from digestgen.publish.addresses import NEW
from digestgen.publish.newest import newest_first, originals
from digestgen.publish.paging import chunks, numbered, pages
from digestgen.publish.templating import Filling, Head
from digestgen.publish.wording import count, day

SHOWN_FIRST = 6
"""New articles that the front page shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Novelties:
    """The new articles of a digest; in a first edition there are none."""

    entries: tuple[Entry, ...]
    """By topic, in the order of the topics, those of none last; within a topic the newest first."""
    since: date | None
    """The day of the edition before, as far as that is known."""

    @property
    def first(self) -> tuple[str, ...]:
        """The ids of those to show where there is room for few: one of each topic before the second of any."""
        by_topic = [list(part) for _, part in groupby(self.entries, lambda entry: entry.topic)]
        turns = (entry for turn in zip_longest(*by_topic) for entry in turn if entry)
        return tuple(entry.article.id for entry in turns)[:SHOWN_FIRST]


def novelties(digest: Digest) -> Novelties:
    """What was not there before the latest edition of the digest."""
    places: dict[str | None, int] = {topic.slug: place for place, topic in enumerate(digest.topics)}
    fresh = originals([entry for entry in digest.entries if entry.new], {entry.article.id for entry in digest.entries})
    before = [entry.first for entry in digest.entries if entry.first and not entry.new]
    return Novelties(
        entries=tuple(sorted(newest_first(fresh), key=lambda entry: places.get(entry.topic, len(places)))),
        since=max(before) if fresh and before else None,
    )


def novelty_pages(found: Novelties) -> Iterator[Filling]:
    """The pages that list them all. There is always one: the next edition may have news to tell under its address."""
    parts: list[list[Entry]] = chunks(found.entries)
    number = count(len(found.entries), "new article")
    described = f"{number} since {day(found.since)}." if found.since else f"{number}."
    for part, page in zip(parts, pages(NEW, NEW.removesuffix(".md"), len(parts)), strict=True):
        content = {"page": page, "topics": _by_topic(part), "total": len(found.entries), "since": found.since}
        yield Head("new", page.path, numbered("What is new", page), described), content


def _by_topic(entries: Sequence[Entry]) -> list[tuple[str | None, list[str]]]:
    return [
        (topic, [entry.article.id for entry in part]) for topic, part in groupby(entries, lambda entry: entry.topic)
    ]
