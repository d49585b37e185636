"""A sketch of a text: a few characters by which it is known again after an edit, or inside a longer text.

Bottom-k sampling of runs of three words (Broder 1997): of all hashed runs, the twelve that come first in a scrambled
order. The share of them that another text has too is, on the mean, the share of the text that stands in the other.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from itertools import islice

from digestgen.text import words

SIZE = 12
"""Runs in a sketch, at most."""
_RUN = 3
_BITS = 20
_MASK = (1 << _BITS) - 1
_SCRAMBLE = 0x9E375
"""Odd, so that multiplying by it modulo 2^20 is a permutation."""
_WIDTH = 4
"""Base-32 characters for 20 bits."""
_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"


def runs_of(paragraphs: Iterable[str]) -> frozenset[int]:
    """The hashed runs of three words of a text, 20 bits each; a shorter text is one run."""
    said = [word.lower() for paragraph in paragraphs for word in words(paragraph)]
    runs = zip(*(islice(said, start, None) for start in range(_RUN)), strict=False) if len(said) > _RUN else [said]
    return frozenset(zlib.crc32(" ".join(run).encode("utf-8", "surrogatepass")) & _MASK for run in runs)


def sketch(runs: frozenset[int]) -> str:
    """The sketch of a text with these runs: up to 48 lower-case base-32 characters, four for each run."""
    chosen = sorted(runs, key=lambda run: run * _SCRAMBLE & _MASK)[:SIZE]
    return "".join(_encoded(run) for run in chosen)


def sketched_runs(text: str) -> tuple[int, ...]:
    """The runs in a sketch; raises ValueError for what is none."""
    if len(text) % _WIDTH or not set(text) <= set(_ALPHABET):
        raise ValueError("is no sketch of a text")
    return tuple(_decoded(text[start : start + _WIDTH]) for start in range(0, len(text), _WIDTH))


def _encoded(run: int) -> str:
    return "".join(_ALPHABET[run >> shift & 31] for shift in (15, 10, 5, 0))


def _decoded(text: str) -> int:
    value = 0
    for character in text:
        value = value << 5 | _ALPHABET.index(character)
    return value
