"""Articles compared with each other."""

from __future__ import annotations

from itertools import product

from compose.editions import edition, seed
from digestgen.model import Seed

SYLLABLES = (("ka", "lo", "mi", "ru", "te", "vo"), ("dan", "fel", "gor", "pin"))
WORDS = ["".join(part) for part in product(*SYLLABLES, repeat=2)]
MENU = "\n\n".join(" ".join(four) for four in zip(*[iter(WORDS)] * 4, strict=True))
"""Lines that a site puts around each of its texts, together longer than these."""


def on_a_site(subject: str, number: int) -> Seed:
    text = seed(subject, number)
    return Seed(name=text.name, text=f"{text.text}\n\n{MENU}\n", sidecar=text.sidecar)


def test_what_surrounds_every_text_of_a_site_makes_none_a_reprint() -> None:
    made = edition([on_a_site(subject, 0) for subject in ("chess", "volcano", "opera", "orchard", "bees")])
    assert len(made.digest.entries) == 5
    assert not any(entry.reprint_of for entry in made.digest.entries)
