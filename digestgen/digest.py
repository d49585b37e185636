"""Pure composition: seeds in, Digest out.

::

    seeds → gathering: articles → arrangement: groups → assembly: topics and entries → Digest and ledger

The curator's word comes between the stages: on articles when they are read, on groups when they are proposed, on topics
and entries when they are finished.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from digestgen.analyse import keyphrases, relate
from digestgen.arrangement import Arrangement, Places, arrange
from digestgen.assembly import Findings, TopicName, assemble_entries, assemble_topics
from digestgen.curate.annotation import annotated_entry, annotated_topic
from digestgen.curate.curation import Curation
from digestgen.curate.ledger import Ledger
from digestgen.curate.loss import decisions, loss_problems, losses
from digestgen.curate.record import Edition, Placement, former_addresses, former_names, recorded
from digestgen.curate.ruling_check import check_rulings
from digestgen.curate.rulings import Rulings
from digestgen.curate.settings import DigestSettings
from digestgen.errors import Problem
from digestgen.gathering import Bench, Material, Workshop, gather
from digestgen.model import Digest, Seed, Source
from digestgen.promises import verify


@dataclass(frozen=True, slots=True)
class Composition:
    """A digest, and what of the seeds could not be used in it."""

    digest: Digest
    ledger: Ledger
    """Every address ever published, this edition's among them."""
    lost: tuple[str, ...]
    """Slugs of published articles that are gone, and that nobody has decided on; they are among the problems."""
    problems: tuple[Problem, ...]
    notices: tuple[str, ...]


def compose(
    seeds: Iterable[Seed],
    settings: DigestSettings,
    curation: Curation | None = None,
    workshop: Workshop | None = None,
) -> Composition:
    """The digest of some seeds.

    The result depends on neither the order of the seeds nor the workshop. Every article of every seed becomes one
    entry, in one topic or on the shelf, but for those that the curator hides. Raises AssertionError should a summary
    sentence not stand in its article.
    """
    curation = curation or Curation()
    workshop = workshop or Bench()
    material = gather(seeds, settings, curation, workshop)
    arranged = arrange(material, curation, workshop)
    workshop.start("Labelling, summarising, linking")
    claims, places = material.claims, arranged.places
    gone = curation.ledger.articles.keys() - set(claims.slugs.values())
    decided = decisions(curation.rulings, gone)
    edition = Edition(
        placements=_placements(material, places),
        topics={slug: label for slug, label in arranged.labels.items() if slug not in places.hidden},
        hidden_topics={slug: label for slug, label in arranged.labels.items() if slug in places.hidden},
        decided=decided,
    )
    ledger = recorded(curation.ledger, claims, edition, curation.day)
    digest = _digest(material, arranged, ledger, settings, curation.rulings)
    verify(digest)
    problems = list(material.problems)
    lost = losses(claims.lost, decided, curation.ledger, curation.refused | {problem.file for problem in problems})
    problems += loss_problems(lost, curation.ledger)
    problems += check_rulings(
        curation.rulings,
        articles=set(claims.slugs.values()),
        topics=curation.ledger.topics.keys() | arranged.labels.keys() | set(places.proposed.values()),
        gone=gone,
        file=curation.rulings_name,
    )
    languages = sorted({entry.article.language for entry in digest.entries})
    notices = tuple(notice for language in languages if (notice := keyphrases.warning(language)))
    return Composition(digest, ledger, lost, tuple(problems), notices)


def _placements(material: Material, places: Places) -> list[Placement]:
    """What the ledger is told of each article."""
    return [
        Placement(
            article=article,
            topic=None if (topic := places.final.get(article.id)) in places.hidden else topic,
            proposed=places.proposed.get(article.id),
            hidden=article.id not in material.by_id or topic in places.hidden,
        )
        for article in material.everything
        if article.id not in material.broken
    ]


def _digest(
    material: Material, arranged: Arrangement, ledger: Ledger, settings: DigestSettings, rulings: Rulings
) -> Digest:
    grouping, places = arranged.grouping, arranged.places
    slugs = [places.final[group.articles[0]] for group in grouping.groups]
    names = [TopicName(slug, arranged.labels[slug], ledger.topics[slug].first) for slug in slugs]
    topics = assemble_topics(grouping, names, arranged.reprint_of, arranged.index)
    visible = [article for key, article in material.by_id.items() if places.final.get(key) not in places.hidden]
    related = relate.related_articles(visible, arranged.phrases, excluded=_families(arranged.reprint_of))
    findings = {
        article.id: Findings(
            slug=material.claims.slugs[article.id],
            summary=material.studies[article.id].summary,
            keyphrases=tuple(arranged.phrases[article.id]),
            related=related.get(article.id, ()),
            reprint_of=arranged.reprint_of.get(article.id),
            first=ledger.articles[material.claims.slugs[article.id]].first,
        )
        for article in visible
    }
    latest = ledger.latest_edition()
    entries = tuple(
        annotated_entry(
            entry,
            rulings.articles.get(entry.slug),
            ruled=places.proposed.get(entry.article.id) != places.final.get(entry.article.id),
            follows=places.follows.get(entry.article.id),
            new=ledger.articles[entry.slug].first == latest,
        )
        for entry in assemble_entries(visible, findings, grouping, topics)
    )
    pinned = frozenset(entry.article.id for entry in entries if entry.pinned)
    renamed = former_names(ledger)
    annotated = (
        annotated_topic(
            topic,
            rulings.topics.get(topic.slug),
            pinned=pinned,
            new=ledger.topics[topic.slug].first == latest,
            former_names=renamed.get(topic.slug, ()),
        )
        for topic in topics
    )
    return Digest(
        title=settings.title,
        description=settings.description,
        language=settings.language,
        entries=entries,
        topics=tuple(sorted(annotated, key=lambda topic: not topic.pinned)),
        shelf=tuple(article.id for article in visible if article.id not in places.final),
        sources=tuple(
            Source(name=name, homepage=settings.homepages.get(name))
            for name in sorted({article.source for article in visible if article.source})
        ),
        former=former_addresses(ledger, {entry.slug: entry.article.id for entry in entries}),
    )


def _families(reprint_of: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """For each original and reprint: all who tell the same."""
    families: dict[str, set[str]] = defaultdict(set)
    for reprint, original in reprint_of.items():
        families[original] |= {original, reprint}
    return {member: frozenset(family) for family in families.values() for member in family}
