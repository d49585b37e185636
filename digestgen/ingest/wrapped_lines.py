"""Rejoin lines that a mail program or an editor broke at its width.

A quoted line is joined to quoted lines alone, whose mark then stands once, at the start of the paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from digestgen.language.replies import quote_mark
from digestgen.language.text import clean_line, is_terminated

_WRAPPED: Final = 50
"""Characters from which a line may have been broken because it was full."""
_WIDEST: Final = 130
"""Characters that a broken line has at most; a text with many longer lines has a paragraph a line."""
_MANY: Final = 0.1
"""Share of longer lines in such a text."""
_RUN_ON: Final = 0.2
"""Share of full lines that go on below in mid-sentence, in small letters, from which a text was broken into lines."""
_OWN_LINE: Final = re.compile(r"[-*•–—]\s|\d{1,3}[.)]\s|[-=_*~#]{3}|\S.*?(?:\t|\s{3})")
"""An item of a list, a rule, or a row of a table."""
_TAIL: Final = 60


def unwrapped(text: str) -> tuple[str, ...]:
    """The paragraphs of a plain text: its lines, rejoined if the text was broken into lines of one width."""
    lines = text.split("\n")
    return tuple(rejoined(lines) if _is_wrapped(lines) else filter(None, map(clean_line, lines)))


def rejoined(lines: Iterable[str]) -> Iterator[str]:
    """The paragraphs of lines that may have been broken wherever they were full."""
    run: list[str] = []
    mark, last = "", ""
    for line in [*lines, ""]:
        kept = clean_line(line)
        marked = quote_mark(kept)
        said = kept[len(marked) :] if run and marked.strip() == mark else kept
        joins = bool(run) and marked.strip() == mark and _goes_on(last, said) and not _OWN_LINE.match(line.lstrip())
        if run and not joins:
            yield " ".join(run)
            run, mark = [], ""
        if kept:
            run.append(said if joins else kept)
            mark, last = marked.strip(), kept
    # The last line is empty, so nothing is left.


def _goes_on(line: str, below: str) -> bool:
    """Whether a line of text goes on below: because it was full, or in mid-sentence though it is half empty."""
    if not below or line.endswith(":") or not any(map(str.isalnum, line)):
        return False
    mid_sentence = below[0].islower() and not is_terminated(line[-_TAIL:])
    return len(line) >= _WRAPPED or (mid_sentence and 2 * len(line) >= _WRAPPED)


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Whether full lines often go on below in small letters, and few are wider than any program makes them."""
    rows = [clean_line(line) for line in lines]
    filled = [row for row in rows if row]
    if sum(len(row) > _WIDEST for row in filled) > _MANY * len(filled):
        return False
    full = [(before, below) for before, below in pairwise(rows) if below and _WRAPPED <= len(before) <= _WIDEST]
    small = sum(
        below.removeprefix(quote_mark(below))[:1].islower() and not is_terminated(before[-_TAIL:])
        for before, below in full
    )
    return small > 0 and small >= _RUN_ON * len(full)
