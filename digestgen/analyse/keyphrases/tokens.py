"""Tokenise articles: words, the breaks between them, and which of them are names."""

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
"""Words of an article that are read: news puts first what matters, and a hostile text may be endless."""
_MOST_CHARACTERS: Final = 30_000
_LONGEST_WORD: Final = 40

# A letter and its full stop are one word ("U.S.", "J. Edgar"); so are "3.5" and "AT&T".
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
# Possessives that belong to a name or compound.
_KEPT_POSSESSIVE: Final = frozenset({"people's", "women's", "men's", "children's", "king's", "queen's", "st"})
# Function words that often begin a name.
_OPENING: Final = frozenset({"new"})
_ARTICLES: Final = frozenset({"the", "a", "an"})
# Particles inside names ("Bill de Blasio"). In their own languages they also separate names.
_PARTICLES: Final = frozenset(
    {"de", "la", "del", "da", "di", "du", "van", "von", "der", "den", "bin", "ibn", "al", "el"}
)
RARE: Final = 3.0
"""Zipf frequency below which a capitalised word at the start of a sentence is taken for a name."""


@dataclass(frozen=True, slots=True)
class TokenisedText:
    """The words of an article in parallel columns of equal length; ``breaks`` has one more entry."""

    words: tuple[str, ...]
    """As written, but with straight apostrophes and without the possessive."""
    keys: tuple[str, ...]
    """Normalised as in word lists."""
    breaks: tuple[int, ...]
    """What precedes each word: 0 nothing, 1 punctuation or a possessive, 2 the end of a sentence."""
    named: tuple[bool, ...]
    """Whether the word is, or belongs to, a name."""
    vague: tuple[bool, ...]
    """Whether its capital means nothing: at the start of a sentence, or in a line in capitals."""
    has_capitals: bool
    """Whether most words are in a script with capitals, which mark names."""


_BREAK, _NAMED, _VAGUE = (bytes(flags & mask for flags in range(256)) for mask in (3, 4, 8))
"""Translation tables that extract one column from the flags of all words."""


@dataclass(frozen=True, slots=True)
class PackedTokens:
    """Compressed ``TokenisedText``, for the cache and for worker processes.

    A tenth of its size, and a hundred times as fast to restore as to compute.
    """

    data: bytes

    @classmethod
    def of(cls, tokens: TokenisedText) -> PackedTokens:
        """Pack the tokens."""
        flags = bytes(
            b | n << 2 | v << 3 for b, n, v in zip(tokens.breaks[:-1], tokens.named, tokens.vague, strict=True)
        )
        text = "\n".join((*tokens.words, *tokens.keys)).encode("utf-8", "surrogatepass")
        head = len(tokens.words).to_bytes(4) + bytes([tokens.has_capitals])
        return cls(zlib.compress(head + flags + text, 1))

    def unpacked(self) -> TokenisedText:
        """Restore the tokens."""
        data = zlib.decompress(self.data)
        size, flags = int.from_bytes(data[:4]), data[5:]
        texts = flags[size:].decode("utf-8", "surrogatepass").split("\n") if size else []
        return TokenisedText(
            words=tuple(texts[:size]),
            keys=tuple(texts[size:]),
            breaks=(*flags[:size].translate(_BREAK), 2),
            named=tuple(map(bool, flags[:size].translate(_NAMED))),
            vague=tuple(map(bool, flags[:size].translate(_VAGUE))),
            has_capitals=bool(data[4]),
        )


def spans_of(phrase: tuple[str, ...], tokens: TokenisedText) -> Iterator[tuple[int, int]]:
    """Where a folded phrase stands: its first word, and the one after its last."""
    keys, width = tokens.keys, len(phrase)
    for start in range(len(keys) - width + 1):
        if fold(keys[start]) == phrase[0] and tuple(map(fold, keys[start : start + width])) == phrase:
            yield start, start + width


def function_words(tokens: TokenisedText, language: str) -> frozenset[str]:
    """The function words of a language that may occur in the text.

    Japanese writes nouns in kanji or katakana: a word with hiragana is grammar, a verb or an adjective.
    """
    if language == "ja":
        return stop_words(language) | frozenset(filter(_HIRAGANA.search, tokens.keys))
    return stop_words(language)


def tokenise(article: Article) -> TokenisedText:
    """Tokenise title, standfirst and body of an article, up to ``MOST_WORDS`` words."""
    columns = _Columns([], [], [], [])
    for paragraph in _paragraphs(article):
        _tokenise_paragraph(paragraph, article.language, columns)
        if len(columns.words) >= MOST_WORDS:
            break
    for column in (columns.words, columns.breaks, columns.opening, columns.headline):
        del column[MOST_WORDS:]
    return _with_names(columns, article.language)


