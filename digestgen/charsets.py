"""Character sets of web pages, feeds and mails.

Labels and their meanings follow the WHATWG Encoding Standard, as in browsers.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from types import MappingProxyType

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LOOKED_AT = 4096
"""Bytes at the start of a file in which a declaration is looked for; browsers look at the first 1,024."""
_DECLARED = re.compile(
    rb"""<meta[^>]{0,400}?charset\s*=\s*["']?\s*([\w:.-]{2,40})|<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w:.-]{2,40})""",
    re.IGNORECASE,
)
_WESTERN = "cp1252"
"""What browsers assume for undeclared pages; all but five bytes are characters in it."""
_CHINESE = "gb18030"
_CODECS: Mapping[str, str] = MappingProxyType(
    {
        **{f"windows-{number}": f"cp{number}" for number in (874, *range(1250, 1259))},
        **{f"cp{number}": f"cp{number}" for number in (866, *range(1250, 1259))},
        **{f"iso-8859-{number}": f"iso8859-{number}" for number in (*range(2, 9), 10, 13, 14, 15, 16)},
        **dict.fromkeys(("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii", "l1"), _WESTERN),
        **dict.fromkeys(("iso-8859-9", "latin5"), "cp1254"),
        **dict.fromkeys(("iso-8859-11", "tis-620"), "cp874"),
        **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80", "chinese"), _CHINESE),
        **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5"), "big5hkscs"),
        **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j", "ms_kanji"), "cp932"),
        **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "korean", "windows-949"), "cp949"),
        "euc-jp": "euc_jp",
        "x-euc-jp": "euc_jp",
        "iso-2022-jp": "iso2022_jp",
        "koi8-r": "koi8_r",
        "koi8": "koi8_r",
        "koi8-u": "koi8_u",
        "macintosh": "mac_roman",
        "x-mac-cyrillic": "mac_cyrillic",
        "ibm866": "cp866",
    }
)
"""Declared label in lower case → Python codec; UTF-8 is always tried first."""


def text_of(data: bytes, declared: str | None = None) -> str:
    """Decode a page, a feed or a mail; undecodable bytes become replacement characters.

    ``declared`` is the character set given by the server or the mail header. The order is: a byte-order mark; UTF-8 if
    the bytes are valid UTF-8, which other text never is by chance; ``declared``; the file's own declaration;
    windows-1252. So a wrong declaration does no harm to UTF-8 text, nor does a server that declares UTF-8 or Latin-1
    for everything.
    """
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(marked, "replace")
    codec = codec_named(declared or "")
    if codec in {None, "utf-8", _WESTERN}:
        found = _DECLARED.search(data[:_LOOKED_AT])
        codec = codec_named((found[1] or found[2]).decode("ascii")) if found else None
    if codec == "iso2022_jp":  # seven-bit, so that it would pass for UTF-8
        return data.decode(codec, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        # A file cut off inside a character, or with one bad byte in a thousand, is still UTF-8.
        if codec == "utf-8" or (codec is None and error.start > len(data) - len("😀".encode())):
            return data.decode("utf-8", "replace")
    return data.decode(codec or _WESTERN, "replace")


def codec_named(name: str) -> str | None:
    """Python's codec for a declared label; None if the label is unknown."""
    plain = name.strip().lower()
    if plain in {"utf-8", "utf8", "unicode-1-1-utf-8"} or plain.startswith("utf-16"):
        # A page whose declaration of UTF-16 is readable as ASCII is not UTF-16: the standard says UTF-8.
        return "utf-8"
    return _CODECS.get(plain)
