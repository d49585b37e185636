"""Names as their group's texts have them: with the small words inside, and without what leads up to a person.

A phrase ends at a function word, so the "Food and Drug Administration" comes apart; but where its pieces hardly ever
stand without each other, they are one name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from digestgen.analyse.keyphrases.tokens import Reading
from digestgen.language.phrases import normalised_phrase
from digestgen.language.text import fold

_JOINING: Final = frozenset({"and", "of", "for", "on", "the", "v", "vs"})
"""Small words inside English names."""
_ALWAYS: Final = 0.9
"""The share of its places at which a phrase must be part of the longer name."""
_LONGEST: Final = 6
"""Words in the longer name."""


def whole_name(text: str, readings: Iterable[Reading]) -> str:
    """The longer name that an English phrase is nearly always part of, in texts where it stands twice or more."""
    phrase = normalised_phrase(text)
    forms: Counter[str] = Counter()
    places = 0
    for reading in readings:
        for start in _places(phrase, reading):
            if reading.vague[start] and start + len(phrase) < len(reading.vague) and reading.vague[start + 1]:
                continue
            places += 1
            first, end = _extended(start, start + len(phrase), reading)
            if first < start or end > start + len(phrase):
                forms[" ".join(reading.words[first:end])] += 1
    best = min(forms, key=lambda form: (-forms[form], form), default=text)
    fits = len(best.split()) <= _LONGEST and places > 1 and forms[best] >= _ALWAYS * places
    return best if fits else text


def _places(phrase: tuple[str, ...], reading: Reading) -> Iterator[int]:
    keys = reading.keys
    for start in range(len(keys) - len(phrase) + 1):
        if fold(keys[start]) == phrase[0] and tuple(map(fold, keys[start : start + len(phrase)])) == phrase:
            yield start


def _extended(start: int, end: int, reading: Reading) -> tuple[int, int]:
    """The span with the names on both sides that small words join to it."""
    first = start
    while (before := _joined_before(first, reading)) < first:
        first = before
    last = end
    while (after := _joined_after(last, reading)) > last:
        last = after
    return first, last


def _joined_before(start: int, reading: Reading) -> int:
    i = start
    while i > 0 and not reading.breaks[i] and reading.keys[i - 1] in _JOINING:
        i -= 1
    if i in (start, 0) or reading.breaks[i] or not reading.named[i - 1]:
        return start
    i -= 1
    while i > 0 and not reading.breaks[i] and reading.named[i - 1]:
        i -= 1
    return i


def _joined_after(end: int, reading: Reading) -> int:
    i = end
    while i < len(reading.keys) and not reading.breaks[i] and reading.keys[i] in _JOINING:
        i += 1
    if i == end or i == len(reading.keys) or reading.breaks[i] or not reading.named[i]:
        return end
    while i < len(reading.keys) and not reading.breaks[i] and reading.named[i]:
        i += 1
    return i
