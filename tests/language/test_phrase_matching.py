from __future__ import annotations

import pytest

from digestgen.language.phrase_matching import ArticleWords
from made import an_article


@pytest.mark.parametrize(
    ("text", "phrase", "language"),
    [
        pytest.param("Ada Brandt opened the mill.", "Ada Brandt", "en", id="as it is"),
        pytest.param("They fired cruise missiles.", "cruise missile", "en", id="a plural"),
        pytest.param("The mayor’s two-year plan failed.", "mayor", "en", id="a possessive"),
        pytest.param("He left the U.S. in May.", "U.S.", "en", id="an abbreviation with stops"),
        pytest.param("He left the US in May.", "U.S.", "en", id="the same without"),
        pytest.param("Senator Lund (D-R.I.) spoke.", "D-R.I", "en", id="an abbreviation that was cut"),
        pytest.param("A vaccine for Covid-19.", "COVID-19", "en", id="other capitals"),
        pytest.param("L’école de la République", "école", "fr", id="after an elided article"),
        pytest.param("Встреча прошла в Москве.", "Москва", "ru", id="a case ending"),
        pytest.param("ca\u0301tedra", "c\u00e1tedra", "es", id="an accent of its own"),
        pytest.param("東京都知事は会見した。", "知事", "ja", id="no space between words"),
        pytest.param("Call hold_sig(now).", "hold_sig", "en", id="a word joined by underscores"),
        pytest.param("The _Weekly Review_ said so.", "Weekly Review", "en", id="stressed by underscores"),
    ],
)
def test_a_phrase_stands_in_a_text(text: str, phrase: str, language: str) -> None:
    assert ArticleWords(an_article("a", text, language=language)).contains(phrase)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        pytest.param("Abba sang.", "Mahmoud Abbas", id="a name before it"),
        pytest.param("The party art was bad.", "Ar", id="part of a word"),
        pytest.param("Brandt met Ada.", "Ada Brandt", id="another order"),
        pytest.param("Ada and Brandt met.", "Ada Brandt", id="a word between"),
        pytest.param("Ada Brandt", "…", id="no word"),
        pytest.param("Call ada_brandt(now).", "Ada Brandt", id="words joined by underscores"),
    ],
)
def test_a_phrase_does_not_stand_in_a_text(text: str, phrase: str) -> None:
    assert not ArticleWords(an_article("a", text)).contains(phrase)


def test_title_and_standfirst_are_of_the_text() -> None:
    text = ArticleWords(an_article("a", "Body.", title="Mill opens", standfirst="Ada Brandt is glad"))
    assert all(map(text.contains, ("mill opens", "Ada Brandt", "body")))
