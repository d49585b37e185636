from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from digestgen.curate.ledger.claims import claim_articles, claim_topics
from digestgen.curate.ledger.fingerprint import (
    address_of,
    joined_marks,
    marks,
    opening,
    sketch,
    sketched_runs,
    text_of,
    text_runs,
)
from digestgen.curate.ledger.ledger import ArticleLink, Ledger, TopicLink, Withheld
from digestgen.model import Article
from made import an_article

MONDAY = date(2026, 11, 23)
FOXES = (
    "Foxes have moved into the city in numbers that surprise biologists, a survey of four hundred gardens shows.",
    "Gardens with hens were visited twice as often, and no fence below two metres kept the animals out at night.",
)
BRIDGE = (
    "The bridge over the estuary opened to lorries on Friday, a year later than its engineers had promised.",
    "They blamed the steel, which had rusted in the salt air before the first coat of paint was even ordered.",
)
BREAD = (
    "Bread will cost a third more from Monday, the bakers of the old town say, because flour is so dear now.",
    "Two of them have closed their shops, and a third sells nothing but cake until the harvest has come in.",
)
SECRET = (
    "The treaty has a clause on submarines that neither government has told its parliament about, letters show.",
    "Both ministers signed it in a hunting lodge in March, with an interpreter and two bottles as the only witnesses.",
)


def link_of(article: Article, slug: str = "", **changes: object) -> ArticleLink:
    link = ArticleLink(
        slug=slug or article.id,
        id=article.id,
        seed=article.seed,
        opening=opening(text_of(article)),
        text=sketch(text_runs(article)),
    )
    return replace(link, **changes)


def withheld_as(article: Article, **changes: object) -> Withheld:
    link = Withheld(
        id=article.id,
        seed=article.seed,
        text=sketch(text_runs(article)),
        marks=joined_marks(marks(text_of(article))),
    )
    return replace(link, **changes)


def ledger_of(*links: ArticleLink | Withheld) -> Ledger:
    return Ledger(
        articles={link.slug: link for link in links if isinstance(link, ArticleLink)},
        withheld={link.id: link for link in links if isinstance(link, Withheld)},
    )


fox = an_article("fox", *FOXES, title="Foxes move in")
bridge = an_article("bridge", *BRIDGE, title="Bridge opens")
PUBLISHED = ledger_of(link_of(fox), link_of(bridge))
EDITED = (FOXES[0].replace("surprise biologists", "astonish the biologists"), FOXES[1])


