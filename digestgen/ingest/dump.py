"""Plain text: one article, an undivided dump, or a list of teasers, told apart by the text itself."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from digestgen.errors import Problem
from digestgen.ingest.boundary_features import Floats, log_odds
from digestgen.ingest.boundary_model import Model, probabilities
from digestgen.ingest.broken import breaks_off
from digestgen.ingest.draft import Draft
from digestgen.ingest.layout import Block, blocks_of
from digestgen.ingest.segmentation import segment
from digestgen.model import Seed, SplitLine
from digestgen.text import fold, is_terminated, words

TEASERS = 0.4
"""Mean probability of a start from which a text is a list of teasers, each paragraph an article.

In training, nearly all lists have .55 and more, dumps of whole articles .32 at most."""
BROKEN = 0.2
"""Share of paragraphs that break off from which a text is one: in training, dumps have a tenth at most."""
_LEAST_BROKEN = 3
_LIST = 0.8
"""How sure a start is at least in a list of teasers."""
_LEAST_TEASER = 0.1
"""Probability below which a paragraph of a list of teasers is no article even so."""
_MARKED = 2.0
"""Log-odds taken from the rest where the curator has set separators: what was parted by hand is parted well."""
_GAP = 3.0
"""Log-odds given to a paragraph above which there are more empty lines than usual."""
_LONGEST_TITLE = 18
"""Words of a title over its own teaser."""
_SHARED = 0.45
"""Share of a title's words that its teaser must repeat."""
_LONGEST_HEADING = 150
"""Characters of an unterminated paragraph that is no article by itself."""
_COMPARED = 2_000
"""Characters by which two paragraphs are compared."""
_SUREST = 0.999
"""Nothing is certain but what was told."""


def read_dump(seed: Seed, language: str) -> tuple[list[Draft], list[Problem]]:
    """The articles of a ``.txt`` seed: as its sidecar splits it, or else as the boundary model does.

    ``language`` chooses the function words.
    """
    if seed.sidecar.articles is not None:
        return _told(seed, seed.sidecar.articles)
    blocks = blocks_of(seed.text.split("\n"))
    if not blocks:
        return [], []
    texts = [block.text for block in blocks]
    chance = _with_layout(probabilities(texts, language), blocks)
    starts, confidence = _split(texts, chance, [index for index, block in enumerate(blocks) if block.separated])
    return [
        _draft(blocks[first:last], sure)
        for (first, last), sure in zip(pairwise([*starts, len(blocks)]), confidence, strict=True)
    ], []


def split_texts(
    texts: Sequence[str], language: str, model: Model | None = None
) -> tuple[Sequence[int], Sequence[float]]:
    """The starts of the articles among paragraphs without any layout, and the confidence of each.

    ``model`` is the shipped one unless given; 1.0 is the confidence of the first, and of no other.
    """
    return _split(texts, probabilities(texts, language, model), ())


def _with_layout(chance: Floats, blocks: Sequence[Block]) -> Floats:
    """The probabilities in the light of separators and empty lines, which the model has not seen."""
    odds = log_odds(chance)
    if any(block.separated for block in blocks):
        odds -= _MARKED
    for index, (before, block) in enumerate(pairwise(blocks), start=1):
        # An empty line under a heading parts it from its own text.
        if block.gap and is_terminated(before.text[-40:]):
            odds[index] += _GAP
    adjusted: Floats = 1.0 / (1.0 + np.exp(-odds))
    adjusted[0] = 1.0
    return adjusted


