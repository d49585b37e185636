"""Reader for mails (``.eml``) and mailboxes (``.mbox``): a mail is one article, or a newsletter of several.

Attachments are never read. Of all people involved only the sender's name is kept, as the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from email import errors, message_from_bytes
from email.message import Message
from email.utils import getaddresses

from digestgen.charsets import text_of
from digestgen.decode import bytes_of
from digestgen.fields import as_date, as_language, as_text, as_url
from digestgen.ingest.diagnostics import Diagnostics
from digestgen.ingest.draft import Draft, ParsedSeed
from digestgen.ingest.html.fragments import unescape
from digestgen.ingest.html.tree import HtmlBlock, blocks_of, parse_page, remove_hidden
from digestgen.ingest.mail.forwarded import split_forwarded
from digestgen.ingest.mail.headers import decode_words, first_valid, headers_of, sender_name
from digestgen.ingest.mail.newsletter import mentions_recipient, split_letter
from digestgen.ingest.wrapped_lines import rejoined
from digestgen.language.text import clean_line, length_in_words
from digestgen.model import Directive

_LARGEST = 50_000_000
"""Bytes of a mail that are read; a larger one has large attachments at its end."""
_MOST_PARTS = 1_000
_DEEPEST = 20
_STARTS = re.compile(rb"^From [^\n]{0,500}\d{2}:\d{2}[^\n]{0,200}$", re.MULTILINE)
_QUOTED_START = re.compile(rb"^>(>*From )", re.MULTILINE)
_OF_MAIL = ("from", "subject", "date", "received", "message-id", "mime-version", "to", "content-type")
_RECIPIENTS = (
    *(
        "to",
        "cc",
        "bcc",
        "delivered-to",
        "x-original-to",
        "envelope-to",
        "x-envelope-to",
        "x-forwarded-to",
        "x-rcpt-to",
    ),
    *("resent-to", "apparently-to", "x-rcpt-to"),
)
_FOR = re.compile(r"\bfor\s+<([^<>\s]{3,200})>")
_ANSWERED = "re|aw|sv|antw|odp|vs|ynt"
_FORWARDED = "fwd?|wg|tr|rv|vb|doorst|enc|vl|ilt"
_NUMBER = r"\s*(?:\[\d{1,3}\]|\(\d{1,3}\))?\s*[:：]\s*"
_MARKS = re.compile(rf"^(?:(?:{_ANSWERED}|{_FORWARDED}){_NUMBER})+", re.IGNORECASE)
_IS_FORWARDED = re.compile(rf"^(?:(?:{_ANSWERED}){_NUMBER})*(?:{_FORWARDED}){_NUMBER}", re.IGNORECASE)
_ONLY_ADDRESS = re.compile(r"^\W{0,9}(?:\[\d{1,3}\]:?\s?)?<?(?:https?|mailto):\S++\W*$")
_INNER_ADDRESS = re.compile(r"\s{0,3}[<(\[]\s{0,3}(?:https?://|mailto:)[^\s<>()\[\]]{1,4000}\s{0,3}[>)\]]")
_RULE = re.compile(r"^[\W_]{3,}$")
_SIGNATURE = re.compile(r"^-- ?$")
_MOST_SIGNATURE = 12
_DELETED = 0x0008
"""The bit for "deleted, but not yet purged" in Thunderbird's status header."""


def read_mail(text: str, file: str) -> ParsedSeed:
    """Read the articles of one mail."""
    diagnostics = Diagnostics(file)
    drafts = _read_one(bytes_of(text), (1, text.rstrip("\n").count("\n") + 1), diagnostics)
    return diagnostics.result(drafts)


def read_mailbox(text: str, file: str) -> ParsedSeed:
    """Read the articles of all mails in a mailbox; a broken mail costs only itself."""
    diagnostics = Diagnostics(file)
    data = bytes_of(text)
    starts = [found.start() for found in _STARTS.finditer(data) if _opens_mail(data, found.start())]
    if not starts or data[: starts[0]].strip():
        diagnostics.problem(
            1, "is no mailbox: it does not start with a line such as “From ann Tue Nov 12 10:00:00 2024”"
        )
        return diagnostics.result(())
    drafts: list[Draft] = []
    line = 1 + data.count(b"\n", 0, starts[0])
    for start, end in zip(starts, [*starts[1:], len(data)], strict=True):
        mail = data[start:end]
        count = mail.count(b"\n")
        body = _QUOTED_START.sub(rb"\1", mail[mail.index(b"\n") + 1 :] if b"\n" in mail else b"")
        drafts += _read_one(body, (line, line + max(0, count - 1)), diagnostics)
        line += count
    return diagnostics.result(drafts)