@pytest.mark.parametrize(
    ("ledger", "articles", "slugs", "moved", "lost"),
    [
        pytest.param(Ledger(), [fox], {"fox": "foxes-move-in"}, {}, (), id="a first edition"),
        pytest.param(PUBLISHED, [fox, bridge], {"fox": "fox", "bridge": "bridge"}, {}, (), id="nothing new"),
        pytest.param(
            PUBLISHED,
            [replace(fox, title="Reynard in town"), bridge],
            {"fox": "fox", "bridge": "bridge"},
            {},
            (),
            id="retitled",
        ),
        pytest.param(
            PUBLISHED,
            [an_article("fox2", *EDITED, title="Foxes!"), bridge],
            {"fox2": "fox", "bridge": "bridge"},
            {},
            (),
            id="its text edited",
        ),
        pytest.param(
            PUBLISHED,
            [an_article("both", *FOXES, *BRIDGE, title="Foxes on the bridge")],
            {"both": "fox"},
            {"bridge": "fox"},
            (),
            id="two joined into one: its opening is the first one's",
        ),
        pytest.param(
            ledger_of(link_of(an_article("both", *FOXES, BRIDGE[0][:60]))),
            [fox, bridge],
            {"fox": "both", "bridge": "bridge-opens"},
            {},
            (),
            id="one split in two",
        ),
        pytest.param(
            PUBLISHED,
            [replace(fox, seed="other.txt", lines=(7, 9)), bridge],
            {"fox": "fox", "bridge": "bridge"},
            {},
            (),
            id="moved to another seed",
        ),
        pytest.param(
            ledger_of(link_of(fox), link_of(replace(fox, id="fox-2"))),
            [fox],
            {"fox": "fox"},
            {"fox-2": "fox"},
            (),
            id="the same text twice, then once",
        ),
        pytest.param(PUBLISHED, [fox], {"fox": "fox"}, {}, ("bridge",), id="deleted"),
        pytest.param(
            ledger_of(link_of(fox), replace(link_of(bridge, text=""), withdrawn=True)),
            [fox, bridge],
            {"fox": "fox", "bridge": "bridge"},
            {},
            (),
            id="withdrawn and restored",
        ),
        pytest.param(
            ledger_of(link_of(fox, text="", to="bridge"), link_of(bridge)),
            [an_article("fox2", *EDITED), bridge],
            {"fox2": "untitled", "bridge": "bridge"},
            {},
            (),
            id="a text like one that was decided on is a new one",
        ),
        pytest.param(
            ledger_of(link_of(fox, "bread-is-dear", withdrawn=True, text=""), link_of(bridge)),
            [bridge, an_article("bread", *BREAD, title="Bread is dear")],
            {"bridge": "bridge", "bread": "bread-is-dear-bread"},
            {},
            (),
            id="a new one with the title of an old one",
        ),
        pytest.param(
            ledger_of(link_of(fox, withdrawn=True)),
            [an_article("fox2", *EDITED, title="Foxes!")],
            {"fox2": "fox"},
            {},
            (),
            id="hidden, then edited: hidden still",
        ),
        pytest.param(
            ledger_of(link_of(fox, withdrawn=True)),
            [bridge],
            {"bridge": "bridge-opens"},
            {},
            (),
            id="hidden, then gone",
        ),
        pytest.param(
            ledger_of(link_of(fox, "a"), link_of(fox, "b", to="a", text="")),
            [fox],
            {"fox": "a"},
            {},
            (),
            id="two lines",
        ),
        pytest.param(
            ledger_of(link_of(an_article("old", "Nobody came."), "old")),
            [an_article("new", "Somebody came.", title="New")],
            {"new": "new"},
            {},
            ("old",),
            id="three words are too few to be known by",
        ),
    ],
)
def test_addresses_of_articles(
    ledger: Ledger,
    articles: Sequence[Article],
    slugs: Mapping[str, str],
    moved: Mapping[str, str],
    lost: tuple[str, ...],
) -> None:
    claims = claim_articles(ledger, articles)
    assert (claims.slugs, claims.moved, claims.lost) == (slugs, moved, lost)


def test_one_shared_run_is_chance() -> None:
    short = an_article("short", "Rain fell all day.")
    assert len(text_runs(short)) == 2
    holder = an_article("long", *FOXES, "Then rain fell all over the city.")
    assert len(text_runs(short) & text_runs(holder)) == 1
    assert claim_articles(ledger_of(link_of(short)), [holder]).lost == ("short",)


def test_a_formula_that_many_texts_hold_is_no_sign_of_one() -> None:
    formula = " ".join(f"word{number}" for number in range(40))
    old, *others = (
        an_article(f"n{number}", formula, " ".join(f"own{number}{word}" for word in range(60))) for number in range(6)
    )
    assert len(text_runs(old) & text_runs(others[0])) > 36
    assert claim_articles(ledger_of(link_of(old)), others).lost == ("n0",)
    assert claim_articles(ledger_of(link_of(old)), [*others, replace(old, id="again")]).slugs["again"] == "n0"


# What was joined with another article leads to it for as long as its text is there.

bread = an_article("bread", *BREAD, title="Bread is dear")
both = an_article("both", *FOXES, *BRIDGE, title="Foxes move in")
JOINED = ledger_of(link_of(both, "fox"), link_of(bridge, to="fox"))


