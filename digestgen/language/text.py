"""Plain text: cleaning, sentences, words. It knows nothing of articles, Markdown or files."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

import regex
import sentencex

from digestgen.language.abbreviations import needs_next_word, needs_number
from digestgen.language.letters import WORD, has_unspaced, lookup_form, straighten
from digestgen.language.segmenter import segment_words

__all__ = [
    "clean_line",
    "fold",
    "frozen_form",
    "frozen_words",
    "is_terminated",
    "length_in_words",
    "sentences",
    "straighten",
    "words",
]

_WORD = regex.compile(WORD, regex.V1)
_SETTLED_WORD = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*")
# Case endings of Russian, Ukrainian and related languages; not -ов and -ин, which names have in the nominative.
_CYRILLIC_ENDING = re.compile(
    r"(?:(?<=[а-яёіїєґ]{4})[аеоуиіыюяєї]?(?:ми|х|м)|(?<=[а-яёіїєґ]{3})(?:[оеє](?:го|му)|[аеёиіїоуыэюяєйь]+))$"
)
# Arabic prefixes: "and the", "with the", "for the", "the".
_ARABIC_BEFORE = re.compile(r"^(?:[وف]?(?:ال|[بك]ال|لل)|و(?=[بكل]?[^ا]{4}))(?=.{3})")
_ONE_ARABIC_LETTER = str.maketrans("أإآٱىيةک", "ااااییهك")
# Korean particles, except those that occur as part of two-syllable words.
_KOREAN_PARTICLE = re.compile(
    r"(?<=[가-힣]{2})(?:에서는|에서도|에게서|으로써|으로서|에서|에게|한테|으로|까지|부터|처럼|보다|마다|조차|밖에|이나|이라|들은|들이|들을|들의"
    r"|[은는이가을를의에와과로도만])$"
)
# Bengali case endings and articles.
_BENGALI_ENDING = re.compile(r"(?<=.{3})(?:গুলো?র?|গুলি|দের|টির?|টা|কে|ের|তে|রা|ে)$")
_ACRONYM = re.compile(r"(?:\w\.)+\w?")
_END = regex.compile(r"[\p{Sentence_Terminal}…｡][\p{Pe}\p{Pf}\"']*$", regex.V1)
# A single letter before a full stop is an initial ("В. В. Путин", "J.-L. Mélenchon") in every language.
_INITIAL = regex.compile(r"(?<![\p{L}\p{N}\p{M}])\p{L}\p{M}*\.$", regex.V1)
# … and so is what stands before a name ("Mr."), unless a word follows that starts sentences and is never a name: then
# the letter is none ("He got an A. She got a B."), or the text was cut.
_OPENS = re.compile(r"[\"“'‘]?(?:The|It|He|She|They|This|That|There|Then|But|These|Those)\b")
# The second party of a case may be any word ("Doe v. The State").
_VERSUS = re.compile(r"\sv\.$")
_CLOCK = re.compile(r"\b[ap]\.m\.$")
_AFTER_CLOCK = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Eastern|Central|Mountain|Pacific|[A-Z]{2,3}T|GMT|UTC)\b"
)
_ORDINAL = re.compile(r"(?:^|\s)\d{1,2}\.$")
_ORDINAL_LANGUAGES = frozenset({"cs", "da", "de", "et", "fi", "hr", "hu", "is", "lv", "nb", "no", "pl", "sk", "sl"})
# The dash between a quotation and its speaker ("«Всё кончено!» — сказал он").
_SPEAKER_DASH = re.compile(r"[–—-]\s+[^\W\d_A-ZÀ-ÞА-ЯЄІЇҐ]")
_OPENING_AT_END = re.compile(r"(?<=\s)[\"'“„«‘(\[]+\s*$")
_CLOSING_AT_START = re.compile(r"[”»’)\]]+(?=\s|$)")
_ASIDE = re.compile(r"\([^()]*[.!?…][\"'”’»]?\)(?=\s)")
# The library never splits between two quotation marks, or what it takes for them, including apostrophes: an unclosed
# one swallows the rest of the paragraph. So they are hidden from it, except apostrophes inside words.
_MARKS = regex.compile(r"[\"“”„«»]|(?<!\w)['‘’]|['‘’](?!\w)", regex.V1)
# A Japanese quotation continues with its speaker ("「なぜですか。」と彼は聞いた").
_QUOTED_ON = regex.compile(r"(?<=[」』])(?:と|って|など)", regex.V1)
# Sentence ends that the library does not know. Thai and Lao have no full stop and put a space after clauses too.
_ALSO_ENDS = regex.compile(r"[។៕༎](?=\s)|(?<=[\p{Thai}\p{Lao}]{2})(?=\s\S)", regex.V1)
_NO_STOPS = regex.compile(r"[\p{Thai}\p{Lao}][\p{Pe}\p{Pf}\"']*$", regex.V1)
_LONG_CLAUSE = 60
"""Characters from which Thai or Lao text up to a space counts as a sentence."""
_EXCLAIMED = re.compile(r"[!?][\"'”’»]+$")
_SPEAKER = re.compile(
    r"(?!(?:He|She|They|It|I|We)\b)(?:[A-Z][\w.'’-]+\s+){1,5}(?:said|says|asked|added|told|cried|wrote|posted|tweeted|replied)\b"
)
_WINDOW = 4_000
"""Characters segmented at a time, so that a hostile paragraph costs no more than its length."""
_NEAR = 40
"""Characters on either side of a boundary that the rules above look at."""

# Joiners shape letters in several scripts and hold emoji together, so they stay; all other format characters (bidi
# controls, zero-width spaces, tags, byte-order marks) only hide things.
_KEPT_FORMAT = {"\u200c", "\u200d"}


def clean_line(text: str) -> str:
    """Clean one line: no control, bidi or invisible characters, white space collapsed, ends stripped.

    Letters are composed (NFC), since macOS and many PDFs decompose them.
    """
    # What can be printed has no other white space than spaces, and nothing that is invisible.
    if not text.isprintable():
        text = "".join(map(_visible, text))
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.split())


def _visible(char: str) -> str:
    if char.isspace():
        return " "
    if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn"} and char not in _KEPT_FORMAT:
        return ""
    return char


def is_terminated(text: str) -> bool:
    """Whether a text ends as a sentence does: with a stop, ignoring closing quotes and brackets.

    Thai and Lao have no stops: there, text as long as a sentence counts.
    """
    return _END.search(text) is not None or (len(text) >= _NEAR and _NO_STOPS.search(text) is not None)


def sentences(paragraph: str, language: str) -> tuple[str, ...]:
    """Split a paragraph into sentences, each a verbatim slice without surrounding white space.

    Boundaries are those of the ``sentencex`` library, with corrections for news text: none after an initial, an hour
    ("9 a.m. Eastern time"), an ordinal ("3. Oktober") or an abbreviation that needs a next word, and none before a
    lower-case letter; quotation marks and brackets stay with the sentence that they open or close. Quotations of
    several sentences are split like other text. Linear in the length of the paragraph.
    """
    starts = [0, *_boundaries(paragraph, language), len(paragraph)]
    return tuple(stripped for start, end in pairwise(starts) if (stripped := paragraph[start:end].strip()))


def _boundaries(paragraph: str, language: str) -> Iterator[int]:
    """Offsets at which sentences start, except the first, ascending."""
    last = 0
    for proposed in _library_boundaries(paragraph, language):
        before, after = paragraph[max(last, proposed - _NEAR) : proposed], paragraph[proposed : proposed + _NEAR]
        at = proposed
        if opening := _OPENING_AT_END.search(before):
            at -= len(before) - opening.start()
        elif closing := _CLOSING_AT_START.match(after):
            at += closing.end()
        before, after = paragraph[max(last, at - _NEAR) : at].rstrip(), paragraph[at : at + _NEAR].lstrip()
        if at > last and before and after and _may_end(before, after, language):
            yield at
            last = at


def _library_boundaries(paragraph: str, language: str) -> Iterator[int]:
    """The library's boundaries, window by window; an unfinished sentence is carried into the next window."""
    start = 0
    while start < len(paragraph):
        window = paragraph[start : start + _WINDOW]
        pieces = sentencex.segment(language, _MARKS.sub(" ", window)) or [window]
        if start + _WINDOW < len(paragraph) and len(pieces) > 1:
            pieces.pop()
        for piece in pieces:
            if aside := _ASIDE.match(piece):
                yield start + aside.end()
            yield from (start + at for at in _added_boundaries(piece))
            start += len(piece)
            if len(pieces) > 1 or len(window) < _WINDOW:
                yield start


