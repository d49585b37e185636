"""What a curator may mean by a name: an article's or a topic's address, however it was copied."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

_ENDINGS = (".md", ".html")
_NEAR = 3
_LONGEST = 200
"""Characters of a name that is compared with others: no address is longer."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The last part of an address, and whether those of articles and of topics are meant."""

    slug: str
    articles: bool = True
    topics: bool = True


def asked_for(name: str) -> Asked:
    """What is meant by a slug, by ``articles/<slug>`` or ``topics/<slug>``, or by the address of a page with these."""
    path = name.partition("#")[0].partition("?")[0].strip()
    parts = [part for part in path.split("/") if part]
    for place in range(len(parts) - 2, -1, -1):
        if parts[place] in {"articles", "topics"}:
            # What comes behind is a later page of a large topic, or the page's own file.
            return Asked(_bare(parts[place + 1]), parts[place] == "articles", parts[place] == "topics")
    return Asked(_bare(parts[-1])) if parts else Asked("")


def nearest_names(asked: Asked, articles: Iterable[str], topics: Iterable[str]) -> tuple[str, ...]:
    """Up to three addresses that come near: those that hold what was asked for first, then those spelled alike."""
    known: dict[str, str] = {}
    for kind, wanted, slugs in (("topics", asked.topics, topics), ("articles", asked.articles, articles)):
        for slug in sorted(slugs) if wanted else ():
            known.setdefault(slug, f"{kind}/{slug}")
    word = asked.slug.lower()[:_LONGEST]
    holding = [slug for slug in known if word and word in slug]
    found = [*holding[:_NEAR], *get_close_matches(word, known, n=_NEAR)]
    return tuple(known[slug] for slug in dict.fromkeys(found))[:_NEAR]


def _bare(part: str) -> str:
    for ending in _ENDINGS:
        part = part.removesuffix(ending)
    return part
