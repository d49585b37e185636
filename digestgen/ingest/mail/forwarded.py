"""The header block that mail programs put above a forwarded mail: its origin, and where its text starts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from digestgen.fields import as_date
from digestgen.ingest.html.tree import HtmlBlock
from digestgen.ingest.mail.headers import first_valid, sender_name

_FROM = "from|von|de|da|van|od|от|від|fra|från|lähettäjä"
_DAY = "date|sent|datum|gesendet|envoyé|enviado|fecha|data|inviato|verzonden|skickat|sendt|lähetetty|дата"
_OTHER = (
    "to|an|à|para|a|aan|til|till|do|кому|cc|kopie|subject|betreff|objet|asunto|assunto|oggetto|onderwerp|ämne|emne|aihe"
    "|temat|тема|reply-to"
)
_SENDER = re.compile(rf"(?:{_FROM})\s*:\s*(.{{1,300}})", re.IGNORECASE)
_SENT = re.compile(rf"(?:{_DAY})\s*:\s*(.{{1,80}})", re.IGNORECASE)
_LINE = re.compile(rf"(?:{_FROM}|{_DAY}|{_OTHER})\s*:", re.IGNORECASE)
_NEXT_LINE = re.compile(rf"(?<=\s)(?=(?:{_FROM}|{_DAY}|{_OTHER})\s*:)", re.IGNORECASE)
_FIRST = 12
"""Blocks at the start of a body in which the header may start; before it stands the forwarder's own text."""
_LONGEST = 8
"""Blocks that it may span."""
_LEAST = 3
"""Lines that make a header."""
_AROUND = "-_*> \t"


@dataclass(frozen=True, slots=True)
class Origin:
    """The origin of a forwarded mail; None where its header does not say, or cannot be read."""

    source: str | None
    day: date | None


def split_forwarded(blocks: Sequence[HtmlBlock]) -> tuple[Origin | None, Sequence[HtmlBlock]]:
    """Split a body into the forwarded header and the text below it; None and all blocks if there is no header."""
    for at in range(min(_FIRST, len(blocks))):
        head = list(_head(blocks[at : at + _LONGEST]))
        if len(head) < _LEAST or head[0][1] != 0:
            continue
        lines = [line for line, _ in head]
        senders = [found[1] for line in lines if (found := _SENDER.match(line))]
        if not senders:
            continue
        days = [found[1] for line in lines if (found := _SENT.match(line))]
        source = sender_name(re.sub(r"\[mailto:[^\]]*\]", "", senders[0]).strip())
        return Origin(source, first_valid(days, as_date)), blocks[at + head[-1][1] + 1 :]
    return None, blocks


def _head(blocks: Sequence[HtmlBlock]) -> Iterator[tuple[str, int]]:
    """The lines of a header, each with the index of its block; some programs put them all into one."""
    for place, block in enumerate(blocks):
        lines = [line.strip(_AROUND) for line in _NEXT_LINE.split(f" {block.text[:2_000]}")]
        known = [line for line in lines if _LINE.match(line)]
        if not known and place > 0:
            return
        yield from ((line, place) for line in known)
