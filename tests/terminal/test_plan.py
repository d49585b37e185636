"""A plan as a curator reads it at a terminal."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from io import StringIO

import pytest
from rich.console import Console
from rich.text import Text

from digestgen.curate.explain.explain import RecordedEdition
from digestgen.curate.ledger.ledger import Ledger
from digestgen.curate.plan.changes import (
    Added,
    Arrived,
    ArticleDiff,
    Change,
    ChangeReason,
    Fate,
    Gone,
    Hidden,
    Left,
    Moves,
    ReasonKind,
    SourceDiff,
    TakenIn,
    TopicDiff,
)
from digestgen.curate.plan.plan import Plan
from digestgen.curate.rulings.rulings import Rulings
from digestgen.curate.rulings.rulings_file import read_rulings
from digestgen.model import Digest, Topic
from digestgen.terminal.as_json import as_json
from digestgen.terminal.plan import print_plan

NOTHING = Plan(first=False)
WAR = Topic(
    slug="war", label="War", keyphrases=(), articles=("1", "2"), stories=(), summary=(), related=(), sources={}
)  # fmt: skip
CHESS = replace(WAR, slug="chess", label="Chess")
DIGEST = Digest(title="", description="", language="en", entries=(), topics=(WAR, CHESS), shelf=(), sources=())
KNOWN = RecordedEdition(digest=DIGEST, ledger=Ledger(), rulings=Rulings(), rulings_name="curation.yml")
LINE = ChangeReason(how=ReasonKind.RULING, file="curation.yml", line=3)
REGROUPED = ChangeReason(how=ReasonKind.REGROUPED)


def planned(plan: Plan, known: RecordedEdition = KNOWN, width: int = 80) -> str:
    page = StringIO()
    print_plan(plan, known, Console(file=page, width=width, highlight=False))
    return page.getvalue()


def a_diff(slug: str, change: Fate = Fate.CHANGED, **more: object) -> TopicDiff:
    return replace(TopicDiff(slug=slug, label=slug.capitalize(), change=change, articles=2), **more)


def added(*titles: str, because: ChangeReason | None = None, again: bool = False) -> tuple[Added, ...]:
    return tuple(Added(slug=title.lower(), title=title, because=because, again=again) for title in titles)


PLANS = {
    "no change": (NOTHING, "Nothing would change for readers.\n"),
    "no change, but texts are withheld": (
        replace(NOTHING, hidden=Hidden(withheld=5, more=2)),
        "Nothing would change for readers; 2 more texts are withheld.\n",
    ),
    "a first edition": (
        replace(NOTHING, first=True, topics=(a_diff("war", Fate.NEW, added=added("A")),)),
        "The first edition: 0 articles in 2 topics, 0 on the shelf. No address was\npublished before.\n",
    ),
    "one topic: nothing else": (
        replace(NOTHING, topics=(a_diff("war", was="Peace", note="added", pin="pinned", because=LINE),)),
        """\
~ War (war), 2 articles
  ~ renamed, was “Peace”, note added, pinned  curation.yml:3
""",
    ),
    "only new articles": (
        replace(
            NOTHING,
            topics=(a_diff("war", added=added("A")), a_diff("iran", Fate.NEW, added=added("B", "C"))),
            shelf=Moves(added=added("D")),
        ),
        """\
~ War (war), 2 articles
  + A

+ Iran (iran): new, 2 articles
  + B
  + C

~ The shelf
  + D

Nothing that readers know changes.
""",
    ),
    "moves are told where they lead, and counted where they begin": (
        replace(
            NOTHING,
            topics=(
                a_diff(
                    "war",
                    arrived=(
                        Arrived(slug="a", title="A", was=None, because=LINE),
                        Arrived(slug="b", title="B", was="chess", because=REGROUPED),
                    ),
                ),
                a_diff(
                    "chess",
                    left=(
                        Left(slug="b", title="B", to="war", because=REGROUPED),
                        Left(slug="c", title="C", to=None, because=ChangeReason(how=ReasonKind.EDITED)),
                        Left(slug="d", title="D", to=None, because=LINE),
                        Left(slug="e", title="E", to=None, because=LINE),
                    ),
                ),
            ),
            shelf=Moves(
                arrived=(Arrived(slug="c", title="C", was="chess", because=ChangeReason(how=ReasonKind.EDITED)),),
                left=(Left(slug="a", title="A", to="war", because=LINE),),
            ),
        ),
        """\
