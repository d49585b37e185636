"""What waits for its day, over several editions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from compose.editions import FOUR, SECOND, edition, entries, of_seed, seed
from digestgen.compose.digest import Composition
from digestgen.curate.ledger.ledger import Ledger
from digestgen.model import Seed, Sidecar, SplitLine

EARLY, DAY, LATE = date(2026, 11, 20), date(2026, 12, 1), date(2026, 12, 5)
NAME = "harbour-0"


def waiting(*lines: str) -> Seed:
    """One article that says so in its front matter."""
    one = seed("harbour", 0)
    return replace(one, text="\n".join(["---", *lines, "---", "", one.text])) if lines else one


PLAIN, ON_DAY = waiting(), waiting(f"publish_on: {DAY}")
SLUG = of_seed(edition([PLAIN]).digest, NAME).slug
HIDE = f"articles: {{{SLUG}: {{hide: true}}}}"


def built(one: Seed, day: date, before: Composition | None = None, rulings: str = "", problems: int = 0) -> Composition:
    return edition([*FOUR, one], rulings, before.ledger if before else None, day=day, problems=problems)


def is_public(made: Composition) -> bool:
    return SLUG in entries(made.digest)


def test_it_is_withheld_until_its_day_and_then_new() -> None:
    first = built(ON_DAY, EARLY)
    assert not is_public(first)
    assert f"{NAME}.md:2: waits for its day (publish_on: 2026-12-01)" in first.notices
    assert SLUG not in first.ledger.articles
    on_the_eve = built(ON_DAY, date(2026, 11, 30), first)
    assert not is_public(on_the_eve)
    there = built(ON_DAY, DAY, on_the_eve)
    entry = of_seed(there.digest, NAME)
    assert (entry.slug, entry.first, entry.new) == (SLUG, DAY, True)
    assert there.digest.editions == (EARLY, DAY)


def test_a_build_after_the_day_brings_it_on_its_own_day() -> None:
    made = built(ON_DAY, LATE, built(ON_DAY, EARLY))
    assert of_seed(made.digest, NAME).first == LATE


def test_a_clock_that_went_back_takes_nothing_away() -> None:
    there = built(ON_DAY, DAY, built(ON_DAY, EARLY))
    assert is_public(built(ON_DAY, EARLY, there))


def test_without_a_clock_it_waits() -> None:
    assert not is_public(built(ON_DAY, date(1970, 1, 1)))


def test_what_was_public_can_be_taken_back_until_a_day() -> None:
    first = built(PLAIN, EARLY)
    assert is_public(first)
    taken = built(ON_DAY, SECOND, first)
    assert not is_public(taken)
    assert taken.ledger.articles[SLUG].withdrawn
    back = built(ON_DAY, DAY, taken)
    assert of_seed(back.digest, NAME).first == EARLY


@pytest.mark.parametrize(
    ("before", "rulings", "then", "rulings_then", "day", "public"),
    [
        pytest.param(ON_DAY, "", PLAIN, "", DAY, False, id="a line that is gone is no word"),
        pytest.param(ON_DAY, "", waiting("draft: false"), "", EARLY, True, id="draft: false is one"),
        pytest.param(ON_DAY, "", PLAIN, f"articles: {{{SLUG}: {{hide: false}}}}", EARLY, True, id="and hide: false"),
        pytest.param(waiting("draft: true"), "", ON_DAY, "", DAY, True, id="a draft that was given a day"),
        pytest.param(waiting("draft: true"), "", ON_DAY, "", SECOND, False, id="not before that day"),
        pytest.param(ON_DAY, "", waiting("draft: true", f"publish_on: {DAY}"), "", DAY, False, id="a draft stays one"),
        pytest.param(
            waiting("draft: true", f"publish_on: {DAY}"), "", ON_DAY, "", DAY, False, id="a draft mark that is gone"
        ),
        pytest.param(ON_DAY, HIDE, ON_DAY, HIDE, DAY, False, id="hidden"),
        pytest.param(ON_DAY, HIDE, ON_DAY, "", DAY, False, id="hidden by a line that is gone"),
        pytest.param(ON_DAY, HIDE, waiting("publish_on: 2026-11-30"), "", DAY, True, id="hidden, then given a new day"),
        pytest.param(
            PLAIN,
            f"articles: {{{SLUG}: {{publish_on: {DAY}}}}}",
            PLAIN,
            f"articles: {{{SLUG}: {{publish_on: {DAY}}}}}",
            DAY,
            True,
            id="by a ruling",
        ),
        pytest.param(
            PLAIN, f"articles: {{{SLUG}: {{publish_on: {DAY}}}}}", PLAIN, "", DAY, False, id="by a ruling that is gone"
        ),
        pytest.param(
            waiting("publish_on: 2026-11-25"),
            f"articles: {{{SLUG}: {{publish_on: {LATE}}}}}",
            waiting("publish_on: 2026-11-25"),
            "",
            DAY,
            False,
            id="the later of two days is gone",
        ),
    ],
)
def test_what_shows_it_again(  # noqa: PLR0913, PLR0917 -- two editions, and what is expected
    before: Seed,
    rulings: str,
    then: Seed,
    rulings_then: str,
    day: date,
    public: bool,  # noqa: FBT001
) -> None:
    first = built(before, EARLY, None, rulings)
    assert not is_public(first)
    assert is_public(built(then, day, first, rulings_then)) is public


def test_hidden_once_it_was_out_it_does_not_come_back_by_its_day() -> None:
    there = built(ON_DAY, DAY, built(ON_DAY, EARLY))
    hidden = built(ON_DAY, LATE, there, HIDE)
    assert not is_public(hidden)
    assert not is_public(built(ON_DAY, LATE, hidden))


def test_a_mistyped_name_holds_back_what_it_may_mean_until_the_day() -> None:
    rulings = f"articles: {{{SLUG[:-1]}: {{publish_on: {DAY}}}}}"
    made = built(PLAIN, EARLY, None, rulings, problems=1)
    assert not is_public(made)
    assert f"“{SLUG[:-1]}” is no article" in made.problems[0].message
    assert is_public(built(PLAIN, DAY, None, rulings, problems=1))


def test_a_part_of_a_dump_waits_by_its_split() -> None:
    parts = [of_seed(edition([seed("harbour", number)]).digest, f"harbour-{number}").article for number in (1, 2)]
    lines = [line for part in parts for line in (part.title, *part.paragraphs)]
    second = 2 + len(parts[0].paragraphs)
    split = (SplitLine(line=1), SplitLine(line=second, publish_on=DAY, at=3))
    sidecar = Sidecar(name="week.yml", language="en", articles=split)
    week = Seed(name="week.txt", text="\n".join(lines), sidecar=sidecar)
    first = edition([*FOUR, week], day=EARLY)
    assert parts[0].title in {entry.article.title for entry in first.digest.entries}
    assert parts[1].title not in {entry.article.title for entry in first.digest.entries}
    assert "week.yml:3: waits for its day (publish_on: 2026-12-01)" in first.notices
    there = edition([*FOUR, week], before=first.ledger, day=DAY)
    assert [entry.article.title for entry in there.digest.entries if entry.new] == [parts[1].title]


def test_no_word_of_it_is_in_the_ledger() -> None:
    assert edition([ON_DAY], day=EARLY).ledger.articles == Ledger().articles


def test_two_words_on_one_article_contradict_each_other() -> None:
    rulings = f"articles: {{{SLUG}: {{publish_on: {DAY}, hide: true}}}}"
    made = built(PLAIN, EARLY, None, rulings, problems=1)
    assert "has both hide: true and publish_on:; keep one" in made.problems[0].message
