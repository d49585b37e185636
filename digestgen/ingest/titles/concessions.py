"""Concessive clauses, in the languages of the sentence rules.

A title that stops after the concession ("… is quite common, but …") says the opposite of the sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from digestgen.language.stop_words import stop_words
from digestgen.language.text import straighten


@dataclass(frozen=True, slots=True)
class Concession:
    """The concessive patterns of one language."""

    lead: re.Pattern[str]
    """A leading concession with its comma; the main clause follows."""
    but: re.Pattern[str]
    """The conjunction between a concession and the main clause."""
    inverts: bool = False
    """Whether the main clause starts with its verb after a lead, and so cannot stand alone."""


def _words_of(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _concession(lead: str, but: str, *, inverts: bool = False) -> Concession:
    return Concession(
        re.compile(rf"^(?:{lead})\b[^,:;]{{2,160}}, ", re.IGNORECASE),
        re.compile(rf"(?:[,;]| [–—-]) (?:{but}),? ", re.IGNORECASE),
        inverts,
    )


CONCESSIONS: Final = MappingProxyType(
    {
        "en": _concession(
            r"while|whereas|although|though|even (?:though|if)|despite|in spite of|notwithstanding|for all",
            "but|yet|however",
        ),
        "de": _concession(
            r"obwohl|obgleich|obschon|wenngleich|während|zwar|trotz|ungeachtet|auch wenn|selbst wenn",
            r"aber|doch|jedoch|dennoch|allerdings",
            inverts=True,
        ),
        "fr": _concession(
            r"bien qu(?:e|')|quoiqu(?:e|')|alors qu(?:e|')|tandis qu(?:e|')|malgré|en dépit d|même s(?:i|')|certes",
            r"mais|pourtant|cependant|toutefois",
        ),
        "es": _concession(
            r"aunque|si bien|mientras|a pesar de|pese a|aun cuando|por más que", r"pero|sin embargo|no obstante"
        ),
        "it": _concession(r"sebbene|benché|anche se|nonostante|malgrado|mentre|pur|per quanto", r"ma|però|tuttavia"),
        "ru": _concession(r"хотя|несмотря на|вопреки|пусть|при том что|в то время как", r"но|однако|зато"),
        "uk": _concession(r"хоча|хоч|попри|незважаючи на|всупереч|тоді як|у той час як", r"але|однак|проте"),
    }
)
ARTICLES: Final = _words_of(
    "der die das ein eine einer le la les un une des el los las una il lo i gli o a os as um uma het een den det en"
)
_DETERMINER: Final = re.compile(r"l'|\d")
# Participles ("приезжающим", "построенный"); relative pronouns are among the stop words.
_PARTICIPLE: Final = re.compile(
    r"(?:[ущюя]щ|вш|нн)(?:[иы]й|ая|ое|[иы]е|[ео]го|[ео]му|[иы]м|[ео]м|ую|[ео]й|[иы]х|[иы]ми)$"
)


def opens_main(word: str, language: str) -> bool:
    """Whether a main clause may start with this word, after the comma of a leading concession.

    In languages with articles it starts with one; elsewhere with any word that does not open a relative clause.
    """
    key = straighten(word).lower()
    if language in {"ru", "uk"}:
        return key not in stop_words(language) and _PARTICIPLE.search(key) is None
    return key in ARTICLES or _DETERMINER.match(key) is not None
