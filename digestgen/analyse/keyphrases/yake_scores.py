"""YAKE's keyphrase scores, reimplemented: each phrase gets the same float as from the package ``yake`` 0.7.3.

Campos et al., "YAKE! Keyword extraction from single documents using multiple local features", Information Sciences 509
(2020). The package spends its time on objects for words and phrases and on a graph between them. Here they are numbers
in lists, and the tokens of each stretch between spaces are cached across texts. Every sum is computed in the package's
order, since the last bit of a score may decide a grouping.

Sentences and words are those of ``segtok``, which looks at whole sentences. It is called for single words, and for a
whole sentence only if the context of a word may matter.
"""

from __future__ import annotations

import math
import re
import string
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np
from segtok.segmenter import ABBREVIATIONS, MAY_CROSS_ONE_LINE, SENTENCE_TERMINALS, split_multi
from segtok.tokenizer import APO_MATCHER, split_contractions, web_tokenizer, word_tokenizer

_REMEMBERED: Final = 20_000
_PUNCTUATION: Final = frozenset(string.punctuation)
_WITHOUT_PUNCTUATION: Final = str.maketrans("", "", string.punctuation)
_OPENS_WITH_CAPITAL: Final = re.compile(r"\s*[A-Z]")
_BRACKET: Final = re.compile(r"[\[\]()]")
# Addresses, entities, hyphenated line breaks, and white space on which Python and segtok differ.
_NEEDS_WHOLE_SENTENCE: Final = re.compile(r"[@&\r\u2028\x1c-\x1f]|://")
_TRAILING_MARKS: Final = frozenset(",;:")
_ELLIPSIS: Final = "..."
_LAST: Final = 3
"""Number of tokens at the end of a sentence among which its full stop is looked for."""
_SHORTEST: Final = 3
"""Characters of the shortest word that may begin or end a phrase."""


@dataclass(frozen=True, slots=True)
class _Word:
    """The context-free properties of a word."""

    lowered: str
    term: str
    """The lower-case word without a plural s, under which its occurrences are counted."""
    is_short: bool
    is_odd: bool
    """A number, or a mix of letters with digits or punctuation, which no phrase contains."""
    is_acronym: bool
    is_capitalised: bool


_Words = tuple[_Word | None, ...]
"""Words of a sentence or of a part of it; None for a token of punctuation."""


def scored_phrases(text: str, stop: Collection[str], most: int) -> list[tuple[str, float]]:
    """Phrases of up to three words in lower case, lowest (best) score first, at most ``most``.

    Equal to ``yake.KeywordExtractor(n=3, window_size=1, dedup_lim=1.0, top=most, stopwords=stop)``.
    """
    terms, runs = _collect(text, stop)
    phrases = _phrases(runs, terms.is_stop)
    pairs = Counter(pair for run in runs for pair in pairwise(number for number, _ in run))
    scored = _phrase_scores(phrases, terms, pairs, _term_scores(terms, pairs))
    return sorted(scored, key=lambda phrase: phrase[1])[:most]


@dataclass(frozen=True, slots=True)
class _Terms:
    """The terms of a text, numbered by first occurrence; every column has one value per term."""

    sentences: int
    is_stop: Sequence[bool]
    times: Sequence[int]
    as_acronym: Mapping[int, int]
    capitalised: Mapping[int, int]
    found_in: Sequence[Sequence[int]]
    """Sentence numbers of each term, ascending."""


_Run = list[tuple[int, str]]
"""Consecutive words that phrases may contain: (term number, lower-case word)."""
_Pairs = Mapping[tuple[int, int], int]
"""How often one term directly precedes another."""


def _collect(text: str, stop: Collection[str]) -> tuple[_Terms, list[_Run]]:
    """The terms of a text, and its runs of words."""
    numbers: dict[str, int] = {}
    is_stop: list[bool] = []
    times: list[int] = []
    found_in: list[list[int]] = []
    as_acronym: Counter[int] = Counter()
    capitalised: Counter[int] = Counter()
    runs: list[_Run] = []
    sentence = -1
    for sentence, words in enumerate(map(_words_of_sentence, _sentences(text))):
        runs.append([])
        for position, word in enumerate(words):
            if word is None:
                runs.append([])
                continue
            number = numbers.setdefault(word.term, len(times))
            if number == len(times):
                # The first occurrence decides whether a term is a function word ("does" and "doe" are one term).
                is_stop.append(word.is_short or word.lowered in stop or word.term in stop)
                times.append(0)
                found_in.append([])
            times[number] += 1
            found_in[number].append(sentence)
            if word.is_odd:
                runs.append([])
                continue
            runs[-1].append((number, word.lowered))
            if word.is_acronym:
                as_acronym[number] += 1
            elif word.is_capitalised and position:
                capitalised[number] += 1
    each_once = [list(dict.fromkeys(places)) for places in found_in]
    return _Terms(sentence + 1, is_stop, times, as_acronym, capitalised, each_once), runs


