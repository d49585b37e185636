"""Articles by all that they say: every word and every pair of neighbouring words, weighted by rarity.

Keyphrase words tell what an article is about, the others tell which happening: who said what, where, and how many.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from digestgen.analyse.text_words import TextWords, plain_form, telling_stem
from digestgen.analyse.vectors import VectorSettings, general_rarity, unit_rows

_MOST_COMMON = 0.2
"""A term of a larger share of the articles tells none of them apart."""
_NO_WORD: Final = -1


def word_vectors(said: Sequence[TextWords], settings: VectorSettings) -> sparse.csr_array:
    """One unit row an article: (1 + log tf) · idf of the stems of its words and of pairs of them, function words aside.

    The idf of a word is multiplied by its rarity in general language, as that of keyphrase words is; a pair is as rare
    as the rarer of its words. What stands in one article only compares nothing and is left out.
    """
    stems, texts, forms = _numbered(said)
    # A word comes before the pairs that it opens, as in a dictionary.
    step = len(stems) + 1
    counted = [
        np.unique(np.concatenate([text * step, text[:-1] * step + text[1:] + 1]), return_counts=True) for text in texts
    ]
    terms, frequency = np.unique(_joined([codes for codes, _ in counted]), return_counts=True)
    told = (frequency >= 2) & (frequency <= max(2, _MOST_COMMON * len(said)))
    terms, frequency = terms[told], frequency[told]
    first, second = terms // step, terms % step - 1
    known = np.unique(np.concatenate([first, second[second >= 0]])).tolist()
    length = float(np.median([len(text) for text in texts])) if texts else 0.0
    languages = sorted({text.language for text in said})
    words = [stems[number] for number in known]
    rarities = general_rarity(words, {word: sorted(forms[word]) for word in words}, languages, length)
    power = settings.prior * settings.prior_fades / (settings.prior_fades + len(said))
    general = np.zeros(step)
    general[known] = [rarity**power for rarity in rarities]
    # Of a lone word, the second is the last number of all, which is no word.
    rarest = np.maximum(general[first], general[second])
    weight = _table(lambda holders: 1 + math.log((1 + len(said)) / (1 + holders)), frequency) * rarest
    indptr, indices, values = [0], list[NDArray[np.intp]](), list[NDArray[np.float64]]()
    for codes, times in counted:
        column = np.searchsorted(terms, codes)
        there = column < len(terms)
        there[there] = terms[column[there]] == codes[there]
        indices.append(column[there])
        values.append(_table(lambda count: 1.0 + math.log(count), times[there]) * weight[column[there]])
        indptr.append(indptr[-1] + len(indices[-1]))
    rows = (np.concatenate([*values, np.empty(0)]), _joined(indices), indptr)
    return unit_rows(sparse.csr_array(rows, shape=(len(said), len(terms)), dtype=np.float64))


def _numbered(
    said: Sequence[TextWords],
) -> tuple[list[str], list[NDArray[np.int64]], dict[str, set[str]]]:
    """All stems in order, each text as the numbers of its stems, and in which forms each stem stands."""
    number: dict[str, int] = {}
    forms: dict[str, set[str]] = {}
    texts: list[NDArray[np.int64]] = []
    for text in said:
        of_form = np.full(len(text.forms), _NO_WORD, dtype=np.int64)
        for place, word in enumerate(text.forms):
            term = telling_stem(word, text.language)
            if term:
                of_form[place] = number.setdefault(term, len(number))
                forms.setdefault(term, set()).add(plain_form(word))
        numbers = of_form[text.order]
        texts.append(numbers[numbers != _NO_WORD])
    stems = sorted(number)
    rank = np.empty(len(stems), dtype=np.int64)
    rank[[number[term] for term in stems]] = np.arange(len(stems))
    return stems, [rank[text] for text in texts], forms


def _table(function: Callable[[int], float], numbers: NDArray[np.int64]) -> NDArray[np.float64]:
    """A function of whole numbers, by the C library on every machine, asked once for each."""
    different, place = np.unique(numbers, return_inverse=True)
    return np.array([function(number) for number in different.tolist()], dtype=np.float64)[place]


def _joined(parts: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    return np.concatenate([*parts, np.empty(0, dtype=np.int64)])
