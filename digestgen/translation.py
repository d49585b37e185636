"""Translation and localisation of the site: messages, plurals, days and numbers (by Babel).

Templates, modules and scripts use English messages through ``say`` and ``counted``; ``catalogues/`` holds their
translations, one gettext ``.po`` file per language. A language without a catalogue gets English messages, days and
numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
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
"""Numbers that cover all plural forms of any language."""


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Messages and formats of one language."""

    language: str
    """The language of the messages."""
    locale: Locale
    """The locale of days and numbers."""
    catalogue: Catalog | None
    translations: NullTranslations

    def say(self, text: str, /, **values: object) -> str:
        """Translate a text and fill in the fields that it has in braces; whole numbers are localised."""
        return self._filled(self.translations.gettext(text), values)

    def counted(self, one: str, several: str, number: int, /, **values: object) -> str:
        """Translate a text in the plural form for ``number``, which it can use as ``{n}``."""
        return self._filled(self.translations.ngettext(one, several, number), {"n": number, **values})

    def number(self, number: int) -> str:
        """A whole number: ``1,234``."""
        return _localised(self, number)

    def day(self, day: date) -> str:
        """A day as in prose: ``22 November 2026``."""
        return format_date(day, "long", locale=self.locale)

    def month(self, day: date) -> str:
        """Month and year as in prose: ``November 2026``."""
        return str(format_skeleton("yMMMM", day, locale=self.locale))

    def script(self, name: str) -> str:
        """The name of a script, ``Cyrillic``; unknown ones are returned as they are."""
        code = _scripts().get(name, "")
        return str(self.locale.scripts.get(code, name))

    def table(self, said_in: str) -> dict[str, str | dict[str, str]]:
        """The translations used in files with this extension, by English text, for scripts.

        A plural message has one form per CLDR plural category.
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


@lru_cache(maxsize=10_000)
def _localised(words: Words, number: int) -> str:
    return str(format_decimal(number, locale=words.locale))


@cache
def _scripts() -> dict[str, str]:
    """English name of a script → its ISO 15924 code."""
    return {name: code for code, name in Locale(ENGLISH).scripts.items()}


@cache
def words_of(language: str) -> Words:
    """The messages and formats for a language code."""
    if language == ENGLISH or language not in translated_languages():
        return Words(ENGLISH, Locale("en", "GB"), None, NullTranslations())
    with (_CATALOGUES / f"{language}{_ENDING}").open("rb") as lines:
        return words_from(read_po(lines, locale=language), language)


def words_from(catalogue: Catalog, language: str) -> Words:
    """The messages and formats of a catalogue."""
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Words(language, Locale(language), catalogue, Translations(compiled))


@cache
def translated_languages() -> frozenset[str]:
    """The languages with a catalogue, and English."""
    found = (file.name for file in _CATALOGUES.iterdir() if file.name.endswith(_ENDING))
    return frozenset({ENGLISH, *(name.removesuffix(_ENDING) for name in found)})
