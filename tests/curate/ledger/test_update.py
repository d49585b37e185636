from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.curate.ledger.claims import Claims
from digestgen.curate.ledger.fingerprint import (
    address_of,
    joined_marks,
    marks,
    opening,
    sketch,
    split_marks,
    text_of,
    text_runs,
)
from digestgen.curate.ledger.ledger import ArticleLink, Ledger, SourceLink, TopicLink, Withheld, anonymous_name
from digestgen.curate.ledger.ledger_file import read_ledger, write_ledger
from digestgen.curate.ledger.update import (
    BuildDecisions,
    PlacedArticle,
    former_addresses,
    former_names,
    remaining_share,
    update_ledger,
    with_published_state,
)
from digestgen.curate.rulings.rulings import TopicRuling
from digestgen.language.text import words
from digestgen.model import Article, Entry, FormerAddresses, Topic
from made import an_article

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)

# An edition in short: each article with the topic that readers find it in, the proposed one where it is another, and
# an exclamation mark where it is hidden: "a": "north", "b": "north<south", "c": "!<south", "d": "".


def place(slug: str, said: str, **changes: object) -> PlacedArticle:
    topic, mark, settled = said.partition("<")
    topic, hidden = topic.removeprefix("!"), topic.startswith("!")
    placed = PlacedArticle(
        article=an_article(slug, f"This is the text of {slug} in full."),
        topic=topic or None,
        settled=(settled if mark else topic) or None,
        hidden=hidden,
    )
    return replace(placed, **changes)


def an_edition(placed: Sequence[PlacedArticle], **changes: object) -> BuildDecisions:
    """An edition of which nothing is known but where its articles stand."""
    return replace(BuildDecisions(placed=placed, topics={}, made_labels={}, hidden_topics={}, decided={}), **changes)


def claims_of(before: Ledger, ids: Iterable[str], texts: Iterable[Article] = (), **changes: object) -> Claims:
    """The claims of articles that are all known by their slugs, which are their ids; ``texts`` are other articles."""
    known = {**before.articles, **before.withheld}
    claims = Claims(
        slugs={id_: id_ for id_ in ids},
        known={id_: known[id_] for id_ in ids if id_ in known},
        settled=frozenset(id_ for id_ in ids if id_ in known),
        holds={id_: (before.withheld[id_],) for id_ in ids if id_ in before.withheld},
        sketches={each.id: sketch(text_runs(each)) for each in [*(place(id_, "").article for id_ in ids), *texts]},
        moved={},
        kept={},
        lost=(),
    )
    return replace(claims, **changes)


def publish(  # noqa: PLR0913 -- each is said by name where it matters
    before: Ledger,
    articles: Mapping[str, str],
    *,
    moved: Mapping[str, str] | None = None,
    kept: Mapping[str, str] | None = None,
    decided: Mapping[str, str | None] | None = None,
    hidden: tuple[str, ...] = (),
    today: date = MONDAY,
) -> Ledger:
    """The ledger after an edition in which every article is known by its slug."""
    placed = [place(slug, said) for slug, said in articles.items()]
    claims = claims_of(before, articles, moved=moved or {}, kept=kept or {})
    edition = an_edition(
        placed=placed,
        topics={each.topic: each.topic.title() for each in placed if each.topic and not each.hidden},
        hidden_topics={slug: slug.title() for slug in hidden},
        decided=decided or {},
    )
    return update_ledger(before, claims, edition, today)


def where(ledger: Ledger) -> FormerAddresses:
    living = {slug: slug for slug, link in ledger.articles.items() if link.live}
    return former_addresses(ledger, living, ())


FIRST = publish(Ledger(), {"a": "north", "b": "north", "c": "south", "d": "south", "e": ""})


def test_what_is_kept_of_an_article_and_a_topic() -> None:
    ledger = publish(Ledger(), {"a": "north<south", "b": "north"})
    article = place("a", "").article
    assert ledger.articles["a"] == ArticleLink(
        slug="a",
        id="a",
        seed="week.txt",
        first=MONDAY,
        title="Untitled",
        topic="north",
        proposed="south",
        opening=opening(text_of(article)),
        text=sketch(text_runs(article)),
    )
    assert ledger.articles["b"].proposed is None
    assert ledger.topics == {"north": TopicLink(slug="north", label="North", first=MONDAY)}
    assert (ledger.withheld, ledger.sources) == ({}, {})
    assert where(ledger) == FormerAddresses()


