"""Elements that several sorted arrays have in common; the arrays hold hashes or word codes of a text each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

_AT_ONCE: Final = 500_000
"""Elements counted at a time. Most occur in one text only, so that not all of them need to be in memory."""


def common_codes(texts: Sequence[NDArray[Any]], most: int | None = None) -> tuple[NDArray[Any], NDArray[np.intp]]:
    """Elements of at least two arrays and at most ``most``, sorted, and the number of arrays with each.

    Each array must be sorted and without duplicates.
    """
    filled = [text for text in texts if len(text)]
    if not filled:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.intp)
    size = sum(map(len, filled))
    # Bounds from a sample, so that all ranges hold about the same number of elements.
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
    """Positions in the sorted ``codes`` of the elements of ``text`` found there, and the mask of these elements."""
    place = np.searchsorted(codes, text)
    there = place < len(codes)
    there[there] = codes[place[there]] == text[there]
    return place[there], there
