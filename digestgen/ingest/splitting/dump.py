"""Reader for plain text: one article, an undivided dump of several, or a list of teasers."""

from __future__ import annotations

import re
import shlex
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from digestgen.errors import Problem
from digestgen.fields import quoted
from digestgen.ingest.draft import Draft
from digestgen.ingest.records.visibility_flags import skip_directive
from digestgen.ingest.splitting.boundary_features import Floats, log_odds, repeated_paragraphs
from digestgen.ingest.splitting.boundary_model import BoundaryProbabilities, Model, list_weight, predict
from digestgen.ingest.splitting.datelines import is_end_mark, opens_with_dateline
from digestgen.ingest.splitting.headline_list import have_capitals, is_headline_list
from digestgen.ingest.splitting.layout import Paragraph, are_broken_lines, blocks_of, continues_above
from digestgen.ingest.splitting.realign import begins_with, line_count, match_entries
from digestgen.ingest.splitting.segmentation import segment
from digestgen.language.text import clean_line, fold, is_terminated, words
from digestgen.model import Directive, Embargo, Seed, SplitLine
from digestgen.seed_kinds import bare_name

_MARKED = 2.0
"""Log-odds subtracted from all other paragraphs if separators or datelines mark the starts."""
_HABIT = 0.5
"""Separators of one kind per expected start, from which they separate articles."""
_STRAY = 3.0
"""Log-odds added below any other separator, which may as well end a section."""
_GAP = 3.0
"""Log-odds added below more empty lines than usual."""
_SECTION = 2.0
"""Log-odds subtracted from a paragraph in a numbered series, which may be a section of one text."""
_FEWEST_SECTIONS = 3
_NUMBER = re.compile(r"\(?([0-9]{1,3})[.):] ")
_REPORT = 4.0
"""Log-odds added to the first line of a report with a dateline, or to the line below an end mark."""
_REPORTS = 0.25
"""Share of paragraphs with a dateline, from which a text consists of reports and not of list items."""
_SURE = 0.5
_SINGLE = 0.7
"""Probability, lists aside, from which a text is one article; below it is split, with lower confidence."""
_CAUTION = 4.0
"""How many times likelier a list must be than a single article."""
_FEWEST_ITEMS = 5
"""Distinct paragraphs of a list (except headlines); fewer could as well be one article."""
_HEADLINES, _POINTS = 0.95, 0.8
"""Confidence of the starts in a list of headlines, and in one that may be the points of one article: its lines begin
without capitals, or the model takes it for one text.
"""
_ONE_TEXT = 0.9
"""Probability of a single article from which lines may be its points."""
_ABOVE = 3
"""Paragraphs above a dateline: a slug, a title and a standfirst."""
_SLUG = 6
"""A slug has fewer words than this."""
_NEVER = -50.0
_LONGEST_TITLE = 18
"""Words of a title above its own teaser."""
_SHARED = 0.45
"""Share of a title's words that its teaser must repeat."""
_LONGEST_HEADING = 150
"""Characters up to which an unterminated paragraph is a heading, not an article by itself."""
_COMPARED = 2_000
"""Characters of a teaser in which the words of its title are looked for."""
LIKELY = 0.2
"""Probability from which a start that was not chosen is still shown to the curator."""
_SUREST = 0.999
"""Highest confidence of a guess; only the curator's own split is certain."""


def read_dump(seed: Seed, language: str) -> tuple[list[Draft], list[Problem]]:
    """Read a ``.txt`` seed, split as its sidecar says, or else by the boundary model.

    ``language`` selects the function words.
    """
    if seed.sidecar.articles is not None:
        return _split_as_told(seed, seed.sidecar.articles)
    blocks = blocks_of(seed.text.split("\n"))
    if not blocks:
        return [], []
    starts, confidence, _ = _split(blocks, language)
    return [
        _draft(blocks[first:last], sure)
        for (first, last), sure in zip(pairwise([*starts, len(blocks)]), confidence, strict=True)
    ], []


def possible_starts(text: str, language: str) -> tuple[tuple[int, float], ...]:
    """Lines at which ``read_dump`` starts no article although one may start there, with the probability."""
    blocks = blocks_of(text.split("\n"))
    if not blocks:
        return ()
    starts, _, chance = _split(blocks, language)
    doubted = sorted(set(range(1, len(blocks))) - set(starts))
    return tuple((blocks[index].first, round(float(chance[index]), 3)) for index in doubted if chance[index] >= LIKELY)


