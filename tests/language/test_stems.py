from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.language.stems import stem


@pytest.mark.parametrize(
    ("words", "language"),
    [
        pytest.param(("election", "Elections", "elections’"), "en", id="English"),
        pytest.param(("horoscope", "l’horoscope", "d'horoscopes"), "fr", id="French, elided articles"),
        pytest.param(("elezione", "l'elezione", "dell’elezione"), "it", id="Italian, elided articles"),
        pytest.param(("Москва", "Москве", "Москвы"), "ru", id="Russian cases"),
        pytest.param(("elecciones", "elección"), "es", id="Spanish"),
        pytest.param(("Wahlen", "Wahl"), "de", id="German"),
        pytest.param(("U.S.", "US"), "en", id="acronym"),
        pytest.param(("Putin", "Putin’s"), "xx", id="a language without a stemmer is folded"),
    ],
)
def test_forms_of_one_word(words: tuple[str, ...], language: str) -> None:
    assert len({stem(word, language) for word in words}) == 1


def test_only_what_the_language_elides_is_taken_off() -> None:
    assert stem("O'Brien", "en") == "o'brien"
    assert stem("aujourd'hui", "fr").startswith("aujourd'hui")


@given(word=st.text(max_size=30), language=st.sampled_from(["en", "fr", "ru", "de", "uk", "xx"]))
def test_any_text_has_a_stem_and_always_the_same(word: str, language: str) -> None:
    assert stem(word, language) == stem(word, language)
