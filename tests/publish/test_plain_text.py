"""Text for a mail: within its columns, without what mail software would change, and nothing lost."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.language.text import clean_line
from digestgen.publish.plain_text import COLUMNS, as_mail_text, as_plain, underlined, wrapped
from publish.hostile import HOSTILE

LONG = "word " * 40
anything = st.text(st.characters(codec="utf-8"), max_size=300)


def columns(text: str) -> int:
    return sum(
        0
        if unicodedata.category(char) in {"Mn", "Me", "Cf"}
        else 2
        if unicodedata.east_asian_width(char) in "WF"
        else 1
        for char in text
    )


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("one\ntwo\x07\u202e", ["one two"]),
        ("a" * 80, ["a" * 72, "a" * 8]),
        ("see " + "a" * 80, ["see " + "a" * 68, "a" * 12]),
        ("a" * 72 + " " + "b" * 73, ["a" * 72, "b" * 72, "b"]),
        ("東京" * 20, ["東京" * 18, "東京" * 2]),
        ("é" * 80, ["é" * 72, "é" * 8]),
        ("x\u0301" * 80, ["x\u0301" * 72, "x\u0301" * 8]),
        (LONG, ["word " * 13 + "word"] * 2 + ["word " * 11 + "word"]),
    ],
    ids=["nothing", "controls", "a long word", "in a line", "after a full line", "wide", "accents", "marks", "words"],
)
def test_wraps(text: str, lines: list[str]) -> None:
    assert wrapped(text).split("\n") == lines


def test_what_follows_stands_under_the_first_line() -> None:
    first, second, *_ = wrapped(LONG, "* ", "  ").split("\n")
    assert first.startswith("* word")
    assert second.startswith("  word")
    assert all(line.startswith("    w") for line in wrapped(LONG, "    ").split("\n"))


@given(anything | st.text(st.sampled_from("東a \u0301é>F-\t"), max_size=300), st.sampled_from(["", "    ", "* "]))
def test_every_line_fits_and_no_word_is_lost(text: str, first: str) -> None:
    lines = wrapped(text, first, " " * len(first)).split("\n")
    assert all(columns(line) <= COLUMNS for line in lines)
    assert lines[0].startswith(first)
    assert "".join(line[len(first) :] for line in lines).replace(" ", "") == clean_line(text).replace(" ", "")


@pytest.mark.parametrize(("text", "line"), [("Week 43", "======="), ("東京", "===="), (LONG, "=" * 69)])
def test_a_heading_is_underlined_in_its_length(text: str, line: str) -> None:
    assert underlined(text, "=").split("\n")[-1] == line


def test_a_letter_has_nothing_that_mail_software_changes() -> None:
    told = "\n\n> quoted  \nFrom us \n-- \n\n\n\n\nend\n\n"
    assert as_mail_text(told) == " > quoted\n From us\n--\n\n\nend\n"


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_not_laid_out_becomes_one_clean_line(text: str) -> None:
    assert as_plain(text) == clean_line(text)
    assert as_plain(wrapped(LONG)) == wrapped(LONG)