~ War (war), 2 articles
  + A — from the shelf  curation.yml:3
  + B — from Chess (chess)  regrouped
      b

~ Chess (chess), 2 articles
  → C — to the shelf  its text has changed
      c
  → 2 articles — to the shelf  curation.yml:3
      D
      E
  → 1 article to War (war)
""",
    ),
    "topics that come": (
        replace(
            NOTHING,
            topics=(
                a_diff("war", Fate.SHOWN, because=LINE, added=added("A", because=LINE, again=True)),
                a_diff(
                    "kursk",
                    Fate.PARTED,
                    other="chess",
                    arrived=(
                        Arrived(slug="b", title="B", was="chess", because=ChangeReason(how=ReasonKind.TAKEN_BACK)),
                    ),
                ),
                a_diff("iran", Fate.NEW, because=LINE, added=added("C", because=LINE, again=True)),
            ),
        ),
        """\
+ War (war): shown again, 2 articles  curation.yml:3
  + A

+ Kursk (kursk): parted from Chess (chess), 2 articles
  + B  a ruling was taken back

+ Iran (iran): new, 2 articles  curation.yml:3
  + C — shown again  curation.yml:3
""",
    ),
    "topics that go: what is merged is told of the other": (
        replace(
            NOTHING,
            topics=(
                a_diff("war", takes_in=(TakenIn(slug="seoul", label="Seoul", articles=3, because=LINE),)),
                a_diff("seoul", Fate.MERGED, other="war", articles=3),
                a_diff(
                    "sofia",
                    Fate.MERGED,
                    other="war",
                    gone=(Gone(slug="a", title="A", to="articles/b", because=None),),
                ),
                a_diff("dance", Fate.EMPTIED),
                a_diff("opera", Fate.EMPTIED, articles=0, gone=(Gone(slug="c", title="C", to=None, because=LINE),)),
                a_diff("gossip", Fate.HIDDEN, because=LINE),
                a_diff("rumour", Fate.HIDDEN, because=ChangeReason(how=ReasonKind.EARLIER), articles=0),
            ),
        ),
        """\
~ War (war), 2 articles
  + all of Seoul (seoul), 3 articles  curation.yml:3

− Sofia (sofia): merged into War (war)
  − A — now leads to articles/b
− Dance (dance): gone, with 2 articles to the shelf
− Opera (opera): gone
  − C — withdrawn  curation.yml:3
− Gossip (gossip): hidden, with 2 articles  curation.yml:3
− Rumour (rumour): hidden  since an earlier edition
""",
    ),
    "articles in place, and other stories": (
        replace(
            NOTHING,
            topics=(a_diff("war", retold=3),),
            articles=(
                ArticleDiff(slug="a", title="A", topic="war", retitled=Change("Z", "A"), note="changed", because=LINE),
                ArticleDiff(slug="b", title="B", topic="chess", edited=True, summary=True),
                ArticleDiff(slug="c", title="C", topic="chess", edited=True, summary=True),
                ArticleDiff(slug="d", title="D", topic=None, source=Change("", "RT"), pin="unpinned"),
            ),
        ),
        """\
~ War (war), 2 articles
  ~ 3 articles in other stories than before
  ~ A — retitled, was “Z”, note changed  curation.yml:3

~ Chess (chess), 2 articles
  ~ 2 articles — text edited, new summary
      B
      C

~ The shelf
  ~ D — source unknown, now RT, unpinned
""",
    ),
    "sources, and what is withheld": (
        replace(
            NOTHING,
            topics=(a_diff("war", added=added("A")),),
            sources=(
                SourceDiff(was="RT", now="RTV", path="sources/rt", to="sources/rtv"),
                SourceDiff(was="TASS", now=None, path="sources/tass", to="sources"),
            ),
            hidden=Hidden(withheld=1, more=1),
        ),
        """\
~ War (war), 2 articles
  + A

