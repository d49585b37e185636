"""Features of article boundaries: 31 numbers, each with a reason.

First pass: each paragraph by its shape and by the lexical cohesion before and after it. Second pass: the first pass's
probabilities over the whole dump, because the articles of one dump start alike. Then the text as a whole: one article,
several, or a list of items?

Wherever possible lengths are in words, not paragraphs, so that sources with long and with short paragraphs look the
same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from digestgen.language import stop_words, word_frequency
from digestgen.language.letters import lookup_form
from digestgen.language.text import fold, is_terminated, straighten, words

Floats = NDArray[np.float64]

PARAGRAPH_FEATURES: dict[str, str] = {
    "near_cohesion": "cosine of the 60 words before and after: words recur within an article, not between two",
    "cohesion_rank": "share of neighbouring paragraphs whose cohesion over 400 words is higher: a local minimum",
    "looks_ahead": "cosine with the text after, minus that with the text before: a heading belongs to what follows",
    "size": "words, log: headings and standfirsts are short",
    "below_heading_size": "how far below 6 words, log: section headings and bylines are shorter than titles",
    "above_sentence_size": "how far above 20 words, log: longer than a sentence, more length is no more evidence",
    "refers_back": "begins with a pronoun or connective: an article does not begin with “But he”",
    "begins_with_quote": "news articles seldom open with a quotation",
    "after_quote": "the paragraph above is quoted speech: news articles often end with a quotation",
    "after_unterminated": "the paragraph above does not end as a sentence does: this is the text under a heading",
    "label_before_colon": "opens with a few words and a colon: a label of a section, or a speaker",
    "after_cut": "the one above breaks off after 20 words or more: it ended a truncated teaser",
    "before_unterminated": "the one below does not end as a sentence does: a title over a standfirst, or over a title",
    "next_is_longer": "size of the next minus size of this, log: a heading stands above a longer paragraph",
    "next_refers_back": "the next begins with a pronoun, connective or quotation, which refers to this one",
    "general_cohesion": "cosine over 150 words, weighted by rarity in the language: one article has one subject",
    "heading_habit": "share of unterminated paragraphs of 6 words or more in the dump: does it have headings?",
}
CONTEXT_FEATURES: dict[str, str] = {
    "odds_of_shape": "mean first probability of the paragraphs of this shape: headings of one dump look alike",
    "rival": "highest first probability within three paragraphs: articles are seldom that short",
    "density": "mean first probability in the dump: a list of teasers, or long articles",
    "headed_share": "share of probable starts that are unterminated: if all are, a full sentence is no start",
}
TEXT_FEATURES: dict[str, str] = {
    "text_words": "log: a short text is one article, or a list",
    "size_spread": "standard deviation of the sizes, log: list items are alike, paragraphs of an article vary",
    "text_cohesion": "mean general cohesion: an article has one subject throughout",
    "least_cohesion": "lower quartile of near cohesion: in an article even the loosest paragraphs are related",
    "surest": "log-odds of the most probable start",
    "second_surest": "log-odds of the next: one heading may mislead, several articles have more",
    "upper_quartile": "upper quartile of the log-odds: in a list, any paragraph could be a start",
    "median": "median of the log-odds: in several articles few paragraphs are starts, and clearly so",
    "doubled": "paragraphs that repeat the one above, log: teasers are printed twice, texts hardly ever",
}
"""Tells a single article, several articles and a list apart, given the probability of each paragraph."""
SHAPE = "unterminated"
"""Does not end as a sentence does. It selects the table of weights, so it is not a feature itself."""

_HEAD = 3_000
"""Characters looked at from either end of a paragraph, so that a huge one costs no more than others."""
_COMPARED = 2_000
"""Characters by which two paragraphs are compared."""
_LABEL = 42
"""Characters within which the colon of a label must stand."""
_CHUNK = 4_000
"""Rows compared at once; bounds memory."""
_COMMONEST = 6.5
"""Zipf frequency from which a content word says nothing about the subject."""
_STEM = 6
"""Letters of a word that count: a crude stemmer for every alphabet."""
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_QUESTION = re.compile(r"[^.!?:…“”\"«»]{1,150}[?？]")
"""A paragraph that is a single question: it may be a heading, although it ends as a sentence does."""
_QUOTES = ('"', "“", "„", "«", "'", "‘")
_UNQUOTES = ('"', "”", "“", "»", "'", "’")
# Closed word classes; for a language without one the feature stays zero.
_BACK = frozenset(  # a list of words reads best as words
    """
    he she it they his her their its this that these those but and however meanwhile also still yet so moreover
    nevertheless instead therefore then indeed thus asked
    il elle ils elles mais cependant pourtant toutefois ainsi selon
    er sie es aber doch jedoch dabei dagegen außerdem zudem
    él ella ellos pero sin también además según
    он она они но однако также при это его её их
    він вона вони але однак також це його її їх
    """.split()  # noqa: SIM905
)


def paragraph_features(texts: Sequence[str], language: str) -> tuple[Floats, NDArray[np.bool_]]:
    """The features of ``PARAGRAPH_FEATURES`` for each of n paragraphs (n x 17, in that order), and ``SHAPE`` (n).

    Linear in the length of the text. Cohesion follows Hearst's TextTiling (1997): the cosine of the words before and
    after, here weighted by their rarity in the dump.
    """
    stops = stop_words.stop_words(language)
    tokens = [words(_ends(text)) for text in texts]
    counts = np.array([len(words_) for words_ in tokens], dtype=np.float64)
    open_ended = np.array(
        [not is_terminated(text[-40:]) or _QUESTION.fullmatch(text) is not None for text in texts], dtype=np.bool_
    )
    back = np.array([bool(words_) and straighten(words_[0]).lower() in _BACK for words_ in tokens], dtype=np.float64)
    quote = np.array([text.startswith(_QUOTES) for text in texts], dtype=np.float64)
    spoken = np.array([text.startswith(_QUOTES) or text.endswith(_UNQUOTES) for text in texts], dtype=np.float64)
    leads_in = np.array([text.endswith((":", ";", ",")) for text in texts], dtype=np.bool_)
    size = np.log1p(counts)
    bags = [_terms(words_, stops) for words_ in tokens]
    cohesion = _Cohesion(bags, counts, _rarity_in_dump)
    general = np.sqrt(_Cohesion(bags, counts, partial(_rarity_in_language, language=language)).around(150.0, 8))
    columns = {
        "near_cohesion": np.sqrt(cohesion.around(60.0, 4)),
        "cohesion_rank": _rank(cohesion.around(400.0, 14)),
        "looks_ahead": cohesion.ahead(),
        "size": size,
        "below_heading_size": np.maximum(0.0, np.log1p(6) - size),
        "above_sentence_size": np.maximum(0.0, size - np.log1p(20)),
        "label_before_colon": np.array([text.find(": ", 0, _LABEL) > 0 for text in texts], dtype=np.float64),
        "refers_back": back,
        "begins_with_quote": quote,
        "after_quote": _shifted(spoken, -1),
        "after_unterminated": _shifted(open_ended.astype(np.float64), -1),
        "after_cut": _shifted((open_ended & (counts > 20) & ~leads_in).astype(np.float64), -1),
        "before_unterminated": _shifted(open_ended.astype(np.float64), 1),
        "next_is_longer": np.clip(_shifted(size, 1, size[-1]) - size, -1.5, 2.5),
        "next_refers_back": _shifted(np.maximum(back, quote), 1),
        "general_cohesion": general,
        "heading_habit": np.full(len(texts), float((open_ended & (counts >= 6)).mean())),
    }
    return np.column_stack([columns[name] for name in PARAGRAPH_FEATURES]), open_ended


def context_features(first: Floats, unterminated: NDArray[np.bool_], probability: Floats) -> Floats:
    """The features of ``CONTEXT_FEATURES`` (n x 4) from the paragraph features and their probabilities (n)."""
    size = first[:, list(PARAGRAPH_FEATURES).index("size")]
    believed = probability.copy()
    believed[0] = 0.5  # that the first paragraph starts an article says nothing of how articles start here
    expected = believed.sum() + 1e-6
    edges = np.log1p(np.array([4.0, 8.0]))
    shape = np.where(unterminated, 1 + np.digitize(size, edges), 0)
    of_shape = np.zeros(len(size))
    for kind in range(4):
        alike = shape == kind
        of_shape[alike] = (believed[alike].sum() + 0.2) / (alike.sum() + 1)
    rival = np.zeros(len(size))
    for step in (-3, -2, -1, 1, 2, 3):
        rival = np.maximum(rival, _shifted(believed, step))
    heads = believed * unterminated
    columns = {
        "odds_of_shape": of_shape,
        "rival": rival,
        "density": np.full(len(size), believed.mean()),
        "headed_share": np.full(len(size), heads.sum() / expected),
    }
    return np.column_stack([columns[name] for name in CONTEXT_FEATURES])


def repeated_paragraphs(texts: Sequence[str]) -> NDArray[np.bool_]:
    """Which paragraphs (n) repeat the one above, as teasers and notices on some pages do.

    They are left out of both passes: a repeated paragraph coheres with itself and looks like a start.
    """
    return np.array(
        [False, *(_are_alike(before, after) for before, after in pairwise(texts))][: len(texts)], dtype=bool
    )


def text_features(first: Floats, probability: Floats, repeated: int) -> Floats:
    """The features of ``TEXT_FEATURES`` (9) from the features of two or more paragraphs and their probabilities.

    ``repeated`` is the number of paragraphs that were left out as repetitions.
    """
    column = {name: first[:, index] for index, name in enumerate(PARAGRAPH_FEATURES)}
    size = column["size"]
    best = np.sort(log_odds(np.append(probability[1:], 0.0)))
    values = {
        "text_words": np.log1p(np.expm1(size).sum()),
        "size_spread": np.log(size.std() + 0.1),
        "text_cohesion": column["general_cohesion"][1:].mean(),
        "least_cohesion": np.quantile(column["near_cohesion"], 0.25),
        "surest": best[-1],
        "second_surest": best[-2],
        "upper_quartile": np.quantile(best[1:], 0.75),
        "median": np.quantile(best[1:], 0.5),
        "doubled": np.log1p(repeated),
    }
    return np.array([values[name] for name in TEXT_FEATURES])


def log_odds(probability: Floats) -> Floats:
    """Logit, kept finite."""
    kept = np.clip(probability, 1e-5, 1 - 1e-5)
    return np.log(kept / (1 - kept))


def _are_alike(before: str, after: str) -> bool:
    return before == after or _normalised_words(before) == _normalised_words(after)


def _normalised_words(text: str) -> list[str]:
    return [fold(word) for word in words(text[:_COMPARED])]


def _ends(text: str) -> str:
    return text if len(text) <= 2 * _HEAD else f"{text[:_HEAD]} {text[-_HEAD:]}"


def _terms(tokens: Sequence[str], stops: frozenset[str]) -> dict[str, str]:
    """The content words of a paragraph in order, stem → word; character bigrams in scripts without spaces."""
    terms: dict[str, str] = {}
    for token in tokens:
        if lookup_form(token) in stops:
            continue
        word = fold(token)
        if len(word) < 2 or word in stops:
            continue
        if _UNSPACED.search(word):
            terms.update((word[at : at + 2], word[at : at + 2]) for at in range(len(word) - 1))
        else:
            terms.setdefault(word[:_STEM], word)
    return terms


def _rarity_in_dump(_: Sequence[str], spread: Floats, count: int) -> Floats:
    return np.maximum(0.05, np.log((count + 1) / (spread + 0.5)))


def _rarity_in_language(words_: Sequence[str], _: Floats, __: int, language: str) -> Floats:
    return np.array([max(0.05, _COMMONEST - word_frequency.zipf(word, language)) for word in words_])


def _shifted(values: Floats, step: int, fill: float = 0.0) -> Floats:
    """``values[i + step]`` at i."""
    out = np.full(len(values), fill)
    if 0 < step < len(values):
        out[:-step] = values[step:]
    elif -len(values) < step < 0:
        out[-step:] = values[:step]
    return out


def _rank(cohesion: Floats) -> Floats:
    higher = np.zeros(len(cohesion))
    compared = np.zeros(len(cohesion))
    for step in (-6, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6):
        other = _shifted(cohesion, step, np.nan)
        higher += other > cohesion
        compared += ~np.isnan(other)
    return higher / np.maximum(1.0, compared)


class _Cohesion:
    """The terms of the paragraphs as a sparse matrix weighted by rarity, and windows over it measured in words."""

    def __init__(
        self,
        bags: Sequence[Mapping[str, str]],
        counts: Floats,
        rarity_of: Callable[[Sequence[str], Floats, int], Floats],
    ) -> None:
        self.count = len(bags)
        self.start = np.concatenate([[0.0], np.cumsum(counts)])
        vocabulary: dict[str, int] = {}
        columns = np.array([vocabulary.setdefault(term, len(vocabulary)) for bag in bags for term in bag], dtype=int)
        first_words: dict[str, str] = {}
        for bag in bags:
            for term, word in bag.items():
                first_words.setdefault(term, word)
        rows = np.repeat(np.arange(self.count), [len(bag) for bag in bags])
        spread = np.bincount(columns, minlength=len(vocabulary)).astype(np.float64)
        rarity = rarity_of(list(first_words.values()), spread, self.count)
        shape = (self.count, max(1, len(rarity)))
        self.terms = sparse.csr_matrix((rarity[columns], (rows, columns)), shape=shape)

    def around(self, size: float, most: int) -> Floats:
        """Cosine between the ``size`` words (at most ``most`` paragraphs) before each paragraph and those after."""
        first, last = self._window(size, most)
        here = np.arange(self.count)
        cosine = self._by_chunk(
            lambda rows: _cosine(self._sum(first[rows], here[rows]), self._sum(here[rows], last[rows]))
        )
        cosine[0] = 0.0
        return cosine

    def ahead(self) -> Floats:
        """Cosine of each paragraph with the 150 words after it, minus that with the 150 words before it."""
        first, last = self._window(150.0, 6)
        here = np.arange(self.count)
        following = np.minimum(here + 1, self.count)
        last = np.clip(np.maximum(last, here + 2), None, self.count)
        return self._by_chunk(
            lambda rows: (
                _cosine(self.terms[rows], self._sum(following[rows], last[rows]))
                - _cosine(self.terms[rows], self._sum(first[rows], here[rows]))
            )
        )

    def _window(self, size: float, most: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        here = np.arange(self.count)
        first = np.searchsorted(self.start, self.start[:-1] - size, side="right") - 1
        first = np.clip(np.minimum(np.maximum(first, here - most), here - 1), 0, None)
        last = np.searchsorted(self.start, self.start[:-1] + size, side="left")
        last = np.clip(np.maximum(np.minimum(last, here + most), here + 1), None, self.count)
        return first, last

    def _sum(self, first: NDArray[np.int64], last: NDArray[np.int64]) -> sparse.csr_matrix:
        """The summed term rows ``first`` to ``last`` (exclusive), one row per pair."""
        lengths = np.maximum(0, last - first)
        ends = np.concatenate([[0], np.cumsum(lengths)])
        inside = np.repeat(first - ends[:-1], lengths) + np.arange(ends[-1])
        chosen = sparse.csr_matrix((np.ones(ends[-1]), inside, ends), shape=(len(first), self.count))
        return chosen @ self.terms

    def _by_chunk(self, measure: Callable[[NDArray[np.int64]], Floats]) -> Floats:
        chunks = [measure(np.arange(start, min(start + _CHUNK, self.count))) for start in range(0, self.count, _CHUNK)]
        return np.concatenate(chunks)


def _cosine(left: sparse.csr_matrix, right: sparse.csr_matrix) -> Floats:
    def dot(a: sparse.csr_matrix, b: sparse.csr_matrix) -> Floats:
        return np.asarray(a.multiply(b).sum(axis=1)).ravel()

    norm = np.sqrt(dot(left, left) * dot(right, right))
    return np.divide(dot(left, right), norm, out=np.zeros_like(norm), where=norm > 0)
