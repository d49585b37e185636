"""What a page may load and run: the policy that it carries, and that a real browser holds it to that."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from .conftest import Site, visit
from .test_browser import one_of_each, opened

pytestmark = pytest.mark.e2e

POLICY = "Content-Security-Policy"
ALLOWED = re.compile(r"'none'|'self'|'wasm-unsafe-eval'|'sha256-[\w+/]{43}='|data:")
REPORT = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
});
"""


class Head(HTMLParser):
    """What of a built page its policy is about."""

    def __init__(self, path: Path) -> None:
        super().__init__(convert_charrefs=True)
        self.order: list[str] = []
        """What stands in it, from the start."""
        self.policies: list[str] = []
        self.scripts: list[str] = []
        self.styled: list[str] = []
        self._script: str | None = None
        self.feed(path.read_text(encoding="utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.order.append(given.get("http-equiv") or ("charset" if "charset" in given else tag))
        if given.get("http-equiv") == POLICY:
            self.policies.append(given["content"])
        data = given.get("type", "").endswith("json")
        if tag == "script" and "src" not in given and not data:
            self._script = ""
        if tag == "style" or any(name == "style" or name.startswith("on") for name in given):
            self.styled.append(self.get_starttag_text() or "")

    def handle_data(self, data: str) -> None:
        if self._script is not None:
            self._script += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._script is not None:
            self.scripts.append(self._script)
            self._script = None


def hashed(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


@pytest.mark.parametrize("which", ["site", "hostile_site"])
def test_every_page_carries_the_policy(request: pytest.FixtureRequest, which: str) -> None:
    built: Site = request.getfixturevalue(which)
    found = {path: Head(path) for path in sorted(built.folder.rglob("*.html"))}
    assert built.folder / "404.html" in found
    pages = {built.folder, *(built.folder / page for page in built.pages(moved=False))}
    assert len({head.policies[0] for head in found.values()}) == 1
    for path, head in found.items():
        assert head.order[:4] == ["html", "head", "charset", POLICY], path
        (policy,) = head.policies
        directives = {words[0]: words[1:] for words in map(str.split, policy.split(";"))}
        assert directives["default-src"] == ["'none'"]
        assert all(ALLOWED.fullmatch(word) for words in directives.values() for word in words), policy
        assert "data:" not in directives["script-src"]
        hashes = [word for word in directives["script-src"] if word.startswith("'sha256-")]
        # A page that only leads to another has no script.
        wanted = hashes if path.parent in pages else []
        assert [hashed(script) for script in head.scripts] == wanted, "theme/partials/policy.html must name this hash"
        assert head.styled == [], path


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_no_page_needs_more_than_it_may(site: Site, browser: Browser, scheme: str, width: int) -> None:
    troubles: list[str] = []
    with opened(browser, width, scheme) as context:
        context.add_init_script(REPORT)
        page = context.new_page()
        page.on("console", lambda message: troubles.append(f"{page.url} {message.type} {message.text}"))
        page.on("pageerror", lambda error: troubles.append(f"{page.url} {error}"))
        for path in (*one_of_each(site), "subscribe/", "method/", "curating/", "publishing/"):
            visit(page, site.url + path)
            page.get_by_role("button", name="switch to").click()
            page.keyboard.press("/")
            page.keyboard.type("Ukraine")
            expect(page.get_by_role("dialog").get_by_role("listitem").first).to_be_visible()
            expect(page.locator(".digest-finder .results")).to_have_attribute("aria-busy", "false")
            assert page.evaluate("window.violations") == [], path
    assert troubles == []


INJECTED = {
    "a script": "<script>window.pwned = 1</script>",
    "a handler": "<img src='data:,' onerror='window.pwned = 1'>",
    "a script's address": "<script src='data:text/javascript,window.pwned = 1'></script>",
    "another site's script": "<script src='https://elsewhere.example/pwned.js'></script>",
    "a style": "<style>h1 { position: fixed }</style>",
    "an attribute of style": "<p style='position: fixed'>Here</p>",
    "another site's image": "<img src='https://elsewhere.example/seen.png'>",
    "a frame": "<iframe srcdoc='<script>parent.pwned = 1</script>'></iframe>",
    "another site's frame": "<iframe src='https://elsewhere.example/'></iframe>",
    "a base": "<base href='https://elsewhere.example/'>",
    "an object": "<object data='data:text/html,here'></object>",
}


@pytest.mark.parametrize("injected", INJECTED.values(), ids=INJECTED)
def test_what_gets_into_a_page_does_not_run(site: Site, browser: Browser, injected: str) -> None:
    left: list[str] = []

    def with_injection(route: Route) -> None:
        text = (site.folder / "about" / "index.html").read_text(encoding="utf-8")
        route.fulfill(body=text.replace("<article", injected + "<article", 1), content_type="text/html; charset=utf-8")

    def note(route: Route) -> None:
        left.append(route.request.url)
        route.abort()

    with opened(browser) as context:
        context.add_init_script(REPORT)
        context.route("https://elsewhere.example/**", note)
        page = context.new_page()
        page.route("**/about/", with_injection)
        visit(page, site.url + "about/")
        assert page.evaluate("window.pwned") is None
        assert page.evaluate("window.violations.length") > 0 or "srcdoc" in injected
        assert page.locator("h1").evaluate("heading => getComputedStyle(heading).position") == "static"
        assert left == []


def test_a_form_sends_nothing_away(site: Site, browser: Browser) -> None:
    with opened(browser) as context:
        page = context.new_page()
        page.goto(site.url + "about/")
        held = page.evaluate("""() => new Promise((resolve) => {
            document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective));
            document.querySelector("article").innerHTML = "<form action='https://elsewhere.example/'><button>Go</button>";
            document.querySelector("article button").click();
        })""")
        assert held == "form-action"
        assert page.url == site.url + "about/"


def scheme_of(page: Page) -> str | None:
    return page.locator("body").get_attribute("data-md-color-scheme")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_colours_are_there_before_anything_is_painted(site: Site, browser: Browser, scheme: str) -> None:
    """Nothing that is loaded later has a hand in them."""
    with opened(browser, scheme=scheme) as context:
        page = context.new_page()
        page.route("**/*.js", lambda route: route.abort())
        page.goto(site.url)
        assert scheme_of(page) == ("slate" if scheme == "dark" else "default")
        page.emulate_media(color_scheme="light" if scheme == "dark" else "dark")
        expect(page.locator("body")).to_have_attribute(
            "data-md-color-scheme", "default" if scheme == "dark" else "slate"
        )


def test_the_switch_works_by_keyboard_and_colours_the_browser_too(site: Site, browser: Browser) -> None:
    with opened(browser) as context:
        page = context.new_page()
        page.goto(site.url + "topics/")
        page.get_by_title("switch to light").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Space")
        expect(page.get_by_title("switch to those of your system")).to_be_focused()
        assert scheme_of(page) == "slate"
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert page.locator("meta[name=theme-color]").get_attribute("content") == paper
        assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
        page.keyboard.press("Enter")
        assert scheme_of(page) == "default"
        page.goto(site.url + "articles/gone/")
        page.get_by_title("switch to light").click()
        page.get_by_title("switch to dark").click()
        page.goto(site.url)
        assert scheme_of(page) == "slate"
        page.go_back()
        page.get_by_title("switch to those of your system").click()
        page.go_forward()
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")


def test_the_switch_works_where_nothing_can_be_kept(site: Site, browser: Browser) -> None:
    troubles: list[str] = []
    with opened(browser) as context:
        context.add_init_script(
            "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError') } })"
        )
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(site.url)
        page.get_by_title("switch to light").click()
        page.get_by_title("switch to dark").click()
        assert scheme_of(page) == "slate"
    assert troubles == []


def test_every_kind_of_page_reads_without_javascript(site: Site, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for path in (*one_of_each(site), "subscribe/", "articles/gone/"):
        page.goto(site.url + path)
        expect(page.locator("h1")).to_be_visible()
        assert page.locator("main a:visible").count() > 2, path
        dead = page.locator("button, input, select, label[for], [role=button], [tabindex]")
        assert [control for control in dead.all() if control.is_visible()] == [], path
    context.close()
