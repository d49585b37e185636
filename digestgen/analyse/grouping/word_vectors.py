"""Articles by all that they say: every word and every pair of neighbouring words, weighted by rarity.

Keyphrase words tell what an article is about, the others tell which happening: who said what, where, and how many.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from digestgen.analyse.common_elements import common_codes, places_in
from digestgen.analyse.grouping.term_vectors import VectorSettings, general_rarity, joined, table, unit_rows
from digestgen.analyse.grouping.text_words import PackedWords, plain_form, telling_stem

_MOST_COMMON = 0.2
"""A term of a larger share of the articles tells none of them apart."""
_NO_WORD: Final = -1


def word_vectors(said: Sequence[PackedWords], settings: VectorSettings) -> sparse.csr_array:
    """One unit row an article: (1 + log tf) · idf of the stems of its words and of pairs of them, function words aside.

    The idf of a word is multiplied by its rarity in general language, as that of keyphrase words is; a pair is as rare
    as the rarer of its words. What stands in one article only compares nothing and is left out.
    """
    stems, texts, forms = _numbered(said)
    # A word comes before the pairs that it opens, as in a dictionary.
    step = len(stems) + 1
    counted = [_counted(text.astype(np.int64), step) for text in texts]
    most = max(2, int(_MOST_COMMON * len(said)))
    terms, frequency = common_codes([codes for codes, _ in counted], most)
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
    weight = table(lambda holders: 1 + math.log((1 + len(said)) / (1 + holders)), frequency) * rarest
    indptr, indices, values = [0], list[NDArray[np.int32]](), list[NDArray[np.float64]]()
    for codes, times in counted:
        column, there = places_in(terms, codes)
        indices.append(column.astype(np.int32))
        values.append(table(lambda count: 1.0 + math.log(count), times[there]) * weight[column])
        indptr.append(indptr[-1] + len(indices[-1]))
    rows = (joined(values, np.float64), joined(indices, np.int32), indptr)
    return unit_rows(sparse.csr_array(rows, shape=(len(said), len(terms)), dtype=np.float64))


def _counted(text: NDArray[np.int64], step: int) -> tuple[NDArray[np.int64], NDArray[np.uint16]]:
    """The words and pairs of a text, as codes in order, and how often each stands there: up to 65,535 times."""
    codes, times = np.unique(np.concatenate([text * step, text[:-1] * step + text[1:] + 1]), return_counts=True)
    return codes, np.minimum(times, np.iinfo(np.uint16).max).astype(np.uint16)


def _numbered(
    said: Sequence[PackedWords],
) -> tuple[list[str], list[NDArray[np.int32]], dict[str, set[str]]]:
    """All stems in order, each text as the numbers of its stems, and in which forms each stem stands."""
    number: dict[str, int] = {}
    forms: dict[str, set[str]] = {}
    known: dict[str, dict[str, int]] = {}
    texts: list[NDArray[np.int32]] = []
    for text in map(PackedWords.unpacked, said):
        of_word = known.setdefault(text.language, {})
        for word in text.forms:
            # Most words have stood in a text before.
            if word not in of_word:
                term = telling_stem(word, text.language)
                of_word[word] = number.setdefault(term, len(number)) if term else _NO_WORD
                if term:
                    forms.setdefault(term, set()).add(plain_form(word))
        of_form = np.array([of_word[word] for word in text.forms], dtype=np.int32)
        numbers = of_form[text.order]
        texts.append(numbers[numbers != _NO_WORD])
    stems = sorted(number)
    rank = np.empty(len(stems), dtype=np.int32)
    rank[[number[term] for term in stems]] = np.arange(len(stems))
    return stems, [rank[text] for text in texts], forms
