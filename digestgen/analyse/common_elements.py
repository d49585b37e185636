"""What several texts have in common, each being an array of different numbers in order: hashes, or pairs of words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

_AT_ONCE: Final = 2_000_000
"""Numbers that are counted at once: most stand in one text alone, so that all of them need not be held."""


def common_codes(texts: Sequence[NDArray[Any]], most: int | None = None) -> tuple[NDArray[Any], NDArray[np.intp]]:
    """The numbers that stand in two texts or more, and in at most ``most``: in order, and in how many each does."""
    filled = [text for text in texts if len(text)]
    if not filled:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.intp)
    size = sum(map(len, filled))
    # Of a sample, so that about as many stand in each range.
    sample = np.sort(np.concatenate([text[:: max(1, size // 100_000)] for text in filled]))
    bounds = np.unique(sample[:: max(1, len(sample) * _AT_ONCE // size)][1:])
    places = [np.concatenate([[0], np.searchsorted(text, bounds), [len(text)]]) for text in filled]
    found = []
    for part in range(len(bounds) + 1):
        here = [text[place[part] : place[part + 1]] for text, place in zip(filled, places, strict=True)]
        codes, holders = np.unique(np.concatenate(here), return_counts=True)
        common = (holders > 1) & (holders <= (most or len(filled)))
        found.append((codes[common], holders[common]))
    return np.concatenate([codes for codes, _ in found]), np.concatenate([holders for _, holders in found])


def places_in(codes: NDArray[Any], text: NDArray[Any]) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Where the numbers of a text stand among some in order, and which of them do: the places are of these alone."""
    place = np.searchsorted(codes, text)
    there = place < len(codes)
    there[there] = codes[place[there]] == text[there]
    return place[there], there
