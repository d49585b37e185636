"""Links between articles, and between groups, that share rare keyphrases."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, TypeVar

from digestgen.language.phrases import NormalisedPhrase, normalised_phrase
from digestgen.model import Keyphrase, RelatedArticle

_Name = TypeVar("_Name", str, int)

_REASONS: Final = 3
_MOST_SHARED: Final = 100
"""A phrase of more articles than this, or of more than half of them, makes no link."""


def related_articles(
    keyphrases: Mapping[str, Sequence[Keyphrase]],
    shown: Collection[str],
    *,
    excluded: Mapping[str, frozenset[str]],
    limit: int = 5,
) -> dict[str, tuple[RelatedArticle, ...]]:
    """For every shown article the others that share most with it, best first, each with up to three phrases.

    A shared phrase counts by its inverse document frequency. A single one makes a link only if at most the square root
    of all articles have it. ``keyphrases`` are those of all articles, by id, so that what is shown does not change how
    rare a phrase is. ``excluded``: article id → ids that it must not link to.
    """
    ids = sorted(keyphrases)
    phrases = {id_: _spellings(keyphrases[id_]) for id_ in ids}
    holders = _holders((id_, phrases[id_]) for id_ in ids)
    weights = _weights(holders, len(ids))
    rare = max(2, math.isqrt(len(ids)))
    related = {}
    for id_ in ids:
        if id_ not in shown:
            continue
        hidden = excluded.get(id_, frozenset())
        shared: dict[str, list[NormalisedPhrase]] = defaultdict(list)
        for phrase in phrases[id_]:
            if phrase in weights:
                for other in holders[phrase]:
                    if other != id_ and other in shown and other not in hidden:
                        shared[other].append(phrase)
        enough = [other for other, common in shared.items() if len(common) > 1 or len(holders[common[0]]) <= rare]
        best = sorted(enough, key=lambda other: (-sum(weights[phrase] for phrase in shared[other]), other))[:limit]
        related[id_] = tuple(RelatedArticle(other, _reasons(shared[other], weights, phrases[id_])) for other in best)
    return related


def related_groups(
    groups: Sequence[Sequence[str]], keyphrases: Mapping[str, Sequence[Keyphrase]], *, limit: int = 4
) -> tuple[tuple[tuple[int, tuple[str, ...]], ...], ...]:
    """For every group the other groups (by index) that share most with it, each with the shared phrases.

    A phrase belongs to a group if at least two of its articles have it, or all of them. It counts by its rarity among
    the groups and by its share of both groups.
    """
    spellings: dict[NormalisedPhrase, str] = {}
    shares: list[dict[NormalisedPhrase, float]] = []
    for ids in groups:
        counts: Counter[NormalisedPhrase] = Counter()
        for id_ in sorted(ids):
            for phrase, text in _spellings(keyphrases.get(id_, ())).items():
                counts[phrase] += 1
                spellings.setdefault(phrase, text)
        least = min(2, len(ids))
        shares.append({phrase: count / len(ids) for phrase, count in counts.items() if count >= least})
    holders = _holders(enumerate(shares))
    weights = _weights(holders, len(groups))
    related = []
    for number, share in enumerate(shares):
        found: dict[int, dict[NormalisedPhrase, float]] = defaultdict(dict)
        for phrase in share:
            if phrase in weights:
                for other in holders[phrase]:
                    if other != number:
                        found[other][phrase] = weights[phrase] * math.sqrt(share[phrase] * shares[other][phrase])
        best = sorted(found, key=lambda other: (-sum(found[other].values()), other))[:limit]
        related.append(tuple((other, _reasons(found[other], found[other], spellings)) for other in best))
    return tuple(related)


def _spellings(phrases: Sequence[Keyphrase]) -> dict[NormalisedPhrase, str]:
    """NormalisedPhrase phrase → displayed form, best phrase first."""
    spelled: dict[NormalisedPhrase, str] = {}
    for phrase in phrases:
        spelled.setdefault(normalised_phrase(phrase.text), phrase.text)
    return spelled


def _holders(lists: Iterable[tuple[_Name, Mapping[NormalisedPhrase, object]]]) -> dict[NormalisedPhrase, list[_Name]]:
    """Phrase → the names of the lists that contain it."""
    holders: dict[NormalisedPhrase, list[_Name]] = defaultdict(list)
    for name, phrases in lists:
        for phrase in phrases:
            holders[phrase].append(name)
    return holders


def _weights(holders: Mapping[NormalisedPhrase, Sequence[object]], size: int) -> dict[NormalisedPhrase, float]:
    """Inverse document frequency of the phrases that may make a link."""
    most = min(_MOST_SHARED, max(2, size // 2))
    return {phrase: math.log((1 + size) / len(names)) for phrase, names in holders.items() if 2 <= len(names) <= most}


def _reasons(
    phrases: Iterable[NormalisedPhrase],
    weights: Mapping[NormalisedPhrase, float],
    spelled: Mapping[NormalisedPhrase, str],
) -> tuple[str, ...]:
    """The displayed form of the phrases with the highest weight."""
    strongest = sorted(phrases, key=lambda phrase: (-weights[phrase], spelled[phrase]))[:_REASONS]
    return tuple(spelled[phrase] for phrase in strongest)
