"""The search as a reader has it: by keyboard, filtered, shared, on a phone; with hostile texts; and where it fails."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Route, expect

from command import digestgen
from digestgen.site.search.word_list import key

from .conftest import Site, build_site, make_project, serve, visit
from .found import indexed
from .test_browser import opened

pytestmark = pytest.mark.e2e

BUDGET = 250_000
"""Bytes that a first result may cost."""

SUBJECTS = ("ferry", "bridge", "harbour")
ODD = ' "?!" '
"""A title without a word, under which no page can be found."""

SEEDS = {
    "news.jsonl": "\n".join(
        json.dumps(line)
        for line in (
            *(
                {
                    "title": f"The {subject} of Sandby, part {number}",
                    "text": f"On day {number} the {subject} of Sandby was mended. "
                    f"Salt had got into part {number} of the {subject}.",
                    "source": ("Sandby Post", "Coast Weekly")[number % 2],
                    "published": f"{2023 + number % 3}-05-{number + 1:02}",
                }
                for subject in SUBJECTS
                for number in range(6)
            ),
            {"title": ODD, "text": "?!"},
        )
    )
}


@pytest.fixture(scope="module")
def coast(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A small site with two sources, three years and a title without a word."""
    yield from serve(build_site(tmp_path_factory.mktemp("coast"), SEEDS))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on which any error fails the test."""
    errors: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            errors.append(message.text)

    with opened(browser) as context:
        page = context.new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: errors.append(str(error)))
        yield page
    assert errors == []


def results(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Search").get_by_role("list").get_by_role("link")


def status(page: Page) -> Locator:
    return page.get_by_role("dialog").get_by_role("status")


def field(page: Page) -> Locator:
    return page.get_by_role("searchbox")


def settled(page: Page) -> None:
    """Wait until all that was asked is answered."""
    expect(page.locator(".digest-finder .results")).to_have_attribute("aria-busy", "false")


def ask(page: Page, query: str) -> None:
    """Type a query where no other was typed before, and wait for what is found."""
    page.keyboard.press("/")
    field(page).fill(query)
    expect(results(page).first).to_be_visible()
    settled(page)


def addresses(page: Page, site: Site) -> list[str]:
    return [str(link.evaluate("link => link.href")).removeprefix(site.url) for link in results(page).all()]


def in_focus(locator: Locator) -> None:
    expect(locator).to_be_focused()


def test_the_index_holds_topics_articles_and_what_people_wrote(site: Site) -> None:
    digest = json.loads((site.folder / "digest.json").read_text(encoding="utf-8"))
    held = indexed(site.folder)
    assert held.keys() == {
        *(f"topics/{topic['slug']}/" for topic in digest["topics"]),
        *(f"articles/{article['slug']}/" for article in digest["articles"]),
        *("about/", "method/"),
    }
    for article in digest["articles"]:
        entry = held[f"articles/{article['slug']}/"]
        assert entry.meta["title"] == article["title"]
        assert entry.meta["source"] == article["source"]
        assert entry.content.split()[: len(article["title"].split())][:-1] == article["title"].split()[:-1]
        assert "Why it is here" not in entry.content
        assert article["seed"] not in entry.content
    assert held["articles/" + digest["articles"][0]["slug"] + "/"].filters.keys() == {"topic", "source", "year"}


def test_a_topic_leads_when_it_is_asked_for_by_its_name(site: Site, page: Page) -> None:
    digest = json.loads((site.folder / "digest.json").read_text(encoding="utf-8"))
    page.goto(site.url + "about/")
    page.keyboard.press("/")
    for topic in digest["topics"]:
        field(page).fill(topic["label"])
        expect(results(page).first).to_have_attribute("href", f"{site.url}topics/{topic['slug']}/")


def test_an_article_is_found_by_its_words(site: Site, page: Page) -> None:
    digest = json.loads((site.folder / "digest.json").read_text(encoding="utf-8"))
    wanted = next(article for article in digest["articles"] if "Navalny" in " ".join(article["summary"]))
    page.goto(site.url)
    ask(page, "Navalny memoir prison")
    assert any(found.startswith("articles/") for found in addresses(page, site))
    field(page).fill(wanted["title"])
    page.locator(f".results a[href$='/articles/{wanted['slug']}/']").click()
    expect(page.locator("h1")).to_have_text(wanted["title"])


def test_a_result_says_what_it_is_and_why(coast: Site, page: Page) -> None:
    page.goto(coast.url)
    ask(page, "ferry part 3 salt")
    found = page.locator(".results li").first
    expect(found).to_contain_text("The ferry of Sandby, part 3")
    expect(found.locator(".facts")).to_have_text(re.compile(r"^Article · Coast Weekly · 4 May 2023"))
    assert {mark.lower().strip(".") for mark in found.locator("mark").all_inner_texts()} >= {"ferry", "salt"}


def test_it_is_walked_by_keyboard_alone(site: Site, page: Page) -> None:
    page.goto(site.url)
    page.keyboard.press("/")
    in_focus(field(page))
    page.keyboard.type("putin ukraine")
    expect(results(page).first).to_be_visible()
    settled(page)  # a slow typist is answered in between, and the next answer takes the focus away
    page.keyboard.press("ArrowDown")
    in_focus(results(page).nth(0))
    page.keyboard.press("ArrowDown")
    in_focus(results(page).nth(1))
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    in_focus(field(page))
    page.keyboard.press("Enter")
    in_focus(results(page).nth(0))
    wanted = addresses(page, site)[0]
    page.keyboard.press("Enter")
    page.wait_for_url(site.url + wanted)
    page.go_back()
    expect(field(page)).to_have_value("putin ukraine")
    expect(results(page).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page).to_have_url(site.url)


def test_focus_goes_back_to_where_it_was(site: Site, page: Page) -> None:
    page.goto(site.url)
    button = page.get_by_role("button", name="Search")
    for leave in ("Escape", "Close", "outside"):
        button.focus()
        page.keyboard.press("Enter")
        in_focus(field(page))
        if leave == "Escape":
            field(page).fill("putin")
            page.keyboard.press("Escape")
        elif leave == "Close":
            page.get_by_role("button", name="Close").click()
        else:
            page.mouse.click(5, 300)
        expect(page.get_by_role("dialog")).to_have_count(0)
        in_focus(button)
    page.keyboard.press("Control+k")
    in_focus(field(page))
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("and/or")
    expect(field(page)).to_have_value("and/or")


def test_more_results_come_when_asked_for(coast: Site, page: Page) -> None:
    page.goto(coast.url)
    ask(page, "sandby")
    total = int(re.match(r"\d+", status(page).inner_text())[0])
    assert total >= 18
    expect(results(page)).to_have_count(8)
    page.get_by_role("button", name="Show more").click()
    expect(results(page)).to_have_count(16)
    in_focus(results(page).nth(8))
    page.keyboard.press("End")
    page.get_by_role("button", name="Show more").click()
    expect(results(page)).to_have_count(total)
    expect(page.get_by_role("button", name="Show more")).to_have_count(0)
    assert len(set(addresses(page, coast))) == total


@pytest.mark.parametrize(("which", "name"), [("coast", "Source"), ("coast", "Year"), ("site", "Topic")])
def test_each_value_of_a_filter_leaves_as_many_as_it_says(
    request: pytest.FixtureRequest, page: Page, which: str, name: str
) -> None:
    built: Site = request.getfixturevalue(which)
    page.goto(built.url)
    ask(page, "the")
    choice = page.get_by_role("combobox", name=name)
    values = [(one.get_attribute("value"), one.inner_text()) for one in choice.locator("option").all()[1:]]
    assert len(values) > 1
    for value, told in values:
        choice.select_option(value)
        settled(page)
        count = re.search(r"\((\d+)\)$", told)[1]
        expect(status(page)).to_have_text(f"{count} result{'' if count == '1' else 's'}")


def test_a_filter_counts_what_the_others_let_through(coast: Site, page: Page) -> None:
    page.goto(coast.url)
    ask(page, "salt")
    page.get_by_label("Source").select_option("Coast Weekly")
    settled(page)
    expect(status(page)).to_have_text("9 results")
    years = page.get_by_label("Year").locator("option").all_inner_texts()
    assert years == ["All", "2025 (3)", "2024 (3)", "2023 (3)"]
    page.get_by_label("Year").select_option("2024")
    settled(page)
    expect(status(page)).to_have_text("3 results")
    sources = page.get_by_label("Source").locator("option").all_inner_texts()
    assert sources == ["All", "Coast Weekly (3)", "Sandby Post (3)"]
    assert page.get_by_label("Year").locator("option").all_inner_texts() == years
    for facts in page.locator(".results .facts").all_inner_texts():
        assert "Coast Weekly" in facts
        assert "2024" in facts


def test_a_filter_without_values_is_not_there(site: Site, page: Page) -> None:
    page.goto(site.url)
    ask(page, "putin")
    expect(page.get_by_label("Source")).to_be_visible()
    expect(page.get_by_label("Year")).to_be_hidden()


def test_a_search_can_be_shared(coast: Site, page: Page) -> None:
    page.goto(coast.url)
    ask(page, "salt")
    page.get_by_label("Year").select_option("2024")
    expect(status(page)).to_have_text("6 results")
    shared, shown = page.url, addresses(page, coast)
    page.goto("about:blank")
    page.goto(shared)
    expect(status(page)).to_have_text("6 results")
    expect(page.get_by_label("Year")).to_have_value("2024")
    assert addresses(page, coast) == shown


def test_what_is_not_there_is_said(coast: Site, page: Page) -> None:
    page.goto(coast.url + "?q=salt&year=1999")
    expect(status(page)).to_have_text("Nothing found for “salt”.")
    page.get_by_role("button", name="Search without filters").click()
    expect(status(page)).to_have_text("18 results")
    field(page).fill("xylophone <b>")
    expect(status(page)).to_have_text("No article says “xylophone”. Try another spelling, or fewer words.")
    field(page).fill("ferry bridge")
    expect(status(page)).to_have_text("Nothing found for “ferry bridge”.")
    field(page).fill("")
    expect(status(page)).to_contain_text("Words are found")
    expect(results(page)).to_have_count(0)


def test_nothing_is_loaded_before_it_is_opened_and_little_after(site: Site, page: Page) -> None:
    asked: list[Request] = []
    page.on("requestfinished", lambda request: asked.append(request))  # noqa: PLW0108 -- playwright wraps no built-in
    visit(page, site.url)
    idle = [request.url for request in asked if re.search("search|pagefind|words", request.url)]
    assert idle == [site.url + "assets/search.js"]
    before = len(asked)
    ask(page, "putin")
    cost = {request.url: request.sizes()["responseBodySize"] for request in asked[before:]}
    worker = site.url + "pagefind/pagefind-worker.js"
    cost[worker] = len(gzip.compress((site.folder / "pagefind" / "pagefind-worker.js").read_bytes()))  # told as 0
    assert any("/fragment/" in url for url in cost)
    assert 100_000 < sum(cost.values()) <= BUDGET, cost


def test_a_misspelt_word_costs_hardly_more(site: Site, page: Page) -> None:
    asked: list[Request] = []
    visit(page, site.url)
    page.on("requestfinished", lambda request: asked.append(request))  # noqa: PLW0108 -- playwright wraps no built-in
    ask(page, "nvalny")
    expect(status(page)).to_contain_text("Showing results for “navalny”")
    words = [request.sizes()["responseBodySize"] for request in asked if "words" in request.url]
    assert len(words) >= 3, "the script, what the list holds, and a part of it"
    assert sum(words) < 20_000
    assert sum(request.sizes()["responseBodySize"] for request in asked) <= BUDGET


def test_of_the_index_only_what_a_query_needs_is_loaded(coast: Site, page: Page) -> None:
    chunks: list[str] = []
    page.on("request", lambda request: chunks.append(request.url) if "/index/" in request.url else None)
    page.goto(coast.url)
    page.keyboard.press("/")
    settled(page)
    for query in ("s", "  ", ""):
        field(page).fill(query)
        settled(page)
        expect(status(page)).to_contain_text("Words are found")
    assert chunks == []
    field(page).fill("salt b")
    settled(page)
    expect(status(page)).to_have_text("18 results")
    assert len(chunks) == 1


def test_nothing_in_a_seed_runs_when_it_is_found(hostile_site: Site, page: Page) -> None:
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.goto(hostile_site.url)
    page.keyboard.press("/")
    for query in ("script", "bold", "troops", "<img", "onerror", "endless", '"window.pwned"'):
        field(page).fill(query)
        settled(page)
        for filtered in page.locator(".filters option").all():
            assert filtered.evaluate("option => option.children.length") == 0
        assert page.evaluate("window.pwned") is None, query
        inside = page.locator(".results *").evaluate_all("all => [...new Set(all.map(one => one.localName))]")
        assert set(inside) <= {"li", "a", "p", "mark"}, query
        styled = page.locator(".digest-finder [style], .digest-finder [onclick], .digest-finder [onerror]")
        assert styled.count() == 0
        wide = page.locator(".digest-finder").evaluate("box => box.scrollWidth - box.clientWidth")
        assert wide <= 0, query
    field(page).fill("troops")
    settled(page)
    title = next(one.meta["title"] for one in indexed(hostile_site.folder).values() if "<script>" in one.meta["title"])
    assert title in results(page).all_inner_texts()


def test_it_works_at_the_root_too(coast: Site, page: Page) -> None:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(coast.folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    root = f"http://127.0.0.1:{server.server_address[1]}/"
    page.goto(root + "topics/")
    ask(page, "ferry part 3 salt")
    address = results(page).first.get_attribute("href")
    assert address is not None
    assert address.startswith(root + "articles/")
    results(page).first.click()
    expect(page.locator("h1")).to_have_text("The ferry of Sandby, part 3")
    # What is still being loaded as the server goes away would count as an error of the page.
    page.wait_for_load_state("networkidle")
    server.shutdown()
    server.server_close()


def test_without_an_index_it_says_so_and_can_be_tried_again(coast: Site, browser: Browser, tmp_path: Path) -> None:
    waiting: list[Route] = []
    seen = threading.Event()

    def hold(route: Route) -> None:
        if seen.is_set():
            route.continue_()
        else:
            waiting.append(route)

    shutil.copytree(coast.folder, tmp_path / "site", ignore=shutil.ignore_patterns("pagefind"))
    for broken in serve(tmp_path / "site"):
        with opened(browser) as context:
            page = context.new_page()
            page.goto(broken.url + "?q=salt")
            expect(status(page)).to_contain_text("could not be loaded")
            shutil.copytree(coast.folder / "pagefind", tmp_path / "site" / "pagefind")
            (tmp_path / "site" / "pagefind" / "pagefind-entry.json").rename(tmp_path / "entry")
            context.route("**/pagefind/**", hold)
            page.get_by_role("button", name="Try again").click()
            expect(status(page)).to_have_text("Loading…")
            seen.set()
            for route in waiting:
                route.continue_()
            expect(status(page)).to_contain_text("could not be loaded", timeout=20_000)
            (tmp_path / "entry").rename(tmp_path / "site" / "pagefind" / "pagefind-entry.json")
            page.get_by_role("button", name="Try again").click()
            expect(status(page)).to_have_text("18 results")


def test_without_javascript_there_is_no_door_to_it(site: Site, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url)
    expect(page.locator(".digest-search")).to_be_hidden()
    assert page.get_by_role("button", name="Search").count() == 0
    context.close()


@pytest.mark.parametrize("width", [320, 390, 820, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_thumb_finds_it_at_every_width(coast: Site, browser: Browser, width: int, scheme: str) -> None:
    with opened(browser, width, scheme) as context:
        page = context.new_page()
        page.goto(coast.url)
        page.get_by_role("button", name="Search").click()
        field(page).fill("sandby")
        expect(page.get_by_role("button", name="Show more")).to_be_visible()
        settled(page)
        for control in page.locator(".digest-finder :is(a, input, select, button):visible, .digest-search").all():
            box = control.bounding_box()
            assert box is not None
            assert min(box["height"], box["width"]) >= 20
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
        box = page.locator(".digest-finder").bounding_box()
        assert box is not None
        assert (box["width"] == width) == (width < 720)


def test_a_site_without_a_search_is_not_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_project(tmp_path, {"one.txt": "The ferry of Sandby sank in the harbour on Friday.\n"})
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(tmp_path / "nowhere"))
    done = digestgen("site", cwd=tmp_path)
    assert done.returncode == 1
    told = [line for line in done.stderr.splitlines() if "search index" in line]
    assert len(told) == 1
    assert "No such file" in told[0]
    assert "Traceback" not in done.stderr


SPELLING = {
    "news.jsonl": "\n".join(
        json.dumps(line)
        for line in (
            *(
                {
                    "title": f"The harbour of Zarvonistan reopens, week {number}",
                    "text": f"Ships came back to the harbour of Zarvonistan in week {number}. "
                    f"Pilots from Zürsdorf had waited for {number} days.",
                    "source": "Sandby Post",
                    "published": f"2026-05-{number + 1:02}",
                }
                for number in range(4)
            ),
            *(
                {
                    "title": f"Ferries of Sandby, part {number}",
                    "text": f"A ferry was mended in Sandby by firm {number}.",
                }
                for number in range(4)
            ),
            {
                "title": "東京電力の社長が福島で会見",
                "text": "東京電力の社長は福島第一原子力発電所の処理水について会見した。"
                "港湾評議会は来週また会議を開く。",
                "language": "ja",
            },
            {
                "title": "中国人民银行宣布降低利率",
                "text": "中国人民银行星期一宣布降低利率。 经济学家对此表示欢迎，委员会将在下周讨论iPhone的价格。",
                "language": "zh",
            },
        )
    )
}


@pytest.fixture(scope="module")
def spelling(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with a name that is easily misspelt, and two articles in scripts without spaces."""
    yield from serve(build_site(tmp_path_factory.mktemp("spelling"), SPELLING))


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        pytest.param("zarvonstan", "zarvonistan", id="a letter left out"),
        pytest.param("zarvonisstan", "zarvonistan", id="a letter too many"),
        pytest.param("zarvonistna", "zarvonistan", id="two letters exchanged"),
        pytest.param("Sarvonistan", "zarvonistan", id="the first letter"),
        pytest.param("zarwonisten", "zarvonistan", id="two slips in a long word"),
        pytest.param("zuersdorf", "zürsdorf", id="an umlaut written out"),
        pytest.param("harbor zarvonistam", "harbour zarvonistan", id="two words"),
        pytest.param('"harbour of Zarvonistn"', '"harbour of zarvonistan"', id="in quotes"),
    ],
)
def test_a_slip_of_the_pen_is_forgiven_and_said(spelling: Site, page: Page, query: str, meant: str) -> None:
    page.goto(spelling.url)
    ask(page, query)
    expect(status(page)).to_contain_text("No article says “")
    expect(status(page)).to_contain_text(f"Showing results for “{meant}”.")
    assert "Zarvonistan" in page.locator(".results").inner_text()


