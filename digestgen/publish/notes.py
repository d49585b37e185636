"""The curator's notes: Markdown, moved between pages and converted to HTML or text for feeds and mails."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import urljoin

from markdown_it import MarkdownIt
from markdown_it.token import Token

from digestgen.language.text import clean_line
from digestgen.publish.addresses import absolute, relative

_DESTINATION = re.compile(r"(\]\(\s*<?|^[ ]{0,3}\[[^\]\n]+\]:[ \t]*<?)([^\s<>()]+)", re.MULTILINE)
"""Link target in Markdown source, inline or in a reference definition."""
_OUTSIDE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[/?]")
"""Start of a link that does not depend on the page."""


@dataclass(frozen=True, slots=True)
class Note:
    """Markdown written by the curator."""

    markdown: str
    page: str
    """Page that its links are relative to."""

    def on(self, here: str) -> str:
        """The Markdown with links rewritten so that they work on the page ``here``."""
        if here == self.page:
            return self.markdown
        links = set(_links(_parser().parse(self.markdown)))

        def moved(found: re.Match[str]) -> str:
            before, link = found.groups()
            if _OUTSIDE.match(link) or _parser().normalizeLink(link) not in links:
                return found[0]
            path, mark, anchor = link.partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(self.page), path)) if path else self.page
            return f"{before}{relative(f'{target}{mark}{anchor}', here)}"

        return _DESTINATION.sub(moved, self.markdown)


def note_html(note: str, page: str, url: str) -> str:
    """Convert a note to HTML with absolute links; raw HTML in it is shown as text.

    ``page`` is the page the note was written for, ``url`` the URL of the site.
    """
    return _rendered(_with_absolute_links(note, page, url))


def note_in_mail(note: str, page: str, url: str, looks: Mapping[str, Mapping[str, str]]) -> str:
    """Convert a note to HTML for a mail; ``looks`` maps tags to attributes, since mails need inline styles.

    Headings become paragraphs, to keep the mail's outline, and pictures become their alternative text.
    """
    tokens = _with_absolute_links(note, page, url)
    for token in tokens:
        for child in token.children or ():
            if child.type == "image":
                child.type, child.tag = "text", ""
            _add_attributes(child, looks)
        _add_attributes(token, looks)
        if token.type in {"heading_open", "heading_close"}:
            token.tag = "p"
    return _rendered(tokens)


def note_links(note: str, page: str, url: str) -> tuple[str, ...]:
    """Distinct absolute URLs that a note links to."""
    return tuple(dict.fromkeys(_links(_with_absolute_links(note, page, url), "href")))


def note_text(note: str) -> str:
    """Plain text of a note, on one line."""
    return clean_line(" ".join(note_paragraphs(note)))


def note_paragraphs(note: str) -> tuple[str, ...]:
    """Plain text of a note, one line per paragraph, heading and list item."""
    return tuple(line for token in _parser().parse(note) if (line := clean_line(_words(token))))


def _links(tokens: list[Token], *names: str) -> Iterator[str]:
    """Yield link and image targets, or only those in the attributes ``names``."""
    for child in (child for token in tokens for child in token.children or ()):
        yield from (str(child.attrs[name]) for name in names or ("href", "src") if name in child.attrs)


def _words(token: Token) -> str:
    if token.children is None:
        return token.content
    return "".join(" " if child.type in {"softbreak", "hardbreak"} else child.content for child in token.children)


def _absolute_link(link: str, page: str, url: str) -> str:
    """Resolve a link on a page to an absolute URL. Pages are linked by their Markdown files."""
    target = urljoin(url + page, link)
    if not target.startswith(url):
        return target
    return absolute(target.removeprefix(url), url)


def _with_absolute_links(note: str, page: str, url: str) -> list[Token]:
    """Parse a note and make its links absolute."""
    tokens = _parser().parse(note)
    for token in tokens:
        for child in token.children or ():
            for name in ("href", "src"):
                if name in child.attrs:
                    child.attrs[name] = _absolute_link(str(child.attrs[name]), page, url)
    return tokens


def _add_attributes(token: Token, looks: Mapping[str, Mapping[str, str]]) -> None:
    if token.nesting >= 0:
        for name, value in looks.get(token.tag, {}).items():
            token.attrSet(name, value)


def _rendered(tokens: list[Token]) -> str:
    return str(_parser().renderer.render(tokens, _parser().options, {})).strip()


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False})
