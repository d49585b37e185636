"""Articles as TF-IDF vectors over the words of keyphrases, counted in the whole text.

Only words of some article's keyphrases count, because YAKE has already found which words carry meaning. They are
counted in the whole text, because keyphrases alone are too few to compare by.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from digestgen.analyse.grouping.text_words import PackedWords, plain_form
from digestgen.language.letters import lookup_form
from digestgen.language.stems import stem
from digestgen.language.stop_words import stop_words
from digestgen.language.text import words
from digestgen.language.word_frequency import zipf
from digestgen.model import Article, Keyphrase

# Share of texts assumed for a word in no frequency list: a name, a new word, a misspelling.
_RAREST = 1e-5
_IN_NO_TEXT = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class VectorSettings:
    """How articles become vectors."""

    keyphrases: int = 20
    """Number of keyphrases of each article whose words enter the vocabulary."""
    own_boost: float = 1.5
    """Factor of a word in articles whose own keyphrases contain it."""
    prior: float = 0.5
    """Power of a term's rarity in general language by which its weight is multiplied, in the smallest digest."""
    names: float = 0.5
    """Additional weight of names, as a share, in the smallest digest."""
    prior_fades: float = 1_000.0
    """Number of articles at which that power has halved: the larger a digest, the better it knows what is rare."""
    names_fade: float = 100.0
    """Number of articles at which that has halved: other words then suffice to tell stories apart."""


@dataclass(frozen=True, slots=True, eq=False)
class TermVectors:
    """Articles by terms; rows have unit length, or are zero if the article has none of the terms."""

    matrix: sparse.csr_array
    terms: tuple[str, ...]


def term_vectors(
    articles: Sequence[Article],
    said: Sequence[PackedWords],
    keyphrases: Mapping[str, Sequence[Keyphrase]],
    settings: VectorSettings,
) -> TermVectors:
    """Unit vectors of (1 + log tf) · idf over the stems of keyphrase words.

    The idf is multiplied by what is known of the language: "world" is common and "gymnastics" is not, and names
    distinguish stories. A small digest cannot know either; the larger it grows, the less this counts.
    """
    number: dict[str, int] = {}
    own = [
        np.array(
            [
                number.setdefault(term, len(number))
                for term in own_terms(article, keyphrases.get(article.id, ()), settings.keyphrases)
            ],
            dtype=np.int32,
        )
        for article in articles
    ]
    counted = _counted(said, number.keys())
    terms, columns, times = counted.terms, joined(counted.columns, np.int32), joined(counted.times, np.int32)
    indptr = np.cumsum([0, *map(len, counted.columns)])
    lengths = [int(each.sum()) for each in counted.times]
    typical_length = float(np.median(lengths)) if lengths else 0.0
    languages = sorted({article.language for article in articles})
    power = settings.prior * settings.prior_fades / (settings.prior_fades + len(articles))
    name_boost = 1 + settings.names * settings.names_fade / (settings.names_fade + len(articles))
    holders = np.bincount(columns, minlength=len(terms))
    rarity = table(lambda count: 1 + math.log((1 + len(articles)) / (1 + count)), holders)
    rarity *= [general**power for general in general_rarity(terms, counted.forms, languages, typical_length)]
    rarity *= [name_boost if term in counted.names else 1.0 for term in terms]
    column = np.full(len(number), _IN_NO_TEXT)
    column[[number[term] for term in terms]] = np.arange(len(terms))
    places = [row * len(terms) + column[mine][column[mine] != _IN_NO_TEXT] for row, mine in enumerate(own)]
    is_own = np.isin(np.repeat(np.arange(len(own)) * len(terms), np.diff(indptr)) + columns, joined(places, np.int64))
    values = table(lambda count: 1.0 + math.log(count), times) * np.where(is_own, settings.own_boost, 1.0)
    rows = (values * rarity[columns], columns, indptr)
    return TermVectors(unit_rows(sparse.csr_array(rows, shape=(len(articles), len(terms)), dtype=np.float64)), terms)


def own_terms(article: Article, keyphrases: Sequence[Keyphrase], most: int) -> frozenset[str]:
    """The stems of the words of an article's best keyphrases, function words left out."""
    return frozenset(term for phrase in keyphrases[:most] for term in phrase_terms(phrase.text, article.language))


