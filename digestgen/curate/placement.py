"""Rulings on the topic of single articles, applied to settled placements."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from digestgen.curate.rulings.rulings import Rulings, resolved_merges


@dataclass(frozen=True, slots=True)
class RuledPlacements:
    """Topics of single articles by rulings, without merges of whole topics."""

    targets: Mapping[str, str | None]
    """Article id → slug of the topic; None for the shelf."""
    taken_out: Mapping[str, frozenset[str]]
    """Article id → topics that a ruling removes it from."""

    def __contains__(self, id_: str) -> bool:
        return id_ in self.targets

    def __iter__(self) -> Iterator[str]:
        return iter(self.targets)

    def applied(self, topics: Mapping[str, str]) -> dict[str, str]:
        """Apply the rulings to a map of article id → topic."""
        home = {id_: topic for id_, topic in topics.items() if id_ not in self.targets}
        home |= {id_: topic for id_, topic in self.targets.items() if topic is not None}
        return home


def applicable_rulings(rulings: Rulings, topics: Collection[str]) -> Rulings:
    """Drop rulings on topics that do not exist; only a label with articles creates a topic."""
    into = {slug: target for slug, target in resolved_merges(rulings).items() if target in topics}
    there = {slug: ruling for slug, ruling in rulings.topics.items() if into.get(slug, slug) in topics}
    return replace(rulings, topics=there)


def ruled_placements(
    rulings: Rulings, id_of: Mapping[str, str], home: Mapping[str, str], sent: Mapping[str, str]
) -> RuledPlacements:
    """Find the topics of single articles by rulings.

    An article added to a topic is there. A removed one goes to the shelf unless it is added elsewhere. One that a rule
    sends to a topic (``sent``: id → slug) is there unless a ruling on the article says otherwise. ``id_of`` maps the
    slug of an article to its id, and the slug of a reprint to the id of its original; ``home`` maps articles to their
    settled topics.
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
    # Rulings on an article itself take precedence over rules.
    return RuledPlacements({**sent, **targets}, taken_out)
