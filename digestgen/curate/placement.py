"""The curator's word on where single articles stand: between what is settled and what readers see."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from digestgen.curate.rulings.rulings import Rulings, resolved_merges


@dataclass(frozen=True, slots=True)
class Moves:
    """Where rulings put single articles, merges of whole topics aside."""

    targets: Mapping[str, str | None]
    """Article id → slug of the topic; None for the shelf."""
    taken_out: Mapping[str, frozenset[str]]
    """Article id → the topics that a ruling takes it out of."""

    def __contains__(self, id_: str) -> bool:
        return id_ in self.targets

    def __iter__(self) -> Iterator[str]:
        return iter(self.targets)

    def applied(self, topics: Mapping[str, str]) -> dict[str, str]:
        """Article id → topic, after the moves."""
        home = {id_: topic for id_, topic in topics.items() if id_ not in self.targets}
        home |= {id_: topic for id_, topic in self.targets.items() if topic is not None}
        return home


def heeded(rulings: Rulings, topics: Collection[str]) -> Rulings:
    """The rulings without those on topics that there are not: only a name and articles found a topic."""
    into = {slug: target for slug, target in resolved_merges(rulings).items() if target in topics}
    there = {slug: ruling for slug, ruling in rulings.topics.items() if into.get(slug, slug) in topics}
    return replace(rulings, topics=there)


def moves(rulings: Rulings, id_of: Mapping[str, str], home: Mapping[str, str], sent: Mapping[str, str]) -> Moves:
    """Where the rulings put single articles.

    An article that was added to a topic is there; one that was removed is not (it goes to the shelf, unless it was
    added elsewhere); one that a rule sends to a topic (``sent``: id → slug) is there unless a ruling on the article
    itself says otherwise. ``id_of`` maps the slug of an article to its id, and the slug of a reprint to the id of the
    article that it repeats; ``home`` tells in which topic each article is settled.
    """
    into = resolved_merges(rulings)
    targets: dict[str, str | None] = {}
    taken_out: dict[str, frozenset[str]] = {}
    for topic, ruling in rulings.topics.items():
        for named in ruling.remove:
            id_ = id_of.get(named.slug)
            if id_ is None:
                continue
            taken_out[id_] = taken_out.get(id_, frozenset()) | {topic}
            slug = sent.get(id_, home.get(id_))
            if slug is not None and into.get(slug, slug) == into.get(topic, topic):
                targets[id_] = None
    for topic, ruling in rulings.topics.items():
        targets |= {id_of[named.slug]: topic for named in ruling.add if named.slug in id_of}
    # A rule is the weaker word: what a ruling says of the article itself stands.
    return Moves({**sent, **targets}, taken_out)
