from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import fields, replace
from datetime import date
from itertools import islice

import pytest
import yaml
from hypothesis import find, given
from hypothesis import strategies as st

from digestgen.curate.ledger.fingerprint import address_of, joined_marks, marks, opening, runs_of, sketch
from digestgen.curate.ledger.ledger import (
    ArticleLink,
    EditorLink,
    Ledger,
    SourceLink,
    StoryLink,
    TopicLink,
    Withheld,
    other_names,
)
from digestgen.curate.ledger.ledger_file import VERSION, read_ledger, write_ledger
from digestgen.errors import InputError, Problem
from digestgen.language.text import clean_line

FILE = "permalinks.yml"
SECTIONS = ("articles", "withheld", "topics", "stories", "sources")
TEXT = st.text(min_size=1, max_size=20).map(clean_line).filter(bool)
DATES = st.none() | st.dates()
SLUGS = st.sampled_from(["a", "a-b", "b", "north-korea", "null", "true", "x1", "2026-11-22"])
SAYINGS = st.lists(st.text(max_size=30), max_size=3)
SKETCHES = st.just("") | SAYINGS.map(lambda said: sketch(runs_of(said)))
MARKS = st.just("") | SAYINGS.map(lambda said: joined_marks(marks(said)))
CHECKSUMS = st.sampled_from(["", "0a1b2c", "123456", "000000", "12e456"])
MAYBE = st.just("") | TEXT
DAYS = st.sampled_from(["", "2026-12-01", "2026-11-22 2026-12-01"])

ARTICLES = st.fixed_dictionaries(
    {
        "archived": st.sampled_from(["", "https://old.example.org/"]),
        "id": TEXT, "seed": MAYBE, "first": DATES, "published": DATES, "title": MAYBE, "source": MAYBE,
        "topic": st.none() | SLUGS,
        "proposed": st.none() | st.just("") | SLUGS, "story": st.none() | SLUGS, "section": MAYBE,
        "repeats": st.none() | SLUGS,
        "opening": st.just("") | SAYINGS.map(opening), "text": SKETCHES, "summary": CHECKSUMS, "note": CHECKSUMS,
        "pin": st.booleans(), "to": st.none() | SLUGS, "withdrawn": st.booleans(), "by": st.none() | SLUGS,
        "marks": MARKS, "despite": DAYS,
    }
)  # fmt: skip
WITHHELD = st.fixed_dictionaries(
    {
        "seed": MAYBE, "text": SKETCHES, "marks": MARKS, "topic": st.none() | SLUGS, "story": st.none() | SLUGS,
        "address": st.just("") | SLUGS.map(address_of), "by": st.none() | SLUGS,
        "despite": DAYS,
    }
)  # fmt: skip
TOPICS = st.fixed_dictionaries(
    {
        "label": MAYBE, "first": DATES, "to": st.none() | st.just("") | SLUGS, "withdrawn": st.booleans(),
        "formerly": st.lists(TEXT, max_size=3).map(tuple), "made": MAYBE, "note": CHECKSUMS, "pin": st.booleans(),
        "order": CHECKSUMS, "said": CHECKSUMS, "bound": SKETCHES, "section": MAYBE,
    }
)  # fmt: skip
STORIES = st.fixed_dictionaries({"first": DATES})
SOURCES = st.fixed_dictionaries({"name": TEXT, "to": st.none() | st.just("") | SLUGS})
EDITORS = st.fixed_dictionaries({"said": CHECKSUMS})


@st.composite
def a_ledger(draw: st.DrawFn) -> Ledger:
    def links(known: st.SearchStrategy[dict[str, object]]) -> dict[str, dict[str, object]]:
        return dict(sorted(draw(st.dictionaries(SLUGS, known, max_size=3)).items()))

    return Ledger(
        articles={slug: ArticleLink(slug=slug, **known) for slug, known in links(ARTICLES).items()},
        withheld={id_: Withheld(id=id_, **known) for id_, known in links(WITHHELD).items()},
        topics={slug: TopicLink(slug=slug, **known) for slug, known in links(TOPICS).items()},
        stories={slug: StoryLink(story=slug, **known) for slug, known in links(STORIES).items()},
        sources={slug: SourceLink(slug=slug, **known) for slug, known in links(SOURCES).items()},
        editors={day: EditorLink(day=day, **known) for day, known in links(EDITORS).items()},
    )


def refusal(text: str) -> Problem:
    """The first thing that is wrong with a ledger."""
    with pytest.raises(InputError) as error:
        read_ledger(text, FILE)
    assert {problem.file for problem in error.value.problems} == {FILE}
    return error.value.problems[0]


