"""Near-duplicates: the same text published twice, possibly edited, shortened or with another title."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import count

import numpy as np
import regex
from numpy.typing import NDArray

from digestgen.analyse.common_elements import common_codes, places_in
from digestgen.analyse.small_print import is_notice
from digestgen.language.letters import has_unspaced
from digestgen.language.text import sentences, straighten, words
from digestgen.model import Article

_WORD = regex.compile(r"[\p{L}\p{N}\p{M}]+", regex.V1)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_QUOTED = re.compile(r'"[^"]*"')

_SHINGLE_WORDS = 3
_JACCARD = 0.25
"""Least share of all shingles of two texts that they have in common …"""
_CONTAINMENT = 0.6
"""… or least share of the shorter text's shingles."""
_SHARED_WORDS = 0.7
"""Least share of the shorter text's words outside quotation marks that the longer text contains too."""
_DIFFERING_NUMBERS = 0.028
"""Two texts are merely similar if more than this share of the words, one in thirty-six, are numbers that differ."""
_FEW_WORDS = 8
"""A shorter text is a near-duplicate of an identical text only."""
_MOST_HOLDERS = 50
"""A shingle of more originals than this is not used to find candidates."""
_SAMPLED_FROM = 8_000_000
"""Above this many words in total, a quarter of the shingles, chosen by hash, are used to find candidates."""
_SHORT_TEXT = 1_000
"""Characters. Notices are removed from shorter texts only: in longer ones they do not matter."""

_Shingles = NDArray[np.uint64]


def find_reprints(
    articles: Sequence[Article],
    settled: Mapping[str, str | None] | None = None,
    hidden: Collection[str] = frozenset(),
) -> dict[str, str]:
    """Id of each near-duplicate → id of its original, which is itself no near-duplicate.

    Two texts are compared by their shingles of three words (Broder 1997): they must share a quarter of all their
    shingles, or six tenths of the shorter text's. Titles and notices are ignored. Texts are taken in order of length,
    longest first (then complete before truncated, then by id), and each is compared with the originals so far that an
    inverted index finds. So the updates of a running story form no chain, and a text published by a thousand outlets
    costs no more than a thousand different texts. Texts that agree in words but not in numbers ("Shares in A rose 4%")
    are not near-duplicates, nor are two that share little besides a quotation.

    ``settled`` (article id → id of its original, or None) is kept: a newcomer may repeat a settled original, but never
    replaces it. An article in ``hidden`` (ids) is never the original of one that is not.
    """
    settled = settled or {}
    ordered = sorted(articles, key=lambda article: article.id)
    texts = [_text(article) for article in ordered]
    shingles = _shingles(texts)
    shared_shingles = _shared_shingles(shingles)
    by_completeness = sorted(
        range(len(ordered)),
        key=lambda at: (
            ordered[at].id not in settled,
            ordered[at].id in hidden,
            -len(shingles[at]),
            ordered[at].truncated,
            -len(texts[at]),
            ordered[at].id,
        ),
    )
    place = {article.id: at for at, article in enumerate(ordered)}
    original_of: dict[int, int] = {}
    holders: dict[int, list[int]] = {}
    for at in by_completeness:
        if repeated := settled.get(ordered[at].id):
            original_of |= {at: place[repeated]} if repeated in place else {}
            continue
        overlap: Counter[int] = Counter()
        for shingle in shared_shingles[at].tolist() if ordered[at].id not in settled else ():
            found = holders.get(shingle, ())
            if len(found) <= _MOST_HOLDERS:
                overlap.update(found)
        # Half the overlap is enough for a closer look: common shingles are skipped, and the rest may be a sample.
        mine = len(shared_shingles[at])
        likely = sorted(
            (-shared, other)
            for other, shared in overlap.items()
            if 8 * shared > mine
            and 2 * shared >= min(_CONTAINMENT * mine, _JACCARD * (mine + len(shared_shingles[other]) - shared))
        )
        for _, other in likely:
            if _overlap_enough(shingles[at], shingles[other]) and _is_same_text(texts[other], texts[at]):
                original_of[at] = other
                break
        else:
            for shingle in shared_shingles[at].tolist():
                holders.setdefault(shingle, []).append(at)
    return {ordered[at].id: ordered[original].id for at, original in sorted(original_of.items())}


