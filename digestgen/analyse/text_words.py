"""The words that are compared of an article: each form once, where it stands, and how often with a capital.

An article is read for it once; all that vectors and reasons count is counted from here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from digestgen.model import Article
from digestgen.stems import stem
from digestgen.stopwords import stop_words
from digestgen.text import straighten, words

_LONGEST_TEXT: Final = 200_000
"""No news article is this long; a text that is gets read up to here, so that one huge seed cannot stall a build."""
# Close enough to sentences for telling names: a name that follows a quotation mark is only one chance missed.
_SENTENCE_END: Final = re.compile(r"[.!?…:;\"“”«»\n]")
_HEADLINE: Final = 0.6
"""A sentence with a larger share of capitals than this is a headline in title case, or shouted."""


@dataclass(frozen=True, slots=True)
class PackedWords:
    """The words of an article in few bytes, to be kept or sent."""

    forms: str
    """Each form once, in the order in which it first stands; a line each."""
    order: bytes
    """For every word of the text the number of its form, as 32-bit integers."""
    inner: str
    """The stems that stand inside sentences, headlines left out; a line each."""
    times: bytes
    """How often each of these does, and how often with a capital."""
    language: str
    """Of the article."""

    def unpacked(self) -> TextWords:
        """The same to count from."""
        return TextWords(self)


class TextWords:
    """The words of an article."""

    def __init__(self, packed: PackedWords) -> None:
        self.forms: Sequence[str] = packed.forms.split("\n") if packed.forms else ()
        """Each form once, in the order in which it first stands."""
        self.order: NDArray[np.uint32] = np.frombuffer(packed.order, dtype="<u4")
        """For every word of the text the place of its form."""
        self.language = packed.language
        self._packed = packed

    @cached_property
    def counts(self) -> list[int]:
        """How often each form stands in the text."""
        counts: list[int] = np.bincount(self.order, minlength=len(self.forms)).tolist()
        return counts

    @property
    def inner(self) -> list[tuple[str, int, int]]:
        """Stem → how often it stands inside a sentence that is no headline, and how often with a capital."""
        stems = self._packed.inner.split("\n") if self._packed.inner else []
        seen, capital = np.frombuffer(self._packed.times, dtype="<u4").reshape(2, -1).tolist()
        return list(zip(stems, seen, capital, strict=True))


def text_of(article: Article) -> str:
    """What is compared of an article: its title if it was given one, its standfirst, its body."""
    parts = [article.title] if article.titled else []
    if article.standfirst:
        parts.append(article.standfirst)
    parts.extend(article.paragraphs)
    return "\n".join(parts)[:_LONGEST_TEXT]


def packed_words(article: Article) -> PackedWords:
    """Read the words of an article."""
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
    times = np.array([list(seen.values()), [capital[term] for term in seen]], dtype="<u4")
    return PackedWords(
        forms="\n".join(number),
        order=np.array(order, dtype="<u4").tobytes(),
        inner="\n".join(seen),
        times=times.tobytes(),
        language=article.language,
    )


def read_words(article: Article) -> TextWords:
    """The words of an article."""
    return packed_words(article).unpacked()


@lru_cache(maxsize=500_000)
def plain_form(word: str) -> str:
    """A word as it is looked up in general language: straight apostrophes, small letters."""
    return straighten(word).lower()


@lru_cache(maxsize=500_000)
def telling_stem(word: str, language: str) -> str | None:
    """The stem of a word; None for a function word or a single letter."""
    term = None if plain_form(word) in stop_words(language) else stem(word, language)
    return term if term and len(term) > 1 else None
