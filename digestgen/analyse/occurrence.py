"""In which articles a phrase stands, whether or not it is one of their keyphrases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from digestgen.analyse.folding import Folded, folded_phrase
from digestgen.analyse.names import FullNames
from digestgen.analyse.reading import Reading, read
from digestgen.model import Article, Keyphrase
from digestgen.text import fold

_LONGEST: Final = 6


class KeyphraseIndex:
    """A collection by its keyphrases: in which articles each stands. Made once, because it reads every article.

    A full name also stands where its surname alone stands for it.
    """

    def __init__(
        self, articles: Mapping[str, Article], keyphrases: Mapping[str, Sequence[Keyphrase]], names: FullNames
    ) -> None:
        self.articles = articles
        self.keyphrases = keyphrases
        wanted = {folded_phrase(phrase.text) for phrases in keyphrases.values() for phrase in phrases} - {()}
        longest: dict[str, int] = {}
        for phrase in wanted:
            longest[phrase[0]] = min(max(longest.get(phrase[0], 0), len(phrase)), _LONGEST)
        known: dict[str, str] = {}
        self._holders: dict[Folded, list[str]] = {}
        for id_ in sorted(articles):
            reading = read(articles[id_])
            words = [known.get(key) or known.setdefault(key, fold(key)) for key in reading.keys]
            here = _phrases_of(reading, words, wanted, longest)
            here |= {names.of(id_, (words[i],)) for i in _names_alone(reading)} & wanted
            for phrase in here:
                self._holders.setdefault(phrase, []).append(id_)

    def articles_with(self, phrase: Folded) -> Sequence[str]:
        """The ids of the articles that a keyphrase of the collection stands in, sorted."""
        return self._holders.get(phrase, ())


def _phrases_of(reading: Reading, words: Sequence[str], wanted: set[Folded], longest: Mapping[str, int]) -> set[Folded]:
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


def _names_alone(reading: Reading) -> Iterator[int]:
    """The words that are a whole name."""
    named, breaks = reading.named, reading.breaks
    for i, is_name in enumerate(named):
        joined = (i > 0 and named[i - 1] and not breaks[i]) or (
            i + 1 < len(named) and named[i + 1] and not breaks[i + 1]
        )
        if is_name and not joined:
            yield i
