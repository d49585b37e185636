"""Divide topics, and the articles outside them, into a few broad sections for browsing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from digestgen.analyse.grouping.cluster import Collection
from digestgen.analyse.grouping.cohesion import SHELF
from digestgen.analyse.grouping.modularity import membership

Name = TypeVar("Name", str, int)

_LEAST_SHARE = 0.01
"""Least share of all articles in a section; smaller communities go to the nearest section."""
_LEAST_ARTICLES = 6
"""Least number of articles in a section."""


@dataclass(frozen=True, slots=True, order=True)
class FoundSection:
    """A section that the texts suggest."""

    topics: tuple[str, ...]
    """Names of its topics; may be empty."""
    outside: tuple[str, ...]
    """Ids of its articles outside topics."""


def found_sections(collection: Collection, topics: Mapping[str, Sequence[str]]) -> tuple[FoundSection, ...]:
    """The sections that the texts of a collection suggest, most topics first. ``topics``: name → ids.

    A topic goes as a whole to the community that holds most of its articles. A community that is too small, or that
    holds no topic and is no larger than one, is distributed to the nearest sections.
    """
    ids = [article.id for article in collection.articles]
    if not ids:
        return ()
    community = collection.communities
    size = np.bincount(community)
    held = np.zeros(len(size), dtype=np.bool_)
    for members in topics.values():
        held[most_frequent(community[collection.rows(members)].tolist())] = True
    # A section without a topic must be at least as large as what counts as a topic.
    least = max(_LEAST_SHARE * len(ids), _LEAST_ARTICLES)
    kept = np.flatnonzero(size >= np.where(held, least, max(least, collection.settings.outside_as_topic)))
    kept = kept if len(kept) else np.flatnonzero(size == size.max())
    homes = {str(number): [ids[row] for row in np.flatnonzero(community == number)] for number in kept}
    home_of = nearest_sections(collection, homes, [ids[row] for row in np.flatnonzero(~np.isin(community, kept))])
    home_of |= {id_: number for number, members in homes.items() for id_ in members}
    topics_of: dict[str, list[str]] = {number: [] for number in homes}
    for name in sorted(topics):
        topics_of[most_frequent([home_of[id_] for id_ in topics[name] if id_ in home_of] or [str(kept[0])])].append(
            name
        )
    placed = {id_ for members in topics.values() for id_ in members}
    outside = {number: [id_ for id_ in ids if id_ not in placed and home_of.get(id_) == number] for number in homes}
    found = [FoundSection(tuple(topics_of[number]), tuple(outside[number])) for number in homes]
    return tuple(sorted(found, key=lambda section: (-len(section.topics), -len(section.outside), section)))


def nearest_sections(
    collection: Collection, members: Mapping[str, Iterable[str]], ids: Iterable[str]
) -> dict[str, str]:
    """Article id → the section of highest mean similarity, for articles similar to any. ``members``: section → ids."""
    names = sorted(members)
    rows = collection.rows(ids)
    if not names or not len(rows):
        return {}
    label = np.full(len(collection.articles), SHELF, dtype=np.intp)
    for number, name in enumerate(names):
        label[collection.rows(members[name])] = number
    nearest, mean = collection.similarity.nearest_group(rows, membership(label, len(names)))
    return {
        collection.articles[row].id: names[group]
        for row, group, similar in zip(rows.tolist(), nearest.tolist(), mean.tolist(), strict=True)
        if similar > 0
    }


def most_frequent(names: Iterable[Name]) -> Name:
    """The most frequent name or number; the first in order on a tie."""
    counts = Counter(names)
    return min(counts, key=lambda name: (-counts[name], name))
