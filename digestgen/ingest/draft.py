"""The output of the readers: articles as they stand in a seed, before title, id and language are worked out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from digestgen.errors import Problem
from digestgen.language.text import clean_line
from digestgen.model import Directive, Embargo, Publish


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One article as its seed gives it; None where the seed does not say."""

    paragraphs: tuple[str, ...]
    """Cleaned, never empty. A heading that the seed does not mark as the title is still the first paragraph."""
    lines: tuple[int, int]
    confidence: float
    id: str | None = None
    guid: str | None = None
    """A feed's permanent identifier of the item, which recognises it after edits; not the article's id."""
    title: str | None = None
    source: str | None = None
    url: str | None = None
    published: date | None = None
    language: str | None = None
    publish: Publish | None = None
    directive: Directive | None = None
    embargoes: tuple[Embargo, ...] = ()
    author: str | None = None
    """The author; used as the source if there is no other."""
    hints: tuple[str, ...] = ()
    """Tags, categories and keywords of the seed: candidates for keyphrases if the text contains them too."""


@dataclass(frozen=True, slots=True)
class ParsedSeed:
    """What a reader finds in one seed."""

    drafts: Sequence[Draft]
    problems: Sequence[Problem] = ()
    """Reported as errors."""
    notices: Sequence[Problem] = ()
    """Things that were skipped without harm; reported as notes."""


def paragraphs_of(lines: Iterable[str]) -> tuple[str, ...]:
    """Clean each line into a paragraph; drop those with nothing visible left."""
    return tuple(cleaned for line in lines if (cleaned := clean_line(line)))
