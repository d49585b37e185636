"""How a plain text is laid out: its paragraphs, the lines they stand in, and the breaks its author made."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from digestgen.language.text import clean_line, is_terminated, words

# "---", "* * *", "=====", "———", "#####": three marks of one kind or more and nothing else.
_SEPARATOR = re.compile(r"([-–—_=*~#•])(?:\s*\1){2,}")
_LONGEST_SEPARATOR = 200
_NARROWEST, _WIDEST = 30, 130
"""Characters: nobody wraps narrower or wider; a text with longer lines holds a paragraph a line."""
_TAIL = 60
_OPENING = 40
"""Characters in which a paragraph shows how it begins."""
_RUN_ON = 0.15
"""Share of the paragraphs that run on from which a text is broken into lines."""
_NEVER_FIRST = (">", "|", ":", ";", ",", ")", "]")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph and where it stands."""

    first: int
    last: int
    """1-based lines of the seed, inclusive."""
    text: str
    """One line, cleaned."""
    gap: int
    """Empty lines above it, beyond what is usual between paragraphs here."""
    separator: str
    """The mark of which the separator line above it is made; "" where there is none."""


def blocks_of(lines: Sequence[str], first_line: int = 1) -> tuple[Block, ...]:
    """The paragraphs of a text given as lines, in order; ``first_line`` is the number of the first of them.

    A line is a paragraph, unless the text is hard-wrapped: then lines that were broken only for want of room are
    joined. Lines of dashes, asterisks and the like are separators, and no text.
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
    return _with_gaps(_joined(rows))


def runs_on(before: str, text: str) -> bool:
    """Whether a paragraph goes on with the one above, as a line of a text does that was broken into lines.

    It does so in small letters in mid-sentence, or behind a mark with which nothing begins: a mail quotes so.
    """
    if text.startswith(_NEVER_FIRST):
        return True
    opening = words(text[:_OPENING])
    return bool(opening) and text[0].isalpha() and opening[0].islower() and not is_terminated(before[-_OPENING:])


def are_broken_lines(texts: Sequence[str]) -> bool:
    """Whether so many paragraphs run on that each cannot be a text, or an item of a list, by itself."""
    return sum(runs_on(before, text) for before, text in pairwise(texts)) > _RUN_ON * max(0, len(texts) - 1)


def _joined(rows: list[tuple[int, str, str]]) -> list[tuple[int, int, str, str]]:
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
    """Whether line breaks fall where a greedy wrapper of this width would put them, in mid-sentence.

    A list of headlines of like length passes the first test, so a third of the continued lines must start small.
    """
    if not _NARROWEST <= width <= _WIDEST or wrapped.count(True) < 2:
        return False
    pairs = list(pairwise(rows))
    small = sum(joined and after[1][0].islower() for (_, after), joined in zip(pairs, wrapped, strict=True))
    adjacent_open = sum(b[0] == a[0] + 1 and not b[2] and not is_terminated(a[1][-_TAIL:]) for a, b in pairs)
    return 3 * small >= wrapped.count(True) and 2 * wrapped.count(True) >= adjacent_open


def _with_gaps(blocks: list[tuple[int, int, str, str]]) -> tuple[Block, ...]:
    if not blocks:
        return ()
    gaps = [after[0] - before[1] - 1 for before, after in pairwise(blocks)]
    counts = Counter(gap for gap, block in zip(gaps, blocks[1:], strict=True) if not block[3])
    # The commonest gap is the usual one; of two as common, the narrower.
    usual = min(counts, key=lambda gap: (-counts[gap], gap), default=0)
    return tuple(
        Block(first, last, text, 0 if separator else max(0, gap - usual), separator)
        for (first, last, text, separator), gap in zip(blocks, [usual, *gaps][: len(blocks)], strict=True)
    )