def _added_boundaries(piece: str) -> Iterator[int]:
    last = 0
    for end in _ALSO_ENDS.finditer(piece):
        if end.group() or end.end() - last >= _LONG_CLAUSE:
            yield end.end()
            last = end.end()


def _may_end(before: str, after: str, language: str) -> bool:
    """Whether a sentence may end with the first text and another start with the second."""
    if after[0].islower() and _END.search(before):
        return False
    if _INITIAL.search(before) or needs_next_word(before, language):
        return _OPENS.match(after) is not None and not _VERSUS.search(before)
    return not (
        (_CLOCK.search(before) and _AFTER_CLOCK.match(after))
        or (after[0].isdigit() and needs_number(before, language))
        or (language in _ORDINAL_LANGUAGES and _ORDINAL.search(before))
        or _SPEAKER_DASH.match(after)
        or _QUOTED_ON.match(before[-1] + after, 1)
        or (_EXCLAIMED.search(before) and _SPEAKER.match(after))
    )


def words(text: str) -> list[str]:
    """The words of a text as written: letters, marks and digits, with inner hyphens, apostrophes and the like."""
    found = _WORD.findall(text)
    return [word for run in found for word in segment_words(run)] if has_unspaced(text) else found


def length_in_words(text: str) -> int:
    """The number of words as a person counts: separated by spaces, or segmented in scripts without them."""
    return len(words(text)) if has_unspaced(text) else len(text.split())


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Normalise a word for comparison: plain form without possessive, dots of acronyms and plural s.

    Cyrillic words lose case endings ("Москве", "Москвы"), Arabic ones the article and other prefixes, Korean ones
    particles, Bengali ones case endings; the result is often not a word.
    """
    word = lookup_form(word)
    if "\u0600" <= word[:1] <= "\u06ff":
        return _ARABIC_BEFORE.sub("", word).translate(_ONE_ARABIC_LETTER)
    if "가" <= word[:1] <= "힣":
        return _KOREAN_PARTICLE.sub("", word)
    if "\u0980" <= word[:1] <= "\u09ff":
        return _BENGALI_ENDING.sub("", word)
    return frozen_form(word)


def frozen_words(text: str) -> list[str]:
    """Split a text into words for ids and fingerprints.

    Frozen, even if ``words`` improves: published addresses depend on it.
    """
    return _SETTLED_WORD.findall(text)


@lru_cache(maxsize=20_000)
def frozen_form(word: str) -> str:
    """Normalise a word for ids and fingerprints; frozen too."""
    word = straighten(word).lower().removesuffix("'s").removesuffix("'")
    if _ACRONYM.fullmatch(word):
        word = word.replace(".", "")
    if word > "\u0400":
        return _CYRILLIC_ENDING.sub("", word)
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