def test_the_way_back_is_what_was_typed(spelling: Site, page: Page) -> None:
    page.goto(spelling.url)
    ask(page, "zarvonstan")
    page.keyboard.press("ArrowDown")
    in_focus(page.get_by_role("button", name="Search for “zarvonstan” as typed"))
    page.keyboard.press("Enter")
    expect(status(page)).to_have_text("No article says “zarvonstan”. Did you mean “zarvonistan”?")
    expect(results(page)).to_have_count(0)
    in_focus(field(page))
    page.get_by_role("button", name="Search for “zarvonistan”").click()
    expect(field(page)).to_have_value("zarvonistan")
    expect(status(page)).to_have_text(re.compile(r"^\d results$"))


@pytest.mark.parametrize(
    ("query", "told"),
    [
        pytest.param("xylophone", "No article says “xylophone”. Try another spelling, or fewer words.", id="alone"),
        pytest.param("harbour xylophone", "No article says “xylophone”.", id="with a word that is there"),
        pytest.param("hrbx", "No article says “hrbx”.", id="two slips in a short word"),
        pytest.param("1987", "No article says “1987”.", id="a number has no slips"),
        pytest.param("原発", "No article says “原発”.", id="characters that stand apart"),
        pytest.param("東京大学", "No article says “東京大学”.", id="a compound of which the half is there"),
    ],
)
def test_a_word_that_nothing_says_finds_nothing(spelling: Site, page: Page, query: str, told: str) -> None:
    page.goto(f"{spelling.url}?q={query}")
    expect(status(page)).to_contain_text(told)
    settled(page)
    expect(results(page)).to_have_count(0)
    rest = page.get_by_role("button", name="Search for “harbour”")
    expect(rest).to_have_count(1 if "harbour" in query else 0)


