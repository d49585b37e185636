from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.curate.ledger import ArticleLink, Ledger, TopicLink, read_ledger, write_ledger
from digestgen.curate.permalinks import Claims, text_runs
from digestgen.curate.record import Edition, Placement, former_addresses, former_names, recorded
from digestgen.curate.sketch import sketch
from digestgen.model import FormerAddresses
from made import an_article

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)

# An edition in short: each article with the topic that readers find it in, the proposed one where it is another, and
# an exclamation mark where it is hidden: "a": "north", "b": "north<south", "c": "!<south", "d": "".


def place(slug: str, said: str) -> Placement:
    topic, mark, proposed = said.partition("<")
    topic, hidden = topic.removeprefix("!"), topic.startswith("!")
    return Placement(
        article=an_article(slug, f"This is the text of {slug} in full."),
        topic=topic or None,
        proposed=(proposed if mark else topic) or None,
        hidden=hidden,
    )


def publish(  # noqa: PLR0913 -- each is said by name where it matters
    before: Ledger,
    articles: Mapping[str, str],
    *,
    moved: Mapping[str, str] | None = None,
    decided: Mapping[str, str | None] | None = None,
    hidden: tuple[str, ...] = (),
    today: date = MONDAY,
) -> Ledger:
    """The ledger after an edition in which every article is known by its slug."""
    placements = [place(slug, said) for slug, said in articles.items()]
    topics = {each.topic: each.topic.title() for each in placements if each.topic}
    claims = Claims(slugs={slug: slug for slug in articles}, moved=moved or {}, lost=())
    edition = Edition(
        placements=placements,
        topics=topics,
        hidden_topics={slug: slug.title() for slug in hidden},
        decided=decided or {},
    )
    return recorded(before, claims, edition, today)


def where(ledger: Ledger) -> FormerAddresses:
    living = {slug: slug for slug, link in ledger.articles.items() if link.live}
    return former_addresses(ledger, living)


FIRST = publish(Ledger(), {"a": "north", "b": "north", "c": "south", "d": "south", "e": ""})


def test_what_is_kept_of_an_article_and_a_topic() -> None:
    ledger = publish(Ledger(), {"a": "north<south", "b": "north"})
    text = sketch(text_runs(place("a", "").article))
    assert ledger.articles["a"] == ArticleLink(
        slug="a", id="a", seed="week.txt", first=MONDAY, topic="north", proposed="south", text=text
    )
    assert ledger.articles["b"].proposed is None
    assert ledger.topics == {"north": TopicLink(slug="north", label="North", first=MONDAY)}
    assert where(ledger) == FormerAddresses()


def test_today_only_marks_what_is_new() -> None:
    same = {"a": "north", "b": "north", "c": "south", "d": "south", "e": ""}
    assert publish(FIRST, same, today=TUESDAY) == FIRST
    later = publish(FIRST, {**same, "f": "east", "g": "east"}, today=TUESDAY)
    assert [slug for slug, link in later.articles.items() if link.first == TUESDAY] == ["f", "g"]
    assert [slug for slug, link in later.topics.items() if link.first == TUESDAY] == ["east"]
    assert {slug: later.articles[slug] for slug in FIRST.articles} == FIRST.articles


