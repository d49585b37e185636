from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.curate.rulings.rulings import (
    ArticleRuling,
    Rule,
    Rulings,
    SlugRef,
    TopicRuling,
    creates_topic,
    direct_merges,
    merge_rings,
    resolved_merges,
)
from digestgen.curate.rulings.rulings_file import read_rulings

WHOLE = """\
# decided on Monday
topics:
  north-korea:
    label: Kim and his neighbours
    note: |
      Why this *matters*.

      - one
    pin: true
    keep: true
    merge: [kim-jong-un, pyongyang]
    apart:
    - seoul
    articles:
      add:
      - some-article
      remove: [other-article]
    lead: some-article
    order: [third-article, fourth-article]
  old-news: {hide: true}
  good-news: {hide: false}
articles:
  some-article:
    title: A better title
    published: 2026-11-22
    summary: >
      In my own
      words.
    note: Read it.
    pin: true
  lost-article:
    moved: some-article
  shy-article: {hide: false}
rules:
- keyword: horoscope of the day
  hide: true
- {source: The Daily Planet, hide: false}
- feed: weather
  topic: old-news
"""


def test_reads_all_that_can_be_decided() -> None:
    rulings, problems = read_rulings(WHOLE, "curation.yml")
    assert problems == ()
    assert rulings == Rulings(
        topics={
            "north-korea": TopicRuling(
                line=3,
                label="Kim and his neighbours",
                note="Why this *matters*.\n\n- one",
                pin=True,
                keep=True,
                merge=(SlugRef("kim-jong-un", 11), SlugRef("pyongyang", 11)),
                apart=(SlugRef("seoul", 13),),
                add=(SlugRef("some-article", 16),),
                remove=(SlugRef("other-article", 17),),
                lead=SlugRef("some-article", 18),
                order=(SlugRef("third-article", 19), SlugRef("fourth-article", 19)),
            ),
            "old-news": TopicRuling(line=20, hide=True),
            "good-news": TopicRuling(line=21, hide=False),
        },
        articles={
            "some-article": ArticleRuling(
                line=23,
                title="A better title",
                published=date(2026, 11, 22),
                summary="In my own words.",
                note="Read it.",
                pin=True,
            ),
            "lost-article": ArticleRuling(line=31, moved=SlugRef("some-article", 32)),
            "shy-article": ArticleRuling(line=33, hide=False),
        },
        rules=(
            Rule(35, keyword="horoscope of the day", hide=True),
            Rule(37, source="The Daily Planet", hide=False),
            Rule(38, feed="weather", topic=SlugRef("old-news", 39)),
        ),
    )
    assert [rule.criterion for rule in rulings.rules] == [
        ("keyword", "horoscope of the day"),
        ("source", "The Daily Planet"),
        ("feed", "weather"),
    ]


NOTHING = {"empty": "", "a comment": "# later\n", "empty parts": "topics:\narticles: {}\nrules: []\n"}


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING)
def test_nothing_said_decides_nothing(text: str) -> None:
    assert read_rulings(text, "curation.yml") == (Rulings(), ())


