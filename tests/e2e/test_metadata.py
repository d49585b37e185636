"""What the built pages say of themselves to browsers, search engines and those who share a link."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from .conftest import CANONICAL, Site

pytestmark = pytest.mark.e2e


class Head(HTMLParser):
    """The facts in the head of a page."""

    def __init__(self, path: Path) -> None:
        super().__init__(convert_charrefs=True)
        self.meta: dict[str, list[str]] = {}
        self.links: dict[str, list[str]] = {}
        self.language: str | None = None
        self.data: list[Any] = []
        self._data: str | None = None
        self.feed(path.read_text(encoding="utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = given.get("lang")
        elif tag == "meta":
            name = given.get("name") or given.get("property") or given.get("http-equiv") or "charset"
            self.meta.setdefault(name, []).append(given.get("content", ""))
        elif tag == "link":
            self.links.setdefault(given["rel"], []).append(given["href"])
        elif tag == "script" and given.get("type") == "application/ld+json":
            self._data = ""

    def handle_data(self, data: str) -> None:
        if self._data is not None:
            self._data += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._data is not None:
            self.data.append(json.loads(self._data))
            self._data = None


@pytest.fixture(scope="module", params=["site", "hostile_site"])
def heads(request: pytest.FixtureRequest) -> dict[str, Head]:
    built: Site = request.getfixturevalue(request.param)
    return {path: Head(built.folder / path / "index.html") for path in built.pages(moved=False)}


def test_every_page_is_described_once(heads: dict[str, Head]) -> None:
    for path, head in heads.items():
        assert head.language == "en"
        for name in ("description", "viewport", "referrer", "og:title", "og:description", "og:site_name", "og:url"):
            assert [bool(content) for content in head.meta[name]] == [True], (path, name)
        assert head.meta["og:description"] == head.meta["description"]
        assert head.meta["og:type"] == ["article" if re.fullmatch(r"articles/[^/]+/", path) else "website"]
        assert head.links["canonical"] == head.meta["og:url"] == [CANONICAL + path]
        assert "robots" not in head.meta
        assert "generator" not in head.meta


def test_a_missing_page_is_described_and_kept_out_of_search_engines(site: Site) -> None:
    head = Head(site.folder / "404.html")
    assert head.meta["robots"] == ["noindex"]
    assert head.meta["og:title"] == ["Page not found"]
    assert head.meta["description"][0]
    assert "canonical" not in head.links
    assert head.data == []


def test_the_day_of_publication_is_told(site: Site) -> None:
    articles = json.loads((site.folder / "digest.json").read_text(encoding="utf-8"))["articles"]
    for article in articles:
        head = Head(site.folder / "articles" / article["slug"] / "index.html")
        assert head.meta.get("article:published_time", [None]) == [article["published"]]


def test_linked_data_is_that_of_the_page(heads: dict[str, Head]) -> None:
    kinds = set()
    for path, head in heads.items():
        told = re.fullmatch(r"(?:(?:articles|stories|topics)/(?!page/|index)[^/]+/)?", path)
        assert len(head.data) == (told is not None), path
        for data in head.data:
            assert data["@context"] == "https://schema.org"
            assert data["@id"] == data["url"] == head.links["canonical"][0]
            assert head.meta["og:title"] == [data["name"]] or len(data["name"]) > 200
            kinds.add((path.partition("/")[0], data["@type"], data["mainEntity"]["@type"]))
    known = {("", "CollectionPage", "ItemList"), ("articles", "WebPage", "Article")}
    lists = {(kind, "CollectionPage", "ItemList") for kind in ("stories", "topics")}
    assert known <= kinds <= known | lists


def test_lists_in_linked_data_lead_to_pages_that_are_there(heads: dict[str, Head]) -> None:
    for head in heads.values():
        for data in head.data:
            items = data["mainEntity"].get("itemListElement", []) + data.get("breadcrumb", {}).get(
                "itemListElement", []
            )
            for item in items:
                address = item.get("url") or item.get("item") or data["url"]
                assert address.removeprefix(CANONICAL) in heads, address
