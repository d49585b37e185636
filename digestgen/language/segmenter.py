"""Word segmentation for scripts without spaces (sole importer of ``icu4py``).

ICU has dictionaries for Chinese, Japanese, Thai, Lao, Khmer and Burmese. Runs of Chinese characters are segmented again
into the most likely words by their frequency in Chinese and Japanese; ICU's words are among the candidates.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Final

import regex
from icu4py.breakers import WordBreaker

from digestgen.language.letters import UNSPACED, WORD, has_unspaced
from digestgen.language.stop_words import stop_words
from digestgen.language.word_frequency import relative_frequencies

_LONGEST: Final = 5
"""Characters of a Chinese word, at most, unless ICU knows a longer one."""
_RARE: Final = 1e-6
"""The probability of a word that only ICU knows."""
_UNKNOWN: Final = 1e-9
_CHUNK: Final = regex.compile(rf"(?P<run>[{UNSPACED}][{UNSPACED}\p{{M}}\u200c\u200d]*)|[^{UNSPACED}]+", regex.V1)
_WORD: Final = regex.compile(WORD, regex.V1)
_HAN: Final = regex.compile(r"\p{Script=Han}+", regex.V1)


def segment_words(word: str) -> Sequence[str]:
    """Split what stands between two spaces into words; just one, except in scripts without spaces."""
    return _segmented(word) if has_unspaced(word) else (word,)


@lru_cache(maxsize=20_000)
def _segmented(word: str) -> tuple[str, ...]:
    found: list[str] = []
    for chunk in _CHUNK.finditer(word):
        if not chunk["run"]:
            found += _WORD.findall(chunk.group())
            continue
        for is_han, pieces in groupby(WordBreaker(chunk["run"], "und"), _is_han):
            parts = list(pieces)
            found += _with_names_joined(_most_likely(parts)) if is_han else parts
    return tuple(found)


def _is_han(piece: str) -> bool:
    return _HAN.fullmatch(piece) is not None


def _most_likely(pieces: Sequence[str]) -> list[str]:
    """The most likely segmentation of a run of Chinese characters under a unigram model."""
    run, known = "".join(pieces), set(pieces)
    lists = (relative_frequencies("zh"), relative_frequencies("ja"))
    longest = max(_LONGEST, *map(len, pieces))
    best = [(0.0, 0)]
    for end in range(1, len(run) + 1):
        choices = []
        for start in range(max(0, end - longest), end):
            word = run[start:end]
            share = max(each.get(word, 0.0) for each in lists)
            if not share and word in known:
                share = _RARE
            if share or end - start == 1:
                choices.append((best[start][0] + math.log(share or _UNKNOWN), start))
        best.append(max(choices))
    cuts = [len(run)]
    while cuts[-1]:
        cuts.append(best[cuts[-1]][1])
    return [run[start:end] for start, end in pairwise(reversed(cuts))]


def _with_names_joined(words: Sequence[str]) -> Iterator[str]:
    """Join pairs of single characters that are no function words: most often they are a name."""
    stop = stop_words("zh")
    waiting = ""
    for word in words:
        single = len(word) == 1 and word not in stop
        if waiting and single:
            yield waiting + word
            waiting = ""
            continue
        if waiting:
            yield waiting
        waiting = word if single else ""
        if not single:
            yield word
    if waiting:
        yield waiting
