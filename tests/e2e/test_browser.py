"""The site as a reader has it: searched, clicked through, on a phone, in the dark."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from digestgen.site.defaults import PAGES

from .conftest import Site, visit

pytestmark = pytest.mark.e2e

KINDS = (
    r"",
    r"topics/",
    r"topics/[^/]+/",
    r"articles/",
    r"articles/[^/]+/",
    r"stories/",
    r"stories/[^/]+/",
    r"keyphrases/",
    r"keyphrases/[^/]+/",
    r"sources/",
    r"sources/[^/]+/",
    r"more-stories/",
    r"map/",
    r"archive/",
    r"archive/[^/]+/",
    r"about/",
)
"""The addresses of each kind of page."""


def one_of_each(site: Site) -> list[str]:
    """A page of each kind that the site has."""
    pages = site.pages(moved=False)
    found = (next((path for path in pages if re.fullmatch(kind, path)), None) for kind in KINDS)
    return [path for path in found if path is not None]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with opened(browser) as context:
        yield context.new_page()


@contextmanager
def opened(browser: Browser, width: int = 1280, scheme: str = "light") -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    yield context
    context.close()


def test_a_topic_is_one_click_from_the_front_page(site: Site, page: Page) -> None:
    digest = json.loads((site.folder / "digest.json").read_text(encoding="utf-8"))
    page.goto(site.url)
    lead = page.get_by_role("listitem").filter(has=page.locator(".lead"))
    told = lead.get_by_role("heading", level=3)
    title = told.inner_text()
    topic = next(
        topic for topic in digest["topics"] if lead.get_by_role("link", name=topic["label"], exact=True).count()
    )
    told.get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"/(articles|stories)/"))
    expect(page.locator("h1")).to_have_text(title)
    page.go_back()
    lead.get_by_role("link", name=topic["label"], exact=True).click()
    expect(page).to_have_url(f"{site.url}topics/{topic['slug']}/")
    expect(page.locator("h1")).to_have_text(topic["label"])


GAP = """document.querySelector(".lead").getBoundingClientRect().top
    - document.querySelector("#_stories").getBoundingClientRect().bottom"""


@pytest.mark.parametrize("path", ["", "editions/"])
def test_the_stories_of_an_edition_begin_below_their_heading(site: Site, page: Page, path: str) -> None:
    (day,) = {
        each["edition"] for each in json.loads((site.folder / "digest.json").read_text(encoding="utf-8"))["articles"]
    }
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{site.url}{path and f'{path}{day}/'}")
    expect(page.locator("#_also, #_more")).not_to_have_count(0)  # beside which the stories stand
    assert 0 <= page.evaluate(GAP) < 40


def test_a_quotation_is_copied_with_its_source(site: Site, browser: Browser) -> None:
    digest = json.loads((site.folder / "digest.json").read_text(encoding="utf-8"))
    told = next(each for each in digest["articles"] if each["source"] and each["summary"])
    with opened(browser) as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.goto(f"{site.url}articles/{told['slug']}/")
        page.get_by_role("button", name="Copy citation").click()
        expect(page.get_by_role("button", name="Copied")).to_be_visible()
        copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"“{told['summary'][0]}")
    assert f"” {told['source']}, “{told['title']}”" in copied
    assert copied.endswith(told["url"] or page.url)


def test_how_a_page_came_about_is_folded(site: Site, page: Page) -> None:
    digest = json.loads((site.folder / "digest.json").read_text(encoding="utf-8"))
    told = next(each for each in digest["articles"] if each["topic"])
    page.goto(f"{site.url}articles/{told['slug']}/")
    expect(page.get_by_text("Filed under")).to_be_hidden()
    page.get_by_text("About this entry").click()
    expect(page.get_by_text("Filed under")).to_be_visible()


@pytest.mark.parametrize("which", ["site", "hostile_site"])
def test_no_page_scrolls_sideways(browser: Browser, request: pytest.FixtureRequest, which: str) -> None:
    built: Site = request.getfixturevalue(which)
    with opened(browser) as context:
        page = context.new_page()
        for path in built.pages(moved=False) if which == "hostile_site" else one_of_each(built):
            page.goto(built.url + path)
            for width in (820, 390):
                page.set_viewport_size({"width": width, "height": 800})
                wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                assert wide <= 0, (path, width)
                assert page.locator("h1").bounding_box()["width"] <= width, (path, width)


def test_no_request_leaves_the_site(site: Site, page: Page) -> None:
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    for path in one_of_each(site):
        visit(page, site.url + path)
    page.keyboard.press("/")
    page.keyboard.type("Ukraine")
    expect(page.get_by_role("dialog").get_by_role("listitem").first).to_be_visible()
    assert len(asked) > 20
    hosts = {urlsplit(url).netloc for url in asked if urlsplit(url).scheme not in {"data", "blob"}}
    assert hosts == {urlsplit(site.url).netloc}


def test_nothing_in_a_seed_runs(hostile_site: Site, page: Page) -> None:
    troubles: list[str] = []
    page.on("dialog", lambda dialog: (troubles.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    guides = {f"{guide.stem}/" for guide in PAGES.iterdir()}  # in which there is no word of a seed, and many a link
    for path in hostile_site.pages(moved=False):
        if path in guides:
            continue
        visit(page, hostile_site.url + path)
        for folded in page.locator("article details > summary").all():
            folded.click()
        for link in page.locator("article a").all():
            link.hover()
        assert page.evaluate("window.pwned") is None, path
        assert page.locator("article script, article img, article [onclick], [onerror]").count() == 0
        assert page.locator("article svg").count() == page.locator("article > :is(.map, .chart) > svg").count(), path
    assert troubles == []


def test_the_dark_comes_and_stays(site: Site, page: Page) -> None:
    def background() -> str:
        return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))

    page.goto(site.url)
    light = background()
    page.get_by_title("switch to light").click()
    page.get_by_title("switch to dark").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    dark = background()
    assert dark != light
    page.goto(site.url + "topics/")
    assert background() == dark
    page.reload()
    assert background() == dark


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_follow_the_system(site: Site, browser: Browser, scheme: str) -> None:
    with opened(browser, scheme=scheme) as context:
        page = context.new_page()
        page.goto(site.url)
        shade = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)[0]")
        assert (shade < 64) == (scheme == "dark")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_follow_the_system_without_javascript(site: Site, browser: Browser, scheme: str) -> None:
    context = browser.new_context(java_script_enabled=False, color_scheme=scheme)
    page = context.new_page()
    page.goto(site.url)
    shades = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
    assert (shades[0] < 64) == (scheme == "dark")
    context.close()


def test_it_reads_without_javascript(site: Site, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url)
    page.locator(".lead a").click()
    expect(page.locator("blockquote").first).to_be_visible()
    page.get_by_role("link", name="Topics", exact=True).first.click()
    expect(page).to_have_url(site.url + "topics/")
    context.close()


def test_a_missing_page_leads_back(site: Site, page: Page) -> None:
    answer = page.goto(site.url + "articles/gone/for/ever/")
    assert answer is not None
    assert answer.status == 404
    page.locator("article").get_by_role("link", name="Topics").click()
    expect(page).to_have_url(site.url + "topics/")


def test_the_keyboard_shows_where_it_is(site: Site, page: Page) -> None:
    page.goto(site.url)
    link = page.locator(".lead a")
    link.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert link.evaluate("element => element === document.activeElement")
    assert link.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"


@pytest.mark.parametrize("width", [320, 390, 820, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_map_can_be_read_and_walked(site: Site, browser: Browser, width: int, scheme: str) -> None:
    digest = json.loads((site.folder / "digest.json").read_text(encoding="utf-8"))
    topics = {f"../topics/{topic['slug']}/": topic["label"] for topic in digest["topics"]}
    with opened(browser, width, scheme) as context:
        page = context.new_page()
        page.goto(site.url + "topics/")
        page.get_by_role("link", name="Map of topics", exact=True).click()
        drawing = page.locator(".map svg:visible")
        expect(drawing).to_have_count(1)
        expect(drawing).to_have_accessible_name(f"Map of {len(topics)} topics")
        scale = "svg => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width"
        size = float(drawing.locator("text").first.get_attribute("font-size") or 0)
        assert size * drawing.evaluate(scale) >= 11
        links = drawing.get_by_role("link")
        assert {link.get_attribute("href") for link in links.all()} == topics.keys()
        for link in links.all():
            box = link.bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
            expect(link).to_have_accessible_name(re.compile(re.escape(topics[link.get_attribute("href") or ""])))
        links.first.focus()
        page.keyboard.press("Tab")
        second = links.nth(1)
        assert second.evaluate("element => element === document.activeElement")
        colours = [link.locator("circle").evaluate("disc => getComputedStyle(disc).fill") for link in links.all()]
        assert colours[1] != colours[2]
        second.press("Enter")
        expect(page.locator("h1")).to_have_text(topics[f"../topics/{page.url.rstrip('/').rpartition('/')[2]}/"])
