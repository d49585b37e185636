"""The second half of the composition: articles → who stands with whom.

The curator's word on groups (merges, additions, removals, what is hidden) is heard between the machine's proposal and
the finished grouping.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digestgen.analyse import cluster, dedupe, keyphrases, label
from digestgen.analyse.names import full_names
from digestgen.analyse.occurrence import KeyphraseIndex
from digestgen.curate.curation import Curation
from digestgen.curate.permalinks import claim_topics
from digestgen.curate.placement import NamedGroup, followers, heeded, homes, moves_articles, ruled
from digestgen.gathering import Material, Workshop
from digestgen.model import Grouping, Keyphrase
from digestgen.slugs import unique_slugs


@dataclass(frozen=True, slots=True)
class Places:
    """Who stands where."""

    proposed: Mapping[str, str]
    """Article id → slug of the topic that it would be in without the curator's rulings."""
    final: Mapping[str, str]
    """Article id → slug of the topic that it is in; hidden topics included, the shelf not."""
    hidden: frozenset[str]
    """Slugs of the topics that the curator hides."""
    follows: Mapping[str, str]
    """Article id → the id of the article that the curator moved and that it goes along with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """The articles, looked at together."""

    reprint_of: Mapping[str, str]
    phrases: Mapping[str, Sequence[Keyphrase]]
    index: KeyphraseIndex
    grouping: Grouping
    """Of the topics that readers see."""
    labels: Mapping[str, str]
    """Slug → label, for every topic, hidden ones among them."""
    places: Places


def arrange(material: Material, curation: Curation, workshop: Workshop) -> Arrangement:
    """Fold reprints, find the keyphrases of the whole, group into topics, and let the curator rule on the groups."""
    by_id, slugs, rulings = material.by_id, material.claims.slugs, curation.rulings
    workshop.start("Folding reprints")
    reprint_of = dedupe.find_reprints(tuple(by_id.values()))
    originals = [article for key, article in by_id.items() if key not in reprint_of]
    candidates = {key: study.candidates for key, study in material.studies.items()}
    names = full_names(candidates, by_id)
    phrases = keyphrases.select(candidates, by_id, names)

    workshop.start("Grouping into topics")
    index = KeyphraseIndex(by_id, phrases, names)
    proposal = cluster.propose(originals, candidates)
    held = [ids for ids in proposal.groups() if label.is_held(ids, index)]
    proposed, labels = _named(held, index, slugs, curation)
    rulings = heeded(rulings, {*curation.ledger.topics, *(group.slug for group in proposed)})
    id_of = {slugs[id_]: reprint_of.get(id_, id_) for id_ in by_id}
    following: Mapping[str, str] = {}
    if moves_articles(rulings):
        known = curation.ledger.articles
        standing = {id_: known[slugs[id_]].topic for id_ in by_id if slugs[id_] in known and known[slugs[id_]].live}
        following = followers(proposed, rulings, id_of, proposal.closest(), standing)
    groups = ruled(proposed, rulings, id_of, following)
    places = Places(
        proposed=_homes(proposed, reprint_of),
        final=_homes(groups, reprint_of),
        hidden=frozenset(slug for slug, ruling in rulings.topics.items() if ruling.hide),
        follows=following,
    )
    shown = [group.articles for group in groups if group.slug not in places.hidden]
    return Arrangement(
        reprint_of=reprint_of,
        phrases=phrases,
        index=index,
        grouping=cluster.finish(proposal, candidates, shown),
        labels=_labels(groups, labels, index, curation),
        places=places,
    )


def _named(
    held: Sequence[Sequence[str]], index: KeyphraseIndex, slugs: Mapping[str, str], curation: Curation
) -> tuple[tuple[NamedGroup, ...], dict[str, str]]:
    """The proposed groups by the addresses of the topics that they are, and what the machine calls each."""
    groups = sorted(held, key=lambda ids: (-len(ids), ids[0]))
    old = claim_topics(curation.ledger, [[slugs[id_] for id_ in ids] for ids in groups])
    known = curation.ledger.topics
    labels = label.label_groups(
        groups,
        index,
        former=["" if slug is None or slug not in known else known[slug].label for slug in old],
        given=[ruling.label for ruling in curation.rulings.topics.values() if ruling.label],
    )
    new = [(name, ids[0]) for name, ids, slug in zip(labels, groups, old, strict=True) if slug is None]
    fresh = iter(unique_slugs(new, reserved=["index", *filter(None, old)]))
    named = tuple(NamedGroup(slug or next(fresh), tuple(ids)) for slug, ids in zip(old, groups, strict=True))
    return named, {group.slug: name for group, name in zip(named, labels, strict=True)}


def _labels(
    groups: Sequence[NamedGroup], labels: Mapping[str, str], index: KeyphraseIndex, curation: Curation
) -> dict[str, str]:
    """What each topic is called: the curator's word, else the machine's, else what it was called before."""
    known = {slug: link.label for slug, link in curation.ledger.topics.items()} | dict(labels)
    known |= {slug: ruling.label for slug, ruling in curation.rulings.topics.items() if ruling.label}
    return {
        group.slug: known[group.slug] if known.get(group.slug) else label.label_groups([group.articles], index)[0]
        for group in groups
    }


def _homes(groups: Sequence[NamedGroup], reprint_of: Mapping[str, str]) -> dict[str, str]:
    """Article id → the slug of its topic; a reprint stands with what it repeats; the shelf is left out."""
    home = homes(groups)
    return home | {reprint: home[original] for reprint, original in reprint_of.items() if original in home}
