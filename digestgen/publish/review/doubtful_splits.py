"""The starts of articles that the splitter is not sure of."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass

from digestgen.language.text import clean_line
from digestgen.model import SURE, Digest, Seed
from digestgen.publish.markdown import Markdown, code_block, shorten
from digestgen.publish.review.yaml_to_paste import MOST, Cases
from digestgen.seed_kinds import bare_name

_LINE_SHOWN = 90
"""Characters of a line of a seed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A line at which an article may not start."""

    id: str
    line: int
    percent: int
    first: str
    before: str
    """How what stands before it ends; empty at the start of a seed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtfulSeed:
    """The doubts about one seed."""

    name: str
    doubts: tuple[Doubt, ...]
    command: Markdown | None


def doubtful(digest: Digest, seeds: Mapping[str, Seed]) -> Cases:
    """The doubts, least sure first, by seed; ``seeds`` maps file name → seed."""
    doubted = [entry for entry in digest.entries if entry.article.boundary_confidence < SURE]
    doubted.sort(key=lambda entry: (entry.article.boundary_confidence, entry.article.seed, entry.article.lines))
    by_seed: dict[str, list[Doubt]] = {}
    lines: dict[str, list[str]] = {}
    for entry in doubted[:MOST]:
        article = entry.article
        if article.seed not in lines:
            lines[article.seed] = seeds[article.seed].text.split("\n") if article.seed in seeds else []
        rows = lines[article.seed]
        at = article.lines[0] - 1
        above = next((row for row in reversed(rows[:at]) if row.strip()), "")
        by_seed.setdefault(article.seed, []).append(
            Doubt(
                id=article.id,
                line=article.lines[0],
                percent=int(100 * article.boundary_confidence),
                first=shorten(rows[at], _LINE_SHOWN) if at < len(rows) else "",
                before=_end_of(above),
            )
        )
    return Cases(
        len(doubted),
        tuple(
            DoubtfulSeed(name=name, doubts=tuple(doubts), command=_split_command(name))
            for name, doubts in by_seed.items()
        ),
    )


def _split_command(seed: str) -> Markdown | None:
    try:
        return code_block(f"digestgen split {shlex.quote(bare_name(seed))}")
    except ValueError:
        return None


def _end_of(row: str) -> str:
    line = clean_line(row[-4 * _LINE_SHOWN :])
    if len(line) <= _LINE_SHOWN:
        return line
    return "…" + line[-_LINE_SHOWN:].partition(" ")[2]
