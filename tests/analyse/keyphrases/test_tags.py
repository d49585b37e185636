from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.analyse.keyphrases.extraction import extract
from made import an_article

TEXT = (
    "The harbour council voted on Tuesday to rebuild the ferry quay after two years of talks with Norwegian lenders.",
    "Ship chandlers sell rope on the north side, where the tide gauge has stood since Anna Holm measured the sea.",
    "A climate-change fund pays for the cranes, and the council wants the ferry quay to open in May.",
)


def ranks(*hints: str) -> dict[str, int]:
    return {phrase.text.lower(): rank for rank, phrase in enumerate(extract(an_article("a", *TEXT, hints=hints)))}


@pytest.mark.parametrize(
    ("hint", "shown"),
    [
        ("tide gauge", "tide gauge"),
        ("Tide-Gauge", "tide gauge"),
        ("tide_gauge", "tide gauge"),
        ("Ship Chandler", "ship chandlers"),
        ("rope", "rope"),
    ],
)
def test_a_hint_that_stands_in_the_text_is_worth_more(hint: str, shown: str) -> None:
    before, after = ranks(), ranks(hint)
    assert after[shown] < before.get(shown, 30)


@pytest.mark.parametrize(
    "hint",
    ["lighthouse", "quay ferry", "the", "of the", "Anna", "years", "Tuesday to rebuild the ferry quay after", "", "-"],
)
def test_a_hint_that_the_text_does_not_say_so_changes_nothing(hint: str) -> None:
    assert ranks(hint) == ranks()


def test_a_hint_is_spelled_as_the_text_has_it() -> None:
    texts = [phrase.text for phrase in extract(an_article("a", *TEXT, hints=("NORWEGIAN LENDERS",)))]
    assert texts[0] == "Norwegian lenders"


@given(st.lists(st.text(max_size=30), max_size=10))
def test_nothing_is_shown_that_the_text_does_not_say(hints: list[str]) -> None:
    text = " ".join(TEXT)
    assert all(phrase.text in text for phrase in extract(an_article("a", *TEXT, hints=tuple(hints))))
