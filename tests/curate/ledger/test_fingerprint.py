from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.curate.ledger.fingerprint import (
    SIZE,
    address_of,
    joined_marks,
    marks,
    opening,
    runs_of,
    sketch,
    sketched_runs,
    split_marks,
    text_of,
    text_runs,
)
from made import an_article

SAID = [f"word{number}" for number in range(200)]
OTHER = [f"other{number}" for number in range(200)]
WORDS = st.lists(st.sampled_from([*SAID[:40], *OTHER[:40]]), max_size=40)


def share(text: list[str], inside: list[str]) -> float:
    mine = sketched_runs(sketch(runs_of([" ".join(text)])))
    return sum(run in runs_of([" ".join(inside)]) for run in mine) / len(mine)


def marked(*said: list[str]) -> frozenset[str]:
    return marks([" ".join(paragraph) for paragraph in said])


@given(st.lists(st.text(max_size=30), max_size=8))
def test_a_sketch_holds_runs_of_its_text(paragraphs: list[str]) -> None:
    runs = runs_of(paragraphs)
    assert runs
    chosen = sketched_runs(sketch(runs))
    assert len(chosen) == min(len(runs), SIZE)
    assert set(chosen) <= runs


def test_a_text_is_known_again() -> None:
    assert share(SAID, SAID) == 1
    assert share(SAID, OTHER) == 0
    assert share(SAID, OTHER + SAID + OTHER) >= 7 / 8
    assert share(SAID, SAID[:150] + OTHER[:10]) >= 3 / 8
    assert share(["Two", "words"], ["two", "words"]) == 1


def test_an_article_is_known_by_its_standfirst_and_body_whatever_its_title() -> None:
    plain = an_article("a", "The body.", title="One title", standfirst="What it is about.")
    assert text_of(plain) == ("What it is about.", "The body.")
    assert text_runs(plain) == text_runs(an_article("b", "What it is about. The body.", title="Another"))


@given(start=WORDS, piece=st.lists(st.sampled_from(SAID), min_size=8, max_size=20), end=WORDS, rest=WORDS)
def test_whatever_shares_eight_words_in_a_row_shares_a_mark(
    start: list[str], piece: list[str], end: list[str], rest: list[str]
) -> None:
    assert marked(start + piece + end) & marked(rest + piece)


def test_marks_do_not_depend_on_how_a_text_is_parted_or_spelled() -> None:
    assert marked(SAID[:50], SAID[50:]) == marked(SAID)
    assert marks([" ".join(SAID).upper() + "!"]) == marked(SAID)
    assert not marked(SAID) & marked(OTHER)


@pytest.mark.parametrize("paragraphs", [[], [""], ["Two words"]], ids=["nothing", "no word", "two words"])
def test_a_short_text_has_one_mark(paragraphs: list[str]) -> None:
    assert len(marks(paragraphs)) == 1


@given(st.lists(st.text(max_size=30), max_size=8))
def test_marks_are_read_as_they_were_written(paragraphs: list[str]) -> None:
    found = marks(paragraphs)
    text = joined_marks(found)
    assert split_marks(text) == found
    assert joined_marks(split_marks(text)) == text


@pytest.mark.parametrize("read", [sketched_runs, split_marks], ids=["a sketch", "marks"])
@pytest.mark.parametrize("text", ["abc", "abcabcabcab1", "ABCDABCDABCD"], ids=["cut", "no letter of it", "capitals"])
def test_what_is_no_fingerprint_is_refused(read: Callable[[str], object], text: str) -> None:
    with pytest.raises(ValueError, match="not the fingerprint"):
        read(text)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (["One two three four five six seven."], ["One, two: three four five SIX eight nine."], True),
        (["One two three.", "Four five six."], ["One two three four five six"], True),
        (["One two three four five six."], ["One two three four five seven."], False),
        (["Zero one two three four five six."], ["One two three four five six."], False),
    ],
    ids=["the first six words", "across paragraphs", "another sixth word", "a word before"],
)
def test_an_opening(first: list[str], second: list[str], same: bool) -> None:  # noqa: FBT001
    assert (opening(first) == opening(second)) is same


@given(st.lists(st.text(max_size=60), max_size=4))
def test_nothing_of_a_text_stands_in_its_fingerprints(paragraphs: list[str]) -> None:
    letters = set("abcdefghijklmnopqrstuvwxyz234567")
    assert len(opening(paragraphs)) == 4
    assert len(address_of(" ".join(paragraphs))) == 6
    for text in (sketch(runs_of(paragraphs)), joined_marks(marks(paragraphs)), opening(paragraphs)):
        assert set(text) <= letters


def test_addresses_are_told_apart() -> None:
    slugs = [f"a-title-number-{number}" for number in range(2_000)]
    assert len({address_of(slug) for slug in slugs}) == len(slugs)