@pytest.mark.parametrize(
    ("kind", "made"),
    [
        (ArticleLink, ARTICLES),
        (Withheld, WITHHELD),
        (TopicLink, TOPICS),
        (StoryLink, STORIES),
        (SourceLink, SOURCES),
        (EditorLink, EDITORS),
    ],
    ids=[*SECTIONS, "editors"],
)
def test_every_key_is_tried(kind: type, made: st.SearchStrategy[dict[str, object]]) -> None:
    assert {each.name for each in fields(kind)} - find(made, lambda _: True).keys() <= {"slug", "id", "story", "day"}


@given(ledger=a_ledger())
def test_what_is_written_is_read_again(ledger: Ledger) -> None:
    text = write_ledger(ledger)
    assert read_ledger(text, FILE) == ledger
    assert write_ledger(read_ledger(text, FILE)) == text


@given(ledger=a_ledger())
def test_what_is_written_is_yaml_and_a_line_an_entry(ledger: Ledger) -> None:
    text = write_ledger(ledger)
    content = yaml.safe_load(text)
    sections = [*SECTIONS, *(["editors"] if ledger.editors else [])]
    assert list(content) == ["version", *sections]
    entries = [entry for section in sections for entry in content[section] or ()]
    lines = [line for line in text.split("\n") if line.startswith("  - ")]
    assert [json.loads(line[4:]) for line in lines] == entries


def joined(one: Ledger, other: Ledger) -> str:
    """Two ledgers as git's union merge leaves them: the lines of both under each heading, and both ends."""
    kept = [
        iter([line for line in write_ledger(each).splitlines() if line.startswith(("  - ", "# The end"))])
        for each in (one, other)
    ]
    text = ["version: 2"]
    for section in (*SECTIONS, "editors"):
        text.append(f"{section}:")
        for each, lines in zip((one, other), kept, strict=True):
            text += islice(lines, len(getattr(each, section)))
    return "\n".join([*text, *kept[0], *kept[1], ""])


@given(first=a_ledger(), second=a_ledger())
def test_the_lines_of_two_ledgers_make_one_whatever_their_order(first: Ledger, second: Ledger) -> None:
    merged = read_ledger(joined(first, second), FILE)
    assert merged == read_ledger(joined(second, first), FILE)
    for section in (*SECTIONS, "editors"):
        assert getattr(merged, section).keys() == getattr(first, section).keys() | getattr(second, section).keys()
    for slug, link in merged.articles.items():
        withdrawn = [each.articles[slug].withdrawn for each in (first, second) if slug in each.articles]
        assert link.withdrawn == any(withdrawn), "what one of them withholds is withheld"


def test_an_address_that_lives_in_one_ledger_lives_in_the_merged_one() -> None:
    text = (
        "version: 1\n"
        "articles:\n"
        "  - {slug: a, id: x, to: b}\n"
        "  - {slug: a, id: x, first: 2026-11-22, topic: t}\n"
        "  - {slug: a, id: x, first: 2026-11-20, topic: t}\n"
    )
    assert read_ledger(text, FILE).articles["a"] == ArticleLink(slug="a", id="x", first=date(2026, 11, 20), topic="t")


def test_two_ledgers_that_call_a_topic_otherwise_keep_all_its_names() -> None:
    text = (
        "version: 1\n"
        "topics:\n"
        "  - {slug: a, label: Korea, first: 2026-11-20, formerly: [Kim]}\n"
        '  - {slug: a, label: Seoul, first: 2026-11-21, formerly: ["North, or not", kim, Korea]}\n'
    )
    assert read_ledger(text, FILE).topics["a"] == TopicLink(
        slug="a", label="Korea", first=date(2026, 11, 20), formerly=("Kim", "North, or not", "Seoul")
    )


LEDGER = Ledger(
    articles={
        slug: ArticleLink(slug=slug, id=f"id of {slug}", first=date(2026, 11, 22), proposed="") for slug in ("b", "a")
    },
    withheld={"w": Withheld(id="w", seed="week.txt", marks="abcdef", address="qrstuv")},
    topics={"t": TopicLink(slug="t", label="No: really", to="", formerly=("No", "No, no"))},
    stories={"b": StoryLink(story="b", first=date(2026, 11, 22))},
    sources={"rt": SourceLink(slug="rt", name="RT", to="tass"), "tass": SourceLink(slug="tass", name="ТАСС")},
    editors={"2026-11-22": EditorLink(day="2026-11-22", said="0a1b2c")},
)
TEXT_OF_LEDGER = write_ledger(LEDGER)
LINES = TEXT_OF_LEDGER.split("\n")[:-1]
ENTRIES = [number for number, line in enumerate(LINES) if line.startswith("  - ")]


