"""Phrases as they are compared: word by word, without case, possessive and ending."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from digestgen.language.segmenter import parted
from digestgen.language.text import fold, words

Folded = tuple[str, ...]
"""The words of a phrase as they are compared."""


@lru_cache(maxsize=100_000)
def folded_phrase(text: str) -> Folded:
    """The words of a phrase, folded."""
    return tuple(fold(word) for run in text.split() for word in parted(run))


@lru_cache(maxsize=100_000)
def index_key(text: str) -> str:
    """What a phrase is looked up by where readers meet it; empty for what holds no word."""
    return " ".join(map(fold, words(text)))


def contains(outer: Folded, inner: Folded) -> bool:
    """Whether the words of one phrase stand in another, side by side and in order."""
    width = len(inner)
    return any(outer[i : i + width] == inner for i in range(len(outer) - width + 1))


@dataclass(frozen=True, slots=True)
class Aliases:
    """What the curator calls things that texts call in several ways ("Kyiv", where some write "Kiev")."""

    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Name → what else it is called."""

    def applied(self, text: str) -> str:
        """A phrase with the curator's names in it; one that holds such a name already is left as it is."""
        for name, others in self.others.items():
            if contains(folded_phrase(text), folded_phrase(name)):
                continue
            for other in sorted(others, key=lambda each: (-len(each.split()), each)):
                text = _replaced(text, other, name)
        return text

    def forms(self, text: str) -> Iterator[str]:
        """All that a phrase may stand for in a text, itself first."""
        yield text
        for name, others in self.others.items():
            if contains(folded_phrase(text), folded_phrase(name)):
                for other in others:
                    yield _replaced(text, name, other)


def _replaced(text: str, old: str, new: str) -> str:
    """The phrase with one run of its words in place of another, the first time that it stands there."""
    said, wanted = text.split(), folded_phrase(old)
    width = len(wanted)
    for i in range(len(said) - width + 1):
        if folded_phrase(" ".join(said[i : i + width])) == wanted:
            return " ".join([*said[:i], new, *said[i + width :]])
    return text