def _opens_mail(data: bytes, at: int) -> bool:
    return data[at - 2 : at] == b"\n\n" if at > 2 else not data[:at].strip()


def _read_one(data: bytes, lines: tuple[int, int], diagnostics: Diagnostics) -> list[Draft]:
    try:
        mail = message_from_bytes(data[:_LARGEST])
        if not any(name in mail for name in _OF_MAIL):
            diagnostics.problem(lines[0], "is no mail: it has no header such as From or Subject")
            return []
        read = _Mail.of(mail)
        if read.deleted:
            diagnostics.note(lines[0], "this mail was deleted, and is skipped", "deleted")
            return []
        return list(_drafts(read, lines, diagnostics))
    except (errors.MessageError, RecursionError, ValueError, LookupError, AttributeError, TypeError) as error:
        # The email package has no common exception for malformed mails.
        why = "is nested too deeply" if isinstance(error, RecursionError) else "cannot be read"
        diagnostics.problem(lines[0], f"this mail {why}; it is left out")
        return []


def _drafts(mail: _Mail, lines: tuple[int, int], diagnostics: Diagnostics) -> Iterator[Draft]:
    blocks: Sequence[HtmlBlock] = mail.blocks()
    origin, blocks = split_forwarded(blocks) if mail.forwarded else (None, blocks)
    pieces = split_letter(blocks, mail.recipients)
    if not pieces:
        diagnostics.note(lines[0], "this mail has no text, and is skipped", "textless")
    day = mail.day or (origin.day if origin else None)
    if day is None and mail.header("date"):
        diagnostics.note(
            lines[0], f"{mail.header('date')[:60]!r} is not a recognised date; the article has no date", "published"
        )
    for piece in pieces:
        yield Draft(
            paragraphs=piece.paragraphs,
            lines=lines,
            confidence=1.0,
            title=piece.title or (mail.title if len(pieces) == 1 else None),
            source=origin.source if origin and origin.source else mail.source,
            url=piece.url or (mail.url if len(pieces) == 1 else None),
            published=(origin.day if origin and origin.day else None) or day,
            language=mail.language,
            directive=mail.directive(diagnostics.file, lines[0]),
        )


@dataclass(frozen=True, slots=True)
class _Mail:
    """A mail and the addresses of its recipients."""

    message: Message
    headers: Mapping[str, list[str]]
    recipients: frozenset[str]

    @staticmethod
    def of(message: Message) -> _Mail:
        headers = headers_of(message)
        given = getaddresses([value for name in _RECIPIENTS for value in headers.get(name, ())])
        received = [found for value in headers.get("received", ()) for found in _FOR.findall(value)]
        found = {address.strip().casefold() for address in (*(address for _, address in given), *received)}
        return _Mail(message, headers, frozenset(address for address in found if "@" in address))

    def header(self, name: str) -> str:
        """A header as one line of text; empty if it is missing."""
        return decode_words(self.headers.get(name, [""])[0])

    @property
    def deleted(self) -> bool:
        """Whether it was deleted, and is still here only because the mailbox was not compacted."""
        marks = self.header("x-mozilla-status")
        if re.fullmatch(r"[0-9a-fA-F]{4}", marks) and int(marks, 16) & _DELETED:
            return True
        return "D" in self.header("x-status")

    @property
    def title(self) -> str | None:
        return first_valid((_MARKS.sub("", self.header("subject")),), self._without_people)

    @property
    def forwarded(self) -> bool:
        return _IS_FORWARDED.match(self.header("subject")) is not None

    @property
    def source(self) -> str | None:
        """The sender's name, or the host of the sender's address."""
        return sender_name(self.headers.get("from", [""])[0])

    @property
    def url(self) -> str | None:
        addresses = (self.header("archived-at").strip("<>"), self.header("x-original-url"))
        return first_valid((one for one in addresses if not mentions_recipient(one, self.recipients)), as_url)

    @property
    def day(self) -> date | None:
        return first_valid((self.header("date"),), as_date)

    @property
    def language(self) -> str | None:
        return first_valid((self.header("content-language").split(",")[0],), as_language)

    def directive(self, file: str, line: int) -> Directive | None:
        """Withhold a mail that was never sent: it is a draft."""
        for name in ("x-unsent", "x-mozilla-draft-info"):
            if self.header(name) not in {"", "0"}:
                return Directive(False, f"{name}: {self.header(name)[:20]}", file, line)  # noqa: FBT003 - what it says
        if "T" in self.header("x-status"):
            return Directive(False, "x-status: T", file, line)  # noqa: FBT003 - what it says
        return None

    def blocks(self) -> tuple[HtmlBlock, ...]:
        """The body: of alternatives the HTML, unless the plain text says much more."""
        found: list[HtmlBlock] = []
        for part in _bodies(self.message, 0):
            found += _blocks(part)
        return tuple(found)

    def _without_people(self, text: str) -> str:
        if mentions_recipient(text, self.recipients):
            raise ValueError
        return as_text(text)


