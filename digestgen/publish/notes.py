"""The curator's notes, which are Markdown, for where no site builder turns them into HTML."""

from __future__ import annotations

from functools import cache
from urllib.parse import urljoin

from markdown_it import MarkdownIt
from markdown_it.token import Token

from digestgen.publish.addresses import absolute
from digestgen.text import clean_line


def note_html(note: str, page: str, url: str) -> str:
    """A note as HTML that stands anywhere: its links are whole addresses, and tags in it are shown as text.

    ``page`` is the path of the page that the note was written for, ``url`` where the site stands.
    """
    tokens = _reader().parse(note)
    for token in tokens:
        for child in token.children or ():
            for name in ("href", "src"):
                if name in child.attrs:
                    child.attrs[name] = _whole(str(child.attrs[name]), page, url)
    return str(_reader().renderer.render(tokens, _reader().options, {})).strip()


def note_text(note: str) -> str:
    """The words of a note, on one line."""
    return clean_line(" ".join(_words(token) for token in _reader().parse(note)))


def _words(token: Token) -> str:
    if token.children is None:
        return token.content
    return "".join(" " if child.type in {"softbreak", "hardbreak"} else child.content for child in token.children)


def _whole(link: str, page: str, url: str) -> str:
    """Where a link on a page leads. Pages are linked to by their Markdown files."""
    target = urljoin(url + page, link)
    if not target.startswith(url):
        return target
    path, mark, anchor = target.removeprefix(url).partition("#")
    return absolute(path, url) + mark + anchor


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False})
