"""The curator's decisions and earlier editions, as input to the composition of a digest."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from digestgen.curate.ledger.ledger import Ledger
from digestgen.curate.rulings.rulings import Rulings

EVERYTHING: frozenset[str] = frozenset({""})
"""Value of ``Curation.regroup`` that regroups all topics and the shelf."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Curation:
    """What the curator decided, and what earlier editions settled."""

    rulings: Rulings = field(default_factory=Rulings)
    ledger: Ledger = field(default_factory=Ledger)
    day: date = date(1970, 1, 1)
    """Day on which new articles of this edition are first seen."""
    refused: frozenset[str] = frozenset()
    """Seeds that exist but cannot be used now: articles published from them do not count as gone."""
    regroup: frozenset[str] = frozenset()
    """Slugs of topics to be grouped anew, or ``EVERYTHING``."""
    rulings_name: str = "curation.yml"
    """File name, for messages."""

    @property
    def edition_day(self) -> date:
        """Day of this edition; never before a recorded one, even if the clock went back."""
        return max([self.day, *self.ledger.editions()[-1:]])

    def regroups(self, topic: str | None) -> bool:
        """Whether the articles of a topic (None: of the shelf) are to be grouped anew."""
        return self.regroup == EVERYTHING or (topic is not None and topic in self.regroup)

    def unknown_regroups(self) -> Collection[str]:
        """Topics to be regrouped that do not exist."""
        return sorted(slug for slug in self.regroup - EVERYTHING if not self._lives(slug))

    def _lives(self, slug: str) -> bool:
        return slug in self.ledger.topics and self.ledger.topics[slug].live
