"""In which articles a phrase stands, and how often, whether or not it is one of their keyphrases."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from digestgen.analyse.keyphrases.base_form import base_form
from digestgen.analyse.keyphrases.surnames import FullNames
from digestgen.analyse.keyphrases.tokens import PackedReading, Reading, read
from digestgen.language.phrase_matching import written
from digestgen.language.phrases import Folded, folded_phrase
from digestgen.language.stop_words import stop_words
from digestgen.language.text import fold
from digestgen.model import Article, Keyphrase

_LONGEST: Final = 6


class KeyphraseIndex:
    """A collection by its keyphrases: in which articles each stands. Made once, because it reads every article.

    A full name also stands where its surname alone stands for it.
    """

    def __init__(
        self,
        articles: Mapping[str, Article],
        keyphrases: Mapping[str, Sequence[Keyphrase]],
        names: FullNames,
        packed: Mapping[str, PackedReading] = MappingProxyType({}),
    ) -> None:
        """``packed`` are the readings of those that have been read already, by id."""
        self.articles = articles
        self._packed = packed
        self.keyphrases = keyphrases
        self.names = names
        self._variants = _variants(keyphrases)
        texts = sorted({phrase.text for phrases in keyphrases.values() for phrase in phrases})
        # Every form that a phrase is called by in texts → the phrase as it is compared.
        wanted = {folded_phrase(form): folded_phrase(text) for text in texts for form in names.aliases.forms(text)}
        wanted |= {phrase: phrase for text in texts if (phrase := folded_phrase(text))}
        wanted.pop((), None)
        longest: dict[str, int] = {}
        for phrase in wanted:
            longest[phrase[0]] = min(max(longest.get(phrase[0], 0), len(phrase)), _LONGEST)
        self.lengths: dict[str, int] = {}
        """Article id → how many words of it are read."""
        self._holders: dict[Folded, list[str]] = {}
        # Beside the holders and in the same order: a table for each phrase would be ten times as large.
        self._times: dict[Folded, list[int]] = {}
        self._declined: dict[Folded, Counter[str]] = defaultdict(Counter)
        """The forms of phrases in Cyrillic letters, as texts that readers see have them."""
        self._in_small: Counter[Folded] = Counter()
        """For phrases of one word, how many more of those texts have them in small letters than with a capital."""
        for id_ in sorted(articles):
            reading = self.reading(id_)
            words = [fold(key) for key in reading.keys]
            self.lengths[id_] = len(words)
            here: Counter[Folded] = Counter()
            letters: Counter[Folded] = Counter()
            small = stop_words(articles[id_].language)
            for start, end, phrase in _phrases_of(reading, words, wanted, longest):
                if end - start == 1 and reading.keys[start] in small and not reading.named[start]:
                    # "WHO" does not stand where somebody says "who".
                    continue
                here[phrase] += 1
                if end - start == 1 and id_ in keyphrases and not reading.vague[start]:
                    letters[phrase] += 1 if reading.words[start].islower() else -1
                if words[start] > "\u0400" and id_ in keyphrases and not any(reading.vague[start:end]):
                    self._declined[phrase][" ".join(reading.words[start:end])] += 1
            self._in_small.update({phrase: 1 if more > 0 else -1 for phrase, more in letters.items() if more})
            own = names.own.get(id_, {})
            alone = (reading.words[i] for i in _names_alone(reading))
            meant = (folded_phrase(names.of(id_, name)) for name in alone if own.get(name))
            here.update(full for full in meant if full in wanted)
            for phrase, times in here.items():
                self._holders.setdefault(phrase, []).append(id_)
                self._times.setdefault(phrase, []).append(times)

    def reading(self, id_: str) -> Reading:
        """The words of an article."""
        return self._packed[id_].unpacked() if id_ in self._packed else read(self.articles[id_])

    def articles_with(self, phrase: Folded) -> Sequence[str]:
        """The ids of the articles that a keyphrase of the collection stands in, sorted."""
        return self._holders.get(phrase, ())

    def times(self, phrase: Folded) -> Mapping[str, int]:
        """The same articles, each with how many times the phrase stands in it."""
        return dict(zip(self.articles_with(phrase), self._times.get(phrase, ()), strict=True))

    def spelling(self, text: str) -> str:
        """A phrase as most articles write it; only case and stops may differ ("US" and "U.S.").

        In Cyrillic letters, in its base form as far as the texts show one.
        """
        if text > "\u0400" and (declined := self._declined.get(folded_phrase(text))):
            return base_form(declined)
        forms = self._variants.get(_spoken(text))
        usual = min(forms, key=lambda form: (-forms[form], form.swapcase())) if forms else text
        # A word that only begins sentences and headlines with a capital is no name.
        return usual.lower() if usual.istitle() and self._in_small[folded_phrase(usual)] > 0 else usual


def _variants(keyphrases: Mapping[str, Sequence[Keyphrase]]) -> dict[str, Counter[str]]:
    variants: dict[str, Counter[str]] = defaultdict(Counter)
    for id_ in sorted(keyphrases):
        for phrase in keyphrases[id_]:
            variants[_spoken(phrase.text)][phrase.text] += 1
    return variants


def _spoken(text: str) -> str:
    """What the spellings of a phrase have in common: its words, so that what holds one of them holds each."""
    return " ".join(written(text)).casefold()


def _phrases_of(
    reading: Reading, words: Sequence[str], wanted: Mapping[Folded, Folded], longest: Mapping[str, int]
) -> Iterator[tuple[int, int, Folded]]:
    """The first word of every phrase that is wanted, the one after its last, and the phrase."""
    breaks = reading.breaks
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


def _names_alone(reading: Reading) -> Iterator[int]:
    """The words that are a whole name."""
    named, breaks = reading.named, reading.breaks
    for i, is_name in enumerate(named):
        joined = (i > 0 and named[i - 1] and not breaks[i]) or (
            i + 1 < len(named) and named[i + 1] and not breaks[i + 1]
        )
        if is_name and not joined:
            yield i