def split_texts(
    texts: Sequence[str], language: str, model: Model | None = None
) -> tuple[Sequence[int], Sequence[float]]:
    """The starts of the articles among paragraphs without layout, and the confidence of each.

    ``model`` defaults to the shipped one. The confidence is 1.0 for the first start and for no other.
    """
    blocks = [Paragraph(number, number, text, gap=0, separator="") for number, text in enumerate(texts, start=1)]
    starts, confidence, _ = _split(blocks, language, model)
    return starts, confidence


def _split(
    blocks: Sequence[Paragraph], language: str, model: Model | None = None
) -> tuple[Sequence[int], Sequence[float], Floats]:
    """The starts, the confidence of each, and the probability of a start at every paragraph."""
    texts = [block.text for block in blocks]
    judged = predict(texts, language, model)
    expected = float(judged.starts[1:].sum())
    # In a list every paragraph is a start, whatever the model says about it.
    certain = _separated(blocks, expected + judged.listed * (len(blocks) - 1 - expected))
    reports = _reports(blocks, judged.starts)
    marked = _author_marks(blocks, reports)
    repeats = judged.repeats
    grouped = bool(certain) or len(reports) >= _REPORTS * len(texts)
    runs = np.array([False, *(continues_above(before, after) for before, after in pairwise(texts))])
    marked[runs] = _NEVER
    marked[_numbered(texts)] -= _SECTION
    kind = _kind(texts, judged, grouped=grouped, repeated=int(repeats.sum()))
    # Undo the extra weight that long lists had in training, before confidences are reported.
    listed = judged.listed / (judged.listed + (1 - judged.listed) * max(1.0, list_weight(len(texts))))
    if not certain and is_headline_list(texts):
        clear = have_capitals(texts) and judged.single < _ONE_TEXT
        kind, listed = "list", max(listed, _HEADLINES) if clear else _POINTS
    # ``odds`` assume several articles; reported confidences also allow for a single one.
    odds = log_odds(judged.starts) + marked
    reported_odds = log_odds(judged.starts * (1 - judged.single)) + marked
    if len(reports) >= max(2.0, _HABIT * expected):
        first = list(reports)
        odds[first] = np.maximum(odds[first], _REPORT)
        reported_odds[first] = np.maximum(reported_odds[first], _REPORT)
        odds[marked <= 0] -= _MARKED
    elif certain:
        odds[marked <= 0] -= _MARKED
        reported_odds[marked <= 0] -= _MARKED
    chance: Floats = 1.0 / (1.0 + np.exp(-reported_odds))
    given = {0, *certain}
    if kind == "list":
        titled = np.array([False, *(_is_title_over(before, after) for before, after in pairwise(texts))])
        inner = repeats | titled | runs
        starts = [i for i in range(len(texts)) if i in given or not (inner[i] or is_end_mark(texts[i]))]
        several = (1 - listed) * judged.several / max(1e-9, judged.single + judged.several)
        chance = listed + several / (1.0 + np.exp(-odds))
    elif kind == "single":
        starts = [i for i in range(len(texts)) if i in given or (marked[i] > 0 and chance[i] > _SURE)]
    else:
        headings = np.array([_is_heading(text) for text in texts])
        starts = segment(np.where(repeats, _NEVER, odds), certain, headings)
        # A start that was not chosen is shown to the curator even next to one that was.
        others = [start for start in starts if start not in reports]
        chance[others] = _competing(chance)[others]
    chance[0] = 1.0
    sure = [1.0 if start in given else min(_SUREST, round(float(chance[start]), 3)) for start in starts]
    return starts, sure, chance


def _kind(texts: Sequence[str], judged: BoundaryProbabilities, *, grouped: bool, repeated: int) -> str:
    """Choose the kind of a text from ``KINDS``. A wrong list costs most: every paragraph is cut off.

    ``grouped``: separators or datelines mark starts, so the other paragraphs belong to those. ``repeated``: number of
    paragraphs that repeat the one above, as only teasers do.
    """
    others = (
        max(judged.single, judged.several) / _CAUTION if repeated else max(judged.several, _CAUTION * judged.single)
    )
    may_be_list = not grouped and len(texts) - repeated >= _FEWEST_ITEMS and not are_broken_lines(texts)
    if may_be_list and judged.listed > others:
        return "list"
    return "single" if judged.single > _SINGLE * (judged.single + judged.several) else "several"


