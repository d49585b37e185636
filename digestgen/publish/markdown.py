"""The sole owner of Markdown: what makes any text safe to stand in a page, links, anchors and front matter.

Texts come from strangers. A Markdown page reaches raw HTML, event handlers (``attr_list``), ``javascript:`` links,
reference definitions and front matter; backslashes do not keep all of them out, numeric character references do,
as long as no extension is on but ``attr_list`` and those of MkDocs (``toc``, ``tables``, ``fenced_code``).
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
"""Characters that one escaped text may have: Markdown's cost grows with the square of a paragraph's marks."""

LONGEST_DESCRIPTION = 300
LONGEST_URL = 2_000

_ANYWHERE = frozenset("\\`*_[]<>&{}|~^$#")
_AT_START = frozenset("+-=:!?/%.")
_REFERENCES = {char: f"&#{ord(char)};" for char in _ANYWHERE | _AT_START | {")"}}
_TABLE = str.maketrans({char: _REFERENCES[char] for char in _ANYWHERE})
_OFTEN = 200
"""Characters up to which a text that is escaped is remembered."""
_NUMBERED = re.compile(r"(\d+)([.)])")

_QUOTES = str.maketrans({'"': "&#34;", "'": "&#39;"})

_AS_JSON = json.JSONEncoder(ensure_ascii=False).encode
_SCHEMES = {"http", "https"}
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\.?")
# Of what a URL may hold, all that Markdown gives a meaning to is left out, so that it goes percent-encoded.
_PATH_SAFE = "/:@!$+,=~%-."
_QUERY_SAFE = _PATH_SAFE + "?&"
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ANCHOR = re.compile(r"[a-z0-9_][a-z0-9_-]*")
_LOOK = re.compile(r"[a-z ]*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})?")


class Markdown(str):
    """Text that is Markdown already. Whatever is not of this type is escaped before it reaches a page."""

    __slots__ = ()


def shorten(text: str, limit: int) -> str:
    """One clean line of at most ``limit`` characters; where it had to be cut, at a word's end, with "…"."""
    return _remembered_line(text, limit) if len(text) <= _OFTEN else _shortened(text, limit)