def test_entries_are_lines_and_sorted() -> None:
    lines = [re.sub(r', "check": "[0-9a-f]{6}"', "", line) for line in LINES if not line.startswith("#")]
    assert lines == [
        f"version: {VERSION}",
        "articles:",
        '  - {"slug": "a", "id": "id of a", "first": "2026-11-22", "proposed": ""}',
        '  - {"slug": "b", "id": "id of b", "first": "2026-11-22", "proposed": ""}',
        "withheld:",
        '  - {"id": "w", "seed": "week.txt", "marks": "abcdef", "address": "qrstuv"}',
        "topics:",
        '  - {"slug": "t", "label": "No: really", "to": "", "formerly": ["No", "No, no"]}',
        "stories:",
        '  - {"story": "b", "first": "2026-11-22"}',
        "sources:",
        '  - {"slug": "rt", "name": "RT", "to": "tass"}',
        '  - {"slug": "tass", "name": "ТАСС"}',
        "editors:",
        '  - {"day": "2026-11-22", "said": "0a1b2c"}',
    ]
    assert LINES[-1].startswith("# The end: 8 entries, ")


def test_an_empty_text_is_an_empty_ledger() -> None:
    assert read_ledger("", FILE) == Ledger()
    assert read_ledger(write_ledger(Ledger()), FILE) == Ledger()


# What is wrong with a ledger. A ledger that was half understood would let addresses die, and show what was withheld.


@pytest.mark.parametrize("end", range(1, len(LINES)))
def test_a_ledger_that_is_cut_at_a_line_is_refused(end: int) -> None:
    problem = refusal("\n".join(LINES[:end]) + "\n")
    assert "cut short" in problem.message
    assert "for example with git" in problem.message


@given(st.integers(1, len(TEXT_OF_LEDGER) - 2))
def test_a_ledger_that_is_cut_anywhere_is_refused(end: int) -> None:
    refusal(TEXT_OF_LEDGER[:end])


def with_line(number: int, *instead: str) -> str:
    """The ledger with other lines in place of one."""
    return "\n".join([*LINES[:number], *instead, *LINES[number + 1 :], ""])


@pytest.mark.parametrize("number", ENTRIES)
def test_a_ledger_that_lacks_an_entry_is_refused(number: int) -> None:
    problem = refusal(with_line(number))
    assert "lacks 1 of its lines" in problem.message


@pytest.mark.parametrize("number", sorted({*range(len(LINES))} - {*ENTRIES}))
def test_without_another_line_a_ledger_is_refused_or_says_the_same(number: int) -> None:
    if LINES[number].startswith("#") and number != len(LINES) - 1:
        assert read_ledger(with_line(number), FILE) == LEDGER
    else:
        refusal(with_line(number))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"slug": "a"', '"slug": "c"'),
        ('"first": "2026-11-22"', '"first": "2026-11-23"'),
        ('"id": "id of a", ', ""),
        ('"proposed": ""', '"proposed": "", "withdrawn": true'),
        ('"marks": "abcdef"', '"marks": ""'),
        ('"seed": "week.txt", ', ""),
        ("abcdef", "abcdeg"),
        ('"label": "No: really"', '"label": "No"'),
        ('"formerly": ["No", "No, no"]', '"formerly": ["No"]'),
        ('"name": "ТАСС"', '"name": "TASS"'),
    ],
)
def test_a_line_that_was_changed_by_hand_is_refused(before: str, after: str) -> None:
    number = next(number for number, line in enumerate(LINES) if before in line)
    changed = LINES[number].replace(before, after, 1)
    problem = refusal(with_line(number, changed))
    assert problem.line == number + 1
    assert "was changed by hand" in problem.message
    assert "decisions belong into curation.yml" in problem.message


def test_a_line_without_its_check_is_refused() -> None:
    number = ENTRIES[0]
    changed = re.sub(', "check": "......"', "", LINES[number])
    problem = refusal(with_line(number, changed))
    assert (problem.line, "a key is missing" in problem.message) == (number + 1, True)


@given(place=st.integers(0, len(TEXT_OF_LEDGER) - 1), character=st.characters(codec="utf-8"))
def test_one_wrong_character_is_refused_or_says_the_same(place: int, character: str) -> None:
    text = TEXT_OF_LEDGER[:place] + character + TEXT_OF_LEDGER[place + 1 :]
    with suppress(InputError):
        assert read_ledger(text, FILE) == LEDGER


