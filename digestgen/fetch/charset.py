"""Bytes that came from anywhere → text."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# <?xml … encoding="…"?>, <meta charset="…"> and <meta … content="text/html; charset=…">
_DECLARED = re.compile(
    rb"""<\?xml[^>]{1,200}?encoding\s*=\s*["']([\w.:-]+)|<meta[^>]{1,200}?charset\s*=\s*["']?([\w.:-]+)""",
    re.IGNORECASE,
)
_XML_ENCODING = re.compile(r"""(<\?xml[^>]{0,200}?)\s+encoding\s*=\s*(?:"[^"]*"|'[^']*')""", re.IGNORECASE)
_HEAD = 4_096
_NEVER = {"utf-8", "iso8859-1", "ascii", "utf-7", "idna", "punycode", "unicode-escape", "raw-unicode-escape"}
"""What the bytes are known not to be, what is said where another is meant, and what no text on the web is in."""
_LAST = "windows-1252"
"""What the web takes for granted where nothing is said, and what says that it is Latin-1."""


def text_of(data: bytes, told: str | None = None) -> str:
    """The text in some bytes, whose server may have ``told`` a charset, rightly or wrongly.

    What reads as UTF-8 is UTF-8, whatever is said of it: other texts hardly ever do. What cannot be read is U+FFFD.
    A declaration of the encoding in XML is taken out, since the text has none any more.
    """
    for mark, charset in _MARKS:
        if data.startswith(mark):
            return _undeclared(data[len(mark) :].decode(charset, "replace"))
    try:
        return _undeclared(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(data[:_HEAD])
    for name in (told, (declared[1] or declared[2]).decode("ascii") if declared else None):
        if known := _known(name):
            with suppress(UnicodeError):
                return _undeclared(data.decode(known, "replace"))
    return _undeclared(data.decode(_LAST, "replace"))


def _known(name: str | None) -> str | None:
    """A charset of this name that the bytes may have; None where there is none."""
    try:
        info = codecs.lookup((name or "").strip().strip("\"'"))
    except LookupError:
        return None
    if info.name in _NEVER or not getattr(info, "_is_text_encoding", True):
        return None
    return info.name


def _undeclared(text: str) -> str:
    if not text.lstrip("\ufeff \t\r\n").startswith("<?xml"):
        return text
    return _XML_ENCODING.sub(r"\1", text, count=1)
