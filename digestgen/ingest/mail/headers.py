"""Mail headers as text: encoded words (RFC 2047), undeclared character sets, sender names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr
from typing import TypeVar

from digestgen.charsets import text_of
from digestgen.fields import as_text
from digestgen.language.text import clean_line

T = TypeVar("T")

_LONGEST = 4_000


def headers_of(message: Message) -> Mapping[str, list[str]]:
    """Lower-case header name → its values, undecoded.

    Bytes above 127, which are not allowed there, are read as UTF-8, or else as windows-1252.
    """
    found: dict[str, list[str]] = {}
    for name, value in message.raw_items():
        text = str(value)[:_LONGEST].encode("utf-8", "surrogateescape")
        found.setdefault(str(name)[:100].lower(), []).append(text_of(text))
    return found


def decode_words(value: str) -> str:
    """Decode the encoded words of a header into one line."""
    try:
        parts = decode_header(value)
    except (HeaderParseError, ValueError):
        return clean_line(value)
    return clean_line("".join(_part(part, name) for part, name in parts))


def _part(part: bytes | str, name: str | None) -> str:
    if isinstance(part, str):
        return part
    return part.decode("raw-unicode-escape") if name is None else text_of(part, name)  # as the library encoded it


def sender_name(sender: str) -> str | None:
    """The name of a sender; without one, the host of the address. Never the address itself."""
    name, address = parseaddr(sender)
    name = decode_words(name).strip("'\" ")
    return first_valid(("" if "@" in name else name, address.rpartition("@")[2]), as_text)


def first_valid(values: Iterable[str], read: Callable[[str], T]) -> T | None:
    """The first value that ``read`` accepts."""
    for value in values:
        try:
            return read(value)
        except ValueError:
            continue
    return None
