from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from compose.editions import FIRST, FOUR, SECOND, THIRD, edition, entries, of_seed, seed, seeds
from digestgen.compose.digest import Composition
from digestgen.compose.entries import as_shown
from digestgen.curate.ledger.ledger import Ledger
from digestgen.curate.rulings.rulings import ArticleRuling
from digestgen.model import Article, Digest, Entry, Seed, Sidecar, Story, Topic
from made import an_article
from newsroom import write

FOX_ARTICLE = an_article("x", "Foxes.", published=date(2026, 11, 20))


@pytest.mark.parametrize(
    ("ruling", "expected"),
    [
        pytest.param(None, FOX_ARTICLE, id="no ruling"),
        pytest.param(
            ArticleRuling(line=1, title="Reynard"), replace(FOX_ARTICLE, title="Reynard", titled=True), id="a title"
        ),
        pytest.param(
            ArticleRuling(line=1, published=date(2026, 11, 22)),
            replace(FOX_ARTICLE, published=date(2026, 11, 22)),
            id="a date",
        ),
        pytest.param(ArticleRuling(line=1, note="A note."), FOX_ARTICLE, id="what is not the article's own"),
    ],
)
def test_what_becomes_of_an_article(ruling: ArticleRuling | None, expected: Article) -> None:
    assert as_shown(FOX_ARTICLE, ruling) == expected


BEFORE = edition(FOUR)
SLUG = {entry.article.seed.removesuffix(".md"): entry.slug for entry in BEFORE.digest.entries}
CHESS, OPERA = (of_seed(BEFORE.digest, f"{subject}-0").topic or "" for subject in ("chess", "opera"))


def ruled(rulings: str) -> Digest:
    return edition(FOUR, rulings, BEFORE.ledger, day=SECOND).digest


def topic_of(digest: Digest, slug: str) -> Topic:
    return next(topic for topic in digest.topics if topic.slug == slug)


def rank(digest: Digest, topic: str) -> list[str]:
    """The articles of a topic in their order, by the names of their seeds."""
    name_of = {entry.article.id: entry.article.seed.removesuffix(".md") for entry in digest.entries}
    return [name_of[id_] for id_ in topic_of(digest, topic).articles]


@pytest.mark.parametrize(
    ("ruling", "changes"),
    [
        pytest.param("{title: Reynard}", {}, id="a title"),
        pytest.param("{note: Why., pin: true}", {"note": "Why.", "pinned": True}, id="a note and a pin"),
        pytest.param("{summary: In my words.}", {"summary": ("In my words.",), "own_summary": True}, id="a summary"),
    ],
)
def test_what_the_curator_says_of_an_article(ruling: str, changes: dict[str, object]) -> None:
    after = ruled(f"articles: {{{SLUG['chess-1']}: {ruling}}}\n")
    found, before = entries(after), entries(BEFORE.digest)
    told = before.pop(SLUG["chess-1"])
    mine = found.pop(SLUG["chess-1"])
    shown = replace(told.article, title="Reynard") if "Reynard" in ruling else told.article
    assert replace(mine, related=told.related) == replace(told, article=shown, **changes)
    assert mine.topic == told.topic
    assert {slug: standing(entry) for slug, entry in found.items()} == {
        slug: standing(entry) for slug, entry in before.items()
    }


def standing(entry: Entry) -> tuple[object, ...]:
    return entry.placement, entry.nearest, entry.summary, entry.keyphrases, entry.related, entry.story


def test_what_the_curator_says_of_a_topic() -> None:
    after = ruled(f"topics: {{{OPERA}: {{note: Why., pin: true}}}}\n")
    assert after.topics[0] == replace(topic_of(BEFORE.digest, OPERA), note="Why.", pinned=True)
    assert [topic.slug for topic in after.topics[1:]] == [
        topic.slug for topic in BEFORE.digest.topics if topic.slug != OPERA
    ]


