"""Archive of dated articles, by month and day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from digestgen.model import Entry
from digestgen.publish.addresses import ARCHIVE, archive_month
from digestgen.publish.pagination import chunks, numbered, pages
from digestgen.publish.templating import PageHead, PageSpec
from digestgen.publish.wording import capitalised
from digestgen.translation import Words

FEWEST = 2
"""Fewest dated articles for an archive."""


def archive(newest_first: Sequence[Entry], words: Words) -> Iterator[PageSpec]:
    """Yield the archive's overview and months; nothing if too few articles have dates.

    ``newest_first`` holds all entries, undated ones last.
    """
    dated = [(entry.article.published, entry) for entry in newest_first if entry.article.published]
    if len(dated) < FEWEST:
        return
    months = [(first, list(part)) for first, part in groupby(dated, lambda known: known[0].replace(day=1))]
    years = [
        (f"{year}", [(*_named(first, words), len(part)) for first, part in of_year])
        for year, of_year in groupby(months, lambda known: known[0].year)
    ]
    described = words.counted(
        "{n} article by month, from {first} to {last}.",
        "{n} articles by month, from {first} to {last}.",
        len(dated),
        first=words.month(months[-1][0]),
        last=words.month(months[0][0]),
    )
    content = {"years": years, "total": len(dated), "undated": len(newest_first) - len(dated)}
    yield PageHead("archive", ARCHIVE, words.say("Archive"), described), content
    for place, (first, part) in enumerate(months):
        around = {
            "later": _named(months[place - 1][0], words) if place else None,
            "earlier": _named(months[place + 1][0], words) if place + 1 < len(months) else None,
        }
        yield from _month(first, part, around, words)


def _named(first: date, words: Words) -> tuple[str, str]:
    """Name and page of a month."""
    return capitalised(words.month(first)), archive_month(first)


def _month(
    first: date, dated: Sequence[tuple[date, Entry]], around: Mapping[str, object], words: Words
) -> Iterator[PageSpec]:
    parts = chunks(dated)
    name, path = _named(first, words)
    for part, page in zip(parts, pages(path, path.removesuffix(".md"), len(parts)), strict=True):
        days = [(day, [entry for _, entry in of_day]) for day, of_day in groupby(part, lambda known: known[0])]
        content = {"days": days, "total": len(dated), "page": page, **around}
        described = words.counted(
            "{n} article of {month}.", "{n} articles of {month}, day by day.", len(dated), month=words.month(first)
        )
        yield PageHead("month", page.path, numbered(name, page, words), described), content