@pytest.mark.parametrize(
    ("ledger", "articles", "slugs", "moved", "lost"),
    [
        pytest.param(JOINED, [both], {"both": "fox"}, {"bridge": "fox"}, (), id="there still"),
        pytest.param(
            JOINED,
            [an_article("both2", *EDITED, *BRIDGE, title="Foxes!")],
            {"both2": "fox"},
            {"bridge": "fox"},
            (),
            id="an edit beside it",
        ),
        pytest.param(JOINED, [fox], {"fox": "fox"}, {}, ("bridge",), id="taken out"),
        pytest.param(
            JOINED,
            [fox, replace(bridge, id="bridge2", paragraphs=(BRIDGE[0].replace("Friday", "Monday"), BRIDGE[1]))],
            {"fox": "fox", "bridge2": "bridge"},
            {},
            (),
            id="parted again, and edited",
        ),
        pytest.param(
            JOINED,
            [fox, an_article("other", *BREAD, *BRIDGE, title="Bread is dear")],
            {"fox": "fox", "other": "bridge"},
            {},
            (),
            id="joined with a new text",
        ),
        pytest.param(
            ledger_of(*JOINED.articles.values(), link_of(bread)),
            [fox, an_article("other", *BREAD, *BRIDGE, title="Bread is dear")],
            {"fox": "fox", "other": "bread"},
            {"bridge": "bread"},
            (),
            id="joined with another one that readers know",
        ),
        pytest.param(
            JOINED,
            [both, an_article("quoting", *BREAD, *BRIDGE, title="More of the bridge")],
            {"both": "fox", "quoting": "more-of-the-bridge"},
            {"bridge": "fox"},
            (),
            id="there still: no other text takes its address",
        ),
        pytest.param(
            JOINED,
            [both, an_article("bridge2", *BRIDGE, "Nobody was hurt.", title="Bridge!")],
            {"both": "fox", "bridge2": "bridge"},
            {},
            (),
            id="there still, and under its own opening too",
        ),
        pytest.param(
            JOINED,
            [an_article("bridges", *BRIDGE, *FOXES, title="Two bridges")],
            {"bridges": "fox"},
            {"bridge": "fox"},
            (),
            id="turned round: the whole keeps its address",
        ),
        pytest.param(JOINED, [bread], {"bread": "bread-is-dear"}, {}, ("fox",), id="the whole is lost: it goes along"),
        pytest.param(
            ledger_of(link_of(fox), link_of(bridge, to="fox", text="")),
            [fox],
            {"fox": "fox"},
            {},
            (),
            id="the curator sent it there",
        ),
        pytest.param(
            ledger_of(replace(JOINED.articles["fox"], withdrawn=True), JOINED.articles["bridge"]),
            [bread],
            {"bread": "bread-is-dear"},
            {},
            (),
            id="the whole is withdrawn",
        ),
    ],
)
def test_what_was_joined_leads_to_its_text(
    ledger: Ledger,
    articles: Sequence[Article],
    slugs: Mapping[str, str],
    moved: Mapping[str, str],
    lost: tuple[str, ...],
) -> None:
    claims = claim_articles(ledger, articles)
    assert (claims.slugs, claims.moved, claims.lost) == (slugs, moved, lost)


def test_of_what_was_joined_is_kept_what_stands_there() -> None:
    whole = sketch(text_runs(bridge))
    assert claim_articles(JOINED, [both]).kept == {"bridge": whole}
    (part,) = claim_articles(JOINED, [an_article("less", *FOXES, BRIDGE[0], title="Foxes!")]).kept.values()
    assert 0 < len(part) < len(whole)
    assert set(sketched_runs(part)) == set(sketched_runs(whole)) & text_runs(an_article("part", BRIDGE[0]))


