"""What a teaser is: an article known only by a line or two of blurb, which is shown whole wherever it is shown."""

from __future__ import annotations

from typing import Final

from digestgen.language.text import sentences
from digestgen.model import Article

_SENTENCES: Final = 3
"""Whole ones; the one that a text breaks off in is not counted."""
_WORDS: Final = 100
"""No blurb is longer, however few sentences it has."""


def is_teaser(article: Article) -> bool:
    """Whether an article's whole text is at most three sentences, its standfirst among them."""
    parts = [part for part in (article.standfirst, *article.paragraphs) if part]
    if len(parts) > _SENTENCES + 1 or sum(len(part.split()) for part in parts) > _WORDS:
        return False
    return sum(len(sentences(part, article.language)) for part in parts) - article.truncated <= _SENTENCES