@lru_cache(maxsize=20_000)
def phrase_terms(phrase: str, language: str) -> tuple[str, ...]:
    """The stems of the words of a phrase, function words and single letters left out."""
    stop = stop_words(language)
    stems = (stem(word, language) for word in words(phrase) if lookup_form(word) not in stop)
    return tuple(term for term in stems if len(term) > 1 and term not in stop)


def unit_rows(matrix: sparse.csr_array) -> sparse.csr_array:
    """The rows scaled to unit length; a zero row stays zero."""
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    length[length == 0] = 1
    scale = np.repeat(1 / length, np.diff(matrix.indptr))
    indices, indptr = matrix.indices.astype(np.int32), matrix.indptr.astype(np.int32)
    return sparse.csr_array((matrix.data * scale, indices, indptr), shape=matrix.shape)


@dataclass(frozen=True, slots=True, eq=False)
class _Counted:
    """What stands in some texts of a vocabulary."""

    terms: tuple[str, ...]
    """In order; those that stand in none left out."""
    columns: list[NDArray[np.int32]]
    """Of each text the places of its terms among all, in order."""
    times: list[NDArray[np.int32]]
    """How often each of these stands there."""
    forms: Mapping[str, Sequence[str]]
    """In which each term stands there."""
    names: frozenset[str]
    """The terms that stand with a capital more often than not, sentence beginnings and headlines left out."""


def _counted(said: Sequence[PackedWords], vocabulary: Collection[str]) -> _Counted:
    number: dict[str, int] = {}
    forms: dict[str, set[str]] = {}
    known: dict[str, dict[str, int | None]] = {}
    numbers, times = list[NDArray[np.int32]](), list[NDArray[np.int32]]()
    seen, capital = Counter[str](), Counter[str]()
    for text in map(PackedWords.unpacked, said):
        of_word = known.setdefault(text.language, {})
        count = Counter[int]()
        for word, often in zip(text.forms, text.counts, strict=True):
            # Most words have stood in a text before.
            if word not in of_word:
                term = stem(word, text.language)
                of_word[word] = number.setdefault(term, len(number)) if term in vocabulary else None
                if term in vocabulary:
                    forms.setdefault(term, set()).add(plain_form(word))
            place = of_word[word]
            if place is not None:
                count[place] += often
        numbers.append(np.array([*count], dtype=np.int32))
        times.append(np.array([*count.values()], dtype=np.int32))
        for term, often, capitals in text.inner:
            if term in vocabulary:
                seen[term] += often
                capital[term] += capitals
    terms = sorted(number)
    rank = np.empty(len(terms), dtype=np.int32)
    rank[[number[term] for term in terms]] = np.arange(len(terms))
    columns = [rank[each] for each in numbers]
    orders = [each.argsort() for each in columns]
    return _Counted(
        terms=tuple(terms),
        columns=[each[order] for each, order in zip(columns, orders, strict=True)],
        times=[each[order] for each, order in zip(times, orders, strict=True)],
        forms={term: sorted(found) for term, found in forms.items()},
        names=frozenset(term for term, often in seen.items() if 2 * capital[term] > often),
    )


def table(function: Callable[[int], float], numbers: NDArray[Any]) -> NDArray[np.float64]:
    """A function of whole numbers, by the C library on every machine, asked once for each."""
    different, place = np.unique(numbers, return_inverse=True)
    return np.array([function(number) for number in different.tolist()], dtype=np.float64)[place]


def joined(parts: Sequence[NDArray[Any]], kind: type[np.generic]) -> NDArray[Any]:
    """Arrays of a kind as one, which is empty where there are none."""
    return np.concatenate([*parts, np.empty(0, dtype=kind)])


def general_rarity(
    terms: Sequence[str], forms: Mapping[str, Sequence[str]], languages: Sequence[str], length: float
) -> list[float]:
    """Rarity of each term in the language: 0 if it is in every text of ``length`` words, at most 1.

    Logarithm of the share of texts with any form of it, by language, since a stem may be a word of another language.
    """
    frequencies = [
        max((sum(10 ** (zipf(form, language) - 9) for form in forms[term]) for language in languages), default=0.0)
        for term in terms
    ]
    shares = [max(-math.expm1(-frequency * length), _RAREST) for frequency in frequencies]
    return [math.log(share) / math.log(_RAREST) for share in shares]
