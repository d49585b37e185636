"""Web pages as trees of bounded size, and their text blocks (imports lxml).

Inlined pictures and tags with too many attributes are removed before parsing, hidden elements after it. Nothing is
loaded, and no entity is resolved except characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from digestgen.ingest.html.fragments import HIDING_STYLE, without_overloaded_tags
from digestgen.language.text import clean_line

LONGEST_PAGE = 10_000_000
"""Characters of a page without inlined pictures: five times the longest book as one page."""
_DATA = re.compile(r"\bdata:[\w/+.-]{0,80}(?:;[\w=.-]{1,80}){0,4};base64,[A-Za-z0-9+/=%]+")
_LONG_SPACE = re.compile(r"\s{200,}")

_BLOCK_TAGS = """
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary
    table tbody td tfoot th thead tr ul
"""
_UNSEEN_TAGS = """
    annotation annotation-xml applet area audio button canvas datalist embed head iframe input map noframes noscript
    object option script select style svg template textarea title video
"""
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_UNSEEN = frozenset(_UNSEEN_TAGS.split())
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BOLD = frozenset({"b", "strong"})
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_NEARLY_ALL = 0.9
"""Share of a block's letters that counts as all of them; spaces between elements are counted differently in the two
sums.
"""
_LONGEST_HEADING = 200
_LONGEST_ADDRESS = 4_000
# Two breaks in a row separate paragraphs on pages from before style sheets.
_BREAK = re.compile(r"\n\s*\n")
_FRAME = frozenset({"html", "head", "body"})
_DEEPEST = 250
"""Nesting depth above which no extractor is used: their cost per element grows with the depth."""
_CHROME = re.compile(
    r"(?:^|[\s_-])(?:related|relatedposts|recommended|share|sharing|sharedaddy|social|comments?|promo|promotion|newsletter"
    r"|subscribe|sponsor(?:ed)?|breadcrumbs?|byline|referenced|cookie|cookies|consent|gdpr)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"(?:^|[\s_-])(?:byline|author|authors|p-author|writtenby|dateline)(?:$|[\s_-])", re.IGNORECASE)
_LONGEST_BYLINE = 100
_NEAR = 3
"""How many ancestors of a block are looked at for telling names."""


@dataclass(frozen=True, slots=True)
class HtmlBlock:
    """A separate stretch of a page's text: a paragraph, heading, list item or table cell."""

    text: str
    line: int
    linked: float
    """Share of its characters inside links, 0 to 1."""
    chrome: bool
    """Whether an element around it is named as page furniture: sharing, related articles, comments."""
    byline: bool
    """Whether it is a byline."""
    heading: bool = False
    """Whether it is a heading, or looks like one: short and all bold."""
    address: str | None = None
    """The target of its first link, as written."""


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """A parsed web page."""

    root: HtmlElement
    deep: bool
    """Whether it is nested too deeply for anything but a plain walk."""
    cut: bool
    """Whether its end was cut off."""


def parse_page(text: str) -> HtmlPage | None:
    """Parse a page; None if it is empty."""
    markup = without_overloaded_tags(_DATA.sub("data:,", text.replace("\x00", "")))
    cut = len(markup) > LONGEST_PAGE
    # Regular expressions of the libraries are slow on long runs of blanks; line ends are kept for line numbers.
    markup = _LONG_SPACE.sub(lambda run: "\n" * run[0].count("\n") or " ", markup[:LONGEST_PAGE])
    parser = HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return None
    cut = cut or any("Excessive depth" in error.message for error in parser.error_log)
    return HtmlPage(root, deep=_depth(root) > _DEEPEST, cut=cut)


def remove_hidden(root: HtmlElement) -> None:
    """Remove the elements that a page hides, in place."""
    for element in list(root.iter(etree.Element)):
        if element.tag in _FRAME or element.getparent() is None:
            continue
        if "hidden" in element.attrib or HIDING_STYLE.search(element.get("style") or ""):
            element.drop_tree()


def blocks_of(root: HtmlElement) -> tuple[HtmlBlock, ...]:
    """The text blocks of a tree, in order; linear in its size."""
    return tuple(_blocks(root))


def _depth(root: HtmlElement) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


class _TextRun:
    """The text since the last block boundary, its linked and bold characters, and its first link."""

    __slots__ = ("address", "bold", "linked", "parts")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.linked = self.bold = 0
        self.address: str | None = None

    def add(self, text: str | None, links: Sequence[str], bold: int) -> None:
        if text:
            self.parts.append(text.replace("\n", " "))
            count = len(clean_line(text)) if links or bold else 0
            self.linked += count if links else 0
            self.bold += count if bold else 0
            if links and count and self.address is None:
                self.address = links[-1] or None

    def end(self, holder: HtmlElement) -> Iterator[HtmlBlock]:
        pieces = [piece for part in _BREAK.split("".join(self.parts)) if (piece := clean_line(part))]
        length = sum(map(len, pieces))
        if pieces:
            names = list(_names_around(holder))
            chrome = any(map(_CHROME.search, names))
            byline = any(map(_BYLINE.search, names[:2]))
            titled = holder.tag in _HEADINGS or getattr(holder.getparent(), "tag", None) in _HEADINGS
            for piece in pieces:
                yield HtmlBlock(
                    text=piece,
                    line=holder.sourceline or 1,
                    linked=min(1.0, self.linked / length),
                    chrome=chrome,
                    byline=byline and len(piece) < _LONGEST_BYLINE,
                    heading=titled or (self.bold >= _NEARLY_ALL * length and len(piece) < _LONGEST_HEADING),
                    address=self.address,
                )
        self.parts.clear()
        self.linked = self.bold = 0
        self.address = None


def _blocks(root: HtmlElement) -> Iterator[HtmlBlock]:
    body = root.find(".//body")
    top = root if body is None else body
    run = _TextRun()
    unseen = bold = 0
    links: list[str] = []
    holder = top
    for event, element in etree.iterwalk(top, events=("start", "end")):
        tag = element.tag
        if tag in _BLOCKS and not unseen:
            yield from run.end(holder)
            holder = element if event == "start" else element.getparent()
        if event == "start":
            unseen += tag in _UNSEEN
            bold += _is_bold(element)
            if tag == "a":
                links.append(element.get("href", "")[:_LONGEST_ADDRESS])
            if tag == "br" and not unseen:
                run.parts.append("\n")
            elif not unseen:
                run.add(element.text, links, bold)
        else:
            unseen -= tag in _UNSEEN
            bold -= _is_bold(element)
            if tag == "a":
                links.pop()
            if not unseen and element is not top:
                run.add(element.tail, links, bold)
    yield from run.end(top)


def _is_bold(element: HtmlElement) -> bool:
    return element.tag in _BOLD or _BOLD_STYLE.search(element.get("style") or "") is not None


def _names_around(element: HtmlElement) -> Iterator[str]:
    """The class, id and role names of a block's nearest ancestors."""
    for _ in range(_NEAR):
        if element is None or element.tag in _FRAME:
            return
        yield " ".join(element.get(name, "")[:500] for name in ("class", "id", "rel", "itemprop"))
        element = element.getparent()


def lines_of(blocks: Sequence[HtmlBlock]) -> tuple[int, int]:
    """First and last line of some blocks."""
    return min(block.line for block in blocks), max(block.line for block in blocks)
