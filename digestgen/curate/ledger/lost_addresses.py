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
"""Of so many lost addresses of one seed each is a problem of its own; more are one problem together."""


def decisions(rulings: Rulings, gone: Collection[str]) -> dict[str, str | None]:
    """What the curator wants with articles that are ``gone``: slug → the slug that it leads to; None: withdrawn."""
    ruled = ((slug, rulings.articles[slug]) for slug in sorted(gone) if slug in rulings.articles)
    return {
        slug: None if ruling.moved is None else ruling.moved.slug
        for slug, ruling in ruled
        if ruling.hide or ruling.moved
    }


def losses(lost: Sequence[str], decided: Collection[str], ledger: Ledger, excused: Collection[str]) -> tuple[str, ...]:
    """The slugs among ``lost`` that are neither ``decided`` on nor in a seed that is only ``excused``.

    ``excused`` are names of files that are there, but cannot be used as they are.
    """
    there = {*excused, *map(bare_name, excused)}
    return tuple(
        slug for slug in lost if slug not in decided and not _lies_in(PurePosixPath(ledger.articles[slug].seed), there)
    )


def _lies_in(seed: PurePosixPath, excused: Collection[str]) -> bool:
    """Whether a seed, or a folder that it lies in, is among some names without endings."""
    return bare_name(seed.as_posix()) in excused or any(folder.as_posix() in excused for folder in seed.parents)


def loss_problems(lost: Sequence[str], ledger: Ledger) -> tuple[Problem, ...]:
    """One problem for each lost address, or one for a seed that takes many along; each says how to decide.

    The seed is that which the text was last seen in: the article that it was joined with may stand there still.
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
    "it was withdrawn) or moved: another-slug (`digestgen plan` prints the lines to paste)"
)
