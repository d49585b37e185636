"""Find the tags, categories and keywords of a seed in the text of its article.

Tags are hints: one that the text does not contain is never shown, and one that it contains is spelled as there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from digestgen.analyse.keyphrases.surface_forms import Span, SurfaceForms
from digestgen.analyse.keyphrases.tokens import TokenisedText, function_words
from digestgen.language.phrases import NormalisedPhrase, normalised_phrase
from digestgen.language.text import fold
from digestgen.language.word_frequency import zipf

_LONGEST = 5
"""Most words of a tag."""
_COMMON = 4.8
"""Least Zipf frequency of a single word that is too common for a keyphrase if it occurs only once."""


def hinted_spans(
    hints: Iterable[str], tokens: TokenisedText, surface_forms: SurfaceForms, language: str
) -> dict[NormalisedPhrase, Span]:
    """The hints that occur in a text and can be shown as keyphrases: folded words → span."""
    wanted = _variants(hints)
    if not wanted:
        return {}
    folded = tuple(map(fold, tokens.keys))
    stop = function_words(tokens, language)
    found: dict[NormalisedPhrase, Span] = {}
    for phrase, places in _places(folded, tokens.breaks, wanted).items():
        settled = surface_forms.choose(places)
        if settled is None and _is_acceptable(phrase, places, tokens, stop, language):
            settled = places[0]
        # A piece of a name ("Paris" of "Paris Saint-Germain") is not what the text is about.
        if settled is not None and folded[settled[0] : settled[1]] == phrase:
            found[phrase] = settled
    return found


def _variants(hints: Iterable[str]) -> frozenset[NormalisedPhrase]:
    """The folded words of each hint, with and without hyphens and underscores replaced by spaces."""
    spelled = {each for hint in hints for each in (hint, hint.replace("-", " ").replace("_", " "))}
    return frozenset(phrase for phrase in map(normalised_phrase, spelled) if 0 < len(phrase) <= _LONGEST)


def _places(
    folded: NormalisedPhrase, breaks: Sequence[int], wanted: frozenset[NormalisedPhrase]
) -> Mapping[NormalisedPhrase, list[Span]]:
    """The spans of each wanted phrase."""
    widths = sorted({len(phrase) for phrase in wanted})
    places = [
        (folded[start : start + width], (start, start + width))
        for start in range(len(folded))
        for width in widths
        if folded[start : start + width] in wanted and not any(breaks[start + 1 : start + width])
    ]
    places.sort()
    return {phrase: [span for _, span in spans] for phrase, spans in groupby(places, key=lambda place: place[0])}


def _is_acceptable(
    phrase: NormalisedPhrase, places: Sequence[Span], tokens: TokenisedText, stop: frozenset[str], language: str
) -> bool:
    """Whether a hint may be shown against our own rules: no function word, not too common, no piece of a name."""
    start, end = places[0]
    keys = tokens.keys[start:end]
    if all(key in stop for key in keys):
        return False
    if len(phrase) == 1 and len(places) == 1 and zipf(keys[0], language) >= _COMMON:
        return False
    before = start > 0 and tokens.named[start - 1] and tokens.named[start] and not tokens.breaks[start]
    behind = end < len(tokens.words) and tokens.named[end - 1] and tokens.named[end] and not tokens.breaks[end]
    return not (before or behind)
