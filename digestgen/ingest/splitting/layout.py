"""The layout of plain text: paragraphs with their lines, and the breaks that the author made."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from digestgen.language.text import clean_line, is_terminated, words

# "---", "* * *", "=====", "———", "#####": three or more marks of one kind and nothing else.
_SEPARATOR = re.compile(r"([-–—_=*~#•])(?:\s*\1){2,}")
_LONGEST_SEPARATOR = 200
_NARROWEST, _WIDEST = 30, 130
"""Characters at which text is hard-wrapped; a text with longer lines has one paragraph per line."""
_TAIL = 60
_OPENING = 40
"""Leading characters of a paragraph that show how it begins."""
_RUN_ON = 0.15
"""Share of paragraphs that continue the one above, from which a text was broken into lines."""
_NEVER_FIRST = (">", "|", ":", ";", ",", ")", "]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph and its place."""

    first: int
    last: int
    """1-based lines of the seed, inclusive."""
    text: str
    """One line, cleaned."""
    gap: int
    """Empty lines above it in excess of what is usual in this text."""
    separator: str
    """The mark of the separator line above it; "" if there is none."""


def blocks_of(lines: Sequence[str], first_line: int = 1) -> tuple[Paragraph, ...]:
    """The paragraphs of some lines, in order; ``first_line`` is the number of the first line.

    Each line is a paragraph, unless the text is hard-wrapped; then lines are rejoined. Lines of dashes, asterisks and
    the like are separators, not text.
    """
    rows: list[tuple[int, str, str]] = []
    separator = ""
    for number, line in enumerate(lines, start=first_line):
        cleaned = clean_line(line)
        if not cleaned:
            continue
        if len(cleaned) <= _LONGEST_SEPARATOR and _SEPARATOR.fullmatch(cleaned):
            separator = cleaned[0]
            continue
        rows.append((number, cleaned, separator))
        separator = ""
    return _with_gaps(_rejoined(rows))


def continues_above(before: str, text: str) -> bool:
    """Whether a paragraph continues the one above, like a line of broken text.

    It does if it starts in lower case in mid-sentence, or with a mark that never starts a text, such as the quoting of
    mails.
    """
    if text.startswith(_NEVER_FIRST):
        return True
    opening = words(text[:_OPENING])
    return bool(opening) and text[0].isalpha() and opening[0].islower() and not is_terminated(before[-_OPENING:])


def are_broken_lines(texts: Sequence[str]) -> bool:
    """Whether so many paragraphs continue the one above that they are no separate texts or list items."""
    return sum(continues_above(before, text) for before, text in pairwise(texts)) > _RUN_ON * max(0, len(texts) - 1)


def _rejoined(rows: list[tuple[int, str, str]]) -> list[tuple[int, int, str, str]]:
    width = max((len(line) for _, line, _ in rows), default=0)
    wrapped = [
        after[0] == before[0] + 1 and not after[2] and _ran_out_of_room(before[1], after[1], width)
        for before, after in pairwise(rows)
    ]
    if not _is_hard_wrapped(rows, wrapped, width):
        return [(number, number, line, separator) for number, line, separator in rows]
    blocks: list[tuple[int, list[str], str]] = []
    for (number, line, separator), continued in zip(rows, [False, *wrapped], strict=True):
        if continued:
            blocks[-1][1].append(line)
        else:
            blocks.append((number, [line], separator))
    return [(first, first + len(lines) - 1, " ".join(lines), separator) for first, lines, separator in blocks]


def _ran_out_of_room(line: str, following: str, width: int) -> bool:
    return len(line) + 1 + len(following.split(" ", 1)[0]) > width


def _is_hard_wrapped(rows: Sequence[tuple[int, str, str]], wrapped: Sequence[bool], width: int) -> bool:
    """Whether line breaks fall where a greedy wrapper of this width puts them, in mid-sentence.

    A list of headlines of similar length passes that too, so a third of the continued lines must start in lower case.
    """
    if not _NARROWEST <= width <= _WIDEST or wrapped.count(True) < 2:
        return False
    pairs = list(pairwise(rows))
    small = sum(joined and after[1][0].islower() for (_, after), joined in zip(pairs, wrapped, strict=True))
    adjacent_open = sum(b[0] == a[0] + 1 and not b[2] and not is_terminated(a[1][-_TAIL:]) for a, b in pairs)
    return 3 * small >= wrapped.count(True) and 2 * wrapped.count(True) >= adjacent_open


def _with_gaps(blocks: list[tuple[int, int, str, str]]) -> tuple[Paragraph, ...]:
    if not blocks:
        return ()
    gaps = [after[0] - before[1] - 1 for before, after in pairwise(blocks)]
    counts = Counter(gap for gap, block in zip(gaps, blocks[1:], strict=True) if not block[3])
    # The usual gap is the most common one; the narrower one of a tie.
    usual = min(counts, key=lambda gap: (-counts[gap], gap), default=0)
    return tuple(
        Paragraph(first, last, text, 0 if separator else max(0, gap - usual), separator)
        for (first, last, text, separator), gap in zip(blocks, [usual, *gaps][: len(blocks)], strict=True)
    )
