"""Topics → sections: settled ones stay, new topics go to the nearest section, rulings come first."""

from __future__ import annotations

from collections.abc import Collection as Ids
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digestgen.analyse.grouping.cluster import Collection
from digestgen.analyse.grouping.sections import found_sections, most_frequent, nearest_sections
from digestgen.analyse.keyphrases.keyphrase_index import KeyphraseIndex
from digestgen.analyse.labels.section_labels import section_labels
from digestgen.slugs import unique_slugs


@dataclass(frozen=True, slots=True, kw_only=True)
class Sections:
    """The section of every topic and article, by the section's label; empty for a digest without sections."""

    of_topics: Mapping[str, str]
    """Topic slug → label."""
    of_articles: Mapping[str, str]
    """Id of an original → label."""

    @property
    def slugs(self) -> dict[str, str]:
        """Label → slug of each section."""
        labels = sorted({*self.of_topics.values(), *self.of_articles.values()})
        return dict(zip(labels, unique_slugs([(label, label) for label in labels], reserved=()), strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledSections:
    """What earlier editions have settled, by the section's label."""

    topics: Mapping[str, str]
    articles: Mapping[str, str]
    """Ids of originals outside every topic."""


def arrange(  # noqa: PLR0913 -- all named
    *,
    collection: Collection,
    index: KeyphraseIndex,
    topics: Mapping[str, Sequence[str]],
    labels: Mapping[str, str],
    settled: SettledSections,
    ruled: Mapping[str, str],
    shown: Ids[str],
) -> Sections:
    """Arrange a digest in sections. A small digest has none but those that the curator names.

    ``topics`` maps slugs to originals, ``ruled`` topic slugs to the sections that rulings put them in. Labels are made
    from the articles in ``shown`` alone.
    """
    known = {slug: label for slug, label in {**settled.topics, **ruled}.items() if slug in topics}
    inside = {id_ for ids in topics.values() for id_ in ids}
    outside = {id_: label for id_, label in settled.articles.items() if id_ not in inside}
    sectioned = bool(settled.topics.keys() & topics.keys()) or bool(outside)
    if not sectioned and collection.settings.has_sections(len(topics), len(collection.articles) - len(inside)):
        found = found_sections(collection, topics)
        # Articles outside every topic count as much in a section as one of its topics.
        parts = [[*(topics[slug] for slug in section.topics), section.outside] for section in found]
        seen = [[ids for part in each if (ids := [id_ for id_ in part if id_ in shown])] for each in parts]
        by_size = sorted(topics, key=lambda slug: (-len(topics[slug]), slug))
        names = [[labels[slug] for slug in by_size if slug in section.topics and labels[slug]] for section in found]
        named = list(zip(section_labels(seen, index, names), found, strict=True))
        known = {slug: label for label, section in named for slug in section.topics} | known
        outside = {id_: label for label, section in named for id_ in section.outside}
    elif not sectioned:
        # Sections made by rulings alone: nothing else is placed in them.
        here = {id_: label for slug, label in known.items() for id_ in topics[slug]}
        return Sections(of_topics=known, of_articles=here)
    homes: dict[str, list[str]] = {}
    for slug, label in sorted(known.items()):
        homes.setdefault(label, []).extend(topics[slug])
    for id_, label in sorted(outside.items()):
        homes.setdefault(label, []).append(id_)
    placed = {id_ for ids in homes.values() for id_ in ids}
    others = [each.id for each in collection.articles if each.id not in placed]
    near = nearest_sections(collection, homes, others)
    of_topics = dict(known)
    for slug, held in topics.items():
        votes = [near[id_] for id_ in held if id_ in near]
        if slug not in known and votes:
            of_topics[slug] = most_frequent(votes)
    here = {id_: label for slug, label in of_topics.items() for id_ in topics[slug]}
    return Sections(of_topics=of_topics, of_articles={**near, **outside, **here})
