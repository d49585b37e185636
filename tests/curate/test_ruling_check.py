from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.curate.ruling_check import check_rulings
from digestgen.curate.rulings import ArticleRuling, Named, Rulings, TopicRuling, read_rulings
from digestgen.errors import Problem

ARTICLES = ("kim-visits-china", "storm-hits-coast", "bank-cuts-rates")
TOPICS = ("north-korea", "kim-jong-un", "weather", "economy")
GONE = ("kim-visits-russia", "old-storm")


def check(text: str) -> tuple[Problem, ...]:
    rulings, problems = read_rulings(text, "curation.yml")
    assert problems == ()
    return check_rulings(rulings, articles=ARTICLES, topics=TOPICS, gone=GONE, file="curation.yml")


FINE = {
    "nothing": "",
    "everything": """\
topics:
  north-korea:
    label: Kim
    note: Why.
    pin: true
    merge: [kim-jong-un]
    articles: {add: [bank-cuts-rates], remove: [storm-hits-coast]}
  weather: {hide: true}
articles:
  kim-visits-china: {title: T, published: 2026-11-22, summary: S, note: N, pin: true}
  storm-hits-coast: {hide: true, title: kept for later}
  old-storm: {hide: true}
  kim-visits-russia: {moved: kim-visits-china}
""",
    "a chain of merges": "topics:\n  economy: {merge: [weather]}\n  weather: {merge: [kim-jong-un]}",
    "a move from one topic to another": (
        "topics:\n  economy: {articles: {remove: [storm-hits-coast]}}\n  weather: {articles: {add: [storm-hits-coast]}}"
    ),
    "members of a topic folded into another go along with what is written there": (
        "topics:\n  economy: {merge: [weather], articles: {add: [storm-hits-coast]}}"
    ),
}


@pytest.mark.parametrize("text", FINE.values(), ids=FINE)
def test_takes(text: str) -> None:
    assert check(text) == ()


