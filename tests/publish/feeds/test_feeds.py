"""Feeds, their list, and llms.txt: valid, complete, safe, and the same every time."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.model import Digest, EditionText, Entry, FormerAddresses
from digestgen.publish import llms
from digestgen.publish.feeds.edition_feed import EDITIONS_IN_FEED
from digestgen.publish.feeds.feeds import FEED_SIZE
from publish.hostile import HOSTILE
from publish.rendered import feeds_of, pages_of
from publish.sample import ENTRIES, SAMPLE, article, digest, entry, placement, sources, story, topic

URL = "https://example.org/news/"
ATOM = "{http://www.w3.org/2005/Atom}"
SITED = replace(SAMPLE, url=URL)

TEXT = {"type": "string", "minLength": 1}
ADDRESS = {"type": "string", "pattern": "^https?://[^ ]+$"}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}
AUTHORS = {
    "type": "array",
    "minItems": 1,
    "items": {"type": "object", "required": ["name"], "properties": {"name": TEXT}, "additionalProperties": False},
}
JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": TEXT,
        "home_page_url": ADDRESS,
        "feed_url": ADDRESS,
        "description": TEXT,
        "authors": AUTHORS,
        "language": TEXT,
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "content_html"],
                "additionalProperties": False,
                "properties": {
                    "id": TEXT,
                    "url": ADDRESS,
                    "external_url": ADDRESS,
                    "title": TEXT,
                    "content_html": TEXT,
                    "summary": {"type": "string"},
                    "date_published": MOMENT,
                    "date_modified": MOMENT,
                    "authors": AUTHORS,
                    "tags": {"type": "array", "items": TEXT},
                    "language": TEXT,
                },
            },
        },
    },
}
"""JSON Feed 1.1, as https://www.jsonfeed.org/version/1.1/ words it, and no key that we do not write."""


def check_atom(text: str) -> ET.Element:
    """The root of an Atom feed that has all that RFC 4287 asks for, each once."""
    assert text.startswith('<?xml version="1.0" encoding="utf-8"?>\n')
    root = ET.fromstring(text)  # noqa: S314 -- we wrote it
    assert root.tag == ATOM + "feed"
    for holder in (root, *root.iter(ATOM + "entry")):
        for name in ("id", "title", "updated"):
            (found,) = holder.findall(ATOM + name)
            assert found.text, name
        for moment in ("updated", "published"):
            for found in holder.findall(ATOM + moment):
                assert datetime.fromisoformat(found.text or "")
        assert [link.get("rel") for link in holder.findall(ATOM + "link")].count("alternate") == 1
    assert len(root.findall(f"{ATOM}author/{ATOM}name")) == 1
    assert [link.get("rel") for link in root.findall(ATOM + "link")].count("self") == 1
    ids = [found.text for found in root.iter(ATOM + "id")]
    assert len(set(ids)) == len(ids)
    return root


def check_json(text: str) -> dict[str, object]:
    feed: dict[str, object] = json.loads(text)
    jsonschema.validate(feed, JSON_FEED)
    return feed


def items(digest: Digest, place: str = "feed") -> list[dict[str, str]]:
    return check_json(feeds_of(digest)[f"{place}.json"])["items"]  # type: ignore[return-value]


def titles(digest: Digest, place: str = "feed") -> list[str]:
    return [item["title"] for item in items(digest, place)]


def seen(number: int, day: int, published: date | None = None) -> Entry:
    return entry(
        article(number, f"Title {number}", f"Sentence {number}.", published=published), first=date(2026, 11, day)
    )


@cache
def written() -> dict[str, str]:
    return feeds_of(SITED)


def test_the_whole_and_every_topic_have_a_feed_in_two_forms_and_a_list() -> None:
    places = ("feed", "editions/feed", "topics/north-korea/feed", "topics/alexei-navalny/feed")
    assert set(written()) == {"feeds.opml", *(place + ending for place in places for ending in (".xml", ".json"))}


@pytest.mark.parametrize("path", sorted(feeds_of(SITED)))
def test_each_is_valid(path: str) -> None:
    if path.endswith(".json"):
        check_json(written()[path])
    elif path.endswith(".xml"):
        check_atom(written()[path])
    else:
        assert ET.fromstring(written()[path]).tag == "opml"  # noqa: S314 -- we wrote it