@pytest.mark.parametrize(
    "query", ["zarvon", "ferries", "ferry", "zursdorf", "ZÜRSDORF", "Zarvonistan’s", "sandby’s ferry"]
)
def test_what_is_there_in_some_form_is_no_slip(spelling: Site, page: Page, query: str) -> None:
    page.goto(spelling.url)
    ask(page, query)
    expect(status(page)).to_have_text(re.compile(r"^\d results?$"))


@pytest.mark.parametrize(
    ("query", "title", "marked"),
    [
        pytest.param("福島", "東京電力の社長が福島で会見", "福島", id="a word"),
        pytest.param("原子力", "東京電力の社長が福島で会見", "原子力", id="inside a Japanese compound"),
        pytest.param("処理水 港湾", "東京電力の社長が福島で会見", "処理水港湾", id="two words"),
        pytest.param("人民银行", "中国人民银行宣布降低利率", "人民银行", id="inside a Chinese compound"),
        pytest.param("员会", "中国人民银行宣布降低利率", "员会", id="across what a dictionary parts"),
        pytest.param("iphone的价格", "中国人民银行宣布降低利率", "iPhone的价格", id="beside Latin letters"),
        pytest.param("水", "東京電力の社長が福島で会見", "水", id="one character"),
    ],
)
def test_a_query_is_found_inside_a_compound(spelling: Site, page: Page, query: str, title: str, marked: str) -> None:
    page.goto(spelling.url)
    ask(page, query)
    found = page.locator(".results li", has_text=title).first
    assert found.get_by_role("link").inner_text() == title
    shown = "".join(found.locator(".excerpt mark").all_inner_texts())
    assert set(marked) <= set(shown) | set("".join(found.locator("a mark").all_inner_texts()))
    assert not re.search(r"\u200b|\u2e31|[\u3040-\u9fff] [\u3040-\u9fff]", found.inner_text().replace("。 ", "。"))


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        pytest.param("zarvonistan", "zarvonistan", id="by its name"),
        pytest.param("zarvonstan", "zarvonistan", id="by its name, misspelt"),
        pytest.param("harbour zarvonistan", "zarvonistan", id="among other words"),
        pytest.param("SANDBY", "sandby", id="in capitals"),
    ],
)
def test_a_topic_that_is_named_leads(spelling: Site, page: Page, query: str, slug: str) -> None:
    digest = json.loads((spelling.folder / "digest.json").read_text(encoding="utf-8"))
    assert slug in {topic["slug"] for topic in digest["topics"]}
    page.goto(spelling.url)
    ask(page, query)
    assert addresses(page, spelling)[0] == f"topics/{slug}/"


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [
        pytest.param("ferry", "ferry", 0, id="the same"),
        pytest.param("fery", "ferry", 1, id="left out"),
        pytest.param("ferrry", "ferry", 1, id="put in"),
        pytest.param("derry", "ferry", 1, id="changed"),
        pytest.param("feryr", "ferry", 1, id="exchanged with its neighbour"),
        pytest.param("efryr", "ferry", 2, id="two slips"),
        pytest.param("bridge", "ferry", 3, id="more than is counted"),
        pytest.param("", "ab", 2, id="nothing"),
        pytest.param("\U00010400x", "x", 1, id="a letter beyond the first plane"),
    ],
)
def test_slips_are_counted(spelling: Site, page: Page, one: str, other: str, far: int) -> None:
    page.goto(spelling.url)
    counted = "async ([one, other]) => (await import(location.href + 'assets/words.js')).distance(one, other, 2)"
    assert page.evaluate(counted, [one, other]) == page.evaluate(counted, [other, one]) == far


@pytest.mark.parametrize("word", ["Zürich", "O’Neill", "COVID-19", "Київ", "कीव", "x_y", "İzmir", "Straße", "ΣΊΣΥΦΟΣ"])
def test_words_are_compared_in_one_form_here_and_there(spelling: Site, page: Page, word: str) -> None:
    page.goto(spelling.url)
    there = "async (word) => (await import(location.href + 'assets/words.js')).key(word)"
    assert page.evaluate(there, word) == key(word)


def test_the_filters_count_what_stands_side_by_side(spelling: Site, page: Page) -> None:
    page.goto(spelling.url)
    ask(page, "人民银行")
    expect(status(page)).to_have_text("1 result")
    page.goto(f"{spelling.url}?q=东京银行")
    expect(status(page)).to_contain_text("No article says “东京银行”.")
