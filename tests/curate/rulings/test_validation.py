from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.curate.rulings.rulings import ArticleRuling, Rule, Rulings, SlugRef, TopicRuling, creates_topic
from digestgen.curate.rulings.rulings_file import read_rulings
from digestgen.curate.rulings.validation import Unmatched, check_rulings, unmatched_hides
from digestgen.errors import Problem

ARTICLES = ("kim-visits-china", "storm-hits-coast", "bank-cuts-rates")
TOPICS = ("north-korea", "kim-jong-un", "weather", "economy")
GONE = ("kim-visits-russia", "old-storm")


def check(text: str) -> tuple[Problem, ...]:
    rulings, problems = read_rulings(text, "curation.yml")
    assert problems == ()
    return check_rulings(rulings, articles=ARTICLES, topics=TOPICS, gone=GONE, file="curation.yml", ids=("77",))


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
    "a topic that is founded, and all that may be said of it": """\
topics:
  storms:
    label: Storms
    articles: {add: [storm-hits-coast, bank-cuts-rates]}
    lead: bank-cuts-rates
    order: [storm-hits-coast]
    apart: [weather]
    keep: true
  weather: {apart: [storms]}
rules:
- {keyword: storm, topic: storms}
- {keyword: bank, topic: weather}
""",
    "a founded topic that goes by the name of an article": (
        "topics:\n  bank-cuts-rates: {label: Rates, articles: {add: [bank-cuts-rates]}}"
    ),
    "a founded topic that others are folded into": (
        "topics:\n  storms: {label: Storms, merge: [weather], articles: {add: [storm-hits-coast]}}"
    ),
    "shown again": "topics:\n  weather: {hide: false}\narticles:\n  old-storm: {hide: false}",
    "apart from a topic that a third is folded into": (
        "topics:\n  weather: {apart: [economy]}\n  economy: {merge: [kim-jong-un]}"
    ),
    "first by name where it was added to a topic that is folded into this one": (
        "topics:\n  weather: {lead: storm-hits-coast, merge: [economy]}\n  economy: {merge: [kim-jong-un]}"
    ),
    "rules": """\
rules:
- {keyword: storm, hide: false}
- {keyword: storm, topic: weather}
- {keyword: storms, hide: true}
- {source: storm, hide: true}
- {feed: storm, hide: true}
""",
    "what an editor says of editions": """\
editions:
  2026-11-22: {letter: Hello., lead: storm-hits-coast, leave_out: [bank-cuts-rates]}
  2026-11-29: {lead: [kim-visits-china, 77]}
""",
    "an edition of old that led with what is gone": "editions:\n  2026-11-22: {lead: [old-storm]}",
    "a day on which an article is shown": "articles:\n  storm-hits-coast: {publish_on: 2026-12-01}",
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
    "an edition that leads with no article": (
        "editions:\n  2026-11-22: {lead: storm-hit-coast}",
        ["2: lead: “storm-hit-coast” is no article (did you mean 'storm-hits-coast'?)"],
    ),
    "an edition that leads with a topic": (
        "editions:\n  2026-11-22:\n    lead:\n    - weather",
        ["4: lead: “weather” is a topic, not an article; move it to where topics belong"],
    ),
    "an edition that leads with what is hidden": (
        "editions:\n  2026-11-22: {lead: storm-hits-coast}\narticles:\n  storm-hits-coast: {hide: true}",
        ["2: lead: “storm-hits-coast” is hidden (line 4); remove this, or its hide:"],
    ),
    "an edition that leads with one twice": (
        "editions:\n  2026-11-22:\n    lead: [storm-hits-coast, storm-hits-coast]",
        ["3: lead: “storm-hits-coast” stands in this list already (line 3); keep one"],
    ),
    "an edition that leads with what it leaves out": (
        "editions:\n  2026-11-22:\n    lead: storm-hits-coast\n    leave_out: [storm-hits-coast]",
        ["4: leave_out: “storm-hits-coast” leads (line 3); keep one"],
    ),
    "a day for what is hidden": (
        "articles:\n  storm-hits-coast:\n    hide: true\n    publish_on: 2026-12-01",
        ["4: “storm-hits-coast” has both hide: true and publish_on:; keep one"],
    ),
    "a day for what is gone": (
        "articles:\n  old-storm: {publish_on: 2026-12-01}",
        ["2: “old-storm” is gone from the seeds, so its publish_on: cannot show; remove that, and keep only hide:"],
    ),
    "a topic that decides nothing": (
        "topics:\n  economy: {keep: false}\n  weather: {merge: []}",
        ["2: “economy” says nothing; write what you decide about it, or remove it", "3: “weather” says nothing"],
    ),
    "an article that decides nothing": (
        "articles:\n  storm-hits-coast: {pin: false}",
        ["2: “storm-hits-coast” says nothing; write what you decide about it, or remove it"],
    ),
    "half of what founds a topic": (
        "topics:\n  wether: {label: Storms}\n  ecnomy: {articles: {add: [storm-hits-coast]}}",
        [
            "2: “wether” is no topic (did you mean 'weather'?); a topic of your own needs both label: and articles:",
            "3: “ecnomy” is no topic (did you mean 'economy'?); a topic of your own needs both label: and articles:",
        ],
    ),
    "all that founds a topic, and hidden": (
        "topics:\n  wether: {label: Storms, hide: true, articles: {add: [storm-hits-coast]}}",
        ["2: “wether” is no topic (did you mean 'weather'?)"],
    ),
    "an unknown topic that is shown again": (
        "topics:\n  wether: {hide: false}",
        ["2: “wether” is no topic (did you mean 'weather'?)"],
    ),
    "a topic kept as it is, and hidden": (
        "topics:\n  economy: {keep: true, hide: true}",
        ["2: “economy” is both hidden and closed to newcomers, which would not be shown anyway; keep hide: or keep:"],
    ),
    "apart from an unknown topic": (
        "topics:\n  economy: {apart: [wether]}",
        ["2: apart: “wether” is no topic (did you mean 'weather'?)"],
    ),
    "apart from itself": (
        "topics:\n  economy: {apart: [economy]}",
        ["2: apart: “economy” is this topic itself; take it out of the list"],
    ),
    "apart twice": (
        "topics:\n  economy:\n    apart:\n    - weather\n    - weather",
        ["5: apart: “weather” stands in this list already (line 4); keep one"],
    ),
    "apart from a topic that is folded into it": (
        "topics:\n  economy:\n    merge: [weather]\n    apart: [weather]",
        ["4: apart: “weather” (line 3) is folded into “economy”; take back the apart or the merge"],
    ),
    "apart from the topic that it is folded into by a chain": (
        "topics:\n  economy: {merge: [weather]}\n  weather: {merge: [north-korea]}\n  north-korea: {apart: [economy]}",
        [
            "4: apart: “north-korea” (line 3) is folded into “economy”; take back the apart or the merge",
            "4: “north-korea” is folded into “weather” (line 3), so its apart: cannot show; write that under “weather”",
        ],
    ),
    "apart from a topic that is folded into the same": (
        "topics:\n  economy: {merge: [weather, kim-jong-un]}\n  weather: {apart: [kim-jong-un]}",
        [
            "3: apart: “weather” (line 2) and “kim-jong-un” (line 2) are both folded into “economy”; take back the",
            "3: “weather” is folded into “economy” (line 2), so its apart: cannot show; write that under “economy”",
        ],
    ),
    "led by an unknown article": (
        "topics:\n  economy: {lead: bank-cut-rates}",
        ["2: lead: “bank-cut-rates” is no article (did you mean 'bank-cuts-rates'?)"],
    ),
    "led by a hidden article": (
        "topics:\n  economy: {lead: bank-cuts-rates}\narticles:\n  bank-cuts-rates: {hide: true}",
        ["2: lead: “bank-cuts-rates” is hidden (line 4); remove this, or its hide:"],
    ),
    "led by an article that is taken out": (
        "topics:\n  economy: {lead: bank-cuts-rates, articles: {remove: [bank-cuts-rates]}}",
        ["2: lead: “bank-cuts-rates” is taken out of the same topic (line 2); keep one"],
    ),
    "led by an article that is added elsewhere": (
        "topics:\n  economy: {lead: bank-cuts-rates}\n  weather: {articles: {add: [bank-cuts-rates]}}",
        ["2: lead: “bank-cuts-rates” is added to “weather” (line 3); keep one"],
    ),
    "unknown and gone articles in order": (
        "topics:\n  economy:\n    order:\n    - bank-cut-rates\n    - old-storm",
        [
            "4: order: “bank-cut-rates” is no article (did you mean 'bank-cuts-rates'?)",
            "5: order: “old-storm” is gone from the seeds; name another article, or remove this",
        ],
    ),
    "twice in order": (
        "topics:\n  economy: {order: [bank-cuts-rates, storm-hits-coast, bank-cuts-rates]}",
        ["2: order: “bank-cuts-rates” stands in this list already (line 2); keep one"],
    ),
    "in order and in the lead": (
        "topics:\n  economy:\n    lead: bank-cuts-rates\n    order: [bank-cuts-rates]",
        ["4: order: “bank-cuts-rates” leads the topic already (line 3); keep one"],
    ),
    "sent to an unknown topic": (
        "rules:\n- keyword: storm\n  topic: wether",
        ["3: topic: “wether” is no topic (did you mean 'weather'?)"],
    ),
    "two rules on one keyword": (
        "rules:\n- {keyword: U.S. Storm’s, hide: false}\n- {keyword: us storm, hide: true}",
        ["3: keyword: “us storm” has a rule already (line 2); keep one"],
    ),
    "three rules on one feed": (
        "rules:\n- {feed: News, topic: weather}\n- {feed: news, topic: economy}\n- {feed: NEWS, topic: economy}",
        [
            "3: feed: “news” has a rule already (line 2); keep one",
            "4: feed: “NEWS” has a rule already (line 2); keep one",
        ],
    ),
    "a source hidden and sent": (
        "rules:\n- {source: RT, topic: weather}\n- {source: rt, hide: true}",
        ["3: source: “rt” is both hidden and sent to a topic (line 2); keep one"],
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
        ["2: merge: is circular (“weather” into “economy” into “weather”); remove one of these merges"],
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
    problems = check(
        "articles:\n  q: {pin: false}\ntopics:\n  economy: {merge: [q], pin: true, hide: true}\n  w: {label: W}\n"
    )
    assert [problem.line for problem in problems] == [2, 2, 4, 4, 4, 5]


def test_a_ring_of_many_is_shown_in_short() -> None:
    names = [f"t{number}" for number in range(10)]
    ring = Rulings(
        topics={
            name: TopicRuling(line=20 - place, merge=(SlugRef(names[place - 1], 20 - place),))
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


def test_a_rule_that_could_not_be_read_is_not_held_against_another() -> None:
    rulings, problems = read_rulings("rules:\n- {keyword: x}\n- {keyword: x, topic: weather}\n", "curation.yml")
    assert len(problems) == 1
    assert check_rulings(rulings, articles=ARTICLES, topics=TOPICS, gone=GONE, file="curation.yml") == ()


def test_what_is_hidden_that_there_is_not() -> None:
    text = """\
topics:
  wether: {hide: true}
  weather: {hide: true}
  econmy: {hide: yes}
  storms: {label: Storms, articles: {add: [storm-hits-coast]}}
  kim-visits-china: {hide: true}
  nort-korea: {hide: false}
articles:
  storm-hit-coast: {hide: true}
  bank-cut-rates:
  storm-hits-coast: {hide: true}
  old-storm: {hide: true}
  old-strom: {pin: true}
rules:
- {keyword: nobody, hide: true}
"""
    rulings, problems = read_rulings(text, "curation.yml")
    assert [problem.line for problem in problems] == [4, 10]
    assert unmatched_hides(rulings, (*ARTICLES, *GONE), TOPICS) == Unmatched(
        articles=(SlugRef("storm-hit-coast", 9), SlugRef("bank-cut-rates", 10)),
        topics=(SlugRef("wether", 2), SlugRef("econmy", 4), SlugRef("kim-visits-china", 6)),
    )


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
named = st.builds(SlugRef, names, st.integers(1, 9))
lists = st.lists(named, max_size=3).map(tuple)
texts = st.none() | st.sampled_from(["One", "Two"])
hides = st.none() | st.booleans()
topic_rulings = st.builds(
    TopicRuling,
    line=st.integers(1, 9), label=texts, note=texts, pin=st.booleans(), hide=hides, keep=st.booleans(),
    merge=lists, apart=lists, add=lists, remove=lists, lead=st.none() | named, order=lists, unreadable=st.booleans(),
)  # fmt: skip
article_rulings = st.builds(
    ArticleRuling,
    line=st.integers(1, 9), title=texts, published=st.none() | st.just(date(2026, 1, 1)), summary=texts, note=texts,
    pin=st.booleans(), hide=hides, moved=st.none() | named, unreadable=st.booleans(),
)  # fmt: skip
rules = st.builds(Rule, st.integers(1, 9), keyword=st.sampled_from(["storm", "Storm’s", "嵐"]), hide=st.booleans())
rules |= st.builds(Rule, st.integers(1, 9), source=st.sampled_from(["RT", "rt"]), topic=named)
any_rulings = st.builds(
    Rulings,
    topics=st.dictionaries(names, topic_rulings, max_size=4),
    articles=st.dictionaries(names, article_rulings, max_size=4),
    rules=st.lists(rules, max_size=3).map(tuple),
)


@given(any_rulings, st.sets(names), st.sets(names), st.sets(names))
def test_any_rulings_are_checked(rulings: Rulings, articles: set[str], topics: set[str], gone: set[str]) -> None:
    problems = check_rulings(rulings, articles=articles, topics=topics, gone=gone, file="c.yml")
    assert list(problems) == sorted(problems)
    again = check_rulings(rulings, articles=sorted(articles), topics=sorted(topics), gone=sorted(gone), file="c.yml")
    assert problems == again
    founded = {slug for slug, ruling in rulings.topics.items() if creates_topic(ruling)}
    matched = {*rulings.topics} <= topics | founded and {*rulings.articles} <= articles | gone
    assert matched or problems
