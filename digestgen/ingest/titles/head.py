"""The head of an article: its title, found or made, and its standfirst."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice

from digestgen.ingest.own_words import is_own, own_paragraphs
from digestgen.ingest.titles.made_title import LONGEST, MOST_WORDS, make_title
from digestgen.ingest.titles.shortening import lacks_ending
from digestgen.language.abbreviations import needs_next_word
from digestgen.language.text import fold, is_terminated, length_in_words, sentences, words

_STANDFIRST_WORDS = 60
_HEAD = 20_000
"""Characters of a paragraph that are looked at."""
# "…, the agency has said" depends on the text below, so the line is no title.
_VAGUE_SOURCE = re.compile(
    r", (?:he|she|they|it|the [^,A-Z]{1,40}?|officials|police|reports?|sources) (?:ha[sv]e? )?\w+$"
)
_FULL_CLAUSE = re.compile(
    r"^(?:The|A|An|This|These|Those|It|He|She|They)\b.* "
    r"(?:is|are|was|were|has|have|had|will|would|could|can|may|marks?|comes?|came)\b"
)


@dataclass(frozen=True, slots=True)
class ArticleHead:
    """An article's title and standfirst, and the text without them."""

    title: str
    titled: bool
    standfirst: str | None
    paragraphs: tuple[str, ...]
    truncated: bool


def head_of(
    paragraphs: Sequence[str], title: str | None, language: str, recurring: Collection[int] = frozenset()
) -> ArticleHead:
    """Determine the head of an article; ``title`` is the one given by the seed or the curator.

    An unterminated first paragraph is the title if it reads like one, and else the standfirst; ``recurring`` lines and
    quoted mails are skipped and stay in place. If the title is the whole text, it stays a paragraph too, so that every
    article has a text.
    """
    rest = list(paragraphs)
    given = title
    if given is not None and rest and _is_same_text(rest[0], given):
        rest = rest[1:]
    own = _first_own(rest, recurring)
    if given is None and own and _is_own_title(rest[own[0]], rest[own[1]] if len(own) > 1 else "", language):
        given = rest.pop(own[0])
        own = _first_own(rest, recurring)
    opens = len(own) > 1 and _is_standfirst(rest[own[0]], rest[own[1]], language)
    opens = opens and not _goes_on(rest[own[0]], rest[own[1]])
    standfirst = rest.pop(own[0]) if opens else None
    if not rest:
        rest = [given or ""]
    if given is not None:
        return ArticleHead(
            given,
            titled=True,
            standfirst=standfirst,
            paragraphs=tuple(rest),
            truncated=_is_cut(rest[-1], given, language),
        )
    text = [*([standfirst] if standfirst else []), *rest]
    told = own_paragraphs(recurring, text, language) or tuple(text)
    if len(told) > 1 and _goes_on(told[0], told[1]):
        told = (f"{told[0]} {told[1]}", *told[2:])
    made = make_title(told, language)
    return ArticleHead(
        made, titled=False, standfirst=standfirst, paragraphs=tuple(rest), truncated=_is_cut(rest[-1], made, language)
    )


def _first_own(paragraphs: Sequence[str], recurring: Collection[int]) -> list[int]:
    """The indices of the first two paragraphs in the author's own words; of the first two if none are."""
    own = (at for at, paragraph in enumerate(paragraphs) if is_own(recurring, paragraph))
    return list(islice(own, 2)) or list(range(len(paragraphs)))[:2]


def _is_own_title(line: str, following: str, language: str) -> bool:
    """Whether the first line is the title, and not a broken one, which ends in "of the" or goes on below."""
    return reads_like_title(line) and not _goes_on(line, following) and not lacks_ending(line, language)


def _goes_on(line: str, following: str) -> bool:
    below = words(following[:_TAIL])[:1]
    return bool(below) and below[0].islower() and not is_terminated(line[-_TAIL:])


def _is_same_text(paragraph: str, title: str) -> bool:
    return [fold(word) for word in words(paragraph[:_HEAD])] == [fold(word) for word in words(title)]


def reads_like_title(line: str) -> bool:
    """Whether a line reads like a title: short, self-contained, not ending as a sentence does.

    A full clause that opens with an article or a pronoun, or that attributes to "the agency", depends on a text below
    it: that is a standfirst. Questions and exclamations may be titles.
    """
    if len(line) > LONGEST or length_in_words(line) > MOST_WORDS or not words(line):
        return False
    if (
        line[-1] in ".…,;:"
        or (is_terminated(line) and line[-1] not in "?!？！؟\"'”’»)]")
        or line[-2:] in {'."', ".”", ".'"}
    ):
        return False
    return _VAGUE_SOURCE.search(line) is None and _FULL_CLAUSE.match(line) is None


def _is_standfirst(line: str, following: str, language: str) -> bool:
    count = length_in_words(line[:_HEAD])
    return (
        not is_terminated(line[-40:])
        and line[-1] not in ",;:"
        and 5 <= count <= _STANDFIRST_WORDS
        and len(following) > len(line) / 2
        and len(sentences(line[:_HEAD], language)) <= 2
    )


def _is_cut(last: str, title: str, language: str) -> bool:
    return last != title and breaks_off(last, language)


_TAIL = 2_000
"""Characters at the end of a paragraph that are looked at."""


def breaks_off(paragraph: str, language: str = "en") -> bool:
    """Whether a paragraph breaks off: its last sentence does not end, though others before it do.

    A comma, dots and an abbreviation that needs a next word are no end ("Roe v."). A single unterminated clause may be
    complete, like a caption or headline.
    """
    if paragraph.endswith((",", "...", "…")) or needs_next_word(paragraph, language):
        return True
    if is_terminated(paragraph[-40:]) or paragraph.endswith((":", ";")):
        return False
    pieces = sentences(paragraph[-_TAIL:], language)
    return len(pieces) > 1 and length_in_words(pieces[-1]) > 2
