from __future__ import annotations

import pytest

from digestgen.analyse.keyphrases.verbs import is_present, is_verb, may_be_verb


@pytest.mark.parametrize(
    ("language", "verbs", "others"),
    [
        pytest.param(
            "fr", "redoutent demandent verser cherchent", "président parents agent danger premier", id="French"
        ),
        pytest.param("es", "temen buscan mejorar reclaman", "orden lugar mujer militar imagen", id="Spanish"),
        pytest.param("ru", "потратил ждали лежит показать", "канал финал область результат", id="Russian"),
        pytest.param("uk", "відкрила обіцяли лежить витратило", "канал фінал область результат", id="Ukrainian"),
        pytest.param("xx", "", "redoutent", id="no rules"),
    ],
)
def test_verbs_are_told_by_their_other_forms(language: str, verbs: str, others: str) -> None:
    assert [word for word in verbs.split() if not is_verb(word, language)] == []
    assert [word for word in others.split() if is_verb(word, language)] == []


@pytest.mark.parametrize("word", ["fetches", "pledges", "carries", "blasts"])
def test_english_words_in_s_that_may_be_verbs(word: str) -> None:
    assert is_present(word)


@pytest.mark.parametrize("word", ["sales", "sports", "rights", "missiles", "crisis", "virus", "bend"])
def test_english_words_that_are_no_verbs(word: str) -> None:
    assert not is_present(word)


@pytest.mark.parametrize(
    "word", ["abandon", "contradicts", "subpoenas", "passes", "bans", "bar", "carries", "harassed"]
)
def test_english_words_that_may_be_verbs_in_some_form(word: str) -> None:
    assert may_be_verb(word)


@pytest.mark.parametrize("word", ["vaccines", "boosters", "infrastructure", "senate", "migrants", "economies"])
def test_english_words_that_are_verbs_in_no_form(word: str) -> None:
    assert not may_be_verb(word)
