"""Which sources cover a topic, and which phrases each of them stresses."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import accumulate, product
from math import comb
from typing import Final

import numpy as np
from numpy.typing import NDArray

from digestgen.analyse.keyphrases.keyphrase_index import KeyphraseIndex
from digestgen.language.phrases import NormalisedPhrase, normalised_phrase
from digestgen.language.stop_words import stop_words
from digestgen.model import Coverage

_SHOWN: Final = 4
_CLEAR: Final = 1.64
"""Least z-score of a stressed phrase; by chance, one phrase in twenty reaches it."""
_PRIOR: Final = 2.0
"""Weight of the prior in articles of average length. It keeps differences small where there is little text."""
_MOST_MENTIONS: Final = 2
"""Most mentions of a phrase that count in one article: an article that repeats it is still one voice."""
_FALSE_DISCOVERY_RATE: Final = 0.1
"""Share of all stressed phrases of a topic that may be due to chance."""
_LEAST_ARTICLES: Final = 2
"""Least number of a source's articles with a stressed phrase."""
_DECIMALS: Final = 6


def coverage(ids: Sequence[str], index: KeyphraseIndex) -> tuple[Coverage, ...]:
    """The sources of some articles, most articles first, each with at most four phrases it stresses.

    A source stresses a keyphrase if its log-odds against the articles of all other sources, with an informative
    Dirichlet prior from the whole digest, are clearly above zero (Monroe, Colaresi and Quinn, "Fightin' Words",
    Political Analysis 16, 2008), and if it occurs in more of its articles than chance explains, given the number of
    phrases and sources compared (``_fdr_limit``). A single source stresses nothing. Articles of unknown source are left
    out.
    """
    by_source: dict[str, list[str]] = defaultdict(list)
    for id_ in sorted(ids):
        if source := index.articles[id_].source:
            by_source[source].append(id_)
    names = sorted(by_source, key=lambda name: (-len(by_source[name]), name))
    members = [by_source[name] for name in names]
    stressed = _stressed(members, index) if len(names) > 1 else [()] * len(names)
    return tuple(
        Coverage(name, len(here), phrases) for name, here, phrases in zip(names, members, stressed, strict=True)
    )


def _stressed(members: Sequence[Sequence[str]], index: KeyphraseIndex) -> list[tuple[str, ...]]:
    """For each list of article ids (one per source), the phrases that it stresses against all others."""
    spellings = _spellings([id_ for here in members for id_ in here], index)
    phrases = sorted(phrase for phrase in spellings if index.articles_with(phrase))
    place = {id_: number for number, here in enumerate(members) for id_ in here}
    times = np.zeros((len(phrases), len(members)))
    holders = np.zeros((len(phrases), len(members)), dtype=int)
    anywhere = np.zeros(len(phrases))
    for row, phrase in enumerate(phrases):
        for id_, count in index.times(phrase).items():
            mentions = min(count, _MOST_MENTIONS)
            anywhere[row] += mentions
            if id_ in place:
                times[row, place[id_]] += mentions
                holders[row, place[id_]] += 1
    words = np.array([sum(index.lengths[id_] for id_ in here) for here in members], dtype=float)
    whole = max(1, sum(index.lengths.values()))
    scores = _log_odds(times, words, anywhere / whole, _PRIOR * whole / len(index.lengths))
    sizes = [len(here) for here in members]
    of_phrase = [int(number) for number in holders.sum(axis=1)]
    tails = {(held, size): _fisher_tail(sum(sizes), held, size) for held, size in product(set(of_phrase), set(sizes))}
    by_chance = np.array(
        [
            [tails[held, size][each] for size, each in zip(sizes, row, strict=True)]
            for held, row in zip(of_phrase, holders, strict=True)
        ]
    ).reshape(holders.shape)
    clear = (holders >= _LEAST_ARTICLES) & (scores >= _CLEAR)
    clear &= by_chance <= _fdr_limit(by_chance[clear], tails, Counter(product(of_phrase, sizes)))
    stressed = []
    for column in range(len(members)):
        rows = [int(row) for row in np.flatnonzero(clear[:, column])]
        rows.sort(key=lambda row: (-scores[row, column], phrases[row]))
        stressed.append(tuple(spellings[phrase] for phrase in _not_nested([phrases[row] for row in rows])))
    return stressed


