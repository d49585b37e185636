"""The first half of the composition: seeds → articles, each looked at alone.

The curator's word on single articles (titles, dates, what is hidden) is heard as soon as they are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from digestgen.analyse import keyphrases, summarise
from digestgen.curate.curation import Curation
from digestgen.curate.editing import edited
from digestgen.curate.permalinks import Claims, claim_articles
from digestgen.curate.settings import DigestSettings
from digestgen.errors import Problem
from digestgen.ingest import identity, read
from digestgen.model import Article, Keyphrase, Seed
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


@dataclass(frozen=True, slots=True)
class Study:
    """What one article alone tells."""

    candidates: tuple[Keyphrase, ...]
    summary: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """The articles, each looked at alone."""

    everything: tuple[Article, ...]
    """Every article that could be read."""
    claims: Claims
    by_id: Mapping[str, Article]
    """Those that the curator lets in, as the curator corrected them."""
    studies: Mapping[str, Study]
    broken: frozenset[str]
    """Ids of those that broke the study of them."""
    problems: tuple[Problem, ...]


def gather(seeds: Iterable[Seed], settings: DigestSettings, curation: Curation, workshop: Workshop) -> Material:
    """Read the seeds and study each article; what cannot be read or studied is a problem, and left out."""
    workshop.start("Reading the seeds")
    everything, problems = _read(seeds, settings)
    claims = claim_articles(curation.ledger, everything)
    shown = edited(everything, claims.slugs, curation.rulings)
    studies: dict[str, Study] = {}
    for article, found in zip(shown, workshop.map("Studying the articles", _study, shown), strict=True):
        if isinstance(found, Problem):
            problems.append(found)
        else:
            studies[article.id] = found
    return Material(
        everything=everything,
        claims=claims,
        by_id={article.id: article for article in shown if article.id in studies},
        studies=studies,
        broken=frozenset(article.id for article in shown if article.id not in studies),
        problems=tuple(problems),
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


def _study(article: Article) -> Study | Problem:
    try:
        return Study(keyphrases.extract(article), summarise.summarise_article(article))
    except Exception as fault:  # noqa: BLE001 -- see above
        return _refusal(fault, article.seed, article.lines[0], "this article")


def _refusal(fault: Exception, seed: str, line: int | None, what: str) -> Problem:
    reason = clean_line(f"{type(fault).__name__}: {fault}")[:200]
    return Problem(seed, line, f"digestgen failed on {what} and left it out; please report this ({reason})")
