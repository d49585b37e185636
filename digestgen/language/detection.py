"""Language detection (sole importer of py3langid).

A script used by a single language decides at once; otherwise an identifier for some 140 languages does. A language
without a word list must win clearly. A text unlike any known language gets ``und``, which does no harm.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from digestgen.language.letters import lookup_form
from digestgen.language.stop_words import stop_words, supported_languages
from digestgen.language.text import words
from digestgen.model import UNKNOWN_LANGUAGE

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

FALLBACK: Final = "en"
"""The language of a text without letters."""
_LONG_ENOUGH: Final = 80
"""Letters from which a text is identified by itself; for shorter ones the identifier errs too often."""
_SAMPLE: Final = 1_500
"""Characters looked at; more of the same text changes nothing."""
_CLEAR_MARGIN: Final = 60.0
"""Log-odds by which a language without a word list must win. On 110 characters of English or French such languages win
by at most 18; where they are right, by 150 and more.
"""
_LEAST_LIKELIHOOD: Final = -7.5
"""Log-likelihood per letter of a Latin text, below which even the best language is unlikely. English and French have -5
to -6, never below -7; Hawaiian and Maori, which the identifier does not know, -8.
"""
_TOO_SHORT: Final = 20
"""Letters below which only the script counts."""
_ENOUGH_WORDS: Final = 20
_FEWEST_FUNCTION_WORDS: Final = 0.04
"""Share of function words in a text of a language; score boards have .06, lists of names less, prose .25 to .5."""
# fmt: off
_ENGLISH: Final = frozenset((
    "the", "and", "that", "with", "from", "this", "have", "has", "which", "were", "they", "their", "been", "would",
    "what", "there", "when", "where", "who", "how", "why", "could", "should", "these", "those", "into", "about",
    "because", "while", "being", "our", "your", "you", "very", "don't",
))
# fmt: on
"""Function words that no other language has. A text is English if each third of it has a share of them, and the whole
enough different ones: so are 95% of 2,013 English texts, and none of 273 in other languages. The identifier agrees on
each, and its model, which takes half a second to load, is then not needed.
"""
_SHARE_OF_ENGLISH: Final = 0.03
_FEWEST_ENGLISH: Final = 3
_WEIGHT: Final = MappingProxyType({"CJK": 3, "HIRAGANA": 3, "KATAKANA": 3, "HANGUL": 3})
"""Letters of an alphabet that one character is worth."""

# By the first word of the letters' Unicode names; the most common language first.
_WRITTEN_IN: Final = MappingProxyType(
    {
        "LATIN": (),
        "CYRILLIC": ("ru", "uk", "bg", "be", "mk", "sr", "kk", "ky", "mn", "tg", "tt", "ba"),
        "ARABIC": ("ar", "fa", "ur", "ps", "ug", "ku"),
        "DEVANAGARI": ("hi", "mr", "ne", "sa"),
        "BENGALI": ("bn", "as"),
        "CJK": ("zh", "ja"),
        "ARMENIAN": ("hy",),
        "CANADIAN": ("iu",),
        "CHEROKEE": ("chr",),
        "ETHIOPIC": ("am",),
        "GEORGIAN": ("ka",),
        "GREEK": ("el",),
        "GUJARATI": ("gu",),
        "GURMUKHI": ("pa",),
        "HANGUL": ("ko",),
        "HEBREW": ("he",),
        "HIRAGANA": ("ja",),
        "KANNADA": ("kn",),
        "KATAKANA": ("ja",),
        "KHMER": ("km",),
        "LAO": ("lo",),
        "MALAYALAM": ("ml",),
        "MYANMAR": ("my",),
        "ORIYA": ("or",),
        "SINHALA": ("si",),
        "TAMIL": ("ta",),
        "TELUGU": ("te",),
        "THAANA": ("dv",),
        "THAI": ("th",),
        "TIBETAN": ("bo",),
    }
)
_OF_OTHER_SCRIPTS: Final = frozenset(code for codes in _WRITTEN_IN.values() for code in codes) - {"sr", "ku"}
# Languages that only the identifier distinguishes.
_KNOWN_AS: Final = MappingProxyType(
    {
        "ary": "ar",
        "arz": "ar",
        "hbo": "he",
        "grc": "el",
        "pcm": "en",
        "sdh": "ku",
        "tl": "fil",
        "uzs": "uz",
        "wuu": "zh",
        "yue": "zh",
    }
)
_NO_LANGUAGE: Final = "zxx"


@cache
def _identifier() -> LanguageIdentifier:
    # Imported late: the model takes a second to unpack, and a digest with a set language never needs it.
    from py3langid import langid  # noqa: PLC0415

    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE)


def release_model() -> None:
    """Give back the memory of the identifier, 80 MB; it is loaded again when a text needs it."""
    _identifier.cache_clear()


def detect_language(text: str, context: str | None = None) -> str:
    """Detect the language of a text: an ISO 639 code, ``und`` if it is like no known language.

    ``context`` is the language to fall back on if the text is too short and its script allows (None: ``FALLBACK``).
    """
    sample = text[:_SAMPLE]
    script, letters = _script(sample)
    if not letters:
        return context or FALLBACK
    if script not in _WRITTEN_IN:
        return UNKNOWN_LANGUAGE
    languages = _WRITTEN_IN[script]
    fits = context is not None and _is_written_in(context, script)
    if context is not None and fits and (letters < _LONG_ENOUGH or script == "CJK"):
        return context
    if languages and (len(languages) == 1 or script == "CJK" or letters < _TOO_SHORT):
        return languages[0]
    if script == "LATIN" and _is_english(sample):
        return "en"
    if not sample.isascii():
        sample = "".join(char for char in sample if not char.isalpha() or _script_of(char) == script)
    return _identify(sample, languages, context if fits else None)


def _script(text: str) -> tuple[str, int]:
    """The dominant script of a text, and its number of letters in any script."""
    if text.isascii():
        return "LATIN", sum(map(str.isalpha, text))
    count = Counter[str]()
    for char, times in Counter(filter(str.isalpha, text)).items():
        count[_script_of(char)] += times
    letters = count.total()
    for script, weight in _WEIGHT.items():
        count[script] *= weight
    if count["CJK"] and 20 * (count["HIRAGANA"] + count["KATAKANA"]) > count["CJK"]:
        # Japanese; Chinese texts may contain a word of it.
        count["HIRAGANA"] += count.pop("CJK")
    script = max(sorted(count), key=count.__getitem__, default="")
    return script, letters


@cache
def _script_of(char: str) -> str:
    script = unicodedata.name(char, "").partition(" ")[0]
    return "LATIN" if script == "FULLWIDTH" else script


def _is_written_in(language: str, script: str) -> bool:
    return language in _WRITTEN_IN[script] or (script == "LATIN" and language not in _OF_OTHER_SCRIPTS)


def _is_english(text: str) -> bool:
    """Whether function words alone show that a text is English, all of it."""
    said = [word.lower() for word in words(text)]
    third = len(said) // 3
    parts = (said[:third], said[third : 2 * third], said[2 * third :])
    return (
        len(said) >= _ENOUGH_WORDS
        and len(_ENGLISH.intersection(said)) >= _FEWEST_ENGLISH
        and all(sum(word in _ENGLISH for word in part) >= _SHARE_OF_ENGLISH * len(part) for part in parts)
    )


def _identify(text: str, languages: tuple[str, ...], context: str | None) -> str:
    """The most likely of these languages; if empty, of all that share the Latin script."""
    chances: dict[str, float] = {}
    for name, chance in _identifier().rank(text):
        code = _KNOWN_AS.get(name, name)
        if code in languages or (not languages and code not in _OF_OTHER_SCRIPTS):
            chances.setdefault(code, float(chance))
    ranked = list(chances)
    listed = next((code for code in ranked if code in supported_languages()), ranked[0])
    if not languages and listed != context and chances[ranked[0]] < _LEAST_LIKELIHOOD * sum(map(str.isalpha, text)):
        return UNKNOWN_LANGUAGE
    if chances[ranked[0]] - chances[listed] >= _CLEAR_MARGIN:
        return UNKNOWN_LANGUAGE if ranked[0] == _NO_LANGUAGE else ranked[0]
    return listed if listed == context or _has_function_words(text, listed) else UNKNOWN_LANGUAGE


def _has_function_words(text: str, language: str) -> bool:
    said, known = [lookup_form(word) for word in words(text)], stop_words(language)
    return len(said) < _ENOUGH_WORDS or sum(word in known for word in said) >= _FEWEST_FUNCTION_WORDS * len(said)
