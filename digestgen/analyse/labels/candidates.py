"""Phrases that may label a group of articles, ranked by how well they find it.

Used as a query, a good label returns these articles and few others: candidates are ranked by the F1 of what they find,
weighted by how many headlines of the group have their words and by their suitability in print.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Final

from digestgen.analyse.keyphrases.keyphrase_index import KeyphraseIndex
from digestgen.analyse.labels.headline_pairs import stems_of
from digestgen.analyse.labels.suitability import Suitability, suitability
from digestgen.analyse.word_lists import Kind, word_list
from digestgen.language.phrases import NormalisedPhrase, normalised_phrase

LONGEST: Final = 5
"""Most words in a label."""
_FACTOR_WITHOUT_HEADLINE: Final = 0.35
"""Factor of a phrase none of whose words is in a headline of the group."""
_OFFICE_FACTOR: Final = 0.7
"""Factor of an office ("opposition leader"), since its holder has a name."""
_PLAIN_FACTOR: Final = 0.8
"""Factor of a name or noun that would fit many groups."""
_BARE_FACTOR: Final = 0.5
"""Factor of a common noun that no headline says, or for a small group, which has more precise phrases."""
_DOUBTFUL_FACTOR: Final = 0.5
"""Factor of a phrase that may contain a verb ("Hingis hints") or that few readers know."""
_LARGE: Final = 20
"""Number of articles from which a common noun may be all that a group has in common ("bikes")."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase that may be printed as the label of a group."""

    folded: NormalisedPhrase
    text: str
    suitability: Suitability
    holders: int
    """Number of the group's articles that contain it."""
    fit: float
    """F1 of the phrase as a query for the group: 0 to 1."""
    headline_factor: float
    """Factor of the fit by the group's headlines: 1 if all have its words."""
    appeal: float
    """The fit, weighted by headlines and suitability."""


def label_candidates(ids: Sequence[str], index: KeyphraseIndex) -> list[Candidate]:
    """The keyphrases of a group's articles that may be its label, best first."""
    languages = sorted({index.articles[id_].language for id_ in ids})
    offices = frozenset().union(*(word_list(Kind.ROLES, language) for language in languages))
    sources = frozenset(source.casefold() for id_ in ids if (source := index.articles[id_].source))
    headlines = _Headlines(ids, index)
    group = frozenset(ids)
    spellings: dict[NormalisedPhrase, Counter[str]] = {}
    scores: dict[NormalisedPhrase, float] = {}
    for id_ in sorted(group):
        for phrase in index.keyphrases.get(id_, ()):
            folded = normalised_phrase(phrase.text)
            if folded:
                spellings.setdefault(folded, Counter())[phrase.text] += 1
                scores[folded] = min(phrase.score, scores.get(folded, phrase.score))
    candidates = []
    for folded, forms in spellings.items():
        text = index.spelling(min(forms, key=lambda form: (-forms[form], form)))
        kind = suitability(text, languages, sources)
        if kind is Suitability.UNFIT or len(folded) > LONGEST:
            continue
        where = index.articles_with(folded)
        holders = sum(id_ in group for id_ in where)
        fit = 2 * holders / (len(where) + len(group))
        share = headlines.share(text)
        headline_factor = _FACTOR_WITHOUT_HEADLINE + (1 - _FACTOR_WITHOUT_HEADLINE) * share
        appeal = fit * headline_factor
        if folded[-1] in offices:
            appeal *= _OFFICE_FACTOR
        unsaid = len(folded) == 1 and text.islower() and not share
        appeal *= _suitability_factor(max(kind, Suitability.BARE) if unsaid else kind, len(group))
        candidates.append(Candidate(folded, text, kind, max(holders, 1), fit, headline_factor, appeal))
    return sorted(
        candidates, key=lambda c: (c.holders < 2, -c.appeal if c.holders > 1 else 0.0, scores[c.folded], c.text)
    )


class _Headlines:
    """The stems of the words in a group's headlines, by language."""

    def __init__(self, ids: Sequence[str], index: KeyphraseIndex) -> None:
        self._size = len(ids)
        self._counts: dict[str, Counter[str]] = {}
        for id_ in ids:
            article = index.articles[id_]
            self._counts.setdefault(article.language, Counter()).update(set(stems_of(article.title, article.language)))

    def share(self, phrase: str) -> float:
        """Share of the headlines that contain a word of the phrase, averaged over its words."""
        counted = (
            fmean(counts[word] for word in stems_of(phrase, language) or ("",))
            for language, counts in self._counts.items()
        )
        return sum(counted) / self._size


def _suitability_factor(kind: Suitability, size: int) -> float:
    """Factor of a phrase of this suitability, for a group of ``size`` articles."""
    if kind is Suitability.BARE and size < _LARGE:
        return _BARE_FACTOR
    return {Suitability.GOOD: 1.0, Suitability.DOUBTFUL: _DOUBTFUL_FACTOR}.get(kind, _PLAIN_FACTOR)