REFUSED = {
    "unknown key of a topic": ("topics:\n  a:\n    lable: X", 3, "unknown key “lable” (did you mean 'label'?)"),
    "unknown key of an article": ("articles:\n  a:\n    hid: true", 3, "unknown key “hid” (did you mean 'hide'?)"),
    "unknown key of members": ("topics:\n  a:\n    articles: {ad: [x]}", 3, "unknown key “ad” (did you mean 'add'?)"),
    "members as a list": ("topics:\n  a:\n    articles: [x]", 3, "articles: is a list where a mapping"),
    "no flag": ("articles:\n  a:\n    hide: yes", 3, "hide: “yes” is neither true nor false"),
    "no date": ("articles:\n  a:\n    published: soon", 3, "published: “soon” is not a date"),
    "no list": ("topics:\n  a:\n    merge: b", 3, "merge: is a single value where a list belongs"),
    "no text in a list": ("topics:\n  a:\n    merge:\n    - b\n    - [c]", 5, "merge: holds a list"),
    "an empty entry": ("topics:\n  a:\n    articles:\n      add:\n      -", 5, "add: an entry is empty"),
    "a key without a value": ("articles:\n  a:\n    pin: true\n    hide:", 4, "hide: is empty; write what is decided"),
    "members without a value": ("topics:\n  a:\n    articles:", 3, "articles: is empty; write what is decided"),
    "a list without a value": ("topics:\n  a:\n    articles: {add: }", 3, "add: is empty; write what is decided"),
    "an endless summary": ("articles:\n  a:\n    summary: " + "x" * 2_001, 3, "is 2,001 characters long; 2,000 are"),
    "an endless note": ("topics:\n  a:\n    note: " + "x" * 10_001, 3, "note: is longer than 10,000 characters"),
    "a control character": (
        'articles:\n  a:\n    note: "\\a"',
        3,
        "note: contains the invisible control character U+0007",
    ),
    "a topic with nothing under it": ("topics:\n  a:", 2, "“a” says nothing; write what you decide about it, or"),
    "a topic with brackets and nothing in them": ("topics:\n  a: {}", 2, "“a” says nothing"),
    "an article with nothing under it": ("articles:\n  a:", 2, "“a” says nothing"),
    "an article with brackets and nothing in them": ("articles:\n  a: {}", 2, "“a” says nothing"),
    "a lead that is a list": ("topics:\n  a:\n    lead: [b]", 3, "lead: is a list where a single value belongs"),
    "an order that is a text": ("topics:\n  a:\n    order: b", 3, "order: is a single value where a list belongs"),
    "a text that is apart": ("topics:\n  a: {apart: b}", 2, "apart: is a single value where a list belongs"),
    "newcomers kept out perhaps": ("topics:\n  a: {keep: all}", 2, "keep: “all” is neither true nor false"),
    "a founded topic, half read": (
        "topics:\n  a: {label: A, articles: {add: [x]}, pin: 1}",
        2,
        "pin: “1” is neither true nor false",
    ),
    "a ruling that is a text": ("articles:\n  a: hide", 2, "is a single value where a mapping (key: value) belongs"),
    "a list of slugs for a move": (
        "articles:\n  a:\n    moved: [b]",
        3,
        "moved: is a list where a single value belongs",
    ),
}


@pytest.mark.parametrize(("text", "line", "message"), REFUSED.values(), ids=REFUSED)
def test_a_ruling_that_cannot_be_read_hides_until_it_is_mended(text: str, line: int, message: str) -> None:
    rulings, problems = read_rulings(f"{text}\n  good: {{pin: true}}\n", "curation.yml")
    (problem,) = problems
    assert (problem.file, problem.line) == ("curation.yml", line)
    assert message in problem.message
    rulings_of: dict[str, TopicRuling | ArticleRuling] = {**rulings.topics, **rulings.articles}
    assert (rulings_of["a"].hide, rulings_of["a"].unreadable) == (True, True)
    assert (rulings_of["good"].hide, rulings_of["good"].unreadable, rulings_of["good"].pin) == (None, False, True)
    assert not rulings.unreadable
    assert not any(creates_topic(ruling) for ruling in rulings.topics.values())


RULES_TO_MEND = {
    "nothing to do": ("- keyword: x", 2, "does not say what is to be done; add hide: true, hide: false or topic:"),
    "an empty hide": ("- keyword: x\n  hide:", 3, "hide: is empty; write what is decided"),
    "no flag": ("- {keyword: x, hide: yes}", 2, "hide: “yes” is neither true nor false"),
    "an empty topic": ("- keyword: x\n  topic:", 3, "topic: is empty"),
    "a list of topics": ("- {keyword: x, topic: [a, b]}", 2, "topic: is a list where a single value belongs"),
    "both to do": ("- {keyword: x, hide: false, topic: a}", 2, "has hide: and topic:; write a rule for each"),
    "an unknown key": (
        "- {keyword: x, hide: false, topics: a}",
        2,
        "unknown key “topics” (did you mean 'topic'?)",
    ),
}


