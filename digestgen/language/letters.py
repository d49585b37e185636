"""Letters of every script: what belongs to a word, and the form under which word lists know it.

Told by Unicode's properties: a vowel sign, a tone or a point belongs to its letter, where Python's own word class cuts.
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
"""Characters, for a class in a pattern, of the scripts that put no spaces between words."""
LETTER: Final = r"\p{L}[\p{M}\u200c\u200d]*+"
"""Pattern of one letter with the marks and joiners that belong to it."""
ALPHANUMERIC: Final = r"[\p{L}\p{N}]"
PIECE: Final = r"[\p{L}\p{N}][\p{L}\p{N}\p{M}\u200c\u200d]*"
"""Pattern of what stands between spaces, hyphens, dots and the like."""
# What words hold inside: hyphens, apostrophes, dots of abbreviations, Catalan's dot, Hebrew and Armenian marks.
_INNER: Final = r"""[-'’.&·‐‑׳״՛՜՞]|(?<=\p{Hebrew})"(?=\p{Hebrew})"""
WORD: Final = rf"{PIECE}(?:(?:{_INNER}){PIECE})*"
"""Pattern of a word between spaces; where it holds ``UNSPACED`` characters, it is often several."""

_UNSPACED_CHARACTER: Final = regex.compile(f"[{UNSPACED}]", regex.V1)
# In these, a letter is one sound; in all others a syllable or a word.
_ALPHABETIC: Final = regex.compile(
    r"[\p{Latin}\p{Cyrillic}\p{Greek}\p{Armenian}\p{Georgian}\p{Arabic}\p{Hebrew}]", regex.V1
)
# Georgian has capitals in Unicode and none in print.
_CASED: Final = regex.compile(r"[[\p{Lu}\p{Ll}\p{Lt}]--\p{Georgian}]", regex.V1)
_MARK: Final = regex.compile(r"\p{M}+", regex.V1)
_QUOTES: Final = str.maketrans(
    {"’": "'", "‘": "'", "‛": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‐": "-", "‑": "-"}
)
# Written or left out as the writer likes: Arabic vowels and tatweel, Hebrew points, joiners, Armenian stress, and
# the dot that is left of the Turkish İ in lower case.
_OPTIONAL: Final = regex.compile(
    r"[\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    r"\u200c\u200d\ufe00-\ufe0f՛՜՞]|(?<=i)\u0307"
)


def straighten(text: str) -> str:
    """The same text with straight quotes, apostrophes and hyphens, for comparing and counting; same length."""
    return text.translate(_QUOTES)


def plain(word: str) -> str:
    """The form under which word lists know a word: small letters, one code for each (NFKC), no optional marks."""
    if word.isascii():
        return word.lower()
    composed = unicodedata.normalize("NFKC", straighten(word)).lower()
    return str(_OPTIONAL.sub("", unicodedata.normalize("NFKC", composed)))


def has_unspaced(text: str) -> bool:
    """Whether there are letters of a script that puts no spaces between words."""
    return not text.isascii() and _UNSPACED_CHARACTER.search(text) is not None


def has_case(text: str) -> bool:
    """Whether there are letters of a script that has capitals, so that capitals may tell names."""
    return text.lower() != text.upper() if text.isascii() else _CASED.search(text) is not None


def is_short(word: str) -> bool:
    """Whether a word is too short to tell something: under three letters, under two where each is a syllable."""
    letters = len(word) if word.isascii() else len(_MARK.sub("", word))
    return letters < 2 or (letters < 3 and _ALPHABETIC.search(word) is not None)


def joined(words: Sequence[str]) -> str:
    """Words as a phrase: with spaces, but not between two of a script that has none."""
    phrase = ""
    for word in words:
        parted = phrase and not (has_unspaced(phrase[-1]) and has_unspaced(word[0]))
        phrase += f" {word}" if parted else word
    return phrase
