"""Changes to the HTML of built pages: text direction, and a collapsible section.

Done in HTML, like the marks for the search, so that the Markdown stays plain. For builders without hooks, the style
sheet sets the direction of text whose language is known; it also isolates texts of both directions in one line.
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
"""Characters to search for the first letter of a block, which bounds the cost of a page."""


def with_direction(html: str) -> str:
    """Mark headings, paragraphs, list items and links as right-to-left by their first letter."""
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


def with_collapsed_about(html: str) -> str:
    """Make the "about" section of an article or topic collapsible.

    In the Markdown it is a normal section: collapsing needs HTML, inside which other builders do not parse Markdown.
    """
    return _ABOUT.sub(r'<details class="digest-about">\n<summary>\1</summary>\2\n</details>', html)
