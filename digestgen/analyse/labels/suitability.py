"""Which phrases an editor would print as the label of a group of articles.

Names and noun phrases are fine; a bare noun says little; function words, units, publishers, and the technical words of
mails and pages say nothing about the articles. Like ``surface_forms`` this uses word lists and endings without a
grammar, but not the context, since a label has none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from enum import IntEnum
from functools import lru_cache
from typing import Final

from digestgen.analyse.keyphrases.verbs import is_present, is_verb
from digestgen.analyse.word_lists import ANY, Kind, word_list
from digestgen.language.stop_words import stop_words
from digestgen.language.word_frequency import supported_languages, zipf

_COMMON_NOUN: Final = 4.0
"""Zipf frequency from which a noun is common and would fit many topics ("invasion", but not "gymnastics")."""
_COMMON_NAME: Final = 5.0
"""Zipf frequency from which a name of one word is common ("Bank", "Cup")."""

_KNOWN_ABBREVIATION: Final = 3.1
"""Zipf frequency from which readers know an abbreviation ("NIH", but not "PVR")."""

# Host and file names, ordinals, quantities, "R-Ky", and words with characters of a markup.
_NOT_A_NAME: Final = re.compile(
    r"(?i:\S*\w\.(?:com|org|net|edu|gov|mil|co|uk|de|fr|ca|html?|txt|zip)\b\S*)|\d+(?:st|nd|rd|th)|\d[\d.,]+[A-Za-z]{1,2}|\d[A-Za-z]{2}|[A-Z]-[A-Z]\w*|\S*[<>@_/\\|=#~^*]\S*"
)
_ENGLISH_ADJECTIVE: Final = re.compile(r"[^\W\d_]{3}(?:ical|ous|less|ible|[^st]able|onal)$")


class Suitability(IntEnum):
    """How suitable a phrase is as a label, best first."""

    GOOD = 0
    """A name, a noun phrase, or a noun that is rare enough to be informative."""
    PLAIN = 1
    """A very common name of one word: "Bank", "Russia"."""
    BARE = 2
    """A common noun alone, or with an adjective that adds nothing: "wrong direction"."""
    DOUBTFUL = 3
    """It may contain a verb ("Hingis hints"), or few readers know it."""
    UNFIT = 4
    """Not printable."""


def suitability(text: str, languages: Sequence[str], sources: Collection[str] = ()) -> Suitability:
    """How suitable a phrase is as a label of articles in these languages, from these sources (in lower case)."""
    if text.casefold() in sources:
        return Suitability.UNFIT
    return max((_suitability(text, language) for language in languages), default=Suitability.GOOD)


@lru_cache(maxsize=20_000)
def _suitability(text: str, language: str) -> Suitability:
    words = text.split()
    keys = [word.lower() for word in words]
    if _is_empty(words, keys, language) or _is_outlet(words, keys, language):
        return Suitability.UNFIT
    if len(words) == 1:
        return _of_single_word(words[0], keys[0], language)
    if not all(word[0].isupper() for word in words) and _may_end_in_verb(words, keys, language):
        return Suitability.DOUBTFUL
    if len(words) == 2 and text.islower() and keys[0] in word_list(Kind.UNFINISHED, language):
        return Suitability.BARE
    return Suitability.GOOD


def _is_empty(words: Sequence[str], keys: Sequence[str], language: str) -> bool:
    """Whether a phrase contains no word that names a thing, or a word that no label may contain."""
    empty = _words_of_kinds(language, Kind.UNITS, Kind.NOISE) | word_list(Kind.UNFINISHED, language)
    noise, weak = _words_of_kinds(language, Kind.NOISE), word_list(Kind.WEAK, language)
    small = [_is_function_word(words, i, language) for i in range(len(words))]
    return (
        any(_NOT_A_NAME.fullmatch(word) for word in words)
        or any(_is_struck(words, i, language) for i in range(len(words)))
        or all(key in empty or tiny or len(key) < 2 for key, tiny in zip(keys, small, strict=True))
        or (
            not noise.isdisjoint(keys)
            and all(key in empty or key in weak or tiny for key, tiny in zip(keys, small, strict=True))
        )
        or small[0]
        or small[-1]
        or any(key in word_list(Kind.UNITS, ANY) for key in keys)
    )


def _is_struck(words: Sequence[str], i: int, language: str) -> bool:
    """Whether no label may contain the word; some words of time may end a name ("Memorial Day")."""
    word, key = words[i], words[i].lower()
    if word.isupper() or key not in word_list(Kind.STRUCK, language):
        return False
    ends_name = i > 0 and word[0].isupper() and words[i - 1][0].isupper()
    return not (ends_name and key in word_list(Kind.OCCASIONS, language))


def _is_function_word(words: Sequence[str], i: int, language: str) -> bool:
    """Whether a word is a function word and not a name that looks like one."""
    word, key = words[i], words[i].lower()
    if key not in stop_words(language):
        return False
    if word.isupper() or i == 0:
        return key not in word_list(Kind.ABBREVIATIONS, language) or word.islower()
    return word.islower() or key not in word_list(Kind.SURNAMES, language)


def _is_outlet(words: Sequence[str], keys: Sequence[str], language: str) -> bool:
    """Whether a phrase names a publisher: "Reuters", "Lunden Times", "BBC Radio Five Live"."""
    agencies, mastheads = word_list(Kind.OUTLETS, ANY), word_list(Kind.MASTHEADS, language)
    capitals = all(not word[0].islower() for word in words)
    return (
        all(key in agencies or key in mastheads for key in keys)
        or "-".join(keys) in agencies
        or (capitals and any(key in agencies for key in keys))
        or (capitals and len(words) > 1 and keys[-1] in mastheads)
    )


def _of_single_word(word: str, key: str, language: str) -> Suitability:
    weak = word_list(Kind.WEAK, language)
    if word.islower() and (is_verb(key, language) or (language == "en" and key.endswith(("ly", "ed")))):
        return Suitability.UNFIT
    if _is_unknown_abbreviation(word, key, language) or (word.islower() and _is_adjective(key, language)):
        return Suitability.DOUBTFUL
    if key in weak and not word.isupper():
        return Suitability.BARE
    if word.islower():
        return Suitability.BARE if zipf(key, language) >= _COMMON_NOUN else Suitability.GOOD
    return Suitability.PLAIN if zipf(key, language) >= _COMMON_NAME else Suitability.GOOD


def _is_unknown_abbreviation(word: str, key: str, language: str) -> bool:
    return (
        word.isalpha()
        and word.isupper()
        and language in supported_languages()
        and zipf(key, language) < _KNOWN_ABBREVIATION
    )


def _is_adjective(key: str, language: str) -> bool:
    return language == "en" and _ENGLISH_ADJECTIVE.search(key) is not None


def _may_end_in_verb(words: Sequence[str], keys: Sequence[str], language: str) -> bool:
    if language != "en":
        return is_verb(keys[-1], language)
    after_doer = words[-2][0].isupper() or (keys[-2].endswith("s") and not keys[-2].endswith("ss"))
    verb = is_present(keys[-1]) or keys[-1].removesuffix("s") in word_list(Kind.VERBS, language)
    return keys[-1].endswith("ed") or (after_doer and verb)


def _words_of_kinds(language: str, *kinds: Kind) -> frozenset[str]:
    return frozenset().union(*(word_list(kind, each) for kind in kinds for each in (language, ANY)))