def _split(texts: Sequence[str], chance: Floats, separated: Sequence[int]) -> tuple[Sequence[int], Sequence[float]]:
    repeats = np.array([False, *(_alike(before, after) for before, after in pairwise(texts))])
    if _is_teaser_list(texts, chance):
        pairs = zip(pairwise(texts), chance[1:], strict=True)
        titled = [False, *(_is_title_over(before, after, p) for (before, after), p in pairs)]
        starts = [i for i in range(len(texts)) if i == 0 or i in separated or not (repeats[i] or titled[i])]
        # Being one of a list of teasers speaks for a start as well.
        chance = 1 - (1 - chance) * (1 - _LIST)
    else:
        headings = np.array([not is_terminated(text[-40:]) and len(text) <= _LONGEST_HEADING for text in texts])
        starts = segment(np.where(repeats, -50.0, log_odds(chance)), separated, headings)
    told = {0, *separated}
    return starts, [1.0 if start in told else min(_SUREST, round(float(chance[start]), 3)) for start in starts]


def _is_teaser_list(texts: Sequence[str], chance: Floats) -> bool:
    if len(texts) < 2:
        return False
    broken = sum(map(breaks_off, texts))
    return float(chance[1:].mean()) > TEASERS or (broken >= _LEAST_BROKEN and broken >= BROKEN * len(texts))


def _alike(before: str, after: str) -> bool:
    return before == after or _folded(before) == _folded(after)


def _folded(text: str) -> list[str]:
    return [fold(word) for word in words(text[:_COMPARED])]


def _is_title_over(title: str, teaser: str, chance: float) -> bool:
    """Whether a paragraph of a teaser list is the title of the next: shorter, unterminated, and its words recur there.

    Where they do not recur, the model's word is taken that the next starts nothing.
    """
    if is_terminated(title[-40:]):
        return False
    of_title = _folded(title)
    of_teaser = _folded(teaser)
    content = {word for word in of_title if len(word) > 3}
    if not content or not len(of_title) <= min(_LONGEST_TITLE, len(of_teaser) - 1):
        return False
    return chance < _LEAST_TEASER or len(content & set(of_teaser)) >= _SHARED * len(content)


def _draft(blocks: Sequence[Block], confidence: float, told: SplitLine | None = None) -> Draft:
    texts = [block.text for block in blocks]
    # A teaser that stands there twice is said once.
    kept = texts[:1] + [after for before, after in pairwise(texts) if not _alike(before, after)]
    return Draft(
        paragraphs=tuple(kept),
        lines=(blocks[0].first, blocks[-1].last),
        confidence=confidence,
        title=told.title if told else None,
        source=told.source if told else None,
        url=told.url if told else None,
        published=told.published if told else None,
    )


def _told(seed: Seed, split: Sequence[SplitLine]) -> tuple[list[Draft], list[Problem]]:
    """The articles that a sidecar lists, each from its line to the line before the next.

    A line that cannot be right is a problem; the others still count, and no text is lost: what stands above the
    first line listed is an article too, though a problem.
    """
    lines = seed.text.split("\n")
    problems: list[Problem] = []

    def report(message: str) -> None:
        problems.append(Problem(seed.sidecar.name, None, f"articles: {message}"))

    entries: dict[int, SplitLine] = {}
    latest = 0
    for entry in split:
        if entry.line < 1 or entry.line > len(lines):
            report(f"line {entry.line} is outside {seed.name}, which has {len(lines)} lines")
        elif not blocks_of([lines[entry.line - 1]]):
            report(f"line {entry.line} of {seed.name} holds no text")
        elif entry.line in entries:
            report(f"line {entry.line} stands here twice")
        else:
            if entry.line < latest:
                report(f"line {entry.line} stands after line {latest}; put the lines in ascending order")
            entries[entry.line] = entry
            latest = max(latest, entry.line)
    first = min(entries, default=len(lines) + 1)
    if above := blocks_of(lines[: first - 1]):
        until = f"until line {first}" if entries else "anywhere"
        report(f"{seed.name} has text from line {above[0].first} on, but no article is listed {until}")
        entries[above[0].first] = SplitLine(line=above[0].first)
    drafts: list[Draft] = []
    for start, end in pairwise([*sorted(entries), len(lines) + 1]):
        if not entries[start].skip:
            drafts.append(_draft(blocks_of(lines[start - 1 : end - 1], start), 1.0, entries[start]))
    return drafts, problems