@pytest.mark.parametrize(
    ("placed", "kept"),
    [
        (place("a", "north", story="b"), {"story": "b"}),
        (place("a", "north", story="a"), {"story": None}),
        (place("a", "north", repeats="b"), {"repeats": "b"}),
        (place("a", "<north"), {"topic": None, "proposed": "north"}),
        (place("a", "north<"), {"topic": "north", "proposed": ""}),
        (place("a", ""), {"topic": None, "proposed": None}),
        (place("a", "north", article=an_article("a", "Text.", source="RT")), {"source": "RT"}),
    ],
    ids=["a story", "its own story", "a reprint", "taken out", "put in from the shelf", "on the shelf", "a source"],
)
def test_what_is_settled_of_an_article(placed: PlacedArticle, kept: Mapping[str, object]) -> None:
    placements = [placed, place("b", "north")]
    edition = an_edition(placements, topics={"north": "North"})
    link = update_ledger(Ledger(), claims_of(Ledger(), "ab"), edition, MONDAY).articles["a"]
    assert {name: getattr(link, name) for name in kept} == kept


def test_a_story_is_not_called_by_what_was_never_published() -> None:
    placements = [place("a", "north", story="b"), place("b", "!north", story="b"), place("c", "north", story="b")]
    edition = an_edition(placements, topics={"north": "North"})
    ledger = update_ledger(Ledger(), claims_of(Ledger(), "abc"), edition, MONDAY)
    assert {link.story for link in ledger.articles.values()} == {anonymous_name("b")}
    again = [replace(each, story=anonymous_name("b")) for each in placements]
    assert update_ledger(ledger, claims_of(ledger, "abc"), replace(edition, placed=again), MONDAY) == ledger


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
    assert set(ledger.articles) == {"d"}
    assert set(ledger.withheld) == set("abc")
    assert ledger.topics == {"north": TopicLink(slug="north", withdrawn=True)}
    gone = publish(ledger, {"d": ""}, decided={"a": None, "c": "d"})
    assert where(gone) == FormerAddresses()
    assert gone.withheld == ledger.withheld, "a seed that is gone takes no memory along"
    shown = publish(ledger, {"a": "north", "b": "north", "c": "", "d": ""}, today=TUESDAY)
    assert {slug: link.first for slug, link in shown.articles.items()} == dict.fromkeys("abc", TUESDAY) | {"d": MONDAY}
    assert shown.topics["north"].first == TUESDAY
    assert shown.withheld == {}


SECRETIVE = an_article(
    "s",
    "Zarathustra forgot the umbrella in Vladivostok, although nobody believes in meteorology there.",
    "Afterwards the municipal orchestra rehearsed barcarolles.",
    title="Zarathustra and umbrellas",
    source="Samizdat Quarterly",
)


def telling_words(article: Article) -> set[str]:
    """The longer words of an article, its title and source."""
    texts = [article.title, article.source or "", *text_of(article)]
    return {word for text in texts for word in words(text.lower()) if len(word) > 5}


@pytest.mark.parametrize(
    "placed",
    [
        PlacedArticle(article=SECRETIVE, topic=None, settled=None, hidden=True),
        PlacedArticle(article=SECRETIVE, topic="north", settled="north", story="s", hidden=True),
        PlacedArticle(article=SECRETIVE, topic="north", settled="north", story="s", hidden=True, by="north"),
    ],
    ids=["by itself", "in a topic", "by its topic"],
)
def test_no_word_of_what_is_hidden_stands_in_the_ledger(placed: PlacedArticle) -> None:
    claims = claims_of(Ledger(), [], [SECRETIVE], slugs={"s": "zarathustra-and-umbrellas"})
    hidden = {"north": "Vladivostok"} if placed.by else {}
    edition = an_edition([placed], hidden_topics=hidden)
    text = write_ledger(update_ledger(Ledger(), claims, edition, MONDAY)).lower()
    assert '"withheld"' not in text
    assert '"marks"' in text
    assert not {word for word in telling_words(SECRETIVE) if word in text}


