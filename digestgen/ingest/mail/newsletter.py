"""Split the body of a mail into articles, without the boilerplate of newsletters.

Dropped are notes on unsubscribing, on viewing in a browser and on the recipient, and every paragraph that contains a
recipient's address.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from digestgen.fields import as_url
from digestgen.ingest.html.tree import HtmlBlock
from digestgen.language.text import clean_line, length_in_words

_FOOTER = re.compile(
    r"\bun-?subscrib|\bopt[- ]out\b|\bmanage (?:your |my )?(?:email |e-mail )?(?:subscriptions?|preferences|settings)"
    r"|\bupdate (?:your |my )?(?:profile|preferences|e-?mail)|\b(?:email|subscription) preferences\b"
    r"|\byou(?:['’]re| are) (?:receiving|getting) (?:this|our)|\byou (?:have )?received this|\bwhy did i get this"
    r"|\bthis (?:e-?mail|message|newsletter) (?:was|is|has been) (?:sent|delivered|intended)|\bour mailing address\b"
    r"|\badd us to your address book|\babmelden\b|\babbestellen\b|\babzumelden\b|\babbestellung\b|\bnewsletter abmeld"
    r"|\bdiese e-?mail wurde|\bsie erhalten (?:diese|unseren)|\bd[ée]sabonn|\bd[ée]sinscri|\bvous recevez ce"
    r"|\bdarse de baja|\bcancelar (?:la |tu |su )?suscripci|\brecibes? este|\bdisiscri|\bannulla(?:re)? l['’]iscrizione"
    r"|\bafmelden\b|\buitschrijven\b|\bavprenumerera|\bavregistrer|\bafmeld\b|\bwypisz|\bcancelar (?:a )?inscri"
    r"|\bodhlásit|отписаться|відписатися|配信停止|退订|退訂|수신거부",
    re.IGNORECASE,
)
_VIEW = re.compile(
    r"\b(?:view|read|open|see) (?:(?:this|the|it)\b ?)?(?:e-?mail|message|newsletter|issue|online|on the web|it)?[ ,]*"
    r"(?:in|on|with) (?:your |the |a )?(?:web ?)?(?:browser|web)|\b(?:view|read) (?:it |this )?online\b"
    r"|\bview (?:this )?(?:e-?mail|web version)|\bweb version\b|\btrouble (?:viewing|reading)|\bhaving trouble"
    r"|\bim browser (?:ansehen|anzeigen|öffnen|lesen)|\bonline[- ]version\b|\bwebversion\b|\bwebansicht\b"
    r"|\bdans (?:votre|le|un) navigateur|\bversion en ligne|\ben (?:tu|su|el) navegador|\bnel (?:tuo )?browser"
    r"|\bforward (?:this )?(?:e-?mail )?to a friend|\bsent from my\b|\bget outlook for\b"
    r"|\bimages? (?:not displaying|are blocked)",
    re.IGNORECASE,
)
_MOST_OF_A_NOTE = 60
"""Words up to which a paragraph with such a phrase is boilerplate."""
_LAST_PART = 0.5
_MOST_BEHIND = 0.3
"""Share of a letter's words below an unsubscribe notice, in its second half, that is dropped with it."""
_MORE = re.compile(
    r"^\W*(?:read (?:more|on|the (?:full|whole) (?:story|article))|continue reading|full story|more|keep reading"
    r"|learn more|weiterlesen|mehr(?: lesen)?|zum artikel|lire (?:la suite|plus)|en savoir plus|leer más"
    r"|seguir leyendo|leggi(?: tutto| di più)?|lees (?:meer|verder)|läs mer|les mer|læs mere"
    r"|czytaj (?:dalej|więcej)|leia mais|читать далее|далее)\b\W*$",
    re.IGNORECASE,
)
_LEAST_HEADING, _MOST_HEADING = 2, 30
_LEAST_TEXT = 8
"""Words of text that make a heading an article's."""
_MOST_APART = 0.35
"""Share of a letter's words that may stand outside of its articles for the letter to be split."""


