from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.curate.ledger import ArticleLink, Ledger, TopicLink, read_ledger, write_ledger
from digestgen.errors import InputError
from digestgen.text import clean_line

FILE = "permalinks.yml"
TEXT = st.text(min_size=1, max_size=20).filter(lambda text: clean_line(text) == text)
DATES = st.none() | st.dates()
SLUGS = st.sampled_from(["a", "a-b", "b", "north-korea", "null", "true", "x1", "2026-11-22"])


@st.composite
def a_ledger(draw: st.DrawFn) -> Ledger:
    articles = {
        slug: ArticleLink(
            slug=slug,
            id=draw(TEXT),
            seed=draw(TEXT),
            first=draw(DATES),
            topic=draw(st.none() | SLUGS),
            to=draw(st.none() | SLUGS),
            text=draw(st.sampled_from(["", "abcd", "abcd2345"])),
            withdrawn=draw(st.booleans()),
        )
        for slug in sorted(draw(st.sets(SLUGS, max_size=5)))
    }
    topics = {
        slug: TopicLink(
            slug=slug,
            label=draw(TEXT),
            first=draw(DATES),
            to=draw(st.none() | st.just("") | SLUGS),
            formerly=tuple(draw(st.lists(TEXT, max_size=3))),
        )
        for slug in sorted(draw(st.sets(SLUGS, max_size=5)))
    }
    return Ledger(articles=articles, topics=topics)


@given(ledger=a_ledger())
def test_what_is_written_is_read_again(ledger: Ledger) -> None:
    text = write_ledger(ledger)
    assert read_ledger(text, FILE) == ledger
    assert write_ledger(read_ledger(text, FILE)) == text


@given(first=a_ledger(), second=a_ledger())
def test_the_lines_of_two_ledgers_make_one_whatever_their_order(first: Ledger, second: Ledger) -> None:
    def joined(one: Ledger, other: Ledger) -> str:
        lines = [part.partition("topics:\n") for part in (write_ledger(one), write_ledger(other))]
        return lines[0][0] + lines[1][0].partition("articles:\n")[2] + "topics:\n" + lines[0][2] + lines[1][2]

    merged = read_ledger(joined(first, second), FILE)
    assert merged == read_ledger(joined(second, first), FILE)
    assert set(merged.articles) == {*first.articles, *second.articles}
    assert set(merged.topics) == {*first.topics, *second.topics}


def test_an_address_that_lives_in_one_ledger_lives_in_the_merged_one() -> None:
    text = (
        "articles:\n"
        "  - {slug: a, id: x, to: b}\n"
        "  - {slug: a, id: x, first: 2026-11-22, topic: t}\n"
        "  - {slug: a, id: x, first: 2026-11-20, topic: t}\n"
    )
    assert read_ledger(text, FILE).articles["a"] == ArticleLink(slug="a", id="x", first=date(2026, 11, 20), topic="t")


def test_two_ledgers_that_call_a_topic_otherwise_keep_all_its_names() -> None:
    text = (
        "topics:\n"
        "  - {slug: a, label: Korea, first: 2026-11-20, formerly: [Kim]}\n"
        '  - {slug: a, label: Seoul, first: 2026-11-21, formerly: ["North, or not", kim, Korea]}\n'
    )
    assert read_ledger(text, FILE).topics["a"] == TopicLink(
        slug="a", label="Korea", first=date(2026, 11, 20), formerly=("Kim", "North, or not", "Seoul")
    )


def test_entries_are_lines_and_sorted() -> None:
    ledger = Ledger(
        articles={slug: ArticleLink(slug=slug, id=f"id of {slug}", first=date(2026, 11, 22)) for slug in ("b", "a")},
        topics={"t": TopicLink(slug="t", label="No: really", to="", formerly=("No", "No, no"))},
    )
    assert [line for line in write_ledger(ledger).splitlines() if not line.startswith("#")] == [
        "version: 1",
        "articles:",
        '  - {slug: a, id: "id of a", first: 2026-11-22}',
        '  - {slug: b, id: "id of b", first: 2026-11-22}',
        "topics:",
        '  - {slug: t, label: "No: really", to: "", formerly: [No, "No, no"]}',
    ]


def test_an_empty_text_is_an_empty_ledger() -> None:
    assert read_ledger("", FILE) == Ledger()
    assert read_ledger(write_ledger(Ledger()), FILE) == Ledger()


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        pytest.param("version: 2\n", 1, "another digestgen", id="a later version"),
        pytest.param("articles:\n  - {slug: a}\n", 2, "needs its id", id="no id"),
        pytest.param("articles:\n  - {id: a}\n", 2, "needs its slug", id="no slug"),
        pytest.param("topics:\n  - {slug: a, name: b}\n", 2, "unknown key", id="an unknown key"),
        pytest.param("topics: a\n", 1, "where a list belongs", id="no list"),
        pytest.param("articles:\n  - {slug: a, id: b, text: abc}\n", 2, "no sketch", id="a cut sketch"),
        pytest.param("articles:\n  - {slug: a, id: b, first: soon}\n", 2, "not a date", id="no date"),
    ],
)
def test_what_is_wrong_names_file_and_line(text: str, line: int, said: str) -> None:
    with pytest.raises(InputError) as error:
        read_ledger(text, FILE)
    (problem,) = error.value.problems
    assert (problem.file, problem.line) == (FILE, line)
    assert said in problem.message
