"""Which characters the bytes of a web page or a feed stand for: what it declares, where that can be true.

The names of character sets, and what they come to, are those of the WHATWG's Encoding Standard, as browsers have them.
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
"""Bytes at the start of a file in which it may declare its character set; browsers look at the first 1,024."""
_DECLARED = re.compile(
    rb"""<meta[^>]{0,400}?charset\s*=\s*["']?\s*([\w:.-]{2,40})|<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w:.-]{2,40})""",
    re.IGNORECASE,
)
_WESTERN = "cp1252"
"""What browsers take a page for that says nothing; every byte is a character in it, but for five."""
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
"""Declared name, in small letters → Python's codec; UTF-8 is tried before any of them."""


def text_of(data: bytes, told: str | None = None) -> str:
    """The text of a page, a feed or a mail; a byte that stands for nothing becomes the replacement character.

    ``told`` is the character set that what came with the text (a server, the head of a mail) says it is in.

    A byte-order mark is believed; then whatever reads as UTF-8 is UTF-8, since no other text does so by chance; then
    what was ``told``, then what the file declares; then windows-1252. So a declaration that lies does no harm where the
    text is UTF-8, nor does a server that says UTF-8, or Latin-1, of all that it has.
    """
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(marked, "replace")
    codec = codec_named(told or "")
    if codec in {None, "utf-8", _WESTERN}:
        found = _DECLARED.search(data[:_LOOKED_AT])
        codec = codec_named((found[1] or found[2]).decode("ascii")) if found else None
    if codec == "iso2022_jp":  # seven-bit, so that it would pass for UTF-8
        return data.decode(codec, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        # A file cut off in the middle of a character, or with one bad byte in a thousand, is UTF-8 still.
        if codec == "utf-8" or (codec is None and error.start > len(data) - len("😀".encode())):
            return data.decode("utf-8", "replace")
    return data.decode(codec or _WESTERN, "replace")


def codec_named(name: str) -> str | None:
    """Python's codec for a declared character set; None for a name that stands for none."""
    plain = name.strip().lower()
    if plain in {"utf-8", "utf8", "unicode-1-1-utf-8"} or plain.startswith("utf-16"):
        # A page that can be read so far as to declare UTF-16 is none: the standard takes it for UTF-8.
        return "utf-8"
    return _CODECS.get(plain)