def _phrases(runs: Iterable[_Run], is_stop: Sequence[bool]) -> dict[str, tuple[int, tuple[int, ...]]]:
    """Each phrase with its number of occurrences and its terms, by first occurrence.

    A phrase neither begins nor ends with a function word, but may contain one.
    """
    found: dict[str, tuple[int, tuple[int, ...]]] = {}

    def add(phrase: str, *terms: int) -> None:
        found[phrase] = (found[phrase][0] + 1, terms) if phrase in found else (1, terms)

    for run in runs:
        for at, (number, word) in enumerate(run):
            if is_stop[number]:
                continue
            add(word, number)
            if at > 0:
                before, word_before = run[at - 1]
                if not is_stop[before]:
                    add(f"{word_before} {word}", before, number)
                if at > 1 and not is_stop[run[at - 2][0]]:
                    add(f"{run[at - 2][1]} {word_before} {word}", run[at - 2][0], before, number)
    return found


def _term_scores(terms: _Terms, pairs: _Pairs) -> list[float]:
    """Score of each term; 0 for function words, whose score is not used."""
    frequencies = np.array([times for times, stop in zip(terms.times, terms.is_stop, strict=True) if not stop], float)
    if not frequencies.size:
        return [0.0] * len(terms.times)
    expected = float(frequencies.mean() + frequencies.std())
    most = max(terms.times)
    after, before = [0] * len(terms.times), [0] * len(terms.times)
    neighbours_after, neighbours_before = after.copy(), before.copy()
    for (left, right), times in pairs.items():
        after[left] += times
        before[right] += times
        neighbours_after[left] += 1
        neighbours_before[right] += 1
    scores = []
    for number, (stop, times) in enumerate(zip(terms.is_stop, terms.times, strict=True)):
        if stop:
            scores.append(0.0)
            continue
        share = times / most
        to_the_left = neighbours_before[number] / before[number] if before[number] else 0.0
        to_the_right = neighbours_after[number] / after[number] if after[number] else 0.0
        relatedness = (0.5 + to_the_left * share) + (0.5 + to_the_right * share)
        places = terms.found_in[number]
        casing = max(terms.as_acronym[number], terms.capitalised[number]) / (1.0 + math.log(times))
        position = math.log(math.log(3.0 + _median(places)))
        frequency = times / expected
        spread = len(places) / terms.sentences
        scores.append((position * relatedness) / (casing + frequency / relatedness + spread / relatedness))
    return scores


def _median(ordered: Sequence[int]) -> float:
    middle = len(ordered) // 2
    return float(ordered[middle]) if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def _phrase_scores(
    phrases: Mapping[str, tuple[int, tuple[int, ...]]], terms: _Terms, pairs: _Pairs, scores: Sequence[float]
) -> list[tuple[str, float]]:
    """Score of each phrase from those of its terms."""
    found = []
    for phrase, (times, members) in phrases.items():
        product, total = 1.0, 0.0
        for at, term in enumerate(members):
            if terms.is_stop[term]:
                # Only inside a phrase. The likelier it is between these two terms, the less it costs.
                left, right = members[at - 1], members[at + 1]
                likely = (pairs[left, term] / terms.times[left]) * (pairs[term, right] / terms.times[right])
                product *= 1 + (1 - likely)
                total -= 1 - likely
            else:
                product *= scores[term]
                total += scores[term]
        found.append((phrase, product / ((total + 1) * times)))
    return found


def _sentences(text: str) -> Iterator[str]:
    """Sentences of a text, as YAKE splits it with segtok."""
    line = text.replace("\n", " ").replace("\t", " ")
    # YAKE puts an empty line before a text that begins with a capital, and a space before any other.
    if not _OPENS_WITH_CAPITAL.match(line):
        line = " " + line
    for piece, is_one in ((line, False),) if _BRACKET.search(line) else _certain_splits(line):
        for sentence in (piece,) if is_one else split_multi(piece):
            if stripped := sentence.strip():
                yield stripped


def _certain_splits(line: str) -> Iterator[tuple[str, bool]]:
    """Pieces of a text without brackets between which segtok splits whatever else they contain.

    With each, whether it is certainly a single sentence.
    """
    pieces = MAY_CROSS_ONE_LINE.split(line)
    start = 0
    for at in range(1, len(pieces), 2):
        before, after = pieces[at - 1], pieces[at + 1]
        if after[:1].isupper() and _ends_sentence(before[before.rfind(" ") + 1 :]):
            yield "".join(pieces[start : at + 1]), at == start + 1
            start = at + 1
    yield "".join(pieces[start:]), start + 1 == len(pieces)


