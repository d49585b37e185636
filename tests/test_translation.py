"""The site's messages: complete in every catalogue, with localised days and numbers."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from digestgen.translation import translated_languages, words_of
from site_words import CATALOGUES, read, renewed, said, sources

CALL = re.compile(r"\b(?:say|counted)\(\s*[\"']")
HOLE = re.compile(r"\{(\w+)\}")
CATALOGUE_FILES = sorted(CATALOGUES.glob("*.po"))


def forms(text: str | tuple[str, ...] | list[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


@pytest.fixture(params=CATALOGUE_FILES, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    return request.param


@pytest.fixture
def catalogue(path: Path) -> Catalog:
    return read(path)


def test_there_are_german_and_french() -> None:
    assert {"en", "de", "fr"} <= translated_languages()


def test_every_call_is_found() -> None:
    for path, method in sources():
        assert len(CALL.findall(path.read_text(encoding="utf-8"))) == len(list(said(path, method))), path


def test_a_catalogue_is_what_the_code_says(path: Path) -> None:
    assert path.read_bytes() == renewed(path), "python tests/site_words.py brings it up to date"


def test_a_catalogue_is_complete(catalogue: Catalog) -> None:
    assert [
        message.id for message in catalogue if message.id and (not all(forms(message.string)) or message.fuzzy)
    ] == []


def test_what_is_filled_in_is_the_same_in_every_language(catalogue: Catalog) -> None:
    for message in catalogue:
        holes = [set(HOLE.findall(text)) for text in forms(message.id)]
        for text in forms(message.string) if message.id else ():
            assert set.intersection(*holes) <= set(HOLE.findall(text)) <= set.union(*holes), message.id


def test_there_is_a_text_for_each_plural_form(catalogue: Catalog) -> None:
    assert catalogue.plural_forms == Catalog(locale=catalogue.locale).plural_forms
    for message in catalogue:
        if not isinstance(message.id, str):
            assert len(forms(message.string)) == catalogue.num_plurals, message.id


def test_no_text_is_taken_for_markdown(catalogue: Catalog) -> None:
    for message in catalogue:
        for text in (*forms(message.id), *forms(message.string)) if message.id else ():
            assert not set("*_<>`[]#|\\&") & set(text), text


@pytest.mark.parametrize(
    ("language", "wrong"),
    [("de", r"['”«»]|“\w"), ("fr", r"['“”]| [:;?!»]|« |\w[:;?!](?:\s|$)")],
    ids=["de", "fr"],
)
def test_signs_are_set_as_a_newspaper_sets_them(language: str, wrong: str) -> None:
    for message in read(CATALOGUES / f"{language}.po"):
        for text in forms(message.string) if message.id else ():
            assert not re.search(wrong, text), text


@pytest.mark.parametrize(
    ("language", "day", "month", "number"),
    [
        ("en", "1 March 2026", "March 2026", "12,345"),
        ("de", "1. März 2026", "März 2026", "12.345"),
        ("fr", "1 mars 2026", "mars 2026", "12\u202f345"),
        ("it", "1 March 2026", "March 2026", "12,345"),
        ("../de", "1 March 2026", "March 2026", "12,345"),
    ],
)
def test_days_and_numbers(language: str, day: str, month: str, number: str) -> None:
    words = words_of(language)
    assert words.day(date(2026, 3, 1)) == day
    assert words.month(date(2026, 3, 1)) == month
    assert words.number(12345) == number


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["0 articles", "1 article", "1,234 articles"]),
        ("de", ["0 Artikel", "1 Artikel", "1.234 Artikel"]),
        ("fr", ["0 article", "1 article", "1\u202f234 articles"]),
    ],
)
def test_counts(language: str, expected: list[str]) -> None:
    words = words_of(language)
    assert [words.counted("{n} article", "{n} articles", number) for number in (0, 1, 1234)] == expected


def test_what_is_filled_in_is_never_read() -> None:
    assert words_of("en").say("{title}, page {page}", title="{page} {0} {x.__class__}", page=2) == (
        "{page} {0} {x.__class__}, page 2"
    )


def test_scripts_have_the_plural_forms_that_browsers_tell_apart() -> None:
    table = words_of("fr").table(".js")
    assert table["{n} result"] == {"one": "{n} résultat", "many": "{n} résultats", "other": "{n} résultats"}
    assert table["Search"] == "Chercher"
    assert "Archive" not in table
    assert words_of("it").table(".js") == {}
