"""No script says a word that is not in the catalogues: of a site in Greek and Cyrillic letters, none is Latin."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from cyrillic import GREEK, in_cyrillic, latin
from digestgen.site.defaults import SAY, translated_script

from .conftest import Site, build_site, serve, visit
from .test_visits import kept, memory, reader

pytestmark = pytest.mark.e2e

TEXTS = (
    ("Storm closes the bridge", "A storm closed the Sandby bridge on Monday. Lorries wait at the Sandby bridge."),
    ("Bridge opens again", "The Sandby bridge opened again after the storm. Lorries cross the Sandby bridge."),
    ("Lorries cross the bridge", "Lorries cross the Sandby bridge since the storm. The Sandby bridge is safe."),
    ("Chess club wins", "The chess club of Sandby won its first title."),
)


@pytest.fixture(scope="module")
def greek(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    lines = [
        {"title": title.translate(GREEK), "text": text.translate(GREEK), "source": "Gazette".translate(GREEK)}
        for title, text in TEXTS
    ]
    seeds = {"week.jsonl": "\n".join(json.dumps({**line, "published": "2026-11-22"}) for line in lines)}
    folder = build_site(tmp_path_factory.mktemp("greek"), seeds)
    (folder / SAY).write_text(translated_script(in_cyrillic()), encoding="utf-8")
    yield from serve(folder)


def test_the_search_says_no_word_of_its_own(greek: Site, browser: Browser) -> None:
    with reader(browser, greek) as context:
        page = context.new_page()
        found = page.locator(".digest-finder")
        for query in ("", "xylophone", "bridge", "bridgge", "bridge xylophone"):
            page.goto(f"{greek.url}?q={query.translate(GREEK)}")
            page.keyboard.press("Control+k")
            expect(found.locator(".results")).to_have_attribute("aria-busy", "false")
            assert found.locator(".status").inner_text()
            assert latin(found.inner_text()) == [], query
        for field in (found, found.get_by_role("searchbox")):
            assert latin(field.get_attribute("aria-label") or "none") == []


def test_what_the_device_remembers_is_told_in_no_word_of_its_own(greek: Site, browser: Browser) -> None:
    digest = json.loads((greek.folder / "digest.json").read_text(encoding="utf-8"))
    slug = digest["topics"][0]["slug"]
    articles = tuple(article["slug"] for article in digest["articles"])
    topics = ((slug, "Γέφυρα"),)
    for seen in ("", "2026-01-01", max(article["edition"] for article in digest["articles"])):
        with reader(browser, greek, memory(seen, articles, topics)) as context:
            page = context.new_page()
            visit(page, greek.url)
            told = page.locator(".digest-visits")
            expect(told).to_be_visible()
            assert latin(told.inner_text()) == []
            assert latin(told.get_attribute("aria-label") or "none") == []
            assert latin(page.locator(".digest-read .digest-unseen").first.inner_text()) == []
            page.goto(f"{greek.url}topics/{slug}/")
            assert latin(page.locator(".digest-follow").inner_text()) == []
            page.goto(f"{greek.url}about/")
            remembered = page.locator(".digest-memory")
            assert latin(remembered.inner_text()) == []
            remembered.get_by_role("button").last.click()
            assert latin(remembered.inner_text()) == []
            assert kept(page) is None
