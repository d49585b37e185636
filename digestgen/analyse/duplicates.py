"""Near-duplicates: the same text printed twice, edited, cut or retitled."""

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

_RUN = 3
_JACCARD = 0.25
_CONTAINMENT = 0.6
_OWN_WORDS = 0.7
"""Of the shorter text's words outside quotation marks, so many must stand in the longer one too."""
_EXCHANGED = 0.028
"""Where one word in thirty-six is a number that was exchanged for another, the texts only look alike."""
_FEW = 8
"""A text of fewer words has no reprint but its equal."""
_COMMON = 50
"""A run of words that more originals than this share does not lead from one text to another."""
_LARGE = 8_000_000
"""Above so many words in all, a quarter of the runs, chosen by hash, leads from text to text."""
_SHORT = 1_000
"""Characters; in a longer text a notice or two weigh nothing."""

_Runs = NDArray[np.uint64]


def find_reprints(
    articles: Sequence[Article],
    settled: Mapping[str, str | None] | None = None,
    unseen: Collection[str] = frozenset(),
) -> dict[str, str]:
    """Id of each near-duplicate → id of the article that it repeats, which is itself no near-duplicate.

    Two texts are compared by their runs of three words (Broder's shingles, 1997): they must share a quarter of all
    their runs, or six tenths of the shorter one's. Titles and notices take no part. The texts are taken longest first
    (then whole before truncated, then by id), and each is compared with the originals so far that an inverted index
    leads to: so updates of a running story do not hang together by a chain, and a text that a thousand outlets print
    costs no more than a thousand different texts.

    Texts that agree in words but not in numbers ("Shares in A rose 4%") are not reprints, nor are two that share
    little besides a quotation.

    What is ``settled`` (article id → id of the article that it repeats, or None) stays so: a newcomer may repeat a
    settled original, and never takes its place. Nor does one that is ``unseen`` (an id) take that of one that is seen.
    """
    settled = settled or {}
    ordered = sorted(articles, key=lambda article: article.id)
    texts = [_text(article) for article in ordered]
    runs = _runs(texts)
    clues = _clues(runs)
    by_completeness = sorted(
        range(len(ordered)),
        key=lambda at: (
            ordered[at].id not in settled,
            ordered[at].id in unseen,
            -len(runs[at]),
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
        for clue in clues[at].tolist() if ordered[at].id not in settled else ():
            found = holders.get(clue, ())
            if len(found) <= _COMMON:
                overlap.update(found)
        # Half of what is asked for is enough to look closer: clues are a sample, and common ones are passed over.
        mine = len(clues[at])
        likely = sorted(
            (-shared, other)
            for other, shared in overlap.items()
            if 8 * shared > mine
            and 2 * shared >= min(_CONTAINMENT * mine, _JACCARD * (mine + len(clues[other]) - shared))
        )
        for _, other in likely:
            if _enough_shared(runs[at], runs[other]) and _is_same_text(texts[other], texts[at]):
                original_of[at] = other
                break
        else:
            for clue in clues[at].tolist():
                holders.setdefault(clue, []).append(at)
    return {ordered[at].id: ordered[original].id for at, original in sorted(original_of.items())}


class KnownTexts:
    """Texts that are there already, asked one at a time whether a further one repeats any of them.

    By the measure of ``find_reprints``, which compares all with all and would do so again for each.
    """

    def __init__(self, articles: Sequence[Article]) -> None:
        self._articles: list[Article] = list(articles)
        self._texts = [_text(article) for article in articles]
        self._numbers: defaultdict[str, int] = defaultdict(count(1).__next__)
        self._runs = _runs(self._texts, self._numbers)
        rows = self._runs or [np.empty(0, dtype=np.uint64)]
        owners = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
        runs = np.concatenate(rows)
        order = np.argsort(runs, kind="stable")
        # Sorted, so that whoever has a run is found by bisection, and a large digest needs no index of objects.
        self._sorted, self._owners = runs[order], owners[order]
        self._first_new = len(articles)

    def add(self, article: Article) -> None:
        """One more text that is there."""
        text = _text(article)
        self._articles.append(article)
        self._texts.append(text)
        self._runs += _runs([text], self._numbers)

    def repeated_by(self, article: Article) -> Article | None:
        """The first of the texts that an article repeats, or that repeats it; None where there is none."""
        text = _text(article)
        (runs,) = _runs([text], self._numbers)
        for at in [*self._sharing(runs), *range(self._first_new, len(self._runs))]:
            both = ((runs, text), (self._runs[at], self._texts[at]))
            (shorter, short_text), (longer, long_text) = sorted(both, key=lambda one: len(one[0]))
            if len(shorter) and _enough_shared(shorter, longer) and _is_same_text(long_text, short_text):
                repeated: Article = self._articles[at]
                return repeated
        return None

    def _sharing(self, runs: _Runs) -> list[int]:
        """Of the texts that were there first, those that share anything like enough runs with these."""
        starts = np.searchsorted(self._sorted, runs, side="left")
        ends = np.searchsorted(self._sorted, runs, side="right")
        found = [self._owners[start:end] for start, end in zip(starts, ends, strict=True) if start < end]
        if not found:
            return []
        shared = np.bincount(np.concatenate(found), minlength=self._first_new)
        least = np.minimum(len(runs), [len(row) for row in self._runs[: self._first_new]])
        return [int(at) for at in np.flatnonzero((shared > 0) & (shared >= _JACCARD * least))]


def _text(article: Article) -> str:
    text = "\n".join(part for part in (article.standfirst, *article.paragraphs) if part)
    if len(text) < _SHORT:
        text = "\n".join(one for one in sentences(text, article.language) if not is_notice(one)) or text
    return text.lower()


def _said(text: str) -> list[str]:
    """The words of a text, compounds in their parts."""
    return words(text) if has_unspaced(text) else list(_WORD.findall(text))


def _runs(texts: Sequence[str], numbers: defaultdict[str, int] | None = None) -> list[_Runs]:
    """The distinct runs of three words of each text, hashed and sorted; a text of few words is one run.

    ``numbers`` numbers the words; texts are compared by the same numbers only.
    """
    numbers = defaultdict(count(1).__next__) if numbers is None else numbers
    return [_hashed(np.fromiter(map(numbers.__getitem__, _said(text)), dtype=np.uint64)) for text in texts]


def _hashed(words: _Runs) -> _Runs:
    width = _RUN if len(words) >= _FEW else len(words)
    if not width:
        return words
    mixed = np.zeros(len(words) - width + 1, dtype=np.uint64)
    for offset in range(width):
        mixed = (mixed + words[offset : offset + len(mixed)]) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    return np.unique(mixed)


def _clues(runs: Sequence[_Runs]) -> list[NDArray[np.int32]]:
    """The runs of each text that another text has too, as small numbers; in a large digest a sample of them."""
    if sum(map(len, runs)) > _LARGE:
        runs = [row[row % np.uint64(4) == 0] for row in runs]
    shared, _ = common_codes(runs)
    return [places_in(shared, row)[0].astype(np.int32) for row in runs]


def _enough_shared(shorter: _Runs, longer: _Runs) -> bool:
    shared = len(np.intersect1d(shorter, longer, assume_unique=True))
    return shared >= min(_CONTAINMENT * len(shorter), _JACCARD * (len(shorter) + len(longer) - shared))


def _is_same_text(longer: str, shorter: str) -> bool:
    """Whether two texts with many runs in common tell the same, and not the like."""
    longer, shorter = straighten(longer), straighten(shorter)
    mine_said, others = _said(shorter), set(_said(longer))
    mine, theirs = set(_NUMBER.findall(shorter)), set(_NUMBER.findall(longer))
    exchanged = min(len(mine - theirs), len(theirs - mine))
    own = set(_said(_QUOTED.sub(" ", shorter)))
    return exchanged <= _EXCHANGED * len(mine_said) and len(own & others) >= _OWN_WORDS * len(own)
