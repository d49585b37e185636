"""Mark the searchable text of an article's or topic's page with Pagefind's attributes.

This is only what is specific to the page: title, keyphrases, summary, note and full text. Links to elsewhere and text
repeated on every page would match everywhere.
"""

from __future__ import annotations

import re

# Headings written by curators may be smaller and have no underscore.
_SECTION = re.compile(r'(?=<h2 id="|<h3 id="_)')
_NAME = re.compile(r'<h[23] id="(\w+)"')
_WITH_TEXT = {"", "_note", "_summary", "_text", "_brief"}
# Not metadata about the text, nor the link to the original.
_BLOCK = re.compile(r'<(h1|h3|p|ul|ol)(?=[ >])(?!><em class="facts|><strong class="original)')


def mark_searchable(html: str) -> str:
    """Mark the blocks of a page's HTML that search results may come from."""
    return "".join(map(_marked, _SECTION.split(html)))


def _marked(section: str) -> str:
    named = _NAME.match(section)
    name = named.group(1) if named else ""
    if name == "_keyphrases":
        return section.replace("<ul>", '<ul data-pagefind-meta="keyphrases">')
    if name == "_about":
        return section.replace("<p>Formerly: ", '<p data-pagefind-meta="former">Formerly: ')
    if name not in _WITH_TEXT:
        return section
    marked = _BLOCK.sub(r"<\1 data-pagefind-body", section)
    if name == "_brief":  # a quoted sentence is followed by the name of its source
        return marked.replace("<a ", "<a data-pagefind-ignore ")
    return marked
