"""Labels of sections: the one or two phrases that find the topics of a section best."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import fmean
from typing import Final

from digestgen.analyse.keyphrases.keyphrase_index import KeyphraseIndex
from digestgen.analyse.labels.candidates import LONGEST, Candidate, label_candidates
from digestgen.analyse.labels.headline_pairs import stems_of
from digestgen.analyse.labels.labelling import BETWEEN, first_free
from digestgen.analyse.labels.suitability import Suitability
from digestgen.language.phrases import NormalisedPhrase, normalised_phrase

_SECTION_GAIN: Final = 0.05
"""Share by which a second phrase must improve the fit of the first."""
_BARE_IN_SECTION: Final = 0.1
"""Share by which a common noun must fit better than a name."""
_LEAST_SHARE_OF_TOPIC: Final = 0.25
"""Share of the articles of two topics that must contain a phrase."""
_LEAST_SECTION_FIT: Final = 0.25
"""Phrases that fit a section less say nothing of most of it: in three mixes a reader struck those of .10 to .21, and
none of .29 and more.
"""
_SECTION_CANDIDATES: Final = 100
"""Number of phrases among which the second is chosen."""


def section_labels(
    sections: Sequence[Sequence[Sequence[str]]], index: KeyphraseIndex, topics: Sequence[Sequence[str]]
) -> tuple[str, ...]:
    """A label for each section: the one or two phrases that find it best. A section is a list of topics, each of ids.

    Used as a query, they return the topics of the section and few others, all topics counting the same; the second
    phrase finds what the first leaves out. ``topics`` are the labels of each section's topics, the largest first: no
    section gets one of these or a part of it, unless no phrases fit, and its two largest topics share more.
    """
    used = {normalised_phrase(label) for labels in topics for label in labels}
    labels: list[str] = []
    for number, names in enumerate(topics):
        chosen, fit = _section_phrases(number, sections, index, used)
        if fit < _LEAST_SECTION_FIT and len(names) > 1:
            text = ", ".join([names[0], _inside_label(names[1], sections[number], index)])
        else:
            used |= {candidate.folded for candidate in chosen}
            text = ", ".join(candidate.text for candidate in chosen) or "Other topics"
        labels.append(first_free([text[:1].upper() + text[1:]], {label.casefold() for label in labels}))
    return tuple(labels)


def _inside_label(name: str, topics: Sequence[Sequence[str]], index: KeyphraseIndex) -> str:
    """The label of a topic as it is printed after another: common nouns in small letters ("U.S. employers, drones")."""
    small = name[:1].lower() + name[1:]
    first = small.split(BETWEEN)[0]
    texts = {phrase.text for ids in topics for id_ in ids for phrase in index.keyphrases.get(id_, ())}
    return small if first in texts and first[0].upper() + first[1:] not in texts else name


def _section_phrases(
    number: int, sections: Sequence[Sequence[Sequence[str]]], index: KeyphraseIndex, used: set[NormalisedPhrase]
) -> tuple[list[Candidate], float]:
    """The one or two phrases that find a section best, and their fit."""
    query = _SectionQuery(number, sections, index)
    ids = [id_ for topic in sections[number] for id_ in topic]
    free = [
        candidate
        for candidate in label_candidates(ids, index)
        if candidate.suitability < Suitability.DOUBTFUL and used.isdisjoint(_subphrases(candidate.folded))
    ]
    broad = [candidate for candidate in free if query.is_broad(candidate)] or free
    ranked = sorted(broad, key=lambda candidate: (-query.fit(candidate), candidate.text))[:_SECTION_CANDIDATES]
    if not ranked:
        return [], 0.0
    first = ranked[0]
    apart = [c for c in ranked if _share_no_word(c, first, index.articles[ids[0]].language)]
    second = min(apart, key=lambda other: (-query.fit(first, other), other.text), default=first)
    chosen = [first, second] if query.fit(first, second) >= (1 + _SECTION_GAIN) * query.fit(first) else [first]
    return chosen, query.fit(*chosen)


def _share_no_word(one: Candidate, other: Candidate, language: str) -> bool:
    """Whether two phrases have no word in common ("COVID-19" and "Covid" have one)."""
    return set(stems_of(one.text, language)).isdisjoint(stems_of(other.text, language))


class _SectionQuery:
    """Measures how well phrases find one of the sections, topic by topic."""

    def __init__(self, number: int, sections: Sequence[Sequence[Sequence[str]]], index: KeyphraseIndex) -> None:
        self._index = index
        self._sizes = [len(ids) for ids in sections[number]]
        self._topic_of = {id_: topic for topic, ids in enumerate(sections[number]) for id_ in ids}
        # Article id → its share of its topic, and whether the topic is in the section.
        self._weights = {
            id_: (1 / len(ids), place == number)
            for place, topics in enumerate(sections)
            for ids in topics
            for id_ in ids
        }

    def is_broad(self, phrase: Candidate) -> bool:
        """Whether two topics share the phrase: one that only a single topic has names that topic."""
        holders = self._index.articles_with(phrase.folded)
        held = Counter(self._topic_of[id_] for id_ in holders if id_ in self._topic_of)
        return sum(count / self._sizes[topic] >= _LEAST_SHARE_OF_TOPIC for topic, count in held.items()) > 1

    def fit(self, *phrases: Candidate) -> float:
        """F1 of the phrases as a query for the section, 0 to 1; each topic counts by the share of it that is found.

        Phrases that headlines lack fit less, and so do common nouns: an editor prefers names.
        """
        found = {id_ for phrase in phrases for id_ in self._index.articles_with(phrase.folded)}
        weights = [self._weights[id_] for id_ in sorted(found) if id_ in self._weights]
        inside = sum(weight for weight, here in weights if here)
        bare = sum(phrase.suitability is Suitability.BARE for phrase in phrases)
        fit = 2 * inside / (sum(weight for weight, _ in weights) + len(self._sizes))
        headline_factor = fmean(phrase.headline_factor for phrase in phrases)
        return round(fit * headline_factor * (1 - _BARE_IN_SECTION) ** bare, 9)


def _subphrases(phrase: NormalisedPhrase) -> set[NormalisedPhrase]:
    """All subphrases that are short enough for a label."""
    return {phrase[i : i + width] for width in range(1, LONGEST + 1) for i in range(len(phrase) - width + 1)}
