"""Detect a text of nothing but headlines, one per line, by their shape; they have no cohesion to measure."""

from __future__ import annotations

from collections.abc import Sequence

from digestgen.ingest.splitting.layout import are_broken_lines
from digestgen.language.text import words

_SHARE = 0.8
"""Share of the paragraphs that look like headlines; the rest may end in a full stop."""
_FEWEST = 3
_SHORTEST, _LONGEST = 3, 30
"""Words of a headline. Items of shopping lists and lines of menus are shorter."""
_USUAL = 5
"""Median words of the headlines, at least."""
_MOST_DIGITS = 0.3
"""Share of digits in a headline, at most; rows of tables have more."""
_OPENING = 40
"""Leading characters in which a capital is looked for."""


def is_headline_list(texts: Sequence[str]) -> bool:
    """Whether at least four fifths of the paragraphs are headlines."""
    if len(texts) < _FEWEST or are_broken_lines(texts):
        return False
    sizes = [len(words(text)) for text in texts if _looks_like_one(text)]
    return len(sizes) >= _SHARE * len(texts) and sorted(sizes)[len(sizes) // 2] >= _USUAL


def have_capitals(texts: Sequence[str]) -> bool:
    """Whether most lines begin with a capital; never true in scripts without capitals."""
    return 2 * sum(any(letter.isupper() for letter in text[:_OPENING]) for text in texts) > len(texts)


def _looks_like_one(text: str) -> bool:
    # A line of verse begins or ends in mid-sentence.
    if text[:1].islower() or text.endswith((".", "。", ",", ";", ":", "…", ".”", '."', ".»")):
        return False
    text = text[:400]
    is_row = sum(map(str.isdigit, text)) > _MOST_DIGITS * len(text)
    return not is_row and _SHORTEST <= len(words(text)) <= _LONGEST
