"""How well phrases hold a group of articles together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from digestgen.analyse.occurrence import KeyphraseIndex
from digestgen.model import Hold
from digestgen.phrase import Folded, folded_phrase


def holds(phrases: Iterable[str], ids: Sequence[str], index: KeyphraseIndex) -> tuple[Hold, ...]:
    """For each phrase that is a keyphrase of the collection, once, how well it finds the articles of a group.

    In the order of the phrases, whatever their case and ending. The measure is F1: twice the articles of the group with
    the phrase, over those of the group and all that have the phrase.
    """
    group = frozenset(ids)
    found: dict[Folded, Hold] = {}
    for text in phrases:
        folded = folded_phrase(text)
        where = index.articles_with(folded)
        inside = sum(id_ in group for id_ in where)
        if inside and folded not in found:
            found[folded] = Hold(text, 2 * inside / (len(where) + len(group)), inside, len(where) - inside)
    return tuple(found.values())
