"""Articles by all that they say: every word and every pair of neighbouring words, weighted by rarity.

Keyphrase words tell what an article is about, the others tell which happening: who said what, where, and how many.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from scipy import sparse

from digestgen.analyse.vectors import VectorSettings, general_rarity, text_of, unit_rows
from digestgen.model import Article
from digestgen.stems import stem
from digestgen.stopwords import stop_words
from digestgen.text import straighten, words

_MOST_COMMON = 0.2
"""A term of a larger share of the articles tells none of them apart."""


def word_vectors(articles: Sequence[Article], settings: VectorSettings) -> sparse.csr_array:
    """One unit row an article: (1 + log tf) · idf of the stems of its words and of pairs of them, function words aside.

    The idf of a word is multiplied by its rarity in general language, as that of keyphrase words is; a pair is as rare
    as the rarer of its words. What stands in one article only compares nothing and is left out.
    """
    forms: dict[str, set[str]] = {}
    counts: list[Counter[tuple[str, ...]]] = []
    lengths: list[int] = []
    for article in articles:
        stems = list(_stems(article, forms))
        lengths.append(len(stems))
        counts.append(Counter((word,) for word in stems) + Counter(pairwise(stems)))
    frequency = Counter(term for count in counts for term in count)
    most = max(2, _MOST_COMMON * len(articles))
    terms = sorted(term for term, holders in frequency.items() if 2 <= holders <= most)
    column = {term: index for index, term in enumerate(terms)}
    known = sorted({word for term in terms for word in term})
    length = float(np.median(lengths)) if lengths else 0.0
    languages = sorted({article.language for article in articles})
    rarities = general_rarity(known, {word: sorted(forms[word]) for word in known}, languages, length)
    power = settings.prior * settings.prior_fades / (settings.prior_fades + len(articles))
    general = {word: rarity**power for word, rarity in zip(known, rarities, strict=True)}
    weight = [
        (1 + math.log((1 + len(articles)) / (1 + frequency[term]))) * max(general[word] for word in term)
        for term in terms
    ]
    indptr, indices, values = [0], list[int](), list[float]()
    for count in counts:
        for index, times in sorted((column[term], times) for term, times in count.items() if term in column):
            indices.append(index)
            values.append((1.0 + math.log(times)) * weight[index])
        indptr.append(len(indices))
    return unit_rows(sparse.csr_array((values, indices, indptr), shape=(len(articles), len(terms)), dtype=np.float64))


def _stems(article: Article, forms: dict[str, set[str]]) -> Iterator[str]:
    """The stems of an article's words in order; ``forms`` collects in which forms each stands."""
    stop = stop_words(article.language)
    for word in words(text_of(article)):
        form = straighten(word).lower()
        if form in stop:
            continue
        term = stem(word, article.language)
        if len(term) > 1:
            forms.setdefault(term, set()).add(form)
            yield term
