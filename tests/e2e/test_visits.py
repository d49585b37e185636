"""Since you were here: what a reader who comes back is told, from what their own browser remembers."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from command import digestgen
from newsroom import write

from .conftest import SUBPATH, Site, make_project, serve, visit
from .test_policy import REPORT

pytestmark = pytest.mark.e2e

KEY = f"digest-visits:{SUBPATH}"
DAYS = ("2026-11-01", "2026-11-08", "2026-11-15")
EPOCHS = (1_793_534_400, 1_794_139_200, 1_794_744_000)
"""Noon of each day."""
LIGHT = 6_000
"""Bytes of the script, as it is sent."""
HOSTILE = '"><img src=x onerror="window.pwned = 1"><script>window.pwned = 1</script>'


def put(folder: Path, number: int) -> None:
    """The seeds of an edition."""
    articles = (
        [("chess", 0, 6), ("harbour", 0, 6)],
        [("chess", 6, 8)],
        [("chess", 8, 9), ("harbour", 6, 8)],
    )[number]
    for subject, start, end in articles:
        for index in range(start, end):
            text = write(subject, index, sentences=6).as_markdown()
            (folder / "seeds" / f"{subject}-{index}.md").write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of three editions."""
    folder = tmp_path_factory.mktemp("grown")
    make_project(folder, {})
    for number, epoch in enumerate(EPOCHS):
        put(folder, number)
        done = digestgen("site" if number == len(EPOCHS) - 1 else "build", cwd=folder, epoch=epoch)
        assert done.returncode == 0, done.stderr
    yield from serve(folder / "site")


@contextmanager
def reader(browser: Browser, site: Site, kept: object = None, **options: object) -> Iterator[BrowserContext]:
    """A browser that remembers this of earlier visits; any error in a page fails the test."""
    text = kept if isinstance(kept, str) else json.dumps(kept)
    stored = [] if kept is None else [{"name": KEY, "value": text}]
    origin = site.url.removesuffix(SUBPATH)
    state = {"cookies": [], "origins": [{"origin": origin, "localStorage": stored}]}
    troubles: list[str] = []
    context = browser.new_context(storage_state=state, **options)
    context.add_init_script(REPORT)
    context.on("weberror", lambda error: troubles.append(str(error.error)))
    context.on("console", lambda told: troubles.append(told.text) if told.type == "error" else None)
    yield context
    context.close()
    assert troubles == []


def memory(seen: str = "", read: tuple[str, ...] = (), topics: tuple[tuple[str, str], ...] = ()) -> dict[str, object]:
    return {"version": 1, "seen": seen, "read": [*read], "topics": [[*topic] for topic in topics]}


def kept(page: Page) -> dict[str, object] | None:
    return page.evaluate("key => JSON.parse(localStorage.getItem(key))", KEY)


def strip(page: Page) -> Locator:
    return page.get_by_role("region", name="Since you were here")


def digest_of(site: Site) -> dict[str, list[dict[str, str]]]:
    return json.loads((site.folder / "digest.json").read_text(encoding="utf-8"))


def topic_of(site: Site, subject: str) -> tuple[str, str]:
    """Slug and label of the topic of a subject."""
    digest = digest_of(site)
    slugs = [each["topic"] for each in digest["articles"] if each["seed"].startswith(subject) and each["topic"]]
    slug = max(slugs, key=slugs.count)
    return slug, next(topic["label"] for topic in digest["topics"] if topic["slug"] == slug)


def new_in(site: Site, slug: str) -> int:
    return sum(each["topic"] == slug and each["edition"] == DAYS[-1] for each in digest_of(site)["articles"])


def test_the_script_is_light(grown: Site) -> None:
    script = (grown.folder / "assets" / "visits.js").read_bytes()
    assert len(gzip.compress(script, mtime=0)) < LIGHT


def test_a_first_visit_is_told_nothing_loads_nothing_and_is_remembered_when_it_ends(
    grown: Site, browser: Browser
) -> None:
    asked: list[str] = []
    with reader(browser, grown) as context:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        visit(page, grown.url)
        expect(strip(page)).to_have_count(0)
        assert grown.url + "editions/index.json" not in asked
        page.goto(grown.url + "topics/")
        assert kept(page) == memory(DAYS[-1])
        page.goto(grown.url)
        expect(page.locator("#_end")).to_be_attached()
        expect(strip(page)).to_have_count(0)
        state = context.storage_state()
    later = browser.new_context(storage_state=state)
    page = later.new_page()
    page.goto(grown.url)
    expect(strip(page)).to_have_text("Nothing new since you were here.")
    later.close()


