from __future__ import annotations

import pytest

from digestgen.analyse.keyphrases.base_form import base_form, is_form_of
from digestgen.analyse.keyphrases.keyphrase_index import KeyphraseIndex
from digestgen.analyse.keyphrases.surnames import full_names
from digestgen.analyse.labels.labelling import label_groups
from made import an_article, keyphrases


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        pytest.param(["Путина", "Путин", "Путиным"], "Путин", id="a man"),
        pytest.param(["Украины", "Украине", "Украина"], "Украина", id="a country"),
        pytest.param(["России", "Россию", "Россия"], "Россия", id="a country in -ия"),
        pytest.param(["Зеленским", "Зеленский", "Зеленского"], "Зеленский", id="an adjective for a surname"),
        pytest.param(["Верховного суда", "Верховный суд", "Верховному суду"], "Верховный суд", id="adjective and noun"),
        pytest.param(["Российской Федерации", "Российская Федерация"], "Российская Федерация", id="both feminine"),
        pytest.param(["санкций", "санкции", "санкциям"], "санкции", id="a plural"),
        pytest.param(["Warszawy", "Warszawa", "Warszawie"], "Warszawa", id="a Polish city"),
        pytest.param(["Tuska", "Tusk", "Tuskiem"], "Tusk", id="a Polish name"),
        pytest.param(["Fialou", "Fialy", "Fiala"], "Fiala", id="a Czech name"),
        pytest.param(["Ankara'da", "Ankara"], "Ankara", id="a Turkish city"),
        pytest.param(["Путину"], "Путину", id="no other form is known"),
    ],
)
def test_the_form_to_call_a_thing_by(forms: list[str], expected: str) -> None:
    assert base_form(dict.fromkeys(forms, 1)) == expected
    assert base_form({form: 1 if form == expected else 9 for form in forms}) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param("Warszawa", "Warszawie", True, id="an ending"),
        pytest.param("Donald Tusk", "Donalda Tuska", True, id="two endings"),
        pytest.param("Tusk", "Donald Tusk", False, id="another word"),
        pytest.param("Warszawa", "Warta", False, id="another name"),
        pytest.param("Bank", "bankowi", False, id="a noun and a name"),
    ],
)
def test_what_is_a_form_of_what(one: str, other: str, expected: bool) -> None:  # noqa: FBT001
    assert is_form_of(one, other) is is_form_of(other, one) is expected


@pytest.mark.parametrize(
    ("language", "texts", "known", "expected"),
    [
        pytest.param(
            "ru",
            ["Рейс из Полтавы отменили.", "В городе ждут поезда до Полтавы.", "Вчера древняя Полтава праздновала."],
            ["Полтавы", "Полтавы", "Полтавы"],
            "Полтава",
            id="Cyrillic letters",
        ),
        pytest.param(
            "pl",
            ["Most w Warszawie jest otwarty.", "Tramwaj w Warszawie stoi.", "Nowa Warszawa czeka. Warszawa rośnie."],
            ["Warszawie", "Warszawie", "Warszawa"],
            "Warszawa",
            id="Latin letters",
        ),
    ],
)
def test_a_label_is_in_its_base_form(language: str, texts: list[str], known: list[str], expected: str) -> None:
    articles = {f"a{n}": an_article(f"a{n}", text, language=language) for n, text in enumerate(texts)}
    phrases = {id_: keyphrases(text) for id_, text in zip(articles, known, strict=True)}
    index = KeyphraseIndex(articles, phrases, full_names(phrases, articles))
    assert label_groups([tuple(articles)], index) == (expected,)
