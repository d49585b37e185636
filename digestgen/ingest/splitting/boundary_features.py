"""What makes a paragraph look like the start of an article, and a text like several: 31 numbers, each with a reason.

Two looks. The first sees each paragraph by its shape and by how the words before it and after it go together; the
second sees what the first thought of the whole dump, because the articles of one dump start alike. Then the text as a
whole: is it one article, several, or a list of items?

Nothing is measured in paragraphs that could be measured in words, so that a source with long paragraphs and one with
short ones look the same.
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
from digestgen.language.letters import plain
from digestgen.language.text import fold, is_terminated, straighten, words

Floats = NDArray[np.float64]

FIRST_LOOK: dict[str, str] = {
    "near_cohesion": "cosine of the 60 words before and after: the words of an article recur, those of two do not",
    "cohesion_rank": "share of the paragraphs around whose cohesion over 400 words is higher: the valley's floor",
    "looks_ahead": "cosine with the text after, less that with the text before: a heading belongs to what follows",
    "size": "words, log: headings and standfirsts are short",
    "below_heading_size": "how far under 6 words, log: section headings and bylines are shorter than titles",
    "above_sentence_size": "how far over 20 words, log: beyond a sentence, length says no more that it is a heading",
    "refers_back": "begins with a pronoun or connective: an article does not begin with “But he”",
    "begins_with_quote": "news articles seldom open with a quotation",
    "after_quote": "the paragraph above is quoted speech: with that, news articles often end",
    "after_unterminated": "the paragraph above does not end as a sentence does: this is the text under a heading",
    "label_before_colon": "opens with a few words and a colon: sections and speakers in lists are labelled so",
    "after_cut": "the one above breaks off after 20 words or more: a teaser, cut to fit, ended there",
    "before_unterminated": "the one below does not: a title over a standfirst, or a list of titles",
    "next_is_longer": "size of the next against this, log: a heading stands over a longer paragraph",
    "next_refers_back": "the next begins with a pronoun, connective or quotation: this one said whose",
    "general_cohesion": "cosine over 150 words, weighted by rarity in the language: in one article, its very subject",
    "heading_habit": "share of the dump's paragraphs that are unterminated and of 6 words or more: has it headings?",
}
SECOND_LOOK: dict[str, str] = {
    "odds_of_shape": "mean first probability of the paragraphs of this shape: headings of one dump look alike",
    "rival": "best first probability within three paragraphs: articles are seldom so short",
    "density": "mean first probability in the dump: a list of teasers, or long articles",
    "headed_share": "share of the probable starts that are unterminated: where all are, a full sentence is none",
}
TEXT_LOOK: dict[str, str] = {
    "text_words": "log: a short text is one article, or a list",
    "size_spread": "standard deviation of the sizes, log: items are alike, an article has short and long paragraphs",
    "text_cohesion": "mean general cohesion: an article has one subject throughout",
    "least_cohesion": "lower quartile of near cohesion: in an article even the loosest paragraphs go together",
    "surest": "log-odds of the most probable start",
    "second_surest": "log-odds of the next: one heading may deceive, in several articles there are more",
    "upper_quartile": "log-odds that a quarter of the paragraphs pass: in a list, any could be a start",
    "median": "log-odds that half of them pass: in several articles, few paragraphs are starts, and clearly so",
    "doubled": "paragraphs that repeat the one above, log: teasers are printed twice, texts hardly ever",
}
"""What tells a single article, several, and a list of items apart, once each paragraph has its probability."""
SHAPE = "unterminated"
"""Does not end as a sentence does. It chooses the table of weights, so it needs none itself."""

_HEAD = 3_000
"""Characters looked at from either end of a paragraph, so that one of 50 MB costs no more than others."""
_COMPARED = 2_000
"""Characters by which two paragraphs are compared."""
_LABEL = 42
"""Characters within which a label's colon stands."""
_CHUNK = 4_000
"""Rows that are compared at once; bounds memory."""
_COMMONEST = 6.5
"""Zipf frequency from which a content word says nothing of what a text is about."""
_STEM = 6
"""Letters of a word that count: a crude stemmer that serves every alphabet."""
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_QUESTION = re.compile(r"[^.!?:…“”\"«»]{1,150}[?？]")
"""A paragraph that is one question: a heading may be one, and does end as a sentence does."""
_QUOTES = ('"', "“", "„", "«", "'", "‘")
_UNQUOTES = ('"', "”", "“", "»", "'", "’")
# Closed classes; in a language that is not here the feature is silent, and the others carry on.
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


