"""Abbreviations that need a next word, so that no sentence ends with them: "Roe v.", "Mr.", "No. 10".

A full stop after them ends a sentence neither inside a text nor where a text was cut. Those that may be a sentence's
last word ("Inc.", "etc.", "и др.") are left to the sentence library, which looks at what follows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

_ALL: Final = "v vs Dr Prof Mme Mlle Mgr"
_LEADING: Final[Mapping[str, str]] = {
    "en": """Mr Mrs Ms Mx Messrs Mses Drs Gov Govs Sen Sens Rep Reps Gen Gens Lt Lts Col Cols Sgt Capt Cpl Maj Cmdr Adm
    Brig Pvt Supt Insp Dep Rev Revs Hon Msgr Amb Ald Atty Asst Ft Mt approx""",
    "de": "Hr Hrn Fa Frl Nr Bsp bspw bzw ca gem geb ggf inkl lt sog vgl",
    "fr": "M MM Me Mmes Mlles Dr Pr St Ste Sté Cie env bd av cf",
    "es": "Sr Sra Srta Sres Dra Dña Lic Ing Gral Sto Sta Pdte Pdta pdte pdta aprox núm",
    "it": "sig dott avv ing on prof pag",
    "ru": "им проф акад ген ул просп пер пос см ред",
    "uk": "ім проф акад ген вул просп пров див ред",
}
"""Titles before names, and small words before what they belong to, by language; as they are written."""
_ALL_BEFORE_NUMBERS: Final = "No Nos Nr Vol vol Art Fig fig p pp S ca"
_BEFORE_NUMBERS: Final[Mapping[str, str]] = {
    "en": "ch Ch sec Sec para Eq Op pt Pt",
    "de": "Abs art Bd Kap Ziff Tel",
    "fr": "al art chap n no nos",
    "es": "art cap inc n núm pág págs",
    "it": "art cap n nn pag pagg",
    "ru": "ст стр рис Рис д кв гл п",
    "uk": "ст стор рис Рис буд кв гл п",
}
"""What needs a number after it, and is a word of its own otherwise ("He said no.")."""


@lru_cache(maxsize=100)
def _at_end(language: str) -> re.Pattern[str]:
    return _pattern(_ALL, _LEADING.get(language, ""))


@lru_cache(maxsize=100)
def _at_end_before_number(language: str) -> re.Pattern[str]:
    return _pattern(_ALL_BEFORE_NUMBERS, _BEFORE_NUMBERS.get(language, ""))


def _pattern(*lists: str) -> re.Pattern[str]:
    known = "|".join(sorted({word for words in lists for word in words.split()}))
    return re.compile(rf"(?:^|[\s(\[\"'’“‘„«])(?:{known})\.$")


def needs_next_word(text: str, language: str) -> bool:
    """Whether a text ends in an abbreviation that cannot be the last word of a sentence."""
    return _at_end(language).search(text[-20:]) is not None


def needs_number(text: str, language: str) -> bool:
    """Whether a text ends in an abbreviation that belongs to a number after it, if there is one."""
    return _at_end_before_number(language).search(text[-20:]) is not None
