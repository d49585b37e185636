"""The only module that writes Markdown: escaping, links, anchors and front matter.

Texts come from strangers. Markdown can express raw HTML, event handlers (``attr_list``), ``javascript:`` links,
reference definitions and front matter. Backslash escapes do not neutralise all of these; numeric character references
do, as long as the only extensions are ``attr_list`` and the defaults of MkDocs (``toc``, ``tables``, ``fenced_code``).
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from urllib.parse import quote, urlsplit

from digestgen.language.text import clean_line

LONGEST_LINE = 10_000
"""Longest escaped text, in characters: Markdown parsing is quadratic in the marks of a paragraph."""

LONGEST_DESCRIPTION = 300
LONGEST_URL = 2_000

_ANYWHERE = frozenset("\\`*_[]<>&{}|~^$#")
_AT_START = frozenset("+-=:!?/%.")
_REFERENCES = {char: f"&#{ord(char)};" for char in _ANYWHERE | _AT_START | {")"}}
# A pattern, since str.translate looks up every character of a text that is not all ASCII.
_MEANT = re.compile(f"[{re.escape(''.join(sorted(_ANYWHERE)))}]")
_REMEMBERED_LENGTH = 200
"""Texts up to this length are cached."""
_NUMBERED = re.compile(r"(\d+)([.)])")

_AS_JSON = json.JSONEncoder(ensure_ascii=False).encode
_SCHEMES = {"http", "https"}
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\.?")
# Characters with a meaning in Markdown are not in these lists, so they are percent-encoded.
_PATH_SAFE = "/:@!$+,=~%-."
_QUERY_SAFE = _PATH_SAFE + "?&"
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ANCHOR = re.compile(r"[a-z0-9_][a-z0-9_-]*")
_LOOK = re.compile(r"[a-z ]*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})?")


class Markdown(str):
    """Text that already is Markdown. Every other type is escaped before it reaches a page."""

    __slots__ = ()


def shorten(text: str, limit: int) -> str:
    """Clean ``text`` to one line of at most ``limit`` characters, cut at a word boundary and marked with "…"."""
    # The head of a long text suffices.
    line = one_line(text if len(text) <= 4 * limit else text[: 4 * limit])
    if len(line) <= limit and len(text) <= 4 * limit:
        return line
    head = line[: limit - 1]
    space = head.rfind(" ", limit // 2)
    return (head[:space] if space > 0 else head) + "…"


def one_line(text: str) -> str:
    """Clean ``text`` to one line."""
    return _remembered_line(text) if len(text) <= _REMEMBERED_LENGTH else clean_line(text)


@lru_cache(maxsize=20_000)
def _remembered_line(text: str) -> str:
    line = clean_line(text)
    # Most texts are clean, and need not be in memory twice. What was Markdown is a text like any other now.
    return str(text) if line == text else line


def escape(text: str) -> Markdown:
    """Escape any text into one line of Markdown that renders as exactly that text: no tag, attribute or link.

    Control, bidi and invisible characters are dropped, white space is collapsed, and text beyond ``LONGEST_LINE``
    characters is cut at a word boundary.
    """
    # Titles and phrases recur on many pages; caching paragraphs would only use memory.
    return _remembered(text) if len(text) <= _REMEMBERED_LENGTH else _escaped(text)


def _escaped(text: str) -> Markdown:
    line = shorten(text, LONGEST_LINE)
    if numbered := _NUMBERED.match(line):
        mark = numbered.start(2)
    elif line[:1] in _AT_START:
        mark = 0
    else:
        return Markdown(_referenced(line))
    return Markdown(line[:mark] + _REFERENCES[line[mark]] + _referenced(line[mark + 1 :]))


def _referenced(line: str) -> str:
    return _MEANT.sub(lambda found: _REFERENCES[found[0]], line)


_remembered = lru_cache(maxsize=20_000)(_escaped)


def markup(text: str) -> Markdown:
    """Escape text for our own HTML or SVG within Markdown, as element content or quoted attribute."""
    plain = clean_line(text)
    return Markdown(
        "".join(f"&#{ord(char)};" if char.isascii() and not char.isalnum() and char != " " else char for char in plain)
    )


def safe_url(url: str | None) -> str | None:
    """Percent-encode a URL for use in a link; None unless it is http(s) with a host and without userinfo."""
    if url is None or len(url) > LONGEST_URL or url != clean_line(url):
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except ValueError:
        return None
    if parts.scheme not in _SCHEMES or "@" in parts.netloc or len(host) > 253 or not _HOST.fullmatch(host):
        return None
    encoded = f"{parts.scheme}://{host}" + (f":{port}" if port is not None else "")
    encoded += _percent(parts.path, _PATH_SAFE)
    if parts.query:
        encoded += "?" + _percent(parts.query, _QUERY_SAFE)
    if parts.fragment:
        encoded += "#" + _percent(parts.fragment, _QUERY_SAFE)
    return encoded


def _percent(part: str, safe: str) -> str:
    return _STRAY_PERCENT.sub("%25", quote(part, safe=safe))


def external_link(text: str, url: str, *, name: str = "") -> Markdown:
    """Link to another site; only the text if the URL is not safe to follow."""
    address = safe_url(url)
    # A bare ampersand may start a character reference (``&copy;``); a percent code cannot.
    return as_markdown(text) if address is None else link(text, address.replace("&", "&amp;"), name=name)


def link(  # noqa: PLR0913 -- each is an attribute
    text: str, page: str, *, look: str = "", name: str = "", language: str = "", cite: str = ""
) -> Markdown:
    """Link to a page of the site; ``page`` must be an address made by digestgen.

    ``look`` is its class. ``name`` is the accessible name, for links whose text does not say where they lead; it
    contains the text. ``language`` is the language of the text if it differs from the page's; ``cite`` is a citation of
    the target, for scripts.
    """
    more = attributes(look=look, language=language, name=name, cite=cite) if look or language or name or cite else ""
    return Markdown(f"[{as_markdown(text)}]({page}){more}")


def facts(line: Markdown) -> Markdown:
    """An emphasised line of facts; empty if there are none."""
    return Markdown(f"*{line}*{_FACTS}") if line else line


def attributes(anchor: str = "", *, look: str = "", language: str = "", name: str = "", cite: str = "") -> Markdown:
    """Attribute list for a heading, paragraph or link: id, classes, language, name and citation; empty if none is
    given.

    ``look`` is one or more of the classes in ``design/pages.md``. Raises ValueError for an anchor or class that
    digestgen would not have made. An invalid language code is left out.
    """
    if anchor and not _ANCHOR.fullmatch(anchor):
        raise ValueError(f"{anchor!r} cannot be an anchor")
    if look and not _LOOK.fullmatch(look):
        raise ValueError(f"{look!r} cannot be classes")
    words = [f"#{anchor}"] if anchor else []
    words += [f".{each}" for each in look.split()]
    if language and _LANGUAGE.fullmatch(language):
        words.append(f"lang={language}")
    if name:
        words.append(f'aria-label="{_as_attribute(name)}"')
    if cite:
        words.append(f'data-cite="{_as_attribute(cite)}"')
    return Markdown("{" + " ".join(words) + "}") if words else Markdown()


def _as_attribute(text: str) -> str:
    shown = text if isinstance(text, Markdown) else escape(shorten(text, LONGEST_DESCRIPTION))
    return shown.replace('"', "&#34;").replace("'", "&#39;")


_FACTS = attributes(look="facts")


def code_block(lines: str, depth: int = 0) -> Markdown:
    """Indented code block, inside ``depth`` list items.

    Code cannot be escaped. Raises ValueError for characters that an HTML parser would interpret and for invisible ones.
    """
    if "<" in lines or "&" in lines or not lines.replace("\n", "").isprintable():
        raise ValueError(f"{lines!r} cannot be shown as code")
    return Markdown("\n".join("    " * (depth + 1) + line for line in lines.split("\n")))


def join(separator: Markdown, parts: Iterable[str]) -> Markdown:
    """Join parts into Markdown, escaping those that are not Markdown yet."""
    return Markdown(separator.join(map(as_markdown, parts)))


def as_markdown(value: object) -> Markdown:
    """Escape a template's output unless it is Markdown already."""
    return value if isinstance(value, Markdown) else escape(str(value))


def front_matter(title: str, description: str, more: Mapping[str, object]) -> Markdown:
    """YAML front matter of a page.

    Texts are HTML-escaped, since themes insert them raw into ``<title>`` and attributes; values are written as JSON,
    which is valid YAML. Every page needs front matter: without it, a text that starts with ``Key: value`` would be read
    as such.
    """
    fields = {"title": title, "description": description, **more}
    escaped = {
        key: html.escape(shorten(value, LONGEST_DESCRIPTION)) if isinstance(value, str) else value
        for key, value in fields.items()
    }
    lines = (f"{key}: {_AS_JSON(value)}\n" for key, value in escaped.items())
    return Markdown("---\n" + "".join(lines) + "---\n")
