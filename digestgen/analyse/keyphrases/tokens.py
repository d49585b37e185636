"""An article as a reader sees it: words, the breaks between them, and which of them are names."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from operator import or_
from types import MappingProxyType
from typing import Final

import regex

from digestgen.analyse.word_lists import Kind, word_list
from digestgen.language.letters import ALPHANUMERIC, LETTER, WORD, has_case, has_unspaced, lookup_form, straighten
from digestgen.language.segmenter import segment_words
from digestgen.language.stop_words import stop_words
from digestgen.language.text import fold, is_terminated
from digestgen.language.word_frequency import supported_languages, zipf
from digestgen.model import Article

MOST_WORDS: Final = 3_000
"""How many words of an article are read: news puts first what matters, and a hostile text has no end."""
_MOST_CHARACTERS: Final = 30_000
_LONGEST_WORD: Final = 40

# A letter and a stop that run on ("U.S.", "J. Edgar") are one word; "3.5" and "AT&T" too.
_PIECE: Final = regex.compile(
    rf"(?:{LETTER}\.){{2,}}$|(?:{LETTER}\.)+(?:{LETTER})?(?!{ALPHANUMERIC})(?=[\s-]+{ALPHANUMERIC}|[,;:'\")])"
    rf"|{WORD}|[^\s_\p{{M}}\p{{L}}\p{{N}}]",
    regex.V1,
)
_END: Final = regex.compile(r"[\p{Sentence_Terminal}…｡;؛]", regex.V1)
_HIRAGANA: Final = regex.compile(r"\p{Script=Hiragana}", regex.V1)
_DEFINITE: Final = MappingProxyType({"ar": re.compile(r"[وف]?(?:ال|[بك]ال|لل)..."), "he": re.compile(r"ה[א-ת]{3}")})
_ELISION: Final = re.compile(r"(?i:[ldjmtsnc]|qu|jusqu|lorsqu|puisqu|quelqu|dell|all|nell|dall|sull|un)'(?=\w)")
_ELIDING: Final = frozenset({"fr", "it", "ca"})
# Possessives that are part of a name or a compound, not its owner.
_KEPT_POSSESSIVE: Final = frozenset({"people's", "women's", "men's", "children's", "king's", "queen's", "st"})
# Function words that often begin a name.
_OPENING: Final = frozenset({"new"})
_ARTICLES: Final = frozenset({"the", "a", "an"})
# Small words inside names ("Bill de Blasio"); in the languages that they come from they also part names.
_PARTICLES: Final = frozenset(
    {"de", "la", "del", "da", "di", "du", "van", "von", "der", "den", "bin", "ibn", "al", "el"}
)
RARE: Final = 3.0
"""Zipf frequency below which a word with a capital is taken for a name though it opens a sentence."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of one article, in order; the columns are equally long but for ``breaks``, longer by one."""

    words: tuple[str, ...]
    """As they stand, but with straight apostrophes and without the possessive."""
    keys: tuple[str, ...]
    """In the form under which word lists know them."""
    breaks: tuple[int, ...]
    """What stands before each word: 0 nothing, 1 punctuation or a possessive, 2 the end of a sentence."""
    named: tuple[bool, ...]
    """Whether the word is (part of) a name here."""
    vague: tuple[bool, ...]
    """Whether its capital says nothing: the start of a sentence, or a line in capitals."""
    has_capitals: bool
    """Whether the script is one that has capitals, so that names can be told; a few foreign words aside."""


_BREAK, _NAMED, _VAGUE = (bytes(flags & mask for flags in range(256)) for mask in (3, 4, 8))
"""By which a column is taken out of the flags of all words."""


