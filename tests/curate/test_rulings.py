from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.curate.rulings import (
    ArticleRuling,
    Named,
    Rulings,
    TopicRuling,
    direct_merges,
    merge_rings,
    read_rulings,
    resolved_merges,
)

WHOLE = """\
# decided on Monday
topics:
  north-korea:
    label: Kim and his neighbours
    note: |
      Why this *matters*.

      - one
    pin: true
    merge: [kim-jong-un, pyongyang]
    articles:
      add:
      - some-article
      remove: [other-article]
  old-news: {hide: true}
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
                merge=(Named("kim-jong-un", 10), Named("pyongyang", 10)),
                add=(Named("some-article", 13),),
                remove=(Named("other-article", 14),),
            ),
            "old-news": TopicRuling(line=15, hide=True),
        },
        articles={
            "some-article": ArticleRuling(
                line=17,
                title="A better title",
                published=date(2026, 11, 22),
                summary="In my own words.",
                note="Read it.",
                pin=True,
            ),
            "lost-article": ArticleRuling(line=25, moved=Named("some-article", 26)),
        },
    )


NOTHING = {"empty": "", "a comment": "# later\n", "empty parts": "topics:\narticles: {}\n"}


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
        "note: holds the invisible control character U+0007",
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
    assert (rulings_of["a"].hide, rulings_of["a"].unread) == (True, True)
    assert (rulings_of["good"].hide, rulings_of["good"].unread, rulings_of["good"].pin) == (False, False, True)
    assert not rulings.unread


def test_an_entry_without_anything_is_read_as_saying_nothing() -> None:
    rulings, problems = read_rulings("topics:\n  a:\narticles:\n  b: {}\n", "curation.yml")
    assert problems == ()
    assert rulings == Rulings(topics={"a": TopicRuling(line=2)}, articles={"b": ArticleRuling(line=4)})


UNREAD = {
    "no YAML": ("articles: [", 1, "not YAML"),
    "a slug twice": ("articles:\n  a: {hide: true}\n  a: {pin: true}", 3, "'a' stands here twice (first in line 2)"),
    "an anchor": ("articles:\n  a: &x {hide: true}", 2, "anchors"),
    "a list": ("- articles", 1, "is a list where a mapping"),
    "an unknown part": ("article:\n  a: {hide: true}", 1, "unknown key “article” (did you mean 'articles'?)"),
    "a part that is a list": ("articles: [a]", 1, "articles: is a list where a mapping"),
}


@pytest.mark.parametrize(("text", "line", "message"), UNREAD.values(), ids=UNREAD)
def test_a_file_of_which_a_part_is_lost_says_so(text: str, line: int, message: str) -> None:
    rulings, (problem,) = read_rulings(text, "curation.yml")
    assert rulings.unread
    assert problem.line == line
    assert message in problem.message


def test_all_problems_come_at_once_by_line() -> None:
    text = "articles:\n  a: {hide: no, pin: 1}\ntopics:\n  b: {merge: [[]]}\n  c: 3\n"
    _, problems = read_rulings(text, "curation.yml")
    assert [problem.line for problem in problems] == [2, 2, 4, 5]


@given(st.text(max_size=80) | st.text(alphabet="ab:- \n\t{}[]&*!|>'\"#?,%@`~", max_size=80))
def test_any_text_is_read(text: str) -> None:
    rulings, problems = read_rulings(text, "curation.yml")
    assert problems or not rulings.unread


LINES = [
    "topics:", "articles:", "  a:", "  b:", "    hide: true", "    hide:", "    merge: [a, b]", "    merge: a",
    "    articles:", "      add: [x]", "      remove:", "      - y", "    note: |", "      text", '    title: "\\x00"',
    "    published: 2026-02-30", "    moved: b", "  c: {pin: true, hide: true}", "  d: [", "    titel: x", "  e: 1",
]  # fmt: skip


@given(st.lists(st.sampled_from(LINES), max_size=12).map("\n".join))
def test_a_ruling_is_hidden_or_wholly_read(text: str) -> None:
    rulings, problems = read_rulings(text, "curation.yml")
    every: list[TopicRuling | ArticleRuling] = [*rulings.topics.values(), *rulings.articles.values()]
    assert bool(problems) == (rulings.unread or any(ruling.unread for ruling in every))
    assert all(ruling.hide for ruling in every if ruling.unread)
    assert all(problem.file == "curation.yml" for problem in problems)


def merging(**merge: str) -> Rulings:
    """``merging(a="b c")``: b and c are folded into a."""
    return Rulings(
        topics={
            target: TopicRuling(line=line, merge=tuple(Named(slug, line) for slug in slugs.split()))
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
        topics={str(place): TopicRuling(line=place, merge=(Named(str(place + 1), place),)) for place in range(size)}
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