def _fisher_tail(articles: int, held: int, size: int) -> Sequence[float]:
    """Probability that at least 0, 1, 2 … articles of a source contain a phrase if sources are assigned at random.

    One-sided Fisher's exact test: of all ``articles``, ``held`` contain the phrase, and ``size`` are of the source.
    """
    most = min(held, size)
    ways = [comb(held, each) * comb(articles - held, size - each) for each in range(most + 1)]
    return [each / comb(articles, size) for each in reversed([*accumulate(reversed(ways))])]


def _fdr_limit(
    found: NDArray[np.float64], tails: Mapping[tuple[int, int], Sequence[float]], tried: Mapping[tuple[int, int], int]
) -> float:
    """The largest probability up to which few enough of the phrases are stressed by chance.

    ``found`` are the probabilities of the candidates; ``tried`` is the number of pairs of a phrase and a source with
    each of the ``tails``. The limit holds the false discovery rate of Benjamini and Hochberg (1995), in the version for
    discrete tests (Heyse 2011).
    """
    reached = [(number, [0.0, *sorted(tails[pair][_LEAST_ARTICLES:])]) for pair, number in tried.items()]
    for limit in sorted(set(found.tolist()), reverse=True):
        chance = sum(number * steps[bisect_right(steps, limit) - 1] for number, steps in reached)
        if chance <= _FALSE_DISCOVERY_RATE * np.count_nonzero(found <= limit):
            return float(limit)
    return 0.0


def _log_odds(
    times: NDArray[np.float64], words: NDArray[np.float64], usual: NDArray[np.float64], strength: float
) -> NDArray[np.float64]:
    """Z-scores of phrases (rows) for each column against all other columns.

    ``times``: occurrences of the phrases by column; ``words``: length of each column; ``usual``: share of each phrase
    in all words of the digest, above 0; ``strength`` of the prior in words.
    """
    prior = (strength * usual)[:, None]
    here, others = times + prior, times.sum(axis=1, keepdims=True) - times + prior
    # A text may consist of a single phrase.
    rest_here = np.maximum(words + strength - here, 1.0)
    rest_others = np.maximum(words.sum() - words + strength - others, 1.0)
    difference = np.log(here / rest_here) - np.log(others / rest_others)
    scores: NDArray[np.float64] = np.round(difference / np.sqrt(1 / here + 1 / others), _DECIMALS)
    return scores


def _spellings(ids: Sequence[str], index: KeyphraseIndex) -> Mapping[NormalisedPhrase, str]:
    """Keyphrases of some articles → the spelling that most of them use."""
    forms: dict[NormalisedPhrase, Counter[str]] = defaultdict(Counter)
    for id_ in ids:
        stop = stop_words(index.articles[id_].language)
        for phrase in index.keyphrases.get(id_, ()):
            folded = normalised_phrase(phrase.text)
            # Folding removes case, so that "us" would be counted as "US".
            if folded and not stop.issuperset(folded):
                forms[folded][phrase.text] += 1
    return {folded: min(texts, key=lambda text: (-texts[text], text)) for folded, texts in forms.items()}


def _not_nested(phrases: Sequence[NormalisedPhrase]) -> list[NormalisedPhrase]:
    """The first phrases of which none contains all words of another."""
    kept: list[NormalisedPhrase] = []
    for phrase in phrases:
        if len(kept) == _SHOWN:
            break
        if not any(set(phrase) <= set(other) or set(other) <= set(phrase) for other in kept):
            kept.append(phrase)
    return kept