@pytest.mark.parametrize(
    ("after", "options", "articles", "topics"),
    [
        pytest.param({"a": "south", "b": "south", "c": "south", "d": "south"}, {}, {}, {"north": "south"}, id="merged"),
        pytest.param({"a": "south", "b": "", "c": "south", "d": "south"}, {}, {}, {"north": "south"}, id="half of it"),
        pytest.param({"a": "", "b": "", "c": "south", "d": "south"}, {}, {}, {"north": ""}, id="to the shelf"),
        pytest.param(
            {"a": "x", "b": "y", "c": "x", "d": "y", "e": "y"}, {}, {}, {"north": "x", "south": "x"}, id="apart"
        ),
        pytest.param(
            {"b": "x", "c": "x", "d": "x"},
            {"moved": {"a": "c"}},
            {"a": "c"},
            {"north": "x", "south": "x"},
            id="an article joined to another",
        ),
        pytest.param(
            {"c": "south", "d": "south", "e": "east", "f": "east"},
            {"moved": {"a": "e", "b": "e"}},
            {"a": "e", "b": "e"},
            {"north": "east"},
            id="all articles joined to others: their topic goes along",
        ),
        pytest.param(
            {"c": "south", "d": "south"},
            {"decided": {"a": None, "b": "c", "e": None}},
            {"a": None, "b": "c", "e": None},
            {"north": "south"},
            id="decided: one withdrawn, one moved",
        ),
        pytest.param(
            {"b": "north", "c": "south", "d": "south"},
            {"moved": {"a": "b"}, "decided": {"a": None}},
            {"a": None},
            {},
            id="the curator's word is above what was found",
        ),
        pytest.param(
            {"a": "!<north", "b": "!<north", "c": "south", "d": "south"},
            {"hidden": ("north",)},
            {"a": None, "b": None},
            {"north": None},
            id="a topic is hidden",
        ),
        pytest.param(
            {"a": "!", "b": "north", "c": "south", "d": "south"}, {}, {"a": None}, {}, id="an article is hidden"
        ),
    ],
)
def test_where_addresses_lead(
    after: Mapping[str, str],
    options: Mapping[str, object],
    articles: Mapping[str, str | None],
    topics: Mapping[str, str | None],
) -> None:
    ledger = publish(FIRST, after, today=TUESDAY, **options)  # type: ignore[arg-type]
    assert where(ledger) == FormerAddresses(articles=articles, topics=topics)
    assert set(ledger.articles) >= set(FIRST.articles)
    assert set(ledger.topics) >= set(FIRST.topics)
    again = publish(ledger, after, today=TUESDAY, **{**options, "moved": {}})  # type: ignore[arg-type]
    assert again == ledger


@pytest.mark.parametrize("decided", [False, True], ids=["found", "decided"])
def test_redirects_of_articles_stay_one_step(decided: bool) -> None:  # noqa: FBT001
    ledger = FIRST
    for gone, to in (("a", "b"), ("b", "c"), ("c", "d")):
        left = {slug: "north" for slug, link in ledger.articles.items() if link.live and slug != gone}
        lead = {gone: to}
        ledger = publish(ledger, left, decided=lead) if decided else publish(ledger, left, moved=lead)
    assert where(ledger).articles == {"a": "d", "b": "d", "c": "d"}
    assert {link.to for link in ledger.articles.values() if not link.live} == {"d"}


def test_redirects_of_topics_stay_one_step() -> None:
    ledger = FIRST
    for name in ("one", "two", "three"):
        ledger = publish(ledger, {"a": name, "b": name, "c": "south", "d": "south", "e": ""})
    assert where(ledger).topics == {"north": "three", "one": "three", "two": "three"}
    ledger = publish(ledger, {"a": "", "b": "", "c": "south", "d": "south", "e": ""})
    assert set(where(ledger).topics.values()) == {""}


def test_a_redirect_to_a_hidden_topic_waits_for_it() -> None:
    folded = publish(FIRST, {"a": "south<north", "b": "south<north", "c": "south", "d": "south"})
    hiding = {"a": "!<north", "b": "!<north", "c": "!<south", "d": "!<south"}
    hidden = publish(publish(folded, hiding, hidden=("south",)), hiding, hidden=("south",))
    assert where(hidden).topics == {"north": None, "south": None}
    shown = publish(hidden, {"a": "south<north", "b": "south<north", "c": "south", "d": "south"})
    assert where(shown).topics == {"north": "south"}
    assert where(shown).articles == {}


def test_a_ring_of_decisions_ends() -> None:
    ledger = publish(FIRST, {"c": "south", "d": "south"}, decided={"a": "b", "b": "a", "e": "e"})
    assert where(ledger).articles == {"a": None, "b": None, "e": None}


def test_unmerging_and_restoring_revive_an_address() -> None:
    folded = publish(
        FIRST, {"a": "south<north", "b": "south<north", "c": "south", "d": "south"}, decided={"e": None}, today=TUESDAY
    )
    assert (where(folded).topics, where(folded).articles) == ({"north": "south"}, {"e": None})
    assert publish(folded, {"a": "north", "b": "north", "c": "south", "d": "south", "e": ""}, today=TUESDAY) == FIRST


def test_unhiding_revives_an_address() -> None:
    hidden = publish(FIRST, {"a": "!<north", "b": "!<north", "c": "!", "d": "", "e": ""}, hidden=("north",))
    assert where(hidden) == FormerAddresses(
        articles={"a": None, "b": None, "c": None}, topics={"north": None, "south": ""}
    )
    shown = publish(hidden, {"a": "north", "b": "north", "c": "south", "d": "south", "e": ""}, today=TUESDAY)
    assert shown == FIRST