class KnownTexts:
    """Texts that exist already, to check further texts against them one at a time.

    The measure is that of ``find_reprints``, which would compare all with all again for each.
    """

    def __init__(self, articles: Sequence[Article]) -> None:
        self._articles: list[Article] = list(articles)
        self._texts = [_text(article) for article in articles]
        self._numbers: defaultdict[str, int] = defaultdict(count(1).__next__)
        self._shingles = _shingles(self._texts, self._numbers)
        rows = self._shingles or [np.empty(0, dtype=np.uint64)]
        owners = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
        shingles = np.concatenate(rows)
        order = np.argsort(shingles, kind="stable")
        # Sorted for bisection: an index of Python objects would be too large for a large digest.
        self._sorted, self._owners = shingles[order], owners[order]
        self._first_new = len(articles)

    def add(self, article: Article) -> None:
        """Add a text."""
        text = _text(article)
        self._articles.append(article)
        self._texts.append(text)
        self._shingles += _shingles([text], self._numbers)

    def repeated_by(self, article: Article) -> Article | None:
        """The first known text that is a near-duplicate of the article, whichever is longer; None if there is none."""
        text = _text(article)
        (shingles,) = _shingles([text], self._numbers)
        for at in [*self._candidates(shingles), *range(self._first_new, len(self._shingles))]:
            both = ((shingles, text), (self._shingles[at], self._texts[at]))
            (shorter, short_text), (longer, long_text) = sorted(both, key=lambda one: len(one[0]))
            if len(shorter) and _overlap_enough(shorter, longer) and _is_same_text(long_text, short_text):
                repeated: Article = self._articles[at]
                return repeated
        return None

    def _candidates(self, shingles: _Shingles) -> list[int]:
        """Indices of the initial texts that may share enough shingles with the given ones."""
        starts = np.searchsorted(self._sorted, shingles, side="left")
        ends = np.searchsorted(self._sorted, shingles, side="right")
        found = [self._owners[start:end] for start, end in zip(starts, ends, strict=True) if start < end]
        if not found:
            return []
        shared = np.bincount(np.concatenate(found), minlength=self._first_new)
        least = np.minimum(len(shingles), [len(row) for row in self._shingles[: self._first_new]])
        return [int(at) for at in np.flatnonzero((shared > 0) & (shared >= _JACCARD * least))]


def _text(article: Article) -> str:
    """The compared text of an article in lower case."""
    text = "\n".join(part for part in (article.standfirst, *article.paragraphs) if part)
    if len(text) < _SHORT_TEXT:
        text = "\n".join(one for one in sentences(text, article.language) if not is_notice(one)) or text
    return text.lower()


def _words(text: str) -> list[str]:
    """The words of a text, with compounds split."""
    return words(text) if has_unspaced(text) else list(_WORD.findall(text))


def _shingles(texts: Sequence[str], numbers: defaultdict[str, int] | None = None) -> list[_Shingles]:
    """Hashed and sorted distinct shingles of each text; a text of few words is one shingle.

    ``numbers`` maps words to numbers; only texts with the same mapping can be compared.
    """
    numbers = defaultdict(count(1).__next__) if numbers is None else numbers
    return [_hash_runs(np.fromiter(map(numbers.__getitem__, _words(text)), dtype=np.uint64)) for text in texts]


def _hash_runs(words: _Shingles) -> _Shingles:
    """Hash every run of words, given as numbers, with multiply and xor-shift."""
    width = _SHINGLE_WORDS if len(words) >= _FEW_WORDS else len(words)
    if not width:
        return words
    mixed = np.zeros(len(words) - width + 1, dtype=np.uint64)
    for offset in range(width):
        mixed = (mixed + words[offset : offset + len(mixed)]) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    return np.unique(mixed)


def _shared_shingles(shingles: Sequence[_Shingles]) -> list[NDArray[np.int32]]:
    """Shingles of each text that occur in another text too, renumbered; a sample in a large digest."""
    if sum(map(len, shingles)) > _SAMPLED_FROM:
        shingles = [row[row % np.uint64(4) == 0] for row in shingles]
    shared, _ = common_codes(shingles)
    return [places_in(shared, row)[0].astype(np.int32) for row in shingles]


def _overlap_enough(shorter: _Shingles, longer: _Shingles) -> bool:
    """Whether the shingles overlap enough."""
    shared = len(np.intersect1d(shorter, longer, assume_unique=True))
    return shared >= min(_CONTAINMENT * len(shorter), _JACCARD * (len(shorter) + len(longer) - shared))


def _is_same_text(longer: str, shorter: str) -> bool:
    """Whether two texts with many shared shingles are the same text, and not merely similar."""
    longer, shorter = straighten(longer), straighten(shorter)
    own_words, others = _words(shorter), set(_words(longer))
    mine, theirs = set(_NUMBER.findall(shorter)), set(_NUMBER.findall(longer))
    differing = min(len(mine - theirs), len(theirs - mine))
    own = set(_words(_QUOTED.sub(" ", shorter)))
    return differing <= _DIFFERING_NUMBERS * len(own_words) and len(own & others) >= _SHARED_WORDS * len(own)