def test_what_is_kept_of_a_text_that_was_never_published() -> None:
    edition = an_edition(
        placed=[
            PlacedArticle(article=SECRETIVE, topic="north", settled="south", story="d", hidden=True, by="north"),
            place("b", "!north", story="b"),
            place("d", ""),
        ],
        hidden_topics={"north": "North", "south": "South"},
    )
    claims = claims_of(Ledger(), "bd", [SECRETIVE], slugs={"s": "of-s", "b": "b", "d": "d"})
    ledger = update_ledger(Ledger(), claims, edition, MONDAY)
    assert ledger.withheld["s"] == Withheld(
        id="s",
        seed="week.txt",
        text=sketch(text_runs(SECRETIVE)),
        marks=joined_marks(marks(text_of(SECRETIVE))),
        address=address_of("of-s"),
        topic="south",
        story="d",
        by="north",
    )
    other = ledger.withheld["b"]
    assert (other.topic, other.story, other.by) == (None, None, None), "where it stands by itself is nobody's business"


def test_of_what_was_published_and_is_hidden_only_what_knows_it_again_is_kept() -> None:
    shown, other = place("a", "north", article=replace(SECRETIVE, id="a"), story="b"), place("b", "north")
    first = an_edition([shown, other], topics={"north": "North"})
    before = update_ledger(Ledger(), claims_of(Ledger(), "ab"), first, MONDAY)
    assert before.articles["a"].title == SECRETIVE.title
    hiding = replace(first, placed=[replace(shown, hidden=True), other])
    link = update_ledger(before, claims_of(before, "ab"), hiding, TUESDAY).articles["a"]
    assert (link.first, link.title, link.withdrawn, link.by) == (MONDAY, "", True, None)
    assert (link.topic, link.story) == ("north", "b"), "where it stands again should it be shown"
    assert link.marks == joined_marks(marks(text_of(SECRETIVE)))


FORMULA = "Every letter to the editor is printed at the editor's discretion and may be shortened."


def hiding_in(seed: str, before: Ledger | None = None) -> Ledger:
    """The ledger of a hidden text and of a public one, of ``seed``, that has a paragraph in common with it."""
    before = before or Ledger()
    hidden = PlacedArticle(
        article=replace(SECRETIVE, paragraphs=(*SECRETIVE.paragraphs, FORMULA)), topic=None, settled=None, hidden=True
    )
    public = PlacedArticle(article=an_article("p", "So it is.", FORMULA, seed=seed), topic=None, settled=None)
    edition = an_edition([hidden, public])
    return update_ledger(before, claims_of(before, "sp", [each.article for each in edition.placed]), edition, MONDAY)


@pytest.mark.parametrize(
    ("seed", "kept"), [("week.txt", False), ("other.txt", True)], ids=["of its seed", "of another"]
)
def test_what_a_public_text_of_its_seed_says_is_no_mark(seed: str, kept: bool) -> None:  # noqa: FBT001
    ledger = hiding_in(seed)
    found = split_marks(ledger.withheld["s"].marks)
    assert bool(found & marks([FORMULA])) is kept
    assert found & marks(SECRETIVE.paragraphs)
    assert hiding_in(seed, ledger) == ledger


def test_a_hidden_copy_of_a_public_text_leaves_no_mark_that_could_hide_that() -> None:
    placed = [
        PlacedArticle(article=replace(SECRETIVE, id=id_), topic=None, settled=None, hidden=id_ == "copy")
        for id_ in ("copy", "public")
    ]
    edition = an_edition(placed)
    texts = [each.article for each in placed]
    ledger = update_ledger(Ledger(), claims_of(Ledger(), ["copy", "public"], texts), edition, MONDAY)
    assert ledger.withheld["copy"].marks == ""
    assert update_ledger(ledger, claims_of(ledger, ["copy", "public"], texts), edition, MONDAY) == ledger


def test_what_the_first_version_of_the_ledger_withdrew_gets_its_marks() -> None:
    old = ArticleLink(slug="a", id="a", first=MONDAY, withdrawn=True, text=FIRST.articles["a"].text)
    before = replace(FIRST, articles={**FIRST.articles, "a": old})
    assert publish(before, {"a": "!", "b": "north"}).articles["a"].marks


def test_marks_stay_as_they_were_while_the_text_does() -> None:
    before = publish(FIRST, {"a": "!", "b": "north", "c": "south", "d": "south", "e": ""})
    assert before.articles["a"].marks
    told = replace(before.articles["a"], marks="abcdef")
    again = {"a": "!", "b": "north", "c": "south", "d": "south", "e": ""}
    kept = publish(replace(before, articles={**before.articles, "a": told}), again)
    assert kept.articles["a"].marks == "abcdef"
    edited = publish(replace(before, articles={**before.articles, "a": replace(told, id="older")}), again)
    assert edited.articles["a"].marks == before.articles["a"].marks


