"""Published addresses that a build would lose, and how the curator can decide on them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import PurePosixPath

from digestgen import routes
from digestgen.curate.ledger.ledger import ArticleLink, Ledger
from digestgen.curate.rulings.rulings import Rulings
from digestgen.errors import Problem
from digestgen.seed_kinds import bare_name

_NAMED = 3
"""Up to this many lost addresses of a seed are reported one by one, more as a single problem."""


def decisions_on_lost(rulings: Rulings, gone: Collection[str]) -> dict[str, str | None]:
    """The curator's decisions on ``gone`` articles: slug → slug to redirect to, or None for withdrawn."""
    ruled = ((slug, rulings.articles[slug]) for slug in sorted(gone) if slug in rulings.articles)
    return {
        slug: None if ruling.moved is None else ruling.moved.slug
        for slug, ruling in ruled
        if ruling.hide or ruling.moved
    }


def undecided_losses(
    lost: Sequence[str], decided: Collection[str], ledger: Ledger, excused: Collection[str]
) -> tuple[str, ...]:
    """Slugs in ``lost`` without a decision, except those whose seed is ``excused``.

    ``excused`` are names of files that exist but cannot be used as they are.
    """
    there = {*excused, *map(bare_name, excused)}
    return tuple(
        slug for slug in lost if slug not in decided and not _lies_in(PurePosixPath(ledger.articles[slug].seed), there)
    )


def _lies_in(seed: PurePosixPath, excused: Collection[str]) -> bool:
    """Whether a seed, or a folder above it, is among some names without endings."""
    return bare_name(seed.as_posix()) in excused or any(folder.as_posix() in excused for folder in seed.parents)


def loss_problems(lost: Sequence[str], ledger: Ledger) -> tuple[Problem, ...]:
    """Problems for lost addresses, each with the ways to decide; one for all of a seed that loses many.

    The seed is the one in which the text was last seen: the article that it was joined with may still be there.
    """
    by_seed: dict[str, list[str]] = {}
    for slug in lost:
        link = ledger.articles[slug]
        by_seed.setdefault(ledger.articles[link.to or slug].seed, []).append(slug)
    problems: list[Problem] = []
    for seed, slugs in sorted(by_seed.items()):
        if len(slugs) > _NAMED:
            message = (
                f"{len(slugs)} articles were published from it and are in no seed any more; their addresses would die"
            )
            problems.append(Problem(seed, None, f"{message}. {_HOW}"))
        else:
            problems += (Problem(seed, None, f"{_loss(ledger.articles[slug])}. {_HOW}") for slug in slugs)
    return tuple(problems)


def _loss(link: ArticleLink) -> str:
    path = routes.article(link.slug)
    if link.to is None:
        return f"{path} was published from it and is in no seed any more; its address would die"
    where = routes.article(link.to)
    return f"{path} was joined with {where} and is in no seed any more; its address would lead to another text"


_HOW = (
    "Put the text back, or decide in curation.yml: under articles:, its slug with hide: true (its page will say that "
    "it was withdrawn) or moved: another-slug (`digestgen plan` prints the lines to paste); "
    "or name an archive that has it under archives: in digest.yml"
)
