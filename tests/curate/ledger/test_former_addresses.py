from __future__ import annotations

from datetime import date

import pytest

from digestgen.curate.ledger.former_addresses import former_article, former_topic
from digestgen.curate.ledger.ledger import ArticleLink, TopicLink
from digestgen.curate.rulings.rulings import Rulings
from digestgen.curate.rulings.rulings_file import read_rulings

FIRST = date(2026, 11, 1)
FILE = "curation.yml"
TEXT = """\
topics:
  korea:
    merge: [seoul]
  secret:
    hide: true
articles:
  old:
    moved: new
  gone:
    hide: true
"""


def rulings() -> Rulings:
    read, problems = read_rulings(TEXT, FILE)
    assert not problems
    return read


@pytest.mark.parametrize(
    ("link", "to", "why"),
    [
        (ArticleLink(slug="old", id="1", to="new"), "articles/new", "so curation.yml:8 says"),
        (ArticleLink(slug="old", id="1", to="other", text="abcd"), "articles/other", "its text is there now"),
        (ArticleLink(slug="joined", id="1", to="new", text="abcd"), "articles/new", "its text is there now"),
        (ArticleLink(slug="sent", id="1", to="new"), "articles/new", "an earlier edition sent it there"),
        (ArticleLink(slug="lost", id="1", seed="w.txt"), None, "in no seed that can be used; it was in w.txt"),
        (
            ArticleLink(slug="gone", id="1", withdrawn=True, first=FIRST),
            None,
            "hidden in curation.yml:9; its page says",
        ),
        (ArticleLink(slug="gone", id="1", withdrawn=True), None, "hidden in curation.yml:9; it was never published"),
        (
            ArticleLink(slug="a", id="1", topic="secret", by="secret", withdrawn=True, first=FIRST),
            None,
            "its topic secret is hidden in curation.yml:4",
        ),
        (
            ArticleLink(slug="a", id="1", topic="hushed", by="hushed", withdrawn=True, first=FIRST),
            None,
            "its topic hushed is hidden as it was in an earlier edition",
        ),
        (
            ArticleLink(slug="gone", id="1", topic="secret", by="secret", withdrawn=True, first=FIRST),
            None,
            "hidden in curation.yml:9",
        ),
        (ArticleLink(slug="a", id="1", withdrawn=True, first=FIRST), None, "an earlier edition withdrew it"),
    ],
    ids=[
        *("moved", "moved on", "joined", "sent earlier", "lost", "hidden", "hidden from the start", "topic hidden"),
        *("topic hidden long ago", "hidden itself and with its topic", "long ago"),
    ],
)
def test_where_the_address_of_an_article_leads(link: ArticleLink, to: str | None, why: str) -> None:
    former = former_article(link, rulings(), FILE, {})
    assert (former.path, former.to) == (f"articles/{link.slug}", to)
    assert why in former.why


@pytest.mark.parametrize(
    ("link", "to", "why"),
    [
        (TopicLink(slug="seoul", to="korea"), "topics/korea", "folded by curation.yml:3"),
        (TopicLink(slug="busan", to="korea"), "topics/korea", "most of its articles are there now"),
        (TopicLink(slug="busan", to=""), "more-stories", "in no topic now, or gone"),
        (TopicLink(slug="secret", withdrawn=True, first=FIRST), None, "hidden in curation.yml:4; its page says"),
        (TopicLink(slug="secret", withdrawn=True), None, "hidden in curation.yml:4; it was never published"),
    ],
    ids=["folded", "merged by itself", "emptied", "hidden", "hidden from the start"],
)
def test_where_the_address_of_a_topic_leads(link: TopicLink, to: str | None, why: str) -> None:
    former = former_topic(link, rulings(), FILE, {})
    assert (former.path, former.to) == (f"topics/{link.slug}", to)
    assert why in former.why