def test_the_end_of_the_edition_is_the_end_of_the_visit(grown: Site, browser: Browser) -> None:
    with reader(browser, grown, viewport={"width": 390, "height": 300}) as context:
        page = context.new_page()
        visit(page, grown.url)
        assert kept(page) is None
        page.locator("#_end").scroll_into_view_if_needed()
        page.wait_for_function("key => localStorage.getItem(key)", arg=KEY)
        assert kept(page) == memory(DAYS[-1])


@pytest.mark.parametrize(
    ("seen", "told", "days"),
    [
        (DAYS[0], "Since you were here on 1 November 2026: 2 editions, 5 new articles · ", DAYS[:0:-1]),
        (DAYS[1], "Since you were here on 8 November 2026: 1 edition, 3 new articles · ", DAYS[2:]),
        ("2026-10-01", "Since you were here on 1 October 2026: 3 editions, 17 new articles · ", DAYS[::-1]),
    ],
    ids=["two editions", "one edition", "before the first"],
)
def test_what_came_since_the_last_visit(
    grown: Site, browser: Browser, seen: str, told: str, days: tuple[str, ...]
) -> None:
    with reader(browser, grown, memory(seen)) as context:
        page = context.new_page()
        page.goto(grown.url)
        expect(strip(page)).to_contain_text(told)
        found = strip(page).get_by_role("link")
        assert [link.evaluate("link => link.href") for link in found.all()] == [
            f"{grown.url}editions/{day}/" for day in days
        ]
        found.first.click()
        expect(page.locator("h1")).to_have_text("Edition of 15 November 2026")
        page.go_back()
        expect(strip(page)).to_contain_text(told)  # still the same visit
        page.goto(grown.url)
        expect(strip(page)).to_contain_text(told)
        assert kept(page) == memory(DAYS[-1])
        assert page.evaluate("window.violations") == []


def test_a_later_edition_is_news_in_the_same_tab_too(grown: Site, browser: Browser) -> None:
    with reader(browser, grown, memory(DAYS[1])) as context:
        page = context.new_page()
        page.goto(grown.url + "about/")
        page.evaluate("([key, days]) => sessionStorage.setItem(key, JSON.stringify(days))", [KEY, [DAYS[1], DAYS[0]]])
        page.goto(grown.url)
        expect(strip(page)).to_contain_text("Since you were here on 8 November 2026: 1 edition, 3 new articles · ")


def test_without_the_list_of_editions_it_says_less(grown: Site, browser: Browser) -> None:
    slug, label = topic_of(grown, "chess")
    context = browser.new_context()
    context.route("**/editions/index.json", lambda route: route.abort())
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(grown.url + "about/")
    page.evaluate(
        "([key, kept]) => localStorage.setItem(key, kept)", [KEY, json.dumps(memory(DAYS[0], (), ((slug, label),)))]
    )
    visit(page, grown.url)
    expect(strip(page)).to_have_text(f"Since you were here on 1 November 2026: All editionsYou follow: {label}")
    assert errors == []
    context.close()


def test_articles_that_were_read_are_marked_on_every_list(grown: Site, browser: Browser) -> None:
    with reader(browser, grown) as context:
        page = context.new_page()
        page.goto(grown.url + "articles/")
        expect(page.locator(".digest-read")).to_have_count(0)
        title = page.locator("article li > a").first.inner_text()
        link = page.get_by_role("link", name=title, exact=True)
        link.click()
        expect(page.locator("h1")).to_have_text(title)
        page.wait_for_load_state()  # by then the page has noted that it was opened
        address = page.url
        page.go_back()
        expect(page.get_by_role("link", name=f"{title} (read)", exact=True)).to_have_class("digest-read")
        expect(page.locator(".digest-read")).to_have_count(1)
        slug = address.removeprefix(grown.url + "articles/").strip("/")
        assert kept(page)["read"] == [slug]
        topic = next(each["topic"] for each in digest_of(grown)["articles"] if each["slug"] == slug)
        page.goto(f"{grown.url}topics/{topic}/")  # which names it unless it names the page of its story
        assert {link.evaluate("link => link.href") for link in page.locator(".digest-read").all()} <= {address}
        assert page.locator("blockquote .digest-read").count() == 0, "the mark of a citation is no title"
        page.goto(f"{grown.url}?q={quote(title)}")
        found = page.locator(".digest-finder .results")
        expect(found.get_by_role("link", name=f"{title} (read)", exact=True)).to_have_class("digest-read")
        expect(found.locator(".digest-read")).to_have_count(1)


