"""Dates of articles, and their order in lists, feeds and editions."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date

from digestgen.model import Digest, Entry

_LEADING_PUNCTUATION = re.compile(r"^\W+")

UNDATED = date(1970, 1, 1)
"""Stands for an unknown date."""


def without_reprints(entries: Sequence[Entry], among: Collection[str]) -> list[Entry]:
    """Drop reprints whose original is in ``among`` (ids): they say nothing new."""
    return [entry for entry in entries if entry.reprint_of not in among]


def by_edition(digest: Digest) -> dict[date | None, list[Entry]]:
    """Group entries, without reprints, by the edition that brought them, oldest first.

    An edition that was withdrawn entirely is kept, empty. If it is unknown when anything was first seen, all entries
    belong to one edition with the day None.
    """
    entries = without_reprints(digest.entries, {entry.article.id for entry in digest.entries})
    days: Sequence[date | None] = digest.editions or sorted({entry.first for entry in entries if entry.first})
    found: dict[date | None, list[Entry]] = {day: [] for day in days or [None]}
    for entry in entries:
        found.setdefault(entry.first if days else None, []).append(entry)
    return found


def newest_first(entries: Sequence[Entry]) -> list[Entry]:
    """Sort by the day first seen, then by publication, newest first, so that nothing new is cut off."""
    return sorted(entries, key=lambda entry: (seen(entry), published(entry)), reverse=True)


def span(entries: Sequence[Entry]) -> tuple[date, date] | None:
    """First and last day of publication; None if no entry is dated."""
    days = [entry.article.published for entry in entries if entry.article.published]
    return (min(days), max(days)) if days else None


def seen(entry: Entry) -> date:
    """Day on which an article was first seen, else its publication, else ``UNDATED``."""
    return entry.first or entry.article.published or UNDATED


def published(entry: Entry) -> date:
    """Day of publication, else the day first seen."""
    return entry.article.published or seen(entry)


def by_publication_day(entries: Sequence[Entry]) -> list[Entry]:
    """Sort by publication, newest first and undated last; within a day by title, ignoring leading punctuation."""

    def order(entry: Entry) -> tuple[int, str, str]:
        day = entry.article.published
        return (
            -day.toordinal() if day else 0,
            _LEADING_PUNCTUATION.sub("", entry.article.title).casefold(),
            entry.article.id,
        )

    return sorted(entries, key=order)
