"""Reader for saved web pages: the article, without the page around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from digestgen.errors import Problem
from digestgen.ingest.draft import Draft, ParsedSeed
from digestgen.ingest.html.main_text import main_text
from digestgen.ingest.html.metadata import page_metadata
from digestgen.ingest.html.tree import HtmlBlock, lines_of, parse_page
from digestgen.language.text import fold, words

_HEAD = 8
"""Blocks at the start of an article in which the page may repeat its title."""


def read_web_page(text: str, file: str) -> ParsedSeed:
    """Read the article of a page saved as a file."""
    page = parse_page(text)
    found = main_text(page) if page is not None else None
    if page is None or found is None or not found.blocks:
        cut = page is not None and page.cut
        wrong = (
            "is too large or nested too deeply to be read" if cut else "has no text in it that its readers would see"
        )
        return ParsedSeed((), (Problem(file, None, wrong),))
    facts = page_metadata(page.root, text)
    blocks = list(_body(found.blocks, facts.title))
    notices = []
    if not found.sure:
        notices.append(
            Problem(file, None, "the article cannot be distinguished from the rest of the page; all its text is read")
        )
    if page.cut:
        notices.append(Problem(file, None, "is too large or nested too deeply; its end is not read"))
    draft = Draft(
        paragraphs=tuple(block.text for block in blocks),
        lines=lines_of(blocks or found.blocks),
        confidence=1.0,
        title=facts.title,
        source=facts.source,
        url=facts.url,
        published=facts.published,
        language=facts.language,
        hints=facts.hints,
    )
    return ParsedSeed((draft,), (), notices)


def _body(blocks: Iterable[HtmlBlock], title: str | None) -> Iterator[HtmlBlock]:
    """The article's blocks without bylines and without the repeated title."""
    named = _normalised_words(title or "")
    for place, block in enumerate(blocks):
        repeated = place < _HEAD and title is not None and _normalised_words(block.text) == named
        if not block.byline and not repeated:
            yield block


def _normalised_words(text: str) -> list[str]:
    return [fold(word) for word in words(text[:1000])]
