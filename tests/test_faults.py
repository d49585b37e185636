"""No hidden word ever gets out, whatever happens to the files that say what is hidden.

A newspaper with secrets of every kind is published in three editions. Then its files are spoilt, the next editions are
built, and all that stands in ``docs/`` is searched for the words that only the hidden articles hold. The faults are
drawn at random, and are the same ones every time: each kind once, and a thousand of them by night
(``DIGESTGEN_FAULTS=1000``).
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest

from digestgen import cli
from faults import FAULTS, FAULTS_OF_THE_LEDGER, newcomers, regrouped
from gazette import (
    FILES,
    HIDDEN,
    LEDGER,
    NEWCOMER,
    OPERA,
    PUBLIC,
    RULINGS,
    SIDECAR,
    UNSEEN,
    VOLCANO,
    Desk,
    markdown,
    publish_three_editions,
    word,
)
from remembering import studying_once

pytestmark = pytest.mark.long

EVERY_FAULT = {**FAULTS, **FAULTS_OF_THE_LEDGER}
FAULTS_TO_TRY = int(os.environ.get("DIGESTGEN_FAULTS", len(EVERY_FAULT)))
FOURTH, FIFTH = 4, 5
"""Days of the editions after the newspaper's three."""


@dataclass(frozen=True)
class Trial:
    """Two editions, and the faults before each; the number seeds the random generator."""

    number: int
    fourth: tuple[str, ...]
    fifth: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.number}: {', then '.join(' and '.join(names) for names in (self.fourth, self.fifth) if names)}"


def trials(count: int) -> list[Trial]:
    """Each fault in random order, followed by or combined with the next one; ledger faults alone."""
    found: list[Trial] = []
    waiting: list[str] = []
    while count > 0:
        if not waiting:
            waiting = list(EVERY_FAULT)
            Random(count).shuffle(waiting)  # noqa: S311 -- the same every time is what it is for
        number, name = len(found), waiting.pop()
        following = next((other for other in reversed(waiting) if other in FAULTS), None)
        if name in FAULTS_OF_THE_LEDGER or following is None:
            found.append(Trial(number, (name,)))
            count -= 1
            continue
        waiting.remove(following)
        found.append(Trial(number, (name, following)) if number % 4 == 3 else Trial(number, (name,), (following,)))
        count -= 2
    return found


@pytest.fixture(scope="module")
def gazette() -> Iterator[Desk]:
    """The newspaper after three editions."""
    with studying_once(), TemporaryDirectory() as root:
        published = publish_three_editions(Path(root) / "gazette")
        # Freeze what is loaded by now; collecting it repeatedly takes a tenth of the time.
        gc.freeze()
        yield published
        gc.unfreeze()


@pytest.fixture
def desk(gazette: Desk) -> Iterator[Desk]:
    """A copy to break."""
    with TemporaryDirectory() as root:
        yield gazette.copy(Path(root) / "gazette")


@pytest.fixture(scope="module")
def outcomes() -> Counter[str]:
    """How many trials published everything else, some of it, or nothing new."""
    return Counter()


def test_hidden_words_are_nowhere_and_the_others_are_there(gazette: Desk) -> None:
    assert gazette.leaks() == []
    assert gazette.shown() == set(PUBLIC)


def test_the_ledger_knows_what_was_never_published_without_its_words(gazette: Desk) -> None:
    ledger = (gazette.seeds / LEDGER).read_text(encoding="utf-8").casefold()
    assert [name for name in UNSEEN if word(name).casefold() in ledger] == []


@pytest.mark.parametrize("trial", trials(FAULTS_TO_TRY), ids=str)
def test_no_hidden_word_gets_out(trial: Trial, desk: Desk, outcomes: Counter[str]) -> None:
    random = Random(trial.number)  # noqa: S311
    newcomers_on = random.choice([FOURTH, FIFTH, None])
    for day, faults in ((FOURTH, trial.fourth), (FIFTH, trial.fifth)):
        if day == FIFTH and random.random() < 0.3:
            desk.restore()
        for name in faults:
            EVERY_FAULT[name](desk, random)
        if day == newcomers_on:
            newcomers(desk, random)
        if day == FIFTH:
            desk.write("chess-newcomer.md", markdown(NEWCOMER, "chess", 9, titled=True))
        desk.build(day)
        assert desk.leaks() == [], f"trial {trial}, on day {day}"
    shown = desk.shown()
    outcomes["all" if shown == {*PUBLIC, NEWCOMER} else "some" if NEWCOMER in shown else "nothing new"] += 1


