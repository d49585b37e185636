"""Article boundaries that the splitter is unsure of."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass

from digestgen.language.text import clean_line
from digestgen.model import SURE, Digest, Seed
from digestgen.publish.markdown import Markdown, code_block, shorten
from digestgen.publish.review.ruling_snippets import MOST, Findings
from digestgen.seed_kinds import bare_name

_LINE_SHOWN = 90
"""Characters shown of a seed's line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtfulBoundary:
    """A line where an article may not actually start."""

    id: str
    line: int
    percent: int
    first: str
    before: str
    """End of the preceding text; empty at the start of a seed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtfulSeed:
    """Doubtful boundaries of one seed."""

    name: str
    doubts: tuple[DoubtfulBoundary, ...]
    command: Markdown | None


def doubtful_boundaries(digest: Digest, seeds: Mapping[str, Seed]) -> Findings:
    """Find doubtful boundaries, least certain first, grouped by seed; ``seeds`` maps file name → seed."""
    doubted = [entry for entry in digest.entries if entry.article.boundary_confidence < SURE]
    doubted.sort(key=lambda entry: (entry.article.boundary_confidence, entry.article.seed, entry.article.lines))
    by_seed: dict[str, list[DoubtfulBoundary]] = {}
    lines: dict[str, list[str]] = {}
    for entry in doubted[:MOST]:
        article = entry.article
        if article.seed not in lines:
            lines[article.seed] = seeds[article.seed].text.split("\n") if article.seed in seeds else []
        rows = lines[article.seed]
        at = article.lines[0] - 1
        above = next((row for row in reversed(rows[:at]) if row.strip()), "")
        by_seed.setdefault(article.seed, []).append(
            DoubtfulBoundary(
                id=article.id,
                line=article.lines[0],
                percent=int(100 * article.boundary_confidence),
                first=shorten(rows[at], _LINE_SHOWN) if at < len(rows) else "",
                before=_end_of(above),
            )
        )
    return Findings(
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