def test_what_is_lost_stays_as_it_was() -> None:
    ledger = publish(FIRST, {"c": "south", "d": "south", "e": ""})
    assert ledger.articles["a"] == FIRST.articles["a"]
    assert where(ledger).topics == {"north": ""}


def test_of_what_is_gone_only_what_knows_it_again_is_kept() -> None:
    ledger = publish(FIRST, {"b": "north", "c": "south", "d": "south", "e": ""}, decided={"a": None, "b": "c"})
    first = FIRST.articles["a"]
    assert ledger.articles["a"] == ArticleLink(
        slug="a", id="a", seed=first.seed, first=MONDAY, opening=first.opening, text=first.text, withdrawn=True
    )
    moved = publish(FIRST, {"b": "north", "c": "south", "d": "south", "e": ""}, decided={"a": "c"})
    assert moved.articles["a"] == ArticleLink(slug="a", id="a", first=MONDAY, to="c")


def test_what_was_joined_is_known_until_the_curator_sends_it_on() -> None:
    left, first = {"b": "north", "c": "south", "d": "south", "e": ""}, FIRST.articles["a"]
    joined = publish(FIRST, left, moved={"a": "b"}, kept={"a": first.text})
    assert joined.articles["a"] == ArticleLink(
        slug="a", id="a", seed=first.seed, first=MONDAY, opening=first.opening, text=first.text, to="b"
    )
    assert publish(joined, left) == joined
    less = publish(joined, left, moved={"a": "b"}, kept={"a": first.text[:4]})
    assert less.articles["a"] == replace(joined.articles["a"], text=first.text[:4])
    sent = ArticleLink(slug="a", id="a", first=MONDAY, to="c")
    assert publish(joined, left, decided={"a": "c"}).articles["a"] == sent
    assert publish(joined, left, moved={"a": "b"}, kept={"a": first.text}, decided={"a": "c"}).articles["a"] == sent
    # Where the curator says what takes the place of the whole, that holds for its parts.
    del left["b"]
    assert publish(joined, left, decided={"b": "c"}).articles["a"] == sent
    assert where(publish(joined, left, decided={"b": None})).articles == {"a": None, "b": None}


def test_an_edit_under_the_same_id_is_sketched_anew() -> None:
    article = an_article("a", "Quite another text than there was under this id.")
    placed = place("a", "north", article=article)
    edition = an_edition([placed], topics={"north": "North"})
    assert update_ledger(FIRST, claims_of(FIRST, "a", [article]), edition, MONDAY).articles["a"].text == sketch(
        text_runs(article)
    )


def called(before: Ledger, label: str, *, hidden: bool = False) -> Ledger:
    """The ledger after an edition, a day after the one before, in which the one topic has this label."""
    day = max([MONDAY, *before.editions()]) + timedelta(days=1)
    said = "!<north" if hidden else "north"
    names = {"north": label}
    edition = an_edition(
        placed=[place("a", said), place("b", said)],
        topics={} if hidden else names,
        hidden_topics=names if hidden else {},
    )
    return update_ledger(before, claims_of(before, "ab"), edition, day)


def test_what_a_topic_was_called_on_its_first_day_no_reader_has_seen() -> None:
    first = called(Ledger(), "Kim")
    day = first.topics["north"].first
    assert day
    edition = an_edition(placed=[place("a", "north"), place("b", "north")], topics={"north": "Korea"})
    again = update_ledger(first, claims_of(first, "ab"), edition, day)
    assert (again.topics["north"].label, again.topics["north"].formerly) == ("Korea", ())


def test_what_the_method_calls_a_topic_is_kept_where_the_curator_calls_it_otherwise() -> None:
    shown = an_edition([place("a", "north")], topics={"north": "Kim"}, made_labels={"north": "Korea"})
    ledger = update_ledger(Ledger(), claims_of(Ledger(), "a"), shown, MONDAY)
    assert (ledger.topics["north"].label, ledger.topics["north"].made) == ("Kim", "Korea")
    unseen = replace(shown, topics={}, hidden_topics={"north": "Kim"})
    hidden = update_ledger(Ledger(), claims_of(Ledger(), "a"), unseen, MONDAY).topics["north"]
    assert (hidden.label, hidden.made) == ("", "")


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


