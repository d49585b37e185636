from __future__ import annotations

import pytest

from digestgen.curate.explain.applied_rulings import rulings_on_article, rulings_on_topic
from digestgen.curate.rulings.rulings import Rulings
from digestgen.curate.rulings.rulings_file import read_rulings

FILE = "curation.yml"
TEXT = """\
topics:
  korea:
    label: The Koreas
    merge:
      - seoul
    articles:
      add: [treaty]
      remove: [kimchi]
    lead: treaty
    order:
      - troops
      - harbour
    keep: true
  seoul:
    merge: [busan]
  china:
    apart: [korea]
    hide: false
articles:
  treaty:
    title: The treaty
    pin: true
  kimchi:
    hide: false
rules:
  - {keyword: missile, hide: true}
  - {source: The Times, topic: busan}
  - {feed: news, hide: false}
  - {keyword: monsoon, topic: rain}
"""


def rulings() -> Rulings:
    read, problems = read_rulings(TEXT, FILE)
    assert not problems
    return read


@pytest.mark.parametrize(
    ("slug", "along_with", "proposed", "expected"),
    [
        ("weather", {}, "rain", []),
        (
            "treaty",
            {},
            None,
            [
                (7, "puts it into “korea”"),
                (9, "puts it first in “korea”"),
                (20, "gives its title"),
                (20, "puts it first"),
            ],
        ),
        ("kimchi", {}, "korea", [(8, "takes it out of “korea”"), (23, "shows it")]),
        (
            "troops",
            {"treaty": "which it follows"},
            None,
            [(7, "puts “treaty”, which it follows, into “korea”"), (11, "gives it its place in “korea”")],
        ),
        (
            "harbour",
            {},
            "busan",
            [
                (5, "folds its topic “seoul” into “korea”"),
                (12, "gives it its place in “korea”"),
                (15, "folds its topic “busan” into “seoul”"),
            ],
        ),
    ],
    ids=["none", "its own", "taken out", "of one that it follows", "merges in a chain"],
)
def test_on_an_article(
    slug: str, along_with: dict[str, str], proposed: str | None, expected: list[tuple[int, str]]
) -> None:
    found = rulings_on_article(slug, rulings(), FILE, along_with, proposed)
    assert [(decision.line, decision.says) for decision in found] == expected
    assert {decision.file for decision in found} <= {FILE}


HIDES = "hides it, by its keyword “missile”"
SENDS = "sends it to “busan”, by its source “The Times”"
SHOWS = "shows it, by its feed “news”"
SENDS_TOO = "sends it to “rain”, by its keyword “monsoon”"


@pytest.mark.parametrize(
    ("slug", "along_with", "expected"),
    [
        (
            "rain",
            {},
            {26: HIDES, 27: SENDS, 28: f"{SHOWS}; {FILE}:26 overrules it", 29: f"{SENDS_TOO}; {FILE}:27 overrules it"},
        ),
        (
            "kimchi",
            {},
            {
                26: f"{HIDES}; {FILE}:23 overrules it",
                27: f"{SENDS}; {FILE}:8 overrules it",
                28: f"{SHOWS}; {FILE}:23 overrules it",
                29: f"{SENDS_TOO}; {FILE}:27 overrules it",
            },
        ),
        (
            "treaty",
            {},
            {
                26: HIDES,
                27: SENDS,
                28: f"{SHOWS}; {FILE}:26 overrules it",
                29: f"{SENDS_TOO}; {FILE}:7 overrules it",
            },
        ),
        (
            "troops",
            {"kimchi": "which it repeats"},
            {
                26: HIDES,
                27: f"{SENDS}; {FILE}:8 overrules it",
                28: f"{SHOWS}; {FILE}:26 overrules it",
                29: f"{SENDS_TOO}; {FILE}:27 overrules it",
            },
        ),
    ],
    ids=["the first counts", "a ruling counts more", "a ruling that says the same", "a ruling on what it repeats"],
)
def test_rules_on_an_article(slug: str, along_with: dict[str, str], expected: dict[int, str]) -> None:
    found = rulings_on_article(slug, rulings(), FILE, along_with, None, rules=rulings().rules)
    assert {decision.line: decision.says for decision in found if decision.line >= 26} == expected


def test_on_a_topic() -> None:
    assert [(decision.line, decision.says) for decision in rulings_on_topic("korea", rulings(), FILE)] == [
        (2, "gives its name"),
        (2, "takes no newcomers"),
        (5, "folds topic “seoul” into “korea”"),
        (7, "puts article “treaty” here"),
        (8, "takes article “kimchi” out"),
        (9, "puts article “treaty” first"),
        (11, "puts its articles in order"),
        (15, "folds topic “busan” into “seoul”"),
        (17, "keeps it apart from “china”"),
        (27, "sends articles here, by their source “The Times”"),
    ]
    assert [(decision.line, decision.says) for decision in rulings_on_topic("china", rulings(), FILE)] == [
        (16, "shows it"),
        (17, "keeps it apart from “korea”"),
    ]
    assert rulings_on_topic("weather", rulings(), FILE) == ()


def test_merges_in_a_ring_come_to_an_end() -> None:
    ring, _ = read_rulings("topics:\n  a:\n    merge: [b]\n  b:\n    merge: [a]\n", FILE)
    assert len(rulings_on_topic("a", ring, FILE)) == 1
    assert len(rulings_on_article("x", ring, FILE, {}, "a")) == 2
