"""Which of the forms of a name that texts use is the one to call it by: the nominative, as far as the texts show it.

No dictionary tells; but in the languages that decline names, the nominative is the shortest form ("Путин", "Tusk"), and
of equally long ones it has the ending of one ("Украина", "Warszawa", not "Украине", "Warszawę").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

DECLINING: Final = frozenset({"bs", "cs", "et", "fi", "hr", "hu", "lt", "lv", "pl", "sk", "sl", "sr", "tr"})
"""Languages in Latin letters that decline names: their forms differ in more than what ``text.fold`` removes."""

# Of nouns in the singular, best first; of adjectives ("Зеленский"; "санкций" is none); of plurals.
_NOMINATIVE: Final = (re.compile(r"[аяоao]$"), re.compile(r"(?:[^\W\d_ц]ий|ый|[ыи])$"))
_LEAST_SHARED: Final = 4
"""Letters that two forms of a word have in common at least, and by which they may differ in length at most plus one."""


def base_form(forms: Mapping[str, int]) -> str:
    """The form of a phrase to call it by, of all that occur, each with how often."""
    return min(forms, key=lambda form: (len(form), -_likeness(form), -forms[form], form))


def is_form_of(one: str, other: str) -> bool:
    """Whether two phrases may be forms of one: word for word alike but for their endings."""
    pairs = list(zip(one.split(), other.split(), strict=False))
    return len(one.split()) == len(other.split()) == len(pairs) and all(_alike(*pair) for pair in pairs)


def _likeness(form: str) -> int:
    """How many words end like nominatives, singular nouns counting double."""
    return sum(
        next((len(_NOMINATIVE) - rank for rank, ending in enumerate(_NOMINATIVE) if ending.search(word)), 0)
        for word in form.split()
    )


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    least = max(_LEAST_SHARED, max(len(one), len(other)) - _LEAST_SHARED)
    return one[0].isupper() == other[0].isupper() and one[:least].lower() == other[:least].lower()
