"""Pulling feeds repeatedly from a server, whatever it does."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from digestgen.errors import InputError
from digestgen.fetch.client import Client
from digestgen.fetch.feed_state import STATE_NAME
from digestgen.fetch.http_request import Transport
from digestgen.fetch.pull import FeedResult, PullResult, pull
from digestgen.fetch.result import Limits
from digestgen.seed_kinds import kind_of_seed
from webserver import Play, Server, for_ever, head, in_turn, resets, running, says, sends, silent

pytestmark = pytest.mark.skipif(kind_of_seed("feed.xml") is None, reason="feeds have no reader yet")

TODAY = date(2026, 11, 28)
QUAY = ("7", "Quay reopens", "<p>The quay is open again.</p><p>It cost two <b>million</b>.</p>")
CRANE = ("8", "Crane sold", "The old crane was sold to a museum in the capital for one pound.")


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as made:
        yield made


def rss(server: Server, *items: tuple[str, str, str]) -> bytes:
    told = "".join(
        f"<item><guid isPermaLink='false'>tag:gazette.example,2026:{number}</guid><title>{title}</title>"
        f"<link>{server.url('/')}{number}?utm_source=rss</link><pubDate>Thu, 12 Nov 2026 08:00:00 GMT</pubDate>"
        f"<description><![CDATA[{text}]]></description></item>"
        for number, title, text in items
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>Wire</title>{told}</channel></rss>".encode()


def feed(server: Server, *items: tuple[str, str, str], headers: tuple[str, ...] = ()) -> Play:
    return says(200, rss(server, *items), *headers, kind="application/rss+xml")


def follow(seeds: Path, *feeds: tuple[str, str]) -> None:
    seeds.mkdir(exist_ok=True)
    lines = "".join(f'<outline text="{title}" xmlUrl="{url}"/>\n' for title, url in feeds)
    (seeds / "feeds.opml").write_text(f"<opml><body>\n{lines}</body></opml>\n", encoding="utf-8")


def pulled(seeds: Path, today: date = TODAY, *, client: Client | None = None) -> PullResult:
    limits = Limits(connect=2.0, read=0.3, total=0.6, largest=100_000, attempts=1)
    client = client or Client(Transport(limits, private=True, proxies={}), "digestgen", limits)
    return pull(seeds, client, today=today, tell=lambda *_: None)


def lines(seeds: Path) -> dict[str, list[dict[str, str]]]:
    return {
        path.name: [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        for path in sorted((seeds / "feeds").glob("*.jsonl"))
    }


def test_what_is_new_becomes_a_line(tmp_path: Path, server: Server) -> None:
    server.plays["/feed"] = feed(server, QUAY, CRANE)
    follow(tmp_path, ("Harbour Gazette", server.url("/feed")))
    outcome = pulled(tmp_path)
    assert outcome.feeds == (FeedResult(feed="Harbour Gazette", url=server.url("/feed"), added=2),)
    assert outcome.files == (tmp_path / "feeds" / "harbour-gazette-2026-11.jsonl",)
    ((name, found),) = lines(tmp_path).items()
    assert name == "harbour-gazette-2026-11.jsonl"
    quay = next(line for line in found if line["title"] == "Quay reopens")
    assert quay["text"] == "The quay is open again.\nIt cost two million."
    assert (quay["published"], quay["source"]) == ("2026-11-12", "Harbour Gazette")
    assert quay["url"] == server.url("/7")


def test_the_same_again_changes_nothing(tmp_path: Path, server: Server) -> None:
    server.plays["/feed"] = feed(server, QUAY, CRANE)
    follow(tmp_path, ("Gazette", server.url("/feed")))
    pulled(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    outcome = pulled(tmp_path, date(2027, 1, 2))
    assert (outcome.feeds[0].added, outcome.feeds[0].updated, outcome.files) == (0, 0, ())
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_an_edit_updates_and_what_vanishes_stays(tmp_path: Path, server: Server) -> None:
    server.plays["/feed"] = in_turn(feed(server, QUAY, CRANE), feed(server, ("7", "Quay reopens at last", QUAY[2])))
    follow(tmp_path, ("Gazette", server.url("/feed")))
    pulled(tmp_path)
    (outcome,) = pulled(tmp_path).feeds
    assert (outcome.added, outcome.updated) == (0, 1)
    (found,) = lines(tmp_path).values()
    assert sorted(line["title"] for line in found) == ["Crane sold", "Quay reopens at last"]


def test_an_item_is_known_by_its_guid_wherever_its_link_leads(tmp_path: Path, server: Server) -> None:
    moved = rss(server, QUAY).replace(b"/7?utm_source=rss", b"/quay-at-last")
    server.plays["/feed"] = in_turn(feed(server, QUAY), says(200, moved, kind="text/xml"))
    follow(tmp_path, ("Gazette", server.url("/feed")))
    pulled(tmp_path)
    (outcome,) = pulled(tmp_path).feeds
    assert (outcome.added, outcome.updated) == (0, 1)
    ((found,),) = lines(tmp_path).values()
    assert found["url"] == server.url("/quay-at-last")


class TestConditionalRequests:
    HEADERS = ('ETag: "a1"', "Last-Modified: Thu, 12 Nov 2026 08:00:00 GMT")

    def two_pulls(self, seeds: Path, server: Server, between: Callable[[], object] = lambda: None) -> PullResult:
        server.plays["/feed"] = in_turn(feed(server, QUAY, headers=self.HEADERS), sends(head(304)))
        follow(seeds, ("Gazette", server.url("/feed")))
        pulled(seeds)
        between()
        return pulled(seeds)

    def test_spare_the_server(self, tmp_path: Path, server: Server) -> None:
        outcome = self.two_pulls(tmp_path, server)
        assert 'If-None-Match: "a1"' in server.heads[1]
        assert "If-Modified-Since: Thu, 12 Nov 2026 08:00:00 GMT" in server.heads[1]
        assert outcome.feeds[0].unchanged
        assert not outcome.failed

    @pytest.mark.parametrize(
        "between",
        [
            pytest.param(lambda seeds: (seeds / STATE_NAME).unlink(), id="forgotten"),
            pytest.param(lambda seeds: (seeds / STATE_NAME).write_text("<<<<"), id="not to be read"),
            pytest.param(lambda seeds: (seeds / STATE_NAME).write_text('{"a": 1}'), id="something else"),
            pytest.param(lambda seeds: (seeds / "feeds" / "gazette-2026-11.jsonl").unlink(), id="the seeds are gone"),
            pytest.param(
                lambda seeds: (seeds / "digest.yml").write_text("feeds:\n  Gazette:\n    leave: [sport]\n"),
                id="other keywords",
            ),
        ],
    )
    def test_are_not_made_where_something_is_missing(
        self, tmp_path: Path, server: Server, between: Callable[[Path], object]
    ) -> None:
        self.two_pulls(tmp_path, server, lambda: between(tmp_path))
        assert "If-None-Match" not in server.heads[1]


BROKEN: dict[str, tuple[Callable[[Server], Play], str]] = {
    "404": (lambda _: says(404), "answers 404 Not Found"),
    "410": (lambda _: says(410), "is gone for good (410); take it out of feeds.opml:3"),
    "429": (lambda _: says(429, b"", "Retry-After: 9"), "answers 429 Too Many Requests"),
    "silence": (lambda _: silent(), "does not answer in time"),
    "a drip": (
        lambda server: for_ever(head(200, "Content-Type: text/xml"), b" ", server.stopped, 0.02),
        "takes longer than 0.6 seconds",
    ),
    "no end": (
        lambda server: for_ever(head(200, "Content-Type: text/xml"), b" " * 5_000, server.stopped),
        "is larger than 100,000 bytes",
    ),
    "a reset": (lambda _: resets(), "cannot be reached or breaks off"),
    "a page": (lambda _: says(200, b"<!doctype html><p>Hello"), "is no feed"),
    "a page that names its feed": (
        lambda _: says(200, b'<html><link rel="alternate" type="application/rss+xml" href="/rss">'),
        "is no feed, but a page whose feed is http://127.0.0.1:",
    ),
    "nothing": (lambda _: says(200, b""), "is no feed"),
    "a picture": (lambda _: says(200, b"GIF89a", kind="image/gif"), "is “image/gif” and no text"),
    "a redirect into a file": (lambda _: says(302, b"", "Location: file:///etc/passwd"), "is not a web address"),
}


@pytest.mark.parametrize(("play", "message"), BROKEN.values(), ids=BROKEN)
def test_a_feed_that_fails_costs_nothing_else(
    tmp_path: Path, server: Server, play: Callable[[Server], Play], message: str
) -> None:
    server.plays |= {"/good": feed(server, QUAY), "/bad": play(server)}
    follow(tmp_path, ("Good", server.url("/good")), ("Bad", server.url("/bad")))
    good, bad = (outcome := pulled(tmp_path)).feeds
    assert (good.added, good.problem) == (1, None)
    assert (bad.problem or "").startswith(message)
    assert not outcome.failed
    follow(tmp_path, ("Bad", server.url("/bad")))
    assert pulled(tmp_path).failed


def test_broken_xml_is_read_as_far_as_it_goes_or_told(tmp_path: Path, server: Server) -> None:
    server.plays["/feed"] = says(200, rss(server, QUAY, CRANE)[:-90], kind="text/xml")
    follow(tmp_path, ("Gazette", server.url("/feed")))
    (outcome,) = pulled(tmp_path).feeds
    assert outcome.added or outcome.problem


def test_a_feed_in_another_charset_than_is_said(tmp_path: Path, server: Server) -> None:
    text = rss(server, ("7", "Der Kai öffnet", "Für zwei Millionen.")).decode().encode("latin-1")
    server.plays["/feed"] = says(200, text, kind="text/xml; charset=utf-8")
    follow(tmp_path, ("Gazette", server.url("/feed")))
    pulled(tmp_path)
    ((found,),) = lines(tmp_path).values()
    assert (found["title"], found["text"]) == ("Der Kai öffnet", "Für zwei Millionen.")


def test_an_address_that_has_moved_is_told(tmp_path: Path, server: Server) -> None:
    server.plays |= {"/old": says(301, b"", "Location: /feed"), "/feed": feed(server, QUAY)}
    follow(tmp_path, ("Gazette", server.url("/old")))
    (outcome,) = pulled(tmp_path).feeds
    assert outcome.added == 1
    moved = f"has moved for good to {server.url('/feed')}; write that as its xmlUrl in feeds.opml:2"
    assert outcome.notes == (moved,)


def test_private_addresses_are_refused(tmp_path: Path, server: Server) -> None:
    server.plays["/feed"] = feed(server, QUAY)
    follow(tmp_path, ("Gazette", server.url("/feed")))
    limits = Limits(attempts=1)
    outcome = pulled(tmp_path, client=Client(Transport(limits, proxies={}), "digestgen", limits))
    assert "is not on the public internet" in (outcome.feeds[0].problem or "")
    assert server.heads == []


class TestFullText:
    PAGE = (
        b"<!doctype html><html><head><title>Quay reopens</title></head><body><article><h1>Quay reopens</h1>"
        b"<p>The quay is open again after three years, the harbour master said on Monday morning in the old town.</p>"
        b"<p>It cost two million, which the council had set aside for the new ferry that was never ordered.</p>"
        b"<p>Ships may moor from six in the morning, and the crane that stood there was sold to a museum.</p>"
        b"</article></body></html>"
    )

    def prepared(self, seeds: Path, server: Server, page: Play) -> None:
        server.plays |= {"/feed": in_turn(feed(server, QUAY), feed(server, QUAY, CRANE)), "/7": page, "/8": says(404)}
        follow(seeds, ("Gazette", server.url("/feed")))
        (seeds / "digest.yml").write_text("feeds:\n  Gazette:\n    full_text: true\n", encoding="utf-8")

    def test_is_read_from_the_page_once(self, tmp_path: Path, server: Server) -> None:
        self.prepared(tmp_path, server, says(200, self.PAGE))
        pulled(tmp_path)
        (second,) = pulled(tmp_path).feeds
        (found,) = lines(tmp_path).values()
        assert "sold to a museum" in next(line["text"] for line in found if line["title"] == "Quay reopens")
        assert [head.split(" ")[1] for head in server.heads] == ["/feed", "/7", "/feed", "/8"]
        assert (second.added, second.updated) == (1, 0)
        assert second.notes == (f"{server.url('/8')} answers 404 Not Found; its text is what the feed has",)

    def test_that_cannot_be_had_again_leaves_what_is_there(self, tmp_path: Path, server: Server) -> None:
        edited = ("7", "Quay reopens at last", QUAY[2])
        self.prepared(tmp_path, server, in_turn(says(200, self.PAGE), says(404), says(200, self.PAGE)))
        etag = ('ETag: "a"',)
        server.plays["/feed"] = in_turn(feed(server, QUAY, headers=etag), feed(server, edited, headers=etag))
        pulled(tmp_path)
        before = lines(tmp_path)
        (failed,) = pulled(tmp_path).feeds
        assert lines(tmp_path) == before
        assert failed.notes == (f"{server.url('/7')} answers 404 Not Found; what is there of it stays",)
        (again,) = pulled(tmp_path).feeds
        assert again.updated == 1
        (found,) = lines(tmp_path).values()
        assert found[0]["title"] == "Quay reopens at last"
        assert "sold to a museum" in found[0]["text"]

    def test_that_is_shorter_than_the_feed_s_is_not_taken(self, tmp_path: Path, server: Server) -> None:
        self.prepared(tmp_path, server, says(200, b"<p>Log in."))
        pulled(tmp_path)
        (found,) = lines(tmp_path).values()
        assert found[0]["text"] == "The quay is open again.\nIt cost two million."


def test_a_file_that_cannot_be_read_is_left_alone_and_told(tmp_path: Path, server: Server) -> None:
    server.plays |= {"/a": feed(server, QUAY), "/b": feed(server, CRANE)}
    follow(tmp_path, ("A", server.url("/a")), ("B", server.url("/b")))
    (tmp_path / "feeds").mkdir()
    broken = tmp_path / "feeds" / "a-2026-11.jsonl"
    broken.write_text('{"id": "mine", "text": "Mine."}\n<<<<<<< HEAD\n', encoding="utf-8")
    before = broken.read_bytes()
    outcome = pulled(tmp_path)
    assert broken.read_bytes() == before
    assert outcome.feeds[0].problem == "has 1 item that waits until its file is fixed"
    assert [str(problem) for problem in outcome.problems] == [
        "a-2026-11.jsonl:2: is not JSON; the file is left alone until this is fixed"
    ]
    assert (outcome.feeds[1].added, outcome.failed) == (1, False)


def test_whoever_stops_it_keeps_what_is_done(tmp_path: Path, server: Server) -> None:
    server.plays |= {"/a": feed(server, QUAY), "/b": feed(server, CRANE)}
    follow(tmp_path, ("A", server.url("/a")), ("B", server.url("/b")))

    def tell(pulled: FeedResult, _: int) -> None:
        if pulled.feed == "A":
            raise KeyboardInterrupt

    limits = Limits(attempts=1)
    with pytest.raises(KeyboardInterrupt):
        pull(tmp_path, Client(Transport(limits, private=True, proxies={}), "x", limits), today=TODAY, tell=tell)
    assert list(lines(tmp_path)) == ["a-2026-11.jsonl"]
    pulled(tmp_path)
    assert list(lines(tmp_path)) == ["a-2026-11.jsonl", "b-2026-11.jsonl"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(None, "is not there; export the feeds", id="no list"),
        pytest.param("<opml><body>", "is not well-formed", id="broken"),
        pytest.param("<opml/>", "names no feed", id="empty"),
    ],
)
def test_without_a_list_of_feeds_nothing_is_done(tmp_path: Path, text: str | None, message: str) -> None:
    if text is not None:
        (tmp_path / "feeds.opml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        pulled(tmp_path)
    assert not (tmp_path / "feeds").exists()