@lru_cache(_REMEMBERED)
def _ends_sentence(word: str) -> bool:
    """Whether a full stop after this word and before a capital certainly ends the sentence: no initial or number."""
    return (
        len(word) > 1
        and word[-2:].isalpha()
        and unicodedata.category(word[-1]) != "Lm"
        and not ABBREVIATIONS.search(word)
    )


def _words_of_sentence(sentence: str) -> Iterable[_Word | None]:
    """The words of a sentence."""
    if _NEEDS_WHOLE_SENTENCE.search(sentence):
        return _words_from(web_tokenizer(sentence))
    parts = sentence.split()
    words: list[_Word | None] = []
    last = _words_of_last(parts[-1])
    for part in parts[: -1 if last is not None else -_LAST]:
        words += _words_of(part)
    if last is None:
        tokens, _ = _with_final_stop_split([token for part in parts[-_LAST:] for token in _raw_tokens(part)])
        last = _words_from(_with_trailing_marks_split(tokens))
    words += last
    return words


@lru_cache(_REMEMBERED)
def _words_of(part: str) -> _Words:
    """The words of a stretch between two spaces."""
    return _words_from(_with_trailing_marks_split(_raw_tokens(part)))


@lru_cache(_REMEMBERED)
def _words_of_last(part: str) -> _Words | None:
    """The same at the end of a sentence; None if they depend on what precedes."""
    tokens, is_certain = _with_final_stop_split(_raw_tokens(part))
    return _words_from(_with_trailing_marks_split(tokens)) if is_certain else None


def _raw_tokens(part: str) -> list[str]:
    """The non-empty tokens of segtok."""
    return [token for token in word_tokenizer.split(part) if token]


def _with_final_stop_split(tokens: list[str]) -> tuple[list[str], bool]:
    """The tokens with the full stop of their sentence split off, and whether preceding tokens could not change that.

    The stop is looked for in the last token that is a word or contains a stop, if it is among the last three.
    """
    for at in range(len(tokens) - 1, max(-1, len(tokens) - 1 - _LAST), -1):
        token = tokens[at]
        is_word = word_tokenizer.match(token) and not APO_MATCHER.match(token)
        if not is_word and not any(stop in token for stop in SENTENCE_TERMINALS):
            continue
        if len(token) == 1 or token == _ELLIPSIS:
            return tokens, True
        if token[-1] in SENTENCE_TERMINALS:
            return [*tokens[:at], token[:-1], token[-1], *tokens[at + 1 :]], True
        if token[0] in SENTENCE_TERMINALS:
            return [*tokens[:at], token[0], token[1:], *tokens[at + 1 :]], True
        return tokens, True
    return tokens, len(tokens) >= _LAST


def _with_trailing_marks_split(tokens: Iterable[str]) -> list[str]:
    """The tokens with trailing commas, semicolons and colons split off."""
    split: list[str] = []
    for token in tokens:
        end = len(token)
        while end > 1 and token[end - 1] in _TRAILING_MARKS:
            end -= 1
        split += (token[:end], *token[end:])
    return split


def _words_from(tokens: list[str]) -> _Words:
    """The words of the tokens, without what segtok splits off at an apostrophe ("'s")."""
    return tuple(
        None if _PUNCTUATION.issuperset(token) else _word(token)
        for token in split_contractions(tokens)
        if token and not (len(token) > 1 and token[0] == "'")
    )


@lru_cache(_REMEMBERED)
def _word(token: str) -> _Word:
    """Analyse a token."""
    lowered = token.lower()
    term = lowered[:-1] if len(lowered) > 3 and lowered[-1] == "s" else lowered
    without_commas = token.replace(",", "")
    is_number = without_commas.isdigit() or without_commas.replace(".", "", 1).isdigit()
    has_digits, has_letters = any(map(str.isdigit, token)), any(map(str.isalpha, token))
    is_odd = is_number or has_digits == has_letters or sum(map(_PUNCTUATION.__contains__, token)) > 1
    is_acronym = not is_odd and token.isupper()
    return _Word(
        lowered,
        term,
        is_short=len(term.translate(_WITHOUT_PUNCTUATION)) < _SHORTEST,
        is_odd=is_odd,
        is_acronym=is_acronym,
        is_capitalised=not is_odd and not is_acronym and token[0].isupper() and sum(map(str.isupper, token)) == 1,
    )
