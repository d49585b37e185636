"""Shorten a text to whole words, so that its last word needs no other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import regex

from digestgen.ingest.titles import english
from digestgen.language import stop_words
from digestgen.language.abbreviations import needs_next_word, needs_number
from digestgen.language.letters import has_unspaced, lookup_form
from digestgen.language.text import straighten, words

_AROUND_WORD = regex.compile(r"^[^\p{L}\p{N}]+|[^\p{L}\p{N}\p{M}]+$", regex.V1)


_LINKING: Final = {
    "en": "a an the of for from with and or nor but as than into my your his her our their whose which via per",
    "fr": "le la les l' un une des du de d' à au aux et ou mais pour avec sans dans sur par dont que qu'",
    "es": "el la los las un una unos unas de del y o pero a al en por para con sin que",
    "it": "il lo la i gli le un uno una di del della dei delle e o ma a al alla in nel per con senza da dal che",
    "de": "der den dem des und oder für von mit bei zur zum vom im ins am beim",
    "ru": "и или а но в во на с со к о об из у от до для по под за при",
    "uk": "і й або а але в у на з зі із до від для по під за при про",
}
"""Words that link to what follows, without those that may end a headline: "gives in", "lehnt ab"."""


def lacks_ending(line: str, language: str) -> bool:
    """Whether a line that ends in no stop ends in a word that links to the next, so that it was broken there."""
    last = lookup_form(_AROUND_WORD.sub("", line.rsplit(maxsplit=1)[-1])) if line.split() else ""
    return line[-1:].isalnum() and last in _LINKING.get(language, "").split()


def lower_words(text: str) -> list[str]:
    """The words of an English text, in lower case."""
    return re.findall(r"[^\W_](?:[\w'’.-]*\w)?", straighten(text).lower())


def is_verb(token: str) -> bool:
    """Whether an English word is a verb in a finite form, as far as lists tell."""
    return token in english.VERB or (len(token) > 4 and token.endswith("ed"))


def shortened(text: str, room: int, most: int, language: str = "en") -> str:
    """The longest run of whole words that fits and does not end in a word that needs another.

    It ends at a comma if that costs little. A single word that is too long is cut, since there is nothing else to show.
    """
    kept = text[: 4 * room].split()[:most]
    while len(kept) > 1 and len(" ".join(kept)) > room:
        kept.pop()
    hanging = english.NEVER_LAST if language == "en" else stop_words.stop_words(language)
    while len(kept) > 1 and _is_hanging(kept, hanging, language):
        kept.pop()
    short = _whole_words(" ".join(kept), room)
    comma = short.rfind(", ")
    ends = comma > 0.5 * len(short) and (language != "en" or any(map(is_verb, lower_words(short[:comma]))))
    return (short[:comma] if ends else short).rstrip(" ,;:–—-.")


def _whole_words(text: str, room: int) -> str:
    """As many characters as fit; in a script without spaces, up to the end of a word."""
    if len(text) <= room or not has_unspaced(text[:room]):
        return text[:room]
    end = 0
    for word in words(text):
        after = text.index(word, end) + len(word)
        if after > room:
            break
        end = after
    return text[: end or room]


def _is_hanging(kept: Sequence[str], hanging: frozenset[str], language: str) -> bool:
    """Whether the last word needs another: a function word, "v.", or in English an infinitive without its object."""
    infinitive = language == "en" and len(kept) > 2 and kept[-2] == "to" and kept[-1].islower()
    leads = needs_next_word(kept[-1], language) or needs_number(kept[-1], language)
    return infinitive or leads or lookup_form(_AROUND_WORD.sub("", kept[-1])) in hanging
