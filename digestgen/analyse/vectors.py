"""Articles as weighted term vectors: the words of keyphrases, counted in the body, weighted by rarity.

Only words of some article's keyphrases count, because YAKE has already found out which words carry meaning; they
are counted in the whole text of every article, because keyphrases alone are too few to compare by.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from digestgen.lexicon import zipf
from digestgen.model import Article, Keyphrase
from digestgen.stopwords import stop_words
from digestgen.text import fold, straighten, words

# No news article is this long; a text that is gets read up to here, so that one huge seed cannot stall a build.
_LONGEST_TEXT = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class VectorSettings:
    """How articles become vectors."""

    keyphrases: int = 20
    """How many of each article's keyphrases give their words to the vocabulary."""
    own_boost: float = 1.5
    """A word of the article's own keyphrases counts this much more in it than one of another's."""
    prior_articles: float = 150.0
    """How many articles of general language the digest is taken to hold besides its own, when rarity is counted."""


@dataclass(frozen=True, slots=True, eq=False)
class TermVectors:
    """One row an article, one column a term; rows have unit length, or are zero where no term is known."""

    matrix: sparse.csr_array
    terms: tuple[str, ...]


def term_vectors(
    articles: Sequence[Article], keyphrases: Mapping[str, Sequence[Keyphrase]], settings: VectorSettings
) -> TermVectors:
    """The articles as unit vectors of (1 + log tf) · idf over folded keyphrase words.

    The idf is that of the digest and of ``prior_articles`` imagined articles of general language together: what a
    small digest cannot know ("world" is a common word, "gymnastics" is not) the prior tells it, and the larger the
    digest grows, the less it matters.
    """
    own = [own_terms(article, keyphrases.get(article.id, ()), settings.keyphrases) for article in articles]
    vocabulary = frozenset().union(*own)
    counts = [
        Counter(term for word in words(text_of(article)) if (term := fold(word)) in vocabulary) for article in articles
    ]
    document_frequency = Counter(term for count in counts for term in count)
    terms = tuple(sorted(document_frequency))
    column = {term: index for index, term in enumerate(terms)}
    lengths = [sum(count.values()) for count in counts]
    typical_length = float(np.median(lengths)) if lengths else 0.0
    languages = sorted({article.language for article in articles})
    prior = settings.prior_articles
    idf = [
        math.log((len(articles) + prior + 1) / (document_frequency[term] + prior * share + 1)) + 0.1
        for term, share in zip(terms, _general_shares(terms, languages, typical_length), strict=True)
    ]
    indptr, indices, values = [0], list[int](), list[float]()
    for mine, count in zip(own, counts, strict=True):
        for term in sorted(count):
            boost = settings.own_boost if term in mine else 1.0
            indices.append(column[term])
            values.append((1.0 + math.log(count[term])) * boost * idf[column[term]])
        indptr.append(len(indices))
    matrix = sparse.csr_array((values, indices, indptr), shape=(len(articles), len(terms)), dtype=np.float64)
    return TermVectors(unit_rows(matrix), terms)


def text_of(article: Article) -> str:
    """What is compared of an article: its title if it was given one, its standfirst, its body."""
    parts = [article.title] if article.titled else []
    if article.standfirst:
        parts.append(article.standfirst)
    parts.extend(article.paragraphs)
    return "\n".join(parts)[:_LONGEST_TEXT]


def own_terms(article: Article, keyphrases: Sequence[Keyphrase], most: int) -> frozenset[str]:
    """The folded words of an article's best keyphrases, function words left out."""
    stop = stop_words(article.language)
    return frozenset(term for phrase in keyphrases[:most] for term in phrase_terms(phrase.text, stop))


def phrase_terms(phrase: str, stop: frozenset[str]) -> tuple[str, ...]:
    """The folded words of a phrase, function words and single letters left out."""
    plain = (straighten(word).lower() for word in words(phrase))
    folded = (fold(word) for word in plain if word not in stop)
    return tuple(term for term in folded if len(term) > 1 and term not in stop)


def unit_rows(matrix: sparse.csr_array) -> sparse.csr_array:
    """The rows scaled to unit length; a zero row stays zero."""
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    length[length == 0] = 1
    return sparse.csr_array(sparse.diags_array(1 / length) @ matrix)


def _general_shares(terms: Sequence[str], languages: Sequence[str], length: float) -> list[float]:
    """The share of texts of that many words, in general language, that hold each term."""
    frequencies = [max((10 ** (zipf(term, language) - 9) for language in languages), default=0.0) for term in terms]
    return [1 - math.exp(-frequency * length) for frequency in frequencies]
