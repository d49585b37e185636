from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.ingest.article_ids import article_id, with_unique_ids
from digestgen.model import Article, Directive
from made import an_article


def article(seed: str, line: int, name: str = "abc") -> Article:
    return an_article(name, "A text.", seed=seed, lines=(line, line))


def test_an_id_is_twelve_characters_fit_for_an_address() -> None:
    name = article_id(["Russia’s chief diplomat has held a phone conversation."])
    assert len(name) == 12
    assert name.isalnum()
    assert name == name.lower()
    assert name.isascii()


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(["It’s the “Kursk” incursion."], id="typographic quotes"),
        pytest.param(["it's the kursk INCURSION"], id="case and stop"),
        pytest.param(["It's the", '"Kursk" incursion.'], id="another paragraph break"),
    ],
)
def test_what_changes_no_word_changes_no_id(other: list[str]) -> None:
    assert article_id(other) == article_id(['It\'s the "Kursk" incursion.'])


def test_another_word_is_another_id() -> None:
    assert article_id(["One text."]) != article_id(["Another text."])


def test_equal_ids_are_numbered_in_the_order_of_seed_and_line() -> None:
    named = with_unique_ids([article("b.txt", 1), article("a.txt", 9), article("a.txt", 2)])
    assert [(a.seed, a.lines[0], a.id) for a in named] == [
        ("a.txt", 2, "abc"),
        ("a.txt", 9, "abc-2"),
        ("b.txt", 1, "abc-3"),
    ]


def test_a_withheld_text_takes_no_id_from_one_that_is_shown() -> None:
    withheld = replace(article("a.txt", 2), directive=Directive(show=False, says="skip: true", file="a.yml", line=1))
    named = with_unique_ids([withheld, article("a.txt", 9), article("b.txt", 1)])
    assert [(a.seed, a.lines[0], a.id) for a in named] == [
        ("a.txt", 2, "abc-3"),
        ("a.txt", 9, "abc"),
        ("b.txt", 1, "abc-2"),
    ]


def test_a_numbered_id_never_takes_one_that_was_given() -> None:
    named = with_unique_ids([article("a.txt", 1), article("a.txt", 2), article("b.jsonl", 1, "abc-2")])
    assert [a.id for a in named] == ["abc", "abc-3", "abc-2"]


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 9), st.sampled_from(["x", "x-2", "y"])), max_size=12))
def test_ids_are_unique_and_do_not_depend_on_order(places: list[tuple[str, int, str]]) -> None:
    articles = [article(*place) for place in places]
    named = with_unique_ids(articles)
    assert len({a.id for a in named}) == len(articles)
    assert named == with_unique_ids(reversed(articles))