@given(st.integers(1, 5), st.permutations([*FOXES, *BRIDGE, *BREAD]), st.booleans())
def test_each_of_two_that_were_joined_has_its_address_when_they_part(first: int, said: list[str], edited: bool) -> None:  # noqa: FBT001
    one, other = an_article("one", *said[:first]), an_article("other", *said[first:])
    ledger = ledger_of(link_of(an_article("whole", *said), "one"), link_of(other, to="one"))
    # Of a short text the sketch may hold nothing; then nothing tells that the whole had it.
    assume(set(sketched_runs(sketch(text_runs(an_article("whole", *said))))) & text_runs(one))
    if edited:
        other = replace(other, id="edited", paragraphs=(*other.paragraphs, "Nobody was hurt."))
    claims = claim_articles(ledger, [one, other])
    assert (claims.slugs, claims.moved, claims.lost) == ({"one": "one", other.id: "other"}, {}, ())
    alone = claim_articles(ledger, [one])
    assert (alone.slugs, alone.moved, alone.lost) == ({"one": "one"}, {}, ("other",))


@pytest.mark.parametrize("place", range(len(FOXES[0].split())))
def test_an_edit_of_what_a_text_has_beside_its_double_is_an_edit(place: int) -> None:
    words = FOXES[0].split()
    double = link_of(fox, "double", to="fox", text=sketch(text_runs(fox))[4:])
    edited = an_article("edited", " ".join([*words[:place], "elsewhere", *words[place + 1 :]]), FOXES[1])
    claims = claim_articles(ledger_of(link_of(fox), double), [edited])
    assert (claims.slugs, claims.moved, claims.lost) == ({"edited": "fox"}, {"double": "fox"}, ())


def test_an_address_that_led_elsewhere_is_a_newcomers() -> None:
    claims = claim_articles(JOINED, [fox, replace(bridge, id="again")])
    assert claims.slugs["again"] == "bridge"
    assert "again" not in claims.settled


@given(st.permutations([fox, bridge, an_article("bread", *BREAD), an_article("fox2", *EDITED)]))
def test_no_two_articles_have_one_address(articles: list[Article]) -> None:
    claims = claim_articles(PUBLISHED, articles[:3])
    assert len(set(claims.slugs.values())) == 3
    assert {*claims.slugs.values(), *claims.moved, *claims.lost} >= {"fox", "bridge"}


# An article that is split.

BEGINNING = (FOXES[0],)
REST = (FOXES[1], *BRIDGE, *BREAD)
WHOLE = an_article("whole", *BEGINNING, *REST, title="Foxes move in")
SPLIT = ledger_of(link_of(WHOLE, "foxes-move-in"))


@pytest.mark.parametrize(
    ("parts", "heir"),
    [
        pytest.param({"a": ("Foxes move in", BEGINNING), "b": ("Dear bread", REST)}, "a", id="title and opening"),
        pytest.param({"a": ("A survey", BEGINNING), "b": ("Dear bread", REST)}, "a", id="the opening alone"),
        pytest.param({"a": ("Foxes move in", REST[:1]), "b": ("Dear bread", REST[1:])}, "a", id="the title alone"),
        pytest.param(
            {"a": ("Foxes move in", ("Foxes have moved into the city in numbers.",)), "b": ("Dear bread", REST)},
            "a",
            id="a sentence of it, too short for the sketch",
        ),
        pytest.param({"a": ("Hens", REST[:1]), "b": ("Dear bread", REST[1:])}, "b", id="neither: the longest part"),
        pytest.param(
            {"a": ("Foxes move in", BREAD[:1]), "b": ("A survey", (*BEGINNING, *REST[:3]))},
            "b",
            id="one each: the longer",
        ),
        pytest.param(
            {"a": ("Foxes move in", ("Nobody came, and nothing of it is new.",)), "b": ("A survey", REST)},
            "b",
            id="another text that has the title",
        ),
    ],
)
@pytest.mark.parametrize("order", [1, -1], ids=["in order", "the other way round"])
def test_a_split_article_leaves_its_address_to_the_part_that_keeps_its_title_or_opening(
    parts: Mapping[str, tuple[str, tuple[str, ...]]], heir: str, order: int
) -> None:
    articles = [an_article(id_, *said, title=title) for id_, (title, said) in parts.items()][::order]
    claims = claim_articles(SPLIT, articles)
    assert claims.slugs[heir] == "foxes-move-in"
    assert (claims.moved, claims.lost) == ({}, ())