def _shortened(text: str, limit: int) -> str:
    # Cleaning never lengthens, so that the head of a giant is enough to work on.
    line = clean_line(text[: 4 * limit])
    if len(line) <= limit and len(text) <= 4 * limit:
        return line
    head = line[: limit - 1]
    space = head.rfind(" ", limit // 2)
    return (head[:space] if space > 0 else head) + "…"


_remembered_line = lru_cache(maxsize=100_000)(_shortened)


def escape(text: str, limit: int = LONGEST_LINE) -> Markdown:
    """Any text as one line of Markdown that reads exactly as that text: no tag, no attribute, no link.

    Control, bidi and invisible characters are dropped, white space is collapsed, and a text longer than
    ``limit`` characters is cut at a word's end.
    """
    # Titles and phrases stand on many pages; paragraphs would only fill the memory.
    return _remembered(text, limit) if len(text) <= _OFTEN else _escaped(text, limit)


def _escaped(text: str, limit: int) -> Markdown:
    line = _shortened(text, limit)
    if numbered := _NUMBERED.match(line):
        mark = numbered.start(2)
    elif line[:1] in _AT_START:
        mark = 0
    else:
        return Markdown(line.translate(_TABLE))
    return Markdown(line[:mark] + _REFERENCES[line[mark]] + line[mark + 1 :].translate(_TABLE))


_remembered = lru_cache(maxsize=100_000)(_escaped)


def markup(text: str) -> Markdown:
    """Any text as it may stand in HTML or SVG of our own, in an element or a quoted attribute, and in Markdown too."""
    plain = clean_line(text)
    return Markdown(
        "".join(f"&#{ord(char)};" if char.isascii() and not char.isalnum() and char != " " else char for char in plain)
    )


def destination(url: str | None) -> str | None:
    """The address as it may stand in a link, percent-encoded; None unless it is http(s), with a host, no userinfo."""
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


def outward(text: str, url: str, *, name: str = "") -> Markdown:
    """A link to another site, as ``link`` makes it; the text alone where the address is none that one should follow."""
    address = destination(url)
    # A bare ampersand may open a character reference (``&copy;``); a percent code may not.
    return as_markdown(text) if address is None else link(text, address.replace("&", "&amp;"), name=name)


def link(  # noqa: PLR0913 -- each is an attribute
    text: str, page: str, *, look: str = "", name: str = "", language: str = "", cite: str = ""
) -> Markdown:
    """A link inside the site: ``page`` is an address that digestgen made.

    ``look`` is its class. ``name`` is for whoever hears of the link alone, where the text does not say whereto it
    leads; it holds the text. ``language`` is that of the text, where the page has another; ``cite`` is how to cite what
    it leads to, for scripts.
    """
    more = attributes(look=look, language=language, name=name, cite=cite) if look or language or name or cite else ""
    return Markdown(f"[{as_markdown(text)}]({page}){more}")


def facts(line: Markdown) -> Markdown:
    """A line of facts, emphasised; empty without any."""
    return Markdown(f"*{line}*{attributes(look='facts')}") if line else line


def attributes(anchor: str = "", *, look: str = "", language: str = "", name: str = "", cite: str = "") -> Markdown:
    """An attribute list for a heading, a paragraph or a link: id, classes, language, name and citation.

    It is empty without any. ``look`` is one or several of the classes in ``design/pages.md``. Raises ValueError for an
    anchor or a class that digestgen would not have made; a language that is no language code is left out.
    """
    if anchor and not _ANCHOR.fullmatch(anchor):
        raise ValueError(f"{anchor!r} cannot be an anchor")
    if not _LOOK.fullmatch(look):
        raise ValueError(f"{look!r} cannot be classes")
    words = [f"#{anchor}"] if anchor else []
    words += [f".{each}" for each in look.split()]
    words += [f"lang={language}"] if _LANGUAGE.fullmatch(language) else []
    texts = {"aria-label": name, "data-cite": cite}
    words += [f'{key}="{_as_attribute(text)}"' for key, text in texts.items() if text]
    return Markdown("{" + " ".join(words) + "}") if words else Markdown()


def _as_attribute(text: str) -> str:
    shown = text if isinstance(text, Markdown) else escape(text, LONGEST_DESCRIPTION)
    return shown.translate(_QUOTES)


def code_block(lines: str, depth: int = 0) -> Markdown:
    """Lines as a block of code, which an indentation makes; it stands inside ``depth`` list items.

    Code cannot be escaped: it shows as it is. Raises ValueError for what an HTML parser would look at, and for what
    cannot be seen.
    """
    if "<" in lines or "&" in lines or not lines.replace("\n", "").isprintable():
        raise ValueError(f"{lines!r} cannot be shown as code")
    return Markdown("\n".join("    " * (depth + 1) + line for line in lines.split("\n")))


def join(separator: Markdown, parts: Iterable[str]) -> Markdown:
    """The parts as one piece of Markdown; those that are none yet are escaped."""
    return Markdown(separator.join(map(as_markdown, parts)))


def as_markdown(value: object) -> Markdown:
    """What a template puts out: Markdown as it is, everything else escaped."""
    return value if isinstance(value, Markdown) else escape(str(value))


def front_matter(title: str, description: str, more: Mapping[str, object]) -> Markdown:
    """The YAML block that a page starts with: ``title``, ``description`` and whatever else digestgen says of it.

    Texts are HTML-escaped, since themes put them into ``<title>`` and attributes as they stand, and every value is
    written as JSON, which is YAML. Never left out: without it, a text that starts with ``Key: value``
    would be read as front matter.
    """
    fields = {"title": title, "description": description, **more}
    escaped = {
        key: html.escape(shorten(value, LONGEST_DESCRIPTION)) if isinstance(value, str) else value
        for key, value in fields.items()
    }
    lines = (f"{key}: {_AS_JSON(value)}\n" for key, value in escaped.items())
    return Markdown("---\n" + "".join(lines) + "---\n")