def test_what_was_hidden_from_the_start_has_no_address() -> None:
    ledger = publish(Ledger(), {"a": "!<north", "b": "!<north", "c": "!", "d": ""}, hidden=("north",))
    assert where(ledger) == FormerAddresses()
    assert ledger.articles["a"].first is ledger.topics["north"].first is None
    gone = publish(ledger, {"d": ""}, decided={"a": None, "c": "d"})
    assert where(gone) == FormerAddresses()
    shown = publish(ledger, {"a": "north", "b": "north", "c": "", "d": ""}, today=TUESDAY)
    assert {slug: link.first for slug, link in shown.articles.items()} == dict.fromkeys("abc", TUESDAY) | {"d": MONDAY}
    assert shown.topics["north"].first == TUESDAY


def test_what_is_lost_stays_as_it_was() -> None:
    ledger = publish(FIRST, {"c": "south", "d": "south", "e": ""})
    assert ledger.articles["a"] == FIRST.articles["a"]
    assert where(ledger).topics == {"north": ""}


def test_of_what_is_gone_only_the_address_is_kept() -> None:
    ledger = publish(FIRST, {"b": "north", "c": "south", "d": "south", "e": ""}, decided={"a": None})
    assert ledger.articles["a"] == ArticleLink(slug="a", id="a", first=MONDAY, withdrawn=True)
    (line,) = (line for line in write_ledger(ledger).splitlines() if "slug: a," in line)
    assert line == "  - {slug: a, id: a, first: 2026-11-23, withdrawn: true}"


def test_an_edit_under_the_same_id_is_sketched_anew() -> None:
    article = an_article("a", "Quite another text than there was under this id.")
    claims = Claims(slugs={"a": "a"}, moved={}, lost=())
    placed = replace(place("a", "north"), article=article)
    edition = Edition(placements=[placed], topics={"north": "North"}, hidden_topics={}, decided={})
    assert recorded(FIRST, claims, edition, MONDAY).articles["a"].text == sketch(text_runs(article))


def called(before: Ledger, label: str, *, hidden: bool = False) -> Ledger:
    """The ledger after an edition in which the one topic has this label."""
    said = "!<north" if hidden else "north"
    names = {"north": label}
    edition = Edition(
        placements=[place("a", said), place("b", said)],
        topics={} if hidden else names,
        hidden_topics=names if hidden else {},
        decided={},
    )
    return recorded(before, Claims(slugs={"a": "a", "b": "b"}, moved={}, lost=()), edition, MONDAY)


@given(labels=st.lists(st.sampled_from(["Kim", "KIM", "Korea", "Seoul"]), min_size=1, max_size=8))
def test_a_topic_keeps_each_former_name_once(labels: list[str]) -> None:
    ledger = Ledger()
    for label in labels:
        ledger = called(ledger, label)
        assert called(ledger, label) == ledger
    names = former_names(ledger).get("north", ())
    assert {name.casefold() for name in names} == {label.casefold() for label in labels} - {labels[-1].casefold()}
    assert len({name.casefold() for name in names}) == len(names)
    assert read_ledger(write_ledger(ledger), "permalinks.yml").topics == ledger.topics


def test_no_reader_knew_a_name_that_was_hidden() -> None:
    ledger = Ledger()
    for label, hidden in (("Secret", True), ("North", False), ("Hushed", True), ("Korea", False)):
        ledger = called(ledger, label, hidden=hidden)
    assert former_names(ledger) == {"north": ("North",)}


def test_a_topic_that_leads_to_another_gives_it_its_names() -> None:
    renamed = replace(FIRST, topics={**FIRST.topics, "north": replace(FIRST.topics["north"], formerly=("Arctic",))})
    folding = {"a": "south<north", "b": "south<north", "c": "south", "d": "south", "e": ""}
    folded = publish(renamed, folding)
    assert former_names(folded) == {"south": ("Arctic", "North")}
    assert former_names(publish(folded, folding)) == former_names(folded)
    apart = publish(folded, {"a": "north", "b": "north", "c": "south", "d": "south", "e": ""})
    assert former_names(apart) == {"north": ("Arctic",)}