def test_only_the_latest_reads_are_remembered(grown: Site, browser: Browser) -> None:
    many = tuple(f"old-{number}" for number in range(3000))
    slug = digest_of(grown)["articles"][0]["slug"]
    with reader(browser, grown, memory(read=(slug, *many))) as context:
        page = context.new_page()
        page.goto(f"{grown.url}articles/{slug}/")
        read = kept(page)["read"]
        assert read == [*many[-1999:], slug]


def test_a_topic_is_followed_by_keyboard_and_leads_the_front_page(grown: Site, browser: Browser) -> None:
    harbour, chess = topic_of(grown, "harbour"), topic_of(grown, "chess")
    assert new_in(grown, harbour[0]) == 2
    with reader(browser, grown, memory(topics=(chess,))) as context:
        page = context.new_page()
        page.goto(f"{grown.url}topics/{harbour[0]}/")
        button = page.get_by_role("button", name="Follow", exact=True)
        expect(button).to_have_attribute("aria-pressed", "false")
        button.focus()
        page.keyboard.press("Enter")
        expect(button).to_have_attribute("aria-pressed", "true")
        expect(button).to_be_focused()
        assert kept(page)["topics"] == [[*chess], [*harbour]]
        page.goto(grown.url)
        told = f"You follow: {harbour[1]} 2 new · {chess[1]} {new_in(grown, chess[0])} new"
        expect(strip(page)).to_have_text(told)
        strip(page).get_by_role("link", name=harbour[1]).click()
        button = page.get_by_role("button", name="Follow", exact=True)
        expect(button).to_have_attribute("aria-pressed", "true")
        page.keyboard.press("Tab")
        button.press("Space")
        expect(button).to_have_attribute("aria-pressed", "false")
        page.go_back()
        expect(strip(page)).to_contain_text(f"You follow: {chess[1]}")
        expect(strip(page)).not_to_contain_text(harbour[1])


def test_a_page_that_comes_back_as_it_was_left_is_brought_up_to_date(grown: Site, browser: Browser) -> None:
    chess = topic_of(grown, "chess")
    slug = digest_of(grown)["articles"][0]["slug"]
    with reader(browser, grown, memory(topics=(chess,))) as context:
        page = context.new_page()
        back = """kept => {
            localStorage.setItem(kept[0], kept[1]);
            dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
        }"""
        page.goto(grown.url)
        expect(strip(page)).to_contain_text(f"You follow: {chess[1]}")
        page.evaluate(back, [KEY, json.dumps(memory())])
        expect(strip(page)).to_have_count(0)
        page.goto(grown.url + "articles/")
        for read, marks in (((slug,), 1), ((slug,), 1), ((), 0)):
            page.evaluate(back, [KEY, json.dumps(memory(read=read))])
            expect(page.locator(".digest-read")).to_have_count(marks)
            expect(page.locator("article .digest-unseen")).to_have_count(marks)


def test_a_topic_without_news_says_so(grown: Site, browser: Browser) -> None:
    with reader(browser, grown, memory(DAYS[2], (), (("quiet", "Quiet"),))) as context:
        page = context.new_page()
        page.goto(grown.url)
        expect(strip(page)).to_have_text("Nothing new since you were here.You follow: Quiet 0 new")