@pytest.mark.parametrize(("text", "line", "message"), RULES_TO_MEND.values(), ids=RULES_TO_MEND)
def test_a_rule_that_cannot_be_read_hides_what_it_is_about(text: str, line: int, message: str) -> None:
    rulings, (problem,) = read_rulings(f"rules:\n{text}\n- {{keyword: y, hide: false}}\n", "curation.yml")
    assert (problem.file, problem.line) == ("curation.yml", line)
    assert message in problem.message
    assert not rulings.unreadable
    first, second = rulings.rules
    assert first == Rule(2, keyword="x", hide=True, unreadable=True)
    assert (second.keyword, second.hide, second.unreadable) == ("y", False, False)


def test_a_rule_by_two_criteria_hides_by_either() -> None:
    rulings, (problem,) = read_rulings("rules:\n- {source: The Sun, keyword: x, topic: a}\n", "curation.yml")
    assert problem.message == "goes by keyword: and source:; write a rule for each"
    assert rulings.rules == (
        Rule(2, keyword="x", hide=True, unreadable=True),
        Rule(2, source="The Sun", hide=True, unreadable=True),
    )
    assert not rulings.unreadable


FOUNDED = {
    "a label and articles": ("troops-in-kursk: {label: Troops, articles: {add: [x]}}", True),
    "and shown for certain": ("troops-in-kursk: {label: Troops, hide: false, articles: {add: [x]}}", True),
    "a label alone": ("troops-in-kursk: {label: Troops}", False),
    "articles alone": ("troops-in-kursk: {articles: {add: [x]}}", False),
    "none added": ("troops-in-kursk: {label: Troops, articles: {remove: [x]}}", False),
    "hidden": ("troops-in-kursk: {label: Troops, hide: true, articles: {add: [x]}}", False),
}


@pytest.mark.parametrize(("text", "expected"), FOUNDED.values(), ids=FOUNDED)
def test_what_founds_a_topic(text: str, expected: bool) -> None:  # noqa: FBT001 -- it is the outcome
    rulings, problems = read_rulings(f"topics:\n  {text}\n", "curation.yml")
    assert problems == ()
    assert creates_topic(rulings.topics["troops-in-kursk"]) is expected


MISNAMED = {
    "spaces and capitals": ("Troops in Kursk", ", such as troops-in-kursk"),
    "an underline": ("troops_in_kursk", ", such as troops-in-kursk"),
    "two hyphens": ("troops--in-kursk", ", such as troops-in-kursk"),
    "another script": ("Курск", ", such as kursk"),
    "a path": ("../../kursk", ", such as kursk"),
    "nothing that can be spelled": ("…", ""),
    "nothing": ("''", ""),
    "no end": ("a-" * 100 + "a", ", such as " + "a-" * 29 + "a"),
}


@pytest.mark.parametrize(("slug", "hint"), MISNAMED.values(), ids=MISNAMED)
def test_a_topic_is_not_founded_under_a_name_that_no_address_has(slug: str, hint: str) -> None:
    text = f"topics:\n  {slug}: {{label: Troops, articles: {{add: [x]}}}}\n  b: {{pin: true}}\n"
    rulings, (problem,) = read_rulings(text, "curation.yml")
    assert problem.line == 2
    assert problem.message.endswith(
        f" cannot stand in an address; name the topic in small letters, digits and hyphens{hint}"
    )
    assert list(rulings.topics) == ["b"]
    assert not rulings.unreadable


def test_the_list_of_topics_keeps_its_address() -> None:
    rulings, (problem,) = read_rulings("topics:\n  index: {label: All, articles: {add: [x]}}\n", "curation.yml")
    assert problem.message == "“index” is the address of the list of topics; give the topic another name"
    assert not rulings.topics


