"""Comparing phrases word by word, without case, possessive and plural ending."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from digestgen.language.segmenter import segment_words
from digestgen.language.text import fold, words

NormalisedPhrase = tuple[str, ...]
"""The normalised words of a phrase."""


@lru_cache(maxsize=20_000)
def normalised_phrase(text: str) -> NormalisedPhrase:
    """Normalise the words of a phrase."""
    return tuple(fold(word) for run in text.split() for word in segment_words(run))


@lru_cache(maxsize=20_000)
def index_key(text: str) -> str:
    """The key of a phrase in indexes that readers see; empty if it has no words."""
    return " ".join(map(fold, words(text)))


def contains(outer: NormalisedPhrase, inner: NormalisedPhrase) -> bool:
    """Whether one phrase contains the words of another, adjacent and in order."""
    width = len(inner)
    return any(outer[i : i + width] == inner for i in range(len(outer) - width + 1))


@dataclass(frozen=True, slots=True)
class Aliases:
    """The curator's names for things that texts call by several names ("Kyiv", "Kiev")."""

    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Name → other names."""

    def apply(self, text: str) -> str:
        """Replace other names in a phrase by the curator's; a phrase that has one already stays."""
        for name, others in self.others.items():
            if contains(normalised_phrase(text), normalised_phrase(name)):
                continue
            for other in sorted(others, key=lambda each: (-len(each.split()), each)):
                text = _replaced(text, other, name)
        return text

    def forms(self, text: str) -> Iterator[str]:
        """All forms under which a phrase may occur in a text, the phrase itself first."""
        yield text
        for name, others in self.others.items():
            if contains(normalised_phrase(text), normalised_phrase(name)):
                for other in others:
                    yield _replaced(text, name, other)


def _replaced(text: str, old: str, new: str) -> str:
    """Replace the first occurrence of some words in a phrase."""
    said, wanted = text.split(), normalised_phrase(old)
    width = len(wanted)
    for i in range(len(said) - width + 1):
        if normalised_phrase(" ".join(said[i : i + width])) == wanted:
            return " ".join([*said[:i], new, *said[i + width :]])
    return text
