"""The words of the site in its language: sentences, counts, days and numbers, by Babel.

Templates, modules and scripts say their words in English, through ``say`` and ``counted``; ``catalogues/`` holds what
these are in other languages, one file a language, as translators know them (gettext's ``.po``). A language without a
file has the English words, and the days and numbers in them are English, too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from io import BytesIO

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations

ENGLISH = "en"

_CATALOGUES = files(__package__) / "catalogues"
_ENDING = ".po"
_COUNTED = (*range(101), 1_000, 1_000_000)
"""Numbers among which there is one for every plural form of a language."""


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of one language."""

    language: str
    """That which they are in."""
    locale: Locale
    """That of days and numbers."""
    catalogue: Catalog | None
    translations: NullTranslations

    def say(self, text: str, /, **values: object) -> str:
        """A text in this language; what it names in braces is filled in, whole numbers as they are written in it."""
        return self._filled(self.translations.gettext(text), values)

    def counted(self, one: str, several: str, number: int, /, **values: object) -> str:
        """The text that goes with a number, which it names ``{n}``."""
        return self._filled(self.translations.ngettext(one, several, number), {"n": number, **values})

    def number(self, number: int) -> str:
        """A whole number: ``1,234``."""
        return str(format_decimal(number, locale=self.locale))

    def day(self, day: date) -> str:
        """A day as it is written in prose: ``22 November 2026``."""
        return format_date(day, "long", locale=self.locale)

    def month(self, day: date) -> str:
        """A day's month as it is written in prose: ``November 2026``."""
        return str(format_skeleton("yMMMM", day, locale=self.locale))

    def script(self, name: str) -> str:
        """The name of a script, ``Cyrillic``; what is none stays as it is."""
        code = _scripts().get(name, "")
        return str(self.locale.scripts.get(code, name))

    def table(self, said_in: str) -> dict[str, str | dict[str, str]]:
        """The texts that are said in files with this ending, by the English ones.

        One that goes with a number has one form for each that browsers tell apart.
        """
        found: dict[str, str | dict[str, str]] = {}
        for message in self.catalogue or ():
            if not any(place.endswith(said_in) for place, _ in message.locations):
                continue
            if isinstance(message.id, str):
                found[message.id] = self.translations.gettext(message.id)
            else:
                one, several = message.id
                found[one] = {
                    self.locale.plural_form(number): self.translations.ngettext(one, several, number)
                    for number in reversed(_COUNTED)
                }
        return found

    def _filled(self, text: str, values: Mapping[str, object]) -> str:
        return text.format_map(
            {name: self.number(value) if isinstance(value, int) else value for name, value in values.items()}
        )


@cache
def _scripts() -> dict[str, str]:
    """English name of a script → its code."""
    return {name: code for code, name in Locale(ENGLISH).scripts.items()}


@cache
def words_of(language: str) -> Words:
    """The words for a site in a language, given by its code."""
    if language == ENGLISH or language not in spoken():
        return Words(ENGLISH, Locale("en", "GB"), None, NullTranslations())
    with (_CATALOGUES / f"{language}{_ENDING}").open("rb") as lines:
        return words_from(read_po(lines, locale=language), language)


def words_from(catalogue: Catalog, language: str) -> Words:
    """The words of a catalogue."""
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Words(language, Locale(language), catalogue, Translations(compiled))


@cache
def spoken() -> frozenset[str]:
    """The languages that there are words in."""
    found = (file.name for file in _CATALOGUES.iterdir() if file.name.endswith(_ENDING))
    return frozenset({ENGLISH, *(name.removesuffix(_ENDING) for name in found)})
