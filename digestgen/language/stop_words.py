"""Function words by language.

The lists are YAKE's (English: the 571 words of Salton's SMART system and three more), read from its package data
without importing it, so that keyphrases, grouping, splitting and summaries share one list. Where YAKE has none, or a
poor one, there is one in ``function_words/``; otherwise the most common words of the language serve.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from digestgen.language import word_frequency
from digestgen.language.letters import lookup_form


def _folder() -> Path:
    spec = find_spec("yake")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("yake is not installed: run `make setup`")
    return Path(spec.origin).parent / "core" / "StopwordsList"


# YAKE uses country codes; its "br" is Brazilian Portuguese, not Breton.
_FILE_OF = {"cs": "cz", "nb": "no"}
_NO_LANGUAGE = {"cz", "br"}
_ENCODING_OF = {"lt": "cp1257", "sk": "cp1250"}
"""The lists that are not UTF-8 (with or without a byte-order mark)."""
_TWICE_ENCODED = {"hu"}
"""Lists that were misread as Windows-1252 and encoded again as UTF-8."""
_OWN = "function_words"
_COMMONEST = 60
"""Most common words used in place of a list; too many of the following ones are nouns."""


@cache
def supported_languages() -> frozenset[str]:
    """ISO 639-1 codes of the languages with a list."""
    named = {path.stem.removeprefix("stopwords_") for path in _folder().glob("stopwords_??.txt")}
    own = {file.name.removesuffix(".txt") for file in files(__package__).joinpath(_OWN).iterdir()}
    return frozenset(named - _NO_LANGUAGE | _FILE_OF.keys()) | own | word_frequency.supported_languages()


@cache
def stop_words(language: str) -> frozenset[str]:
    """Function words of a language in their plain form; empty for a language without a list."""
    if language not in supported_languages():
        return frozenset()
    path = _folder() / f"stopwords_{_FILE_OF.get(language, language)}.txt"
    own = files(__package__) / _OWN / f"{language}.txt"
    words: list[str] = []
    if language not in _NO_LANGUAGE and path.is_file():
        text = path.read_text(encoding=_ENCODING_OF.get(language, "utf-8-sig"))
        words += (text.encode("cp1252").decode() if language in _TWICE_ENCODED else text).splitlines()
    if own.is_file():
        lines = own.read_text(encoding="utf-8").splitlines()
        words += [word for line in lines if not line.startswith("#") for word in line.split()]
    return frozenset(
        lookup_form(word.strip()) for word in words or word_frequency.most_common(language, _COMMONEST)
    ) - {""}