def test_an_opening_that_is_a_formula_takes_no_address() -> None:
    formula = "Good morning from the harbour office, here is the news of the day."
    old = an_article("old", formula, *FOXES, title="Monday")
    new = an_article("new", formula, *BRIDGE, title="Tuesday")
    claims = claim_articles(ledger_of(link_of(old, "monday")), [new])
    assert (claims.slugs, claims.lost) == ({"new": "tuesday"}, ("monday",))


def test_the_next_one_of_a_column_takes_no_address() -> None:
    column = "The morning letter is written by the editors and comes out on every day but Sunday."
    old = an_article("old", *FOXES, *BREAD, column, title="Morning letter")
    new = an_article("new", *BRIDGE, *SECRET, column, title="Morning letter")
    assert text_runs(old) & text_runs(new)
    claims = claim_articles(ledger_of(link_of(old, "morning-letter")), [new])
    assert (claims.slugs, claims.lost) == ({"new": "morning-letter-new"}, ("morning-letter",))


@given(st.integers(1, 4), st.randoms(use_true_random=False))
def test_whoever_opens_a_split_article_keeps_its_address(first: int, order) -> None:  # noqa: ANN001
    said = [*FOXES, *BRIDGE, *BREAD]
    parts = [an_article("a", *said[:first], title="One"), an_article("b", *said[first:], title="Other")]
    order.shuffle(parts)
    assert claim_articles(ledger_of(link_of(an_article("w", *said), "w")), parts).slugs["a"] == "w"


# What was withheld or withdrawn is known again.

secret = an_article("secret", *SECRET, title="The secret clause")
REWORDED = (SECRET[0].replace("that neither government has told", "which no government told"), SECRET[1])
AS_ARTICLE = link_of(secret, withdrawn=True, marks=joined_marks(marks(SECRET)))


def again(id_: str, *said: str, **changes: object) -> Article:
    return an_article(id_, *said, **{"title": f"Of {id_}", **changes})


@pytest.mark.parametrize("link", [withheld_as(secret), AS_ARTICLE], ids=["withheld from the start", "withdrawn later"])
@pytest.mark.parametrize(
    ("articles", "held"),
    [
        pytest.param([secret, bridge], {"secret"}, id="as it was"),
        pytest.param([replace(secret, title="Another title")], {"secret"}, id="retitled"),
        pytest.param([replace(secret, seed="renamed.txt")], {"secret"}, id="in a renamed seed"),
        pytest.param([again("n", *REWORDED)], {"n"}, id="after an edit"),
        pytest.param([again("n", *REWORDED, seed="renamed.txt")], {"n"}, id="after an edit, in a renamed seed"),
        pytest.param([again("n", *SECRET, *BRIDGE)], {"n"}, id="joined with a public text"),
        pytest.param([again("n", *BRIDGE, SECRET[0])], {"n"}, id="a part of it joined with a public text"),
        pytest.param([again("n", SECRET[0]), again("m", SECRET[1])], {"n", "m"}, id="cut in two"),
        pytest.param(
            [again("n", SECRET[0], *BRIDGE, *FOXES, *BREAD), again("m", SECRET[1])],
            {"n", "m"},
            id="cut in two, and one part in a long public text",
        ),
        pytest.param(
            [again("n", f"{FOXES[0]} {' '.join(SECRET[0].split()[2:11])}.", *BREAD)], {"n"}, id="nine of its words"
        ),
        pytest.param([again("n", SECRET[1], seed="renamed.txt")], {"n"}, id="a whole paragraph in a renamed seed"),
        pytest.param(
            [again("n", SECRET[1], seed="renamed.jsonl")], {"n"}, id="a whole paragraph in another kind of seed"
        ),
        pytest.param([again("n", *FOXES), bridge], set(), id="other texts of its seed"),
        pytest.param(
            [again("n", *FOXES, *BREAD, f"“{' '.join(SECRET[0].split()[:9])},” he said.", seed="other.txt")],
            set(),
            id="a quotation from it in another seed",
        ),
        pytest.param(
            [again("n", *FOXES, f"“{' '.join(SECRET[0].split()[:9])},” he said.", seed="week.jsonl")],
            set(),
            id="a quotation from it in a seed that is not parted by guess",
        ),
    ],
)
def test_a_text_that_was_kept_back_is_known_again(
    link: ArticleLink | Withheld, articles: Sequence[Article], held: set[str]
) -> None:
    claims = claim_articles(ledger_of(link), articles)
    assert set(claims.holds) == held
    assert all(holds == (link,) for holds in claims.holds.values())


