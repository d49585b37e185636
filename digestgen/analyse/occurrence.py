"""In which articles a phrase stands, whether or not it is one of their keyphrases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from digestgen.analyse.reading import Reading, read
from digestgen.model import Article, Keyphrase
from digestgen.text import fold

Folded = tuple[str, ...]
"""The words of a phrase as they are compared: without case, possessive and plural."""

_LONGEST: Final = 6


def folded_phrase(text: str) -> Folded:
    """The words of a phrase, folded."""
    return tuple(fold(word) for word in text.split())


def contains(outer: Folded, inner: Folded) -> bool:
    """Whether the words of one phrase stand in another, side by side and in order."""
    width = len(inner)
    return any(outer[i : i + width] == inner for i in range(len(outer) - width + 1))


class KeyphraseIndex:
    """A collection by its keyphrases: in which articles each stands. Made once, because it reads every article."""

    def __init__(self, articles: Mapping[str, Article], keyphrases: Mapping[str, Sequence[Keyphrase]]) -> None:
        self.articles = articles
        self.keyphrases = keyphrases
        wanted = {folded_phrase(phrase.text) for phrases in keyphrases.values() for phrase in phrases} - {()}
        longest: dict[str, int] = {}
        for phrase in wanted:
            longest[phrase[0]] = min(max(longest.get(phrase[0], 0), len(phrase)), _LONGEST)
        known: dict[str, str] = {}
        self._holders: dict[Folded, list[str]] = {}
        for id_ in sorted(articles):
            for phrase in _phrases_of(read(articles[id_]), wanted, longest, known):
                self._holders.setdefault(phrase, []).append(id_)

    def articles_with(self, phrase: Folded) -> Sequence[str]:
        """The ids of the articles that a keyphrase of the collection stands in, sorted."""
        return self._holders.get(phrase, ())


def _phrases_of(
    reading: Reading, wanted: set[Folded], longest: Mapping[str, int], known: dict[str, str]
) -> set[Folded]:
    words = []
    for key in reading.keys:
        word = known.get(key)
        if word is None:
            word = known[key] = fold(key)
        words.append(word)
    here: set[Folded] = set()
    breaks = reading.breaks
    for start, word in enumerate(words):
        for width in range(1, longest.get(word, 0) + 1):
            # The last entry of the breaks is the end of the text.
            if width > 1 and breaks[start + width - 1]:
                break
            phrase = tuple(words[start : start + width])
            if phrase in wanted:
                here.add(phrase)
    return here
