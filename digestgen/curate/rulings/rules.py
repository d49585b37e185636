"""Which articles a rule fits.

A keyword stands in an article as whole words, whatever their case and their quotation marks: ``missile`` finds
"Missiles" and "missile's", but not "missilery". In scripts that do not part words by spaces, or that hang endings on
them, it may stand anywhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import PurePosixPath

from digestgen.curate.rulings.rulings import Rule
from digestgen.language.text import fold, straighten, words
from digestgen.model import Article
from digestgen.seed_kinds import bare_name

# Thai, Lao, Tibetan, Burmese, Khmer, Japanese, Chinese; and Korean, which has spaces, but writes particles to the word.
_RUNS_ON = re.compile("[\u0e00-\u0fff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u318f\u31a0-\u9fff"
                      "\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]+")  # fmt: skip
_INSIDE_WORDS = re.compile("[-.&']")
_DAY_OR_MONTH = re.compile(r"-\d{4}-\d{2}(?:-\d{2})?$")
_GAP = ""
"""A word that no phrase has: between two texts, so that none is found across."""

_Forms = tuple[str, str]
"""A word as it stands, and without its ending."""


class RuleIndex:
    """The rules that fit each article, in the order written; every article is read once."""

    def __init__(self, rules: Iterable[Rule], articles: Iterable[Article]) -> None:
        self._reader = _Reader(tuple(rules))
        self._fitting = {article.id: self._reader.fitting(article) for article in articles}

    def fitting(self, article: Article) -> tuple[Rule, ...]:
        """All rules that fit an article; of one of those given at first, they go by what it was then."""
        found = self._fitting.get(article.id)
        return self._reader.fitting(article) if found is None else found

    def idle(self) -> tuple[Rule, ...]:
        """The rules that fit none of the articles given at first, in the order written."""
        used = {rule for fitting in self._fitting.values() for rule in fitting}
        return tuple(rule for rule in self._reader.rules if rule not in used)

    def hiding(self, article: Article) -> Rule | None:
        """The rule that says whether an article is shown: the first that fits and says so."""
        return next((rule for rule in self.fitting(article) if rule.hide is not None), None)

    def sending(self, article: Article) -> Rule | None:
        """The rule that says which topic an article belongs to: the first that fits and says so."""
        return next((rule for rule in self.fitting(article) if rule.topic is not None), None)


def matches(rule: Rule, article: Article) -> bool:
    """Whether a rule fits an article. For many of both, ``RuleIndex`` is faster."""
    return bool(_Reader((rule,)).fitting(article))


def same_for(rule: Rule) -> tuple[str, ...]:
    """What a rule goes by, in a form that is equal for two that always fit the same articles."""
    key, value = rule.criterion
    if key != "keyword":
        return key, _comparable(value)
    return (key, _comparable(value)) if _may_stand_anywhere(value) else (key, *_sought(value))


class _Reader:
    """Rules, arranged so that an article finds those that may fit it."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = rules
        self._names: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        self._phrases: defaultdict[str, list[tuple[tuple[str, ...], int]]] = defaultdict(list)
        self._longest = 0
        self._seen: set[str] = set()
        self._starts: set[str] = set()
        self._anywhere: list[tuple[str, int]] = []
        for place, rule in enumerate(rules):
            key, value = rule.criterion
            if key != "keyword":
                self._names[key, _comparable(value)].append(place)
            elif _may_stand_anywhere(value):
                self._anywhere.append((_comparable(value), place))
            else:
                phrase = _sought(value)
                self._phrases[phrase[0]].append((phrase, place))
                self._longest = max(self._longest, len(phrase))

    def fitting(self, article: Article) -> tuple[Rule, ...]:
        """The rules that fit an article, in the order written."""
        found: set[int] = set()
        if self._names:
            named = [("source", _comparable(article.source or "")), *(("feed", name) for name in _feeds(article.seed))]
            found.update(place for name in named for place in self._names.get(name, ()))
        if self._phrases or self._anywhere:
            texts = [_caseless(text) for text in (article.title, article.standfirst or "", *article.paragraphs)]
            found.update(self._phrases_in(texts))
            found.update(self._anywhere_in(texts))
        return tuple(self.rules[place] for place in sorted(found))

    def _phrases_in(self, texts: Iterable[str]) -> Iterator[int]:
        if not self._phrases:
            return
        read: list[str] = []
        for text in texts:
            for run in _RUNS_ON.split(text):
                read += words(run)
                read.append(_GAP)
        there = set(read)
        self._starts.update(word for word in there - self._seen if self._starts_a_phrase(word))
        self._seen |= there
        if starts := there & self._starts:
            for at in (at for at, word in enumerate(read) if word in starts):
                yield from self._phrases_at(at, read)

    def _starts_a_phrase(self, word: str) -> bool:
        return any(form in self._phrases for forms in _forms(word) for form in forms)

    def _phrases_at(self, at: int, read: Sequence[str]) -> Iterator[int]:
        ahead = [forms for word in read[at : at + self._longest] for forms in _forms(word)]
        for part, forms in enumerate(_forms(read[at])):
            for phrase, place in (each for form in set(forms) for each in self._phrases.get(form, ())):
                if _begins(ahead[part:], phrase):
                    yield place

    def _anywhere_in(self, texts: Iterable[str]) -> Iterator[int]:
        if not self._anywhere:
            return
        read = [straighten(text) for text in texts]
        for sought, place in self._anywhere:
            if any(sought in text for text in read):
                yield place


def _begins(read: Sequence[_Forms], phrase: Sequence[str]) -> bool:
    return len(read) >= len(phrase) and all(word in forms for word, forms in zip(phrase, read, strict=False))


@lru_cache(maxsize=200_000)
def _forms(word: str) -> tuple[_Forms, ...]:
    """The words that are joined in one ("pro-kremlin"), each in both its forms."""
    parts = _INSIDE_WORDS.split(straighten(word).removesuffix("'s").removesuffix("'"))
    if all(len(part) == 1 for part in parts):
        parts = ["".join(parts)]  # an abbreviation: "u.s", "r&d"
    return tuple((part, fold(part)) for part in parts)


def _sought(keyword: str) -> tuple[str, ...]:
    """A keyword's words, each in the form that finds it.

    Words in Cyrillic letters are looked for without their case endings. A plural is looked for as it stands: "the
    Times" is not "the time".
    """
    forms = (each for word in words(_caseless(keyword)) for each in _forms(word))
    return tuple(stem if whole > "\u0400" else whole for whole, stem in forms)


def _may_stand_anywhere(keyword: str) -> bool:
    """Whether a keyword is not looked for word by word: where there are no spaces, or, as in Hindi, vowel signs."""
    text = _caseless(keyword)
    return _RUNS_ON.search(text) is not None or any(unicodedata.category(char).startswith("M") for char in text)


def _comparable(text: str) -> str:
    """A clean line without case, and with plain quotation marks."""
    return straighten(_caseless(text))


def _caseless(text: str) -> str:
    """The text without case, and without what the eye cannot tell apart, such as joiners and wide letters."""
    if text.isascii():
        return text.casefold()
    return unicodedata.normalize("NFKC", text).casefold().replace("\u200c", "").replace("\u200d", "")


def _feeds(seed: str) -> set[str]:
    """The names that a seed goes by: with its ending and without, without the date behind its name, and its folder."""
    name = _comparable(seed)
    bare, stem = bare_name(name), PurePosixPath(name).stem
    return {name, bare, stem, *(_DAY_OR_MONTH.sub("", each) for each in (bare, stem))}
