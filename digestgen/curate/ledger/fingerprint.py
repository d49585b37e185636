"""Fingerprints: a few characters by which a text is known again, without its words.

A *sketch* knows a text again after an edit, or inside a longer text: bottom-k sampling of runs of three words (Broder
1997), the twelve that come first in a scrambled order. The share of them that another text has is, on the mean, the
share of the text that stands in the other. *Marks* know a piece of a text again: runs of five words, chosen by
winnowing (Schleimer, Wilkerson and Aiken 2003), so that whatever shares eight words in a row shares a mark.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from digestgen.language.text import frozen_form, frozen_words
from digestgen.model import Article

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
_OPENING = 6
"""Words."""
_MARK_RUN = 5
_WINDOW = 4
_MARK_WIDTH = 6
_MARK_MASK = (1 << 5 * _MARK_WIDTH) - 1


def text_of(article: Article) -> tuple[str, ...]:
    """What an article is known by: its standfirst and body, whatever its title."""
    return (*([article.standfirst] if article.standfirst else []), *article.paragraphs)


def text_runs(article: Article) -> frozenset[int]:
    """The hashed runs of an article's text."""
    return runs_of(text_of(article))


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a text is known again by, in few bytes: as a set, its runs take twenty times the room of the text."""

    sketch: str
    packed: bytes

    @classmethod
    def of(cls, article: Article) -> Fingerprint:
        """The fingerprint of an article's text."""
        runs = text_runs(article)
        return cls(sketch(runs), array("I", sorted(runs)).tobytes())

    @property
    def runs(self) -> frozenset[int]:
        """The hashed runs."""
        return frozenset(array("I", self.packed))


def runs_of(paragraphs: Iterable[str]) -> frozenset[int]:
    """The hashed runs of three words of a text, 20 bits each; a shorter text is one run."""
    said = [word.lower() for paragraph in paragraphs for word in frozen_words(paragraph)]
    return frozenset(_hash(run) & _MASK for run in _runs(said, _RUN))


def sketch(runs: frozenset[int]) -> str:
    """The sketch of a text with these runs: up to 48 lower-case base-32 characters, four for each run."""
    chosen = sorted(runs, key=lambda run: run * _SCRAMBLE & _MASK)[:SIZE]
    return "".join(_encoded(run, _WIDTH) for run in chosen)


def sketched_runs(text: str) -> tuple[int, ...]:
    """The runs in a sketch; raises ValueError for what is none."""
    return tuple(map(_decoded, _pieces(text, _WIDTH)))


def sketch_within(text: str, runs: Collection[int]) -> str:
    """What of a sketch is among these runs: again a sketch, empty where nothing is."""
    return "".join(_encoded(run, _WIDTH) for run in sketched_runs(text) if run in runs)


def sketch_without(text: str, runs: Collection[int]) -> str:
    """What of a sketch is not among these runs."""
    return "".join(_encoded(run, _WIDTH) for run in sketched_runs(text) if run not in runs)


def checked_sketch(text: str) -> str:
    """The same text; raises ValueError where it is no sketch."""
    sketched_runs(text)
    return text


def checked_marks(text: str) -> str:
    """The same text; raises ValueError where it is no joined marks."""
    parted_marks(text)
    return text


def opening(paragraphs: Iterable[str]) -> str:
    """Four characters for the first six words of a text."""
    first = [
        frozen_form(word)
        for word in islice((word for paragraph in paragraphs for word in frozen_words(paragraph)), _OPENING)
    ]
    return _encoded(_hash(first) & _MASK, _WIDTH)


def address_of(slug: str) -> str:
    """Six characters for an address, by which it is known when it is named."""
    return _encoded(_hash([slug]) & _MARK_MASK, _MARK_WIDTH)


def marks(paragraphs: Iterable[str]) -> frozenset[str]:
    """The marks of a text, six characters each; a text of fewer than five words has one."""
    said = [frozen_form(word) for paragraph in paragraphs for word in frozen_words(paragraph)]
    hashes = [_hash(run) & _MARK_MASK for run in _runs(said, _MARK_RUN)]
    width = min(_WINDOW, len(hashes))
    chosen = {min(hashes[start : start + width]) for start in range(len(hashes) - width + 1)}
    return frozenset(_encoded(value, _MARK_WIDTH) for value in chosen)


def joined_marks(chosen: Iterable[str]) -> str:
    """Marks as one text, sorted."""
    return "".join(sorted(chosen))


def parted_marks(text: str) -> frozenset[str]:
    """The marks in such a text; raises ValueError for what is none."""
    return frozenset(_pieces(text, _MARK_WIDTH))


def _runs(said: Sequence[str], length: int) -> Iterable[Sequence[str]]:
    if len(said) <= length:
        return [said]
    return zip(*(islice(said, start, None) for start in range(length)), strict=False)


def _hash(run: Iterable[str]) -> int:
    return zlib.crc32(" ".join(run).encode("utf-8", "surrogatepass"))


def _pieces(text: str, width: int) -> list[str]:
    if len(text) % width or not set(text) <= set(_ALPHABET):
        raise ValueError("is not the fingerprint of a text")
    return [text[start : start + width] for start in range(0, len(text), width)]


def _encoded(value: int, width: int) -> str:
    return "".join(_ALPHABET[value >> 5 * place & 31] for place in reversed(range(width)))


def _decoded(text: str) -> int:
    value = 0
    for character in text:
        value = value << 5 | _ALPHABET.index(character)
    return value
