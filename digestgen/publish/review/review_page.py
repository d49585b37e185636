"""The curator's review page: what in a digest may need a decision, weakest first, each with the lines that decide it.

It is a page of the preview alone. Lines are made to fit ``curation.yml`` as it stands: what is there already is not
given again, and nothing is offered that would contradict it.
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
from digestgen.publish.review.doubtful_splits import doubtful
from digestgen.publish.review.weak_placements import shelved, weak
from digestgen.publish.review.yaml_to_paste import MOST, Cases, Desk, Paste, yaml_text
from digestgen.publish.templating import Head, fill
from digestgen.seed_kinds import sidecar_name
from digestgen.strict_yaml import Statement
from digestgen.translation import ENGLISH, words_of

PATH = "review.md"
_COPIES_SHOWN = 5
_DAYS_ASKED = 10
_SAID_SHOWN = 12
_SAYING_SHOWN = 90
"""Characters of it."""
_BOUND = ("label", "note", "pin")
"""What is said of a topic as it is on that day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """An article and those folded under it."""

    id: str
    copies: tuple[tuple[Entry, Paste | None], ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownSeed:
    """A seed of which it is not known who wrote it, or when."""

    name: str
    articles: int
    unsourced: int
    undated: int
    sidecar: Paste | None
    days: Paste | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the curator has decided of one topic or article."""

    kind: str
    """``topics`` or ``articles``."""
    slug: str
    id: str | None
    """Id of the article, or slug of the topic, where there is a page of it."""
    line: int
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unshown:
    """What is written of an edition, and no reader sees yet."""

    day: date
    line: int
    draft: bool
    title: str | None
    note: Note | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What earlier editions have settled, and what may need a decision of it."""

    topics: Collection[str] = ()
    """The slugs of all topics that there ever were, those that no reader sees among them."""
    unbound: Mapping[str, float] = field(default_factory=dict)
    """Topics whose label, note or pin was written for other articles: slug → the share of these that is left."""
    hidden: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """What is hidden though no line says so any more: ``("articles", slug)`` or ``("topics", slug)`` → where it stands
    in the seeds, which is empty for a topic."""
    letters: Sequence[Unshown] = ()
    """By day."""
    waiting: Sequence[tuple[str, str]] = ()
    """Of each article that waits for its day: where it stands in the seeds, and what says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unbound:
    """A topic of which something was said that was meant for other articles."""

    slug: str
    percent: int
    """Of these articles, what is left."""
    words: tuple[tuple[int, str], ...]
    """Line and wording of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StillHidden:
    """An article or a topic that is hidden though no line says so."""

    kind: str
    """``articles`` or ``topics``."""
    slug: str
    where: str
    show: Paste
    hide: Paste


_NOTHING_SETTLED = Settled()


def render(
    digest: Digest,
    seeds: Sequence[Seed],
    said: Sequence[Statement],
    problems: Sequence[Problem],
    settled: Settled = _NOTHING_SETTLED,
) -> tuple[str, str]:
    """Path and text of the page: ``said`` is all that ``curation.yml`` says, ``problems`` what the build refused."""
    desk = Desk(said)
    by_name = {seed.name: seed for seed in seeds}
    to = addresses(digest)
    return _page(
        problems,
        {
            "to": Links(to, PATH, words_of(ENGLISH)),
            "letters": settled.letters,
            "waiting": Cases(len(settled.waiting), tuple(settled.waiting[:MOST])),
            "doubtful": doubtful(digest, by_name),
            "unbound": _unbound(digest, said, settled.unbound),
            "hidden": _still_hidden(settled.hidden, desk),
            "weak": weak(digest, desk, settled.topics),
            "shelf": shelved(digest, desk),
            "reprints": _copied(digest, desk),
            "unknown": _unknown(digest, by_name, desk),
            "decided": _standing(digest, said),
            "former": Cases(len(to.former), tuple(to.former.items())[:MOST]),
        },
    )


def render_refusal(problems: Sequence[Problem]) -> tuple[str, str]:
    """Path and text of the page when nothing could be built."""
    return _page(problems, {})


def _page(problems: Sequence[Problem], content: Mapping[str, object]) -> tuple[str, str]:
    described = "What may need a curator's decision; shown in the preview only."
    head = Head("review", PATH, "Review", described, meta={"template": "review.html"})
    shared = {"problems": problems, "built": bool(content), "most": MOST}
    return PATH, fill(head, {**shared, **content}, words_of(ENGLISH))


def _unbound(digest: Digest, said: Sequence[Statement], shares: Mapping[str, float]) -> Cases:
    """The topics of which something was said that was meant for other articles, those with fewest of these first."""
    shown = {topic.slug for topic in digest.topics}
    found = sorted((share, slug) for slug, share in shares.items() if slug in shown)
    words: dict[str, list[tuple[int, str]]] = {slug: [] for _, slug in found}
    for statement in said:
        kind, slug, key = (*statement.path, "", "", "")[:3]
        if kind == "topics" and slug in words and len(statement.path) == 3 and key in _BOUND:
            words[slug].append((statement.line, shorten(f"{key}: {statement.text}", _SAYING_SHOWN)))
    cases = (Unbound(slug=slug, percent=round(100 * share), words=tuple(words[slug])) for share, slug in found[:MOST])
    return Cases(len(found), tuple(cases))


def _still_hidden(hidden: Mapping[tuple[str, str], str], desk: Desk) -> Cases:
    cases = (
        StillHidden(
            kind=kind,
            slug=slug,
            where=where,
            show=desk.paste((kind, slug), "hide: false"),
            hide=desk.paste((kind, slug), "hide: true"),
        )
        for (kind, slug), where in list(hidden.items())[:MOST]
    )
    return Cases(len(hidden), tuple(cases))


def _copied(digest: Digest, desk: Desk) -> Cases:
    copies: dict[str, list[Entry]] = {}
    for entry in digest.entries:
        if entry.reprint_of:
            copies.setdefault(entry.reprint_of, []).append(entry)
    return Cases(
        len(copies),
        tuple(
            Copied(
                id=original,
                copies=tuple((copy, _hidden(copy, desk)) for copy in found[:_COPIES_SHOWN]),
                more=len(found[_COPIES_SHOWN:]),
            )
            for original, found in list(copies.items())[:MOST]
        ),
    )


def _hidden(entry: Entry, desk: Desk) -> Paste | None:
    if entry.pinned or desk.says("articles", entry.slug, "hide") or desk.mentions(entry.slug, "add", "moved"):
        return None
    return desk.paste(("articles", entry.slug), "hide: true")


def _unknown(digest: Digest, seeds: Mapping[str, Seed], desk: Desk) -> Cases:
    by_seed: dict[str, list[Entry]] = {}
    for entry in digest.entries:
        by_seed.setdefault(entry.article.seed, []).append(entry)
    found = {
        name: entries
        for name, entries in by_seed.items()
        if any(entry.article.source is None or entry.article.published is None for entry in entries)
    }
    return Cases(len(found), tuple(_unknown_seed(seeds[name], found[name], desk) for name in list(found)[:MOST]))


def _unknown_seed(seed: Seed, entries: Sequence[Entry], desk: Desk) -> UnknownSeed:
    undated = [entry for entry in entries if entry.article.published is None]
    asked = [entry.slug for entry in undated if not desk.says("articles", entry.slug)][:_DAYS_ASKED]
    sidecar = list(_questions(seed, entries))
    days = [line for slug in asked for line in (f"{yaml_text(slug)}:", "  published:")]
    return UnknownSeed(
        name=seed.name,
        articles=len(entries),
        unsourced=sum(entry.article.source is None for entry in entries),
        undated=len(undated),
        sidecar=Paste(file=sidecar_name(seed.name), code=code_block("\n".join(sidecar), depth=1)) if sidecar else None,
        days=desk.paste(("articles",), *days) if asked and len(entries) > 1 else None,
    )


def _questions(seed: Seed, entries: Sequence[Entry]) -> Iterator[str]:
    """The keys that the sidecar lacks and the articles need; without a value they say nothing, so none is made up."""
    unknown = {
        "source:  # the publisher": any(entry.article.source is None for entry in entries),
        "published:  # such as 2026-11-22": any(entry.article.published is None for entry in entries),
        "url:  # https://…": any(entry.article.url is None for entry in entries),
    }
    for line, lacks in unknown.items():
        if lacks and line.partition(":")[0] not in seed.sidecar.key_lines:
            yield line


def _standing(digest: Digest, said: Sequence[Statement]) -> Cases:
    pages = {
        "topics": {topic.slug: topic.slug for topic in digest.topics},
        "articles": {entry.slug: entry.article.id for entry in digest.entries},
    }
    ruled: dict[tuple[str, ...], list[Statement]] = {}
    for statement in said:
        if len(statement.path) > 1:
            ruled.setdefault(statement.path[:2], []).append(statement)
    return Cases(
        len(ruled),
        tuple(
            Standing(
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