@pytest.mark.parametrize("place", ["feed", "topics/north-korea/feed"])
def test_both_forms_say_the_same(place: str) -> None:
    root, feed = check_atom(written()[f"{place}.xml"]), check_json(written()[f"{place}.json"])
    entries = root.findall(ATOM + "entry")
    for name, key in (("id", "id"), ("title", "title"), ("summary", "summary"), ("content", "content_html")):
        assert [found.findtext(ATOM + name) for found in entries] == [item[key] for item in feed["items"]]  # type: ignore[index, attr-defined]
    assert root.findtext(ATOM + "title") == feed["title"]
    assert root.findtext(ATOM + "subtitle") == feed["description"]


def test_an_entry_tells_what_it_says_who_says_it_and_where() -> None:
    first = next(item for item in items(SITED) if ENTRIES[0].slug in item["url"])
    assert first == {
        "id": first["id"],
        "url": f"{URL}articles/{ENTRIES[0].slug}/",
        "external_url": "https://example.org/1",
        "title": "Pyongyang has sent 10,000 soldiers to Ukraine",
        "content_html": (
            "<blockquote><p>North Korea moved from weapons to troops.</p></blockquote>"
            '<p><a href="https://example.org/1">Read the original</a></p>'
        ),
        "summary": "North Korea moved from weapons to troops.",
        "date_published": "2024-10-15T00:00:00Z",
        "date_modified": "2024-10-15T00:00:00Z",
        "authors": [{"name": "The Kyiv Independent"}],
        "tags": ["North Korea"],
        "language": "en",
    }


def test_an_address_that_nobody_should_follow_is_left_out() -> None:
    assert "reader:secret" not in "".join(written().values())


