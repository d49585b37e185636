"""The site's messages in Cyrillic and texts in Greek letters, so that any Latin word left over is untranslated."""

from __future__ import annotations

import re

from babel.messages.catalog import Catalog

from digestgen.translation import Words, words_from
from site_words import extracted

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_CYRILLIC = str.maketrans(_LATIN + _LATIN.upper(), "абцдефгхийклмнопярстувшхызАБЦДЕФГХИЙКЛМНОПЯРСТУВШХЫЗ")
GREEK = str.maketrans(_LATIN + _LATIN.upper(), "αβγδεζηθικλμνξοπρστυφχψωάέΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΆΈ")

_HOLE = re.compile(r"(\{\w+\})")
_ALIKE = re.compile(r"\b(?:Atom|JSON Feed|OPML|digestgen|CJK|[A-Z])\b")
"""Words that are the same in every language."""


def in_cyrillic() -> Words:
    """The messages of the site."""
    catalogue = Catalog(locale="ru")
    for message in extracted():
        if message.id:
            text = message.id if isinstance(message.id, str) else message.id[-1]
            told = "".join(part if _HOLE.fullmatch(part) else part.translate(_CYRILLIC) for part in _HOLE.split(text))
            forms = (told, told, told)
            catalogue.add(message.id, told if isinstance(message.id, str) else forms, locations=message.locations)
    return words_from(catalogue, "ru")


def latin(text: str) -> list[str]:
    """The Latin words left in a text."""
    return re.findall(r"[A-Za-z]+", _ALIKE.sub("", text))
