"""A real-size digest over six editions: every address that was ever published answers in the built site."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, expect

from digestgen import cli
from digestgen.curate.ledger.ledger import Ledger
from digestgen.curate.ledger.ledger_file import read_ledger
from newsroom import SUBJECTS, write
from remembering import studying_once

from .conftest import CANONICAL, SUBPATH, Site, build_with_zensical, make_project, serve
from .found import indexed

pytestmark = pytest.mark.e2e

DAY = 86_400
EACH = 19
"""Articles on each of the eight subjects in the first edition."""


@dataclass
class Project:
    folder: Path
    ledgers: list[Ledger] = field(default_factory=list)
    texts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Slug → the sentences of the article when it was last in the seeds."""

    def put(self, subject: str, *numbers: int) -> None:
        for number in numbers:
            written = write(subject, number, sentences=6)
            self.seed(subject, number).write_text(written.as_markdown(), encoding="utf-8")

    def seed(self, subject: str, number: int) -> Path:
        return self.folder / "seeds" / f"{subject}-{number}.md"

    def publish(self, patch: pytest.MonkeyPatch) -> Ledger:
        patch.setenv("SOURCE_DATE_EPOCH", str((20_000 + len(self.ledgers)) * DAY))
        seeds, docs = self.folder / "seeds", self.folder / "docs"
        assert cli.main(["build", "--seeds", str(seeds), "--docs", str(docs)]) == 0
        ledger = read_ledger((seeds / "permalinks.yml").read_text(encoding="utf-8"), "permalinks.yml")
        self.ledgers.append(ledger)
        for slug, link in ledger.articles.items():
            if link.live:
                text = (seeds / link.seed).read_text(encoding="utf-8").partition("\n")[2]
                self.texts[slug] = tuple(re.findall(r"[^.]+\.", text))
        return ledger

    def slug(self, subject: str, number: int) -> str:
        name = self.seed(subject, number).name
        return next(slug for slug, link in self.ledgers[-1].articles.items() if link.seed == name)

    def topic(self, subject: str) -> str:
        topic = self.ledgers[-1].articles[self.slug(subject, 0)].topic
        assert topic
        return topic


def replay(project: Project, patch: pytest.MonkeyPatch) -> None:
    seeds = project.folder / "seeds"
    for subject in SUBJECTS:
        project.put(subject, *range(EACH))
    (seeds / "digest.yml").write_text("publish: full\n", encoding="utf-8")
    project.publish(patch)

    # Articles are added, and one is edited.
    project.put("bees", *range(EACH, EACH + 3))
    edited = project.seed("bees", 0)
    edited.write_text(edited.read_text(encoding="utf-8").replace("Amina", "Aminata"), encoding="utf-8")
    project.publish(patch)

    # A merge and a new name, by ruling.
    rulings = [f"  {project.topic('rail')}:\n    merge: [{project.topic('satellite')}]\n    label: Rails and rockets"]
    articles: list[str] = []

    def rule() -> None:
        text = (
            "topics:\n" + "\n".join(rulings) + "\n" + ("articles:\n" + "\n".join(articles) + "\n" if articles else "")
        )
        (seeds / "curation.yml").write_text(text, encoding="utf-8")

    rule()
    project.publish(patch)

    # One seed goes, another becomes part of a third.
    articles.append(f"  {project.slug('opera', 1)}: {{hide: true}}")
    articles.append(f"  {project.slug('opera', 3)}: {{moved: {project.slug('opera', 4)}}}")
    for number in (1, 3):
        project.seed("opera", number).unlink()
    joined = project.seed("chess", 2).read_text(encoding="utf-8") + project.seed("chess", 3).read_text("utf-8")[2:]
    project.seed("chess", 3).unlink()
    project.seed("chess", 2).write_text(joined, encoding="utf-8")
    rule()
    project.publish(patch)

    # A topic is hidden, an article goes to another topic, a subject grows.
    rulings.append(f"  {project.topic('harbour')}:\n    hide: true")
    rulings.append(f"  {project.topic('volcano')}:\n    articles: {{add: [{project.slug('orchard', 5)}]}}")
    project.put("volcano", *range(EACH, EACH + 8))
    rule()
    project.publish(patch)

    # The merge is taken back, and a subject all but goes.
    del rulings[0]
    to = project.slug("opera", 4)
    articles += [f"  {project.slug('opera', number)}: {{moved: {to}}}" for number in range(5, EACH)]
    for number in range(5, EACH):
        project.seed("opera", number).unlink()
    rule()
    project.publish(patch)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = tmp_path_factory.mktemp("history")
    make_project(folder, {})
    project = Project(folder)
    with pytest.MonkeyPatch.context() as patch, studying_once():
        replay(project, patch)
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return project


@pytest.fixture(scope="module")
def history_site(project: Project) -> Iterator[Site]:
    yield from serve(project.folder / "site")


REFRESH = re.compile(r'<meta http-equiv="?refresh"? content="0; ?url=([^"]+)"', re.IGNORECASE)


def target_of(site: Path, path: str) -> str | None:
    """Where a page sends its readers, relative to the site; None if it does not."""
    found = REFRESH.search((site / path / "index.html").read_text(encoding="utf-8"))
    if found is None:
        return None
    return urljoin(f"https://host/{path}/", html.unescape(found[1])).removeprefix("https://host/").rstrip("/")


