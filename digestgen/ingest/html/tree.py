"""Web pages as trees of bounded size, and the blocks of text in them (imports lxml).

What costs a parser more than it is worth is taken out first: pictures written into the page, and tags of too many
attributes. What no reader would see goes next. Nothing is loaded, and there are no entities but characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from digestgen.ingest.html.fragments import HIDING, without_overloaded
from digestgen.language.text import clean_line

LONGEST_PAGE = 10_000_000
"""Characters of a page, the pictures in it taken out: five times the longest book as one page."""
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
_ALL = 0.9
"""Of the letters of a block, what is as good as all; spaces between elements are counted once here and twice there."""
_LONGEST_HEADING = 200
_LONGEST_ADDRESS = 4_000
# Two breaks in a row are the paragraphs of pages from before there were styles.
_BREAK = re.compile(r"\n\s*\n")
_FRAME = frozenset({"html", "head", "body"})
_DEEPEST = 250
"""Elements inside each other, beyond which no method is asked: theirs is the cost of each with all around it."""
_CHROME = re.compile(
    r"(?:^|[\s_-])(?:related|relatedposts|recommended|share|sharing|sharedaddy|social|comments?|promo|promotion|newsletter"
    r"|subscribe|sponsor(?:ed)?|breadcrumbs?|byline|referenced|cookie|cookies|consent|gdpr)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"(?:^|[\s_-])(?:byline|author|authors|p-author|writtenby|dateline)(?:$|[\s_-])", re.IGNORECASE)
_LONGEST_BYLINE = 100
_NEAR = 3
"""How far up from a block a name says what it is."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text of a page that stands by itself: a paragraph, a heading, an item, a cell."""

    text: str
    line: int
    linked: float
    """The share of it that is links: 0 to 1."""
    chrome: bool
    """Whether what it stands in is named as what surrounds an article: shares, related articles, comments."""
    byline: bool
    """Whether it says who wrote the article."""
    heading: bool = False
    """Whether it is one, or looks like one: short, and all in bold."""
    address: str | None = None
    """Where its first link leads, as it stands there."""


@dataclass(frozen=True, slots=True)
class Page:
    """A web page, without what its readers would not see."""

    root: HtmlElement
    deep: bool
    """Whether it is nested so deeply that only a plain walk through it is safe."""
    cut: bool
    """Whether something at its end was not read."""


def parse_page(text: str) -> Page | None:
    """The page in a text; None where there is nothing in it."""
    markup = without_overloaded(_DATA.sub("data:,", text.replace("\x00", "")))
    cut = len(markup) > LONGEST_PAGE
    # Long runs of blanks are what patterns of the libraries stumble on; line ends keep the numbers of lines right.
    markup = _LONG_SPACE.sub(lambda run: "\n" * run[0].count("\n") or " ", markup[:LONGEST_PAGE])
    parser = HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return None
    cut = cut or any("Excessive depth" in error.message for error in parser.error_log)
    return Page(root, deep=_depth(root) > _DEEPEST, cut=cut)


def without_hidden(root: HtmlElement) -> None:
    """Take out of a tree what its page does not show."""
    for element in list(root.iter(etree.Element)):
        if element.tag in _FRAME or element.getparent() is None:
            continue
        if "hidden" in element.attrib or HIDING.search(element.get("style") or ""):
            element.drop_tree()


def blocks_of(root: HtmlElement) -> tuple[Block, ...]:
    """The blocks of text of a tree, in its order; time and memory grow with its size alone."""
    return tuple(_blocks(root))


def _depth(root: HtmlElement) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


class _Run:
    """The text since the last break, how much of it is links or bold, and where the first link leads."""

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

    def end(self, holder: HtmlElement) -> Iterator[Block]:
        pieces = [piece for part in _BREAK.split("".join(self.parts)) if (piece := clean_line(part))]
        length = sum(map(len, pieces))
        if pieces:
            names = list(_names_around(holder))
            chrome = any(map(_CHROME.search, names))
            byline = any(map(_BYLINE.search, names[:2]))
            titled = holder.tag in _HEADINGS or getattr(holder.getparent(), "tag", None) in _HEADINGS
            for piece in pieces:
                yield Block(
                    text=piece,
                    line=holder.sourceline or 1,
                    linked=min(1.0, self.linked / length),
                    chrome=chrome,
                    byline=byline and len(piece) < _LONGEST_BYLINE,
                    heading=titled or (self.bold >= _ALL * length and len(piece) < _LONGEST_HEADING),
                    address=self.address,
                )
        self.parts.clear()
        self.linked = self.bold = 0
        self.address = None


def _blocks(root: HtmlElement) -> Iterator[Block]:
    body = root.find(".//body")
    top = root if body is None else body
    run = _Run()
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
    """What a block and the nearest elements around it are called."""
    for _ in range(_NEAR):
        if element is None or element.tag in _FRAME:
            return
        yield " ".join(element.get(name, "")[:500] for name in ("class", "id", "rel", "itemprop"))
        element = element.getparent()


def lines_of(blocks: Sequence[Block]) -> tuple[int, int]:
    """The first and the last line of some blocks."""
    return min(block.line for block in blocks), max(block.line for block in blocks)
