"""Which edition the editor's word is for, and what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.curate.rulings.edition_notes import assigned_rulings, edition_notices, unpublished_letters
from digestgen.curate.rulings.rulings import EditionRuling, Rulings, SlugRef
from digestgen.curate.rulings.rulings_file import read_rulings

FILE = "curation.yml"
EDITIONS = (date(2026, 11, 8), date(2026, 11, 15), date(2026, 11, 22))


def read(text: str) -> Rulings:
    rulings, problems = read_rulings(text, FILE)
    assert problems == ()
    return rulings


def of_editions(text: str, editions: Sequence[date] = EDITIONS) -> dict[str, str]:
    """Edition → the day of the word that it has."""
    return {str(day): str(each.key) for day, each in assigned_rulings(read(text), editions).items()}


def test_all_that_an_editor_may_say() -> None:
    rulings = read(
        "editions:\n"
        "  2026-11-22:\n"
        "    title: The ferry\n"
        "    letter: |\n"
        "      Dear *readers*,\n\n"
        "      good morning.\n"
        "    lead: ferry-stops\n"
        "    leave_out: [horoscope, weather]\n"
        "  2026-11-29:\n"
        "    lead:\n"
        "    - ferry-stops\n"
        "    - bridge-opens\n"
        "    draft: true\n"
    )
    assert rulings.editions == {
        date(2026, 11, 22): EditionRuling(
            line=2,
            title="The ferry",
            letter="Dear *readers*,\n\ngood morning.",
            lead=(SlugRef("ferry-stops", 8),),
            leave_out=(SlugRef("horoscope", 9), SlugRef("weather", 9)),
        ),
        date(2026, 11, 29): EditionRuling(
            line=10, lead=(SlugRef("ferry-stops", 12), SlugRef("bridge-opens", 13)), draft=True
        ),
    }


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("next: {letter: Hello.}", 2, "editions: “next” is not a day such as 2026-12-01; the first edition from that"),
        ("2026-02-30: {letter: Hello.}", 2, "editions: “2026-02-30” is not a day of the calendar"),
        ("2026-11-22: {leter: Hello.}", 2, "unknown key “leter” (did you mean 'letter'?)"),
        ("2026-11-22: {letter: Hello., draft: soon}", 2, "draft: “soon” is neither true nor false"),
        ("2026-11-22: {letter: Hello., draft: }", 2, "draft: is empty; write what is decided, or remove the line"),
        ("2026-11-22: {letter: [Hello.]}", 2, "letter: is a list where a single value belongs"),
        ("2026-11-22: {letter: Hello., lead: {a: b}}", 2, "lead: is a mapping (key: value) where a list belongs"),
        ("2026-11-22: {letter: Hello., lead: [[a]]}", 2, "lead: holds a list where a single value belongs"),
        ('2026-11-22: {letter: "a\\u202eb"}', 2, "letter: contains the invisible control character U+202E; remove it"),
        ("2026-11-22:", 2, "“2026-11-22” says nothing; write what you decide about it, or remove it"),
        ("2026-11-22: Hello.", 2, "is a single value where a mapping (key: value) belongs"),
    ],
)
def test_what_cannot_be_read_is_told_and_shown_to_nobody(text: str, line: int, message: str) -> None:
    rulings, problems = read_rulings(f"editions:\n  {text}\n", FILE)
    assert [(problem.line, problem.message[: len(message)]) for problem in problems] == [(line, message)]
    assert not rulings.unreadable, "it hides nothing, so the rest is built"
    assert assigned_rulings(rulings, EDITIONS) == unpublished_letters(rulings, EDITIONS) == {}
    assert list(edition_notices(rulings, EDITIONS, FILE)) == []


@pytest.mark.parametrize("text", ["editions:", "editions: []", "editions: soon"])
def test_without_a_day_nothing_is_decided(text: str) -> None:
    rulings, problems = read_rulings(text, FILE)
    assert len(problems) == 1
    assert (rulings.editions, rulings.unreadable) == ({}, False)


@pytest.mark.parametrize(
    ("text", "words", "notices"),
    [
        pytest.param("2026-11-15: {letter: A.}", {"2026-11-15": "2026-11-15"}, [], id="its day"),
        pytest.param(
            "2026-11-16: {letter: A.}",
            {"2026-11-22": "2026-11-16"},
            ["2: 2026-11-16 is no edition; this is shown with that of 2026-11-22, the first after it"],
            id="a day before it",
        ),
        pytest.param(
            "2026-11-23: {letter: A.}", {}, ["2: waits for the first edition from 2026-11-23 on"], id="written ahead"
        ),
        pytest.param(
            "2026-11-22: {letter: A., draft: true}",
            {},
            ["2: is a draft, and only the preview shows it; without draft: it is published"],
            id="a draft",
        ),
        pytest.param("2026-11-22: {letter: A., draft: false}", {"2026-11-22": "2026-11-22"}, [], id="no draft"),
        pytest.param(
            "2026-11-20: {letter: A.}\n  2026-11-22: {letter: B.}",
            {"2026-11-22": "2026-11-22"},
            ["2: is not shown, because the edition of 2026-11-22 has what line 3 says; keep one"],
            id="two for one",
        ),
        pytest.param(
            "2026-11-22: {letter: B., draft: true}\n  2026-11-20: {letter: A.}",
            {"2026-11-22": "2026-11-20"},
            [
                "2: is a draft, and only the preview shows it; without draft: it is published",
                "3: 2026-11-20 is no edition; this is shown with that of 2026-11-22, the first after it",
            ],
            id="two for one, and the nearer a draft",
        ),
    ],
)
def test_a_day_means_its_edition_or_the_first_after_it(text: str, words: dict[str, str], notices: list[str]) -> None:
    text = f"editions:\n  {text}\n"
    assert of_editions(text) == words
    assert list(edition_notices(read(text), EDITIONS, FILE)) == [f"{FILE}:{each}" for each in notices]


def test_before_the_first_edition_everything_waits() -> None:
    text = "editions:\n  2026-11-15: {letter: A.}\n"
    assert of_editions(text, ()) == {}
    assert list(unpublished_letters(read(text), ())) == [date(2026, 11, 15)]


@given(
    st.lists(st.dates(date(2026, 1, 1), date(2026, 3, 1)), unique=True, max_size=6),
    st.lists(st.dates(date(2026, 1, 1), date(2026, 3, 1)), unique=True, max_size=8).map(sorted),
)
def test_no_later_edition_takes_a_word_away(keys: list[date], editions: list[date]) -> None:
    rulings = Rulings(editions={key: EditionRuling(line=1, letter="A.") for key in keys})
    for count in range(len(editions)):
        before, after = assigned_rulings(rulings, editions[:count]), assigned_rulings(rulings, editions[: count + 1])
        assert before.items() <= after.items()
