"""Whether a phrase stands in an article, word for word or inflected: what is named must."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict

from digestgen.model import Article
from digestgen.stems import stem
from digestgen.text import fold, straighten

_LETTER = re.compile(r"(?<![^\W_])([^\W\d_])\.")
"""Of an abbreviation ("U.S.") or an initial: its stop is left out."""
_WORD = re.compile(r"[^\W_]+")
# Scripts that put no space between words: Thai, Lao, Burmese, Khmer, Chinese, Japanese.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


class WordedText:
    """Title, standfirst and body of an article, as a sequence of stems."""

    def __init__(self, article: Article) -> None:
        self._language = article.language
        self._whole = " ".join([article.title, article.standfirst or "", *article.paragraphs])
        self._words = _words(self._whole)
        self._at: dict[str, set[int]] = defaultdict(set)
        for place, word in enumerate(self._words):
            self._at[stem(word, article.language)].add(place)

    def holds(self, phrase: str) -> bool:
        """Whether a phrase stands in the text: its words side by side and in order, as they are or inflected."""
        words = _words(phrase)
        if not words:
            return False
        if _UNSPACED.search(phrase):
            return "".join(words) in "".join(self._words)
        places = [self._at.get(stem(word, self._language), set()) for word in words]
        return any(all(start + i in place for i, place in enumerate(places)) for start in places[0])


def _words(text: str) -> list[str]:
    plain = straighten(unicodedata.normalize("NFKC", text))
    return [fold(word) for word in _WORD.findall(_LETTER.sub(r"\1", plain))]
