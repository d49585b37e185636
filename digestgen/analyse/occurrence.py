"""In which articles a phrase stands, whether or not it is one of their keyphrases."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from digestgen.analyse.reading import Reading, read
from digestgen.model import Article
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


def articles_with(phrases: Collection[Folded], articles: Mapping[str, Article]) -> dict[Folded, tuple[str, ...]]:
    """Phrase → the ids of the articles that it stands in, sorted; an id for every phrase that stands anywhere."""
    known: dict[str, str] = {}
    wanted = set(phrases)
    longest = {phrase[0]: 0 for phrase in phrases if phrase}
    for phrase in phrases:
        if phrase:
            longest[phrase[0]] = min(max(longest[phrase[0]], len(phrase)), _LONGEST)
    found: dict[Folded, list[str]] = {}
    for id_ in sorted(articles):
        for phrase in sorted(_phrases_of(read(articles[id_]), wanted, longest, known)):
            found.setdefault(phrase, []).append(id_)
    return {phrase: tuple(ids) for phrase, ids in found.items()}


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
    for start, word in enumerate(words):
        for width in range(1, longest.get(word, 0) + 1):
            if width > 1 and (start + width > len(words) or reading.breaks[start + width - 1]):
                break
            phrase = tuple(words[start : start + width])
            if phrase in wanted:
                here.add(phrase)
    return here
