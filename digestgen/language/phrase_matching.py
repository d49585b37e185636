"""Whether a phrase occurs in an article, verbatim or inflected."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

import regex

from digestgen.language.letters import ALPHANUMERIC, LETTER, PIECE, has_unspaced
from digestgen.language.stems import stem
from digestgen.language.text import fold, straighten
from digestgen.model import Article

_STOP_OF_LETTER = regex.compile(rf"(?<!{ALPHANUMERIC})({LETTER})\.", regex.V1)
"""The full stop of an abbreviation ("U.S.") or initial, which is dropped."""
_WORD = regex.compile(PIECE, regex.V1)


class ArticleWords:
    """Title, standfirst and body of an article as a sequence of words."""

    def __init__(self, article: Article) -> None:
        self._language = article.language
        self._words = _words(" ".join([article.title, article.standfirst or "", *article.paragraphs]))
        self._line = _spaced(self._words)

    @cached_property
    def _at(self) -> dict[str, set[int]]:
        """Stem → its positions; built lazily, since most phrases occur verbatim."""
        at: dict[str, set[int]] = defaultdict(set)
        for place, word in enumerate(self._words):
            at[stem(word, self._language)].add(place)
        return at

    def contains(self, phrase: str) -> bool:
        """Whether a phrase occurs: its words adjacent and in order, verbatim or inflected."""
        words = _words(phrase)
        if not words:
            return False
        if has_unspaced(phrase):
            return "".join(words) in "".join(self._words)
        if _spaced(words) in self._line:
            return True
        places = [self._at.get(stem(word, self._language), set()) for word in words]
        return any(all(start + i in place for i, place in enumerate(places)) for start in places[0])


def written_words(text: str) -> list[str]:
    """The words of a text, with abbreviations and initials without full stops ("U.S." → "US")."""
    found: list[str] = _WORD.findall(_STOP_OF_LETTER.sub(r"\1", straighten(unicodedata.normalize("NFKC", text))))
    return found


def phrase_stems(phrase: str, language: str) -> tuple[str, ...]:
    """The stemmed words of a phrase."""
    return tuple(stem(word, language) for word in _words(phrase))


def _spaced(words: Sequence[str]) -> str:
    return f" {' '.join(words)} "


def _words(text: str) -> list[str]:
    return [fold(word) for word in written_words(text)]
