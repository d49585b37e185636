from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from digestgen.curate.ledger.claims import Claims
from digestgen.curate.ledger.ledger import ArticleLink, Ledger, TopicLink
from digestgen.curate.ledger.update import member_sketch
from digestgen.curate.reminders.neglected import HiddenArticle
from digestgen.curate.reminders.reminders import future_date_notices, standing_ruling_notices
from digestgen.curate.rulings.rules import RuleIndex
from digestgen.curate.rulings.rulings import Rule, Rulings, TopicRuling
from digestgen.curate.visibility import Cause, Verdict, Visibility
from digestgen.model import Article
from made import an_article

FILE = "curation.yml"
FIRST = date(2026, 11, 22)
PUBLIC = Verdict(public=True)
EARLIER = Verdict(public=False, cause=Cause.EARLIER)


def by_seed(says: str, file: str = "week.yml", line: int | None = 2) -> Verdict:
    return Verdict(public=False, cause=Cause.SEED, file=file, line=line, says=says)


def told(
    standing: Sequence[tuple[str, str, Verdict]] = (), rulings: Rulings | None = None, ledger: Ledger | None = None
) -> tuple[str, ...]:
    """The notices on articles, each a slug, a seed and a verdict."""
    articles: list[Article] = [
        an_article(slug, f"Text of {slug}.", seed=seed, lines=(number, number))
        for number, (slug, seed, _) in enumerate(standing, start=1)
    ]
    rulings, ledger = rulings or Rulings(), ledger or Ledger()
    visibility = Visibility(
        rulings=rulings,
        rules=RuleIndex(rulings.rules, articles),
        ledger=ledger,
        claims=Claims(slugs={}, known={}, settled=frozenset(), holds={}, sketches={}, moved={}, kept={}, lost=()),
        file=FILE,
    )
    concealed = [
        HiddenArticle(slug=slug, seed=seed, line=number, verdict=verdict)
        for number, (slug, seed, verdict) in enumerate(standing, start=1)
        if not verdict.public
    ]
    return standing_ruling_notices(concealed, visibility, ledger)


@pytest.mark.parametrize(
    "standing",
    [
        [],
        [("fox", "week.txt", PUBLIC)],
        [("fox", "week.txt", by_seed("skip: true"))],
        [("fox", "week.txt", Verdict(public=False, cause=Cause.RULING, file=FILE, line=3, says="hide: true"))],
        [("fox", "week.txt", Verdict(public=False, cause=Cause.TOPIC, file=FILE, line=3, says="hide: true"))],
        [("fox", "week.txt", Verdict(public=False, cause=Cause.DOUBT, file=FILE, line=3))],
    ],
    ids=["nothing", "public", "skipped", "hidden by a ruling", "hidden with its topic", "an error tells of it"],
)
def test_what_a_curator_knows_is_no_news(standing: list[tuple[str, str, Verdict]]) -> None:
    assert told(standing) == ()


def test_drafts_are_told_once_a_word() -> None:
    drafts = [
        ("fox", "a.md", by_seed("draft: true", "a.md", 3)),
        ("hen", "week.txt", by_seed("draft: true", "week.yml", 1)),
        ("cat", "week.txt", by_seed("draft: true", "week.yml", 1)),
        ("dog", "b.md", by_seed("published: false", "b.md", None)),
    ]
    assert told(drafts) == (
        "a.md:3: is a draft (draft: true) and waits; draft: false publishes it",
        "b.md: is a draft (published: false) and waits; draft: false in its place publishes it",
        "week.yml:1: is a draft (draft: true) and waits; draft: false publishes it",
    )


def test_what_stays_hidden_is_told_with_the_word_that_would_show_it() -> None:
    why = "stays hidden, as it was in an earlier edition; to show it, write hide: false under articles:"
    assert told([("fox", "week.txt", EARLIER), ("hen", "week.txt", PUBLIC), ("cat", "a.md", EARLIER)]) == (
        f"a.md:3: {why} “cat” in curation.yml",
        f"week.txt:1: {why} “fox” in curation.yml",
    )


def test_a_whole_seed_that_stays_hidden_is_one_notice() -> None:
    many = [(f"fox-{number}", "week.txt", EARLIER) for number in range(4)]
    (notice,) = told(many)
    assert notice.startswith("week.txt: 4 of its articles stay hidden")
    assert "hide: false" in notice
    assert len(told(many[:3])) == 3


