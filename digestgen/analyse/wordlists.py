"""Our own short lists of words that make a phrase unfit to print; they lie in ``words/``, one a kind and language.

A language without a list of a kind has an empty one.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def struck_words(language: str) -> frozenset[str]:
    """Words, lower case, that no phrase may hold: dates, reporting verbs, mere quantities."""
    return _words("struck", language)


@cache
def verb_words(language: str) -> frozenset[str]:
    """Words, lower case, that are nouns too, but verbs after "to" ("gain", "blame")."""
    return _words("verbs", language)


@cache
def role_words(language: str) -> frozenset[str]:
    """Words, lower case, that lead up to a person's name and are no part of it ("minister", "gen")."""
    return _words("roles", language)


@cache
def weak_words(language: str) -> frozenset[str]:
    """Words, lower case, that say too little to stand alone ("people", "Russian")."""
    return _words("weak", language)


@cache
def unfinished_words(language: str) -> frozenset[str]:
    """Words, lower case, that no phrase may end with ("familiar", "high")."""
    return _words("unfinished", language)


def _words(kind: str, language: str) -> frozenset[str]:
    file = files(__package__) / "words" / f"{kind}.{language}.txt"
    if not language.isalpha() or not file.is_file():
        return frozenset()
    found: set[str] = set()
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            for word in line.split():
                found.update(_forms(word))
    return frozenset(found)


def _forms(word: str) -> tuple[str, ...]:
    """The forms that an entry stands for: ``accuse*`` for all regular ones of an English verb, ``reduce+`` for two."""
    base = word.rstrip("*+")
    if base == word:
        return (word,)
    if base.endswith("y") and base[-2] not in "aeou":
        present, past, running = base[:-1] + "ies", base[:-1] + "ied", base + "ing"
    elif base.endswith("e"):
        present, past, running = base + "s", base + "d", base[:-1] + "ing"
    else:
        present, past, running = (
            base + ("es" if base.endswith(("sh", "ch", "s", "x")) else "s"),
            base + "ed",
            base + "ing",
        )
    return (base, present) if word.endswith("+") else (base, present, past, running)
