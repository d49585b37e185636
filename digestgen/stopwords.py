"""Function words, by language.

The lists are the ones that YAKE ships (English: the 571 words of Salton's SMART system and three more), read from
its package data without importing it, so that keyphrases, grouping, splitting and summaries agree on what a
function word is.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path


def _folder() -> Path:
    spec = find_spec("yake")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("yake is not installed: run `make setup`")
    return Path(spec.origin).parent / "core" / "StopwordsList"


# YAKE names these by country; its "br" is Brazil's Portuguese, and Breton to everybody else.
_FILE_OF = {"cs": "cz", "nb": "no"}
_NO_LANGUAGE = {"cz", "br"}
_ENCODING_OF = {"lt": "cp1257", "sk": "cp1250"}
"""YAKE's lists are UTF-8, but for these."""


@cache
def supported_languages() -> frozenset[str]:
    """ISO 639-1 codes of the languages that have a list."""
    named = {path.stem.removeprefix("stopwords_") for path in _folder().glob("stopwords_??.txt")}
    return frozenset(named - _NO_LANGUAGE | _FILE_OF.keys())


@cache
def stop_words(language: str) -> frozenset[str]:
    """Function words of a language, lower case, straight apostrophes; empty for a language without a list."""
    if language not in supported_languages():
        return frozenset()
    path = _folder() / f"stopwords_{_FILE_OF.get(language, language)}.txt"
    lines = path.read_text(encoding=_ENCODING_OF.get(language, "utf-8")).splitlines()
    return frozenset(line.strip().lower().replace("’", "'") for line in lines if line.strip())
