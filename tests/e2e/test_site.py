"""The built site, without a browser: every link and anchor leads somewhere, and every page says what it is."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from .conftest import CANONICAL, TITLE, Site

pytestmark = pytest.mark.e2e


class Page(HTMLParser):
    """What a test asks of a built page."""

    def __init__(self, path: Path) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.anchors: list[str] = []
        self.meta: dict[str, str] = {}
        self.canonical: str | None = None
        self.feeds: list[str] = []
        self.title = ""
        self.crumbs: list[tuple[str, str | None]] = []
        self._inside: list[str] = []
        self._crumb: str | None = None
        self.feed(path.read_text(encoding="utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.anchors.append(given["id"])
        if tag == "a":
            self.links.append(given.get("href", ""))
        elif tag in {"link", "script", "img", "iframe"}:
            if given.get("rel") == "canonical":
                self.canonical = given["href"]
            else:
                if given.get("rel") == "alternate":
                    self.feeds.append(given["href"])
                self.loaded += [given[name] for name in ("href", "src") if name in given]
        elif tag == "meta":
            self.meta[given.get("name") or given.get("property", "")] = given.get("content", "")
        elif tag == "title" and not self.title:
            self._inside.append("title")
        elif tag == "nav" and given.get("aria-label") == "Breadcrumbs":
            self._inside.append("crumbs")
        if "crumbs" in self._inside and tag in {"a", "li"}:
            self._crumb = given.get("href")

    def handle_endtag(self, tag: str) -> None:
        if self._inside and {"title": "title", "nav": "crumbs"}.get(tag) == self._inside[-1]:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if self._inside == ["title"]:
            self.title += data
        elif self._inside == ["crumbs"] and data.strip():
            self.crumbs.append((data.strip(), self._crumb))


def read(site: Site) -> dict[str, Page]:
    return {path: Page(site.folder / path / "index.html") for path in site.pages(moved=False)}


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, Page]:
    return read(site)


@pytest.fixture(scope="module")
def hostile_pages(hostile_site: Site) -> dict[str, Page]:
    return read(hostile_site)


def broken(site: Site, pages: dict[str, Page]) -> list[tuple[str, str]]:
    """Links inside the site to what is not there."""
    lost = []
    for path, page in pages.items():
        for link in (*page.links, *page.loaded):
            address = urlsplit(urljoin("https://site/" + path, link))
            if address.netloc != "site":
                continue
            target = unquote(address.path.removeprefix("/"))
            if target in pages:
                found = not address.fragment or address.fragment in pages[target].anchors
            else:
                found = (site.folder / target).is_file()
            if not found:
                lost.append((path, link))
    return lost


def test_every_link_and_anchor_resolves(site: Site, pages: dict[str, Page]) -> None:
    assert len(pages) > 50
    assert broken(site, pages) == []


def test_every_link_and_anchor_resolves_with_hostile_seeds(hostile_site: Site, hostile_pages: dict[str, Page]) -> None:
    assert len([path for path in hostile_pages if path.startswith("articles/")]) == 5
    assert broken(hostile_site, hostile_pages) == []


def test_every_page_says_what_it_is(pages: dict[str, Page]) -> None:
    titles = [page.title for page in pages.values()]
    assert len(set(titles)) == len(titles)
    for path, page in pages.items():
        assert TITLE in page.title, path
        assert page.canonical == CANONICAL + path
        assert page.meta["description"], path
        assert page.meta["og:url"] == CANONICAL + path
        assert page.meta["og:description"] == page.meta["description"]
        assert page.meta["og:title"], path


def test_nothing_is_loaded_from_elsewhere(pages: dict[str, Page], hostile_pages: dict[str, Page]) -> None:
    for page in (*pages.values(), *hostile_pages.values()):
        assert not [link for link in page.loaded if urlsplit(link).netloc]
        assert not [link for link in page.links if re.match(r"\s*(?:javascript|data|vbscript):", link, re.IGNORECASE)]


def test_breadcrumbs_follow_the_address(pages: dict[str, Page]) -> None:
    topic = next(path for path in pages if re.fullmatch(r"topics/[^/]+/", path))
    assert pages[""].crumbs == []
    assert pages["topics/"].crumbs == [("Home", ".."), ("Topics", None)]
    crumbs = pages[topic].crumbs
    assert crumbs[:2] == [("Home", "../.."), ("Topics", "../")]
    assert len(crumbs) == 3
    assert pages["more-stories/"].crumbs[0] == ("Home", "..")


def test_a_missing_page_helps(site: Site) -> None:
    with pytest.raises(urllib.error.HTTPError) as answer:
        urllib.request.urlopen(site.url + "articles/gone/for/ever/")  # noqa: S310 -- our own server
    assert answer.value.code == 404
    text = answer.value.read().decode("utf-8")
    assert "Page not found" in text
    assert 'href="/digestgen/topics/"' in text
    assert 'href="/digestgen/assets/digest.css"' in text


def test_the_data_is_published(site: Site) -> None:
    digest = json.loads((site.folder / "digest.json").read_text(encoding="utf-8"))
    pages = set(site.pages())
    assert {f"articles/{article['slug']}/" for article in digest["articles"]} <= pages
    assert {f"topics/{topic['slug']}/" for topic in digest["topics"]} <= pages
    assert (site.folder / "digest.schema.json").is_file()


def test_feeds_are_found_and_lead_back(site: Site, pages: dict[str, Page]) -> None:
    assert pages[""].feeds == ["editions/feed.xml", "editions/feed.json", "feed.xml", "feed.json"]
    assert pages["editions/"].feeds == ["feed.xml", "feed.json", "../feed.xml", "../feed.json"]
    whole = ["../../feed.xml", "../../feed.json"]
    topics = [path for path, page in pages.items() if page.feeds and path and not path.startswith("editions/")]
    assert topics == [path for path in pages if re.fullmatch(r"topics/[^/]+/", path) and pages[path].feeds]
    assert {outline.get("htmlUrl") for outline in ET.parse(site.folder / "feeds.opml").iter("outline")} - {None} == {  # noqa: S314 -- we wrote it
        CANONICAL + path for path in topics
    }
    for path in topics:
        assert pages[path].feeds == ["feed.xml", "feed.json", *whole]
    for file in site.folder.rglob("feed.xml"):
        feed = ET.parse(file)  # noqa: S314 -- we wrote it
        links = [link.get("href") or "" for link in feed.iter("{http://www.w3.org/2005/Atom}link")]
        inner = [link.removeprefix(CANONICAL) for link in links if link.startswith(CANONICAL)]
        assert file.relative_to(site.folder).as_posix() in inner
        assert {link for link in inner if not link.endswith(".xml")} <= pages.keys()
    listed = re.findall(r"\]\(([^)]+)\)", (site.folder / "llms.txt").read_text(encoding="utf-8"))
    for address in listed:
        path = address.removeprefix(CANONICAL)
        assert path in pages or (site.folder / path).is_file(), address
