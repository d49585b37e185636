"""Whom a surname alone stands for: the one person of that surname whose full name the texts give.

News names people in full once and by their surname from then on, and a short text by the surname alone. A reader takes
"Putin" for Vladimir Putin, in a text on Bill Clinton "Clinton" for Bill; where two people could be meant, for neither.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from digestgen.analyse.wordlists import Kind, word_list
from digestgen.lexicon import zipf
from digestgen.model import Article, Keyphrase
from digestgen.phrase import Folded, folded_phrase
from digestgen.stopwords import stop_words

_LONGEST: Final = 4
"""Words in a person's name."""
_COMMON: Final = 5.0
"""Zipf frequency from which a last word is too common to stand for a name alone ("Supreme Court", "White House")."""
_FAMILIAR: Final = 0.3
"""Of the articles with a surname, alone or not, the share that must give the full name: "Labour" is no Mr Labour."""
_DOMINANT: Final = 0.9
"""Of the articles that give anybody of a surname a full name, the share that must mean the same person."""


@dataclass(frozen=True, slots=True)
class FullNames:
    """The full name of a folded surname: in one article, and failing that in the digest."""

    own: Mapping[str, Mapping[str, Folded | None]]
    """Article id → surname → the full name; None where the article names two people of that surname."""
    anywhere: Mapping[str, Folded]

    def of(self, article: str, phrase: Folded) -> Folded:
        """The full name that a phrase stands for in an article; the phrase itself where it is no surname alone."""
        if len(phrase) != 1:
            return phrase
        own = self.own.get(article, {})
        return (own[phrase[0]] if phrase[0] in own else self.anywhere.get(phrase[0])) or phrase


def full_names(phrases: Mapping[str, Sequence[Keyphrase]], articles: Mapping[str, Article]) -> FullNames:
    """The full names among the phrases of a digest's articles.

    A surname stands for a person throughout the digest when nine tenths of the articles with a full name of that
    surname have the same one; not in German, where every noun is written like a name.
    """
    own: dict[str, Mapping[str, Folded | None]] = {}
    bearers: dict[str, Counter[Folded]] = defaultdict(Counter)
    alone: Counter[str] = Counter()
    for id_ in sorted(phrases):
        language = articles[id_].language
        folded = {folded_phrase(phrase.text): phrase.text for phrase in phrases[id_]}
        named = {name for name, text in folded.items() if _is_full_name(text, language)}
        own[id_] = _by_surname(named)
        alone.update(name[0] for name in folded if len(name) == 1 and name[0] not in own[id_])
        if language != "de":
            for name in sorted(named):
                bearers[name[-1]][name] += 1
    anywhere = {}
    for surname, counts in bearers.items():
        name, count = min(counts.items(), key=lambda item: (-item[1], item[0]))
        if count >= max(_DOMINANT * counts.total(), _FAMILIAR * (counts.total() + alone[surname])):
            anywhere[surname] = name
    # "Paris" of many articles is nobody's surname though one runs "Rachman" into it.
    foreign = {surname for surname, counts in bearers.items() if counts.total() < _FAMILIAR * alone[surname]}
    known = {id_: {key: name for key, name in names.items() if key not in foreign} for id_, names in own.items()}
    return FullNames(known, anywhere)


def _by_surname(names: Iterable[Folded]) -> dict[str, Folded | None]:
    found: dict[str, Folded | None] = {}
    for name in sorted(names):
        found[name[-1]] = None if name[-1] in found else name
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