REFUSED: dict[str, tuple[str, list[str]]] = {
    "an unknown topic": (
        "topics:\n  nort-korea: {pin: true}",
        ["2: “nort-korea” is no topic (did you mean 'north-korea'?)"],
    ),
    "an unknown topic, nothing near": (
        "topics:\n  xyz: {pin: true}",
        ["2: “xyz” is no topic; correct it (the topic's page has it at the end of its address), or remove it"],
    ),
    "an article among topics": (
        "topics:\n  old-storm: {pin: true}",
        ["2: “old-storm” is an article, not a topic; move it to where articles belong"],
    ),
    "an unknown article": (
        "articles:\n  storm-hit-coast: {pin: true}",
        ["2: “storm-hit-coast” is no article (did you mean 'storm-hits-coast'?)"],
    ),
    "an unknown article that is nearest to one that is gone": (
        "articles:\n  kim-visit-russia: {hide: true}",
        ["2: “kim-visit-russia” is no article (did you mean 'kim-visits-russia'?)"],
    ),
    "a topic among articles": (
        "articles:\n  economy: {pin: true}",
        ["2: “economy” is a topic, not an article; move it to where topics belong"],
    ),
    "merge of an unknown topic": (
        "topics:\n  economy:\n    merge:\n    - wether",
        ["4: merge: “wether” is no topic (did you mean 'weather'?)"],
    ),
    "add of an unknown article": (
        "topics:\n  economy:\n    articles:\n      add: [bank-cut-rates]",
        ["4: add: “bank-cut-rates” is no article (did you mean 'bank-cuts-rates'?)"],
    ),
    "a hint for a list names only what may stand there": (
        "topics:\n  economy: {articles: {add: [kim-visit-russia]}}",
        ["2: add: “kim-visit-russia” is no article (did you mean 'kim-visits-china'?)"],
    ),
    "remove of an unknown article": (
        "topics:\n  economy: {articles: {remove: [q]}}",
        ["2: remove: “q” is no article; correct it (the article's page has it at the end of its address), or"],
    ),
    "add of a gone article": (
        "topics:\n  economy: {articles: {add: [old-storm]}}",
        ["2: add: “old-storm” is gone from the seeds; name another article, or remove this"],
    ),
    "add of a topic": (
        "topics:\n  economy: {articles: {add: [weather]}}",
        ["2: add: “weather” is a topic, not an article"],
    ),
    "a topic that says nothing": (
        "topics:\n  economy:\n  weather: {}",
        ["2: “economy” says nothing; write what you decide about it, or remove it", "3: “weather” says nothing"],
    ),
    "an article that says nothing": (
        "articles:\n  storm-hits-coast: {pin: false, hide: false}",
        ["2: “storm-hits-coast” says nothing; write what you decide about it, or remove it"],
    ),
    "a topic pinned and hidden": (
        "topics:\n  economy: {pin: true, hide: true}",
        ["2: “economy” is both pinned and hidden; keep pin: or hide:"],
    ),
    "an article pinned and hidden": (
        "articles:\n  storm-hits-coast: {pin: true, hide: true}",
        ["2: “storm-hits-coast” is both pinned and hidden; keep pin: or hide:"],
    ),
    "added to two topics": (
        "topics:\n  economy: {articles: {add: [storm-hits-coast]}}\n  weather: {articles: {add: [storm-hits-coast]}}",
        ["3: add: “storm-hits-coast” is added to “economy” (line 2); keep one"],
    ),
    "added twice in one line": (
        "topics:\n  economy: {articles: {add: [storm-hits-coast, storm-hits-coast]}}",
        ["2: add: “storm-hits-coast” is added to “economy” (line 2); keep one"],
    ),
    "removed twice": (
        "topics:\n  economy: {articles: {remove: [storm-hits-coast, storm-hits-coast]}}",
        ["2: remove: “storm-hits-coast” stands in this list already (line 2); keep one"],
    ),
    "added and removed": (
        "topics:\n  economy:\n    articles:\n      add: [storm-hits-coast]\n      remove: [storm-hits-coast]",
        ["5: remove: “storm-hits-coast” is added to the same topic (line 4); keep one"],
    ),
    "add of a hidden article": (
        "topics:\n  economy: {articles: {add: [storm-hits-coast]}}\narticles:\n  storm-hits-coast: {hide: true}",
        ["2: add: “storm-hits-coast” is hidden (line 4); remove this, or its hide:"],
    ),
    "merged into two": (
        "topics:\n  economy: {merge: [kim-jong-un]}\n  weather: {merge: [kim-jong-un]}",
        ["3: merge: “kim-jong-un” is folded into “economy” (line 2); keep one"],
    ),
    "merged twice into one": (
        "topics:\n  economy: {merge: [weather, weather]}",
        ["2: merge: “weather” is folded into “economy” (line 2); keep one"],
    ),
    "merged into itself": (
        "topics:\n  economy: {merge: [economy]}",
        ["2: merge: “economy” is this topic itself; take it out of the list"],
    ),
    "merged in a ring": (
        "topics:\n  economy: {merge: [weather]}\n  weather: {merge: [economy]}",
        ["2: merge: goes round in a ring (“weather” into “economy” into “weather”); take one of these merges back"],
    ),
    "merge into a hidden topic": (
        "topics:\n  economy: {hide: true, merge: [weather]}",
        ["2: merge: “weather” is folded into “economy”, but “economy” is hidden (line 2); take back the merge or the"],
    ),
    "merge of a hidden topic": (
        "topics:\n  economy: {merge: [weather]}\n  weather: {hide: true}",
        ["2: merge: “weather” is folded into “economy”, but “weather” is hidden (line 3); take back the merge or the"],
    ),
    "rulings for a topic that is merged away": (
        "topics:\n  economy: {merge: [weather]}\n  weather: {label: Wind, pin: true}",
        ["3: “weather” is folded into “economy” (line 2), so its label: and pin: cannot show; write that under “econ"],
    ),
    "members for a topic that is merged away": (
        "topics:\n  weather: {articles: {remove: [storm-hits-coast]}}\n  economy: {merge: [weather]}",
        ["2: “weather” is folded into “economy” (line 3), so its remove: cannot show"],
    ),
    "two topics of one label": (
        "topics:\n  economy: {label: The World}\n  weather: {label: the  world}",
        ["3: label: “economy” has the same one (line 2); change one, or merge the topics"],
    ),
    "a title for a gone article": (
        "articles:\n  old-storm: {title: T, pin: true}",
        ["2: “old-storm” is gone from the seeds, so its title: and pin: cannot show; remove that, and keep only hide:"],
    ),
    "a live article moved": (
        "articles:\n  storm-hits-coast:\n    moved: bank-cuts-rates",
        ["3: moved: “storm-hits-coast” is still in the seeds; remove the moved: or the article"],
    ),
    "moved and hidden": (
        "articles:\n  old-storm:\n    hide: true\n    moved: storm-hits-coast",
        ["4: moved: “old-storm” is hidden too (line 2); keep one of the two"],
    ),
    "moved to itself": (
        "articles:\n  old-storm: {moved: old-storm}",
        ["2: moved: “old-storm” leads to itself; name the article that takes its place"],
    ),
    "moved to nowhere": (
        "articles:\n  old-storm: {moved: storm-hits-coasts}",
        ["2: moved: “storm-hits-coasts” is no article (did you mean 'storm-hits-coast'?)"],
    ),
    "moved to what is gone": (
        "articles:\n  old-storm: {moved: kim-visits-russia}",
        ["2: moved: “kim-visits-russia” is gone from the seeds; name another article, or remove this"],
    ),
    "moved to what is hidden": (
        "articles:\n  old-storm: {moved: storm-hits-coast}\n  storm-hits-coast: {hide: true}",
        ["2: moved: “storm-hits-coast” is hidden (line 3); remove this, or its hide:"],
    ),
}


