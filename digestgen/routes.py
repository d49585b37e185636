"""Addresses on the site: articles, stories, topics and sources, and the page of each."""

from __future__ import annotations

from datetime import date

SHELF = "more-stories"
"""The page for articles in no topic."""


def article(slug: str) -> str:
    """``articles/<slug>``."""
    return f"articles/{slug}"


def topic(slug: str) -> str:
    """``topics/<slug>``; the shelf for the empty slug."""
    return f"topics/{slug}" if slug else SHELF


def story(slug: str) -> str:
    """``stories/<slug>``."""
    return f"stories/{slug}"


def source(slug: str) -> str:
    """``sources/<slug>``; the list of sources for the empty slug."""
    return f"sources/{slug or 'index'}"


def edition(day: date, *, whole: bool = False) -> str:
    """``editions/<day>``; the list of all that came with the ``whole`` edition is below it."""
    return f"editions/{day.isoformat()}/all" if whole else f"editions/{day.isoformat()}"


def page(address: str) -> str:
    """The path of the page at an address, relative to the docs folder."""
    return f"{address}.md"
