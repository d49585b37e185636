"""The language of a text (this module alone imports py3langid)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from digestgen import lexicon, stopwords

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

FALLBACK = "en"
"""What a text without a single letter is said to be."""
_LONG_ENOUGH = 80
"""Letters from which a text speaks for itself; below, the identifier is wrong too often."""
_SAMPLE = 1_500
"""Characters looked at: more of the same text changes nothing."""


@cache
def _identifier() -> LanguageIdentifier:
    # Imported late: the model takes a second to unpack, and a digest that names its language never needs it.
    from py3langid import langid  # noqa: PLC0415

    identifier = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE)
    known = stopwords.supported_languages() | lexicon.supported_languages()
    identifier.set_languages(sorted(known & set(identifier.labels)))
    return identifier


def _letters(text: str) -> int:
    return sum(char.isalpha() for char in text)


def language_of(text: str, context: str | None = None) -> str:
    """The ISO 639-1 code of the most likely language among those that we have word lists for.

    ``context`` is the language to fall back on where the text is too short to tell (``FALLBACK`` if None).
    """
    sample = text[:_SAMPLE]
    letters = _letters(sample)
    if letters == 0 or (context is not None and letters < _LONG_ENOUGH):
        return context or FALLBACK
    return str(_identifier().classify(sample)[0])
