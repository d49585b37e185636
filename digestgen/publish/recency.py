"""What is told first to those who come back: the order and the days of everything that leaves the site."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from digestgen.model import Digest, Entry

UNDATED = date(1970, 1, 1)
"""The day of what nobody has dated."""


def originals(entries: Sequence[Entry], among: Collection[str]) -> list[Entry]:
    """The entries without each reprint of an article that is ``among`` those of these ids: it says nothing new."""
    return [entry for entry in entries if entry.reprint_of not in among]


def by_edition(digest: Digest) -> dict[date | None, list[Entry]]:
    """What each edition brought, reprints aside, the first edition first.

    One of which all was withdrawn has its place and nothing in it. Where nobody knows when anything was first seen,
    everything is of one edition without a day.
    """
    told = originals(digest.entries, {entry.article.id for entry in digest.entries})
    days: Sequence[date | None] = digest.editions or sorted({entry.first for entry in told if entry.first})
    found: dict[date | None, list[Entry]] = {day: [] for day in days or [None]}
    for entry in told:
        found.setdefault(entry.first if days else None, []).append(entry)
    return found


def newest_first(entries: Sequence[Entry]) -> list[Entry]:
    """What was first seen last comes first, however old it is, so that nothing new is cut off; then by its own date."""
    return sorted(entries, key=lambda entry: (seen(entry), published(entry)), reverse=True)


def span(entries: Sequence[Entry]) -> tuple[date, date] | None:
    """The first and the last day on which any of them was published; None where nobody has dated one."""
    days = [entry.article.published for entry in entries if entry.article.published]
    return (min(days), max(days)) if days else None


def seen(entry: Entry) -> date:
    """The day on which an article was first seen, as far as that is known."""
    return entry.first or entry.article.published or UNDATED


def published(entry: Entry) -> date:
    """The day of which an article is, as far as that is known."""
    return entry.article.published or seen(entry)