@dataclass(frozen=True, slots=True)
class LetterArticle:
    """One article of a letter. A letter that is a single article has no title or address of its own."""

    title: str | None
    url: str | None
    paragraphs: tuple[str, ...]


def split_letter(blocks: Sequence[HtmlBlock], recipients: Collection[str]) -> tuple[LetterArticle, ...]:
    """Split a letter if each heading has its own text and link, and little stands outside; else it is one article."""
    blocks = list(_body(blocks, recipients))
    parts = _parts(blocks)
    articles = [piece for part in parts if (piece := _piece(part, recipients)) is not None]
    words = sum(length_in_words(block.text) for block in blocks)
    held = sum(length_in_words(text) for piece in articles for text in (piece.title or "", *piece.paragraphs))
    links = sum(1 for piece in articles if piece.url)
    if len(articles) > 1 and links == len(articles) and words - held <= _MOST_APART * words:
        return tuple(articles)
    paragraphs = tuple(block.text for block in blocks if not _MORE.match(block.text))
    return (LetterArticle(None, None, paragraphs),) if paragraphs else ()


def mentions_recipient(text: str, recipients: Collection[str]) -> bool:
    """Whether a text or an address contains a recipient's address, in plain text, URL-encoded or in base64."""
    plain = unquote(text)
    folded = plain.casefold()
    return any(each in folded or _in_base64(each) in plain for each in recipients)


def _in_base64(address: str) -> str:
    return b64encode(address.encode("utf-8", "replace")).decode().rstrip("=")[:-1]


def _body(blocks: Sequence[HtmlBlock], recipients: Collection[str]) -> Iterator[HtmlBlock]:
    """Drop boilerplate blocks, and everything below the first one near the end."""
    counts = [length_in_words(block.text) for block in blocks]
    total, before = sum(counts), 0
    for block, count in zip(blocks, counts, strict=True):
        short = count <= _MOST_OF_A_NOTE
        if short and _FOOTER.search(block.text):
            if before >= _LAST_PART * total and total - before <= max(_MOST_OF_A_NOTE, _MOST_BEHIND * total):
                return
        elif not (short and _VIEW.search(block.text)) and not mentions_recipient(block.text, recipients):
            yield block
        before += count


def _parts(blocks: Sequence[HtmlBlock]) -> Iterator[list[HtmlBlock]]:
    """Each heading with what follows it; what precedes the first heading is a part too."""
    part: list[HtmlBlock] = []
    for block in blocks:
        if _is_heading(block) and not (part and all(map(_is_heading, part))):
            if part:
                yield part
            part = []
        part.append(block)
    if part:
        yield part


def _is_heading(block: HtmlBlock) -> bool:
    if not _LEAST_HEADING <= length_in_words(block.text) <= _MOST_HEADING or _MORE.match(block.text):
        return False
    return block.heading


def _piece(part: Sequence[HtmlBlock], recipients: Collection[str]) -> LetterArticle | None:
    """The article under a heading; None if it has too little text."""
    if not _is_heading(part[0]):
        return None
    headings = [block for block in part if _is_heading(block)]
    title = next((block for block in headings if block.address), headings[-1])
    texts = [block.text for block in part if block not in headings and not _MORE.match(block.text)]
    if sum(map(length_in_words, texts)) < _LEAST_TEXT:
        return None
    addresses = [title.address, *(block.address for block in part)]
    url = next((url for address in addresses if address and (url := _url(address, recipients))), None)
    return LetterArticle(title.text, url, tuple(texts))


def _url(address: str, recipients: Collection[str]) -> str | None:
    for each in (address, re.split("[?#]", address, maxsplit=1)[0]):
        try:
            if not mentions_recipient(each, recipients):
                return as_url(clean_line(each))
        except ValueError:
            continue
    return None
