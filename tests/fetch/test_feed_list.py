from __future__ import annotations

import pytest

from digestgen.curate.files.settings import FeedSettings, read_settings
from digestgen.errors import InputError
from digestgen.fetch.feed_list import read_feed_list

OPML = """<opml version="1.0"><body>
<outline text="Ports"><outline text="Deep">
<outline text="Harbour Gazette" type="rss" xmlUrl="https://gazette.example/feed"/></outline></outline>
<outline title="Ferry News" text="x" xmlUrl="http://ferry.example/rss.xml" htmlUrl="http://ferry.example/"/>
<outline xmlUrl="https://nameless.example/atom"/>
<outline text="Harbour Gazette" xmlUrl="https://other.example/feed"/>
<outline text="Again" xmlUrl="http://www.gazette.example/feed/"/>
<outline text="A file" xmlUrl="file:///etc/passwd"/>
<outline text="Bookmark" type="link" url="https://a.example/"/>
</body></opml>"""


def test_every_feed_in_any_folder() -> None:
    told = read_feed_list(OPML, {}, "digest.yml")
    assert [(feed.name, feed.title, feed.line) for feed in told.feeds] == [
        ("harbour-gazette", "Harbour Gazette", 3),
        ("ferry-news", "Ferry News", 4),
        ("nameless-example", "nameless.example", 5),
        ("harbour-gazette-other", "Harbour Gazette", 6),
    ]
    assert [str(problem) for problem in told.problems] == [
        "feeds.opml:8: xmlUrl: “file:///etc/passwd” is not a web address such as https://example.org/article"
    ]
    assert [str(notice) for notice in told.notices] == [
        "feeds.opml:7: http://www.gazette.example/feed/ is in line 3 already"
    ]


def test_what_is_wanted_of_them() -> None:
    settings = read_settings(
        "feeds:\n  Ferry News:\n    take: [storm, quay]\n    leave: [sport]\n"
        "  https://gazette.example/feed:\n    full_text: true\n  Fery News:\n    take: [x]\n",
        "digest.yml",
    )
    told = read_feed_list(OPML, settings.feeds, "digest.yml")
    assert told.feeds[0].settings == FeedSettings(full_text=True)
    assert told.feeds[1].settings == FeedSettings(take=("storm", "quay"), leave=("sport",))
    assert told.feeds[2].settings == FeedSettings()
    assert "digest.yml: feeds: “Fery News” is no feed of feeds.opml (did you mean 'Ferry News'?)" in map(
        str, told.notices
    )


@pytest.mark.parametrize(
    "text",
    ["<opml><body/></opml>", '<opml><body><outline text="a" url="https://a.example/"/></body></opml>', "<opml>", ""],
)
def test_a_list_without_feeds(text: str) -> None:
    with pytest.raises(InputError, match=r"feeds\.opml"):
        read_feed_list(text, {}, "digest.yml")
