"""Where articles stand: what is settled stays, newcomers are placed, and rulings move only what they name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from unittest import mock

import pytest

from compose.editions import (
    FIRST,
    FOUR,
    SECOND,
    SUBJECTS,
    THIRD,
    by_topic,
    edition,
    entries,
    of_seed,
    places,
    seed,
    seeds,
    topic_of,
)
from digestgen.analyse.grouping import cluster
from digestgen.compose.digest import Composition
from digestgen.curate.curation import EVERYTHING
from digestgen.curate.files.settings import DigestSettings
from digestgen.curate.ledger.ledger import Ledger, TopicLink
from digestgen.curate.ledger.ledger_file import write_ledger
from digestgen.model import Digest, Seed, Sidecar
from newsroom import write

BEFORE = edition(FOUR)
CHESS, VOLCANO, OPERA, ORCHARD = (topic_of(BEFORE.digest, subject) for subject in SUBJECTS)
SLUG = {entry.article.seed.removesuffix(".md"): entry.slug for entry in BEFORE.digest.entries}
MIXED = seeds(first=4, chess=2, opera=1, bees=4, harbour=1)
"""Newcomers of every kind: to settled topics, to a new one, and to the shelf."""


def settled(ledger: Ledger) -> dict[str, tuple[str | None, str | None, str | None]]:
    """Slug → what an edition has settled of an article."""
    return {slug: (link.settled, link.story, link.repeats) for slug, link in ledger.articles.items()}


def following(rulings: str = "", **options: object) -> Composition:
    """The same articles in a second edition."""
    return edition(FOUR, rulings, BEFORE.ledger, day=SECOND, **options)


def test_a_first_edition_groups_by_subject() -> None:
    assert by_topic(BEFORE.digest) == {
        topic_of(BEFORE.digest, subject): {f"{subject}-{number}" for number in range(4)} for subject in SUBJECTS
    }
    assert BEFORE.digest.shelf == ()
    assert not any(entry.new or entry.ruled for entry in BEFORE.digest.entries)


def test_a_second_edition_with_nothing_new_is_the_same() -> None:
    again = following()
    assert again == BEFORE
    assert write_ledger(again.ledger) == write_ledger(BEFORE.ledger)


@pytest.mark.parametrize("newcomers", [MIXED, MIXED[:1], MIXED[3:7], MIXED[7:]], ids=["all", "one", "a topic", "alone"])
def test_newcomers_move_no_settled_article(newcomers: list[Seed]) -> None:
    later = edition([*FOUR, *newcomers], before=BEFORE.ledger, day=SECOND)
    found, before = places(later.digest), places(BEFORE.digest)
    assert {name: found[name] for name in before} == before
    assert {slug: settled(later.ledger)[slug] for slug in BEFORE.ledger.articles} == settled(BEFORE.ledger)
    labels = {topic.slug: topic.label for topic in later.digest.topics}
    assert labels.items() >= {topic.slug: topic.label for topic in BEFORE.digest.topics}.items()
    stories = {story.slug for topic in later.digest.topics for story in topic.stories}
    assert stories >= {story.slug for topic in BEFORE.digest.topics for story in topic.stories}
    assert {entry.article.seed for entry in later.digest.entries if entry.new} == {each.name for each in newcomers}


def test_newcomers_join_what_they_are_clearly_close_to_or_found_a_topic_or_stand_on_the_shelf() -> None:
    later = edition([*FOUR, *MIXED], before=BEFORE.ledger, day=SECOND).digest
    found = places(later)
    assert {found["chess-4"], found["chess-5"]} == {CHESS}
    assert found["opera-4"] == OPERA
    bees = topic_of(later, "bees")
    assert by_topic(later)[bees] == {"bees-4", "bees-5", "bees-6", "bees-7"}
    assert bees not in by_topic(BEFORE.digest)
    assert [topic.slug for topic in later.topics if topic.new] == [bees]
    assert found["harbour-4"] is None
    assert of_seed(later, "chess-4").story == of_seed(BEFORE.digest, "chess-0").story


def test_the_order_of_newcomers_makes_no_difference() -> None:
    one = edition([*FOUR, *MIXED], before=BEFORE.ledger, day=SECOND)
    assert edition([*reversed(MIXED), *FOUR], before=BEFORE.ledger, day=SECOND) == one


def test_what_is_on_the_shelf_may_join_a_topic_that_newcomers_found_and_only_that() -> None:
    alone = edition([*FOUR, seed("harbour", 0)], before=BEFORE.ledger, day=SECOND)
    assert places(alone.digest)["harbour-0"] is None
    later = edition([*FOUR, *seeds(harbour=5), *seeds(bees=1)], before=alone.ledger, day=THIRD)
    harbour = topic_of(later.digest, "harbour")
    assert by_topic(later.digest)[harbour] == {f"harbour-{number}" for number in range(5)}
    assert places(later.digest)["bees-0"] is None
    same = edition([*FOUR, *seeds(harbour=1)], before=alone.ledger, day=THIRD)
    assert same.digest == alone.digest


def test_a_newcomer_leaves_the_shelf_that_it_has_nothing_to_do_with() -> None:
    """Linking all of a large shelf anew, with every article that comes, would cost more than all else."""
    rain = Seed(name="pluie.md", text="# Il pleut sur Brest\n\nIl pleut sans cesse.", sidecar=Sidecar(language="fr"))
    before = edition([*FOUR, *seeds(harbour=1), rain], before=BEFORE.ledger, day=SECOND)
    assert places(before.digest)["pluie"] is places(before.digest)["harbour-0"] is None
    with mock.patch.object(cluster, "propose", wraps=cluster.propose) as proposed:
        edition([*FOUR, *seeds(harbour=2), rain], before=before.ledger, day=THIRD)
    (call,) = proposed.call_args_list
    assert len(call.args[1]) == 2


def test_a_topic_lives_with_one_article_and_dies_with_the_last() -> None:
    fewer = [each for each in FOUR if not each.name.startswith("chess") or each.name == "chess-2.md"]
    gone = "".join(f"  {SLUG[name]}:\n    hide: true\n" for name in ("chess-0", "chess-1", "chess-3"))
    later = edition(fewer, f"articles:\n{gone}", BEFORE.ledger, day=SECOND)
    assert by_topic(later.digest)[CHESS] == {"chess-2"}
    assert settled(later.ledger)[SLUG["chess-2"]] == settled(BEFORE.ledger)[SLUG["chess-2"]]
    none = [each for each in FOUR if not each.name.startswith("chess")]
    gone += f"  {SLUG['chess-2']}:\n    hide: true\n"
    last = edition(none, f"articles:\n{gone}", later.ledger, day=THIRD)
    assert last.digest.former.topics == {CHESS: ""}


def test_an_edit_that_leaves_most_of_a_text_leaves_it_where_it_stands() -> None:
    text = next(each for each in FOUR if each.name == "chess-1.md")
    edited = replace(text, text=text.text + "\nThe editors have since corrected a date in this report.\n")
    later = edition([edited if each is text else each for each in FOUR], before=BEFORE.ledger, day=SECOND)
    assert places(later.digest) == places(BEFORE.digest)
    assert of_seed(later.digest, "chess-1").slug == SLUG["chess-1"]
    assert settled(later.ledger) == settled(BEFORE.ledger)


# Rulings.


def adding(name: str, topic: str) -> str:
    return f"topics:\n  {topic}:\n    articles:\n      add: [{SLUG[name]}]\n"


def removing(name: str, topic: str) -> str:
    return f"topics:\n  {topic}:\n    articles:\n      remove: [{SLUG[name]}]\n"


@pytest.mark.parametrize(
    ("rulings", "moved"),
    [
        pytest.param(adding("chess-1", OPERA), {"chess-1": OPERA}, id="put into another topic"),
        pytest.param(adding("chess-0", OPERA), {"chess-0": OPERA}, id="put into another topic, another one"),
        pytest.param(removing("chess-1", CHESS), {"chess-1": None}, id="taken out"),
        pytest.param(adding("chess-1", CHESS), {}, id="put where it stands"),
        pytest.param(removing("chess-1", OPERA), {}, id="taken out of where it is not"),
        pytest.param(
            f"topics: {{{OPERA}: {{merge: [{CHESS}]}}}}\n",
            {f"chess-{number}": OPERA for number in range(4)},
            id="a topic is folded into another",
        ),
        pytest.param(
            f"topics: {{{OPERA}: {{merge: [{CHESS}], articles: {{remove: [{SLUG['chess-3']}]}}}}}}\n",
            {**{f"chess-{number}": OPERA for number in range(3)}, "chess-3": None},
            id="folded, without one of its articles",
        ),
        pytest.param(
            f"topics:\n  moves:\n    label: Moves\n    articles:\n      add: [{SLUG['chess-1']}, {SLUG['opera-2']}]\n",
            {"chess-1": "moves", "opera-2": "moves"},
            id="a topic is founded",
        ),
        pytest.param(f"topics: {{{CHESS}: {{pin: true, note: Here.}}}}\n", {}, id="a note and pin"),
        pytest.param(f"topics: {{{CHESS}: {{keep: true, apart: [{OPERA}]}}}}\n", {}, id="kept as it is"),
        pytest.param("rules:\n  - {keyword: chess federation, topic: " + OPERA + "}\n", None, id="a rule"),
    ],
)
def test_a_ruling_moves_only_what_it_names_and_settles_nothing(
    rulings: str, moved: dict[str, str | None] | None
) -> None:
    after = following(rulings)
    before = places(BEFORE.digest)
    if moved is None:
        moved = {name: OPERA for name in before if says(SLUG[name], "chess federation")}
        assert 0 < len([name for name in moved if name.startswith("chess")]) < 4
    assert places(after.digest) == {**before, **moved}
    assert {entry.article.seed.removesuffix(".md") for entry in after.digest.entries if entry.ruled} == set(moved)
    assert settled(after.ledger) == settled(BEFORE.ledger)
    taken_back = edition(FOUR, before=after.ledger, day=THIRD)
    # A topic that was there for one edition leaves its address and name behind; but for that everything is as it was.
    topics = tuple(replace(topic, former_names=()) for topic in taken_back.digest.topics)
    assert replace(taken_back.digest, topics=topics, former=BEFORE.digest.former) == BEFORE.digest
    once_more = edition(FOUR, rulings, after.ledger, day=THIRD)
    assert once_more == after


def test_a_label_is_there_as_long_as_the_ruling_is() -> None:
    def label(made: Composition) -> str:
        return next(topic.label for topic in made.digest.topics if topic.slug == CHESS)

    named = following(f"topics: {{{CHESS}: {{label: Chess}}}}\n")
    assert (label(BEFORE), label(named)) == ("Olga Lind", "Chess")
    renamed = edition(FOUR, f"topics: {{{CHESS}: {{label: Gambits}}}}\n", named.ledger, day=THIRD)
    assert label(renamed) == "Gambits"
    taken_back = edition(FOUR, before=renamed.ledger, day=THIRD)
    assert label(taken_back) == "Olga Lind"
    assert taken_back.ledger.topics[CHESS].formerly == ("Chess", "Gambits")


def says(slug: str, word: str) -> bool:
    article = entries(BEFORE.digest)[slug].article
    return any(word in text.lower() for text in (article.title, *article.paragraphs))


@pytest.mark.parametrize("moved", [f"chess-{number}" for number in range(4)])
def test_a_ruling_on_one_article_takes_no_newcomer_of_its_story_along(moved: str) -> None:
    of = [*FOUR, *seeds(first=4, chess=3)]
    usual = edition(of, before=BEFORE.ledger, day=SECOND)
    ruled = edition(of, adding(moved, ORCHARD), BEFORE.ledger, day=SECOND)
    assert places(ruled.digest) == {**places(usual.digest), moved: ORCHARD}
    assert settled(ruled.ledger).items() >= settled(BEFORE.ledger).items()
    told = {
        story.slug: story.articles for topic in ruled.digest.topics for story in topic.stories if topic.slug == CHESS
    }
    assert max(map(len, told.values())) > 3, "newcomers join what is left of the story"
    assert of_seed(ruled.digest, moved).story not in told


WITH_MIXED = edition([*FOUR, *MIXED], before=BEFORE.ledger, day=SECOND)
NEW = {entry.article.seed.removesuffix(".md"): entry.slug for entry in WITH_MIXED.digest.entries if entry.new}


@pytest.mark.parametrize(
    ("rulings", "moved"),
    [
        pytest.param(
            f"topics: {{{OPERA}: {{articles: {{add: [{NEW['chess-4']}]}}}}}}", {"chess-4": OPERA}, id="put in"
        ),
        pytest.param(
            f"topics: {{{CHESS}: {{articles: {{remove: [{NEW['chess-4']}]}}}}}}", {"chess-4": None}, id="taken out"
        ),
        pytest.param(
            f"topics: {{{OPERA}: {{articles: {{add: [{NEW['bees-4']}]}}}}}}",
            {"bees-4": OPERA},
            id="put in, and not with what it is like",
        ),
        pytest.param(
            f"topics: {{hives: {{label: Hives, articles: {{add: [{NEW['bees-4']}, {NEW['harbour-4']}]}}}}}}",
            {"bees-4": "hives", "harbour-4": "hives"},
            id="a topic is founded",
        ),
        pytest.param(f"rules: [{{feed: bees-4, topic: {OPERA}}}]", {"bees-4": OPERA}, id="sent by a rule"),
        pytest.param(f"rules: [{{feed: harbour-4, topic: {OPERA}}}]", {"harbour-4": OPERA}, id="sent from the shelf"),
    ],
)
def test_a_ruling_on_a_newcomer_moves_only_that_and_settles_nothing(rulings: str, moved: dict[str, str | None]) -> None:
    ruled = edition([*FOUR, *MIXED], f"{rulings}\n", BEFORE.ledger, day=SECOND)
    assert places(ruled.digest) == {**places(WITH_MIXED.digest), **moved}
    assert settled(ruled.ledger) == settled(WITH_MIXED.ledger)
    later = edition([*FOUR, *MIXED], before=ruled.ledger, day=THIRD)
    assert places(later.digest) == places(WITH_MIXED.digest)


def test_a_newcomer_that_is_like_what_was_taken_out_stays_out_too() -> None:
    # The same words the other way round: as like as can be, and no reprint.
    text = "\n\n".join(" ".join(reversed(paragraph.split())) for paragraph in write("chess", 1).paragraphs)
    twin = Seed(name="twin.md", text=f"# Told otherwise\n\n{text}\n", sidecar=Sidecar(language="en"))
    assert places(edition([*FOUR, twin], before=BEFORE.ledger, day=SECOND).digest)["twin"] == CHESS
    out = edition([*FOUR, twin], removing("chess-1", CHESS), BEFORE.ledger, day=SECOND).digest
    assert (places(out)["chess-1"], places(out)["twin"]) == (None, None)


BOARD_GAMES = f"label: Board games, articles: {{add: [{SLUG['chess-1']}, {SLUG['chess-2']}]}}"
FOUNDED = f"topics: {{board-games: {{{BOARD_GAMES}}}}}\n"


def test_a_topic_that_the_curator_founds_is_there_under_that_name_and_takes_newcomers() -> None:
    founded = following(FOUNDED)
    topic = next(topic for topic in founded.digest.topics if topic.slug == "board-games")
    assert (topic.label, topic.first) == ("Board games", SECOND)
    assert by_topic(founded.digest)["board-games"] == {"chess-1", "chess-2"}
    assert by_topic(founded.digest)[CHESS] == {"chess-0", "chess-3"}
    later = edition([*FOUR, *seeds(first=4, chess=4)], FOUNDED, founded.ledger, day=THIRD)
    newcomers = {places(later.digest)[f"chess-{number}"] for number in range(4, 8)}
    assert "board-games" in newcomers
    assert newcomers <= {"board-games", CHESS}


def test_a_topic_can_be_founded_in_a_first_edition() -> None:
    first = edition(FOUR, FOUNDED)
    assert by_topic(first.digest)["board-games"] == {"chess-1", "chess-2"}
    assert edition(FOUR, FOUNDED, first.ledger, day=SECOND) == first
    assert places(edition(FOUR, before=first.ledger, day=SECOND).digest) == places(BEFORE.digest)


@pytest.mark.parametrize(
    "rulings",
    [
        f"topics:\n  board-games:\n    articles:\n      add: [{SLUG['chess-1']}]\n",
        "topics:\n  board-games:\n    label: Board games\n",
    ],
    ids=["without a label", "without articles"],
)
def test_half_a_word_founds_no_topic(rulings: str) -> None:
    after = following(rulings, problems=1)
    assert "board-games" not in by_topic(after.digest)
    assert places(after.digest) == places(BEFORE.digest)


def test_a_topic_that_is_kept_takes_no_newcomers() -> None:
    later = edition([*FOUR, *MIXED], f"topics: {{{CHESS}: {{keep: true}}}}\n", BEFORE.ledger, day=SECOND).digest
    assert by_topic(later)[CHESS] == {f"chess-{number}" for number in range(4)}
    assert {places(later)["chess-4"], places(later)["chess-5"]} & {CHESS, OPERA, VOLCANO, ORCHARD} == set()
    added = f"topics: {{{CHESS}: {{keep: true, articles: {{add: [{of_seed(later, 'chess-4').slug}]}}}}}}\n"
    assert places(edition([*FOUR, *MIXED], added, BEFORE.ledger, day=SECOND).digest)["chess-4"] == CHESS


def test_a_rule_that_hides_hides_newcomers_and_no_other() -> None:
    ruled = edition([*FOUR, *MIXED], "rules: [{feed: chess-4, hide: true}]\n", BEFORE.ledger, day=SECOND)
    found = places(WITH_MIXED.digest)
    assert places(ruled.digest) == {name: found[name] for name in found if name != "chess-4"}
    assert len(ruled.ledger.withheld) == 1


# Quiet topics.


def quiet_after(days: int) -> DigestSettings:
    return DigestSettings(quiet_after=days)


def dated(subject: str, published: date | None) -> list[Seed]:
    return [seed(subject, number, published=published) for number in range(4)]


@pytest.mark.parametrize(
    ("days", "passed", "quiet"),
    [(60, 60, False), (60, 61, True), (3, 4, True), (0, 10_000, False)],
    ids=["just not", "just so", "as set", "never"],
)
def test_a_topic_to_which_nothing_came_for_long_takes_no_newcomers(days: int, passed: int, quiet: bool) -> None:  # noqa: FBT001
    day = FIRST + timedelta(passed)
    later = edition([*FOUR, *MIXED], before=BEFORE.ledger, day=day, settings=quiet_after(days)).digest
    assert (places(later)["chess-4"] != CHESS) is quiet
    topic = {topic.slug: topic for topic in later.topics}
    assert (topic[VOLCANO].quiet, topic[CHESS].quiet) == (quiet, quiet)
    assert not topic[topic_of(later, "bees")].quiet
    assert {name: places(later)[name] for name in places(BEFORE.digest)} == places(BEFORE.digest)


def test_a_topic_goes_quiet_by_the_dates_of_its_articles_where_these_are_later() -> None:
    day = FIRST + timedelta(70)
    days = (FIRST + timedelta(20), FIRST - timedelta(900), day + timedelta(1), None)
    of = [each for subject, published in zip(SUBJECTS, days, strict=True) for each in dated(subject, published)]
    before = edition(of)
    assert places(before.digest) == places(BEFORE.digest)
    later = edition([*of, *seeds(first=4, chess=1, volcano=1)], before=before.ledger, day=day).digest
    assert {topic.slug for topic in later.topics if topic.quiet} == {VOLCANO, OPERA, ORCHARD}, (
        "a day to come is no date"
    )
    assert places(later)["chess-4"] == CHESS
    assert places(later)["volcano-4"] != VOLCANO


def test_a_rebuild_makes_no_topic_quiet() -> None:
    again = edition(FOUR, before=BEFORE.ledger, day=FIRST + timedelta(900))
    assert again == BEFORE


def test_an_article_that_the_curator_puts_into_a_quiet_topic_stands_there() -> None:
    day = FIRST + timedelta(100)
    plain = edition([*FOUR, *MIXED], before=BEFORE.ledger, day=day).digest
    rulings = f"topics: {{{CHESS}: {{articles: {{add: [{of_seed(plain, 'chess-4').slug}]}}}}}}\n"
    later = edition([*FOUR, *MIXED], rulings, BEFORE.ledger, day=day).digest
    assert places(later)["chess-4"] == CHESS
    assert not next(topic for topic in later.topics if topic.slug == CHESS).quiet


# Regrouping.

ODD = replace(
    BEFORE.ledger,
    articles={
        slug: replace(link, topic=OPERA) if slug == SLUG["chess-3"] else link
        for slug, link in BEFORE.ledger.articles.items()
    },
)
"""A ledger in which an article is settled where the method would not put it."""


def test_what_is_settled_oddly_stays_so_until_it_is_regrouped() -> None:
    assert places(edition(FOUR, before=ODD, day=SECOND).digest)["chess-3"] == OPERA
    whole = edition(FOUR, before=ODD, day=SECOND, regroup=EVERYTHING)
    assert places(whole.digest) == places(BEFORE.digest)
    assert places(edition(FOUR, before=whole.ledger, day=THIRD).digest) == places(BEFORE.digest)


def test_a_topic_is_regrouped_alone() -> None:
    one = edition(FOUR, before=ODD, day=SECOND, regroup=frozenset({OPERA})).digest
    assert {**places(one), "chess-3": CHESS} == places(BEFORE.digest)
    assert places(one)["chess-3"] != OPERA
    other = edition(FOUR, before=ODD, day=SECOND, regroup=frozenset({VOLCANO})).digest
    assert places(other) == {**places(BEFORE.digest), "chess-3": OPERA}


@pytest.mark.parametrize(
    ("rulings", "regrouped"),
    [("keep: true", False), ("hide: true", False), ("pin: true", True)],
    ids=["kept", "hidden", "neither"],
)
def test_a_topic_that_is_kept_or_hidden_is_not_regrouped(rulings: str, regrouped: bool) -> None:  # noqa: FBT001
    ruling = f"topics: {{{OPERA}: {{{rulings}}}}}\n"
    before = edition(FOUR, ruling, ODD, day=SECOND)
    after = edition(FOUR, ruling, before.ledger, day=THIRD, regroup=EVERYTHING)
    assert (after.ledger.articles[SLUG["chess-3"]].settled == CHESS) is regrouped


def test_regrouping_keeps_addresses_and_labels_of_what_is_still_there() -> None:
    whole = following(regroup=EVERYTHING)
    assert whole.digest.former == BEFORE.digest.former
    assert [(topic.slug, topic.label) for topic in whole.digest.topics] == [
        (topic.slug, topic.label) for topic in BEFORE.digest.topics
    ]


def test_two_topics_that_are_kept_apart_do_not_become_one() -> None:
    parted = replace(
        BEFORE.ledger,
        articles={
            slug: replace(link, topic="gambits") if slug in {SLUG["chess-2"], SLUG["chess-3"]} else link
            for slug, link in BEFORE.ledger.articles.items()
        },
        topics={**BEFORE.ledger.topics, "gambits": TopicLink(slug="gambits", label="Gambits", first=FIRST)},
    )
    joined = edition(FOUR, before=parted, day=SECOND, regroup=EVERYTHING).digest
    assert "gambits" not in by_topic(joined) or CHESS not in by_topic(joined)
    apart = f"topics: {{{CHESS}: {{apart: [gambits]}}}}\n"
    found = by_topic(edition(FOUR, apart, parted, day=SECOND, regroup=EVERYTHING).digest)
    assert found["gambits"] == {"chess-2", "chess-3"}
    assert found[CHESS] == {"chess-0", "chess-1"}


# Stories and reprints.


def test_a_story_stays_as_it_is_when_others_come() -> None:
    ledger, ids = BEFORE, {}
    for number in range(4, 8):
        ledger = edition(
            [*FOUR, *seeds(first=4, chess=number - 3)], before=ledger.ledger, day=FIRST + timedelta(number)
        )
        stories = {entry.slug: entry.story for entry in ledger.digest.entries}
        assert stories.items() >= ids.items()
        ids = stories


def reprint(name: str, of: str, number: int, *, cut: int = 0) -> Seed:
    """A reprint of an article, without its last so many paragraphs."""
    paragraphs = write(of, number).paragraphs
    text = f"# Also {of} {number}\n\n" + "\n\n".join(paragraphs[: len(paragraphs) - cut])
    return Seed(name=f"{name}.md", text=text, sidecar=Sidecar(language="en"))


def repeats(digest: Digest) -> dict[str, str]:
    name_of = {entry.article.id: entry.article.seed.removesuffix(".md") for entry in digest.entries}
    return {name_of[entry.article.id]: name_of[entry.reprint_of] for entry in digest.entries if entry.reprint_of}


def test_a_newcomer_never_takes_the_place_of_a_settled_original() -> None:
    whole = seed("chess", 1)
    short = reprint("short", "chess", 1, cut=1)
    first = edition([*(each for each in FOUR if each.name != whole.name), short])
    longer = edition([*FOUR, short], before=first.ledger, day=SECOND)
    assert repeats(longer.digest) == {"chess-1": "short"}
    assert settled(longer.ledger).items() >= settled(first.ledger).items()
    together = edition([*FOUR, short])
    assert repeats(together.digest) == {"short": "chess-1"}
    assert repeats(edition([*FOUR, short], before=together.ledger, day=SECOND).digest) == {"short": "chess-1"}


def test_a_topic_lends_no_word_from_the_very_edition_that_hides_it() -> None:
    there = [capitalised(each) if each.name.startswith("volcano") else each for each in FOUR]
    before = edition(there)
    volcano = topic_of(before.digest, "volcano")
    chess = replace(seed("chess", 4), text=seed("chess", 4).text.replace("Lind gambit", "lava dome"))
    came = [*there, chess, *map(capitalised, seeds(first=4, volcano=2))]
    assert "Lava Dome" in said(edition(came, before=before.ledger, day=SECOND).digest, "chess")
    hiding = f"topics:\n  {volcano}:\n    hide: true\n"
    hidden = edition(came, hiding, before.ledger, day=SECOND)
    assert "lava dome" in said(hidden.digest, "chess")
    assert edition(came, hiding, hidden.ledger, day=THIRD) == hidden


def capitalised(seed: Seed) -> Seed:
    """The same with another spelling of what it tells of."""
    return replace(seed, text=seed.text.replace("lava dome", "Lava Dome"))


def said(digest: Digest, subject: str) -> set[str]:
    """The keyphrases of the articles on a subject."""
    articles = (entry for entry in digest.entries if entry.article.seed.startswith(subject))
    return {phrase.text for entry in articles for phrase in entry.keyphrases}


def test_where_an_original_is_hidden_its_first_reprint_takes_its_place() -> None:
    of = [*FOUR, reprint("short", "chess", 1, cut=1), reprint("shorter", "chess", 1, cut=1)]
    before = edition(of)
    assert repeats(before.digest) == {"short": "chess-1", "shorter": "chess-1"}
    hidden = edition(of, f"articles: {{{SLUG['chess-1']}: {{hide: true}}}}\n", before.ledger, day=SECOND)
    found = places(before.digest)
    assert places(hidden.digest) == {name: found[name] for name in found if name != "chess-1"}
    assert len(repeats(hidden.digest)) == 1
    assert not set(repeats(hidden.digest).values()) & {"chess-1"}
    back = edition(of, f"articles: {{{SLUG['chess-1']}: {{hide: false}}}}\n", hidden.ledger, day=THIRD)
    assert places(back.digest) == found


def test_a_reprint_follows_its_original_by_a_ruling() -> None:
    of = [*FOUR, reprint("short", "chess", 1, cut=1)]
    before = edition(of)
    moved = edition(of, adding("chess-1", OPERA), before.ledger, day=SECOND).digest
    assert places(moved) == {**places(before.digest), "chess-1": OPERA, "short": OPERA}


def test_an_alias_is_what_the_digest_calls_a_thing() -> None:
    made = edition(FOUR, "aliases: {The Chess Board: chess federation}\n")
    said = {id_: entry for id_, entry in entries(made.digest).items() if says(id_, "chess federation")}
    called = [phrase.text for entry in said.values() for phrase in entry.keyphrases]
    assert said
    assert not any("chess federation" in text for text in called)
    assert any("The Chess Board" in text for text in called)
    assert not any("aliases" in notice for notice in made.notices)


def test_an_alias_that_no_article_says_is_told() -> None:
    made = edition(FOUR, "aliases:\n  Chess: Shatranj\n")
    assert "curation.yml:2: aliases: no article says “Shatranj”" in made.notices
