"""Long lists in pages of a size that a browser, a search index and a reader can bear."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from digestgen.translation import Words

PAGE_SIZE = 200
"""Articles, or links to articles, that one page lists."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page:
    """Where one page of a list stands among the others."""

    path: str
    """Relative to the docs folder, such as ``articles/index.md`` or ``articles/page/2.md``."""
    number: int
    count: int
    previous: str | None
    next: str | None


def chunks(items: Sequence[T], weight: Callable[[T], int] = lambda _: 1, size: int = PAGE_SIZE) -> list[list[T]]:
    """The items in order, parted so that each part weighs at most ``size``; a heavier item stands alone.

    There is always one part, an empty one where there are no items.
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
    """The addresses of a list's pages: the first at ``first``, the others as ``folder/2.md`` and so on."""
    paths = [first, *(f"{folder}/{number}.md" for number in range(2, count + 1))]
    return [
        Page(
            path, place + 1, count, paths[place - 1] if place else None, paths[place + 1] if place + 1 < count else None
        )
        for place, path in enumerate(paths)
    ]


def numbered(title: str, page: Page, words: Words) -> str:
    """The title of one page of a list: the first has the list's own."""
    return title if page.number == 1 else words.say("{title}, page {page}", title=title, page=page.number)