@dataclass(frozen=True, slots=True)
class PackedReading:
    """A reading in few bytes, to be kept or sent: a tenth of its size, and a hundred times as fast to have again."""

    data: bytes

    @classmethod
    def of(cls, reading: Reading) -> PackedReading:
        """Pack a reading."""
        flags = bytes(
            b | n << 2 | v << 3 for b, n, v in zip(reading.breaks[:-1], reading.named, reading.vague, strict=True)
        )
        text = "\n".join((*reading.words, *reading.keys)).encode("utf-8", "surrogatepass")
        head = len(reading.words).to_bytes(4) + bytes([reading.has_capitals])
        return cls(zlib.compress(head + flags + text, 1))

    def unpacked(self) -> Reading:
        """The reading as it was."""
        data = zlib.decompress(self.data)
        size, flags = int.from_bytes(data[:4]), data[5:]
        texts = flags[size:].decode("utf-8", "surrogatepass").split("\n") if size else []
        return Reading(
            words=tuple(texts[:size]),
            keys=tuple(texts[size:]),
            breaks=(*flags[:size].translate(_BREAK), 2),
            named=tuple(map(bool, flags[:size].translate(_NAMED))),
            vague=tuple(map(bool, flags[:size].translate(_VAGUE))),
            has_capitals=bool(data[4]),
        )


def function_words(reading: Reading, language: str) -> frozenset[str]:
    """The function words of a language, as far as they may stand in the reading.

    Japanese writes nouns in kanji or katakana: what has hiragana in it is grammar, a verb or an adjective.
    """
    if language == "ja":
        return stop_words(language) | frozenset(filter(_HIRAGANA.search, reading.keys))
    return stop_words(language)


def read(article: Article) -> Reading:
    """The first words of an article, title and standfirst included; at most ``MOST_WORDS``, whatever its length."""
    text = _Text([], [], [], [])
    for paragraph in _paragraphs(article):
        _read_paragraph(paragraph, article.language, text)
        if len(text.words) >= MOST_WORDS:
            break
    for column in (text.words, text.breaks, text.opening, text.headline):
        del column[MOST_WORDS:]
    return _named(text, article.language)


@dataclass(frozen=True, slots=True)
class _Text:
    """What is read so far; the columns are equally long."""

    words: list[str]
    breaks: list[int]
    opening: list[bool]
    """Whether the word opens a sentence."""
    headline: list[bool]
    """Whether it stands in a line that has capitals everywhere."""