@pytest.mark.parametrize(
    ("ruling", "notices"),
    [(None, 1), (TopicRuling(line=2), 1), (TopicRuling(line=2, hide=True), 0), (TopicRuling(line=2, hide=False), 0)],
    ids=["nothing", "a silent ruling", "hidden", "shown again"],
)
def test_a_topic_that_stays_hidden_is_told(ruling: TopicRuling | None, notices: int) -> None:
    ledger = Ledger(topics={"animals": TopicLink(slug="animals", first=FIRST, withdrawn=True)})
    found = told(rulings=Rulings(topics={"animals": ruling} if ruling else {}), ledger=ledger)
    assert len(found) == notices
    for notice in found:
        assert notice.startswith("topics/animals: stays hidden")
        assert "hide: false under topics: “animals” in curation.yml" in notice


LABELLED = Rulings(topics={"animals": TopicRuling(line=2, label="Animals")})


def bound_to(members: str, now: str, **changes: object) -> Ledger:
    """A topic that was named when it had some articles, one letter each, and has others now."""
    then = {slug: ArticleLink(slug=slug, id=slug, topic="animals") for slug in members}
    bound = member_sketch("animals", Ledger(articles=then))
    return Ledger(
        articles={slug: ArticleLink(slug=slug, id=slug, topic="animals") for slug in now},
        topics={"animals": TopicLink(slug="animals", bound=bound, **changes)},
    )


@pytest.mark.parametrize(
    ("ledger", "kept"),
    [
        (bound_to("abcd", "abcd"), None),
        (bound_to("abcd", "abcdefghijkl"), None),
        (bound_to("abcd", "ab"), None),
        (bound_to("abcd", "aefgh"), "25%"),
        (bound_to("abcd", "efgh"), "0%"),
        (bound_to("abcd", "", to="plants"), None),
        (bound_to("abcd", "", withdrawn=True), None),
        (Ledger(), None),
    ],
    ids=["all", "and more", "half", "a quarter", "none", "a topic that is gone", "a hidden one", "no such topic"],
)
def test_a_name_that_lost_its_articles_is_told(ledger: Ledger, kept: str | None) -> None:
    notices = [notice for notice in told(rulings=LABELLED, ledger=ledger) if "label, note" in notice]
    assert len(notices) == (kept is not None)
    for notice in notices:
        assert notice.startswith(f"curation.yml:2: “animals” has kept {kept} of the articles")


def test_what_no_ruling_says_is_bound_to_nothing() -> None:
    assert told(ledger=bound_to("abcd", "efgh")) == ()
    outdated_rulings = Ledger(topics={"animals": TopicLink(slug="animals", bound="")})
    assert told(rulings=LABELLED, ledger=outdated_rulings) == ()


def test_a_rule_that_fits_nothing_is_told() -> None:
    rules = (Rule(4, keyword="text", hide=False), Rule(5, keyword="zebra", hide=True), Rule(6, source="RT", hide=True))
    assert told([("fox", "week.txt", PUBLIC)], Rulings(rules=rules)) == (
        "curation.yml:5: this rule matches no article; check that its keyword is spelled so",
        "curation.yml:6: this rule matches no article; check that its source is spelled so",
    )


MORE = "which is in the future, and 1 more of this seed are in the future too"
HINT_24 = "check that this is intended (publish_on: 2026-11-24 keeps it back until then)"
HINT_2062 = "check that this is intended (publish_on: 2062-11-02 keeps it back until then)"
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("published", "told"),
    [
        ([None, date(2026, 11, 22), date(2026, 11, 23)], []),
        ([date(2026, 11, 24)], [f"week.txt:1: is dated 2026-11-24, which is in the future; {HINT_24}"]),
        (
            [date(2062, 11, 2), date(2026, 11, 24)],
            [
                f"week.txt:1: is dated 2062-11-02, {MORE}; {HINT_2062}",
            ],
        ),
    ],
    ids=["none", "one", "two"],
)
def test_days_in_the_future_are_told_once_a_seed(published: list[date | None], told: list[str]) -> None:
    articles = [an_article(str(n), published=day, lines=(n, n)) for n, day in enumerate(published, start=1)]
    assert future_date_notices(articles[::-1], TODAY) == told


def test_without_a_day_nothing_is_in_the_future() -> None:
    assert future_date_notices([an_article("a", published=date(2062, 1, 1))], date(1970, 1, 1)) == []
