"""Word frequencies by language (sole importer of ``wordfreq``)."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import islice
from types import ModuleType

# For these, wordfreq would tokenise its input with further libraries; here it is one word already.
_UNSEGMENTED = frozenset({"ja", "ko", "zh"})


@cache
def _wordfreq() -> ModuleType:
    """The library, imported late: it takes half a second, which detecting a language does not need."""
    import wordfreq  # noqa: PLC0415

    return wordfreq


@cache
def supported_languages() -> frozenset[str]:
    """ISO 639-1 codes of the languages with a word list."""
    return frozenset(_wordfreq().available_languages())


@lru_cache(maxsize=50_000)
def zipf(word: str, language: str) -> float:
    """The Zipf frequency of a word: log10 of its occurrences per billion words; 0.0 if unknown.

    English: "the" 7.7, "world" 5.9, "leader" 5.0, "missile" 4.1, "gymnastics" 3.6. A language without a list gives 0.0
    for every word.
    """
    if language not in supported_languages():
        return 0.0
    if language in _UNSEGMENTED:
        share = relative_frequencies(language).get(word, 0.0)
        return round(math.log10(share) + 9, 2) if share else 0.0
    if word.islower() and word.isalpha() and (word.isascii() or _is_taken_as_written(word, language)):
        # The library's result without its tokenising, which takes most of the time.
        share = max(relative_frequencies(language).get(word, 0.0), 1e-9)
        return round(math.log10(round(share, math.floor(-math.log10(share)) + 3)) + 9, 2)
    return float(_wordfreq().zipf_frequency(word, language))


def _is_taken_as_written(word: str, language: str) -> bool:
    """Whether the library looks a word of small letters up as it is: composed, case-folded, of no other spelling."""
    return _has_one_spelling(language) and word == word.casefold() and unicodedata.is_normalized("NFC", word)


@cache
def _has_one_spelling(language: str) -> bool:
    """Whether the library neither transliterates a language nor changes letters or marks of it."""
    from wordfreq.language_info import get_language_info  # noqa: PLC0415

    info = get_language_info(language)
    changes = ("remove_marks", "dotless_i", "diacritics_under", "transliteration", "lookup_transliteration")
    return info["tokenizer"] == "regex" and info["normal_form"] == "NFC" and not any(map(info.get, changes))


def most_common(language: str, most: int) -> tuple[str, ...]:
    """The most frequent words of a language without numbers; none for a language without a list."""
    if language not in supported_languages():
        return ()
    words = (word for word in _wordfreq().iter_wordlist(language) if not any(map(str.isdigit, word)))
    return tuple(islice(words, most))


@cache
def relative_frequencies(language: str) -> Mapping[str, float]:
    """All words of a language's list with their relative frequencies; for many look-ups."""
    # With the arguments that the library itself gives, or its cache would hold the list twice.
    found: Mapping[str, float] = _wordfreq().get_frequency_dict(language, "best")
    return found
