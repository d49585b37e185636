"""Word lists for judging phrases, in ``words/``: one file per kind and language.

Words are in lower case. Without a list for a language, the rules that need it do not apply.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final


class Kind(StrEnum):
    """Kinds of word lists; the value is the first part of the file name."""

    STRUCK = "struck"
    """No phrase may hold them: dates, reporting verbs, mere quantities."""
    OCCASIONS = "occasions"
    """They may, though they are among the struck, in the name of a day: "Day"."""
    WEAK = "weak"
    """Too vague to stand alone: "people", "Russian"."""
    UNFINISHED = "unfinished"
    """No phrase may end with them: "familiar", "high"."""
    ROLES = "roles"
    """Titles before a person's name that are not part of it: "minister", "gen"."""
    VERBS = "verbs"
    """Nouns that are verbs after "to": "gain", "blame"."""
    OBJECTS = "objects"
    """First words of a verb's object, or its particle: "the", "down"."""
    BEFORE_NOUNS = "before-nouns"
    """Words that come before nouns: "the", "of"."""
    BEFORE_VERBS = "before-verbs"
    """Words that come before verbs but not before nouns: "will", "they"."""
    ABBREVIATIONS = "abbreviations"
    """Abbreviations that are function words in lower case: "who", "us"."""
    SURNAMES = "surnames"
    """Surnames that are function words in lower case: "may"."""
    UNITS = "units"
    """Words that count or measure and name nothing: "pct", "dollars"."""
    OUTLETS = "outlets"
    """Names of publishers, who report and are not reported on: "Reuters"."""
    MASTHEADS = "mastheads"
    """Last words in the names of newspapers and channels: "Times"."""
    NOISE = "noise"
    """Technical words of mails, forums and web pages: "subject", "writes", "html"."""
    BEFORE_PARTICIPLES = "before-participles"
    """Words before a participle that is not an adjective: "was", "had"."""


ANY: Final = "any"
"""Replaces the language in a list for all languages."""


@cache
def word_list(kind: Kind, language: str) -> frozenset[str]:
    """The words of a kind in a language; empty if there is no list."""
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
    """Expand an entry: ``accuse*`` to all regular forms of an English verb, ``reduce+`` to the present tense."""
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
