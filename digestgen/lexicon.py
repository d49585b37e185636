"""How common a word is in a language at large (the ``wordfreq`` word lists; this module alone imports it)."""

from __future__ import annotations

from functools import cache

import wordfreq

_NEED_A_SEGMENTER = {"ja", "ko", "zh"}


@cache
def supported_languages() -> frozenset[str]:
    """ISO 639-1 codes of the languages with a word list that can be read without a word segmenter."""
    return frozenset(wordfreq.available_languages()) - _NEED_A_SEGMENTER


@cache
def zipf(word: str, language: str) -> float:
    """The Zipf frequency of a word: log10 of its occurrences in a billion words; 0.0 where it is unknown.

    English: "the" 7.7, "world" 5.9, "leader" 5.0, "missile" 4.1, "gymnastics" 3.6. A language without a list
    gives 0.0 for every word.
    """
    if language not in supported_languages():
        return 0.0
    return float(wordfreq.zipf_frequency(word, language))
