"""OPML, the exchange format of feed readers: nested outlines with feeds and links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.parsers import expat

from digestgen.errors import InputError, Problem
from digestgen.language.text import clean_line

_DEEPEST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """An entry with an address."""

    line: int
    title: str
    """Empty if it has none."""
    feed: str
    """Address of its feed; empty if it has none."""
    page: str
    """Address of its page; empty if it has none."""


def is_opml(text: str) -> bool:
    """Whether a text looks like OPML."""
    return "<opml" in text[:2_000].lower()


def read_opml(text: str, name: str) -> tuple[Outline, ...]:
    """The outlines of an OPML file in order. Raises InputError if it is not well-formed, or not OPML.

    Entity declarations are refused: they may include other files or expand without bound.
    """
    parser = expat.ParserCreate()
    found: list[Outline] = []
    open_elements: list[str] = []

    def start(element: str, attributes: dict[str, str]) -> None:
        open_elements.append(element.lower())
        if len(open_elements) > _DEEPEST:
            raise InputError([Problem(name, parser.CurrentLineNumber, "is nested too deeply")])
        if open_elements[0] != "opml":
            raise InputError([Problem(name, parser.CurrentLineNumber, "is no OPML: its first element is not <opml>")])
        if open_elements[-1] == "outline":
            found.extend(_outline({key.lower(): value for key, value in attributes.items()}, parser.CurrentLineNumber))

    def declares(*_: object) -> None:
        raise InputError([Problem(name, parser.CurrentLineNumber, "declares entities of its own; they are not read")])

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: open_elements.pop()
    parser.EntityDeclHandler = declares
    try:
        parser.Parse(text.lstrip("\ufeff \t\n").encode("utf-8", "replace"), True)  # noqa: FBT003 -- the last piece
    except expat.ExpatError as error:
        message = f"is not well-formed: {expat.ErrorString(error.code)}; export it again from your reader, or fix it"
        raise InputError([Problem(name, error.lineno, message)]) from None
    return tuple(found)


def _outline(attributes: dict[str, str], line: int) -> Iterator[Outline]:
    feed = attributes.get("xmlurl", "")
    page = attributes.get("htmlurl", "") or attributes.get("url", "")
    if not feed and attributes.get("type", "").lower() in {"rss", "atom"}:
        feed = attributes.get("url", "")
    if feed or page:
        title = clean_line(attributes.get("title", "") or attributes.get("text", ""))
        yield Outline(line=line, title=title, feed=feed.strip(), page=page.strip())
