"""What to call a group of articles, and which phrases hold it together.

A good label finds the group: typed as a query, it brings up these articles and few others. So phrases are compared
by the F1 measure of what they retrieve.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from digestgen.analyse.occurrence import Folded, articles_with, contains, folded_phrase
from digestgen.model import Article, Keyphrase

_LONGEST: Final = 5
"""Words in a label, at most."""
_SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class _Candidate:
    folded: Folded
    text: str
    holders: int
    """Articles of the group that the phrase stands in."""
    fit: float
    """F1 of the phrase as a query for the group: 0 to 1."""


def label_groups(
    groups: Sequence[Sequence[str]],
    articles: Mapping[str, Article],
    keyphrases: Mapping[str, Sequence[Keyphrase]],
) -> tuple[str, ...]:
    """One label for each group, in their order: 1 to 5 words, not empty, no two alike.

    A label is a phrase of at least two of the group's articles where there is one; an article alone is called by
    its own best keyphrase.
    """
    found = articles_with({folded_phrase(p.text) for id_ in keyphrases for p in keyphrases[id_]}, articles)
    labels = [""] * len(groups)
    taken: set[str] = set()
    for number in sorted(range(len(groups)), key=lambda n: (-len(groups[n]), n)):
        ranked = _candidates(groups[number], keyphrases, found)
        wording = [_completed(candidate, ranked, found) for candidate in ranked if candidate.holders > 1]
        wording += [candidate.text for candidate in ranked if candidate.holders == 1]
        wording += [" ".join(articles[id_].title.split()[:_LONGEST]) for id_ in groups[number]]
        labels[number] = _free(wording, taken)
        taken.add(labels[number].casefold())
    return tuple(labels)


def topic_keyphrases(
    ids: Sequence[str], articles: Mapping[str, Article], keyphrases: Mapping[str, Sequence[Keyphrase]]
) -> tuple[Keyphrase, ...]:
    """The phrases that stand in two articles of a group or more, best first, at most 8, none inside another.

    The score is one minus the F1 measure of the phrase as a query for the group: above 0, lower is better.
    """
    found = articles_with({folded_phrase(p.text) for id_ in ids for p in keyphrases.get(id_, ())}, articles)
    kept: list[_Candidate] = []
    for candidate in _candidates(ids, keyphrases, found):
        nested = any(contains(k.folded, candidate.folded) or contains(candidate.folded, k.folded) for k in kept)
        if candidate.holders > 1 and not nested:
            kept.append(candidate)
        if len(kept) == _SHOWN:
            break
    return tuple(Keyphrase(candidate.text, max(1.0 - candidate.fit, 1e-6)) for candidate in kept)


def _candidates(
    ids: Sequence[str], keyphrases: Mapping[str, Sequence[Keyphrase]], found: Mapping[Folded, Sequence[str]]
) -> list[_Candidate]:
    """The keyphrases of a group's articles: those that retrieve it best first."""
    group = frozenset(ids)
    spellings: dict[Folded, Counter[str]] = {}
    scores: dict[Folded, float] = {}
    for id_ in sorted(group):
        for phrase in keyphrases.get(id_, ()):
            folded = folded_phrase(phrase.text)
            if folded:
                spellings.setdefault(folded, Counter())[phrase.text] += 1
                scores[folded] = min(phrase.score, scores.get(folded, phrase.score))
    candidates = []
    for folded, forms in spellings.items():
        where = found.get(folded, ())
        holders = sum(id_ in group for id_ in where)
        fit = 2 * holders / (len(where) + len(group))
        text = min(forms, key=lambda form: (-forms[form], form))
        if len(folded) <= _LONGEST:
            candidates.append(_Candidate(folded, text[0].upper() + text[1:], max(holders, 1), fit))
    return sorted(candidates, key=lambda c: (c.holders < 2, -c.fit if c.holders > 1 else 0.0, scores[c.folded], c.text))


def _completed(candidate: _Candidate, ranked: Sequence[_Candidate], found: Mapping[Folded, Sequence[str]]) -> str:
    """The label, or the longer phrase of the group that it is mostly a part of ("Navalny" → "Alexei Navalny")."""
    here = found.get(candidate.folded, ())
    longer = [
        other
        for other in ranked
        if len(other.folded) > len(candidate.folded)
        and contains(other.folded, candidate.folded)
        and 2 * len(found.get(other.folded, ())) >= len(here)
    ]
    return longer[0].text if longer else candidate.text


def _free(wording: Sequence[str], taken: set[str]) -> str:
    for text in wording:
        if text and text.casefold() not in taken:
            return text
    base = next((text for text in wording if text), "Articles")
    number = 2
    while f"{base} {number}".casefold() in taken:
        number += 1
    return f"{base} {number}"
