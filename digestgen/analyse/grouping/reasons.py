"""Reasons: the phrases that contributed most to the similarity of an article and a group."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from digestgen.analyse.common_elements import places_in
from digestgen.analyse.grouping.term_vectors import TermVectors, phrase_terms
from digestgen.analyse.grouping.text_words import PackedWords
from digestgen.language.stems import stem
from digestgen.model import Keyphrase

MOST_REASONS = 5
# A term that contributes less than this share of the strongest one explains nothing to a reader.
_LEAST_SHARE = 0.1
_POSSESSIVE = re.compile(r"['’]s?$")


class Explainer:
    """Finds the phrases that connect an article with a group of articles.

    Rows are those of ``vectors``; ``said`` and ``keyphrases`` have the same order, and ``groups`` are lists of rows.
    The contribution of a term to the similarity of a row and a group is its weight in the row times its summed weight
    in the group, without the row itself. Reasons come from rows in ``shown`` only; the others count in the similarity,
    but no phrase of theirs is named.
    """

    def __init__(
        self,
        said: Sequence[PackedWords],
        keyphrases: Sequence[Sequence[Keyphrase]],
        vectors: TermVectors,
        groups: Sequence[Sequence[int]],
        shown: frozenset[int],
    ) -> None:
        self._vectors = vectors
        self._said = said
        self._keyphrases = keyphrases
        self._group = {row: number for number, rows in enumerate(groups) for row in rows}
        self._totals = [_Total.of(vectors.matrix, rows) for rows in groups]
        self._phrase_counts = [
            Counter(terms for row in rows if row in shown for terms in {terms for _, terms in self._phrases(row)})
            for rows in groups
        ]

    def similarity(self, row: int, group: int) -> float:
        """Summed cosine similarity of a row to the other members of a group; 0 for a group below 0."""
        return sum(self._carried(row, group).values())

    def has_common_keyphrase(self, row: int, group: int) -> bool:
        """Whether the row and another member of the group have a keyphrase in common."""
        counts = self._phrase_counts[group]
        others = 2 if self._group.get(row) == group else 1
        return any(counts[terms] >= others for _, terms in self._phrases(row) if terms)

    def reasons(self, row: int, group: int) -> dict[str, float]:
        """One to five phrases, strongest first, with the share of the similarity that each contributes, above 0.

        A term is shown as the row's keyphrase that contains it, if another member has that keyphrase, and otherwise as
        the word the article uses for it. Terms that are not shown contribute the rest. There is no reason without a
        common term.
        """
        carried = self._carried(row, group)
        if not carried:
            return {}
        others = 2 if self._group.get(row) == group else 1
        shared = [
            (text, terms) for text, terms in self._phrases(row) if terms and self._phrase_counts[group][terms] >= others
        ]
        strongest_first = sorted(carried, key=lambda term: (-carried[term], term))
        least = _LEAST_SHARE * carried[strongest_first[0]]
        whole = sum(carried.values())
        shares: dict[str, float] = {}
        covered: set[str] = set()
        for term in strongest_first:
            if len(shares) == MOST_REASONS or carried[term] < least:
                break
            if term in covered:
                continue
            text, terms = _phrase_for(term, shared, carried, covered) or (self._word(row, term), (term,))
            covered.update(terms)
            # A phrase may hold one term twice ("Baden-Baden").
            given = sum(carried.get(each, 0.0) for each in dict.fromkeys(terms))
            shares[text] = shares.get(text, 0.0) + given / whole
        return shares

    def _phrases(self, row: int) -> list[tuple[str, tuple[str, ...]]]:
        """The keyphrases of a row with their terms; of one row at a time, since those of all take much memory."""
        language = self._said[row].language
        return [(phrase.text, phrase_terms(phrase.text, language)) for phrase in self._keyphrases[row]]

    def _carried(self, row: int, group: int) -> dict[str, float]:
        if group < 0:
            return {}
        matrix, in_group = self._vectors.matrix, self._totals[group]
        part = slice(matrix.indptr[row], matrix.indptr[row + 1])
        columns, weights = matrix.indices[part], matrix.data[part]
        place, there = places_in(in_group.columns, columns)
        totals = np.zeros(len(columns))
        totals[there] = in_group.weights[place]
        if self._group.get(row) == group:
            totals -= weights
        given = {
            self._vectors.terms[column]: round(weight * total, 9)
            for column, weight, total in zip(columns.tolist(), weights.tolist(), totals.tolist(), strict=True)
        }
        return {term: value for term, value in given.items() if value > 0}

    def _word(self, row: int, term: str) -> str:
        """The spelling that an article uses most for a term."""
        spellings = Counter[str]()
        for word, times in _forms_by_term(self._said[row]).get(term, ()):
            spellings[_POSSESSIVE.sub("", word)] += times
        # most_common keeps the first seen on ties, so the spelling follows from the text alone.
        return spellings.most_common(1)[0][0] if spellings else term


# Several terms of one article are asked for, and then those of the next.
@lru_cache(maxsize=1)
def _forms_by_term(said: PackedWords) -> Mapping[str, Sequence[tuple[str, int]]]:
    """Term → the forms that it has in an article, in the order in which they first stand, and how often each does."""
    text = said.unpacked()
    forms: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for word, times in zip(text.forms, text.counts, strict=True):
        forms[stem(word, text.language)].append((word, times))
    return forms


def _phrase_for(
    term: str,
    phrases: Sequence[tuple[str, tuple[str, ...]]],
    carried: Mapping[str, float],
    covered: set[str],
) -> tuple[str, tuple[str, ...]] | None:
    """The phrase that contributes most, with this term and without any term already covered."""
    fitting = [(text, terms) for text, terms in phrases if term in terms and not covered.intersection(terms)]
    return max(fitting, key=lambda each: sum(carried.get(word, 0.0) for word in each[1]), default=None)


@dataclass(frozen=True, slots=True, eq=False)
class _Total:
    """The summed weights of a group's terms."""

    columns: NDArray[np.intp]
    """In order."""
    weights: NDArray[np.float64]

    @classmethod
    def of(cls, matrix: sparse.csr_array, rows: Sequence[int]) -> _Total:
        total = np.asarray(matrix[rows].sum(axis=0)).ravel()
        (columns,) = total.nonzero()
        return cls(columns, total[columns])
