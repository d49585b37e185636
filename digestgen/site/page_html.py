"""Blocks and links of a built page that begin in Arabic, Hebrew and their like, set from right to left.

It is done in the HTML, like the marks of the search, so that the Markdown stays plain. Where a builder knows no hooks,
the style sheet sets what is known by its language. It also keeps texts of two directions in one line apart.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

import regex

_RIGHT_TO_LEFT: Final = regex.compile(r"[\p{Hebrew}\p{Arabic}\p{Syriac}\p{Thaana}\p{Nko}\p{Adlam}]", regex.V1)
_BLOCK: Final = regex.compile(r"<(h[1-6]|p|li|blockquote|a)(?=[ >])(?![^<>]* dir=)[^<>]*>", regex.V1)
_BEFORE_LETTER: Final = regex.compile(r"(?:<[^<>]*>|&[^;&<>]*;|[^\p{L}<&])*+", regex.V1)

_AHEAD: Final = 1_000
"""Characters in which the first letter of a block must stand, so that no page costs more than its length."""


def with_direction(html: str) -> str:
    """The content of a page, as HTML; its headings, paragraphs, items and links are set by the first letter in each."""
    if not _RIGHT_TO_LEFT.search(html):
        return html
    parts: list[str] = []
    done = 0
    for block in _BLOCK.finditer(html):
        at = _BEFORE_LETTER.match(html, block.end(), block.end() + _AHEAD).end()
        letter = html[at : at + 1]
        if letter and unicodedata.bidirectional(letter) in {"R", "AL"}:
            parts += (html[done : block.end(1)], ' dir="rtl"')
            done = block.end(1)
    return "".join((*parts, html[done:]))


_ABOUT = re.compile(r'(<h2 id="_about">.*?</h2>)(.*)', re.DOTALL)


def folded(html: str) -> str:
    """A page's content, as HTML, with its part about the entry or the topic opened only when asked for.

    In the Markdown it is a section like any other: what folds there is HTML, in which other builders read no Markdown.
    """
    return _ABOUT.sub(r'<details class="digest-about">\n<summary>\1</summary>\2\n</details>', html)