@pytest.mark.parametrize(("text", "messages"), REFUSED.values(), ids=REFUSED)
def test_refuses_with_line_and_what_to_do(text: str, messages: list[str]) -> None:
    problems = check(text)
    assert [problem.file for problem in problems] == ["curation.yml"] * len(messages)
    shown = [f"{problem.line}: {problem.message}" for problem in problems]
    assert [line[: len(message)] for line, message in zip(shown, messages, strict=True)] == messages


def test_all_problems_come_at_once_by_line() -> None:
    problems = check("articles:\n  q: {}\ntopics:\n  economy: {merge: [q], pin: true, hide: true}\n  w: {label: W}\n")
    assert [problem.line for problem in problems] == [2, 2, 4, 4, 4, 5]


def test_a_ring_of_many_is_shown_in_short() -> None:
    names = [f"t{number}" for number in range(10)]
    ring = Rulings(
        topics={
            name: TopicRuling(line=20 - place, merge=(Named(names[place - 1], 20 - place),))
            for place, name in enumerate(names)
        }
    )
    (problem,) = check_rulings(ring, articles=(), topics=names, gone=(), file="curation.yml")
    assert problem.line == 11
    assert "(“t8” into “t9” into “t0” into “t1” into “…” into “t7” into “t8”)" in problem.message


def test_what_could_not_be_read_is_not_held_against_a_ruling() -> None:
    text = "articles:\n  storm-hits-coast: {pin: true, hide: yes}\n  bank-cuts-rates: {hide: 1}\n"
    text += "topics:\n  economy: {merge: [weather], articles: {add: [storm-hits-coast]}}\n  weather: {hide: no}\n"
    rulings, problems = read_rulings(text, "curation.yml")
    assert [problem.line for problem in problems] == [2, 3, 6]
    assert check_rulings(rulings, articles=ARTICLES, topics=TOPICS, gone=GONE, file="curation.yml") == ()


def test_hints_stop_where_they_help_nobody() -> None:
    rulings = Rulings(articles={f"storm-hits-coast{n}": ArticleRuling(line=n, pin=True) for n in range(1, 301)})
    problems = check_rulings(rulings, articles=ARTICLES, topics=(), gone=(), file="curation.yml")
    assert len(problems) == 300
    assert sum("did you mean" in problem.message for problem in problems) == 50


def test_an_endless_slug_is_shown_in_short() -> None:
    rulings = Rulings(topics={"x" * 1_000_000: TopicRuling(line=1, pin=True)})
    (problem,) = check_rulings(rulings, articles=ARTICLES, topics=TOPICS, gone=GONE, file="curation.yml")
    assert len(problem.message) < 300


names = st.sampled_from([*ARTICLES, *TOPICS, *GONE, "unknown", "", "\u202e"])
named = st.builds(Named, names, st.integers(1, 9))
lists = st.lists(named, max_size=3).map(tuple)
texts = st.none() | st.sampled_from(["One", "Two"])
topic_rulings = st.builds(
    TopicRuling,
    line=st.integers(1, 9), label=texts, note=texts, pin=st.booleans(), hide=st.booleans(),
    merge=lists, add=lists, remove=lists, unread=st.booleans(),
)  # fmt: skip
article_rulings = st.builds(
    ArticleRuling,
    line=st.integers(1, 9), title=texts, published=st.none() | st.just(date(2026, 1, 1)), summary=texts, note=texts,
    pin=st.booleans(), hide=st.booleans(), moved=st.none() | named, unread=st.booleans(),
)  # fmt: skip
any_rulings = st.builds(
    Rulings,
    topics=st.dictionaries(names, topic_rulings, max_size=4),
    articles=st.dictionaries(names, article_rulings, max_size=4),
)


@given(any_rulings, st.sets(names), st.sets(names), st.sets(names))
def test_any_rulings_are_checked(rulings: Rulings, articles: set[str], topics: set[str], gone: set[str]) -> None:
    problems = check_rulings(rulings, articles=articles, topics=topics, gone=gone, file="c.yml")
    assert list(problems) == sorted(problems)
    again = check_rulings(rulings, articles=sorted(articles), topics=sorted(topics), gone=sorted(gone), file="c.yml")
    assert problems == again
    matched = {*rulings.topics} <= topics and {*rulings.articles} <= articles | gone
    assert matched or problems
