"""Addresses and labels of new groups: a story is named by the article that founded it, a topic by its label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from digestgen.analyse.labels import labelling
from digestgen.compose.articles import Articles
from digestgen.compose.comparison import Comparison
from digestgen.curate.ledger.claims import claim_topics
from digestgen.curate.ledger.ledger import ArticleLink, Ledger
from digestgen.curate.rulings.rulings import creates_topic
from digestgen.slugs import unique_slugs


def name_stories(parts: Sequence[Sequence[str]], articles: Articles, taken: Collection[str]) -> dict[str, str]:
    """Article id → slug of its story, for each part a story of its own.

    A story that readers know keeps its slug; a new one takes that of its earliest article that founded no other.
    """
    slugs, used = articles.claims.slugs, set(taken)

    def age(id_: str) -> tuple[date, str]:
        return articles.by_id[id_].published or date.max, slugs[id_]

    named: dict[str, str] = {}
    for part in sorted(parts, key=lambda ids: (-len(ids), min(slugs[id_] for id_ in ids))):
        before = Counter(story for id_ in part if (story := _former_story(id_, articles)) and story not in used)
        founders = [
            *sorted(before, key=lambda story: (-before[story], story)),
            *(slugs[id_] for id_ in sorted(part, key=age)),
        ]
        free = (slug for slug in founders if slug not in used)
        name = next(free, unique_slugs([(founders[0], founders[0])], reserved=used)[0])
        used.add(name)
        named |= dict.fromkeys(part, name)
    return named


def _former_story(id_: str, articles: Articles) -> str | None:
    link = articles.claims.known.get(id_)
    return link.story or (link.slug if link.topic else None) if isinstance(link, ArticleLink) else None


def name_topics(
    groups: Sequence[Sequence[str]], compared: Comparison
) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """Topic slug → articles, and topic slug → label, of new groups.

    A group that holds most of a topic being regrouped keeps that topic's address.
    """
    curation = compared.curation
    ledger, rulings = curation.ledger, curation.rulings
    ordered = sorted((tuple(ids) for ids in groups), key=lambda ids: (-len(ids), ids[0]))
    regrouped = Ledger(
        articles={
            slug: link for slug, link in ledger.articles.items() if link.settled and curation.regroups(link.settled)
        },
        topics=ledger.topics,
    )
    claimed = claim_topics(regrouped, [[compared.slug(id_) for id_ in ids] for ids in ordered])
    others = [link.label for slug, link in ledger.topics.items() if link.live and slug not in claimed and link.label]
    labels = labelling.label_groups(
        ordered,
        compared.index,
        former=["" if slug is None or slug not in ledger.topics else ledger.topics[slug].label for slug in claimed],
        given=[*others, *(ruling.label for ruling in rulings.topics.values() if ruling.label)],
    )
    new = [(name, ids[0]) for name, ids, slug in zip(labels, ordered, claimed, strict=True) if slug is None]
    founded = [slug for slug, ruling in rulings.topics.items() if creates_topic(ruling)]
    fresh = iter(unique_slugs(new, reserved=["index", *ledger.topics, *founded]))
    named = {slug or next(fresh): ids for slug, ids in zip(claimed, ordered, strict=True)}
    return named, dict(zip(named, labels, strict=True))


def made_labels(
    members: Mapping[str, Sequence[str]], new: Mapping[str, str], shown: Collection[str], compared: Comparison
) -> dict[str, str]:
    """Topic slug → the label that the method gives it: the new one, else the settled one, else one made now."""
    curation = compared.curation
    labels = {slug: link.made or link.label for slug, link in curation.ledger.topics.items() if slug in members}
    labels |= {slug: text for slug, text in new.items() if slug in members}
    given = [ruling.label for ruling in curation.rulings.topics.values() if ruling.label]
    for slug in sorted(members):
        seen = [id_ for id_ in members[slug] if id_ in shown]
        if not labels.get(slug) and seen:
            taken = [text for text in labels.values() if text]
            (labels[slug],) = labelling.label_groups([seen], compared.index, given=[*taken, *given])
    return {slug: labels.get(slug, "") for slug in members}