def test_every_address_ever_published_answers(project: Project) -> None:
    site = project.folder / "site"
    published = {
        f"{kind}/{slug}"
        for ledger in project.ledgers
        for kind, links in (("articles", ledger.articles), ("topics", ledger.topics))
        for slug, link in links.items()
        if link.first
    }
    assert len(published) > 8 * EACH
    ends: dict[str | None, int] = {}
    for path in sorted(published):
        page = (site / path / "index.html").read_text(encoding="utf-8")
        to = target_of(site, path)
        kind, _, slug = path.partition("/")
        link = getattr(project.ledgers[-1], kind)[slug]
        assert (to is None) == (link.live or link.withdrawn)
        assert ("has been withdrawn" in page) == link.withdrawn
        assert kind == "articles" or (site / path / "feed.xml").is_file()
        ends[to] = ends.get(to, 0) + 1
        if to is not None:
            page = (site / to / "index.html").read_text(encoding="utf-8")
            assert target_of(site, to) is None
            assert f'<link rel="canonical" href="{CANONICAL}{to}/">' in (site / path / "index.html").read_text("utf-8")
        decided = to == f"articles/{project.slug('opera', 4)}"
        if kind == "articles" and not link.withdrawn and not decided:
            shown = " ".join(html.unescape(re.sub(r"<[^>]+>", "", page)).split())
            held = [sentence for sentence in project.texts[slug] if " ".join(sentence.split()) in shown]
            assert len(held) > len(project.texts[slug]) / 3, path
    assert len(ends) > 2


def test_every_story_page_ever_published_answers(project: Project) -> None:
    told = {slug for ledger in project.ledgers for slug in ledger.stories}
    assert told
    assert told <= project.ledgers[-1].stories.keys()
    for slug in sorted(told):
        assert (project.folder / "site" / "stories" / slug / "index.html").is_file(), slug


def test_the_rulings_hold_and_the_ledger_is_small(project: Project) -> None:
    ledger = project.ledgers[-1]
    assert not ledger.topics[project.topic("satellite")].withdrawn
    assert project.ledgers[2].topics[project.topic("satellite")].to == project.topic("rail")
    assert ledger.articles[project.slug("orchard", 5)].topic == project.topic("volcano")
    hidden = [slug for slug, link in ledger.articles.items() if link.withdrawn]
    assert len(hidden) == EACH + 1
    text = (project.folder / "seeds" / "permalinks.yml").read_text(encoding="utf-8")
    assert sum(line.startswith("  - {") for line in text.splitlines()) == sum(
        len(links) for links in (ledger.articles, ledger.topics, ledger.stories)
    )


def test_former_addresses_are_neither_listed_nor_searched(project: Project) -> None:
    site = project.folder / "site"
    sitemap = (site / "sitemap.xml").read_text(encoding="utf-8")
    found = indexed(site)
    ledger = project.ledgers[-1]
    for kind, links in (("articles", ledger.articles), ("topics", ledger.topics)):
        for slug, link in links.items():
            if link.first:
                assert (f"{CANONICAL}{kind}/{slug}/</loc>" in sitemap) == link.live
            assert (f"{kind}/{slug}/" in found) == link.live


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_browser_is_sent_on(history_site: Site, project: Project, browser: Browser, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    ledger = project.ledgers[-1]
    gone = next(link for link in ledger.articles.values() if link.to)
    withdrawn = next(link.slug for link in ledger.topics.values() if link.withdrawn)
    for name in (f"articles/{gone.slug}", f"topics/{withdrawn}"):
        text = (history_site.folder / name / "index.html").read_text(encoding="utf-8")
        assert text.index("default-src 'none'") < text.index('<meta name="viewport"')
        assert '<meta name="robots" content="noindex">' in text
        assert re.search('<meta name="description" content="(This page has moved|What was published here)', text)
    page.goto(f"{history_site.url}articles/{gone.slug}/")
    page.wait_for_url(f"**{SUBPATH}articles/{gone.to}/")
    page.goto(f"{history_site.url}topics/{withdrawn}/")
    assert page.locator("h1").inner_text() == "Withdrawn"
    assert withdrawn not in page.locator("main").inner_text()
    page.get_by_role("link", name="All articles").click()
    expect(page).to_have_url(f"{history_site.url}articles/")
    context.close()


def test_zensical_sends_on_too(project: Project) -> None:
    folder = project.folder
    site = folder / "site"
    gone = [f"articles/{slug}" for slug, link in project.ledgers[-1].articles.items() if link.to]
    expected = [target_of(site, path) for path in gone]
    sitemap = (site / "sitemap.xml").read_text(encoding="utf-8")
    shutil.move(site, folder / "by-mkdocs")
    try:
        build_with_zensical(folder)
        assert [target_of(site, path) for path in gone] == expected
        assert set(re.findall("<loc>.*?</loc>", (site / "sitemap.xml").read_text("utf-8"))) == set(
            re.findall("<loc>.*?</loc>", sitemap)
        )
    finally:
        shutil.rmtree(site, ignore_errors=True)
        shutil.move(folder / "by-mkdocs", site)
