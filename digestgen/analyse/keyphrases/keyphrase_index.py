"""Index of the articles in which each keyphrase occurs, whether or not it is one of their own keyphrases."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

import numpy as np

from digestgen.analyse.keyphrases.base_form import base_form
from digestgen.analyse.keyphrases.surnames import FullNames
from digestgen.analyse.keyphrases.tokens import PackedTokens, TokenisedText, tokenise
from digestgen.language.phrase_matching import written_words
from digestgen.language.phrases import NormalisedPhrase, normalised_phrase
from digestgen.language.stop_words import stop_words
from digestgen.language.text import fold
from digestgen.model import Article, Keyphrase

_LONGEST: Final = 6


class KeyphraseIndex:
    """The keyphrases of a collection, and the articles in which each occurs. Expensive: it reads every article.

    A full name also occurs where its surname alone stands for it.
    """

    def __init__(
        self,
        articles: Mapping[str, Article],
        keyphrases: Mapping[str, Sequence[Keyphrase]],
        names: FullNames,
        packed: Mapping[str, PackedTokens] = MappingProxyType({}),
    ) -> None:
        """``packed`` are the tokens of articles that were already tokenised, by id."""
        self.articles = articles
        self._packed = packed
        self.keyphrases = keyphrases
        self.names = names
        self._usual = _usual_spellings(keyphrases)
        texts = sorted({phrase.text for phrases in keyphrases.values() for phrase in phrases})
        # Every form that a phrase is called by in texts → the phrase as it is compared.
        wanted = {
            normalised_phrase(form): normalised_phrase(text) for text in texts for form in names.aliases.forms(text)
        }
        wanted |= {phrase: phrase for text in texts if (phrase := normalised_phrase(text))}
        wanted.pop((), None)
        longest: dict[str, int] = {}
        for phrase in wanted:
            longest[phrase[0]] = min(max(longest.get(phrase[0], 0), len(phrase)), _LONGEST)
        self.lengths: dict[str, int] = {}
        """Article id → how many words of it are read."""
        self._ids = sorted(articles)
        number: dict[NormalisedPhrase, int] = {}
        # Columns of numbers: a list or table for each phrase would be ten times as large.
        phrases, holders, times = array("i"), array("i"), array("i")
        self._declined: dict[NormalisedPhrase, Counter[str]] = defaultdict(Counter)
        """The forms of phrases in Cyrillic letters, as texts that readers see have them."""
        self._in_small: Counter[NormalisedPhrase] = Counter()
        """For phrases of one word, how many more of those texts have them in small letters than with a capital."""
        for place, id_ in enumerate(self._ids):
            tokens = self.tokens(id_)
            words = [fold(key) for key in tokens.keys]
            self.lengths[id_] = len(words)
            here: Counter[NormalisedPhrase] = Counter()
            letters: Counter[NormalisedPhrase] = Counter()
            small = stop_words(articles[id_].language)
            for start, end, phrase in _phrases_of(tokens, words, wanted, longest):
                if end - start == 1 and tokens.keys[start] in small and not tokens.named[start]:
                    # "WHO" does not stand where somebody says "who".
                    continue
                here[phrase] += 1
                if end - start == 1 and id_ in keyphrases and not tokens.vague[start]:
                    letters[phrase] += 1 if tokens.words[start].islower() else -1
                if words[start] > "\u0400" and id_ in keyphrases and not any(tokens.vague[start:end]):
                    self._declined[phrase][" ".join(tokens.words[start:end])] += 1
            self._in_small.update({phrase: 1 if more > 0 else -1 for phrase, more in letters.items() if more})
            own = names.own.get(id_, {})
            alone = (tokens.words[i] for i in _names_alone(tokens))
            meant = (normalised_phrase(names.of(id_, name)) for name in alone if own.get(name))
            here.update(full for full in meant if full in wanted)
            phrases.extend(number.setdefault(phrase, len(number)) for phrase in here)
            holders.extend([place] * len(here))
            times.extend(here.values())
        by_phrase = np.argsort(phrases, kind="stable")
        self._number: Mapping[NormalisedPhrase, int] = number
        self._bounds = np.searchsorted(np.asarray(phrases)[by_phrase], np.arange(len(number) + 1))
        self._holders, self._times = np.asarray(holders)[by_phrase], np.asarray(times)[by_phrase]

    def tokens(self, id_: str) -> TokenisedText:
        """The tokens of an article."""
        return self._packed[id_].unpacked() if id_ in self._packed else tokenise(self.articles[id_])

    def articles_with(self, phrase: NormalisedPhrase) -> Sequence[str]:
        """Sorted ids of the articles in which a keyphrase of the collection occurs."""
        return [self._ids[place] for place in self._holders[self._places(phrase)].tolist()]

    def times(self, phrase: NormalisedPhrase) -> Mapping[str, int]:
        """The same ids, each with the number of occurrences."""
        return dict(zip(self.articles_with(phrase), self._times[self._places(phrase)].tolist(), strict=True))

    def _places(self, phrase: NormalisedPhrase) -> slice:
        """Where the articles of a phrase stand in the columns."""
        number = self._number.get(phrase)
        return slice(0) if number is None else slice(*self._bounds[number : number + 2].tolist())

    def spelling(self, text: str) -> str:
        """A phrase as most articles spell it; spellings differ in case and full stops only ("US" and "U.S.").

        Cyrillic phrases are given in their base form, as far as the texts show it.
        """
        if text > "\u0400" and (declined := self._declined.get(normalised_phrase(text))):
            return base_form(declined)
        usual = self._usual.get(_spoken(text), text)
        # A word that only begins sentences and headlines with a capital is no name.
        return usual.lower() if usual.istitle() and self._in_small[normalised_phrase(usual)] > 0 else usual


def _usual_spellings(keyphrases: Mapping[str, Sequence[Keyphrase]]) -> dict[str, str]:
    """The words of a phrase → the spelling that most articles have."""
    usual: dict[str, tuple[int, str]] = {}
    for text, times in Counter(phrase.text for phrases in keyphrases.values() for phrase in phrases).items():
        spoken = _spoken(text)
        before, other = usual.get(spoken, (0, ""))
        if times > before or (times == before and text.swapcase() < other.swapcase()):
            usual[spoken] = times, text
    return {spoken: text for spoken, (_, text) in usual.items()}


def _spoken(text: str) -> str:
    """The words of a phrase, which all its spellings have in common."""
    return " ".join(written_words(text)).casefold()


def _phrases_of(
    tokens: TokenisedText,
    words: Sequence[str],
    wanted: Mapping[NormalisedPhrase, NormalisedPhrase],
    longest: Mapping[str, int],
) -> Iterator[tuple[int, int, NormalisedPhrase]]:
    """The first word of every phrase that is wanted, the one after its last, and the phrase."""
    breaks = tokens.breaks
    for start, word in enumerate(words):
        if word not in longest:
            continue
        for width in range(1, longest[word] + 1):
            # The last entry of the breaks is the end of the text.
            if width > 1 and breaks[start + width - 1]:
                break
            phrase = tuple(words[start : start + width])
            if phrase in wanted:
                yield start, start + width, wanted[phrase]


def _names_alone(tokens: TokenisedText) -> Iterator[int]:
    """Indices of the words that are a complete name."""
    named, breaks = tokens.named, tokens.breaks
    for i, is_name in enumerate(named):
        joined = (i > 0 and named[i - 1] and not breaks[i]) or (
            i + 1 < len(named) and named[i + 1] and not breaks[i + 1]
        )
        if is_name and not joined:
            yield i
