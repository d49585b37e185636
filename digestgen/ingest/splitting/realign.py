"""Carry the split of a seed over to its edited text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise

from digestgen.language.text import clean_line, fold, straighten
from digestgen.model import ProposedStart, Seed, SplitLine

FIRST_WORDS = 6
_LONGEST = 60
"""Longest opening in characters, for text without spaces."""
_HEAD = 4_000
"""Characters of a line that are looked at."""
_NEAREST = 8
"""Matching lines that are tried on either side of the place where an entry's neighbours put it."""
_ALIKE = 0.8
"""Share of the opening words that must be unchanged: all but one of five or six."""


def first_words(line: str) -> str:
    """The opening words by which a line is recognised again."""
    return " ".join(clean_line(line[:_HEAD]).split(" ")[:FIRST_WORDS])[:_LONGEST].strip()


def line_count(text: str) -> int:
    """The number of lines without empty ones at the end, which editors add and remove."""
    return text.rstrip().count("\n") + 1


def begins_with(line: str, begins: str) -> bool:
    """Whether a line begins with these words, regardless of typographic quotes."""
    return straighten(clean_line(line[:_HEAD])).startswith(straighten(begins))


def match_entries(split: Sequence[SplitLine], text: str, lines_before: int | None) -> dict[int, int]:
    """Index of an entry → the 1-based line that now begins with its opening words (or is its title, if it has none).

    As many entries as possible are matched, in order; among equal openings those nearest to where the neighbours moved
    win. An entry whose words are gone is left out. ``lines_before`` is the former number of lines, None if unknown. O(n
    log n) in entries and lines.
    """
    found = _candidate_lines(split, text.split("\n"))
    certain = _chain([(index, at[0], 0) for index, at in enumerate(found) if len(at) == 1])
    pairs: list[tuple[int, int, int]] = []
    for index, shifts in enumerate(_shifts(split, certain, line_count(text), lines_before)):
        expected = [split[index].line + shift for shift in shifts]
        near = {at for place in expected for at in _nearest(found[index], place)}
        pairs += ((index, at, min(abs(at - place) for place in expected)) for at in sorted(near))
    return _chain(pairs)


def carry_over(
    seed: Seed, split: Sequence[SplitLine], proposed: Sequence[ProposedStart]
) -> tuple[tuple[SplitLine | None, ...], tuple[ProposedStart, ...]]:
    """Map a split onto the edited text: each entry with its new line, and the starts in new text.

    An entry is None if its text is gone; its ``begins`` changes if its opening words were edited. The second value
    holds those of the ``proposed`` starts that the curator has not seen: chosen if their text must be new, not chosen
    if it may be old text that the curator joined.
    """
    lines = seed.text.split("\n")
    count = line_count(seed.text)
    before = seed.sidecar.lines
    matched = match_entries(split, seed.text, before)
    chosen = {start.line for start in proposed if start.chosen}
    kept: list[SplitLine | None] = []
    last = 0
    shifts = _shifts(split, matched, count, before)
    following = _following(matched, len(split), count + 1)
    for index, entry in enumerate(split):
        at = matched.get(index)
        if at is None:
            free = [
                line
                for line in dict.fromkeys(entry.line + shift for shift in shifts[index])
                if last < line < following[index] and clean_line(lines[line - 1])
            ]
            at = _by_place(entry, free, lines, chosen, agreed=len(set(shifts[index])) == 1)
        if at is None:
            kept.append(None)
            continue
        begins = entry.begins
        if begins and not begins_with(lines[at - 1], begins):
            begins = first_words(lines[at - 1])
        kept.append(replace(entry, line=at, begins=begins))
        last = at
    return tuple(kept), tuple(_unseen(split, kept, proposed, count, before))


def _by_place(
    entry: SplitLine, free: Sequence[int], lines: Sequence[str], chosen: Iterable[int], *, agreed: bool
) -> int | None:
    """Place an entry whose words are not found, among the ``free`` lines where its neighbours' moves put it.

    ``agreed`` is whether both neighbours moved by the same amount.
    """
    if entry.begins:
        return next((line for line in free if _is_reworded(lines[line - 1], entry.begins)), None)
    if agreed and free:
        return free[0]
    started = [line for line in free if line in chosen]
    return started[0] if len(started) == 1 else None


def _is_reworded(line: str, begins: str) -> bool:
    """Whether a line's opening differs in at most one word; more could make it another article."""
    old = [fold(word) for word in begins.split(" ")]
    new = [fold(word) for word in clean_line(line[:_HEAD]).split(" ")[: len(old)]]
    return SequenceMatcher(None, old, new, autojunk=False).ratio() >= _ALIKE


