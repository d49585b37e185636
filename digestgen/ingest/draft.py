"""What a reader hands on: an article as it stands in the seed, before a title, an id and a language are found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from digestgen.errors import Problem
from digestgen.language.text import clean_line
from digestgen.model import Directive, Due, Publish


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One article as its seed gives it; None where the seed does not say."""

    paragraphs: tuple[str, ...]
    """Cleaned, none empty; a heading that the seed does not name as such is still the first of them."""
    lines: tuple[int, int]
    confidence: float
    id: str | None = None
    guid: str | None = None
    """What a feed calls its item for good, by which an edited one is known again; not the article's id."""
    title: str | None = None
    source: str | None = None
    url: str | None = None
    published: date | None = None
    language: str | None = None
    publish: Publish | None = None
    directive: Directive | None = None
    dues: tuple[Due, ...] = ()
    author: str | None = None
    """Who wrote it: the source where nothing else is."""
    hints: tuple[str, ...] = ()
    """Tags, categories and keywords that the seed gives it: what may be a keyphrase, where the text says it too."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a reader finds in a seed."""

    drafts: Sequence[Draft]
    problems: Sequence[Problem] = ()
    """What is wrong: the build tells it as an error."""
    notices: Sequence[Problem] = ()
    """What was passed over, and costs nobody anything: the build tells it as a note."""


def paragraphs_of(lines: Iterable[str]) -> tuple[str, ...]:
    """The lines as paragraphs: cleaned, without those that nothing visible is left of."""
    return tuple(cleaned for line in lines if (cleaned := clean_line(line)))