def test_what_was_seen_last_comes_first_and_the_rest_is_cut_off() -> None:
    old, dated, new = seen(1, 1), seen(2, 1, date(2026, 11, 1)), seen(3, 5, date(2020, 1, 1))
    early = seen(4, 1, date(2026, 10, 1))
    assert titles(digest(early, old, dated, new, url=URL)) == ["Title 3", "Title 1", "Title 2", "Title 4"]
    many = [seen(number, 1 + number // 4) for number in range(100)]
    shown = titles(digest(*many, url=URL))
    assert len(shown) == FEED_SIZE
    assert shown[:4] == ["Title 96", "Title 97", "Title 98", "Title 99"]


@pytest.mark.parametrize(("new", "told"), [(FEED_SIZE // 2, FEED_SIZE), (FEED_SIZE + 30, FEED_SIZE + 30)])
def test_a_feed_holds_all_that_the_latest_edition_brought(new: int, told: int) -> None:
    fresh = [replace(seen(number, 8), new=True, placement=placement("news")) for number in range(new)]
    known = [replace(seen(new + number, 1), placement=placement("news")) for number in range(FEED_SIZE)]
    news = topic("News", (story("News", *(one.article.id for one in (*known, *fresh))),), slug="news")
    made = digest(*known, *fresh, topics=(news,), url=URL)
    for place in ("feed", "topics/news/feed"):
        assert len(titles(made, place)) == told
        assert {f"Title {number}" for number in range(new)} <= set(titles(made, place))


def editions(count: int, **changes: object) -> Digest:
    """A digest of so many editions, of one article each."""
    first = date(2026, 1, 1)
    days = tuple(first + timedelta(days=number) for number in range(count))
    entries = [replace(seen(number, 1), first=day) for number, day in enumerate(days, start=1)]
    return digest(*entries, editions=days, url=URL, **changes)


def test_each_edition_is_one_item_the_latest_first() -> None:
    word = EditionText(title="The second", letter="Dear *readers*, see [it](topics/x.md).\n\n    a\n\n    b")
    made = editions(3, edition_words={date(2026, 1, 2): word})
    third, second, first = items(made, "editions/feed")
    assert [item["title"] for item in (third, second, first)] == [
        "No. 3 · 3 January 2026",
        "No. 2 · The second",
        "No. 1 · 1 January 2026",
    ]
    assert (second["url"], second["date_published"][:10]) == (f"{URL}editions/2026-01-02/", "2026-01-02")
    letter, stories = second["content_html"].split("<h2>", maxsplit=1)
    assert f'<p>Dear <em>readers</em>, see <a href="{URL}topics/x/">it</a>.</p>' in letter
    assert "<code>a\n\nb\n</code>" in letter
    assert f'<a href="{URL}articles/title-2/">Title 2</a></h2>' in stories
    assert "<blockquote><p>Sentence 2. " in stories
    assert '<a href="https://example.org/2">The Kyiv Independent</a>' in stories
    assert second["summary"] == "Dear readers, see it. a b"
    assert third["summary"] == "Title 3"
    assert "1 story, 1 minute · 1 new article" in third["content_html"]


def test_an_edition_keeps_its_id_whatever_is_said_of_it() -> None:
    plain, told = editions(2), editions(2, edition_words={date(2026, 1, 2): EditionText(title="Told")})
    ids = [[item["id"] for item in items(made, "editions/feed")] for made in (plain, told)]
    assert ids[0] == ids[1]
    assert len({*ids[0], *(item["id"] for item in items(plain))}) == 4


def test_old_editions_and_those_that_were_withdrawn_are_left_to_the_list() -> None:
    made = editions(EDITIONS_IN_FEED + 5)
    shown = [item["title"] for item in items(made, "editions/feed")]
    assert len(shown) == EDITIONS_IN_FEED
    assert shown[0].startswith(f"No. {EDITIONS_IN_FEED + 5} ")
    gone = replace(made, entries=made.entries[:-1], shelf=made.shelf[:-1])
    assert items(gone, "editions/feed")[0]["title"].startswith(f"No. {EDITIONS_IN_FEED + 4} ")


def test_days_come_from_the_article_and_the_ledger_alone() -> None:
    (item,) = items(digest(seen(3, 5, date(2020, 1, 1)), url=URL))
    assert (item["date_published"][:10], item["date_modified"][:10]) == ("2020-01-01", "2026-11-05")
    root = check_atom(feeds_of(digest(seen(1, 2), seen(2, 7), url=URL))["feed.xml"])
    assert (root.findtext(ATOM + "updated") or "")[:10] == "2026-11-07"
    # What nobody has dated, and what holds nothing, has a day all the same, and always that.
    for undated in (digest(url=URL), digest(replace(seen(1, 1), first=None), url=URL)):
        assert (check_atom(feeds_of(undated)["feed.xml"]).findtext(ATOM + "updated") or "")[:10] == "1970-01-01"


def test_an_id_outlives_an_edit_and_a_move_of_the_site() -> None:
    known = seen(1, 1)
    edited = replace(known, article=replace(known.article, id="b01", title="Another", paragraphs=("All is new.",)))
    here, there = items(digest(known, url=URL)), items(digest(edited, url="https://elsewhere.example/"))
    assert here[0]["id"] == there[0]["id"] == "urn:uuid:ac16ba12-f887-5181-87bf-f841619a85bd"


def test_a_reprint_is_told_of_only_without_its_original() -> None:
    assert titles(SITED).count("North Korea to gain military experience!") == 0
    assert titles(digest(replace(ENTRIES[2], placement=None), url=URL)) == ["North Korea to gain military experience!"]


def test_notes_and_own_summaries_are_the_editors() -> None:
    noted = replace(
        seen(1, 1), note="*See* [the topic](../topics/x.md#y), <b>now</b>.", summary=("Mine & ours.",), own_summary=True
    )
    (item,) = items(digest(noted, url=URL))
    assert item["content_html"] == (
        "<p><strong>From the editor</strong></p>"
        f'<p><em>See</em> <a href="{URL}topics/x/#y">the topic</a>, &lt;b&gt;now&lt;/b&gt;.</p>'
        '<p>Mine &amp; ours.</p><p><a href="https://example.org/1">Read the original</a></p>'
    )
    described = topic("Foxes", (story("Foxes", "a01"),), note="Read\n*these* first.\n\nThen `rest`.")
    feed = check_json(
        feeds_of(digest(replace(noted, placement=placement("foxes")), topics=(described,), url=URL))[
            "topics/foxes/feed.json"
        ]
    )
    assert feed["description"] == "Read these first. Then rest."


@pytest.mark.parametrize(
    ("target", "title", "page"),
    [
        ("north-korea", "North Korea – Week 43", "topics/north-korea/"),
        ("", "Ended – Week 43", "more-stories/"),
        (None, "Ended – Week 43", "topics/gone/"),
    ],
    ids=["went to another topic", "went to the shelf", "was withdrawn"],
)
def test_the_feed_of_a_former_topic_answers(target: str | None, title: str, page: str) -> None:
    feeds = feeds_of(replace(SITED, former=FormerAddresses(topics={"gone": target})))
    check_atom(feeds["topics/gone/feed.xml"])
    feed = check_json(feeds["topics/gone/feed.json"])
    assert (feed["title"], feed["home_page_url"]) == (title, URL + page)


def test_the_list_leads_to_each_topic() -> None:
    outlines = ET.fromstring(written()["feeds.opml"]).findall("body/outline/outline")  # noqa: S314 -- we wrote it
    assert [(found.get("text"), found.get("xmlUrl")) for found in outlines] == [
        ("North Korea – Week 43", f"{URL}topics/north-korea/feed.xml"),
        ("Alexei Navalny – Week 43", f"{URL}topics/alexei-navalny/feed.xml"),
    ]


def test_without_an_address_there_is_nothing_to_subscribe_to() -> None:
    assert [*feeds_of(SAMPLE), *llms.render(SAMPLE)] == []
    for path, page in pages_of(SAMPLE).items():
        assert "feed" not in page, path
    assert pages_of(SITED).keys() - pages_of(SAMPLE).keys() == {"subscribe.md"}


def test_pages_lead_to_the_feeds() -> None:
    sited = pages_of(SITED)
    assert '\nfeed: "editions/feed"\nfeed_title: "Week 43 – Editions"\n' in sited["index.md"]
    assert '\nfeed: "editions/feed"\n' in sited["editions/index.md"]
    assert "[Atom](feed.xml)" in sited["editions/index.md"]
    assert "[Subscribe](subscribe.md)" in sited["index.md"]
    assert '\nfeed: "topics/north-korea/feed"\n' in sited["topics/north-korea.md"]
    assert "(north-korea/feed.xml)" in sited["topics/north-korea.md"]
    linked = set(re.findall(r"\]\(([^)]+\.(?:xml|json|opml))\)", sited["subscribe.md"]))
    assert linked == set(written())


def test_llms_txt_names_topics_and_pages() -> None:
    lines = dict(llms.render(SITED))["llms.txt"].splitlines()
    assert lines[:3] == ["# Week 43", "", "> Week 43"]
    assert [line for line in lines if line.startswith("## ")] == ["## Topics", "## Pages", "## Optional"]
    assert lines[lines.index("## Topics") + 2] == (
        f"- [North Korea]({URL}topics/north-korea/): 4 articles. North Korea moved from weapons to troops."
    )
    files = {*written(), *pages_of(SITED), "digest.json", "digest.schema.json"}
    known = {URL + re.sub(r"(^|/)(index)?\.md$|\.md$", r"\1", path) for path in files}
    for address in re.findall(r"\]\(([^)]+)\)", "\n".join(lines)):
        assert address in known or address.rstrip("/") in known, address


def poisoned(text: str) -> Digest:
    """A digest in which every text that is not ours is the given one."""
    entries = tuple(
        replace(
            one,
            article=replace(one.article, title=text, source=text, url=text),
            summary=(text,),
            note=text,
            first=date(2026, 11, 22),
        )
        for one in SAMPLE.entries
    )
    word = EditionText(title=text, letter=text, lead=("a12",))
    topics = tuple(replace(one, label=text, note=text) for one in SAMPLE.topics)
    changes = {"title": text, "description": text, "entries": entries, "topics": topics, "sources": sources(text)}
    return replace(SITED, edition_words={date(2026, 11, 22): word}, **changes)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_breaks_out(text: str) -> None:
    check_poisoned(text)


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60))
def test_any_text_gives_well_formed_feeds(text: str) -> None:
    check_poisoned(text)


def check_poisoned(text: str) -> None:
    usual, hostile = written(), feeds_of(poisoned(text))
    assert hostile.keys() == usual.keys()
    for path, feed in hostile.items():
        if path.endswith(".json"):
            for item in json.loads(feed)["items"]:
                assert not re.search(
                    r"<(?!/?(?:p|strong|em|blockquote|a|code|pre|h[1-6]|ul|ol|li|hr|br|img)\b)", item["content_html"]
                )
                assert "javascript:" not in re.sub(r">[^<]*<", "", item["content_html"])
        else:
            ET.fromstring(feed)  # noqa: S314 -- we wrote it
    assert "<" not in dict(llms.render(poisoned(text)))["llms.txt"].replace("> ", "")


def test_the_same_digest_gives_the_same_bytes() -> None:
    assert feeds_of(SITED) == feeds_of(SITED)