def _paragraphs(article: Article) -> list[str]:
    """Title, standfirst and body; a line that was only wrapped is joined to the next."""
    pieces = [article.title] if article.titled else []
    if article.standfirst:
        pieces.append(article.standfirst)
    left = _MOST_CHARACTERS
    pieces = [piece[: _MOST_CHARACTERS // 10] for piece in pieces]
    for paragraph in article.paragraphs:
        text = paragraph[:left].strip()
        if pieces and text[:1].islower() and not is_terminated(pieces[-1][-8:]):
            pieces[-1] += " " + text
        elif text:
            pieces.append(text)
        left -= len(text)
        if left <= 0:
            break
    return pieces


def _read_paragraph(paragraph: str, language: str, text: _Text) -> None:
    straight = straighten(paragraph)
    if language in _ELIDING:
        straight = _ELISION.sub(lambda found: found.group()[:-1] + " ", straight)
    roles = word_list(Kind.ROLES, language)
    pending = 2
    start = len(text.words)
    previous = ""
    for piece in _pieces(straight):
        if not piece[0].isalnum():
            if piece in "[]":
                # What an editor put into a quotation is read as part of it.
                continue
            if _END.match(piece) and not (piece == "." and previous in roles and pending == 0):
                pending = 2
            elif piece != "'" or pending == 0:
                pending = max(pending, 1)
            continue
        lowered = piece.lower()
        owner = lowered.endswith("'s") and lowered not in _KEPT_POSSESSIVE and language == "en"
        word = piece[:-2] if owner else piece
        previous = word.lower()
        if len(word) > _LONGEST_WORD or word.isdigit() or not any(map(str.isalpha, word)):
            pending = max(pending, 1)
            continue
        if not pending and _is_parted(text.words[-1], word, language):
            pending = 1
        text.words.append(word)
        text.breaks.append(pending)
        text.opening.append(pending == 2)
        pending = 1 if owner else 0
    line = text.words[start:]
    # A headline does not end in a full stop.
    everywhere = not straight.endswith(".") and _has_capitals_everywhere(line, language)
    text.headline.extend([everywhere] * len(line))
    if everywhere and all(word.isupper() for word in line):
        text.words[start:] = [word if len(word) < 4 else word.capitalize() for word in line]


def _is_parted(before: str, word: str, language: str) -> bool:
    """Whether grammar alone tells that no phrase goes on from one word to the next.

    A Korean particle ends its phrase; so does an Arabic or Hebrew article that the next word does not share.
    """
    if language == "ko":
        return fold(before) != lookup_form(before)
    if language in _DEFINITE:
        return _DEFINITE[language].match(lookup_form(before)) is not None and not _DEFINITE[language].match(
            lookup_form(word)
        )
    return False


def _pieces(text: str) -> Iterator[str]:
    """Words and other characters, in order; a space that says something comes as one.

    It does beside a script that puts none between words: there, it parts phrases, and so does a change of script.
    """
    if not has_unspaced(text):
        yield from _PIECE.findall(text)
        return
    unspaced, end = False, 0
    for found in _PIECE.finditer(text):
        for number, word in enumerate(segment_words(found.group())):
            before, unspaced = unspaced, has_unspaced(word)
            if before != unspaced or (unspaced and not number and found.start() > end):
                yield " "
            yield word
        end = found.end()


def _has_capitals_everywhere(line: list[str], language: str) -> bool:
    """Whether a line is printed IN CAPITALS or With One Each: its capitals then tell nothing of names."""
    stop = stop_words(language)
    telling = [word for word in line if lookup_form(word) not in stop]
    return language != "de" and len(telling) >= 4 and sum(word[0].isupper() for word in telling) >= 0.75 * len(telling)


def _named(text: _Text, language: str) -> Reading:
    """The reading: names told by their capital, and where it says nothing, by the word's other places."""
    stop = stop_words(language)
    words = text.words
    keys = tuple(map(lookup_form, words))
    vague = tuple(map(or_, text.opening, text.headline))
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for word, key, unclear in zip(words, keys, vague, strict=True):
        if word[0].islower():
            small[key] += word.islower()
        elif not unclear:
            capital[key] += 1
    named = [False] * len(words)
    for i in range(len(words) - 1, -1, -1):
        word, key = words[i], keys[i]
        # Scripts without capitals tell no names.
        shaped = word != word.lower()
        told = shaped and (not vague[i] or capital[key] > small[key])
        joined = i + 1 < len(words) and named[i + 1] and not text.breaks[i + 1]
        if key in stop:
            # "New" of "New York", "May" of "Theresa May", "US"; but no word that only opens a sentence.
            told = told or (shaped and joined and key in _OPENING)
            after = i > 0 and not text.breaks[i] and not words[i - 1].islower() and keys[i - 1] not in stop
            # "WHO", but not "that is NOT so": who stresses a word writes it in small letters more often.
            whole = len(word) > 1 and word.isupper() and not text.headline[i] and capital[key] >= small[key]
            named[i] = told and key not in _ARTICLES and len(key) > 1 and (whole or joined or after)
        elif shaped and text.opening[i] and not text.headline[i] and not small[key]:
            rare = language in supported_languages() and zipf(key, language) < RARE
            named[i] = told or joined or rare
        else:
            named[i] = told
        if vague[i] and not named[i] and small[key]:
            words[i] = word.lower()
    if language == "en":
        for i in range(1, len(words) - 1):
            inside = keys[i] in _PARTICLES and named[i - 1] and named[i + 1]
            named[i] = named[i] or (inside and not text.breaks[i] and not text.breaks[i + 1])
    has_capitals = 2 * sum(map(has_case, words)) > len(words)
    return Reading(tuple(words), keys, (*text.breaks, 2), tuple(named), vague, has_capitals)
