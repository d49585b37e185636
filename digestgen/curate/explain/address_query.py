"""Parse the address of an article or topic, however it was copied."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

_ENDINGS = (".md", ".html")
_NEAR = 3
_LONGEST = 200
"""Characters of a query that are compared; no address is longer."""


@dataclass(frozen=True, slots=True)
class AddressQuery:
    """A slug, and whether it may be that of an article or of a topic."""

    slug: str
    articles: bool = True
    topics: bool = True


def parse_address_query(name: str) -> AddressQuery:
    """Parse a slug, ``articles/<slug>``, ``topics/<slug>``, or the URL of such a page."""
    path = name.partition("#")[0].partition("?")[0].strip()
    parts = [part for part in path.split("/") if part]
    for place in range(len(parts) - 2, -1, -1):
        if parts[place] in {"articles", "topics"}:
            # The rest is a further page of a large topic, or the page's file name.
            return AddressQuery(_without_ending(parts[place + 1]), parts[place] == "articles", parts[place] == "topics")
    return AddressQuery(_without_ending(parts[-1])) if parts else AddressQuery("")


def nearest_names(asked: AddressQuery, articles: Iterable[str], topics: Iterable[str]) -> tuple[str, ...]:
    """Suggest up to three addresses: first those that contain the slug, then those spelled similarly."""
    known: dict[str, str] = {}
    for kind, wanted, slugs in (("topics", asked.topics, topics), ("articles", asked.articles, articles)):
        for slug in sorted(slugs) if wanted else ():
            known.setdefault(slug, f"{kind}/{slug}")
    word = asked.slug.lower()[:_LONGEST]
    holding = [slug for slug in known if word and word in slug]
    found = [*holding[:_NEAR], *get_close_matches(word, known, n=_NEAR)]
    return tuple(known[slug] for slug in dict.fromkeys(found))[:_NEAR]


def _without_ending(part: str) -> str:
    for ending in _ENDINGS:
        part = part.removesuffix(ending)
    return part
