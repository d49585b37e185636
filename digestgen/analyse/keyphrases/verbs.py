"""Recognise verbs by their other forms: a word is a verb if its stem takes the endings of verbs.

French "redoutent" is a verb because "redouter" is a word and "redoutents" is not; Russian "потратил" because
"потратить" is a word; English "fetches" because "fetched" and "fetching" are words. Word-frequency lists contain these
forms, so that no list of verbs is needed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from digestgen.language.word_frequency import zipf

_KNOWN: Final = 2.0
"""Least Zipf frequency of a form to be a word of the language and not a misspelling."""
_USUAL: Final = 2.9
"""The same for English, where most nouns have occasionally been used as verbs."""

# Verb endings that few nouns share, by language; not for names.
_ENDINGS: Final = MappingProxyType(
    {
        "fr": re.compile(r"(?:aient|èrent|rait|eront|iront)$"),
        "es": re.compile(r"(?:[aei]r[áé]n?|aron|ieron|[^\W\d_]{2}ó|[^\W\d_]{2}aban)$"),
        "pt": re.compile(r"(?:[aei]rão|[aei]ram|[^\W\d_]{2}ou)$"),
        "it": re.compile(r"(?:[ei]ranno|[aei]rono|[aei]vano)$"),
        "uk": re.compile(
            r"(?:[^\W\d_]{2}(?:[аиіу]л[аи]|[аиі]вся|[^\W\d_][аиу]в|[аиі]л[аи]ся|ють|уть|ться|увати|ати|ити)|ивши|авши|ує)$"
        ),
        "ru": re.compile(
            r"(?:[^\W\d_]{2}(?:[иеяу]ли|л[аои]сь|лся|ться|[еи]тся|[юя]тся|[аяуе]ют|ивать|ывать)|ивши|авши)$"
        ),
    }
)
# By language: ending of the verb; alternatives, of which all replacements in one must yield words; replacements that
# must not yield a word.
_RELATED_FORMS: Final = MappingProxyType(
    {
        "fr": (
            (re.compile(r"ent$"), (("er",), ("ir",), ("re",), ("tre",)), ("ents",)),
            (re.compile(r"er$"), (("ait", "ent"),), ("ers",)),
        ),
        "es": (
            (re.compile(r"an$"), (("ar", "aba"),), ("anes",)),
            (re.compile(r"en$"), (("er", "ía"), ("ir", "ía")), ("enes",)),
            (re.compile(r"ar$"), (("aba", "ando"),), ("ares",)),
            (re.compile(r"[ei]r$"), (("ía", "iendo"),), ("eres", "ires")),
        ),
        "ru": (
            (re.compile(r"(?:л[аои]?|ет|ют)$"), (("ть",),), ()),
            (re.compile(r"[иая]т$"), (("ить",), ("ать",), ("еть",)), ()),
            (re.compile(r"ть$"), (("л", "ла"),), ()),
            (re.compile(r"ш(?:[её]л|л[аои])$"), (("шла",),), ()),
        ),
        "uk": (
            (re.compile(r"(?:в|л[аои]|є|ють)$"), (("ти",),), ()),
            (re.compile(r"[иая]ть$"), (("ити",), ("ати",), ("іти",)), ()),
            (re.compile(r"ти$"), (("в", "ла"),), ()),
            (re.compile(r"йш(?:ов|л[аои])$"), (("йшла",),), ()),
        ),
    }
)


@lru_cache(maxsize=20_000)
def is_verb(word: str, language: str) -> bool:
    """Whether a lower-case word looks like a finite verb or an infinitive; False for languages without rules."""
    telling = _ENDINGS.get(language)
    if telling and telling.search(word):
        return True
    for ending, alternatives, banned in _RELATED_FORMS.get(language, ()):
        found = ending.search(word)
        if found and found.start() > 1:
            stem = word[: found.start()]
            if any(all(zipf(stem + each, language) >= _KNOWN for each in forms) for forms in alternatives):
                return all(zipf(stem + each, language) < _KNOWN for each in banned)
    return False


@lru_cache(maxsize=20_000)
def may_be_verb(word: str) -> bool:
    """Whether an English word may be a verb, in its base form or with -s or -ed: its past is a word."""
    bases = {word, word.removesuffix("s"), word.removesuffix("es"), re.sub("ies$", "y", word)}
    pasts = {word} if word.endswith("ed") else {past for base in bases for past in _pasts(base)}
    return any(zipf(past, "en") >= _KNOWN for past in pasts)


def _pasts(base: str) -> tuple[str, str, str]:
    """Spellings that the regular past of an English verb may have."""
    return base.removesuffix("e") + "ed", base + base[-1:] + "ed", re.sub("y$", "i", base) + "ed"


@lru_cache(maxsize=20_000)
def is_present(word: str) -> bool:
    """Whether an English word in -s may be a verb in the present tense: its past and participle are common words."""
    if not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return False
    stems = {word[:-1].removesuffix("e"), word[:-1]}
    if word.endswith("ies"):
        return zipf(word[:-3] + "ied", "en") >= _USUAL and zipf(word[:-3] + "ying", "en") >= _USUAL
    return any(zipf(stem + "ed", "en") >= _USUAL and zipf(stem + "ing", "en") >= _USUAL for stem in stems)
