"""Alphabetical index of keyphrases shared by several articles, with page and anchor of each."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from digestgen.language.phrases import index_key
from digestgen.model import Digest, Entry
from digestgen.publish.pagination import Page, chunks, pages
from digestgen.slugs import slug, unique_slugs

OTHER = "Other"
"""Page of phrases that start with a character of no known script."""

ARTICLES_SHOWN = 25
"""Articles listed per phrase; beyond that, topics are named instead."""

_DIGITS = "0-9"
_OTHER = OTHER.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A keyphrase of at least two articles, across spellings."""

    text: str
    anchor: str
    articles: tuple[str, ...]
    """Ids, in the digest's order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPage:
    """One page of the index, for a Latin letter, digits or another script."""

    name: str
    """Name shown to readers: ``S``, ``0–9``, ``Cyrillic``."""
    page: Page
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class PhraseIndex:
    """All shared phrases by letter, with their addresses."""

    letters: tuple[LetterPage, ...]
    addresses: Mapping[str, str]
    """``index_key`` of a phrase → page and anchor."""

    def address(self, text: str) -> str | None:
        """Page and anchor of a phrase; None if fewer than two articles have it."""
        return self.addresses.get(index_key(text))


def phrase_index(digest: Digest) -> PhraseIndex:
    """Index the phrases of at least two articles; a reprint and its original count as one."""
    found: dict[str, list[tuple[str, Entry]]] = defaultdict(list)
    for entry in digest.entries:
        for keyphrase in entry.keyphrases:
            if key := index_key(keyphrase.text):
                found[key].append((keyphrase.text, entry))
    held = {
        key: uses for key, uses in found.items() if len({each.reprint_of or each.article.id for _, each in uses}) > 1
    }
    shared = {key: _usual_spelling(text for text, _ in held[key]) for key in sorted(held)}
    by_letter: dict[str, list[str]] = defaultdict(list)
    for key in sorted(shared, key=lambda key: (slug(shared[key]) or key, key)):
        by_letter[_letter(shared[key])].append(key)
    letters: list[LetterPage] = []
    addresses: dict[str, str] = {}
    for letter in sorted(by_letter, key=_letter_order):
        anchors = unique_slugs([(shared[key], key) for key in by_letter[letter]])
        phrases = [
            Phrase(
                text=shared[key], anchor=anchor, articles=tuple(dict.fromkeys(each.article.id for _, each in held[key]))
            )
            for key, anchor in zip(by_letter[letter], anchors, strict=True)
        ]
        parts = chunks(list(zip(by_letter[letter], phrases, strict=True)), _weight)
        for part, page in zip(parts, pages(f"keyphrases/{letter}.md", f"keyphrases/{letter}", len(parts)), strict=True):
            letters.append(
                LetterPage(name=_letter_name(letter), page=page, phrases=tuple(phrase for _, phrase in part))
            )
            addresses |= {key: f"{page.path}#{phrase.anchor}" for key, phrase in part}
    return PhraseIndex(tuple(letters), addresses)


def _usual_spelling(texts: Iterable[str]) -> str:
    counts = Counter(texts)
    return min(counts, key=lambda text: (-counts[text], text))


def _weight(part: tuple[str, Phrase]) -> int:
    return min(len(part[1].articles), ARTICLES_SHOWN)


def _letter(text: str) -> str:
    first = next((char for char in text if char.isalnum()), "")
    if first.isdecimal():
        return _DIGITS
    script = unicodedata.name(first, "").partition(" ")[0].lower() if first else ""
    if script == "latin":
        return slug(first)[:1] or _OTHER
    return script if script.isascii() and script.isalpha() else _OTHER


def _letter_order(letter: str) -> tuple[int, str]:
    """Sort key: digits, Latin letters, other scripts by name."""
    return (0 if letter == _DIGITS else 1 if len(letter) == 1 else 2, letter)


def _letter_name(letter: str) -> str:
    if letter == _DIGITS:
        return "0–9"
    return letter.upper() if len(letter) == 1 or letter == "cjk" else letter.capitalize()
