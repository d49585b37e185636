"""Phrases as they are compared: word by word, without case, possessive and ending."""

from __future__ import annotations

from digestgen.text import fold, words

Folded = tuple[str, ...]
"""The words of a phrase as they are compared."""


def folded_phrase(text: str) -> Folded:
    """The words of a phrase, folded."""
    return tuple(fold(word) for word in text.split())


def index_key(text: str) -> str:
    """What a phrase is looked up by where readers meet it; empty for what holds no word."""
    return " ".join(map(fold, words(text)))


def contains(outer: Folded, inner: Folded) -> bool:
    """Whether the words of one phrase stand in another, side by side and in order."""
    width = len(inner)
    return any(outer[i : i + width] == inner for i in range(len(outer) - width + 1))
