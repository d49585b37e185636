r"""Letters of every script: what belongs to a word, and its form in word lists.

By Unicode properties, so that vowel signs, tones and points stay with their letters, unlike in Python's ``\w``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

import regex

UNSPACED: Final = (
    r"\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u30fc"
    r"\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}"
)
"""Regex character class of the scripts that put no spaces between words."""
LETTER: Final = r"\p{L}[\p{M}\u200c\u200d]*+"
"""Pattern of one letter with its marks and joiners."""
ALPHANUMERIC: Final = r"[\p{L}\p{N}]"
# Underscores inside a word join it: an identifier, a user, a hashtag. At its ends they only stress it.
PIECE: Final = r"[\p{L}\p{N}][\p{L}\p{N}\p{M}\u200c\u200d_]*(?<!_)"
"""Pattern of what stands between spaces, hyphens, dots and the like."""
# Inside words: hyphens, apostrophes, dots of abbreviations, Catalan's dot, Hebrew and Armenian marks.
_INNER: Final = r"""[-'’.&·‐‑׳״՛՜՞]|(?<=\p{Hebrew})"(?=\p{Hebrew})"""
WORD: Final = rf"{PIECE}(?:(?:{_INNER}){PIECE})*"
"""Pattern of a word between spaces; with ``UNSPACED`` characters it often holds several."""

_UNSPACED_CHARACTER: Final = regex.compile(f"[{UNSPACED}]", regex.V1)
# Scripts in which a letter is a single sound; in the others it is a syllable or a word.
_ALPHABETIC: Final = regex.compile(
    r"[\p{Latin}\p{Cyrillic}\p{Greek}\p{Armenian}\p{Georgian}\p{Arabic}\p{Hebrew}]", regex.V1
)
# Georgian has capitals in Unicode but not in print.
_CASED: Final = regex.compile(r"[[\p{Lu}\p{Ll}\p{Lt}]--\p{Georgian}]", regex.V1)
_MARK: Final = regex.compile(r"\p{M}+", regex.V1)
_QUOTES: Final = str.maketrans(
    {"’": "'", "‘": "'", "‛": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‐": "-", "‑": "-"}
)
# Written or omitted at will: Arabic vowels and tatweel, Hebrew points, joiners, Armenian stress, and the dot left over
# from lower-casing the Turkish İ.
_OPTIONAL: Final = regex.compile(
    r"[\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    r"\u200c\u200d\ufe00-\ufe0f՛՜՞]|(?<=i)\u0307"
)


def straighten(text: str) -> str:
    """Straighten quotes, apostrophes and hyphens, for comparing and counting; same length."""
    return text.translate(_QUOTES)


def lookup_form(word: str) -> str:
    """The form of a word in word lists: lower case, NFKC, without optional marks."""
    if word.isascii():
        return word.lower()
    composed = unicodedata.normalize("NFKC", straighten(word)).lower()
    return str(_OPTIONAL.sub("", unicodedata.normalize("NFKC", composed)))


def has_unspaced(text: str) -> bool:
    """Whether a text contains letters of a script without spaces."""
    return not text.isascii() and _UNSPACED_CHARACTER.search(text) is not None


def has_case(text: str) -> bool:
    """Whether a text contains letters of a script with capitals, so that capitals can mark names."""
    return text.lower() != text.upper() if text.isascii() else _CASED.search(text) is not None


def is_short(word: str) -> bool:
    """Whether a word is too short to be specific: under three letters, or two in syllabic scripts."""
    letters = len(word) if word.isascii() else len(_MARK.sub("", word))
    return letters < 2 or (letters < 3 and _ALPHABETIC.search(word) is not None)


def join_words(words: Sequence[str]) -> str:
    """Join words into a phrase, without spaces between words of a script that has none."""
    phrase = ""
    for word in words:
        parted = phrase and not (has_unspaced(phrase[-1]) and has_unspaced(word[0]))
        phrase += f" {word}" if parted else word
    return phrase
