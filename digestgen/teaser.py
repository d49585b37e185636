"""Teasers: articles of a few sentences, which are always shown in full."""

from __future__ import annotations

from typing import Final

from digestgen.language.text import sentences
from digestgen.model import Article

_SENTENCES: Final = 3
"""Complete sentences; one that breaks off does not count."""
_WORDS: Final = 100
"""A longer text is no teaser, however few its sentences."""


def is_teaser(article: Article) -> bool:
    """Whether an article's whole text is at most three sentences, including its standfirst."""
    parts = [part for part in (article.standfirst, *article.paragraphs) if part]
    if len(parts) > _SENTENCES + 1 or sum(len(part.split()) for part in parts) > _WORDS:
        return False
    return sum(len(sentences(part, article.language)) for part in parts) - article.truncated <= _SENTENCES
