from __future__ import annotations

import pytest

from digestgen.fetch.content_sniffing import is_feed, resolve_link, seed_name

RSS = '<?xml version="1.0"?>\n<!-- made by hand -->\n<rss version="2.0"><channel/></rss>'
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"/>'
HTML = "<!doctype html><p>The quay is open."


@pytest.mark.parametrize(
    ("url", "media_type", "text", "name"),
    [
        pytest.param("https://a.example/x", "text/html", HTML, "page.html", id="a page"),
        pytest.param("https://a.example/x.jsonl", "text/html", HTML, "page.html", id="a page with an odd address"),
        pytest.param("https://a.example/x", "", HTML, "page.html", id="a page of no kind"),
        pytest.param("https://a.example/x", "text/plain", HTML, "page.html", id="a page that is said to be a text"),
        pytest.param("https://a.example/x", "application/xml", HTML, "page.html", id="a page that is said to be XML"),
        pytest.param("https://a.example/x", "text/html", RSS, "feed.xml", id="a feed that is said to be a page"),
        pytest.param("https://a.example/x", "text/plain", ATOM, "feed.xml", id="a feed that is said to be a text"),
        pytest.param("https://a.example/x", "application/rss+xml", RSS, "feed.xml", id="a feed"),
        pytest.param(
            "https://a.example/x",
            "application/json",
            '{"version": "https://jsonfeed.org/version/1.1", "items": []}',
            "feed.json",
            id="JSON Feed",
        ),
        pytest.param("https://a.example/x", "text/plain", "The quay is open.", "text.txt", id="a text"),
        pytest.param(
            "https://a.example/x.md", "text/plain", "# Quay", "text.md", id="Markdown that is said to be a text"
        ),
        pytest.param("https://a.example/x", "text/markdown", "# Quay", "text.md", id="Markdown"),
        pytest.param("https://a.example/x.jsonl", "application/json", '{"text": "a"}', "x.jsonl", id="by the address"),
    ],
)
def test_the_reader_that_is_asked(url: str, media_type: str, text: str, name: str) -> None:
    assert seed_name(url, media_type, text) == name


def test_feeds_are_known_by_what_they_start_with() -> None:
    assert [is_feed(text) for text in (RSS, ATOM, HTML, "", "{}")] == [True, True, False, False, False]


@pytest.mark.parametrize(
    ("url", "whole"),
    [
        ("/b", "https://a.example/b"),
        ("c", "https://a.example/x/c"),
        ("//b.example/c", "https://b.example/c"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("http://[", None),
    ],
)
def test_addresses_in_a_page(url: str, whole: str | None) -> None:
    assert resolve_link("https://a.example/x/y", url) == whole
