"""Who covers a topic, and the phrases that each source stresses more than the others."""

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
"""The z-score from which a source stresses a phrase: by chance, one phrase in twenty comes that far."""
_PRIOR: Final = 2.0
"""Articles of average length and content that are mixed into each side: in little text, no difference is clear."""
_HEARD: Final = 2
"""Times that a phrase counts in one article, at most: an article that names it in each sentence is still one voice."""
_FALSE: Final = 0.1
"""The share of all stresses of a topic that chance may have made."""
_LEAST: Final = 2
"""Articles of a source that must hold a phrase."""
_DECIMALS: Final = 6


def coverage(ids: Sequence[str], index: KeyphraseIndex) -> tuple[Coverage, ...]:
    """The sources of some articles, those with the most articles first, each with at most four phrases it stresses.

    A source stresses a keyphrase when its log-odds against the articles of all other sources, with an informative
    Dirichlet prior from the whole digest, are clearly above zero (Monroe, Colaresi and Quinn, "Fightin' Words",
    Political Analysis 16, 2008), and it stands in more of its articles than chance would have it, given how many
    phrases and sources are looked at: see ``_limit``. More than two mentions in one article count for two. Nothing is
    stressed where there is one source only. Articles of unknown source are left out: they could be anybody's.
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
    """For each list of article ids, the phrases that it stresses more than the others together."""
    spellings = _spellings([id_ for here in members for id_ in here], index)
    phrases = sorted(phrase for phrase in spellings if index.articles_with(phrase))
    place = {id_: number for number, here in enumerate(members) for id_ in here}
    times = np.zeros((len(phrases), len(members)))
    holders = np.zeros((len(phrases), len(members)), dtype=int)
    anywhere = np.zeros(len(phrases))
    for row, phrase in enumerate(phrases):
        for id_, count in index.times(phrase).items():
            heard = min(count, _HEARD)
            anywhere[row] += heard
            if id_ in place:
                times[row, place[id_]] += heard
                holders[row, place[id_]] += 1
    words = np.array([sum(index.lengths[id_] for id_ in here) for here in members], dtype=float)
    whole = max(1, sum(index.lengths.values()))
    scores = _log_odds(times, words, anywhere / whole, _PRIOR * whole / len(index.lengths))
    sizes = [len(here) for here in members]
    of_phrase = [int(number) for number in holders.sum(axis=1)]
    tails = {(held, size): _tail(sum(sizes), held, size) for held, size in product(set(of_phrase), set(sizes))}
    by_chance = np.array(
        [
            [tails[held, size][each] for size, each in zip(sizes, row, strict=True)]
            for held, row in zip(of_phrase, holders, strict=True)
        ]
    ).reshape(holders.shape)
    clear = (holders >= _LEAST) & (scores >= _CLEAR)
    clear &= by_chance <= _limit(by_chance[clear], tails, Counter(product(of_phrase, sizes)))
    stressed = []
    for column in range(len(members)):
        rows = [int(row) for row in np.flatnonzero(clear[:, column])]
        rows.sort(key=lambda row: (-scores[row, column], phrases[row]))
        stressed.append(tuple(spellings[phrase] for phrase in _apart([phrases[row] for row in rows])))
    return stressed


def _tail(articles: int, held: int, size: int) -> Sequence[float]:
    """How likely at least 0, 1, 2 … articles of a source hold a phrase where sources are dealt at random.

    There are so many ``articles``, of which so many are ``held`` by the phrase, and the source has ``size`` of them:
    Fisher's exact test, one-sided.
    """
    most = min(held, size)
    ways = [comb(held, each) * comb(articles - held, size - each) for each in range(most + 1)]
    return [each / comb(articles, size) for each in reversed([*accumulate(reversed(ways))])]


def _limit(
    found: NDArray[np.float64], tails: Mapping[tuple[int, int], Sequence[float]], tried: Mapping[tuple[int, int], int]
) -> float:
    """The probability up to which phrases are stressed: the largest that makes few enough of them by chance.

    ``found`` are the probabilities of those that may be; ``tried`` tells how many pairs of a phrase and a source have
    each of the ``tails``. Few enough is a share of all that come below it: the false discovery rate of Benjamini and
    Hochberg, for tests that are discrete (Heyse 2011).
    """
    reached = [(number, [0.0, *sorted(tails[pair][_LEAST:])]) for pair, number in tried.items()]
    for limit in sorted(set(found.tolist()), reverse=True):
        chance = sum(number * steps[bisect_right(steps, limit) - 1] for number, steps in reached)
        if chance <= _FALSE * np.count_nonzero(found <= limit):
            return float(limit)
    return 0.0


def _log_odds(
    times: NDArray[np.float64], words: NDArray[np.float64], usual: NDArray[np.float64], strength: float
) -> NDArray[np.float64]:
    """The z-scores of phrases (rows) in columns, each against all other columns together.

    ``times`` that a phrase stands in a column, ``words`` of each column, ``usual`` share of a phrase in the words of
    the digest, above 0; ``strength`` of the prior, in words.
    """
    prior = (strength * usual)[:, None]
    here, others = times + prior, times.sum(axis=1, keepdims=True) - times + prior
    # A text may be nothing but one phrase.
    rest_here = np.maximum(words + strength - here, 1.0)
    rest_others = np.maximum(words.sum() - words + strength - others, 1.0)
    difference = np.log(here / rest_here) - np.log(others / rest_others)
    scores: NDArray[np.float64] = np.round(difference / np.sqrt(1 / here + 1 / others), _DECIMALS)
    return scores


def _spellings(ids: Sequence[str], index: KeyphraseIndex) -> Mapping[NormalisedPhrase, str]:
    """The keyphrases of some articles, each as most of them spell it."""
    forms: dict[NormalisedPhrase, Counter[str]] = defaultdict(Counter)
    for id_ in ids:
        stop = stop_words(index.articles[id_].language)
        for phrase in index.keyphrases.get(id_, ()):
            folded = normalised_phrase(phrase.text)
            # Case is folded here: "us" would be counted as "US".
            if folded and not stop.issuperset(folded):
                forms[folded][phrase.text] += 1
    return {folded: min(texts, key=lambda text: (-texts[text], text)) for folded, texts in forms.items()}


def _apart(phrases: Sequence[NormalisedPhrase]) -> list[NormalisedPhrase]:
    """The first phrases of which none holds all words of another."""
    kept: list[NormalisedPhrase] = []
    for phrase in phrases:
        if len(kept) == _SHOWN:
            break
        if not any(set(phrase) <= set(other) or set(other) <= set(phrase) for other in kept):
            kept.append(phrase)
    return kept
