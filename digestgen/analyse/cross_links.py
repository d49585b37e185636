"""Cross-links: which other articles, and which other groups, share the rarer keyphrases."""

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
"""A phrase of more articles than this (or of over half of them) links nothing: it would link everything."""


def related_articles(
    keyphrases: Mapping[str, Sequence[Keyphrase]],
    shown: Collection[str],
    *,
    excluded: Mapping[str, frozenset[str]],
    limit: int = 5,
) -> dict[str, tuple[RelatedArticle, ...]]:
    """For every article that is shown the others that share most with it, best first, each with up to three phrases.

    A shared phrase counts by its rarity (the logarithm of all articles over those with it); a single one makes a
    link only if at most the square root of all articles have it. ``excluded`` holds, by article id, the ids that it
    must not be linked to. ``keyphrases`` are those of all articles, by id: how rare a phrase is does not depend on what
    is shown.
    """
    ids = sorted(keyphrases)
    phrases = {id_: _spelled(keyphrases[id_]) for id_ in ids}
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
    """For every group, in order: the other groups (by index) that share most with it, each with its shared phrases.

    A phrase belongs to a group when two of its articles have it, or all of them. It counts by its rarity among the
    groups and by how much of both it covers.
    """
    spellings: dict[NormalisedPhrase, str] = {}
    shares: list[dict[NormalisedPhrase, float]] = []
    for ids in groups:
        counts: Counter[NormalisedPhrase] = Counter()
        for id_ in sorted(ids):
            for phrase, text in _spelled(keyphrases.get(id_, ())).items():
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


def _spelled(phrases: Sequence[Keyphrase]) -> dict[NormalisedPhrase, str]:
    """Folded phrase → as it is displayed, best first."""
    spelled: dict[NormalisedPhrase, str] = {}
    for phrase in phrases:
        spelled.setdefault(normalised_phrase(phrase.text), phrase.text)
    return spelled


def _holders(lists: Iterable[tuple[_Name, Mapping[NormalisedPhrase, object]]]) -> dict[NormalisedPhrase, list[_Name]]:
    holders: dict[NormalisedPhrase, list[_Name]] = defaultdict(list)
    for name, phrases in lists:
        for phrase in phrases:
            holders[phrase].append(name)
    return holders


def _weights(holders: Mapping[NormalisedPhrase, Sequence[object]], size: int) -> dict[NormalisedPhrase, float]:
    most = min(_MOST_SHARED, max(2, size // 2))
    return {phrase: math.log((1 + size) / len(names)) for phrase, names in holders.items() if 2 <= len(names) <= most}


def _reasons(
    phrases: Iterable[NormalisedPhrase],
    weights: Mapping[NormalisedPhrase, float],
    spelled: Mapping[NormalisedPhrase, str],
) -> tuple[str, ...]:
    strongest = sorted(phrases, key=lambda phrase: (-weights[phrase], spelled[phrase]))[:_REASONS]
    return tuple(spelled[phrase] for phrase in strongest)
