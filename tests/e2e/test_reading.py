"""Pages in other ways than on a screen from left to right: texts of either direction, on paper, as a picture."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from command import digestgen

from .conftest import CANONICAL, Site, build_site, make_project, serve
from .test_metadata import Head

pytestmark = pytest.mark.e2e

ARABIC = """\
---
title: افتتاح الجسر!
source: U.S. News?
published: 2026-11-02
url: https://example.org/bridge
---
افتتح الجسر اليوم بعد عام من التأخير، وقال المهندسون إن الصلب كان صدئا. وتدفع الشاحنات رسوما حتى يسدد ثمن الصلب.
"""
ENGLISH = """\
---
title: The ferry is late!
source: الجزيرة?
published: 2026-11-03
url: https://example.org/ferry
---
The ferry to the islands was late on Tuesday, and its captain blamed the tide. It will be on time when the tide is back.
"""


@pytest.fixture(scope="module")
def bridges(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = build_site(tmp_path_factory.mktemp("bridges"), {"a.md": ARABIC, "b.md": ENGLISH})
    yield from serve(folder)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 700, "height": 900}, color_scheme="dark")
    yield page
    page.close()


PLACES = """(item, texts) => texts.map((text) => {
  const walker = document.createTreeWalker(item, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const at = node.data.indexOf(text);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + text.length);
    return range.getBoundingClientRect().left;
  }
})"""


@pytest.mark.parametrize(
    ("arabic", "parts"),
    [
        pytest.param(True, ["!", "افتتاح"], id="an Arabic title, its mark at the end, which is left"),
        pytest.param(True, ["U.S. News", "?", "2 ", "November 2026"], id="a name and a date below it"),
        pytest.param(False, ["The ferry", "late", "!"], id="an English title"),
        pytest.param(False, ["?", "الجزيرة", "3 ", "November 2026"], id="an Arabic name before a date"),
    ],
)
def test_nothing_is_shuffled_where_both_directions_meet(
    bridges: Site, page: Page, parts: list[str], *, arabic: bool
) -> None:
    page.goto(bridges.url + "articles/")
    item = page.locator("article li", has_text="الجسر" if arabic else "ferry")
    lefts = item.evaluate(PLACES, parts)
    assert lefts == sorted(lefts)


def test_a_title_stands_on_the_side_where_it_begins(bridges: Site, page: Page) -> None:
    page.goto(bridges.url + "articles/")
    right = "all => all.map((each) => each.getBoundingClientRect().right > 600)"
    sides = page.eval_on_selector_all("article li > a", right)
    assert sides == [False, True]


@pytest.mark.parametrize("kind", ["", "articles/", "about/"])
def test_paper_is_white_whatever_the_screen(bridges: Site, page: Page, kind: str) -> None:
    page.goto(bridges.url + kind)
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(0, 0, 0)"
    for selector in ("header", ".md-tabs", ".digest-crumbs", ".digest-search"):
        assert not page.locator(selector).first.is_visible()


def test_paper_says_where_the_original_stands(bridges: Site, page: Page) -> None:
    (path,) = [path for path in bridges.pages() if re.fullmatch(r"articles/the-ferry.*", path)]
    page.goto(bridges.url + path)
    page.emulate_media(media="print")
    told = 'getComputedStyle(document.querySelector("article a[href^=http]"), "::after").content'
    assert "(https://example.org/ferry)" in page.evaluate(told)


def cards(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("cards/**/*.png"))
    }


def test_every_page_is_shared_with_a_picture_that_is_there(site: Site) -> None:
    shown = set()
    for path in site.pages(moved=False):
        head = Head(site.folder / path / "index.html")
        (image,) = head.meta["og:image"]
        assert head.meta["twitter:card"] == ["summary_large_image"]
        assert head.meta["og:image:alt"][0]
        assert head.meta["og:locale"] == ["en_US"]
        file = image.removeprefix(CANONICAL)
        shown.add(file)
        with Image.open(site.folder / file) as picture:
            assert f"{picture.width} {picture.height} {picture.format}" == "1200 630 PNG"
        assert head.meta["og:image:width"] + head.meta["og:image:height"] == ["1200", "630"]
    assert shown == set(cards(site.folder))
    assert {file.split("/")[1] for file in shown} >= {"index.png", "topics"}


def test_the_same_seeds_give_the_same_pictures(bridges: Site, tmp_path: Path) -> None:
    again = build_site(tmp_path / "again", {"b.md": ENGLISH, "a.md": ARABIC})
    assert cards(again) == cards(bridges.folder) != {}


def test_no_picture_where_the_site_knows_no_address(tmp_path: Path) -> None:
    folder = tmp_path / "nowhere"
    make_project(folder, {"b.md": ENGLISH})
    config = folder / "mkdocs.yml"
    config.write_text(re.sub("site_url:.*\n", "", config.read_text(encoding="utf-8")), encoding="utf-8")
    done = digestgen("site", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert cards(folder / "site") == {}
    assert "og:image" not in Head(folder / "site" / "index.html").meta