def test_most_faults_leave_the_rest_published(outcomes: Counter[str]) -> None:
    """Otherwise nothing leaked only because nothing was built."""
    tried = sum(outcomes.values())
    if tried < 40:
        pytest.skip("too few were tried to tell")
    print(", ".join(f"{count} of {tried} published {what}" for what, count in sorted(outcomes.items())))  # noqa: T201
    assert outcomes["all"] >= tried / 5, outcomes
    assert outcomes["nothing new"] <= tried * 3 / 5, outcomes


@pytest.mark.parametrize("number", range(max(6, FAULTS_TO_TRY // 50)))
def test_regrouping_shows_nothing(number: int, desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    if "regroup" not in capsys.readouterr().out:
        pytest.skip("there is no such command")
    random = Random(number)  # noqa: S311
    if number % 2:
        FAULTS["one ruling removed"](desk, random)
    regrouped(desk, random)
    for day in (FOURTH, FIFTH):
        desk.build(day)
        assert desk.leaks() == [], f"regrouping {number}, edition {day}"


def test_the_order_of_files_and_of_hashes_shows_nothing(desk: Desk, tmp_path: Path) -> None:
    newcomers(desk, Random(0))  # noqa: S311
    other = desk.copy(tmp_path / "other", backwards=True)
    assert desk.build(FOURTH) == 0
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(Desk.moment(FOURTH)), "PYTHONHASHSEED": "1"}
    call = [sys.executable, "-m", "digestgen", "build", "--seeds", str(other.seeds), "--docs", str(other.docs)]
    subprocess.run(call, check=True, capture_output=True, env=environment)
    assert desk.leaks() == other.leaks() == []
    one, two = (
        {path.relative_to(each.docs): path.read_bytes() for path in each.docs.rglob("*.*")} for each in (desk, other)
    )
    assert one == two


Edit = Callable[[Desk], None]


def replaced(name: str, old: str, new: str) -> Edit:
    """Replace each ``old`` in a file by ``new``."""

    def edit(desk: Desk) -> None:
        text = (desk.seeds / name).read_text(encoding="utf-8")
        assert old in text
        desk.write(name, text.replace(old, new))

    return edit


def ruled(kind: str, *names: str) -> Edit:
    """Set ``hide: false`` for these articles or topics, replacing all rulings."""

    def edit(desk: Desk) -> None:
        desk.write(RULINGS, f"{kind}:\n" + "".join(f"  {desk.slugs[name]}:\n    hide: false\n" for name in names))

    return edit


def ruled_beside_the_rules(*names: str) -> Edit:
    """The same for articles, keeping the other rulings."""

    def edit(desk: Desk) -> None:
        shown = "".join(f"  {desk.slugs[name]}:\n    hide: false\n" for name in names)
        replaced(RULINGS, "\narticles:\n", f"\narticles:\n{shown}")(desk)

    return edit


EXPLICIT: Sequence[tuple[str, Edit, tuple[str, ...]]] = [
    ("skip", replaced(SIDECAR, "skip: true", "skip: false"), ("skipped", "skipped-later")),
    ("article", ruled("articles", "before", "later"), ("before", "later")),
    ("topics", ruled("topics", "volcano", "opera"), (*VOLCANO, *OPERA)),
    ("draft", replaced(FILES["draft"], "draft: true", "draft: false"), ("draft",)),
    ("published", replaced(FILES["unpublished"], "published: false", "draft: false"), ("unpublished",)),
    ("rules gone", ruled("articles", "by-source", "by-keyword"), ("by-source", "by-keyword")),
    ("rules kept", ruled_beside_the_rules("by-source", "by-keyword"), ("by-source", "by-keyword")),
]


@pytest.mark.parametrize(("edit", "names"), [case[1:] for case in EXPLICIT], ids=[case[0] for case in EXPLICIT])
def test_an_explicit_word_shows_it_and_nothing_else(edit: Edit, names: tuple[str, ...], desk: Desk) -> None:
    edit(desk)
    desk.build(FOURTH)
    shown = {leak.partition("(")[2].rstrip(")") for leak in desk.leaks()}
    assert set(names) <= shown
    # What was hidden with a topic comes back with it, even through a ruling that is gone by now.
    assert shown <= {*names, "added"}
    assert desk.shown() == set(PUBLIC)


def test_every_secret_can_be_shown() -> None:
    assert {name for _, _, names in EXPLICIT for name in names} | {"added"} == set(HIDDEN)