Sources
  ~ RTV: renamed, was “RT”; sources/rt leads to sources/rtv
  − TASS: gone; sources/tass leads to sources

1 more text is withheld.
""",
    ),
}


@pytest.mark.parametrize(("plan", "expected"), PLANS.values(), ids=PLANS)
def test_a_plan(plan: Plan, expected: str) -> None:
    assert planned(plan) == expected


@pytest.mark.parametrize(("plan", "expected"), PLANS.values(), ids=PLANS)
def test_colour_adds_nothing_that_a_reader_without_it_would_miss(plan: Plan, expected: str) -> None:
    page = StringIO()
    print_plan(plan, KNOWN, Console(file=page, width=80, highlight=False, force_terminal=True, color_system="standard"))
    assert Text.from_ansi(page.getvalue()).plain.rstrip("\n") == expected.rstrip("\n")


LONG = "a title of so many words that it is cut before its end has come, as there is no room for all of it"
CUT = "a title of so many words that it is cut before its end has come, as…"


@pytest.mark.parametrize("width", [60, 80])
def test_long_titles_are_cut_and_lines_wrapped(width: int) -> None:
    moved = Arrived(slug="-".join(["word"] * 11), title=LONG, was="chess", because=REGROUPED)
    said = replace(NOTHING, topics=(a_diff("war", was=LONG, label=LONG, arrived=(moved,), added=added(LONG)),))
    text = planned(said, width=width)
    assert max(map(len, text.splitlines())) <= width
    assert moved.slug in text.split()
    unwrapped = text.replace("\n    ", " ")
    assert f"+ {CUT}\n" in unwrapped
    assert f"~ renamed, was “{CUT}”\n" in unwrapped
    assert LONG in text.replace("\n  ", " "), "a topic is called by its whole name"


def test_a_square_bracket_is_a_square_bracket() -> None:
    text = planned(replace(NOTHING, topics=(a_diff("war", label="[b]", was="[i]", added=added("[red]A[/red]")),)))
    assert all(each in text for each in ("[b] (war)", "“[i]”", "+ [red]A[/red]\n"))


def test_a_long_plan_is_shortened_with_counts() -> None:
    many = [f"slug-{number:03}" for number in range(100)]
    text = planned(
        replace(
            NOTHING,
            topics=(
                *(a_diff(slug, Fate.NEW, added=added(*many)) for slug in many),
                a_diff("last", gone=tuple(Gone(slug=slug, title=slug, to=None, because=LINE) for slug in many)),
                *(a_diff(f"{slug}-too", Fate.HIDDEN) for slug in many),
            ),
            sources=tuple(SourceDiff(was=slug, now=None, path=slug, to="sources") for slug in many),
        )
    )
    assert text.count("\n") < 180
    assert text.count("… and 95 more articles\n") == 12
    for rest in ("89 more topics", "80 more topics", "80 more sources"):
        assert f"… and {rest}\n" in text
    assert text.index("Slug-010 (") < text.index("Last (last)"), "what changes for readers is told before what is new"


def test_lost_addresses_come_with_lines_to_paste_as_they_stand() -> None:
    lines = ("articles:", f"  {'long-' * 30}slug:", "    hide: true")
    text = planned(replace(NOTHING, lost=("a",), answers=lines))
    assert text.startswith("1 address would be lost: the build fails until you decide\n")
    assert "paste this into curation.yml." in text
    assert text.endswith("\n\n" + "\n".join(lines) + "\n")
    rulings, _ = read_rulings("articles:\n  b:\n    pin: true\n", "curation.yml")
    text = planned(replace(NOTHING, lost=("a",)), replace(KNOWN, rulings=rulings), width=200)
    assert "paste this into curation.yml, under articles:." in text


def test_json_holds_all_and_is_sorted() -> None:
    plan = PLANS["moves are told where they lead, and counted where they begin"][0]
    read = json.loads(as_json(plan))
    assert list(read) == sorted(read)
    assert set(read) == {each.name for each in fields(Plan)}
    assert read["topics"][0]["change"] == "changed"
    assert read["topics"][0]["arrived"][1] == {
        "because": {"file": "", "how": "regrouped", "line": None},
        "slug": "b",
        "title": "B",
        "was": "chess",
    }