@pytest.mark.parametrize(
    ("topic", "pinned", "first"),
    [
        pytest.param(f"lead: {SLUG['chess-3']}", "", ["chess-3"], id="a lead"),
        pytest.param(f"order: [{SLUG['chess-2']}, {SLUG['chess-3']}]", "", ["chess-2", "chess-3"], id="an order"),
        pytest.param(
            f"lead: {SLUG['chess-3']}, order: [{SLUG['chess-2']}, {SLUG['chess-1']}]",
            "",
            ["chess-3", "chess-2", "chess-1"],
            id="a lead and an order",
        ),
        pytest.param("pin: true", "chess-3", ["chess-3"], id="a pinned article"),
        pytest.param(
            f"order: [{SLUG['chess-2']}]", "chess-3", ["chess-2", "chess-3"], id="an order, then a pinned one"
        ),
        pytest.param(f"lead: {SLUG['chess-1']}", "chess-1", ["chess-1"], id="led by a pinned one"),
    ],
)
def test_what_comes_first_in_a_topic(topic: str, pinned: str, first: list[str]) -> None:
    pin = f"articles: {{{SLUG[pinned]}: {{pin: true}}}}\n" if pinned else ""
    after = ruled(f"topics: {{{CHESS}: {{{topic}}}}}\n{pin}")
    usual = rank(BEFORE.digest, CHESS)
    assert rank(after, CHESS) == [*first, *(name for name in usual if name not in first)]
    for story in topic_of(after, CHESS).stories:
        assert list(story.articles) == [id_ for id_ in topic_of(after, CHESS).articles if id_ in story.articles]


def test_stories_come_in_the_order_of_their_first_articles() -> None:
    rulings = f"topics: {{{CHESS}: {{articles: {{add: [{SLUG['opera-1']}]}}, lead: {SLUG['opera-1']}}}}}\n"
    stories = topic_of(ruled(rulings), CHESS).stories
    assert [len(story.articles) for story in stories] == [1, 4]
    assert stories[0].slug == SLUG["opera-1"]
    assert stories[0].label == of_seed(BEFORE.digest, "opera-1").article.title


@pytest.mark.parametrize("moved", [f"chess-{number}" for number in range(4)])
def test_every_story_has_an_address_of_its_own_wherever_its_articles_are_put(moved: str) -> None:
    after = ruled(f"topics: {{{OPERA}: {{articles: {{add: [{SLUG[moved]}]}}}}}}\n")
    slugs = [story.slug for topic in after.topics for story in topic.stories]
    assert len(set(slugs)) == len(slugs)
    for topic in after.topics:
        for story in topic.stories:
            assert story.slug in {entry.slug for entry in after.entries if entry.article.id in story.articles}
    usual = {entry.story for entry in BEFORE.digest.entries if entry.topic == CHESS}
    assert usual == {SLUG["chess-3"]}, "the one that founded it"
    left = {entry.story for entry in after.entries if entry.topic == CHESS}
    assert (left == usual) is (moved != "chess-3")


def test_a_story_whose_founder_is_hidden_is_called_by_the_next_and_stays_so_when_others_come() -> None:
    founder = of_seed(BEFORE.digest, "chess-0").story
    hiding = f"articles: {{{founder}: {{hide: true}}}}\n"
    hidden = edition(FOUR, hiding, BEFORE.ledger, day=SECOND)
    (called,) = {entry.story for entry in hidden.digest.entries if entry.topic == CHESS}
    assert called in set(SLUG.values()) - {founder}
    later = edition([*FOUR, *seeds(first=4, chess=2)], hiding, hidden.ledger, day=THIRD)
    assert of_seed(later.digest, "chess-4").story == called


def by_sources(*sources: str | None, rulings: str = "", before: Ledger | None = None, day: date = FIRST) -> Composition:
    """One article on chess for each source, beside what else there is."""
    told = [seed("chess", number, source=source) for number, source in enumerate(sources)]
    return edition([*told, *seeds(volcano=4, opera=4, orchard=4)], rulings, before, day=day)


def story_on_chess(digest: Digest) -> Story:
    (slug,) = {entry.story for entry in digest.entries if entry.article.seed.startswith("chess")}
    return next(story for story in digest.every_story() if story.slug == slug)


@pytest.mark.parametrize(
    ("sources", "has_page"),
    [
        pytest.param(("RT", "Tass", "RT", "RT"), True, id="several sources"),
        pytest.param((None,) * 4, True, id="each may be another source"),
        pytest.param(("RT",) * 4, False, id="one source"),
    ],
)
def test_a_story_that_several_sources_tell_has_a_page(sources: tuple[str | None, ...], has_page: bool) -> None:  # noqa: FBT001
    made = by_sources(*sources)
    assert story_on_chess(made.digest).has_page is has_page
    assert (story_on_chess(made.digest).slug in made.ledger.stories) is has_page


