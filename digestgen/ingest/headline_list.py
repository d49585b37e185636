"""A text of nothing but headlines, one a line: cohesion has nothing to hold on to, and their look is enough."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from digestgen.text import is_terminated, words

_SHARE = 0.8
"""Share of the paragraphs that look like headlines; the rest may be one that ends in a full stop."""
_FEWEST = 3
_SHORTEST, _LONGEST = 3, 30
"""Words of a headline. Items of shopping lists and lines of menus are shorter."""
_USUAL = 5
"""Words that half of the headlines have at least."""
_RUN_ON = 0.15
"""Share of the lines that run on from the one above, from which they are one text, broken into lines."""
_OPENING = 40
"""Characters in which a line shows how it begins."""


def is_headline_list(texts: Sequence[str]) -> bool:
    """Whether paragraphs are headlines, all but a fifth of them."""
    if len(texts) < _FEWEST or are_broken_lines(texts):
        return False
    sizes = [len(words(text)) for text in texts if _looks_like_one(text)]
    return len(sizes) >= _SHARE * len(texts) and sorted(sizes)[len(sizes) // 2] >= _USUAL


def have_capitals(texts: Sequence[str]) -> bool:
    """Whether most lines show by a capital that they begin anew; in scripts without capitals, none can."""
    return 2 * sum(any(letter.isupper() for letter in text[:_OPENING]) for text in texts) > len(texts)


def runs_on(before: str, text: str) -> bool:
    """Whether a line goes on with the sentence of the line above, as in a text that is broken into lines."""
    opening = words(text[:_OPENING])
    return bool(opening) and text[0].isalpha() and opening[0].islower() and not is_terminated(before[-_OPENING:])


def are_broken_lines(texts: Sequence[str]) -> bool:
    """Whether so many lines run on that each cannot be an item of a list."""
    return sum(runs_on(before, text) for before, text in pairwise(texts)) > _RUN_ON * (len(texts) - 1)


def _looks_like_one(text: str) -> bool:
    # A verse begins or ends in mid-sentence; a row of a table has hardly any words.
    if text[:1].islower() or text.endswith((".", "。", ",", ";", ":", "…", ".”", '."', ".»")):
        return False
    found = words(text[:400])
    return len(found) <= _LONGEST and sum(any(map(str.isalpha, word)) for word in found) >= _SHORTEST
