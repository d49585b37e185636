"""Sectioning: topics, and what stands outside them → a few broad sections, for browsing a digest of many topics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from digestgen.analyse.cluster import Collection
from digestgen.analyse.cohesion import SHELF
from digestgen.analyse.modularity import membership
from digestgen.analyse.sections import sections

_LEAST_SHARE = 0.01
"""Of the articles, the share that a section has at least; what is smaller goes to the nearest."""
_LARGE_SHARE = 0.03
"""The share from which a community is a section though it holds a single topic, most of it standing outside all."""


@dataclass(frozen=True, slots=True)
class Found:
    """A section that the texts suggest."""

    topics: tuple[str, ...]
    outside: tuple[str, ...]
    """Ids of the articles of no topic that stand in it."""


def found_sections(collection: Collection, topics: Mapping[str, Sequence[str]]) -> tuple[Found, ...]:
    """The sections that the texts of a whole collection suggest, that with most topics (name → ids) first.

    Articles fall into communities, and a topic is where most of its own are. A community of few articles, or of a
    single topic and not large itself, is no section: what is in it goes to the nearest.
    """
    ids = [article.id for article in collection.articles]
    community = sections(collection.vectors.matrix, collection.settings.sections, ids)
    size = np.bincount(community)
    chief = {name: _chief(community[collection.rows(members)].tolist()) for name, members in topics.items()}
    counts = Counter(chief.values())
    large = sorted(number for number in counts if size[number] >= _LEAST_SHARE * len(ids))
    broad = [number for number in large if counts[number] > 1 or size[number] >= _LARGE_SHARE * len(ids)]
    kept = broad or large[:1] or sorted(counts)[:1]
    if not kept:
        return ()
    homes = {str(number): [ids[row] for row in np.flatnonzero(community == number)] for number in kept}
    small = {name for name, number in chief.items() if number not in kept}
    near = nearest_sections(collection, homes, [ids[row] for row in np.flatnonzero(~np.isin(community, kept))])
    near |= {id_: number for number, members in homes.items() for id_ in members}
    section_of = chief | {
        name: _chief([int(near[id_]) for id_ in topics[name] if id_ in near] or kept[:1]) for name in small
    }
    placed = {id_ for members in topics.values() for id_ in members}
    found = [
        Found(
            tuple(sorted(name for name in topics if section_of[name] == number)),
            tuple(id_ for id_ in ids if id_ not in placed and near.get(id_) == str(number)),
        )
        for number in kept
    ]
    return tuple(sorted(found, key=lambda section: (-len(section.topics), section.topics)))


def nearest_sections(
    collection: Collection, members: Mapping[str, Iterable[str]], ids: Iterable[str]
) -> dict[str, str]:
    """Article id → the section (name → ids of its articles) that it is most like on the mean, if it is like any."""
    names = sorted(members)
    rows = collection.rows(ids)
    if not names or not len(rows):
        return {}
    label = np.full(len(collection.articles), SHELF, dtype=np.intp)
    for number, name in enumerate(names):
        label[collection.rows(members[name])] = number
    means = collection.similarity.means(rows, membership(label, len(names)))
    return {
        collection.articles[row].id: names[int(mean.argmax())]
        for row, mean in zip(rows.tolist(), means, strict=True)
        if mean.max() > 0
    }


def _chief(numbers: Sequence[int]) -> int:
    """The most frequent number, the least on a tie."""
    counts = Counter(numbers)
    return min(counts, key=lambda number: (-counts[number], number))