def test_an_entry_that_took_the_place_of_another_is_refused() -> None:
    other = write_ledger(Ledger(withheld={"v": Withheld(id="v", marks="ghijkl")})).split("\n")
    foreign = next(line for line in other if line.startswith("  - "))
    number = next(number for number, line in enumerate(LINES) if '"id": "w"' in line)
    problem = refusal(with_line(number, foreign))
    assert "holds other lines than were written" in problem.message


def test_the_ends_of_two_ledgers_are_one_as_git_leaves_them() -> None:
    third = ArticleLink(slug="c", id="c", first=date(2026, 11, 23))
    more = replace(LEDGER, articles={**LEDGER.articles, "c": third})
    end = TEXT_OF_LEDGER.rstrip("\n").rpartition("\n")[2]
    both = f"{write_ledger(more)}{end}\n"
    assert both.count("# The end") == 2
    assert read_ledger(both, FILE) == more
    lacking = "".join(line for line in both.splitlines(keepends=True) if '"slug": "a"' not in line)
    assert "lacks 1 of its lines" in refusal(lacking).message


# The first version: flow-style YAML, without checks.

OF_OLD = """\
# Every address ever published, and what became of it. digestgen writes this file at each build; commit it with the
# seeds, and leave it as it is: decisions belong into curation.yml.
version: 1
articles:
  - {slug: a, id: "id of a", seed: week.txt, first: 2026-11-22, topic: t, text: abcdefgh}
  - {slug: b, id: "id of b", first: 2026-11-22, topic: t, proposed: u, withdrawn: true}
  - {slug: c, id: c, first: 2026-11-20, to: a}
#
# The topics. These lines keep two lists apart that git
# would otherwise merge into one.
#
topics:
  - {slug: t, label: "No: really", first: 2026-11-22, formerly: [No, "No, no"]}
  - {slug: u, label: U, to: ""}
"""


def test_the_first_version_is_read_still() -> None:
    day = date(2026, 11, 22)
    found = read_ledger(OF_OLD, FILE)
    assert found == Ledger(
        articles={
            "a": ArticleLink(slug="a", id="id of a", seed="week.txt", first=day, topic="t", text="abcdefgh"),
            "b": ArticleLink(slug="b", id="id of b", first=day, topic="t", proposed="u", withdrawn=True),
            "c": ArticleLink(slug="c", id="c", first=date(2026, 11, 20), to="a"),
        },
        topics={
            "t": TopicLink(slug="t", label="No: really", first=day, formerly=("No", "No, no")),
            "u": TopicLink(slug="u", label="U", to=""),
        },
    )
    assert read_ledger(write_ledger(found), FILE) == found


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        pytest.param("version: 3\n", None, "another digestgen", id="a later version"),
        pytest.param('version: 3\narticles:\n  - {"slug": "a"}\n', None, "another digestgen", id="with entries"),
        pytest.param("version: 1\narticles:\n  - {slug: a}\n", 3, "needs its id", id="no id"),
        pytest.param("version: 1\narticles:\n  - {id: a}\n", 3, "needs its slug", id="no slug"),
        pytest.param("version: 1\nsources:\n  - {slug: a}\n", 3, "needs its name", id="no name"),
        pytest.param("version: 1\ntopics:\n  - {slug: a, name: b}\n", 3, "unknown key", id="an unknown key"),
        pytest.param("version: 1\ntopics:\n  - a\n", 3, "holds what is no entry", id="no entry"),
        pytest.param("version: 1\ntopics: a\n", 2, "where a list belongs", id="no list"),
        pytest.param("version: 1\nwithheld:\n  - {id: b, text: abc}\n", 3, "not the fingerprint", id="a cut sketch"),
        pytest.param("version: 1\nwithheld:\n  - {id: b, marks: abc}\n", 3, "not the fingerprint", id="cut marks"),
        pytest.param("version: 1\narticles:\n  - {slug: a, id: b, first: soon}\n", 3, "not a date", id="no date"),
        pytest.param("version: 1\ntopics:\n  - {slug: a, pin: maybe}\n", 3, "pin: ", id="no flag"),
        pytest.param("version: 1\ntopics:\n  - {slug: a, formerly: b}\n", 3, "is no list", id="no list of names"),
        pytest.param("version: 1\ntopics:\n  - {slug: a, label: [b]}\n", 3, "is no text", id="a list for a text"),
        pytest.param("articles:\n  - {slug: a, id: b}\n", 1, "cut short", id="no version"),
    ],
)  # fmt: skip
def test_what_is_wrong_names_file_and_line(text: str, line: int | None, said: str) -> None:
    problem = refusal(text)
    assert problem.line == line
    assert said in problem.message


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(InputError) as error:
        read_ledger("version: 1\narticles:\n  - {slug: a}\n  - {id: a, first: soon}\n", FILE)
    assert [problem.line for problem in error.value.problems] == [3, 4, 4]


