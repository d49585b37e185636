"""What the search takes of an article's or a topic's page, in the attributes that Pagefind reads.

That is only what the page says itself: title, keyphrases, summary, note and full text. What leads elsewhere, or stands
on every page, would be found everywhere.
"""

from __future__ import annotations

import re

# What a curator writes may have smaller headings, without an underscore.
_SECTION = re.compile(r'(?=<h2 id="|<h3 id="_)')
_NAME = re.compile(r'<h[23] id="(\w+)"')
_WITH_TEXT = {"", "_note", "_summary", "_text", "_brief"}
# Not the facts about the text, nor the way to the original.
_BLOCK = re.compile(r'<(h1|h3|p|ul|ol)(?=[ >])(?!><em class="facts|><strong class="original)')


def own_words(html: str) -> str:
    """The content of a page, as HTML, with the blocks marked that its search hits may come from."""
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
    if name == "_brief":  # behind a quoted sentence stands the name of its source
        return marked.replace("<a ", "<a data-pagefind-ignore ")
    return marked