def test_what_readers_have_seen_as_it_is_holds_nothing() -> None:
    both = an_article("both", *BRIDGE, SECRET[0], title="Bridge and treaty")
    seen = link_of(both, "both", first=MONDAY)
    assert claim_articles(ledger_of(withheld_as(secret), seen), [both]).holds == {}
    longer = replace(both, paragraphs=(*both.paragraphs, SECRET[1]))
    assert set(claim_articles(ledger_of(withheld_as(secret), seen), [longer]).holds) == {"both"}
    assert set(claim_articles(ledger_of(withheld_as(secret), replace(seen, first=None)), [both]).holds) == {"both"}


def test_what_is_withheld_passes_to_its_edit() -> None:
    edited = again("n", *REWORDED)
    claims = claim_articles(ledger_of(withheld_as(secret)), [bridge, edited])
    assert claims.known == {"n": withheld_as(secret)}
    assert claims.settled == {"n"}
    assert claim_articles(ledger_of(withheld_as(secret)), [secret, edited]).known == {"secret": withheld_as(secret)}


def test_what_is_withheld_has_the_name_that_the_curator_knows_it_by() -> None:
    link = withheld_as(secret, address=address_of("the-clause"))
    ledger = ledger_of(link, link_of(bridge))
    assert claim_articles(ledger, [secret, bridge]).slugs[secret.id] == "the-secret-clause"
    assert claim_articles(ledger, [secret, bridge], {"the-clause", "bridge"}).slugs[secret.id] == "the-clause"
    taken = ledger_of(link, link_of(bridge, "the-clause"))
    assert claim_articles(taken, [secret, bridge], {"the-clause"}).slugs[secret.id] == "the-secret-clause"


def test_a_new_article_does_not_take_the_name_of_what_is_withheld() -> None:
    public = an_article("public", *BRIDGE, title="The secret clause")
    claims = claim_articles(ledger_of(withheld_as(secret)), [public, secret])
    assert claims.slugs == {"secret": "the-secret-clause", "public": "the-secret-clause-public"}


# What an edition settled.


@pytest.mark.parametrize(
    ("said", "settled"),
    [
        pytest.param(FOXES, True, id="as it was"),
        pytest.param(EDITED, True, id="edited"),
        pytest.param((*FOXES, *BREAD), True, id="with more behind it"),
        pytest.param((FOXES[0][:40], *BREAD, *BRIDGE), False, id="most of it changed"),
        pytest.param(BREAD, False, id="another text under its id"),
    ],
)
def test_a_text_is_settled_but_for_small_edits(said: tuple[str, ...], settled: bool) -> None:  # noqa: FBT001
    claims = claim_articles(PUBLISHED, [replace(fox, paragraphs=said)])
    assert claims.known == {"fox": PUBLISHED.articles["fox"]}
    assert claims.settled == ({"fox"} if settled else set())


# Topics.


def topics_of(**topics: str) -> Ledger:
    """A ledger with these topics, each with one-letter articles."""
    return Ledger(
        articles={
            slug: ArticleLink(slug=slug, id=slug, topic=topic) for topic, slugs in topics.items() for slug in slugs
        },
        topics={topic: TopicLink(slug=topic) for topic in topics},
    )