UNREAD = {
    "no YAML": ("articles: [", 1, "not YAML"),
    "a slug twice": ("articles:\n  a: {hide: true}\n  a: {pin: true}", 3, "'a' appears twice (first in line 2)"),
    "an anchor": ("articles:\n  a: &x {hide: true}", 2, "anchors"),
    "a list": ("- articles", 1, "is a list where a mapping"),
    "an unknown part": ("article:\n  a: {hide: true}", 1, "unknown key “article” (did you mean 'articles'?)"),
    "a part that is a list": ("articles: [a]", 1, "articles: is a list where a mapping"),
    "rules that are no list": ("rules: {keyword: x, hide: true}", 1, "rules: is a mapping (key: value) where a list"),
    "rules that are a text": ("rules: none", 1, "rules: is a single value where a list belongs"),
    "rules that are cut short": ("articles: {}\nrules:", 2, "rules: is empty; write a rule below, each with a dash"),
    "a rule that is a text": ("rules:\n- keyword", 2, "is a single value where a mapping (key: value) belongs"),
    "a rule that is cut short": ("rules:\n- keyword: x\n  hide: true\n-", 4, "does not say what it is about"),
    "a rule about nothing": ("rules: [{hide: true}]", 1, "does not say what it is about; add keyword:, source: or"),
    "a rule by an unknown key": ("rules: [{keywrd: x, hide: true}]", 1, "unknown key “keywrd” (did you mean 'keyword'"),
    "an empty keyword": ("rules:\n- keyword:\n  hide: true", 2, "keyword: is empty"),
    "a keyword without a word": ("rules: [{keyword: '—…', hide: true}]", 1, "keyword: “—…” has no word in it"),
    "a keyword that is a quotation mark": ("rules: [{keyword: ʼ, hide: true}]", 1, "keyword: “ʼ” has no word in it"),
    "a list of keywords": ("rules: [{keyword: [x, y], hide: true}]", 1, "keyword: is a list where a single value"),
    "an endless source": (f"rules: [{{source: {'x' * 1_001}, hide: true}}]", 1, "source: is longer than 1000 charact"),
}


@pytest.mark.parametrize(("text", "line", "message"), UNREAD.values(), ids=UNREAD)
def test_a_file_of_which_a_part_is_lost_says_so(text: str, line: int, message: str) -> None:
    rulings, (problem,) = read_rulings(text, "curation.yml")
    assert rulings.unreadable
    assert problem.line == line
    assert message in problem.message


def test_all_problems_come_at_once_by_line() -> None:
    text = "rules: [{keyword: x, hide: 1}]\narticles:\n  a: {hide: no, pin: 1}\ntopics:\n  b: {merge: [[]]}\n  c: 3\n"
    _, problems = read_rulings(text, "curation.yml")
    assert [problem.line for problem in problems] == [1, 3, 3, 5, 6]


@given(st.text(max_size=80) | st.text(alphabet="ab:- \n\t{}[]&*!|>'\"#?,%@`~", max_size=80))
def test_any_text_is_read(text: str) -> None:
    rulings, problems = read_rulings(text, "curation.yml")
    assert problems or not rulings.unreadable


LINES = [
    "topics:", "articles:", "  a:", "  b:", "    hide: true", "    hide:", "    merge: [a, b]", "    merge: a",
    "    articles:", "      add: [x]", "      remove:", "      - y", "    note: |", "      text", '    title: "\\x00"',
    "    published: 2026-02-30", "    moved: b", "  c: {pin: true, hide: true}", "  d: [", "    titel: x", "  e: 1",
    "    keep: true", "    apart: [a]", "    lead: x", "    order: [x, y]", "    label: L", "  B: {label: L}",
    "rules:", "- keyword: x", "- source: y", "  feed: z", "  hide: true", "  hide: false", "  topic: a", "  topic:",
    "-",
]  # fmt: skip


@given(st.lists(st.sampled_from(LINES), max_size=12).map("\n".join))
def test_a_ruling_is_hidden_or_wholly_read(text: str) -> None:
    rulings, problems = read_rulings(text, "curation.yml")
    every: list[TopicRuling | ArticleRuling] = [*rulings.topics.values(), *rulings.articles.values()]
    unreadable = [*every, *rulings.rules]
    misnamed = any("cannot stand in an address" in problem.message for problem in problems)
    assert bool(problems) == (rulings.unreadable or misnamed or any(ruling.unreadable for ruling in unreadable))
    assert all(ruling.hide for ruling in unreadable if ruling.unreadable)
    assert all((rule.hide is None) != (rule.topic is None) for rule in rulings.rules)
    assert all(problem.file == "curation.yml" for problem in problems)


def merging(**merge: str) -> Rulings:
    """``merging(a="b c")``: b and c are folded into a."""
    return Rulings(
        topics={
            target: TopicRuling(line=line, merge=tuple(SlugRef(slug, line) for slug in slugs.split()))
            for line, (target, slugs) in enumerate(merge.items(), start=1)
        }
    )