def _competing(chance: Floats) -> Floats:
    """Reduce the chance of each paragraph by that of its neighbours: no two in a row both start an article."""
    odds = np.exp(log_odds(chance))
    odds[0] = 0.0
    around = np.append(odds[1:], 0.0) + np.concatenate([[0.0], odds[:-1]])
    shared: Floats = odds / (1.0 + odds + around)
    return shared


def _numbered(texts: Sequence[str]) -> list[int]:
    """The paragraphs numbered in sequence, up or down: sections of a guide, or a list of ten best."""
    numbers = {index: int(found[1]) for index, text in enumerate(texts) if (found := _NUMBER.match(text))}
    inside: set[int] = set()
    for (index, number), (later, following) in pairwise(numbers.items()):
        if abs(following - number) == 1:
            inside |= {index, later}
    return sorted(inside) if len(inside) >= _FEWEST_SECTIONS else []


def _separated(blocks: Sequence[Paragraph], expected: float) -> list[int]:
    """The paragraphs below separators that separate articles, given the ``expected`` number of starts.

    A single line of asterisks in a dump of twenty articles separates sections or is a leftover.
    """
    kinds = Counter(block.separator for block in blocks[1:])
    habits = {kind for kind, count in kinds.items() if kind and count >= _HABIT * expected}
    return [index for index, block in enumerate(blocks) if block.separator in habits]


def _reports(blocks: Sequence[Paragraph], chance: Floats) -> dict[int, int]:
    """Reports with a dateline: the first paragraph of each → the paragraph with the dateline.

    A slug, a title and a standfirst may precede the dateline. Headings right above it belong to the report, and so does
    a paragraph that the model takes for a start, with a slug above it.
    """
    reports: dict[int, int] = {}
    for index, block in enumerate(blocks):
        if not opens_with_dateline(block.text):
            continue
        start = index
        for at in range(index - 1, max(-1, index - 1 - _ABOVE), -1):
            above = blocks[at].text
            if blocks[at + 1].separator or is_end_mark(above) or opens_with_dateline(above):
                break
            known = start < index and chance[start] > _SURE
            heads = start == at + 1 and _is_heading(above) and (not known or len(words(above)) < _SLUG)
            if heads or (chance[at] > _SURE and not known):
                start = at
        reports[start] = index
    return reports


def _is_heading(text: str) -> bool:
    return not is_terminated(text[-40:]) and len(text) <= _LONGEST_HEADING


def _author_marks(blocks: Sequence[Paragraph], reports: Mapping[int, int]) -> Floats:
    """Log-odds for each paragraph from marks made by the author, which the model does not see."""
    odds = np.zeros(len(blocks))
    for index, (before, block) in enumerate(pairwise(blocks), start=1):
        if block.separator:
            odds[index] += _STRAY
        # An empty line below a heading separates it from its own text.
        elif block.gap and is_terminated(before.text[-40:]):
            odds[index] += _GAP
        if is_end_mark(block.text):
            odds[index] = _NEVER
        elif is_end_mark(before.text):
            odds[index] += _REPORT
    for start, dateline in reports.items():
        odds[start] += _REPORT
        odds[start + 1 : dateline + 1] = _NEVER
    return odds


def _normalised_words(text: str) -> list[str]:
    return [fold(word) for word in words(text[:_COMPARED])]


def _is_title_over(title: str, teaser: str) -> bool:
    """Whether a list item is the title of the next: shorter, unterminated, and its words recur there."""
    if is_terminated(title[-40:]):
        return False
    of_title = _normalised_words(title)
    of_teaser = _normalised_words(teaser)
    content = {word for word in of_title if len(word) > 3}
    if not content or not len(of_title) <= min(_LONGEST_TITLE, len(of_teaser) - 1):
        return False
    return len(content & set(of_teaser)) >= _SHARED * len(content)