def first_look(texts: Sequence[str], language: str) -> tuple[Floats, NDArray[np.bool_]]:
    """The features of ``FIRST_LOOK`` for each of n paragraphs (n x 17, in that order), and ``SHAPE`` (n).

    Linear in the length of the text. Cohesion follows Hearst's TextTiling (1997): cosine of the words before and
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
    cohesion = _Cohesion(bags, counts, _rarity_here)
    general = np.sqrt(_Cohesion(bags, counts, partial(_rarity_at_large, language=language)).around(150.0, 8))
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
    return np.column_stack([columns[name] for name in FIRST_LOOK]), open_ended


def second_look(first: Floats, unterminated: NDArray[np.bool_], probability: Floats) -> Floats:
    """The features of ``SECOND_LOOK`` (n x 4) from the first look and its probabilities (n)."""
    size = first[:, list(FIRST_LOOK).index("size")]
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
    return np.column_stack([columns[name] for name in SECOND_LOOK])


def repeats_of(texts: Sequence[str]) -> NDArray[np.bool_]:
    """Which paragraphs (n) say the same as the one above: teasers stand on some pages twice, and so do notices.

    The looks are at the others alone: what stands there twice coheres with itself, and looks like a start.
    """
    return np.array(
        [False, *(_are_alike(before, after) for before, after in pairwise(texts))][: len(texts)], dtype=bool
    )


def text_look(first: Floats, probability: Floats, repeated: int) -> Floats:
    """The features of ``TEXT_LOOK`` (9) from the first look at two paragraphs or more and their probabilities.

    ``repeated`` paragraphs more stand there twice.
    """
    column = {name: first[:, index] for index, name in enumerate(FIRST_LOOK)}
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
    return np.array([values[name] for name in TEXT_LOOK])


def log_odds(probability: Floats) -> Floats:
    """Logit, kept finite."""
    kept = np.clip(probability, 1e-5, 1 - 1e-5)
    return np.log(kept / (1 - kept))


def _are_alike(before: str, after: str) -> bool:
    return before == after or _folded(before) == _folded(after)


def _folded(text: str) -> list[str]:
    return [fold(word) for word in words(text[:_COMPARED])]


def _ends(text: str) -> str:
    return text if len(text) <= 2 * _HEAD else f"{text[:_HEAD]} {text[-_HEAD:]}"


def _terms(tokens: Sequence[str], stops: frozenset[str]) -> dict[str, str]:
    """The content words of a paragraph in order, stem → word; pairs of characters where words are not spaced."""
    terms: dict[str, str] = {}
    for token in tokens:
        if plain(token) in stops:
            continue
        word = fold(token)
        if len(word) < 2 or word in stops:
            continue
        if _UNSPACED.search(word):
            terms.update((word[at : at + 2], word[at : at + 2]) for at in range(len(word) - 1))
        else:
            terms.setdefault(word[:_STEM], word)
    return terms


def _rarity_here(_: Sequence[str], spread: Floats, count: int) -> Floats:
    return np.maximum(0.05, np.log((count + 1) / (spread + 0.5)))


def _rarity_at_large(words_: Sequence[str], _: Floats, __: int, language: str) -> Floats:
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
        """Cosine of the ``size`` words, or ``most`` paragraphs, before each paragraph with those from it on."""
        first, last = self._window(size, most)
        here = np.arange(self.count)
        cosine = self._by_chunk(
            lambda rows: _cosine(self._sum(first[rows], here[rows]), self._sum(here[rows], last[rows]))
        )
        cosine[0] = 0.0
        return cosine

    def ahead(self) -> Floats:
        """Cosine of each paragraph with the 150 words after it, less that with the 150 words before it."""
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
        """The summed term rows ``first`` to ``last`` (exclusive), one row for each pair."""
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
