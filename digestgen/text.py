"""Plain text: cleaning, sentences, words. Nothing here knows of articles, Markdown or files."""

from __future__ import annotations

import re
import unicodedata

import sentencex

_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "‛": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_ACRONYM = re.compile(r"(?:\w\.)+\w?")
_END = re.compile(r"[.?!…。؟][\"'”’»)\]]*$")
# A full stop after one capital is an initial in every language that the sentence library does not know it in.
_INITIAL = re.compile(r"(?:^|[\s(\"'“«])[^\W\d_]\.$")

# Joiners shape letters in several scripts and hold emoji together, so they stay; every other format
# character (bidi controls, zero-width spaces, tags, byte-order marks) only hides things.
_KEPT_FORMAT = {"\u200c", "\u200d"}


def clean_line(text: str) -> str:
    """One line of text without control, bidi and invisible characters, white space collapsed, ends stripped."""
    visible = (_visible(char) for char in text) if not text.isascii() or not text.isprintable() else text
    return _SPACE.sub(" ", "".join(visible)).strip()


def _visible(char: str) -> str:
    if char.isspace():
        return " "
    if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn"} and char not in _KEPT_FORMAT:
        return ""
    return char


def straighten(text: str) -> str:
    """The same text with straight quotes and apostrophes, for comparing and counting; same length."""
    return text.translate(_QUOTES)


def is_terminated(text: str) -> bool:
    """Whether the text ends as a sentence does: with a stop, closing quotes and brackets aside."""
    return _END.search(text) is not None


def sentences(paragraph: str, language: str) -> tuple[str, ...]:
    """The sentences of one paragraph, each a verbatim slice of it without the white space around.

    Boundaries are those of the ``sentencex`` library, but never after an initial ("M. Macron", "В. В. Путин")
    nor before a small letter or a digit that follows an abbreviation-like stop.
    """
    joined: list[str] = []
    for piece in sentencex.segment(language, paragraph):
        if joined and not _may_end(joined[-1], piece):
            joined[-1] += piece
        else:
            joined.append(piece)
    return tuple(stripped for piece in joined if (stripped := piece.strip()))


def _may_end(before: str, after: str) -> bool:
    before, after = before.rstrip(), after.lstrip()
    if not before or not after:
        return False
    return not (_INITIAL.search(before) or (before.endswith(".") and after[0].islower()))


def words(text: str) -> list[str]:
    """The words of a text as they stand: letters and digits, with inner hyphens, apostrophes, dots and ampersands."""
    return _WORD.findall(text)


def fold(word: str) -> str:
    """The form under which words are compared: lower case, no possessive, no dots in acronyms, no plural s."""
    word = straighten(word).lower().removesuffix("'s").removesuffix("'")
    if _ACRONYM.fullmatch(word):
        word = word.replace(".", "")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