def test_a_topic_that_leads_to_another_gives_it_no_name() -> None:
    renamed = replace(FIRST, topics={**FIRST.topics, "north": replace(FIRST.topics["north"], formerly=("Arctic",))})
    folding = {"a": "south<north", "b": "south<north", "c": "south", "d": "south", "e": ""}
    folded = publish(renamed, folding)
    assert former_names(folded) == {}
    apart = publish(folded, {"a": "north", "b": "north", "c": "south", "d": "south", "e": ""})
    assert former_names(apart) == {"north": ("Arctic",)}


# Sources.


def ascribed(before: Ledger, sources: Mapping[str, str], *, hidden: str = "") -> Ledger:
    """The ledger after an edition of articles of these sources: slug → name."""
    placed = [
        place(slug, "", article=an_article(slug, f"Text of {slug}.", source=name or None), hidden=slug in hidden)
        for slug, name in sources.items()
    ]
    edition = an_edition(placed)
    return update_ledger(before, claims_of(before, sources), edition, MONDAY)


@pytest.mark.parametrize(
    ("editions", "live", "former"),
    [
        pytest.param([{"a": "RT", "b": "ТАСС"}], {"RT": "rt", "ТАСС": "tass"}, {}, id="a first edition"),
        pytest.param([{"a": ""}], {}, {}, id="no source"),
        pytest.param([{"a": "RT"}, {"a": "RT News"}], {"RT News": "rt-news"}, {"rt": "rt-news"}, id="renamed"),
        pytest.param([{"a": "RT"}, {"a": "rt"}], {"rt": "rt-rt"}, {"rt": "rt-rt"}, id="renamed to a name like it"),
        pytest.param(
            [{"a": "RT", "b": "RT"}, {"a": "RT", "b": "BBC"}], {"RT": "rt", "BBC": "bbc"}, {}, id="one article less"
        ),
        pytest.param(
            [{"a": "RT", "b": "RT", "c": "RT"}, {"a": "BBC", "b": "Tass", "c": "Tass"}],
            {"BBC": "bbc", "Tass": "tass"},
            {"rt": "tass"},
            id="to whom most of it went",
        ),
        pytest.param(
            [{"a": "RT"}, {"a": "RT News"}, {"a": "Russia Today"}],
            {"Russia Today": "russia-today"},
            {"rt": "russia-today", "rt-news": "russia-today"},
            id="renamed twice: one step",
        ),
        pytest.param(
            [{"a": "Tass"}, {"a": "RT"}, {"a": "BBC"}],
            {"BBC": "bbc"},
            {"rt": "bbc", "tass": "bbc"},
            id="renamed twice, in another order",
        ),
        pytest.param([{"a": "RT"}, {"a": "BBC"}, {"a": "RT"}], {"RT": "rt"}, {"bbc": "rt"}, id="renamed and back"),
        pytest.param([{"a": "RT", "b": "BBC"}, {"b": "BBC"}], {"BBC": "bbc"}, {"rt": ""}, id="gone"),
        pytest.param([{"a": "RT"}, {"a": ""}], {}, {"rt": ""}, id="of nobody any more"),
        pytest.param(
            [{"a": "RT"}, {"a": "BBC"}, {}, {"b": "Tass"}],
            {"Tass": "tass"},
            {"rt": "", "bbc": ""},
            id="what it led to is gone",
        ),
        pytest.param(
            [{"a": "RT"}, {"a": ""}, {"a": "RT"}], {"RT": "rt"}, {}, id="a name that comes back has its own address"
        ),
        pytest.param([{"a": "index"}], {"index": "index-index"}, {}, id="the name of the list"),
    ],
)
def test_addresses_of_sources(
    editions: list[dict[str, str]], live: Mapping[str, str], former: Mapping[str, str]
) -> None:
    ledger = Ledger()
    for sources in editions:
        ledger = ascribed(ledger, sources)
    assert {link.name: slug for slug, link in ledger.sources.items() if link.live} == live
    assert former_addresses(ledger, {}, ()).sources == former
    assert ascribed(ledger, editions[-1]) == ledger


def test_a_source_of_which_nothing_is_public_has_no_address() -> None:
    assert ascribed(Ledger(), {"a": "Samizdat", "b": "RT"}, hidden="a").sources == {
        "rt": SourceLink(slug="rt", name="RT")
    }
    shown = ascribed(Ledger(), {"a": "Samizdat", "b": "RT"})
    hidden = ascribed(shown, {"a": "Samizdat", "b": "RT"}, hidden="a")
    assert former_addresses(hidden, {}, ()).sources == {"samizdat": ""}
    assert ascribed(hidden, {"a": "Samizdat", "b": "RT"}) == shown


