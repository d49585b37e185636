"""What the curate wing hands to the composition of a digest."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from digestgen.curate.ledger.ledger import Ledger
from digestgen.curate.rulings.rulings import Rulings

EVERYTHING: frozenset[str] = frozenset({""})
"""What ``Curation.regroup`` holds to regroup all topics and the shelf."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Curation:
    """What the curator has decided, and what earlier editions have settled."""

    rulings: Rulings = field(default_factory=Rulings)
    ledger: Ledger = field(default_factory=Ledger)
    day: date = date(1970, 1, 1)
    """The day on which what is new in this edition is first seen."""
    refused: frozenset[str] = frozenset()
    """Seeds that are there but cannot be used now: what was published of them is not gone."""
    regroup: frozenset[str] = frozenset()
    """Slugs of topics whose articles are to be grouped anew, as the method would today; or ``EVERYTHING``."""
    rulings_name: str = "curation.yml"
    """For messages."""

    @property
    def edition_day(self) -> date:
        """The day of this edition: never before one that was recorded, should a clock have gone back."""
        return max([self.day, *self.ledger.editions()[-1:]])

    def regroups(self, topic: str | None) -> bool:
        """Whether what stands in a topic (None: on the shelf) is to be grouped anew."""
        return self.regroup == EVERYTHING or (topic is not None and topic in self.regroup)

    def unknown_regroups(self) -> Collection[str]:
        """The topics to be regrouped that there are not."""
        return sorted(slug for slug in self.regroup - EVERYTHING if not self._lives(slug))

    def _lives(self, slug: str) -> bool:
        return slug in self.ledger.topics and self.ledger.topics[slug].live
