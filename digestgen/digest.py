"""Pure composition: seeds in, Digest out.

::

    seeds → articles → reprints folded → keyphrases → groups → labels, summaries, links → Digest

The curator's word comes between the stages: on articles when they are read, on groups when they are proposed, on topics
and entries when they are finished.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeVar

from digestgen.analyse import cluster, dedupe, keyphrases, label, relate, summarise
from digestgen.analyse.names import full_names
from digestgen.analyse.occurrence import KeyphraseIndex
from digestgen.assembly import Findings, TopicName, assemble_entries, assemble_topics
from digestgen.curate.annotation import annotated_entry, annotated_topic
from digestgen.curate.editing import edited
from digestgen.curate.ledger import Ledger
from digestgen.curate.loss import decisions, loss_problems, losses
from digestgen.curate.permalinks import Claims, claim_articles, claim_topics
from digestgen.curate.placement import NamedGroup, followers, heeded, moves_articles, ruled
from digestgen.curate.record import Edition, Placement, former_addresses, recorded
from digestgen.curate.ruling_check import check_rulings
from digestgen.curate.rulings import Rulings
from digestgen.curate.settings import DigestSettings
from digestgen.errors import Problem
from digestgen.ingest import identity, read
from digestgen.model import Article, Digest, Grouping, Keyphrase, Seed, Source
from digestgen.promises import verify
from digestgen.slugs import unique_slugs
from digestgen.text import clean_line

A = TypeVar("A")
B = TypeVar("B")


class Workshop(Protocol):
    """Where the work is done: shows how far it is, and may spread it over cores."""

    def start(self, stage: str) -> None:
        """A stage begins; ``stage`` is what to show to a person."""

    def map(self, stage: str, work: Callable[[A], B], things: Sequence[A]) -> list[B]:
        """``[work(thing) for thing in things]``, in that order; ``work`` is a module's own function."""


class Bench:
    """The plainest workshop: one core, silent."""

    def start(self, stage: str) -> None:
        """Nothing to show."""

    def map(self, stage: str, work: Callable[[A], B], things: Sequence[A]) -> list[B]:  # noqa: ARG002
        """One after the other."""
        return [work(thing) for thing in things]


@dataclass(frozen=True, slots=True, kw_only=True)
class Curation:
    """What the curator has decided, and what earlier editions have made known."""

    rulings: Rulings = field(default_factory=Rulings)
    ledger: Ledger = field(default_factory=Ledger)
    day: date = date(1970, 1, 1)
    """The day on which what is new in this edition is first seen."""
    refused: frozenset[str] = frozenset()
    """Seeds that are there but cannot be used now: what was published of them is not gone."""
    rulings_name: str = "curation.yml"
    """For messages."""


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


@dataclass(frozen=True, slots=True)
class _Study:
    """What one article alone tells."""

    candidates: tuple[Keyphrase, ...]
    summary: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Places:
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
class _Material:
    """The articles, each looked at alone."""

    everything: tuple[Article, ...]
    """Every article that could be read."""
    claims: Claims
    by_id: Mapping[str, Article]
    """Those that the curator lets in, as the curator corrected them."""
    studies: Mapping[str, _Study]
    broken: frozenset[str]
    """Ids of those that broke the study of them."""
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Arrangement:
    """The articles, looked at together."""

    reprint_of: Mapping[str, str]
    phrases: Mapping[str, Sequence[Keyphrase]]
    index: KeyphraseIndex
    grouping: Grouping
    """Of the topics that readers see."""
    labels: Mapping[str, str]
    """Slug → label, for every topic, hidden ones among them."""
    places: _Places


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
    material = _gather(seeds, settings, curation, workshop)
    arranged = _arrange(material, curation, workshop)
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


def _gather(seeds: Iterable[Seed], settings: DigestSettings, curation: Curation, workshop: Workshop) -> _Material:
    workshop.start("Reading the seeds")
    everything, problems = _read(seeds, settings)
    claims = claim_articles(curation.ledger, everything)
    shown = edited(everything, claims.slugs, curation.rulings)
    studies: dict[str, _Study] = {}
    for article, found in zip(shown, workshop.map("Studying the articles", _study, shown), strict=True):
        if isinstance(found, Problem):
            problems.append(found)
        else:
            studies[article.id] = found
    return _Material(
        everything=everything,
        claims=claims,
        by_id={article.id: article for article in shown if article.id in studies},
        studies=studies,
        broken=frozenset(article.id for article in shown if article.id not in studies),
        problems=tuple(problems),
    )


def _arrange(material: _Material, curation: Curation, workshop: Workshop) -> _Arrangement:
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
    places = _Places(
        proposed=_homes(proposed, reprint_of),
        final=_homes(groups, reprint_of),
        hidden=frozenset(slug for slug, ruling in rulings.topics.items() if ruling.hide),
        follows=following,
    )
    shown = [group.articles for group in groups if group.slug not in places.hidden]
    return _Arrangement(
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
    home = {id_: group.slug for group in groups for id_ in group.articles}
    return home | {reprint: home[original] for reprint, original in reprint_of.items() if original in home}


def _placements(material: _Material, places: _Places) -> list[Placement]:
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
    material: _Material, arranged: _Arrangement, ledger: Ledger, settings: DigestSettings, rulings: Rulings
) -> Digest:
    grouping, places = arranged.grouping, arranged.places
    slugs = [places.final[group.articles[0]] for group in grouping.groups]
    names = [TopicName(slug, arranged.labels[slug]) for slug in slugs]
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
    annotated = (
        annotated_topic(
            topic, rulings.topics.get(topic.slug), pinned=pinned, new=ledger.topics[topic.slug].first == latest
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


def _read(seeds: Iterable[Seed], settings: DigestSettings) -> tuple[tuple[Article, ...], list[Problem]]:
    defaults = read.Defaults(language=None, publish=settings.publish)
    readings = [_read_seed(seed, defaults) for seed in sorted(seeds, key=lambda seed: seed.name)]
    articles = identity.with_unique_ids(article for reading in readings for article in reading.articles)
    return articles, [problem for reading in readings for problem in reading.problems]


# One text that the method cannot bear must not cost the reader all the others: a fault of ours, met while a single
# seed or article is worked on, is a problem of that seed or article. Faults in what concerns all are not caught.


def _read_seed(seed: Seed, defaults: read.Defaults) -> read.Reading:
    try:
        return read.read_seed(seed, defaults)
    except Exception as fault:  # noqa: BLE001 -- see above
        return read.Reading((), (_refusal(fault, seed.name, None, "this seed"),))


def _study(article: Article) -> _Study | Problem:
    try:
        return _Study(keyphrases.extract(article), summarise.summarise_article(article))
    except Exception as fault:  # noqa: BLE001 -- see above
        return _refusal(fault, article.seed, article.lines[0], "this article")


def _refusal(fault: Exception, seed: str, line: int | None, what: str) -> Problem:
    reason = clean_line(f"{type(fault).__name__}: {fault}")[:200]
    return Problem(seed, line, f"digestgen failed on {what} and left it out; please report this ({reason})")


def _families(reprint_of: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """For each original and reprint: all who tell the same."""
    families: dict[str, set[str]] = defaultdict(set)
    for reprint, original in reprint_of.items():
        families[original] |= {original, reprint}
    return {member: frozenset(family) for family in families.values() for member in family}
