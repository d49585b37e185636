"""The best segmentation, by dynamic programming over the probability of a start at each paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

LENGTH_WEIGHT = 0.7
"""Strength of the length prior: log-odds lost by a segment shorter than expected by a factor e; mild, as lengths vary.
"""
HEADING_ALONE = 6.0
"""Log-odds lost by an article that consists of a heading alone."""
LONGEST = 250
"""Paragraphs in an article; bounds the work to n times this."""


def segment(
    log_odds: NDArray[np.float64], certain: Sequence[int] = (), headings: NDArray[np.bool_] | None = None
) -> list[int]:
    """The starts, ascending from 0, of the most probable segmentation.

    ``log_odds`` (n) are those of a start at each paragraph; paragraph 0 and those in ``certain`` are always starts. To
    the sum of the log-odds of the starts the prior adds a loss for every segment shorter than the expected length (n
    over the expected number of starts), proportional to the square of the log ratio. Longer segments cost nothing,
    since a long article among short ones is common and the reverse is an error. ``headings`` (n) marks paragraphs that
    cannot be an article by themselves.
    """
    starts: list[int] = []
    bounds = sorted({0, *certain, len(log_odds)})
    expected = len(log_odds) / max(1.0, 1.0 + float((1 / (1 + np.exp(-log_odds[1:]))).sum()))
    for first, last in pairwise(bounds):
        alone = np.zeros(last - first, dtype=np.bool_) if headings is None else headings[first:last]
        starts += [first + start for start in _best(log_odds[first:last], alone, max(1.5, expected))]
    return starts


def _best(log_odds: NDArray[np.float64], headings: NDArray[np.bool_], expected: float) -> list[int]:
    count = len(log_odds)
    gain = log_odds.copy()
    gain[0] = 0.0
    length = np.arange(1, LONGEST + 1)
    loss = LENGTH_WEIGHT * np.minimum(0.0, np.log(length / expected)) ** 2
    best = np.zeros(count + 1)
    back = np.zeros(count + 1, dtype=np.int64)
    for end in range(1, count + 1):
        first = max(0, end - LONGEST)
        value = best[first:end] + gain[first:end] - loss[: end - first][::-1]
        if headings[end - 1]:
            value[-1] -= HEADING_ALONE
        choice = int(np.argmax(value))
        best[end] = value[choice]
        back[end] = first + choice
    starts: list[int] = []
    at = count
    while at > 0:
        at = int(back[at])
        starts.append(at)
    return starts[::-1]
