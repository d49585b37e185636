from __future__ import annotations

import pytest

from digestgen.language.stop_words import stop_words, supported_languages


@pytest.mark.parametrize(
    ("language", "word"),
    [("en", "the"), ("en", "don't"), ("fr", "avec"), ("de", "nicht"), ("cs", "anebo"), ("nb", "ikke"), ("uk", "або")],
)
def test_function_words(language: str, word: str) -> None:
    assert word in stop_words(language)


def test_codes_are_those_of_languages_not_of_countries() -> None:
    assert {"en", "cs", "nb", "pt", "uk"} <= supported_languages()
    assert not {"cz", "br"} & supported_languages()
    assert stop_words("br") == frozenset()


@pytest.mark.parametrize("language", sorted(supported_languages()))
def test_every_list_can_be_read(language: str) -> None:
    assert len(stop_words(language)) > 20


@pytest.mark.parametrize(("language", "word"), [("sk", "však"), ("lt", "dažnai")])
def test_a_list_in_another_encoding_reads_as_its_language(language: str, word: str) -> None:
    assert word in stop_words(language)
