"""Match rules with articles.

A keyword matches whole words, ignoring case and quotation marks: ``missile`` finds "Missiles" and "missile's", but not
"missilery". In scripts without spaces between words, or with particles attached to words, it matches anywhere.
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

# Thai, Lao, Tibetan, Burmese, Khmer, Japanese, Chinese; and Korean, which has spaces but attaches particles to words.
_UNSPACED = re.compile("[\u0e00-\u0fff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u318f\u31a0-\u9fff"
                      "\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]+")  # fmt: skip
_INSIDE_WORDS = re.compile("[-.&'_]")
_DAY_OR_MONTH = re.compile(r"-\d{4}-\d{2}(?:-\d{2})?$")
_GAP = ""
"""Separates texts, so that no phrase matches across them."""

_Forms = tuple[str, str]
"""A word as written, and without its ending."""


class RuleIndex:
    """Matching rules of each article, in the order written; every article is read once."""

    def __init__(self, rules: Iterable[Rule], articles: Iterable[Article]) -> None:
        self._matcher = _Matcher(tuple(rules))
        self._matching = {article.id: self._matcher.matching(article) for article in articles}

    def matching(self, article: Article) -> tuple[Rule, ...]:
        """All rules that match an article; for articles given at construction, as they were then."""
        found = self._matching.get(article.id)
        return self._matcher.matching(article) if found is None else found

    def unused(self) -> tuple[Rule, ...]:
        """Rules that match none of the articles given at construction, in the order written."""
        used = {rule for fitting in self._matching.values() for rule in fitting}
        return tuple(rule for rule in self._matcher.rules if rule not in used)

    def visibility_rule(self, article: Article) -> Rule | None:
        """The first matching rule that decides whether an article is shown."""
        return next((rule for rule in self.matching(article) if rule.hide is not None), None)

    def topic_rule(self, article: Article) -> Rule | None:
        """The first matching rule that decides the topic of an article."""
        return next((rule for rule in self.matching(article) if rule.topic is not None), None)


def matches(rule: Rule, article: Article) -> bool:
    """Whether a rule matches an article. ``RuleIndex`` is faster for many."""
    return bool(_Matcher((rule,)).matching(article))


def match_key(rule: Rule) -> tuple[str, ...]:
    """Criterion of a rule in a form that is equal for rules that always match the same articles."""
    key, value = rule.criterion
    if key != "keyword":
        return key, _comparable(value)
    return (key, _comparable(value)) if _may_stand_anywhere(value) else (key, *_keyword_forms(value))


class _Matcher:
    """Rules, indexed for fast matching."""

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
                phrase = _keyword_forms(value)
                self._phrases[phrase[0]].append((phrase, place))
                self._longest = max(self._longest, len(phrase))

    def matching(self, article: Article) -> tuple[Rule, ...]:
        """Rules that match an article, in the order written."""
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
            for run in _UNSPACED.split(text):
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
                if _starts_with(ahead[part:], phrase):
                    yield place

    def _anywhere_in(self, texts: Iterable[str]) -> Iterator[int]:
        if not self._anywhere:
            return
        read = [straighten(text) for text in texts]
        for sought, place in self._anywhere:
            if any(sought in text for text in read):
                yield place


def _starts_with(read: Sequence[_Forms], phrase: Sequence[str]) -> bool:
    return len(read) >= len(phrase) and all(word in forms for word, forms in zip(phrase, read, strict=False))


@lru_cache(maxsize=20_000)
def _forms(word: str) -> tuple[_Forms, ...]:
    """Parts of a word joined by hyphens or underscores ("pro-kremlin"), each in both forms."""
    parts = [part for part in _INSIDE_WORDS.split(straighten(word).removesuffix("'s").removesuffix("'")) if part]
    if all(len(part) == 1 for part in parts):
        parts = ["".join(parts)]  # an abbreviation: "u.s", "r&d"
    return tuple((part, fold(part)) for part in parts)


def _keyword_forms(keyword: str) -> tuple[str, ...]:
    """Words of a keyword, each in the form to search for.

    Cyrillic words are searched without case endings. Plurals are searched as written: "the Times" is not "the time".
    """
    forms = (each for word in words(_caseless(keyword)) for each in _forms(word))
    return tuple(stem if whole > "\u0400" else whole for whole, stem in forms)


def _may_stand_anywhere(keyword: str) -> bool:
    """Whether a keyword matches anywhere: scripts without spaces, or with vowel signs, such as Hindi."""
    text = _caseless(keyword)
    return _UNSPACED.search(text) is not None or any(unicodedata.category(char).startswith("M") for char in text)


def _comparable(text: str) -> str:
    """Normalise case and quotation marks."""
    return straighten(_caseless(text))


def _caseless(text: str) -> str:
    """Normalise case, and characters that look alike, such as joiners and wide letters."""
    if text.isascii():
        return text.casefold()
    return unicodedata.normalize("NFKC", text).casefold().replace("\u200c", "").replace("\u200d", "")


def _feeds(seed: str) -> set[str]:
    """Names of a seed as a feed: with and without ending, date and folder."""
    name = _comparable(seed)
    bare, stem = bare_name(name), PurePosixPath(name).stem
    return {name, bare, stem, *(_DAY_OR_MONTH.sub("", each) for each in (bare, stem))}
