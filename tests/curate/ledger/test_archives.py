"""Archives answer for what was taken out of the seeds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from compose.editions import FIRST, SECOND, THIRD, edition, of_seed, seeds, topic_of
from digestgen.compose.digest import Composition
from digestgen.curate.files.settings import DigestSettings, read_settings
from digestgen.curate.ledger.archives import archived_addresses, archived_articles
from digestgen.curate.ledger.ledger import ArticleLink, Ledger, StoryLink, TopicLink
from digestgen.curate.plan.plan import plan
from digestgen.errors import InputError
from publish.parsed import broken, read
from publish.rendered import feeds_of, pages_of

OLD, NEW = "https://old.example.org/", "https://new.example.org/"
ARCHIVE = DigestSettings(archives={FIRST: OLD})


def article(slug: str, first: date | None, **facts: object) -> ArticleLink:
    return ArticleLink(slug=slug, id=slug, seed="s.md", first=first, **facts)


@pytest.mark.parametrize(
    ("first", "archives", "site"),
    [
        pytest.param(FIRST, {FIRST: OLD}, OLD, id="first seen on the day of the copy"),
        pytest.param(SECOND, {FIRST: OLD}, None, id="first seen after it"),
        pytest.param(FIRST, {THIRD: NEW, SECOND: OLD}, OLD, id="the first copy that has it"),
        pytest.param(FIRST, {THIRD + timedelta(1): OLD}, None, id="a copy of a day to come"),
        pytest.param(None, {FIRST: OLD}, None, id="never published"),
    ],
)
def test_which_archive_holds_an_article(first: date | None, archives: Mapping[date, str], site: str | None) -> None:
    ledger = Ledger(articles={"a": article("a", first)})
    assert archived_articles(["a"], ledger, archives, THIRD).get("a") == site


def test_what_still_has_an_article_here_is_in_no_archive() -> None:
    articles = [
        article("a", FIRST, topic="gone", story="a", archived=OLD),
        article("b", SECOND, topic="gone", story="a", archived=NEW),
        article("c", SECOND, topic="stays", archived=NEW),
        article("d", THIRD, topic="stays"),
    ]
    ledger = Ledger(
        articles={link.slug: link for link in articles},
        topics={
            "gone": TopicLink(slug="gone", label="Gone", first=FIRST, to=""),
            "stays": TopicLink(slug="stays", label="Stays", first=SECOND),
        },
        stories={"a": StoryLink(story="a", first=FIRST)},
    )
    found = archived_addresses(ledger, {"d"})
    assert {address: whole.removesuffix(f"{address}/") for address, whole in found.items()} == {
        "articles/a": OLD,
        "articles/b": NEW,
        "articles/c": NEW,
        "editions/2026-11-01": OLD,
        "editions/2026-11-01/all": OLD,
        "editions/2026-11-02": NEW,
        "editions/2026-11-02/all": NEW,
        "stories/a": NEW,
        "topics/gone": NEW,
    }


def split() -> tuple[Composition, Composition]:
    """A digest of two editions, and the same after the seeds of the first were moved to an archive."""
    first = edition(seeds(chess=4, opera=3), day=FIRST)
    both = edition(
        [*seeds(chess=4, opera=3), *seeds(volcano=4), *seeds(first=4, opera=2)], before=first.ledger, day=SECOND
    )
    left = [*seeds(volcano=4), *seeds(first=4, opera=2)]
    return both, edition(left, before=both.ledger, day=THIRD, settings=ARCHIVE)


def test_addresses_lead_to_the_archive() -> None:
    before, after = split()
    assert after.lost == ()
    archived = after.digest.former.archived
    chess = [entry.slug for entry in before.digest.entries if entry.article.seed.startswith("chess")]
    assert {f"articles/{slug}" for slug in chess} <= archived.keys()
    topic = topic_of(before.digest, "chess")
    assert archived[f"topics/{topic}"] == f"{OLD}topics/{topic}/"
    assert archived["editions/2026-11-01"] == f"{OLD}editions/2026-11-01/"
    assert not after.digest.former.articles.keys() & set(chess)
    pages = pages_of(after.digest)
    moved = pages[f"articles/{chess[0]}.md"]
    assert f'moved: "{OLD}articles/{chess[0]}/"' in moved
    assert f"]({OLD}articles/{chess[0]}/)" in moved
    assert broken(read(pages)) == []


def test_a_plan_shows_what_goes_to_the_archive_and_only_once() -> None:
    before, after = split()
    found = plan(before.ledger, after.ledger, after.lost)
    chess = [entry.slug for entry in before.digest.entries if entry.article.seed.startswith("chess")]
    gone = {each.slug: each.to for topic in (*found.topics, found.shelf) for each in topic.gone}
    assert {slug: f"{OLD}articles/{slug}/" for slug in chess}.items() <= gone.items()
    assert plan(after.ledger, after.ledger, after.lost).empty


def test_without_its_line_it_is_lost_again() -> None:
    _, after = split()
    left = [*seeds(volcano=4), *seeds(first=4, opera=2)]
    again = edition(left, before=after.ledger, day=THIRD, problems=6)
    assert len(again.lost) == 6
    assert not any(link.archived for link in again.ledger.articles.values())


def test_a_build_after_that_says_the_same() -> None:
    _, once = split()
    left = [*seeds(volcano=4), *seeds(first=4, opera=2)]
    again = edition(left, before=once.ledger, day=THIRD, settings=ARCHIVE)
    assert again.ledger == once.ledger
    assert again.digest.former == once.digest.former


def test_a_text_that_comes_back_has_its_page_again() -> None:
    _, after = split()
    back = [*seeds(volcano=4), *seeds(first=4, opera=2), *seeds(chess=1)]
    again = edition(back, before=after.ledger, day=THIRD, settings=ARCHIVE)
    assert f"articles/{of_seed(again.digest, 'chess-0').slug}" not in again.digest.former.archived


def test_without_an_archive_they_are_lost() -> None:
    first = edition(seeds(chess=4), day=FIRST)
    made = edition(seeds(volcano=4), before=first.ledger, day=SECOND, settings=ARCHIVE)
    assert made.lost == ()
    late = edition(seeds(chess=4), day=SECOND)
    lost = edition(seeds(volcano=4), before=late.ledger, day=THIRD, settings=ARCHIVE, problems=4)
    assert len(lost.lost) == 4


def test_an_archive_of_a_day_to_come_is_a_problem() -> None:
    made = edition(seeds(chess=4), settings=DigestSettings(archives={SECOND: OLD}), problems=1)
    assert "2026-11-02 is in the future" in str(made.problems[0])


def test_the_feed_of_an_archived_topic_ends_there() -> None:
    before, after = split()
    topic = topic_of(before.digest, "chess")
    digest = after.digest
    written = feeds_of(type(digest)(**{f: getattr(digest, f) for f in digest.__slots__} | {"url": NEW}))
    assert f"{OLD}topics/{topic}/" in written[f"topics/{topic}/feed.xml"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("archives:\n  2026: https://old.example.org/\n", "digest.yml:2: archives: “2026” is not a day such as"),
        ("archives:\n  2026-11-01: ftp://x\n", "digest.yml:2: 2026-11-01: “ftp://x” is not a web address"),
        ("archives: https://old.example.org/\n", "digest.yml:1: archives: is a single value where a mapping"),
    ],
    ids=["a year", "no web address", "no mapping"],
)
def test_what_is_wrong_with_archives(text: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        read_settings(text, "digest.yml")
    assert message in str(error.value)


def test_archives_are_read_with_a_slash_at_their_end() -> None:
    found = read_settings("archives:\n  2026-11-01: https://old.example.org\n", "digest.yml")
    assert found.archives == {FIRST: OLD}
