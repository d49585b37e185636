"""What is told first to those who come back: the order and the days of everything that leaves the site."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from digestgen.model import Entry

UNDATED = date(1970, 1, 1)
"""The day of what nobody has dated."""


def originals(entries: Sequence[Entry], among: Collection[str]) -> list[Entry]:
    """The entries without each reprint of an article that is ``among`` those of these ids: it says nothing new."""
    return [entry for entry in entries if entry.reprint_of not in among]


def newest_first(entries: Sequence[Entry]) -> list[Entry]:
    """What was first seen last comes first, however old it is, so that nothing new is cut off; then by its own date."""
    return sorted(entries, key=lambda entry: (seen(entry), published(entry)), reverse=True)


def seen(entry: Entry) -> date:
    """The day on which an article was first seen, as far as that is known."""
    return entry.first or entry.article.published or UNDATED


def published(entry: Entry) -> date:
    """The day of which an article is, as far as that is known."""
    return entry.article.published or seen(entry)
