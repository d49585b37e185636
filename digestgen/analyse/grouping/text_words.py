"""The words of an article that are compared: each form once, its positions, and how often it is capitalised.

Each article is tokenised once; vectors and reasons are computed from the result.
"""

from __future__ import annotations

import re
import zlib
from array import array
from collections import Counter
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from digestgen.language.stems import stem
from digestgen.language.stop_words import stop_words
from digestgen.language.text import straighten, words
from digestgen.model import Article

_LONGEST_TEXT: Final = 200_000
"""Characters of an article that are read, so that a huge seed cannot stall the build; news articles are shorter."""
# Good enough for recognising names: one after a quotation mark is just not counted.
_SENTENCE_END: Final = re.compile(r"[.!?…:;\"“”«»\n]")
_HEADLINE: Final = 0.6
"""A sentence with a larger share of capitalised words is taken for a headline in title case or capitals."""


@dataclass(frozen=True, slots=True)
class PackedWords:
    """Compressed ``TextWords``, for the cache and for worker processes."""

    language: str
    data: bytes

    @classmethod
    def of(cls, article: Article) -> PackedWords:
        """Tokenise an article."""
        text = text_of(article)
        number: dict[str, int] = {}
        order = [number.setdefault(word, len(number)) for word in words(text)]
        seen, capital = Counter[str](), Counter[str]()
        for sentence in _SENTENCE_END.split(text):
            inside = words(sentence)[1:]
            if sum(word[0].isupper() for word in inside) > _HEADLINE * len(inside):
                continue
            for word in inside:
                term = stem(word, article.language)
                seen[term] += 1
                capital[term] += word[0].isupper()
        numbers = [len(number), len(order), len(seen), *order, *seen.values(), *(capital[term] for term in seen)]
        texts = "\n".join((*number, *seen)).encode("utf-8", "surrogatepass")
        return cls(article.language, zlib.compress(array("I", numbers).tobytes() + texts, 1))

    def unpacked(self) -> TextWords:
        """Decompress the words."""
        data = zlib.decompress(self.data)
        forms, words_, stems = np.frombuffer(data, dtype=np.uint32, count=3).tolist()
        size = 3 + words_ + 2 * stems
        numbers = np.frombuffer(data, dtype=np.uint32, count=size)[3:]
        texts = data[4 * size :].decode("utf-8", "surrogatepass").split("\n") if forms else []
        seen, capital = numbers[words_ : words_ + stems], numbers[words_ + stems :]
        inner = zip(texts[forms:], seen.tolist(), capital.tolist(), strict=True)
        return TextWords(self.language, tuple(texts[:forms]), numbers[:words_], tuple(inner))


@dataclass(frozen=True, slots=True, eq=False)
class TextWords:
    """The words of an article."""

    language: str
    forms: tuple[str, ...]
    """Distinct forms in order of first occurrence."""
    order: NDArray[np.uint32]
    """For every word of the text, the index of its form."""
    inner: tuple[tuple[str, int, int], ...]
    """(stem, occurrences, capitalised occurrences), sentence beginnings and headlines left out."""

    @property
    def counts(self) -> list[int]:
        """Number of occurrences of each form."""
        counts: list[int] = np.bincount(self.order, minlength=len(self.forms)).tolist()
        return counts


def text_of(article: Article) -> str:
    """The compared text of an article: given title, standfirst and body."""
    parts = [article.title] if article.titled else []
    if article.standfirst:
        parts.append(article.standfirst)
    parts.extend(article.paragraphs)
    return "\n".join(parts)[:_LONGEST_TEXT]


def plain_form(word: str) -> str:
    """A word as in word-frequency lists: straight apostrophes, lower case."""
    return straighten(word).lower()


def content_stem(word: str, language: str) -> str | None:
    """Stem of a word; None for a function word or a single letter."""
    term = None if plain_form(word) in stop_words(language) else stem(word, language)
    return term if term and len(term) > 1 else None