def _bodies(message: Message, depth: int) -> list[Message]:
    """The parts of a mail that form its body, in order: no attachments, one of each set of alternatives."""
    kind = message.get_content_type()
    if depth > _DEEPEST or message.get_content_disposition() == "attachment" or message.get_filename():
        return []
    parts = _parts(message)
    if kind == "message/rfc822" or not parts:
        return [message] if kind in {"text/plain", "text/html"} else []
    if kind == "multipart/alternative":
        return _richest([bodies for part in parts if (bodies := _bodies(part, depth + 1))])
    found = [body for part in parts for body in _bodies(part, depth + 1)]
    if not found:  # a mail that is all there is in another; beside a text, it is an attachment
        whole = [inner for part in parts if part.get_content_type() == "message/rfc822" for inner in _parts(part)]
        return _bodies(whole[0], depth + 1) if whole else []
    return found[:1] if kind == "multipart/related" else found


def _parts(message: Message) -> list[Message]:
    payload = message.get_payload()
    return [part for part in payload[:_MOST_PARTS] if isinstance(part, Message)] if isinstance(payload, list) else []


def _richest(alternatives: Sequence[list[Message]]) -> list[Message]:
    """Choose among alternative bodies: HTML, unless the plain text has over twice as many words."""
    if not alternatives:
        return []
    html = [bodies for bodies in alternatives if any(body.get_content_type() == "text/html" for body in bodies)]
    plain = [bodies for bodies in alternatives if bodies not in html]
    if not html or not plain:
        return alternatives[-1]
    return html[-1] if _words(html[-1]) * 2 >= _words(plain[0]) else plain[0]


def _words(bodies: Sequence[Message]) -> int:
    return sum(length_in_words(block.text) for body in bodies for block in _blocks(body))


def _blocks(body: Message) -> tuple[HtmlBlock, ...]:
    payload = body.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    text = text_of(data, _charset(body)).replace("\x00", "")
    if body.get_content_type() == "text/html":
        page = parse_page(text)
        if page is None:
            return ()
        remove_hidden(page.root)
        return blocks_of(page.root)
    return tuple(HtmlBlock(paragraph, 1, 0.0, chrome=False, byline=False) for paragraph in _plain_paragraphs(text))


def _charset(body: Message) -> str:
    charset = body.get_param("charset", "")
    return str(charset[2] if isinstance(charset, tuple) else charset)[:40]


def _plain_paragraphs(text: str) -> Iterator[str]:
    """Unwrap plain text into paragraphs, without addresses, rules and signature."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for at, line in enumerate(lines):
        if _SIGNATURE.match(line) and len(lines) - at <= _MOST_SIGNATURE:
            lines = lines[:at]
            break
    yield from rejoined(map(_without_addresses, lines))


def _without_addresses(line: str) -> str:
    kept = clean_line(unescape(_INNER_ADDRESS.sub("", line)))
    return "" if _ONLY_ADDRESS.match(line.strip()) or (kept and _RULE.match(kept)) else kept
