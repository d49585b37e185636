"""The composition as a whole: complete, and the same whatever the order of the seeds, edition after edition."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compose.editions import (
    EXECUTOR,
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
)
from digestgen.compose.digest import Composition, compose
from digestgen.curate.curation import Curation
from digestgen.curate.files.settings import DigestSettings
from digestgen.curate.ledger.ledger import Ledger
from digestgen.curate.ledger.ledger_file import read_ledger, write_ledger
from digestgen.language.text import words
from digestgen.model import Digest, Entry, Seed, Sidecar, SplitLine
from effort import costly
from made import BRIDGE, FOX
from publish.rendered import pages_of

NOUNS = {
    "crane": ["Port Ellery", "the steam crane", "harbour master Ida Marsh", "the maritime museum"],
    "frost": ["the Velm valley", "apple growers", "the May frost", "Tomas Berg"],
    "chess": ["the chess club", "Sandby", "a blindfold match", "grandmaster Olga Lind"],
}
VERBS = ["met", "praised", "refused", "found", "visited", "paid for", "waited for"]


@st.composite
def an_article(draw: st.DrawFn) -> str:
    nouns = NOUNS[draw(st.sampled_from(sorted(NOUNS)))]
    sentence = st.builds(
        lambda a, b, c: f"{a[0].upper()}{a[1:]} {b} {c}.",
        st.sampled_from(nouns), st.sampled_from(VERBS), st.sampled_from(nouns),
    )  # fmt: skip
    odd = st.text(max_size=40).map(lambda text: text.replace("\n", " ").replace("\r", " "))
    return "\n".join(draw(st.lists(st.one_of(sentence, sentence, sentence, odd), min_size=1, max_size=6)))


@st.composite
def some_seeds(draw: st.DrawFn) -> list[Seed]:
    texts = draw(st.lists(an_article(), min_size=0, max_size=6))
    sources = st.sampled_from([None, "RT", "BBC"])
    return [
        Seed(name=f"{index}.txt", text=text, sidecar=Sidecar(source=draw(sources), draft=draw(st.sampled_from(DRAFTS))))
        for index, text in enumerate(texts)
    ]


DRAFTS = [None, None, None, False, True]


@settings(costly(0.3), suppress_health_check=list(HealthCheck))
@given(seeds=some_seeds(), order=st.randoms(use_true_random=False))
def test_every_article_once_whatever_the_order_of_the_seeds(seeds: list[Seed], order: Random) -> None:
    composition = compose(seeds, DigestSettings())  # it verifies placement and summaries itself
    shuffled = list(seeds)
    order.shuffle(shuffled)
    assert compose(shuffled, DigestSettings()) == composition
    digest = composition.digest
    slugs = [entry.slug for entry in digest.entries]
    assert len(set(slugs)) == len(slugs)
    ids = {entry.article.id for entry in digest.entries}
    assert {entry.article.seed for entry in digest.entries} <= {seed.name for seed in seeds if not seed.sidecar.draft}
    for entry in digest.entries:
        assert entry.summary
        assert {link.id for link in entry.related} < ids
        assert entry.topic is None or (entry.placement and entry.placement.reasons)
    # A second edition is the first, byte for byte, though what is kept of that went through a file.
    text = write_ledger(composition.ledger)
    curation = Curation(ledger=read_ledger(text, "permalinks.yml"), day=date(2026, 11, 22))
    again = compose(shuffled, DigestSettings(), curation)
    assert replace(again, notices=composition.notices) == composition
    assert write_ledger(again.ledger) == text


def test_no_seeds_make_an_empty_digest() -> None:
    digest = compose([], DigestSettings()).digest
    assert (digest.entries, digest.topics, digest.shelf) == ((), (), ())


def test_what_a_digest_says_of_itself() -> None:
    told = DigestSettings(title="Week 48", description="What was.", language="fr", homepages={"RT": "https://rt.com/"})
    of = [seed("chess", 1, source="RT"), seed("opera", 1, source="BBC"), seed("bees", 1)]
    digest = edition(of, settings=told).digest
    assert (digest.title, digest.description, digest.language) == ("Week 48", "What was.", "fr")
    assert [(source.name, source.slug, source.homepage) for source in digest.sources] == [
        ("BBC", "bbc", None),
        ("RT", "rt", "https://rt.com/"),
    ]


def test_a_source_that_is_called_otherwise_leaves_its_address_behind() -> None:
    first = edition([seed("chess", 1, source="RT")])
    second = edition([seed("chess", 1, source="Russia Today")], before=first.ledger, day=SECOND)
    assert [(source.name, source.slug) for source in second.digest.sources] == [("Russia Today", "russia-today")]
    assert second.digest.former.sources == {"rt": "russia-today"}
    assert second.digest.entries[0].slug == first.digest.entries[0].slug


# Editions.

BEFORE = edition(FOUR)
SLUG = {entry.article.seed.removesuffix(".md"): entry.slug for entry in BEFORE.digest.entries}


def test_a_second_edition_with_nothing_new_is_the_same_page_by_page() -> None:
    again = edition(FOUR[::-1], before=BEFORE.ledger, day=SECOND)
    assert write_ledger(again.ledger) == write_ledger(BEFORE.ledger)
    assert pages_of(again.digest) == pages_of(BEFORE.digest)


def test_editions_may_come_in_any_number_on_one_day() -> None:
    more = edition([*FOUR, *seeds(bees=4)], before=BEFORE.ledger, day=FIRST)
    assert not any(entry.new for entry in more.digest.entries)
    later = edition([*FOUR, *seeds(bees=5)], before=more.ledger, day=SECOND)
    assert [entry.article.seed for entry in later.digest.entries if entry.new] == ["bees-4.md"]


def test_a_clock_that_went_back_dates_nothing_in_the_past() -> None:
    later = edition([*FOUR, *seeds(bees=1)], before=BEFORE.ledger, day=FIRST - timedelta(400))
    assert of_seed(later.digest, "bees-0").first == FIRST


def test_an_article_that_is_gone_is_a_problem_and_keeps_its_address() -> None:
    fewer = [each for each in FOUR if each.name != "chess-1.md"]
    lost = edition(fewer, before=BEFORE.ledger, day=SECOND, problems=1)
    assert lost.lost == (SLUG["chess-1"],)
    assert lost.ledger.articles[SLUG["chess-1"]] == BEFORE.ledger.articles[SLUG["chess-1"]]
    back = edition(FOUR, before=lost.ledger, day=THIRD)
    assert back == BEFORE


@pytest.mark.parametrize(
    ("ruling", "leads"), [("hide: true", None), (f"moved: {SLUG['chess-2']}", "chess-2")], ids=["withdrawn", "moved"]
)
def test_a_decision_on_an_article_that_is_gone(ruling: str, leads: str | None) -> None:
    fewer = [each for each in FOUR if each.name != "chess-1.md"]
    decided = edition(fewer, f"articles: {{{SLUG['chess-1']}: {{{ruling}}}}}\n", BEFORE.ledger, day=SECOND)
    to = of_seed(decided.digest, leads).article.id if leads else None
    assert decided.digest.former.articles == {SLUG["chess-1"]: to}
    assert decided.lost == ()


# What is hidden.

RULINGS = {
    "a ruling": f"articles: {{{SLUG['chess-1']}: {{hide: true}}}}\n",
    "a rule": "rules: [{feed: chess-1, hide: true}]\n",
}


def standing(entry: Entry) -> tuple[Any, ...]:
    """Where an entry stands, and what is said of it alone."""
    near = entry.nearest and (entry.nearest.topic, entry.nearest.similarity)
    own = entry.placement and (entry.placement.topic, entry.placement.similarity)
    return entry.slug, own, near, entry.summary, entry.keyphrases, entry.reprint_of, entry.new, entry.first


@pytest.mark.parametrize("name", ["chess-1", "volcano-0", "opera-3", "orchard-2"])
@pytest.mark.parametrize("how", ["a ruling", "a draft", "a rule"])
def test_hiding_an_article_changes_nothing_of_any_other(name: str, how: str) -> None:
    rulings = RULINGS.get(how, "").replace(SLUG["chess-1"], SLUG[name]).replace("feed: chess-1", f"feed: {name}")
    of = [
        replace(each, sidecar=replace(each.sidecar, draft=True)) if each.name == f"{name}.md" else each for each in FOUR
    ]
    hidden = edition(of if how == "a draft" else FOUR, rulings, BEFORE.ledger, day=SECOND).digest
    gone = of_seed(BEFORE.digest, name)
    found, before = entries(hidden), entries(BEFORE.digest)
    assert found.keys() == before.keys() - {gone.slug}
    for slug, entry in found.items():
        assert standing(entry) == standing(before[slug])
        left = [link for link in before[slug].related if link.id != gone.article.id]
        # What is next in line may fill the gap.
        assert [link.id for link in entry.related[: len(left)]] == [link.id for link in left]
    assert [topic.label for topic in hidden.topics if topic.slug != gone.topic] == [
        topic.label for topic in BEFORE.digest.topics if topic.slug != gone.topic
    ]


LINKED_PHRASE = re.compile(r"\[([^]]*)\]\([./]*keyphrases/[^)]*\)")


def shown(digest: Digest) -> dict[str, str]:
    """The pages of articles and topics; that only one article is left with a phrase, and no link, is no change."""
    rendered = pages_of(digest).items()
    kept = {path: text for path, text in rendered if path.startswith(("articles/", "topics/"))}
    return {path: LINKED_PHRASE.sub(r"\1", text) for path, text in kept.items() if not path.endswith("index.md")}


@pytest.mark.parametrize("rulings", RULINGS.values(), ids=RULINGS)
def test_hiding_an_article_changes_no_page_that_does_not_show_it(rulings: str) -> None:
    before, after = shown(BEFORE.digest), shown(edition(FOUR, rulings, BEFORE.ledger, day=SECOND).digest)
    gone = of_seed(BEFORE.digest, "chess-1")
    together = {f"articles/{entry.slug}.md" for entry in BEFORE.digest.entries if entry.topic == gone.topic}
    changed = {path for path in before if before[path] != after[path]}
    assert f"articles/{gone.slug}.md" in changed
    assert changed <= {path for path, text in before.items() if gone.slug in text} | together | {
        f"topics/{gone.topic}.md"
    }


@pytest.mark.parametrize("rulings", RULINGS.values(), ids=RULINGS)
def test_what_was_hidden_stays_so_until_a_word_shows_it(rulings: str) -> None:
    hidden = edition(FOUR, rulings, BEFORE.ledger, day=SECOND)
    silent = edition(FOUR, before=hidden.ledger, day=THIRD)
    assert silent.digest == hidden.digest
    assert [notice for notice in silent.notices if "hide: false" in notice]
    shown = edition(FOUR, f"articles: {{{SLUG['chess-1']}: {{hide: false}}}}\n", silent.ledger, day=THIRD)
    assert shown.digest == BEFORE.digest
    # Once it is shown, the word is not needed any more.
    assert edition(FOUR, before=shown.ledger, day=THIRD).digest == BEFORE.digest


def test_a_hidden_topic_takes_its_articles_along_and_gives_them_back() -> None:
    topic = of_seed(BEFORE.digest, "chess-1").topic
    hidden = edition(FOUR, f"topics: {{{topic}: {{hide: true}}}}\n", BEFORE.ledger, day=SECOND)
    assert not [name for name in places(hidden.digest) if name.startswith("chess")]
    assert hidden.digest.former.topics == {topic: None}
    newcomer = [*FOUR, seed("chess", 4)]
    silent = edition(newcomer, before=hidden.ledger, day=THIRD)
    assert places(silent.digest) == places(hidden.digest), "a newcomer that belongs there waits with them"
    assert len(silent.ledger.withheld) == 1
    shown = edition(newcomer, f"topics: {{{topic}: {{hide: false}}}}\n", silent.ledger, day=THIRD)
    assert by_topic(shown.digest)[topic] == {f"chess-{number}" for number in range(5)}
    assert {name: places(shown.digest)[name] for name in SLUG} == places(BEFORE.digest)


def dump(*articles: list[str]) -> str:
    return "\n".join(line for article in articles for line in article) + "\n"


SECRET = [
    "Ministers hid a clause on submarines",
    "The treaty has a clause on submarines that neither government has told its parliament about, letters show.",
    "Both ministers signed it in a hunting lodge in March, with an interpreter and two bottles for company.",
    "The letters lay in a biscuit tin that the interpreter left to her niece, who took them to a notary in May.",
]


def of_dump(text: str, *, skip: int | None) -> list[Seed]:
    """A dump of which the article that starts at a line is skipped; without a line, nothing is known of it."""
    split = tuple(SplitLine(line=line, skip=True if line == skip else None) for line in (1, 5, 9)) if skip else None
    return [*FOUR, Seed(name="dump.txt", text=text, sidecar=Sidecar(name="dump.yml", language="en", articles=split))]


WHOLE = dump(FOX, SECRET, BRIDGE)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(WHOLE, id="as it was"),
        pytest.param(WHOLE.replace("biscuit tin", "shoe box"), id="edited"),
        pytest.param(dump(FOX, SECRET[:2]), id="cut short"),
        pytest.param(dump(SECRET, BRIDGE, FOX), id="in another order"),
        pytest.param(WHOLE.replace("\n", " "), id="in one line"),
        pytest.param(WHOLE.replace(". ", ".\n"), id="a sentence a line"),
        pytest.param(WHOLE.upper(), id="in capitals"),
    ],
)
def test_what_was_skipped_stays_out_though_the_sidecar_is_gone(text: str) -> None:
    first = edition(of_dump(WHOLE, skip=5))
    assert len([entry for entry in first.digest.entries if entry.article.seed == "dump.txt"]) == 2
    later = compose(of_dump(text, skip=None), DigestSettings(), Curation(ledger=first.ledger, day=SECOND))
    read = " ".join(pages_of(later.digest).values()).lower()
    telling = {word for line in SECRET for word in words(line.lower()) if len(word) > 8}
    assert not {word for word in telling if word in read}
    assert not {word for word in telling if word in write_ledger(first.ledger).lower()}
    assert not {word for word in telling if word in write_ledger(later.ledger).lower()}


CHESS_1 = next(each for each in FOUR if each.name == "chess-1.md")
HEAD, *BODY = CHESS_1.text.strip().split("\n\n")


def as_seeds(*texts: str, ending: str = "md") -> list[Seed]:
    return [
        Seed(name=f"again-{number}.{ending}", text=f"{text}\n", sidecar=Sidecar(language="en"))
        for number, text in enumerate(texts)
    ]


@pytest.mark.parametrize(
    "instead",
    [
        pytest.param([CHESS_1], id="as it was"),
        pytest.param([replace(CHESS_1, text="\n\n".join(["# Another title", *BODY]))], id="retitled"),
        pytest.param([replace(CHESS_1, text=CHESS_1.text.replace("Olga Lind", "Olga Lund"))], id="edited"),
        pytest.param(
            [replace(CHESS_1, text=CHESS_1.text + "\nThe editors have since corrected a date.\n")], id="grown"
        ),
        pytest.param([replace(CHESS_1, text="\n\n".join([HEAD, *BODY[1:]]))], id="cut short"),
        pytest.param([replace(CHESS_1, name="renamed.md")], id="in a renamed seed"),
        pytest.param([replace(CHESS_1, name="renamed.txt", text="\n".join([HEAD[2:], *BODY]))], id="as a text"),
        pytest.param(as_seeds(f"# One\n\n{BODY[0]}", "# Two\n\n" + "\n\n".join(BODY[1:])), id="in two seeds"),
        pytest.param(as_seeds("\n".join([*FOX, HEAD[2:], *BODY, *BRIDGE]), ending="txt"), id="in a dump"),
        pytest.param(as_seeds(*BODY, ending="txt"), id="a paragraph a seed"),
    ],
)
@pytest.mark.parametrize("published", [True, False], ids=["withdrawn", "withheld"])
def test_what_was_hidden_does_not_come_back_in_another_form(instead: list[Seed], published: bool) -> None:  # noqa: FBT001
    before = BEFORE.ledger if published else None
    hidden = edition(FOUR, RULINGS["a ruling"], before, day=SECOND)
    others = [each for each in FOUR if each is not CHESS_1]
    later = compose([*others, *instead], DigestSettings(), Curation(ledger=hidden.ledger, day=THIRD), EXECUTOR)
    assert not [problem for problem in later.problems if problem.file == "permalinks.yml"]
    read = " ".join(" ".join(pages_of(later.digest).values()).split())
    for sentence in (sentence for paragraph in BODY for sentence in paragraph.split(". ")):
        assert sentence.replace("Olga Lind", "Olga Lund") not in read
        assert sentence not in read
    assert places(later.digest).items() >= places(hidden.digest).items()


def test_a_name_that_is_to_be_hidden_and_that_nothing_has_holds_back_what_it_may_mean() -> None:
    mistyped = SLUG["chess-1"][:-3] + "xyz"
    first = edition(FOUR, f"articles: {{{mistyped}: {{hide: true}}}}\n", problems=1)
    assert "chess-1" not in places(first.digest)
    # What readers have seen cannot be meant; nobody knows what is, and all that is new waits.
    later = edition([*FOUR, *seeds(bees=2)], "articles: {qqqq: {hide: true}}\n", BEFORE.ledger, day=SECOND, problems=1)
    assert places(later.digest) == places(BEFORE.digest)


# Properties over random editions.


@st.composite
def arrivals(draw: st.DrawFn) -> list[list[Seed]]:
    """Batches of articles, each of which comes once."""
    names = [(subject, number) for subject in (*SUBJECTS, "bees", "harbour") for number in range(4)]
    mixed = draw(st.permutations(names))
    cuts = sorted(draw(st.lists(st.integers(1, len(names) - 1), min_size=2, max_size=3, unique=True)))
    parts = [mixed[start:end] for start, end in zip([0, *cuts], [*cuts, len(mixed)], strict=True)]
    return [[seed(subject, number) for subject, number in part] for part in parts]


def settled(ledger: Ledger) -> Mapping[str, tuple[Any, ...]]:
    return {
        slug: (link.id, link.first, link.topic, link.proposed, link.story, link.repeats)
        for slug, link in ledger.articles.items()
    }


@settings(costly(0.05), suppress_health_check=list(HealthCheck))
@given(batches=arrivals(), order=st.randoms(use_true_random=False))
def test_no_later_article_moves_an_earlier_one(batches: list[list[Seed]], order: Random) -> None:
    there: list[Seed] = []
    last: Composition | None = None
    for number, batch in enumerate(batches):
        there = [*there, *batch]
        day = FIRST + timedelta(number)
        made = edition(there, before=last.ledger if last else None, day=day)
        order.shuffle(there)
        assert edition(there, before=last.ledger if last else None, day=day) == made
        assert edition(there, before=made.ledger, day=day + timedelta(1)) == made
        if last:
            on_shelf = {slug for slug, link in last.ledger.articles.items() if link.topic is None}
            after = settled(made.ledger)
            for slug, before in settled(last.ledger).items():
                if slug not in on_shelf:
                    assert after[slug] == before
            labels = {slug: link.label for slug, link in made.ledger.topics.items()}
            assert labels.items() >= {slug: link.label for slug, link in last.ledger.topics.items()}.items()
            assert last.digest.former.topics.keys() <= made.digest.former.topics.keys()
            for topic in made.digest.topics:
                founders = {slug for slug, link in last.ledger.articles.items() if link.topic == topic.slug}
                assert founders <= {entry.slug for entry in made.digest.entries if entry.topic == topic.slug}
        last = made