@pytest.mark.parametrize(
    ("before", "groups", "claimed"),
    [
        pytest.param({}, ["ab"], (None,), id="a first edition"),
        pytest.param({"x": "ab"}, [], (), id="no groups"),
        pytest.param({"x": "abc", "y": "de"}, ["de", "abc"], ("y", "x"), id="as before"),
        pytest.param({"x": "abc"}, ["abcdefghijkl"], ("x",), id="grown fourfold"),
        pytest.param({"x": "abcdefgh"}, ["ab"], ("x",), id="most of it gone from the digest"),
        pytest.param({"x": "abcdef"}, ["ab", "cdef"], (None, "x"), id="split: the larger part keeps it"),
        pytest.param({"x": "abcdef"}, ["abc", "def"], ("x", None), id="split in halves: one keeps it"),
        pytest.param({"x": "abcd", "y": "ef"}, ["abcdef"], ("x",), id="merged: the larger one's"),
        pytest.param({"x": "abcdef", "y": "ghi"}, ["ab", "ghicdef"], ("x", "y"), id="part of it went to another"),
        pytest.param({"x": "abcde", "y": "fg"}, ["ab", "fgcdehijk"], ("x", "y"), id="swapped sizes"),
        pytest.param({"x": "abc"}, ["def"], (None,), id="nothing in common"),
        pytest.param({"x": "abcdefgh", "y": "ij"}, ["abij", "cd", "ef", "gh"], ("y", "x", None, None), id="shattered"),
    ],
)
def test_addresses_of_topics(before: Mapping[str, str], groups: Sequence[str], claimed: tuple[str | None, ...]) -> None:
    assert claim_topics(topics_of(**before), [list(group) for group in groups]) == claimed


def test_optimal_beats_greedy() -> None:
    # x is nearest to the first group, but that is the only one that y can be, and x has another.
    before = topics_of(x="abcdefghi", y="jklm")
    assert claim_topics(before, [list("abcdejklm"), list("fghi")]) == ("y", "x")


def test_a_large_topic_is_not_renamed_for_the_sake_of_a_splinter() -> None:
    large, splinter, small = (
        [f"{name}{number}" for number in range(size)] for name, size in (("l", 60), ("s", 6), ("m", 40))
    )
    before = topics_of(x=[*large, *splinter], y=small)  # type: ignore[arg-type]
    assert claim_topics(before, [[*large, *small], splinter]) == ("x", None)


def test_a_ruling_does_not_change_what_the_machine_said() -> None:
    # c was moved from x to y, and z was folded into y from its first day.
    links = {
        "a": ArticleLink(slug="a", id="a", topic="x"),
        "b": ArticleLink(slug="b", id="b", topic="x"),
        "c": ArticleLink(slug="c", id="c", topic="y", proposed="x"),
        "d": ArticleLink(slug="d", id="d", topic="y", proposed="z"),
        "e": ArticleLink(slug="e", id="e", topic="y", proposed="z"),
    }
    ledger = Ledger(articles=links, topics={slug: TopicLink(slug=slug) for slug in "xy"})
    assert claim_topics(ledger, [list("abc"), list("de")]) == ("x", "z")


@given(
    before=st.dictionaries(st.sampled_from("wxyz"), st.text("abcdefgh", min_size=1, max_size=6)),
    groups=st.lists(st.sampled_from("0123"), min_size=8, max_size=8),
)
def test_an_address_is_given_once_and_only_for_something_shared(before: dict[str, str], groups: list[str]) -> None:
    ledger = topics_of(**before)
    parts = [[slug for slug, part in zip("abcdefgh", groups, strict=True) if part == name] for name in "0123"]
    claimed = claim_topics(ledger, parts)
    given_away = [slug for slug in claimed if slug is not None]
    assert len(set(given_away)) == len(given_away)
    for slug, part in zip(claimed, parts, strict=True):
        assert slug is None or {link.slug for link in ledger.articles.values() if link.topic == slug} & set(part)