# What readers see, for a later plan.


def an_entry(slug: str, *summary: str, note: str | None = None, pinned: bool = False) -> Entry:
    return Entry(
        article=an_article(slug, "Text."),
        slug=slug,
        summary=summary,
        keyphrases=(),
        placement=None,
        nearest=None,
        story=None,
        related=(),
        reprint_of=None,
        note=note,
        pinned=pinned,
    )


def a_topic(slug: str, *, note: str | None = None, pinned: bool = False) -> Topic:
    return Topic(
        slug=slug,
        label=slug.title(),
        keyphrases=(),
        articles=(),
        stories=(),
        summary=(),
        related=(),
        sources={},
        note=note,
        pinned=pinned,
    )


def seen_of_article(*summary: str, note: str | None = None, pinned: bool = False) -> tuple[str, str, bool]:
    link = with_published_state(FIRST, [an_entry("a", *summary, note=note, pinned=pinned)], [], {}).articles["a"]
    return link.summary, link.note, link.pin


def test_what_readers_see_of_an_article_is_told_apart() -> None:
    plain = seen_of_article("So it is.")
    assert plain[1:] == ("", False)
    assert seen_of_article("So it is.") == plain
    assert "So it is" not in str(plain)
    others = [
        seen_of_article(),
        seen_of_article("So it was."),
        seen_of_article("So it", "is."),
        seen_of_article("So it is.", note="A note."),
        seen_of_article("So it is.", note="Another."),
        seen_of_article("So it is.", pinned=True),
    ]
    assert len({plain, *others}) == 7


def test_what_readers_see_of_a_topic_is_told_apart() -> None:
    shown = [a_topic("north"), a_topic("north", note="A note."), a_topic("north", pinned=True)]
    links = [with_published_state(FIRST, [], [topic], {}).topics["north"] for topic in shown]
    assert [(bool(link.note), link.pin) for link in links] == [(False, False), (True, False), (False, True)]
    assert {(link.said, link.bound) for link in links} == {("", "")}, "no ruling says anything"


ALL_SOUTH = dict.fromkeys("abcde", "south")


def said(before: Ledger, articles: Mapping[str, str], ruling: TopicRuling | None) -> Ledger:
    """The ledger after an edition in which a ruling says something of the topic ``south``."""
    rulings = {"south": ruling} if ruling else {}
    return with_published_state(publish(before, articles), [], [a_topic("south")], rulings)


def share(ledger: Ledger) -> float:
    return remaining_share(ledger.topics["south"], ledger)


@pytest.mark.parametrize(
    ("ruling", "bound"),
    [
        (TopicRuling(line=1, label="Seoul"), True),
        (TopicRuling(line=1, note="A note."), True),
        (TopicRuling(line=1, pin=True), True),
        (TopicRuling(line=1, keep=True), False),
        (None, False),
    ],
    ids=["a label", "a note", "a pin", "neither of these", "no ruling"],
)
def test_labels_notes_and_pins_are_bound_to_the_articles_they_were_written_for(
    ruling: TopicRuling | None,
    bound: bool,  # noqa: FBT001
) -> None:
    ledger = said(Ledger(), ALL_SOUTH, ruling)
    assert bool(ledger.topics["south"].bound) is bound
    assert share(ledger) == 1
    later = said(ledger, {**ALL_SOUTH, "a": "north", "b": "north", "c": "!", "f": "south"}, ruling)
    assert later.topics["south"].bound == ledger.topics["south"].bound
    assert share(later) == pytest.approx(2 / 5 if bound else 1)


def test_what_is_written_anew_is_bound_anew() -> None:
    first = said(Ledger(), ALL_SOUTH, TopicRuling(line=1, label="Seoul"))
    fewer = {**ALL_SOUTH, "a": "north", "b": "north", "c": "north"}
    assert share(said(first, fewer, TopicRuling(line=7, label="Seoul"))) == pytest.approx(2 / 5)
    assert share(said(first, fewer, TopicRuling(line=1, label="Busan"))) == 1
    unsaid = said(first, fewer, None)
    assert (unsaid.topics["south"].said, unsaid.topics["south"].bound) == ("", "")
    assert share(said(unsaid, fewer, TopicRuling(line=1, label="Seoul"))) == 1