def _unseen(
    split: Sequence[SplitLine],
    kept: Sequence[SplitLine | None],
    proposed: Sequence[ProposedStart],
    count: int,
    before: int | None,
) -> list[ProposedStart]:
    """The proposed starts in gaps that have grown: those beyond an entry's old length are new.

    Those before it are only suggested. Above the first entry all are new, since no text stood there.
    """
    ends = [entry.line for entry in split[1:]] + [None if before is None else before + 1]
    gaps = [(0, 1)]
    for entry, now, end in zip(split, kept, ends, strict=True):
        if now is not None:
            gaps.append((now.line, now.line + end - entry.line if end is not None else count + 1))
    unseen: list[ProposedStart] = []
    at = 0
    for (start, old_end), (end, _) in pairwise([*gaps, (count + 1, 0)]):
        if old_end >= end:
            continue
        while at < len(proposed) and proposed[at].line < end:
            one = proposed[at]
            if one.line > start and (one.chosen or one.line >= old_end):
                unseen.append(replace(one, chosen=one.chosen and one.line >= old_end))
            at += 1
    return unseen


def _candidate_lines(split: Sequence[SplitLine], lines: Sequence[str]) -> list[Sequence[int]]:
    """For each entry the 1-based lines, ascending, that begin with its opening words or equal its title."""
    ordered = sorted((straighten(clean_line(line[:_HEAD])), number) for number, line in enumerate(lines, start=1))
    heads = [head for head, _ in ordered]

    @cache
    def beginning(words: str, behind: str) -> Sequence[int]:
        first = bisect_left(heads, words)
        return sorted(number for _, number in ordered[first : bisect_left(heads, words + behind, first)])

    # Sentinels: no cleaned text contains U+10FFFF, and nothing sorts between a text and the same plus U+0000.
    return [
        beginning(straighten(entry.begins or entry.title or ""), "\U0010ffff" if entry.begins else "\0")
        if entry.begins or entry.title
        else ()
        for entry in split
    ]


def _nearest(places: Sequence[int], expected: int) -> Sequence[int]:
    middle = bisect_left(places, expected)
    return places[max(0, middle - _NEAREST) : middle + _NEAREST]


def _shifts(
    split: Sequence[SplitLine], matched: dict[int, int], count: int, before: int | None
) -> list[tuple[int, ...]]:
    """How far the nearest matched entries before and after each entry moved; the ends of the text count as matched."""
    at_end = [] if before is None else [count - before]
    after: list[list[int]] = []
    for index in reversed(range(len(split))):
        after.append(at_end)
        if index in matched:
            at_end = [matched[index] - split[index].line]
    shifts: list[tuple[int, ...]] = []
    moved = 0
    for index, next_moved in enumerate(reversed(after)):
        shifts.append((moved, *next_moved))
        if index in matched:
            moved = matched[index] - split[index].line
    return shifts


def _following(matched: dict[int, int], entries: int, end: int) -> list[int]:
    """For each entry, the line of the next matched one."""
    following = []
    for index in reversed(range(entries)):
        following.append(end)
        end = matched.get(index, end)
    return following[::-1]


def _chain(pairs: Sequence[tuple[int, int, int]]) -> dict[int, int]:
    """The longest chain of (entry, line, cost) in which entries and lines ascend; the cheapest of equal ones.

    ``pairs`` are sorted. A Fenwick tree keeps the prefix maximum over the lines.
    """
    rank = {line: number for number, line in enumerate(sorted({line for _, line, _ in pairs}), start=1)}
    nothing = (0, 0, -1)
    tree = [nothing] * (len(rank) + 1)
    previous: list[int] = []
    best = nothing
    # Lines descend within an entry, so that no chain takes two of them.
    ordered = sorted(pairs, key=lambda pair: (pair[0], -pair[1]))
    for number, (_, line, cost) in enumerate(ordered):
        value = nothing
        at = rank[line] - 1
        while at > 0:
            value = max(value, tree[at])
            at -= at & -at
        previous.append(value[2])
        value = (value[0] + 1, value[1] - cost, number)
        best = max(best, value)
        at = rank[line]
        while at < len(tree):
            tree[at] = max(tree[at], value)
            at += at & -at
    chain: list[tuple[int, int]] = []
    number = best[2]
    while number >= 0:
        chain.append(ordered[number][:2])
        number = previous[number]
    return dict(reversed(chain))
