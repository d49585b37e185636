"""Articles as weighted term vectors: the words of keyphrases, counted in the body, weighted by rarity.

Only words of some article's keyphrases count, because YAKE has already found out which words carry meaning; they
are counted in the whole text of every article, because keyphrases alone are too few to compare by.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy import sparse

from digestgen.analyse.grouping.text_words import PackedWords, plain_form
from digestgen.language.letters import lookup_form
from digestgen.language.stems import stem
from digestgen.language.stop_words import stop_words
from digestgen.language.text import words
from digestgen.language.word_frequency import zipf
from digestgen.model import Article, Keyphrase

# The share of texts that is granted to a word that no word list knows: a name, a new word, a slip of the pen.
_RAREST = 1e-5


@dataclass(frozen=True, slots=True, kw_only=True)
class VectorSettings:
    """How articles become vectors."""

    keyphrases: int = 20
    """How many of each article's keyphrases give their words to the vocabulary."""
    own_boost: float = 1.5
    """A word of the article's own keyphrases counts this much more in it than one of another's."""
    prior: float = 0.5
    """The power of a term's rarity in general language that its weight is multiplied by, in the smallest digest."""
    names: float = 0.5
    """How much more a name counts than another term, in the smallest digest."""
    prior_fades: float = 1_000.0
    """At this many articles the power has fallen to a half, and on as the digest grows and knows by itself."""
    names_fade: float = 100.0
    """The same for names: soon there are enough other words to tell stories apart by."""


@dataclass(frozen=True, slots=True, eq=False)
class TermVectors:
    """One row an article, one column a term; rows have unit length, or are zero where no term is known."""

    matrix: sparse.csr_array
    terms: tuple[str, ...]


def term_vectors(
    articles: Sequence[Article],
    said: Sequence[PackedWords],
    keyphrases: Mapping[str, Sequence[Keyphrase]],
    settings: VectorSettings,
) -> TermVectors:
    """The articles, and what is said in them, as unit vectors of (1 + log tf) · idf over the stems of keyphrase words.

    The idf is multiplied by what general language knows: that "world" is a common word and "gymnastics" is not, and
    that names tell stories apart. A small digest cannot know either; the larger it grows, the less they matter.
    """
    own = [own_terms(article, keyphrases.get(article.id, ()), settings.keyphrases) for article in articles]
    vocabulary = frozenset().union(*own)
    counts, forms = _counted(said, vocabulary)
    document_frequency = Counter(term for count in counts for term in count)
    terms = tuple(sorted(document_frequency))
    column = {term: index for index, term in enumerate(terms)}
    lengths = [sum(count.values()) for count in counts]
    typical_length = float(np.median(lengths)) if lengths else 0.0
    languages = sorted({article.language for article in articles})
    power = settings.prior * settings.prior_fades / (settings.prior_fades + len(articles))
    name_boost = 1 + settings.names * settings.names_fade / (settings.names_fade + len(articles))
    names = _names(said, vocabulary)
    rarity = [
        (1 + math.log((1 + len(articles)) / (1 + document_frequency[term])))
        * general**power
        * (name_boost if term in names else 1.0)
        for term, general in zip(terms, general_rarity(terms, forms, languages, typical_length), strict=True)
    ]
    indptr, indices, values = [0], list[int](), list[float]()
    for mine, count in zip(own, counts, strict=True):
        for term in sorted(count):
            boost = settings.own_boost if term in mine else 1.0
            indices.append(column[term])
            values.append((1.0 + math.log(count[term])) * boost * rarity[column[term]])
        indptr.append(len(indices))
    matrix = sparse.csr_array((values, indices, indptr), shape=(len(articles), len(terms)), dtype=np.float64)
    return TermVectors(unit_rows(matrix), terms)


def own_terms(article: Article, keyphrases: Sequence[Keyphrase], most: int) -> frozenset[str]:
    """The stems of the words of an article's best keyphrases, function words left out."""
    return frozenset(term for phrase in keyphrases[:most] for term in phrase_terms(phrase.text, article.language))


@lru_cache(maxsize=100_000)
def phrase_terms(phrase: str, language: str) -> tuple[str, ...]:
    """The stems of the words of a phrase, function words and single letters left out."""
    stop = stop_words(language)
    stems = (stem(word, language) for word in words(phrase) if lookup_form(word) not in stop)
    return tuple(term for term in stems if len(term) > 1 and term not in stop)


def unit_rows(matrix: sparse.csr_array) -> sparse.csr_array:
    """The rows scaled to unit length; a zero row stays zero."""
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    length[length == 0] = 1
    return sparse.csr_array(sparse.diags_array(1 / length) @ matrix)


def _counted(
    said: Sequence[PackedWords], vocabulary: frozenset[str]
) -> tuple[list[Counter[str]], Mapping[str, Sequence[str]]]:
    """How often each article has each term of the vocabulary, and the forms in which each term stands in them."""
    counts: list[Counter[str]] = []
    forms: dict[str, set[str]] = {}
    known: dict[str, dict[str, str]] = {}
    for text in map(PackedWords.unpacked, said):
        of_word = known.setdefault(text.language, {})
        count = Counter[str]()
        for word, times in zip(text.forms, text.counts, strict=True):
            # Most words have stood in a text before.
            if word not in of_word:
                term = stem(word, text.language)
                of_word[word] = term if term in vocabulary else ""
                if of_word[word]:
                    forms.setdefault(term, set()).add(plain_form(word))
            if of_word[word]:
                count[of_word[word]] += times
        counts.append(count)
    return counts, {term: sorted(found) for term, found in forms.items()}


def general_rarity(
    terms: Sequence[str], forms: Mapping[str, Sequence[str]], languages: Sequence[str], length: float
) -> list[float]:
    """How rare each term is in general language: 0 where it stands in every text of that many words, at most 1.

    Logarithm of the share of texts that hold it in any form, language by language, since a stem of one may be a word of
    another.
    """
    frequencies = [
        max((sum(10 ** (zipf(form, language) - 9) for form in forms[term]) for language in languages), default=0.0)
        for term in terms
    ]
    shares = [max(-math.expm1(-frequency * length), _RAREST) for frequency in frequencies]
    return [math.log(share) / math.log(_RAREST) for share in shares]


def _names(said: Sequence[PackedWords], vocabulary: frozenset[str]) -> frozenset[str]:
    """The terms that stand with a capital more often than not, sentence beginnings and headlines left out."""
    seen, capital = Counter[str](), Counter[str]()
    for text in map(PackedWords.unpacked, said):
        for term, times, capitals in text.inner:
            if term in vocabulary:
                seen[term] += times
                capital[term] += capitals
    return frozenset(term for term, times in seen.items() if 2 * capital[term] > times)
