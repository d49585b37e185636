"""The list of words by which the search tells a slip of the pen."""

from __future__ import annotations

import json

import pytest

from digestgen.site.search.word_list import CONTENTS, IndexedPage, key, word_list


def page(content: str, number: int = 0, **facts: str) -> IndexedPage:
    return IndexedPage(f"en_{number}", content, facts)


def words(*pages: IndexedPage) -> list[str]:
    files = word_list(pages)
    contents = json.loads(files[CONTENTS])
    return "".join(files[f"words/{name}.txt"] for _, name in contents["parts"]).splitlines()


@pytest.mark.parametrize(
    ("content", "listed"),
    [
        pytest.param("The ferry, the Ferry!", ["ferry", "the"], id="small letters without signs around them"),
        pytest.param("don’t", ["don", "don't", "t"], id="an apostrophe within"),
        pytest.param("COVID-19", ["19", "covid", "covid-19"], id="a hyphen within"),
        pytest.param("Žďár zebra", ["žďár", "zebra"], id="in order without accents"),
        pytest.param("कीव में", ["कीव", "में"], id="vowel signs belong to the word"),
        pytest.param("東京電力 ferry", ["ferry"], id="none of a script without spaces"),
        pytest.param(f"{'w' * 41} {'w' * 40}", ["w" * 40], id="nothing endless"),
        pytest.param("— ?! …", [], id="signs alone"),
        pytest.param("<script>", ["script"], id="markup is signs"),
    ],
)
def test_words_are_listed_as_they_are_searched(content: str, listed: list[str]) -> None:
    assert words(page(content)) == listed


@pytest.mark.parametrize(
    ("word", "of_word"),
    [
        ("Zürich", "zurich"),
        ("O’Neill", "oneill"),
        ("foo_bar", "foo_bar"),
        ("Київ", "киів"),
        ("कीव", "कीव"),
        ("...", ""),
    ],
)
def test_words_are_compared_without_accents_and_signs(word: str, of_word: str) -> None:
    assert key(word) == of_word


def test_a_word_says_on_how_many_pages_it_is() -> None:
    assert words(page("sank sank", 1), page("Sank ferry", 2), page("", 3, keyphrases="ferry. sank.")) == [
        "ferry 2",
        "sank 3",
    ]


def test_facts_that_are_searched_are_listed_and_days_are_not() -> None:
    listed = words(page("", title="One", label="Two", former="Three", source="Four", topic="Five", day="2026-01-01"))
    assert sorted(listed) == ["five", "four", "one", "three", "two"]


def test_topics_are_named_with_their_results() -> None:
    files = word_list([page("", 2, label="Ferries"), page("", 1, label="Bridges"), page("", 3, title="A ferry")])
    assert json.loads(files[CONTENTS])["topics"] == [["Bridges", "en_1"], ["Ferries", "en_2"]]


def test_parts_are_small_and_say_where_they_begin() -> None:
    text = " ".join(f"w{number:06}" for number in range(9_000))
    files = word_list([page(text)])
    contents = json.loads(files[CONTENTS])
    assert len(contents["parts"]) > 3
    assert [first for first, _ in contents["parts"]] == sorted(first for first, _ in contents["parts"])
    for first, name in contents["parts"]:
        part = files[f"words/{name}.txt"]
        assert part.startswith(f"{first}\n")
        assert len(part) < 13_000
    assert len(words(page(text))) == 9_000


def test_of_very_many_words_those_on_most_pages_are_listed() -> None:
    rare = page(" ".join(f"w{number:06}" for number in range(60_000)))
    common = page(" ".join(f"w{number:06}" for number in range(59_000, 60_000)))
    listed = words(rare, common)
    assert len(listed) == 50_000
    assert "w059999 2" in listed
    assert "w050000" not in listed


def test_the_order_of_pages_changes_nothing() -> None:
    pages = [page(f"ferry {number} žďár zdar", number, label=f"Topic {number % 3}") for number in range(20)]
    assert word_list(pages) == word_list(pages[::-1])


def test_an_empty_site_has_an_empty_list() -> None:
    assert word_list([]) == {CONTENTS: '{"parts":[],"topics":[]}'}
