"""What a mail tells of one article, and of what the curator says of it: short, and with whole addresses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digestgen import routes
from digestgen.model import Digest, Entry
from digestgen.publish.addresses import absolute
from digestgen.publish.markdown import destination, shorten
from digestgen.publish.notes import note_in_mail, note_links, note_paragraphs, note_text
from digestgen.publish.wording import as_description, beyond_title, day, title_of

LONGEST_NAME = 80
"""Characters of what a source, a topic or the digest is called."""

_LONGEST_TITLE = 200
_LONGEST_SENTENCE = 360
_LONGEST_NOTE = 800
_LONGEST_NOTE_HTML = 4_000
_LONGEST_LINK = 900
"""Characters of an address: lines of a mail may have 998 bytes."""
_MOST_LINKS = 5
_MOST_REPRINTS = 3


@dataclass(frozen=True, slots=True)
class Note:
    """A word of the curator's."""

    markdown: str
    page: str
    """Path of the page that it was written for."""
    url: str
    """Where the site stands."""

    @property
    def long(self) -> bool:
        """Whether it is too long for a mail."""
        return len(self.markdown) > _LONGEST_NOTE

    @property
    def address(self) -> str:
        """The whole address of its page."""
        return absolute(self.page, self.url)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Its words, or the first of them."""
        return (shorten(note_text(self.markdown), _LONGEST_NOTE),) if self.long else note_paragraphs(self.markdown)

    @property
    def links(self) -> tuple[str, ...]:
        """Where it leads."""
        return note_links(self.markdown, self.page, self.url)[:_MOST_LINKS]

    def html(self, looks: Mapping[str, Mapping[str, str]]) -> str | None:
        """The whole of it as HTML, ``looks`` being the attributes of each tag; None where that would be long."""
        html = "" if self.long else note_in_mail(self.markdown, self.page, self.url, looks)
        return html if 0 < len(html) <= _LONGEST_NOTE_HTML else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An article."""

    title: str
    page: str
    """Its page on the site."""
    original: str | None
    """Where its publisher has it."""
    source: str
    """May be empty."""
    facts: tuple[str, ...]
    """Its source, its day, and who else has it, as far as that is known."""
    said: str
    """What it says beyond its title; may be empty."""
    own: bool
    """Whether that is in the curator's words, and so no quotation."""
    language: str
    """Empty where it is that of the mail."""
    note: Note | None


def item(digest: Digest, url: str, entry: Entry, sentences: int, reprints: Sequence[str] = ()) -> Item:
    """An article as a mail tells of it, with so many sentences at most; ``reprints`` are the sources that repeat it."""
    article = entry.article
    page = routes.page(routes.article(entry.slug))
    original = destination(article.url)
    source = shorten(article.source or "", LONGEST_NAME)
    others = [shorten(name, LONGEST_NAME) for name in reprints if name != article.source][:_MOST_REPRINTS]
    facts = (source, day(article.published) if article.published else "", f"also in {', '.join(others)}" * bool(others))
    longest = _LONGEST_NOTE if entry.own_summary else _LONGEST_SENTENCE
    return Item(
        title=shorten(title_of(entry), _LONGEST_TITLE),
        page=absolute(page, url),
        original=original if original and len(original) <= _LONGEST_LINK else None,
        source=source,
        facts=tuple(fact for fact in facts if fact),
        said=as_description([shorten(sentence, longest) for sentence in beyond_title(entry)[:sentences]]),
        own=entry.own_summary,
        language="" if article.language == digest.language else article.language,
        note=Note(entry.note, page, url) if entry.note else None,
    )
