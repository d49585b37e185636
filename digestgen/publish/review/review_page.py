"""The curator's review page: what may need a decision, weakest first, each with YAML that decides it.

Shown in the preview only. Snippets fit ``curation.yml`` as it stands: they never repeat or contradict what it says.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from digestgen.errors import Problem
from digestgen.model import Digest, Entry, Seed
from digestgen.publish.addresses import addresses
from digestgen.publish.links import Links
from digestgen.publish.markdown import code_block, shorten
from digestgen.publish.notes import Note
from digestgen.publish.review.doubtful_splits import doubtful_boundaries
from digestgen.publish.review.ruling_snippets import MOST, CurationFile, Findings, Snippet, yaml_text
from digestgen.publish.review.weak_placements import shelved_articles, weak_topics
from digestgen.publish.templating import PageHead, render_page
from digestgen.seed_kinds import sidecar_name
from digestgen.strict_yaml import Statement
from digestgen.translation import ENGLISH, words_of

PATH = "review.md"
_COPIES_SHOWN = 5
_DAYS_ASKED = 10
_SAID_SHOWN = 12
_SAYING_SHOWN = 90
"""Characters shown of a ruling."""
_BOUND = ("label", "note", "pin")
"""Rulings on a topic that refer to the articles it had when they were written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReprintGroup:
    """An article and its reprints."""

    id: str
    copies: tuple[tuple[Entry, Snippet | None], ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IncompleteSeed:
    """A seed with articles whose source or date is unknown."""

    name: str
    articles: int
    unsourced: int
    undated: int
    sidecar: Snippet | None
    days: Snippet | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExistingRuling:
    """Rulings in force on one topic or article."""

    kind: str
    """``topics`` or ``articles``."""
    slug: str
    id: str | None
    """Article id or topic slug, if it has a page."""
    line: int
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnpublishedLetter:
    """A letter for an edition that readers do not see yet."""

    day: date
    line: int
    draft: bool
    title: str | None
    note: Note | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What earlier editions settled, and what in it may need a decision."""

    topics: Collection[str] = ()
    """Slugs of all topics ever, including those that readers do not see."""
    outdated_rulings: Mapping[str, float] = field(default_factory=dict)
    """Slugs of topics whose label, note or pin was written for other articles → share of those articles left."""
    hidden: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """What is still hidden although no line says so: ``("articles", slug)`` or ``("topics", slug)`` → place in the
    seeds (empty for a topic)."""
    letters: Sequence[UnpublishedLetter] = ()
    """Ordered by day."""
    waiting: Sequence[tuple[str, str]] = ()
    """Articles waiting for their day: place in the seeds, and what says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutdatedRulings:
    """A topic with rulings that were written for other articles."""

    slug: str
    percent: int
    """Share of those articles that the topic still has."""
    words: tuple[tuple[int, str], ...]
    """Line and wording of each ruling."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StillHidden:
    """An article or topic that is hidden although no line says so."""

    kind: str
    """``articles`` or ``topics``."""
    slug: str
    where: str
    show: Snippet
    hide: Snippet


_NOTHING_SETTLED = Settled()


def render(
    digest: Digest,
    seeds: Sequence[Seed],
    statements: Sequence[Statement],
    problems: Sequence[Problem],
    settled: Settled = _NOTHING_SETTLED,
) -> tuple[str, str]:
    """Return path and text of the page; ``said`` is all of ``curation.yml``, ``problems`` what the build rejected."""
    curation_file = CurationFile(statements)
    by_name = {seed.name: seed for seed in seeds}
    to = addresses(digest)
    return _page(
        problems,
        {
            "to": Links(to, PATH, words_of(ENGLISH)),
            "letters": settled.letters,
            "waiting": Findings(len(settled.waiting), tuple(settled.waiting[:MOST])),
            "doubtful": doubtful_boundaries(digest, by_name),
            "unbound": _outdated(digest, statements, settled.outdated_rulings),
            "hidden": _still_hidden(settled.hidden, curation_file),
            "weak": weak_topics(digest, curation_file, settled.topics),
            "shelf": shelved_articles(digest, curation_file),
            "reprints": _reprint_groups(digest, curation_file),
            "unknown": _incomplete_seeds(digest, by_name, curation_file),
            "decided": _existing_rulings(digest, statements),
            "former": Findings(len(to.former), tuple(to.former.items())[:MOST]),
        },
    )


def render_refusal(problems: Sequence[Problem]) -> tuple[str, str]:
    """Return path and text of the page for a build that failed."""
    return _page(problems, {})


def _page(problems: Sequence[Problem], content: Mapping[str, object]) -> tuple[str, str]:
    described = "What may need a curator's decision; shown in the preview only."
    head = PageHead("review", PATH, "Review", described, meta={"template": "review.html"})
    shared = {"problems": problems, "built": bool(content), "most": MOST}
    return PATH, render_page(head, {**shared, **content}, words_of(ENGLISH))


def _outdated(digest: Digest, statements: Sequence[Statement], shares: Mapping[str, float]) -> Findings:
    """Topics with rulings written for other articles, fewest articles left first."""
    shown = {topic.slug for topic in digest.topics}
    found = sorted((share, slug) for slug, share in shares.items() if slug in shown)
    words: dict[str, list[tuple[int, str]]] = {slug: [] for _, slug in found}
    for statement in statements:
        kind, slug, key = (*statement.path, "", "", "")[:3]
        if kind == "topics" and slug in words and len(statement.path) == 3 and key in _BOUND:
            words[slug].append((statement.line, shorten(f"{key}: {statement.text}", _SAYING_SHOWN)))
    cases = (
        OutdatedRulings(slug=slug, percent=round(100 * share), words=tuple(words[slug])) for share, slug in found[:MOST]
    )
    return Findings(len(found), tuple(cases))


def _still_hidden(hidden: Mapping[tuple[str, str], str], curation_file: CurationFile) -> Findings:
    cases = (
        StillHidden(
            kind=kind,
            slug=slug,
            where=where,
            show=curation_file.paste((kind, slug), "hide: false"),
            hide=curation_file.paste((kind, slug), "hide: true"),
        )
        for (kind, slug), where in list(hidden.items())[:MOST]
    )
    return Findings(len(hidden), tuple(cases))


def _reprint_groups(digest: Digest, curation_file: CurationFile) -> Findings:
    copies: dict[str, list[Entry]] = {}
    for entry in digest.entries:
        if entry.reprint_of:
            copies.setdefault(entry.reprint_of, []).append(entry)
    return Findings(
        len(copies),
        tuple(
            ReprintGroup(
                id=original,
                copies=tuple((copy, _hide_snippet(copy, curation_file)) for copy in found[:_COPIES_SHOWN]),
                more=len(found[_COPIES_SHOWN:]),
            )
            for original, found in list(copies.items())[:MOST]
        ),
    )


def _hide_snippet(entry: Entry, curation_file: CurationFile) -> Snippet | None:
    if (
        entry.pinned
        or curation_file.says("articles", entry.slug, "hide")
        or curation_file.mentions(entry.slug, "add", "moved")
    ):
        return None
    return curation_file.paste(("articles", entry.slug), "hide: true")


def _incomplete_seeds(digest: Digest, seeds: Mapping[str, Seed], curation_file: CurationFile) -> Findings:
    by_seed: dict[str, list[Entry]] = {}
    for entry in digest.entries:
        by_seed.setdefault(entry.article.seed, []).append(entry)
    found = {
        name: entries
        for name, entries in by_seed.items()
        if any(entry.article.source is None or entry.article.published is None for entry in entries)
    }
    return Findings(
        len(found), tuple(_incomplete_seed(seeds[name], found[name], curation_file) for name in list(found)[:MOST])
    )


def _incomplete_seed(seed: Seed, entries: Sequence[Entry], curation_file: CurationFile) -> IncompleteSeed:
    undated = [entry for entry in entries if entry.article.published is None]
    asked = [entry.slug for entry in undated if not curation_file.says("articles", entry.slug)][:_DAYS_ASKED]
    sidecar = list(_missing_keys(seed, entries))
    days = [line for slug in asked for line in (f"{yaml_text(slug)}:", "  published:")]
    return IncompleteSeed(
        name=seed.name,
        articles=len(entries),
        unsourced=sum(entry.article.source is None for entry in entries),
        undated=len(undated),
        sidecar=Snippet(file=sidecar_name(seed.name), code=code_block("\n".join(sidecar), depth=1))
        if sidecar
        else None,
        days=curation_file.paste(("articles",), *days) if asked and len(entries) > 1 else None,
    )


def _missing_keys(seed: Seed, entries: Sequence[Entry]) -> Iterator[str]:
    """Yield keys that the sidecar lacks and the articles need, without values, so that nothing is made up."""
    unknown = {
        "source:  # the publisher": any(entry.article.source is None for entry in entries),
        "published:  # such as 2026-11-22": any(entry.article.published is None for entry in entries),
        "url:  # https://…": any(entry.article.url is None for entry in entries),
    }
    for line, lacks in unknown.items():
        if lacks and line.partition(":")[0] not in seed.sidecar.key_lines:
            yield line


def _existing_rulings(digest: Digest, statements: Sequence[Statement]) -> Findings:
    pages = {
        "topics": {topic.slug: topic.slug for topic in digest.topics},
        "articles": {entry.slug: entry.article.id for entry in digest.entries},
    }
    ruled: dict[tuple[str, ...], list[Statement]] = {}
    for statement in statements:
        if len(statement.path) > 1:
            ruled.setdefault(statement.path[:2], []).append(statement)
    return Findings(
        len(ruled),
        tuple(
            ExistingRuling(
                kind=kind,
                slug=slug,
                id=pages.get(kind, {}).get(slug),
                line=found[0].line,
                says=tuple(
                    shorten(": ".join((*statement.path[2:], statement.text)), _SAYING_SHOWN)
                    for statement in found
                    if statement.text is not None
                )[:_SAID_SHOWN],
            )
            for (kind, slug), found in list(ruled.items())[:MOST]
        ),
    )
