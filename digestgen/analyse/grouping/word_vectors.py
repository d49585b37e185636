"""Vectors of all words and pairs of neighbouring words, weighted by rarity.

Keyphrase words show what an article is about; all words show which event it reports: who said what, where, how many.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from digestgen.analyse.common_elements import common_codes, places_in
from digestgen.analyse.grouping.term_vectors import VectorSettings, general_rarity, joined, table, unit_rows
from digestgen.analyse.grouping.text_words import PackedWords, content_stem, plain_form

_MOST_COMMON = 0.2
"""Terms in a larger share of the articles are left out: they distinguish none."""
_NO_WORD: Final = -1


def word_vectors(said: Sequence[PackedWords], settings: VectorSettings) -> sparse.csr_array:
    """One unit row per article: (1 + log tf) · idf of its stems and of pairs of them, without function words.

    The idf of a word is multiplied by its rarity in general language, as for keyphrase words; a pair is as rare as the
    rarer of its words. Terms of a single article are left out, as they compare nothing.
    """
    numbered = _Numbered.of(said)
    stems, texts = numbered.stems, numbered.texts
    # A word comes before the pairs that it opens, as in a dictionary.
    step = len(stems) + 1
    counted = [_counted(text.astype(np.int64), step) for text in texts]
    most = max(2, int(_MOST_COMMON * len(said)))
    terms, frequency = common_codes([codes for codes, _ in counted], most)
    first, second = terms // step, terms % step - 1
    known = np.unique(np.concatenate([first, second[second >= 0]]))
    length = float(np.median([len(text) for text in texts])) if texts else 0.0
    languages = sorted({text.language for text in said})
    words = [stems[number] for number in known.tolist()]
    rarities = general_rarity(words, numbered.forms(known), languages, length)
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
    """Sorted codes of the words and pairs of a text, and how often each occurs: up to 65,535 times."""
    codes, times = np.unique(np.concatenate([text * step, text[:-1] * step + text[1:] + 1]), return_counts=True)
    return codes, np.minimum(times, np.iinfo(np.uint16).max).astype(np.uint16)


@dataclass(frozen=True, slots=True, eq=False)
class _Numbered:
    """Texts as numbers of stems."""

    stems: list[str]
    """In order."""
    texts: list[NDArray[np.int32]]
    """The stem numbers of each text, function words left out."""
    numbers: Mapping[str, Mapping[str, int]]
    """Language → word as written → its stem number; ``_NO_WORD`` for a function word."""

    @classmethod
    def of(cls, said: Sequence[PackedWords]) -> _Numbered:
        number: dict[str, int] = {}
        known: dict[str, dict[str, int]] = {}
        texts: list[NDArray[np.int32]] = []
        for text in map(PackedWords.unpacked, said):
            of_word = known.setdefault(text.language, {})
            for word in text.forms:
                # Most words have stood in a text before.
                if word not in of_word:
                    term = content_stem(word, text.language)
                    of_word[word] = number.setdefault(term, len(number)) if term else _NO_WORD
            of_form = np.array([of_word[word] for word in text.forms], dtype=np.int32)
            numbers = of_form[text.order]
            texts.append(numbers[numbers != _NO_WORD])
        stems = sorted(number)
        rank = np.empty(len(stems) + 1, dtype=np.int32)
        rank[[number[term] for term in stems]] = np.arange(len(stems))
        rank[_NO_WORD] = _NO_WORD
        ranks = rank.tolist()
        for of_word in known.values():
            for word, place in of_word.items():
                of_word[word] = ranks[place]
        return cls(stems, [rank[text] for text in texts], known)

    def forms(self, wanted: NDArray[np.int64]) -> dict[str, list[str]]:
        """For some stems, by number, the forms that they have in the texts, sorted."""
        found: dict[int, set[str]] = {number: set() for number in wanted.tolist()}
        for of_word in self.numbers.values():
            for word, number in of_word.items():
                if number in found:
                    found[number].add(plain_form(word))
        return {self.stems[number]: sorted(forms) for number, forms in found.items()}
