"""List of all searchable words, for correcting typing errors in queries.

It is split into files of a few kilobytes in alphabetical order, so that a search only loads the one that may contain
its word, and neighbouring ones if it does not.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import regex

from digestgen.language.letters import UNSPACED, straighten

CONTENTS: Final = "words.json"
"""File with the first word of each part, and the labels of topics."""
_MOST: Final = 50_000
"""Maximum number of words; on larger sites, those on most pages are kept."""
_LONGEST: Final = 40
_PART: Final = 12_000
"""Characters from which a new part is started."""
_FACTS: Final = ("title", "label", "former", "keyphrases", "source", "topic")

_LETTER: Final = r"[\p{L}\p{N}\p{M}_]"
_WORD: Final = regex.compile(rf"{_LETTER}(?:\S*{_LETTER})?", regex.V1)
_PIECE: Final = regex.compile(rf"{_LETTER}+", regex.V1)
_OTHER: Final = regex.compile(r"[^\p{L}\p{N}\p{M}_]|[\u0300-\u036f]", regex.V1)
_UNSPACED: Final = regex.compile(f"[{UNSPACED}]", regex.V1)


@dataclass(frozen=True, slots=True)
class IndexedPage:
    """A page of the index."""

    id: str
    content: str
    facts: Mapping[str, str]


def key(word: str) -> str:
    """Form in which words are compared, here and in the browser: lower case without accents and signs."""
    return str(_OTHER.sub("", unicodedata.normalize("NFD", word.lower())))


def word_list(pages: Iterable[IndexedPage]) -> dict[str, str]:
    """Return {name: text} of the files; file names depend on content only."""
    held: Counter[str] = Counter()
    topics = []
    for page in pages:
        texts = (page.content, *(page.facts.get(name, "") for name in _FACTS))
        held.update({word for text in texts for token in text.split() for word in _words(token)})
        if label := page.facts.get("label"):
            topics.append((label, page.id))
    kept = sorted(held, key=lambda word: (-held[word], word))[:_MOST]
    files, parts = {}, []
    for first, text in _parts(sorted((key(word), word) for word in kept), held):
        name = hashlib.sha256(text.encode()).hexdigest()[:10]
        files[f"words/{name}.txt"] = text
        parts.append((first, name))
    contents = {"parts": parts, "topics": sorted(topics)}
    files[CONTENTS] = json.dumps(contents, ensure_ascii=False, separators=(",", ":"))
    return files


@lru_cache(maxsize=20_000)
def _words(token: str) -> tuple[str, ...]:
    """A word without surrounding punctuation, and its parts between inner punctuation: Pagefind finds both."""
    found = _WORD.search(straighten(token).lower())
    if found is None or _UNSPACED.search(token):
        return ()
    whole, pieces = found.group(), _PIECE.findall(found.group())
    return tuple(word for word in {whole, *pieces} if len(word) <= _LONGEST and key(word))


def _parts(words: Iterable[tuple[str, str]], held: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Yield the key of the first word of each part, and its lines: words, with the number of pages if several."""
    first, size = "", 0
    lines: list[str] = []
    for of_word, word in words:
        if size > _PART:
            yield first, "".join(lines)
            lines, size = [], 0
        first = first if lines else of_word
        lines.append(f"{word} {held[word]}\n" if held[word] > 1 else f"{word}\n")
        size += len(lines[-1])
    if lines:
        yield first, "".join(lines)
