"""Fingerprints: a few characters that identify a text without storing its words.

A *sketch* recognises a text after an edit, or inside a longer text. It is a bottom-k sample of three-word runs (Broder
1997): the twelve that come first in a pseudo-random order. The share of them found in another text estimates the share
of the text that is in it. *Marks* recognise a piece of a text: five-word runs chosen by winnowing (Schleimer, Wilkerson
and Aiken 2003), so that texts that share eight consecutive words share a mark.
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
"""Maximum number of runs in a sketch."""
_RUN = 3
_BITS = 20
_MASK = (1 << _BITS) - 1
_SCRAMBLE = 0x9E375
"""Odd, so that multiplication modulo 2^20 is a permutation."""
_WIDTH = 4
"""Base-32 characters for 20 bits."""
_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
_OPENING = 6
"""Number of words."""
_MARK_RUN = 5
_WINDOW = 4
_MARK_WIDTH = 6
_MARK_MASK = (1 << 5 * _MARK_WIDTH) - 1


def text_of(article: Article) -> tuple[str, ...]:
    """Text that identifies an article: standfirst and body without title."""
    return (*([article.standfirst] if article.standfirst else []), *article.paragraphs)


def text_runs(article: Article) -> frozenset[int]:
    """Hashed runs of an article's text."""
    return runs_of(text_of(article))


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Sketch and runs of a text in compact form: as a set, the runs take twenty times the memory of the text."""

    sketch: str
    packed: bytes

    @classmethod
    def of(cls, article: Article) -> Fingerprint:
        """Compute the fingerprint of an article's text."""
        runs = text_runs(article)
        return cls(sketch(runs), array("I", sorted(runs)).tobytes())

    @property
    def runs(self) -> frozenset[int]:
        """Hashed runs."""
        return frozenset(array("I", self.packed))


def runs_of(paragraphs: Iterable[str]) -> frozenset[int]:
    """Hashed three-word runs of a text, 20 bits each; a shorter text is a single run."""
    words = [word.lower() for paragraph in paragraphs for word in frozen_words(paragraph)]
    return frozenset(_hash(run) & _MASK for run in _runs(words, _RUN))


def sketch(runs: frozenset[int]) -> str:
    """Sketch of a text with these runs: up to 48 lower-case base-32 characters, four for each run."""
    chosen = sorted(runs, key=lambda run: run * _SCRAMBLE & _MASK)[:SIZE]
    return "".join(_base32(run, _WIDTH) for run in chosen)


def sketched_runs(text: str) -> tuple[int, ...]:
    """Decode a sketch into runs; raises ValueError if it is invalid."""
    return tuple(map(_from_base32, _pieces(text, _WIDTH)))


def sketch_within(text: str, runs: Collection[int]) -> str:
    """Part of a sketch that is among these runs, as a sketch; may be empty."""
    return "".join(_base32(run, _WIDTH) for run in sketched_runs(text) if run in runs)


def sketch_without(text: str, runs: Collection[int]) -> str:
    """Part of a sketch that is not among these runs, as a sketch."""
    return "".join(_base32(run, _WIDTH) for run in sketched_runs(text) if run not in runs)


def checked_sketch(text: str) -> str:
    """Return the text; raises ValueError if it is not a sketch."""
    sketched_runs(text)
    return text


def checked_marks(text: str) -> str:
    """Return the text; raises ValueError if it is not a string of joined marks."""
    split_marks(text)
    return text


def opening(paragraphs: Iterable[str]) -> str:
    """Fingerprint (four characters) of the first six words of a text."""
    first = [
        frozen_form(word)
        for word in islice((word for paragraph in paragraphs for word in frozen_words(paragraph)), _OPENING)
    ]
    return _base32(_hash(first) & _MASK, _WIDTH)


def address_of(slug: str) -> str:
    """Fingerprint (six characters) of an address, by which it can be recognised when it is named."""
    return _base32(_hash([slug]) & _MARK_MASK, _MARK_WIDTH)


def marks(paragraphs: Iterable[str]) -> frozenset[str]:
    """Marks of a text, six characters each; a text of fewer than five words has one."""
    words = [frozen_form(word) for paragraph in paragraphs for word in frozen_words(paragraph)]
    hashes = [_hash(run) & _MARK_MASK for run in _runs(words, _MARK_RUN)]
    width = min(_WINDOW, len(hashes))
    chosen = {min(hashes[start : start + width]) for start in range(len(hashes) - width + 1)}
    return frozenset(_base32(value, _MARK_WIDTH) for value in chosen)


def joined_marks(chosen: Iterable[str]) -> str:
    """Join marks into one sorted string."""
    return "".join(sorted(chosen))


def split_marks(text: str) -> frozenset[str]:
    """Split a string of joined marks; raises ValueError if it is invalid."""
    return frozenset(_pieces(text, _MARK_WIDTH))


def _runs(words: Sequence[str], length: int) -> Iterable[Sequence[str]]:
    if len(words) <= length:
        return [words]
    return zip(*(islice(words, start, None) for start in range(length)), strict=False)


def _hash(run: Iterable[str]) -> int:
    return zlib.crc32(" ".join(run).encode("utf-8", "surrogatepass"))


def _pieces(text: str, width: int) -> list[str]:
    if len(text) % width or not set(text) <= set(_ALPHABET):
        raise ValueError("is not the fingerprint of a text")
    return [text[start : start + width] for start in range(0, len(text), width)]


def _base32(value: int, width: int) -> str:
    return "".join(_ALPHABET[value >> 5 * place & 31] for place in reversed(range(width)))


def _from_base32(text: str) -> int:
    value = 0
    for character in text:
        value = value << 5 | _ALPHABET.index(character)
    return value
