"""Our own short lists of words that tell a good phrase from a bad one; they lie in ``words/``, one a kind and language.

Words are in lower case. A language without a list of a kind has an empty one, and does without the rule.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final


class Kind(StrEnum):
    """What the words of a list have in common; the value is the first part of its file's name."""

    STRUCK = "struck"
    """No phrase may hold them: dates, reporting verbs, mere quantities."""
    OCCASIONS = "occasions"
    """They may, though they are among the struck, in the name of a day: "Day"."""
    WEAK = "weak"
    """They say too little to stand alone: "people", "Russian"."""
    UNFINISHED = "unfinished"
    """No phrase may end with them: "familiar", "high"."""
    ROLES = "roles"
    """They lead up to a person's name and are no part of it: "minister", "gen"."""
    VERBS = "verbs"
    """Nouns that are verbs after "to": "gain", "blame"."""
    OBJECTS = "objects"
    """The object or the particle of a verb begins with them: "the", "down"."""
    BEFORE_NOUNS = "before-nouns"
    """They stand before nouns: "the", "of"."""
    BEFORE_VERBS = "before-verbs"
    """They stand before verbs, and not before nouns: "will", "they"."""
    ABBREVIATIONS = "abbreviations"
    """Abbreviations that would be small words in small letters: "who", "us"."""
    SURNAMES = "surnames"
    """People's names that are small words: "may"."""
    UNITS = "units"
    """They count or measure, and name nothing: "pct", "dollars"."""
    OUTLETS = "outlets"
    """Who reports, and not what is reported: "Reuters"."""
    MASTHEADS = "mastheads"
    """The names of newspapers and channels end with them: "Times"."""
    NOISE = "noise"
    """What mails, forums and pages say of themselves: "subject", "writes", "html"."""
    BEFORE_PARTICIPLES = "before-participles"
    """They stand before a participle that is no adjective: "was", "had"."""


ANY: Final = "any"
"""Stands for the language where a list is for all languages."""


@cache
def word_list(kind: Kind, language: str) -> frozenset[str]:
    """The words of a kind in a language."""
    file = files(__package__) / "words" / f"{kind}.{language}.txt"
    if not language.isalpha() or not file.is_file():
        return frozenset()
    found: set[str] = set()
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            for word in line.split():
                found.update(_forms(word))
    return frozenset(found)


def _forms(entry: str) -> tuple[str, ...]:
    """What an entry stands for: ``accuse*`` for all regular forms of an English verb, ``reduce+`` for the present."""
    base = entry.rstrip("*+")
    if base == entry:
        return (entry,)
    if base.endswith("y") and base[-2] not in "aeou":
        present, past, running = base[:-1] + "ies", base[:-1] + "ied", base + "ing"
    elif base.endswith("e"):
        present, past, running = base + "s", base + "d", base[:-1] + "ing"
    else:
        present = base + ("es" if base.endswith(("sh", "ch", "s", "x")) else "s")
        past, running = base + "ed", base + "ing"
    return (base, present) if entry.endswith("+") else (base, present, past, running)
