"""Topics → sections: what was settled stays, new topics go to the nearest, and the curator's word comes first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection as Ids
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digestgen.analyse.cluster import Collection
from digestgen.analyse.occurrence import KeyphraseIndex
from digestgen.analyse.sectioning import found_sections, nearest_sections, section_labels


@dataclass(frozen=True, slots=True, kw_only=True)
class Sections:
    """In which section everything stands, by the section's label; empty where a digest has none."""

    of_topics: Mapping[str, str]
    """Topic slug → label."""
    of_articles: Mapping[str, str]
    """Id of an original → label."""


def arrange(  # noqa: PLR0913 -- all named
    *,
    collection: Collection,
    index: KeyphraseIndex,
    topics: Mapping[str, Sequence[str]],
    labels: Mapping[str, str],
    settled: Mapping[str, str],
    ruled: Mapping[str, str],
    shown: Ids[str],
) -> Sections:
    """The sections of a digest; there are none while it has few topics, but for those that the curator names.

    ``topics`` are the originals of each, by slug, ``settled`` the sections that editions have put topics in, ``ruled``
    those that the curator has. Labels come from articles that are ``shown``.
    """
    known = {slug: label for slug, label in {**settled, **ruled}.items() if slug in topics}
    many = len(topics) >= collection.settings.many_topics
    if not settled.keys() & topics.keys() and many:
        found = found_sections(collection, topics)
        parts = [[[id_ for id_ in topics[slug] if id_ in shown] for slug in part] for part in found]
        named = section_labels(parts, index, labels.values())
        known = {slug: label for label, part in zip(named, found, strict=True) for slug in part} | known
    if not many and not settled.keys() & topics.keys():
        # The curator's sections alone: nobody else is put beside what was put there by hand.
        return Sections(
            of_topics=known, of_articles={id_: label for slug, label in known.items() for id_ in topics[slug]}
        )
    homes: dict[str, list[str]] = {}
    for slug, label in sorted(known.items()):
        homes.setdefault(label, []).extend(topics[slug])
    placed = {id_ for ids in homes.values() for id_ in ids}
    near = nearest_sections(
        collection, homes, (article.id for article in collection.articles if article.id not in placed)
    )
    of_topics = dict(known)
    for slug, ids in topics.items():
        votes = Counter(near[id_] for id_ in ids if id_ in near)
        if slug not in known and votes:
            of_topics[slug] = min(votes, key=lambda label: (-votes[label], label))
    inside = {id_: label for slug, label in of_topics.items() for id_ in topics[slug]}
    return Sections(of_topics=of_topics, of_articles={**near, **inside})
