"""Complete names from the texts: with function words inside, such as "Food and Drug Administration".

A keyphrase ends at a function word, which cuts such a name into pieces. Pieces that hardly ever occur without each
other are one name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from digestgen.analyse.keyphrases.tokens import TokenisedText, spans_of
from digestgen.language.phrases import normalised_phrase

_JOINING: Final = frozenset({"and", "of", "for", "on", "the", "v", "vs"})
"""Function words inside English names."""
_ALWAYS: Final = 0.9
"""Least share of a phrase's occurrences that are part of the longer name."""
_LONGEST: Final = 6
"""Most words of the longer name."""


def whole_name(text: str, texts: Iterable[TokenisedText]) -> str:
    """The longer name that an English phrase is nearly always part of, in texts where it occurs at least twice."""
    phrase = normalised_phrase(text)
    forms: Counter[str] = Counter()
    places = 0
    for tokens in texts:
        for start, stop in spans_of(phrase, tokens):
            if tokens.vague[start] and stop < len(tokens.vague) and tokens.vague[start + 1]:
                continue
            places += 1
            first, end = _extend(start, stop, tokens)
            if first < start or end > stop:
                forms[" ".join(tokens.words[first:end])] += 1
    # "U.S. Customs and Border Protection" counts for "Customs and Border Protection" too.
    times = Counter({form: sum(n for other, n in forms.items() if f" {form} " in f" {other} ") for form in forms})
    best = min(forms, key=lambda form: (-times[form], -forms[form], form), default=text)
    fits = len(best.split()) <= _LONGEST and places > 1 and times[best] >= _ALWAYS * places
    return best if fits else text


def _extend(start: int, end: int, tokens: TokenisedText) -> tuple[int, int]:
    """The span with the names on both sides that function words join to it."""
    first = start
    while (before := _joined_before(first, tokens)) < first:
        first = before
    last = end
    while (after := _joined_after(last, tokens)) > last:
        last = after
    return first, last


def _joined_before(start: int, tokens: TokenisedText) -> int:
    """Start of the name before ``start`` that a function word joins; ``start`` if there is none."""
    i = start
    while i > 0 and not tokens.breaks[i] and tokens.keys[i - 1] in _JOINING:
        i -= 1
    if i in (start, 0) or tokens.breaks[i] or not tokens.named[i - 1]:
        return start
    i -= 1
    while i > 0 and not tokens.breaks[i] and tokens.named[i - 1]:
        i -= 1
    return i


def _joined_after(end: int, tokens: TokenisedText) -> int:
    """End of the name after ``end`` that a function word joins; ``end`` if there is none."""
    i = end
    while i < len(tokens.keys) and not tokens.breaks[i] and tokens.keys[i] in _JOINING:
        i += 1
    if i == end or i == len(tokens.keys) or tokens.breaks[i] or not tokens.named[i]:
        return end
    while i < len(tokens.keys) and not tokens.breaks[i] and tokens.named[i]:
        i += 1
    return i