MERGES: dict[str, tuple[Rulings, dict[str, str]]] = {
    "none": (Rulings(), {}),
    "two into one": (merging(a="b c"), {"b": "a", "c": "a"}),
    "a chain": (merging(a="b", b="c", c="d e"), {"b": "a", "c": "a", "d": "a", "e": "a"}),
    "a chain written backwards": (merging(c="d", b="c", a="b"), {"b": "a", "c": "a", "d": "a"}),
    "into itself": (merging(a="a b"), {"b": "a"}),
    "into two": (merging(b="x", a="x"), {"x": "b"}),
    "in a ring": (merging(a="b", b="a"), {}),
    "into a ring": (merging(a="b x", b="c", c="a"), {"x": "a"}),
    "beside a ring": (merging(a="b", b="a", c="d"), {"d": "c"}),
}


@pytest.mark.parametrize(("rulings", "merged"), MERGES.values(), ids=MERGES)
def test_chains_of_merges_are_followed(rulings: Rulings, merged: dict[str, str]) -> None:
    assert resolved_merges(rulings) == merged


def test_a_ring_is_found_once_and_starts_anywhere() -> None:
    (ring,) = merge_rings(direct_merges(merging(a="b x", b="c", c="a", x="y")))
    assert sorted(ring) == ["a", "b", "c"]
    assert [direct_merges(merging(a="b x", b="c", c="a"))[slug].slug for slug in ring] == [*ring[1:], ring[0]]


def test_a_very_long_chain_is_followed() -> None:
    size = 20_000
    chain = Rulings(
        topics={str(place): TopicRuling(line=place, merge=(SlugRef(str(place + 1), place),)) for place in range(size)}
    )
    assert set(resolved_merges(chain).values()) == {"0"}
    assert len(resolved_merges(chain)) == size


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdefg"), max_size=4).map(" ".join)))
def test_a_merged_topic_is_nobodys_target(merge: dict[str, str]) -> None:
    merged = resolved_merges(merging(**merge))
    assert not merged.keys() & set(merged.values())
    assert list(merged) == sorted(merged)
    ringed = {slug for ring in merge_rings(direct_merges(merging(**merge))) for slug in ring}
    assert merged.keys() == direct_merges(merging(**merge)).keys() - ringed


def test_reads_what_things_are_called() -> None:
    rulings, problems = read_rulings("aliases:\n  Kyiv: Kiev\n  Ada Brandt: [Ada Brand, Brandtova]\n", "curation.yml")
    assert problems == ()
    assert rulings.aliases.others == {"Kyiv": ("Kiev",), "Ada Brandt": ("Ada Brand", "Brandtova")}
    assert rulings.alias_lines == {"Kiev": 2, "Ada Brand": 3, "Brandtova": 3}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        pytest.param("aliases:\n", 1, "aliases: is empty; write a name", id="none"),
        pytest.param("aliases:\n  Kyiv:\n", 2, "Kyiv: is empty; write what else it is called", id="nothing said"),
        pytest.param("aliases: Kyiv\n", 1, "where a mapping (key: value) belongs", id="no mapping"),
        pytest.param("aliases:\n  Kyiv: {Kiev: a}\n", 2, "where a list belongs", id="no list"),
        pytest.param("aliases:\n  Kyiv: kyiv\n", 2, "is compared as “Kyiv” anyway", id="itself"),
        pytest.param("aliases:\n  Kyiv: '…'\n", 2, "“…” is no name", id="no word"),
        pytest.param("aliases:\n  Kyiv: Kiev\n  Rus: Kiev\n", 3, "is an alias of “Kyiv” already", id="twice"),
        pytest.param("aliases:\n  Kyiv: Rus\n  Rus: Kiev\n", 2, "has aliases itself", id="in a row"),
    ],
)
def test_says_what_is_wrong_with_an_alias_and_hides_nothing(text: str, line: int, said: str) -> None:
    rulings, problems = read_rulings(text, "curation.yml")
    assert [problem.line for problem in problems] == [line]
    assert said in problems[0].message
    assert not rulings.unreadable
