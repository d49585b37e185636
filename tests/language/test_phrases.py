from __future__ import annotations

import pytest

from digestgen.language.phrases import Aliases

ALIASES = Aliases({"Kyiv": ("Kiev",), "Ada Brandt": ("Ada Brand", "Brandtova")})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Kiev", "Kyiv", id="alone"),
        pytest.param("Kiev's mayor", "Kyiv mayor", id="inside, without the possessive"),
        pytest.param("mayor of Kiev", "mayor of Kyiv", id="at the end"),
        pytest.param("Brandtova", "Ada Brandt", id="by a longer name"),
        pytest.param("Ada Brandt", "Ada Brandt", id="called so already"),
        pytest.param("Kievan Rus", "Kievan Rus", id="part of a word"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_an_alias_gives_way_to_the_name(text: str, expected: str) -> None:
    assert ALIASES.apply(text) == expected


def test_the_forms_of_a_phrase() -> None:
    assert list(ALIASES.forms("mayor of Kyiv")) == ["mayor of Kyiv", "mayor of Kiev"]
    assert list(ALIASES.forms("Leeds")) == ["Leeds"]
