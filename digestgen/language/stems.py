"""Stemming, for comparing texts (Snowball stemmers; sole importer of Stemmer)."""

from __future__ import annotations

import re
from functools import cache, lru_cache

import Stemmer

from digestgen.language.text import fold, straighten

_ALGORITHMS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian",
    "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali",
    "nl": "dutch", "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip
_ELIDED = {
    language: re.compile(rf"^(?:{articles})'(?=\w)")
    for language, articles in {
        "ca": "[dlmnst]",
        "fr": "[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu",
        "it": "[cdlmstv]|un|(?:d|n|s|qu)ell|all|sull|dall",
    }.items()
}
"""Articles elided before a vowel ("l'horoscope")."""


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """The stem of a word: "elections", "electing" and "elected" share one.

    The word is normalised, freed of an elided article, and stemmed (Porter 1980 and successors) if its language has a
    stemmer. A stem is often not a word.
    """
    elided = _ELIDED.get(language)
    if elided:
        word = elided.sub("", straighten(word).lower(), count=1)
    folded = fold(word)
    stemmer = _stemmer(language)
    return folded if stemmer is None else str(stemmer.stemWord(folded))


@cache
def _stemmer(language: str) -> Stemmer.Stemmer | None:
    # Its own cache is off, since ours keeps the results.
    algorithm = _ALGORITHMS.get(language)
    return Stemmer.Stemmer(algorithm, 0) if algorithm in Stemmer.algorithms() else None
