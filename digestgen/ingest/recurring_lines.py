"""Recurring lines: menus, cookie notices, "Sign up for our newsletter", bylines.

They belong to a site, not to a text. A line is a paragraph or a sentence, compared by its words. It recurs if it occurs
in three texts that are not reprints of one another. An article keeps all its lines, but titles, summaries and
keyphrases are made without these.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from digestgen.language.text import sentences, straighten, words

_TEXTS: Final = 3
"""Different texts in which a line must occur."""
_SAME: Final = 0.5
"""Two texts are reprints if they share lines with at least this share of the shorter one's words."""
_PROSE: Final = 6
"""Words from which a line helps to tell texts apart; menus and bylines do not."""
_END: Final = re.compile(r"[.!?…][\"'”’»)\]]*\s+|[。？！।۔]\s*")


Lines = tuple[tuple[int, int], ...]
"""Hash of each line of a text → its number of words if it is prose, else 0."""


def lines_of(paragraphs: Sequence[str]) -> Lines:
    """The hashed lines of a text."""
    found: dict[int, int] = {}
    for paragraph in paragraphs:
        for piece in _pieces(paragraph):
            if key := _key(piece):
                count = key.count(" ") + 1
                found[_hash(key)] = count if count >= _PROSE else 0
    return tuple(found.items())


def find_recurring(texts: Sequence[Lines]) -> frozenset[int]:
    """The hashes of the lines that recur in some texts.

    Linear in the length of the texts: for each line, its texts are compared only until three different ones are found.
    """
    lines = [dict(text) for text in texts]
    holders: dict[int, list[int]] = {}
    for at, of_one in enumerate(lines):
        for line in of_one:
            holders.setdefault(line, []).append(at)
    sizes = [sum(of_one.values()) for of_one in lines]
    known: dict[tuple[int, int], bool] = {}

    def same(one: int, other: int) -> bool:
        if (one, other) not in known:
            small, large = sorted((lines[one], lines[other]), key=len)
            shared = sum(size for line, size in small.items() if line in large)
            least = min(sizes[one], sizes[other])
            known[one, other] = shared >= _SAME * least if least else lines[one].keys() == lines[other].keys()
        return known[one, other]

    found: set[int] = set()
    for line, held_by in holders.items():
        if len(held_by) < _TEXTS:
            continue
        different: list[int] = []
        # Longest first: a short text that is little else but recurring lines looks like a reprint of any text with
        # them.
        for at in sorted(held_by, key=lambda at: -sizes[at]):
            if not any(same(other, at) for other in different):
                different.append(at)
            if len(different) == _TEXTS:
                found.add(line)
                break
    return frozenset(found)


def is_recurring(recurring: Collection[int], text: str) -> bool:
    """Whether a paragraph or sentence consists of recurring lines alone."""
    keys = [key for key in map(_key, _pieces(text)) if key] if recurring else []
    return bool(keys) and all(_hash(key) in recurring for key in keys)


def without_recurring(recurring: Collection[int], paragraphs: Sequence[str], language: str) -> tuple[str, ...]:
    """The paragraphs without recurring lines; a paragraph with one inside is split around it."""
    found: list[str] = []
    for paragraph in paragraphs:
        if not recurring or not any(_hash(_key(piece)) in recurring for piece in _pieces(paragraph)):
            found.append(paragraph)
        elif not is_recurring(recurring, paragraph):
            found += _around(recurring, paragraph, language)
    return tuple(found)


def _around(recurring: Collection[int], paragraph: str, language: str) -> Iterator[str]:
    """The runs of sentences between recurring ones."""
    start, end = None, 0
    for sentence in sentences(paragraph, language):
        at = paragraph.index(sentence, end)
        if is_recurring(recurring, sentence):
            if start is not None:
                yield paragraph[start:end]
            start = None
        elif start is None:
            start = at
        end = at + len(sentence) if start is not None else end
    if start is not None:
        yield paragraph[start:end]


def _pieces(text: str) -> Iterator[str]:
    """Cut a text wherever a sentence may end: finer than its sentences, and the same in every language."""
    start = 0
    for end in _END.finditer(text):
        yield text[start : end.end()]
        start = end.end()
    if start < len(text):
        yield text[start:]


def _key(piece: str) -> str:
    return " ".join(words(straighten(piece))).casefold()


def _hash(key: str) -> int:
    return int.from_bytes(hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest())
