"""What the curator wing hands to the composition of a digest."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from digestgen.curate.ledger import Ledger
from digestgen.curate.rulings import Rulings


@dataclass(frozen=True, slots=True, kw_only=True)
class Curation:
    """What the curator has decided, and what earlier editions have made known."""

    rulings: Rulings = field(default_factory=Rulings)
    ledger: Ledger = field(default_factory=Ledger)
    day: date = date(1970, 1, 1)
    """The day on which what is new in this edition is first seen."""
    refused: frozenset[str] = frozenset()
    """Seeds that are there but cannot be used now: what was published of them is not gone."""
    rulings_name: str = "curation.yml"
    """For messages."""
