"""Base form of names in languages that decline them: the nominative, as far as the texts show it.

There is no dictionary. The nominative is mostly the shortest form ("Путин", "Tusk"), and of equally long ones that with
a nominative ending ("Украина", "Warszawa", not "Украине", "Warszawę").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

DECLINING: Final = frozenset({"bs", "cs", "et", "fi", "hr", "hu", "lt", "lv", "pl", "sk", "sl", "sr", "tr"})
"""Languages in Latin script that decline names by more than ``text.fold`` removes."""

# Nominative endings, best first: singular nouns; adjectives and plurals ("Зеленский", but not "санкций").
_NOMINATIVE: Final = (re.compile(r"[аяоao]$"), re.compile(r"(?:[^\W\d_ц]ий|ый|[ыи])$"))
_LEAST_SHARED: Final = 4
"""Two forms of a word share at least this many first letters, and differ in at most this many last letters."""


def base_form(forms: Mapping[str, int]) -> str:
    """The base form among forms of a phrase, given with their frequencies."""
    return min(forms, key=lambda form: (len(form), -_nominative_score(form), -forms[form], form))


def is_form_of(one: str, other: str) -> bool:
    """Whether two phrases may be inflections of one: equal word by word except for the endings."""
    pairs = list(zip(one.split(), other.split(), strict=False))
    return len(one.split()) == len(other.split()) == len(pairs) and all(_may_be_inflections(*pair) for pair in pairs)


def _nominative_score(form: str) -> int:
    """Score of the words with a nominative ending: 2 for a singular noun, 1 for an adjective or plural."""
    return sum(
        next((len(_NOMINATIVE) - rank for rank, ending in enumerate(_NOMINATIVE) if ending.search(word)), 0)
        for word in form.split()
    )


def _may_be_inflections(one: str, other: str) -> bool:
    """Whether two words start alike and differ in their endings only."""
    if one == other:
        return True
    least = max(_LEAST_SHARED, max(len(one), len(other)) - _LEAST_SHARED)
    return one[0].isupper() == other[0].isupper() and one[:least].lower() == other[:least].lower()
