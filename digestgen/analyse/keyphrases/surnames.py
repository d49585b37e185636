"""Whom a surname alone stands for: the one person of that surname whom the same article names in full.

News names people in full once and by their surname from then on. A reader takes "Clinton" for Bill in a text that names
Bill Clinton; where it names two people of that surname, for neither, and where it names nobody, another text does not
tell: the "Jordan" of one article is Michael, of the next a country.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from digestgen.analyse.word_lists import Kind, word_list
from digestgen.language.phrases import Aliases, contains, normalised_phrase
from digestgen.language.stop_words import stop_words
from digestgen.language.word_frequency import zipf
from digestgen.model import Article, Keyphrase

_LONGEST: Final = 4
"""Words in a person's name."""
_COMMON: Final = 5.0
"""Zipf frequency from which a last word is too common to stand for a name alone ("Supreme Court", "White House")."""
_DOMINANT: Final = 0.9
"""Of the articles of a group that give anybody of a surname a full name, the share that must mean the same person."""


@dataclass(frozen=True, slots=True)
class FullNames:
    """The full name that a surname stands for in an article; words as they are spelled there."""

    own: Mapping[str, Mapping[str, str | None]]
    """Article id → surname → the full name; None where the article names two people of that surname."""
    aliases: Aliases = field(default_factory=Aliases)

    def of(self, article: str, text: str) -> str:
        """The full name that a phrase stands for in an article; the phrase itself where it is no surname alone.

        "Browns" and "brown" are no "Brown". Whatever it is, it goes by the name that the curator gave it.
        """
        return self.aliases.apply(self.own.get(article, {}).get(text) or text)

    def among(self, articles: Iterable[str], text: str) -> str:
        """The full name that a phrase stands for in a group of articles, as most of them spell it; else the phrase."""
        counts: Counter[str | None] = Counter()
        for id_ in articles:
            names = self.own.get(id_, {})
            if text in names:
                counts[names[text]] += 1
        name = min(counts, key=lambda each: (-counts[each], each or ""), default=None)
        return self.aliases.apply(name if name and counts[name] >= _DOMINANT * counts.total() else text)


def full_names(
    phrases: Mapping[str, Sequence[Keyphrase]], articles: Mapping[str, Article], aliases: Aliases | None = None
) -> FullNames:
    """The full names among the phrases of each article, and what the curator calls things."""
    own = {id_: by_surname(phrases[id_], articles[id_].language) for id_ in sorted(phrases)}
    return FullNames(own, aliases or Aliases())


def by_surname(phrases: Sequence[Keyphrase], language: str) -> dict[str, str | None]:
    """Surname → the full name among the phrases of an article; None where two people have it."""
    names = {phrase.text for phrase in phrases if _is_full_name(phrase.text, language)}
    found: dict[str, str | None] = {}
    # The shorter first: "Senator Ada Brandt" is nobody else than "Ada Brandt".
    for name in sorted(names, key=lambda each: (len(each.split()), each)):
        surname = name.split()[-1]
        other = found.get(surname, name)
        found[surname] = other if other and contains(normalised_phrase(name), normalised_phrase(other)) else None
    return found


def _is_full_name(text: str, language: str) -> bool:
    """Whether a phrase may be a person's name: capitals throughout, no adjective first, no common noun last."""
    words = text.split()
    keys = [word.lower() for word in words]
    stop = stop_words(language)
    unfit = word_list(Kind.WEAK, language) | word_list(Kind.UNFINISHED, language)
    return (
        1 < len(words) <= _LONGEST
        and all(part[:1].isupper() for word in words for part in word.split("-"))
        and not any(word.isupper() and len(word) > 1 for word in words)
        and keys[0] not in unfit
        and not any(key in stop for key in keys)
        and len(keys[-1]) > 2
        and zipf(keys[-1], language) < _COMMON
    )