@pytest.mark.parametrize("path", ["about/", "subscribe/"])
def test_what_is_remembered_can_be_seen_and_forgotten(grown: Site, browser: Browser, path: str) -> None:
    harbour, chess = topic_of(grown, "harbour"), topic_of(grown, "chess")
    with reader(browser, grown, memory(DAYS[1], ("one", "two"), (harbour, chess))) as context:
        page = context.new_page()
        page.goto(grown.url + path)
        told = page.locator(".digest-memory")
        expect(told).to_contain_text(
            "The edition that you saw last (8 November 2026), 2 articles that you opened, 2 topics"
        )
        page.get_by_role("button", name=f"Unfollow {harbour[1]}").press("Enter")
        assert kept(page)["topics"] == [[*chess]]
        expect(page.get_by_role("button", name=f"Unfollow {chess[1]}")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Forget what this device remembers")).to_be_focused()
        page.keyboard.press("Enter")
        expect(told).to_have_text("This device remembers nothing of your visits now.")
        assert kept(page) is None
        page.reload()
        expect(page.locator("h1")).to_be_visible()
        expect(told).to_have_count(0)


STRANGERS = {
    "no JSON": "{",
    "nothing": "null",
    "a number": "7",
    "another version": json.dumps({**memory(DAYS[0]), "version": 2}),
    "other kinds": json.dumps({"version": 1, "seen": {}, "read": 3, "topics": {"a": 1}}),
    "kinds within": json.dumps(
        {"version": 1, "seen": [1], "read": [None, {}, 1], "topics": [None, 1, [1, 2], [[], {}]]}
    ),
    "no day": json.dumps(memory("2026-13-45")),
    "a day in markup": json.dumps(memory(HOSTILE)),
    "addresses": json.dumps(memory("", ("../..", "//elsewhere.example"), (("javascript:x", "X"), ("../x", "Y")))),
}


@pytest.mark.parametrize("value", STRANGERS.values(), ids=STRANGERS)
def test_what_somebody_else_wrote_is_as_if_nothing_were_there(grown: Site, browser: Browser, value: str) -> None:
    with reader(browser, grown, value) as context:
        page = context.new_page()
        page.add_init_script("sessionStorage.setItem(location.pathname, '{')")
        for path in ("about/", f"topics/{topic_of(grown, 'chess')[0]}/", "articles/", ""):
            visit(page, grown.url + path)
            expect(page.locator(".digest-visits, .digest-memory, .digest-read")).to_have_count(0)
            assert page.evaluate("window.pwned") is None


def test_a_label_is_text_whatever_it_says(grown: Site, browser: Browser) -> None:
    with reader(browser, grown, memory("9999-01-01", (), (("chess", HOSTILE * 50),))) as context:
        page = context.new_page()
        visit(page, grown.url)
        expect(strip(page).get_by_role("link")).to_have_text((HOSTILE * 50)[:200])
        expect(strip(page)).to_contain_text("Nothing new since you were here.")
        assert page.locator(".digest-visits :is(img, script)").count() == 0
        page.goto(grown.url + "about/")
        assert kept(page)["seen"] == DAYS[-1], "a day that has not come does not stay"
        assert page.locator(".digest-memory :is(img, script)").count() == 0
        assert page.evaluate("window.pwned") is None


BROKEN = {
    "no storage": "Object.defineProperty(window, '{}', {{ get() {{ throw new DOMException('', 'SecurityError') }} }})",
    "no storage at all": "Object.defineProperty(window, '{}', {{ get: () => null }})",
    "full": "Storage.prototype.setItem = () => {{ throw new DOMException('{}', 'QuotaExceededError') }}",
}


@pytest.mark.parametrize("script", BROKEN.values(), ids=BROKEN)
def test_where_nothing_can_be_kept_the_page_stays_as_it_is(grown: Site, browser: Browser, script: str) -> None:
    with reader(browser, grown) as context:
        for storage in ("localStorage", "sessionStorage"):
            context.add_init_script(script.format(storage))
        page = context.new_page()
        slug, _ = topic_of(grown, "chess")
        article = digest_of(grown)["articles"][0]["slug"]
        for path in ("", f"articles/{article}/", "articles/", "about/", f"topics/{slug}/"):
            visit(page, grown.url + path)
            expect(page.locator(".digest-visits, .digest-memory, .digest-read")).to_have_count(0)
        button = page.locator(".digest-follow")
        if button.count():
            button.click()
            expect(button).to_be_disabled()
            expect(button).to_have_text("This browser keeps nothing")


def test_nothing_that_is_remembered_leaves_the_browser(grown: Site, browser: Browser) -> None:
    asked: list[tuple[str, str, str | None]] = []
    harbour = topic_of(grown, "harbour")
    with reader(browser, grown, memory(DAYS[0], ("secret-read",), (harbour, ("secret-topic", "Secret")))) as context:
        context.on("request", lambda request: asked.append((request.method, request.url, request.post_data)))
        page = context.new_page()
        for path in ("", "about/", "articles/", "map/", f"topics/{harbour[0]}/"):
            visit(page, grown.url + path)
    assert grown.url + "editions/index.json" in [url for _, url, _ in asked]
    assert {method for method, _, _ in asked} == {"GET"}
    assert [url for _, url, sent in asked if sent or "secret" in url or not url.startswith(grown.url)] == []


def test_paper_and_readers_without_javascript_see_the_edition_alone(grown: Site, browser: Browser) -> None:
    with reader(browser, grown, memory(DAYS[0])) as context:
        page = context.new_page()
        page.goto(grown.url)
        expect(strip(page)).to_be_visible()
        page.emulate_media(media="print")
        expect(page.locator(".digest-visits")).to_be_hidden()
    with reader(browser, grown, memory(DAYS[0]), java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(grown.url)
        expect(page.locator("#_end")).to_be_visible()
        expect(page.locator(".digest-visits")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_it_fits_on_a_phone(grown: Site, browser: Browser, width: int) -> None:
    topics = tuple((f"topic-{number}", f"A topic with a long name {'of names ' * 6}{number}") for number in range(30))
    with reader(browser, grown, memory(DAYS[0], (), topics), viewport={"width": width, "height": 800}) as context:
        page = context.new_page()
        for path in ("", "about/"):
            visit(page, grown.url + path)
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, path