@dataclass(frozen=True, slots=True)
class _Columns:
    """The words read so far, in columns of equal length."""

    words: list[str]
    breaks: list[int]
    opening: list[bool]
    """Whether the word opens a sentence."""
    headline: list[bool]
    """Whether it is in a line where every word is capitalised."""


def _paragraphs(article: Article) -> list[str]:
    """Title, standfirst and body, with lines joined that were only wrapped."""
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


def _tokenise_paragraph(paragraph: str, language: str, columns: _Columns) -> None:
    """Append the words of a paragraph to the columns."""
    straight = straighten(paragraph)
    if language in _ELIDING:
        straight = _ELISION.sub(lambda found: found.group()[:-1] + " ", straight)
    roles = word_list(Kind.ROLES, language)
    pending = 2
    start = len(columns.words)
    previous = ""
    for piece in _pieces(straight):
        if not piece[0].isalnum():
            if piece in "[]":
                # An editor's insertion into a quotation is read as part of it.
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
        if not pending and _is_phrase_boundary(columns.words[-1], word, language):
            pending = 1
        columns.words.append(word)
        columns.breaks.append(pending)
        columns.opening.append(pending == 2)
        pending = 1 if owner else 0
    line = columns.words[start:]
    # A headline does not end in a full stop.
    everywhere = not straight.endswith(".") and _has_capitals_everywhere(line, language)
    columns.headline.extend([everywhere] * len(line))
    if everywhere and all(word.isupper() for word in line):
        columns.words[start:] = [word if len(word) < 4 else word.capitalize() for word in line]


def _is_phrase_boundary(before: str, word: str, language: str) -> bool:
    """Whether grammar alone shows that no phrase continues from one word to the next.

    A Korean particle ends its phrase; so does an Arabic or Hebrew article that the next word lacks.
    """
    if language == "ko":
        return fold(before) != lookup_form(before)
    if language in _DEFINITE:
        return _DEFINITE[language].match(lookup_form(before)) is not None and not _DEFINITE[language].match(
            lookup_form(word)
        )
    return False


def _pieces(text: str) -> Iterator[str]:
    """Words and other characters in order, with a space where a space or a change of script separates phrases.

    Scripts without spaces between words use a space only to separate phrases.
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
    """Whether a line is IN CAPITALS or With Each Word Capitalised, so that capitals do not mark names."""
    stop = stop_words(language)
    telling = [word for word in line if lookup_form(word) not in stop]
    return language != "de" and len(telling) >= 4 and sum(word[0].isupper() for word in telling) >= 0.75 * len(telling)


def _with_names(columns: _Columns, language: str) -> TokenisedText:
    """Recognise names by their capitals; where those mean nothing, by the word's other occurrences."""
    stop = stop_words(language)
    words = columns.words
    keys = tuple(map(lookup_form, words))
    vague = tuple(map(or_, columns.opening, columns.headline))
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
        # Scripts without capitals do not mark names.
        has_capital = word != word.lower()
        marked = has_capital and (not vague[i] or capital[key] > small[key])
        joined = i + 1 < len(words) and named[i + 1] and not columns.breaks[i + 1]
        if key in stop:
            # "New" of "New York", "May" of "Theresa May", "US"; but not a word that only opens a sentence.
            marked = marked or (has_capital and joined and key in _OPENING)
            after = i > 0 and not columns.breaks[i] and not words[i - 1].islower() and keys[i - 1] not in stop
            # "WHO", but not "that is NOT so": an emphasised word is in lower case more often.
            whole = len(word) > 1 and word.isupper() and not columns.headline[i] and capital[key] >= small[key]
            named[i] = marked and key not in _ARTICLES and len(key) > 1 and (whole or joined or after)
        elif has_capital and columns.opening[i] and not columns.headline[i] and not small[key]:
            rare = language in supported_languages() and zipf(key, language) < RARE
            named[i] = marked or joined or rare
        else:
            named[i] = marked
        if vague[i] and not named[i] and small[key]:
            words[i] = word.lower()
    if language == "en":
        for i in range(1, len(words) - 1):
            inside = keys[i] in _PARTICLES and named[i - 1] and named[i + 1]
            named[i] = named[i] or (inside and not columns.breaks[i] and not columns.breaks[i + 1])
    has_capitals = 2 * sum(map(has_case, words)) > len(words)
    return TokenisedText(tuple(words), keys, (*columns.breaks, 2), tuple(named), vague, has_capitals)
