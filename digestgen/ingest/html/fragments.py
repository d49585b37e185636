"""HTML fragments → visible text in paragraphs (imports lxml's parser).

The parser emits events and builds no tree, so time and memory are linear in the length, however deep the nesting. It
follows no address and resolves no entity except characters.
"""

from __future__ import annotations

import html
import re

from lxml import etree

from digestgen.ingest.draft import paragraphs_of
from digestgen.ingest.wrapped_lines import unwrapped
from digestgen.language.text import clean_line

_INLINE = (
    "a|abbr|b|bdi|bdo|big|cite|code|del|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span|strike|strong|sub|sup|time"
    "|tt|u|var"
)
_BLOCKS = (
    "address|article|aside|blockquote|body|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h1|h2|h3"
    "|h4|h5|h6|header|hr|html|legend|li|main|nav|ol|p|pre|section|summary|table|tbody|tfoot|thead|tr|ul"
)
_CELLS = "td|th"
_UNSEEN_TAGS = (
    "script|style|template|noscript|noframes|iframe|object|embed|applet|svg|math|head|title|select|textarea|button"
    "|datalist|audio|video|canvas|map"
)
_BREAKS = frozenset(_BLOCKS.split("|")) | {"br"}
_UNSEEN = frozenset(_UNSEEN_TAGS.split("|"))
_PAIRS = f"({_INLINE}|{_BLOCKS}|{_CELLS})"
HIDING_STYLE = re.compile(
    r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|max-height\s*:\s*0(?![.\d]*[1-9]))",
    re.IGNORECASE,
)
"""Styles that hide an element. Font size 0 is not among them: mails put it around columns that set their own size."""
_PAIRED = re.compile(rf"<{_PAIRS}(?:\s[^<>]{{0,2000}})?>", re.IGNORECASE)
_ALONE = re.compile(r"<(?:br|hr|img|p|li)(?:\s[^<>]{0,2000})?/?>", re.IGNORECASE)
_CLOSING = re.compile(rf"</{_PAIRS}\s*>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_ESCAPED_TAG = re.compile(r"&(?:amp;)?(?:lt|#60|#x3c);\s*/?\s*[a-z]", re.IGNORECASE)


def is_html(text: str) -> bool:
    """Whether a text contains HTML: a matching pair of tags, a void tag or a comment. "a < b" does not count."""
    if "<" not in text:
        return False
    return "<!--" in text or _ALONE.search(text) is not None or _is_paired(text)


def _is_paired(text: str) -> bool:
    opened = {tag.lower() for tag in _PAIRED.findall(text)}
    return any(tag.lower() in opened for tag in _CLOSING.findall(text))


def unescape(text: str) -> str:
    """Resolve the character references of plain text, escaped once or twice."""
    for _ in range(2):
        if "&" not in text or not _ENTITY.search(text):
            break
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    return text


def paragraphs_of_html(markup: str) -> tuple[str, ...]:
    """The visible text of HTML, one paragraph per block. Doubly escaped markup is unescaped first."""
    return paragraphs_of(unescape(line) for line in _lines_of(_unescaped_markup(markup)))


def paragraphs_of_field(text: str) -> tuple[str, ...]:
    """The paragraphs of a text field that holds HTML or plain text.

    In plain text each line is a paragraph, unless it was broken into lines of one width.
    """
    opened = _unescaped_markup(text)
    if is_html(opened):
        return paragraphs_of_html(opened)
    return unwrapped(unescape(text))


def line_of_field(text: str) -> str:
    """A short field, such as a title, as one line of text."""
    if "<" not in text and "&" not in text:
        return clean_line(text)
    return clean_line(" ".join(paragraphs_of_field(text)))


def _unescaped_markup(markup: str) -> str:
    """Unescape markup whose own tags are escaped, once or twice; leave text that only mentions a tag as it is."""
    as_given = markup
    for _ in range(2):
        if is_html(markup) or not _ESCAPED_TAG.search(markup):
            break
        markup = html.unescape(markup)
        if is_html(markup):
            whole = markup.lstrip().startswith("<") or _is_paired(markup)
            return markup if whole else as_given
    return as_given


class _VisibleText:
    """Parser target that collects the visible text."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.depth = 0
        self.unseen_from: int | None = None
        self.in_row = False
        self.preformatted = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.unseen_from is not None:
            return
        if tag in _UNSEEN or "hidden" in attributes or HIDING_STYLE.search(attributes.get("style", "")):
            self.unseen_from = self.depth
        if tag == "tr":
            self.in_row = False
        if tag in {"td", "th"}:
            self.parts.append("; " if self.in_row else "")
            self.in_row = True
        elif tag in _BREAKS:
            self.parts.append("\n")
        self.preformatted += tag == "pre"

    def end(self, tag: str) -> None:
        if self.unseen_from is None:
            if tag in _BREAKS:
                self.parts.append("\n")
            self.preformatted -= tag == "pre"
        elif self.depth <= self.unseen_from:
            self.unseen_from = None
        self.depth -= 1

    def data(self, text: str) -> None:
        if self.unseen_from is None:
            self.parts.append(text if self.preformatted > 0 else text.replace("\n", " "))

    def close(self) -> str:
        return "".join(self.parts)


def _lines_of(markup: str) -> list[str]:
    # NUL would end the text for the parser, and lone surrogates cannot be encoded.
    data = without_overloaded_tags(markup.replace("\x00", "")).encode("utf-8", "replace")
    if not data.strip():
        return []
    parser = etree.HTMLParser(target=_VisibleText(), encoding="utf-8", huge_tree=True, no_network=True)
    try:
        parser.feed(data)
        return str(parser.close()).split("\n")
    except etree.ParserError:  # nothing but comments, say
        return []


_MOST_ATTRIBUTES = 200
_NAME = r"[^\s/>=]{0,200}"
_VALUE = r"""(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]{0,2000})"""
_ATTRIBUTE = rf"[\s/]*+[^\s/>]{_NAME}+(?:\s*+=\s*+{_VALUE}?+)?+"
_OVERLOADED = re.compile(rf"<[a-zA-Z]{_NAME}+(?:{_ATTRIBUTE}){{{_MOST_ATTRIBUTES},}}+[\s/]*+>?")


def without_overloaded_tags(markup: str) -> str:
    """Remove tags with over 200 attributes, for which parsers need quadratic time; itself linear in the length."""
    return _OVERLOADED.sub(" ", markup) if len(markup) > 2 * _MOST_ATTRIBUTES else markup
