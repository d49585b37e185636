"""Resolve a surname to the full name of the one person with it in the same article.

News gives a person's full name once and the surname from then on. "Clinton" is Bill Clinton in a text that names Bill
Clinton. If a text names two people with that surname it means neither, and if it names none, other texts do not help:
"Jordan" is Michael in one article and a country in the next.
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
"""Most words of a person's name."""
_COMMON: Final = 5.0
"""Least Zipf frequency of a last word that is too common to be a surname ("Supreme Court", "White House")."""
_DOMINANT: Final = 0.9
"""Least share of a group's articles with a full name for a surname in which it is the same person."""


@dataclass(frozen=True, slots=True)
class FullNames:
    """The full names of surnames in each article, spelled as there, and the curator's aliases."""

    own: Mapping[str, Mapping[str, str | None]]
    """Article id → surname → full name; None if the article names two people with that surname."""
    aliases: Aliases = field(default_factory=Aliases)

    def of(self, article: str, text: str) -> str:
        """The full name for a surname in an article, or the phrase itself; then the curator's alias for it.

        Spelling matters: "Browns" and "brown" are not "Brown".
        """
        return self.aliases.apply(self.own.get(article, {}).get(text) or text)

    def among(self, articles: Iterable[str], text: str) -> str:
        """The full name for a surname in a group of articles, spelled as in most of them, or the phrase itself."""
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
    """The full names among the phrases of each article, and the curator's aliases."""
    own = {id_: by_surname(phrases[id_], articles[id_].language) for id_ in sorted(phrases)}
    return FullNames(own, aliases or Aliases())


def by_surname(phrases: Sequence[Keyphrase], language: str) -> dict[str, str | None]:
    """Surname → full name among the phrases of an article; None if two people have it."""
    names = {phrase.text for phrase in phrases if _is_full_name(phrase.text, language)}
    found: dict[str, str | None] = {}
    # Shorter names first: "Senator Ada Brandt" is the same person as "Ada Brandt".
    for name in sorted(names, key=lambda each: (len(each.split()), each)):
        surname = name.split()[-1]
        other = found.get(surname, name)
        found[surname] = other if other and contains(normalised_phrase(name), normalised_phrase(other)) else None
    return found


def _is_full_name(text: str, language: str) -> bool:
    """Whether a phrase may be a person's name: capitalised words, no adjective first, no common noun last."""
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