def test_the_page_of_a_story_stays_when_its_sources_become_one() -> None:
    before = by_sources("RT", "Tass", "RT", "RT")
    after = by_sources("RT", "RT", "RT", "RT", before=before.ledger, day=SECOND)
    assert story_on_chess(after.digest) == replace(
        story_on_chess(before.digest), articles=story_on_chess(after.digest).articles
    )
    assert after.ledger.stories == before.ledger.stories
    assert after.digest.former.stories == {}


def test_the_address_of_a_story_leads_on_while_anything_of_it_is_left() -> None:
    before = by_sources("RT", "Tass", "RT", "RT")
    founder = story_on_chess(before.digest).slug
    slugs = [of_seed(before.digest, f"chess-{number}").slug for number in range(4)]

    def hiding(gone: Sequence[str]) -> Digest:
        rulings = "articles:\n" + "".join(f"  {slug}: {{hide: true}}\n" for slug in gone)
        return by_sources("RT", "Tass", "RT", "RT", rulings=rulings, before=before.ledger, day=SECOND).digest

    without = hiding([founder])
    assert story_on_chess(without).has_page
    assert without.former.stories == {founder: of_seed(without, by_slug(slugs, founder)[0]).article.id}
    *gone, last = [founder, *(slug for slug in slugs if slug != founder)]
    alone = hiding(gone)
    assert alone.former.stories == {founder: entries(alone)[last].article.id}
    assert hiding(slugs).former.stories == {founder: None}
    shown = by_sources("RT", "Tass", "RT", "RT", before=before.ledger, day=SECOND)
    assert shown.digest.former.stories == {}


def by_slug(slugs: Sequence[str], without: str) -> list[str]:
    """The seeds of the articles of these slugs, but for one, in the order of the slugs."""
    return [f"chess-{slugs.index(slug)}" for slug in sorted(slugs) if slug != without]


def test_everything_of_a_topic_comes_from_its_public_articles() -> None:
    hidden = edition(FOUR, f"articles: {{{SLUG['chess-1']}: {{hide: true}}}}\n", BEFORE.ledger, day=SECOND).digest
    gone = of_seed(BEFORE.digest, "chess-1").article
    topic = topic_of(hidden, CHESS)
    assert gone.id not in topic.articles
    assert gone.id not in {cited.article for cited in topic.summary}
    assert all(hold.inside <= 3 for hold in topic.holds)
    assert gone.title not in str(hidden)


def test_reprints_stand_behind_what_they_repeat() -> None:
    said = write("chess", 1).paragraphs
    copy = Seed(
        name="copy.md", text="# A copy\n\n" + "\n\n".join(said[:-1]), sidecar=Sidecar(language="en", source="Tass")
    )
    digest = edition([*(replace(each, sidecar=Sidecar(language="en", source="RT")) for each in FOUR), copy]).digest
    original, reprint = of_seed(digest, "chess-1"), of_seed(digest, "copy")
    assert reprint.reprint_of == original.article.id
    assert (reprint.placement, reprint.nearest, reprint.story) == (original.placement, original.nearest, original.story)
    topic = topic_of(digest, original.topic or "")
    ids = topic.articles
    assert ids.index(reprint.article.id) == ids.index(original.article.id) + 1
    assert topic.sources == {"RT": 4, "Tass": 1}
    assert not [link for link in original.related if link.id == reprint.article.id]


def test_days_and_what_is_new() -> None:
    later = edition([*FOUR, seed("chess", 4), *seeds(bees=4)], before=BEFORE.ledger, day=SECOND).digest
    assert {entry.article.seed for entry in later.entries if entry.new} == {
        "chess-4.md",
        *(f"bees-{n}.md" for n in range(4)),
    }
    assert {entry.first for entry in later.entries if entry.new} == {SECOND}
    assert [topic.new for topic in later.topics if topic.slug == CHESS] == [False]
    assert len([topic for topic in later.topics if topic.new]) == 1
