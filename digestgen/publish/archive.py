"""The archive: the dated articles by month, and within a month by day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from digestgen.model import Entry
from digestgen.publish.addresses import ARCHIVE, archive_month
from digestgen.publish.paging import chunks, numbered, pages
from digestgen.publish.templating import Filling, Head
from digestgen.publish.wording import count, month

FEWEST = 2
"""Dated articles that are worth an archive."""


def archive(newest_first: Sequence[Entry]) -> Iterator[Filling]:
    """The pages of the archive; none where too few articles have dates.

    ``newest_first`` holds all entries in the order in which they are listed, the undated ones last.
    """
    dated = [(entry.article.published, entry) for entry in newest_first if entry.article.published]
    if len(dated) < FEWEST:
        return
    months = [(first, list(part)) for first, part in groupby(dated, lambda known: known[0].replace(day=1))]
    years = [
        (f"{year}", [(month(first), archive_month(first), len(part)) for first, part in of_year])
        for year, of_year in groupby(months, lambda known: known[0].year)
    ]
    described = f"{count(len(dated), 'article')} by month, from {month(months[-1][0])} to {month(months[0][0])}."
    content = {"years": years, "total": len(dated), "undated": len(newest_first) - len(dated)}
    yield Head("archive", ARCHIVE, "Archive", described), content
    for place, (first, part) in enumerate(months):
        around = {
            "later": months[place - 1][0] if place else None,
            "earlier": months[place + 1][0] if place + 1 < len(months) else None,
        }
        yield from _month(first, part, {name: _named(day) for name, day in around.items()})


def _named(first: date | None) -> tuple[str, str] | None:
    return (month(first), archive_month(first)) if first else None


def _month(first: date, dated: Sequence[tuple[date, Entry]], around: Mapping[str, object]) -> Iterator[Filling]:
    parts = chunks(dated)
    path = archive_month(first)
    for part, page in zip(parts, pages(path, path.removesuffix(".md"), len(parts)), strict=True):
        days = [(day, [entry for _, entry in of_day]) for day, of_day in groupby(part, lambda known: known[0])]
        content = {"days": days, "total": len(dated), "page": page, **around}
        described = f"{count(len(dated), 'article')} of {month(first)}, day by day."
        yield Head("month", page.path, numbered(month(first), page), described), content