def _draft(
    blocks: Sequence[Paragraph],
    confidence: float,
    entry: SplitLine | None = None,
    directive: Directive | None = None,
    embargoes: tuple[Embargo, ...] = (),
) -> Draft:
    texts = [block.text for block in blocks]
    # A teaser printed twice is kept once.
    kept = [text for text, again in zip(texts, repeated_paragraphs(texts), strict=True) if not again]
    return Draft(
        paragraphs=tuple(kept),
        lines=(blocks[0].first, blocks[-1].last),
        confidence=confidence,
        title=entry.title if entry else None,
        source=entry.source if entry else None,
        url=entry.url if entry else None,
        published=entry.published if entry else None,
        directive=directive,
        embargoes=embargoes,
    )


def _split_as_told(seed: Seed, split: Sequence[SplitLine]) -> tuple[list[Draft], list[Problem]]:
    """Split as a sidecar says: each article runs from its line to the line before the next.

    If one entry is out of date, all lines may have moved. The whole seed is then left out, so that nothing the curator
    left out is published, and nothing under the wrong title.
    """
    lines = seed.text.split("\n")
    if problems := _out_of_date(seed, split, lines):
        left_out = Problem(seed.name, None, f"is left out until {seed.sidecar.name} is fixed")
        return [], [*problems, left_out]
    blocks = _split_at(blocks_of(lines), [entry.line for entry in split], lines)
    firsts = [block.first for block in blocks]
    bounds = [bisect_left(firsts, entry.line) for entry in split]
    file = seed.sidecar.name
    return [
        _draft(
            blocks[first:last],
            1.0,
            entry,
            skip_directive(entry.skip, file, entry.at),
            (Embargo(entry.publish_on, file, entry.at),) if entry.publish_on else (),
        )
        for entry, (first, last) in zip(split, pairwise([*bounds, len(blocks)]), strict=True)
    ], []


def _out_of_date(seed: Seed, split: Sequence[SplitLine], lines: Sequence[str]) -> list[Problem]:
    """Signs that the seed has changed since it was split."""
    sidecar = seed.sidecar
    problems: list[Problem] = []

    def report(at: int | None, message: str) -> None:
        problems.append(Problem(sidecar.name, at, message))

    carry = f"digestgen split {shlex.quote(bare_name(seed.name))} --update carries your corrections over"
    count = line_count(seed.text)
    if sidecar.lines not in {None, count}:
        message = f"lines: {seed.name} had {sidecar.lines} lines when it was split, and has {count} now ({carry})"
        report(sidecar.key_lines.get("lines"), message)
    at_line = ["", *lines]
    found: dict[int, int] | None = None
    for index, entry in enumerate(split):
        text = at_line[entry.line] if entry.line < len(at_line) else ""
        if entry.begins and not begins_with(text, entry.begins):
            found = match_entries(split, seed.text, sidecar.lines) if found is None else found
            now = f"it is now line {found[index]}" if index in found else "no other line does"
            report(
                entry.at, f"line {entry.line} of {seed.name} no longer begins {quoted(entry.begins)}; {now} ({carry})"
            )
        elif not 1 <= entry.line <= len(lines):
            report(entry.at, f"articles: line {entry.line} is outside {seed.name}, which has {len(lines)} lines")
        elif not blocks_of([text]):
            report(entry.at, f"articles: line {entry.line} of {seed.name} holds no text")
    first = split[0].line if split else len(lines) + 1
    if above := blocks_of(lines[: first - 1]):
        until = f"until line {first}" if split else "anywhere"
        at = split[0].at if split else sidecar.key_lines.get("articles")
        start = above[0].first
        report(at, f"articles: {seed.name} has text from line {start} on, but no article is listed {until}")
    return problems


def _split_at(blocks: Sequence[Paragraph], starts: Sequence[int], lines: Sequence[str]) -> list[Paragraph]:
    """Split paragraphs of several lines in which an article starts."""
    parted: list[Paragraph] = []
    for block in blocks:
        inside = starts[bisect_left(starts, block.first + 1) : bisect_left(starts, block.last + 1)]
        if not inside:
            parted.append(block)
            continue
        for first, end in pairwise([block.first, *inside, block.last + 1]):
            text = " ".join(clean_line(line) for line in lines[first - 1 : end - 1])
            parted.append(Paragraph(first, end - 1, text, gap=0, separator=""))
    return parted
