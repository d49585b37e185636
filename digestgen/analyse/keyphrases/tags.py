"""Tags, categories and keywords that a seed gives an article: where its text says them too.

They are hints. A tag that stands nowhere in the text is never shown, and one that does is spelled as the text has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from digestgen.analyse.keyphrases.surface_forms import Readability, Span
from digestgen.analyse.keyphrases.tokens import Reading, function_words
from digestgen.language.phrases import NormalisedPhrase, normalised_phrase
from digestgen.language.text import fold
from digestgen.language.word_frequency import zipf

_LONGEST = 5
"""Words."""
_COMMON = 4.8
"""Zipf frequency from which a lone word that stands only once is too common to be a keyphrase, whoever tags with it."""


def hinted_spans(
    hints: Iterable[str], reading: Reading, readability: Readability, language: str
) -> dict[NormalisedPhrase, Span]:
    """The hints that stand in a text, and that could be shown as keyphrases: folded words → where they stand."""
    wanted = _variants(hints)
    if not wanted:
        return {}
    folded = tuple(map(fold, reading.keys))
    stop = function_words(reading, language)
    found: dict[NormalisedPhrase, Span] = {}
    for phrase, places in _places(folded, reading.breaks, wanted).items():
        settled = readability.settle(places)
        if settled is None and _may_stand(phrase, places, reading, stop, language):
            settled = places[0]
        # A tag that is only a piece of a name ("Paris" of "Paris Saint-Germain") is not what the text speaks of.
        if settled is not None and folded[settled[0] : settled[1]] == phrase:
            found[phrase] = settled
    return found


def _variants(hints: Iterable[str]) -> frozenset[NormalisedPhrase]:
    """The words of each hint, also with its hyphens and underscores as spaces."""
    spelled = {each for hint in hints for each in (hint, hint.replace("-", " ").replace("_", " "))}
    return frozenset(phrase for phrase in map(normalised_phrase, spelled) if 0 < len(phrase) <= _LONGEST)


def _places(
    folded: NormalisedPhrase, breaks: Sequence[int], wanted: frozenset[NormalisedPhrase]
) -> Mapping[NormalisedPhrase, list[Span]]:
    widths = sorted({len(phrase) for phrase in wanted})
    places = [
        (folded[start : start + width], (start, start + width))
        for start in range(len(folded))
        for width in widths
        if folded[start : start + width] in wanted and not any(breaks[start + 1 : start + width])
    ]
    places.sort()
    return {phrase: [span for _, span in spans] for phrase, spans in groupby(places, key=lambda place: place[0])}


def _may_stand(
    phrase: NormalisedPhrase, places: Sequence[Span], reading: Reading, stop: frozenset[str], language: str
) -> bool:
    """Whether a hint may be shown where our own rules would not have: it says something, and is no piece of a name."""
    start, end = places[0]
    keys = reading.keys[start:end]
    if all(key in stop for key in keys):
        return False
    if len(phrase) == 1 and len(places) == 1 and zipf(keys[0], language) >= _COMMON:
        return False
    before = start > 0 and reading.named[start - 1] and reading.named[start] and not reading.breaks[start]
    behind = end < len(reading.words) and reading.named[end - 1] and reading.named[end] and not reading.breaks[end]
    return not (before or behind)
