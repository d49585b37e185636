"""No violation of any rule of axe (WCAG 2.2 to level AA, and its best practices) in either scheme, wide or narrow."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from e2e.conftest import SUBPATH, Site, visit

from .conftest import MODULES, telling_pages

pytestmark = pytest.mark.usefixtures("node")

ALL = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
OF_COLOUR = ["color-contrast", "link-in-text-block"]
"""What changes with the scheme; the rest of a page is the same in both."""
RUN = """only => axe.run(document, {
    runOnly: only, rules: {"target-size": {enabled: true}}, resultTypes: ["violations"],
})"""
REFRESH = re.compile(rb'<meta http-equiv="refresh"[^>]*>')


def stay(route: Route) -> None:
    """Let a page that sends its readers on be looked at."""
    answer = route.fetch()
    route.fulfill(response=answer, body=REFRESH.sub(b"", answer.body()))


@contextmanager
def opened(browser: Browser, width: int) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.route("**/", stay)
    yield page
    context.close()


def violations(page: Page) -> list[str]:
    """What axe finds on a page, in light and in dark: rule, element and what is wrong with it."""
    page.evaluate((MODULES / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate(RUN, {"type": "tag", "values": ALL})["violations"]
    if page.locator("body[data-md-color-scheme]").count():  # else its colours are the browser's own
        page.emulate_media(color_scheme="dark")
        expect(page.locator("body[data-md-color-scheme=slate]")).to_have_count(1)
        found += page.evaluate(RUN, {"type": "rule", "values": OF_COLOUR})["violations"]
        page.emulate_media(color_scheme="light")
    return [f"{rule['id']}: {node['html'][:200]} {node['failureSummary']}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("which", ["site", "made_up"])
def test_axe(browser: Browser, request: pytest.FixtureRequest, which: str, width: int) -> None:
    built: Site = request.getfixturevalue(which)
    found = {}
    with opened(browser, width) as page:
        for path in [*telling_pages(built), "not/there/"]:
            page.goto(built.url + path)
            found[path] = violations(page)
    assert {path: faults for path, faults in found.items() if faults} == {}


def test_axe_on_the_review_page(preview: Site, browser: Browser) -> None:
    with opened(browser, 1440) as page:
        page.goto(preview.url + "review/")
        assert violations(page) == []


@pytest.mark.parametrize("width", [390, 1440])
def test_axe_on_the_search(site: Site, browser: Browser, width: int) -> None:
    with opened(browser, width) as page:
        page.goto(site.url + "?q=Putin")
        expect(page.locator(".digest-finder.styled [aria-busy=false] a").nth(5)).to_be_visible()
        assert violations(page) == []
        page.get_by_label("Source").select_option(index=1)
        page.get_by_role("searchbox").fill("xylophone")
        expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("No article says")
        assert violations(page) == []
        page.get_by_label("Source").select_option(index=0)
        page.get_by_role("searchbox").fill("Ukrane")
        expect(page.get_by_role("button", name="as typed")).to_be_visible()
        assert violations(page) == []


@pytest.mark.parametrize("width", [390, 1440])
def test_axe_for_a_reader_who_comes_back(made_up: Site, browser: Browser, width: int) -> None:
    digest = json.loads((made_up.folder / "digest.json").read_text(encoding="utf-8"))
    topics = [(topic["slug"], topic["label"]) for topic in digest["topics"]]
    read = [article["slug"] for article in digest["articles"]][::2]
    kept = json.dumps({"version": 1, "seen": "1970-01-02", "read": read, "topics": topics})
    found = {}
    with opened(browser, width) as page:
        page.goto(made_up.url + "method/")
        page.evaluate("([key, kept]) => localStorage.setItem(key, kept)", [f"digest-visits:{SUBPATH}", kept])
        for path in ("", "about/", "subscribe/", "articles/", f"topics/{topics[0][0]}/"):
            visit(page, made_up.url + path)
            expect(page.locator(".digest-visits, .digest-memory, .digest-follow, .digest-read").first).to_be_attached()
            found[path] = violations(page)
    assert {path: faults for path, faults in found.items() if faults} == {}
