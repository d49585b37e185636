"""Pagination of long lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from digestgen.translation import Words

PAGE_SIZE = 200
"""Articles, or links to articles, per page: what browser, search index and reader can handle."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, and its neighbours."""

    path: str
    """Relative to the docs folder, such as ``articles/index.md`` or ``articles/page/2.md``."""
    number: int
    count: int
    previous: str | None
    next: str | None


def chunks(items: Sequence[T], weight: Callable[[T], int] = lambda _: 1, size: int = PAGE_SIZE) -> list[list[T]]:
    """Split items, in order, into parts of at most ``size`` total weight; a heavier item gets its own part.

    Returns at least one part, which is empty if there are no items.
    """
    parts: list[list[T]] = [[]]
    filled = 0
    for item in items:
        heavy = weight(item)
        if parts[-1] and filled + heavy > size:
            parts.append([])
            filled = 0
        parts[-1].append(item)
        filled += heavy
    return parts


def pages(first: str, folder: str, count: int) -> list[Page]:
    """Addresses of ``count`` pages: ``first``, then ``folder/2.md`` and so on."""
    paths = [first, *(f"{folder}/{number}.md" for number in range(2, count + 1))]
    return [
        Page(
            path, place + 1, count, paths[place - 1] if place else None, paths[place + 1] if place + 1 < count else None
        )
        for place, path in enumerate(paths)
    ]


def numbered(title: str, page: Page, words: Words) -> str:
    """Title of one page of a list; the first page has the list's own title."""
    return title if page.number == 1 else words.say("{title}, page {page}", title=title, page=page.number)
