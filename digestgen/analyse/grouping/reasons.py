"""Reasons: the phrases that carried the similarity between an article and a group, in words that a reader knows."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from scipy import sparse

from digestgen.analyse.grouping.term_vectors import TermVectors, phrase_terms
from digestgen.analyse.grouping.text_words import PackedWords
from digestgen.language.stems import stem
from digestgen.model import Keyphrase

MOST_REASONS = 5
# A term that gave less than this share of what the strongest gave explains nothing to a reader.
_LEAST_SHARE = 0.1
_POSSESSIVE = re.compile(r"['’]s?$")


class Explainer:
    """Tells which phrases tie an article to a group of articles.

    Rows are those of the vectors, in the order of what is ``said`` in the articles and of the ``keyphrases`` of each;
    ``groups`` are lists of rows. What ties a row to a group is, term by term, the product of its weight in the row and
    its summed weight in the group, the row itself left out. Only rows that are ``shown`` speak: what they have in
    common with others counts, but is told by no phrase.
    """

    def __init__(
        self,
        said: Sequence[PackedWords],
        keyphrases: Sequence[Sequence[Keyphrase]],
        vectors: TermVectors,
        groups: Sequence[Sequence[int]],
        shown: frozenset[int],
    ) -> None:
        self._rows = [dict(_row(vectors.matrix, row)) for row in range(len(said))]
        self._terms = vectors.terms
        self._said = said
        self._phrases = [
            tuple((phrase.text, phrase_terms(phrase.text, text.language)) for phrase in phrases)
            for text, phrases in zip(said, keyphrases, strict=True)
        ]
        self._group = {row: number for number, rows in enumerate(groups) for row in rows}
        self._totals = [_total(vectors.matrix, rows) for rows in groups]
        self._phrase_counts = [
            Counter(terms for row in rows if row in shown for terms in {terms for _, terms in self._phrases[row]})
            for rows in groups
        ]

    def similarity(self, row: int, group: int) -> float:
        """The summed cosine similarity of a row to the other members of a group; 0 for a group below 0."""
        return sum(self._carried(row, group).values())

    def has_common_keyphrase(self, row: int, group: int) -> bool:
        """Whether a keyphrase of the row is one of another member of a group, too; of a single word or of several."""
        counts = self._phrase_counts[group]
        others = 2 if self._group.get(row) == group else 1
        return any(counts[terms] >= others for _, terms in self._phrases[row] if terms)

    def reasons(self, row: int, group: int) -> dict[str, float]:
        """One to five phrases, strongest first; none when the row has no term in common with the group.

        A term is shown as the row's keyphrase that holds it, if another member has that keyphrase too, and else as
        the word that the article uses for it. With each comes the share of the similarity that its terms carried,
        above 0; what is missing to 1 was carried by terms that are not shown.
        """
        carried = self._carried(row, group)
        if not carried:
            return {}
        others = 2 if self._group.get(row) == group else 1
        shared = [
            (text, terms) for text, terms in self._phrases[row] if terms and self._phrase_counts[group][terms] >= others
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

    def _carried(self, row: int, group: int) -> dict[str, float]:
        if group < 0:
            return {}
        mine, total = self._rows[row], self._totals[group]
        member = self._group.get(row) == group
        given = {
            column: round(weight * (total.get(column, 0.0) - (weight if member else 0.0)), 9)
            for column, weight in mine.items()
        }
        return {self._terms[column]: value for column, value in given.items() if value > 0}

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
    """The phrase that says most of what was carried, this term included and no term that was already said."""
    fitting = [(text, terms) for text, terms in phrases if term in terms and not covered.intersection(terms)]
    return max(fitting, key=lambda each: sum(carried.get(word, 0.0) for word in each[1]), default=None)


def _row(matrix: sparse.csr_array, row: int) -> zip[tuple[int, float]]:
    part = slice(matrix.indptr[row], matrix.indptr[row + 1])
    return zip(matrix.indices[part].tolist(), matrix.data[part].tolist(), strict=True)


def _total(matrix: sparse.csr_array, rows: Sequence[int]) -> dict[int, float]:
    total = np.asarray(matrix[rows].sum(axis=0)).ravel()
    (columns,) = total.nonzero()
    return dict(zip(columns.tolist(), total[columns].tolist(), strict=True))
