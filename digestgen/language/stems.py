"""Words by their stem, for comparing texts (the Snowball stemmers; this module alone imports Stemmer)."""

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
"""What stands before a vowel and belongs to another word ("l'horoscope")."""


@lru_cache(maxsize=100_000)
def stem(word: str, language: str) -> str:
    """The form under which a word is compared whatever its ending: "elections", "electing" and "elected" are one.

    The word is folded, freed of an article that is elided before it, and stemmed (Porter 1980 and his successors)
    where the language has a stemmer. A stem is often no word, and no name's stem says whose it is.
    """
    elided = _ELIDED.get(language)
    if elided:
        word = elided.sub("", straighten(word).lower(), count=1)
    folded = fold(word)
    stemmer = _stemmer(language)
    return folded if stemmer is None else str(stemmer.stemWord(folded))


@cache
def _stemmer(language: str) -> Stemmer.Stemmer | None:
    # Without a cache of its own: the one above keeps what is asked for.
    algorithm = _ALGORITHMS.get(language)
    return Stemmer.Stemmer(algorithm, 0) if algorithm in Stemmer.algorithms() else None