# What a ledger tells.


def first_seen(*days: int | None) -> Ledger:
    return Ledger(
        articles={
            f"a{number}": ArticleLink(slug=f"a{number}", id=f"a{number}", first=day and date(2026, 11, day))
            for number, day in enumerate(days)
        }
    )


@pytest.mark.parametrize(
    ("ledger", "editions", "latest"),
    [
        (first_seen(), [], None),
        (first_seen(3, 3), [3], None),
        (first_seen(3, 7, 3), [3, 7], 7),
        (first_seen(None, 7), [7], None),
    ],
    ids=["nothing", "a first edition: nothing is new", "two editions", "a day that nobody knows"],
)
def test_editions(ledger: Ledger, editions: list[int], latest: int | None) -> None:
    assert [day.day for day in ledger.editions()] == editions
    assert ledger.latest_edition() == (date(2026, 11, latest) if latest else None)


@pytest.mark.parametrize(
    ("link", "settled"),
    [
        (ArticleLink(slug="a", id="a", topic="t"), "t"),
        (ArticleLink(slug="a", id="a", topic="t", proposed="u"), "u"),
        (ArticleLink(slug="a", id="a", topic="t", proposed=""), None),
        (ArticleLink(slug="a", id="a", topic=None, proposed="u"), "u"),
        (ArticleLink(slug="a", id="a"), None),
    ],
    ids=["as readers see it", "moved by a ruling", "put there from the shelf", "taken out", "on the shelf"],
)
def test_what_an_edition_settled(link: ArticleLink, settled: str | None) -> None:
    assert link.settled == settled


def test_withheld_texts_are_known_by_the_names_that_rulings_use() -> None:
    ledger = Ledger(withheld={"w": Withheld(id="w", address=address_of("a-secret"))})
    assert ledger.withheld_names(["a-secret", "another"]) == {"a-secret"}
    assert Ledger(withheld={"w": Withheld(id="w")}).withheld_names(["", "a"]) == frozenset()


@pytest.mark.parametrize(
    ("ledger", "empty"),
    [
        (Ledger(), True),
        (Ledger(topics={"t": TopicLink(slug="t")}), True),
        (first_seen(3), False),
        (Ledger(withheld={"w": Withheld(id="w")}), False),
    ],
    ids=["nothing", "topics alone", "an article", "what is withheld"],
)
def test_whether_an_edition_was_recorded(ledger: Ledger, empty: bool) -> None:  # noqa: FBT001
    assert ledger.empty is empty


def test_other_names() -> None:
    assert other_names(["Kim", "KIM", "", "Korea", "Seoul"], than="seoul") == ("Kim", "Korea")


UNSEEN = Ledger(
    articles={"a": ArticleLink(slug="a", id="a", topic="shown", proposed="a-secret", by="a-secret")},
    withheld={"w": Withheld(id="w", topic="a-secret", by="a-secret")},
    topics={
        "a-secret": TopicLink(slug="a-secret", withdrawn=True),
        "seen": TopicLink(slug="seen", withdrawn=True, first=date(2026, 11, 22)),
        "shown": TopicLink(slug="shown", label="Shown", first=date(2026, 11, 22)),
    },
)


def test_a_topic_that_no_reader_ever_saw_is_written_without_its_words() -> None:
    hidden = UNSEEN.anonymous()
    assert "secret" not in write_ledger(hidden)
    assert {"seen", "shown"} < hidden.topics.keys()
    (name,) = hidden.topics.keys() - {"seen", "shown"}
    assert name == hidden.topics[name].slug == hidden.articles["a"].by == hidden.withheld["w"].topic
    assert hidden.anonymous() == hidden


def test_a_ruling_names_a_topic_that_no_reader_ever_saw() -> None:
    hidden = UNSEEN.anonymous()
    assert hidden.named(["shown", "a-secret", "another"]) == UNSEEN
    assert hidden.named(["shown", "another"]) == hidden
    assert UNSEEN.named(["a-secret"]) == UNSEEN
