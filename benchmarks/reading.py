"""What a large site costs its readers: a first visit, and a first search on a phone's processor.

    python -m benchmarks DATA reading

``DATA`` is the folder of labelled data; 5,000 articles of its ``cluster/`` are the seed, with made-up sources and days,
since a site's filters grow with both. It takes Chromium. The baseline is the same pages under Material as it comes,
with the search that it has.
"""

from __future__ import annotations

import itertools
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, Response, sync_playwright

from benchmarks.corpora import rows
from benchmarks.cost import a_project, run
from benchmarks.table import Row
from tests.e2e.conftest import Site, chromium, serve

ARTICLES, SOURCES, DAYS = 5_000, 40, 1_000
FIRST_LOAD, FIRST_RESULT, SECONDS = 70.0, 250.0, 1.0
"""Kilobytes that a first visit and a first result may cost, and how long the latter may take."""

SLOWER = 4
"""How much slower than this machine the reader's is."""
QUERIES = ("ukraine", "election results", "interest rates")
_PATIENCE = 180_000  # milliseconds


@dataclass(frozen=True, slots=True)
class _Reader:
    """How one kind of site is searched."""

    name: str
    opens: str
    """The key that opens its search."""
    field: str
    result: str


OURS = _Reader("digestgen", "/", ".digest-finder input", ".digest-finder li a")
STOCK = _Reader("stock Material", "f", ".md-search__input", ".md-search-result__item a")

_STOCK = """\
site_name: Stock
site_url: https://example.github.io/digestgen/
theme:
  name: material
  custom_dir: stock_theme
  font: false
nav: [index.md, topics/index.md, articles/index.md, keyphrases/index.md, sources/index.md, more-stories.md]
markdown_extensions: [attr_list, toc]
plugins: [search]
"""


def measure(data: Path) -> list[Row]:
    """Weight of a first visit, and time and weight of a first result, beside stock Material's."""
    size = f"{ARTICLES:,} articles"
    with tempfile.TemporaryDirectory() as name:
        project = a_project(Path(name), _lines(data))
        build = run(sys.executable, "-m", "digestgen", "build", cwd=project)
        mkdocs = run(sys.executable, "-m", "mkdocs", "build", "--strict", cwd=project)
        (project / "stock.yml").write_text(_STOCK, encoding="utf-8")
        # What has moved asks for a template of our theme.
        (project / "stock_theme").mkdir()
        (project / "stock_theme" / "moved.html").write_text('{% extends "main.html" %}\n', encoding="utf-8")
        run(sys.executable, "-m", "mkdocs", "build", "--config-file", "stock.yml", "--site-dir", "stock", cwd=project)
        digest = json.loads((project / "docs" / "digest.json").read_text(encoding="utf-8"))
        topic = max(digest["topics"], key=lambda topic: len(topic["articles"]))
        pages = {"front page": "", "topic": f"topics/{topic['slug']}/", "article": _article(digest)}
        table = [
            Row("reading", size, "digestgen build", "CPU seconds", build.cpu),
            Row("reading", size, "digestgen build", "MB", build.megabytes),
            Row("reading", size, "mkdocs build and index", "CPU seconds", mkdocs.cpu),
            Row("reading", size, "mkdocs build and index", "MB", mkdocs.megabytes),
            Row("reading", size, "site", "pages", float(sum(1 for _ in (project / "site").rglob("*.html")))),
        ]
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
            for reader, folder in ((OURS, "site"), (STOCK, "stock")):
                with _served(project / folder) as site:
                    table += _figures(browser, site, reader, pages, size)
            browser.close()
    return table


def _lines(data: Path) -> list[str]:
    """JSON lines of articles from several sets, so that there is much to tell apart."""
    articles = itertools.chain.from_iterable(rows(data / "cluster", name) for name in ("bbc", "ng20", "allsides_story"))
    first = date(2024, 1, 1)
    return [
        json.dumps(
            {
                "id": article["id"],
                "title": article["title"],
                "text": article["text"],
                "source": f"Paper {number % SOURCES:02}",
                "published": (first + timedelta(days=number * 7 % DAYS)).isoformat(),
            }
        )
        + "\n"
        for number, article in enumerate(itertools.islice(articles, ARTICLES))
    ]


def _article(digest: dict[str, list[dict[str, object]]]) -> str:
    return f"articles/{max(digest['articles'], key=lambda article: len(str(article['summary'])))['slug']}/"


@contextmanager
def _served(folder: Path) -> Iterator[Site]:
    yield from serve(folder)


def _figures(browser: Browser, site: Site, reader: _Reader, pages: dict[str, str], size: str) -> Iterator[Row]:
    ours = reader is OURS

    def row(metric: str, value: float, limit: float) -> Row:
        return Row("reading", size, reader.name, metric, value, limit if ours else None, at_most=True)

    for kind, path in pages.items():
        page, loaded = _visit(browser, site, path)
        yield row(f"KB of a first visit: {kind}", _kilobytes(loaded), FIRST_LOAD)
        page.context.close()
    times, weights = [], []
    for query in QUERIES:
        page, loaded = _visit(browser, site, "", slower=SLOWER)
        if ours:
            loaded.clear()  # nothing of it was for the search; the other's index comes with every page
        began = time.monotonic()
        page.keyboard.press(reader.opens)
        page.locator(reader.field).fill(query)
        page.locator(reader.result).first.wait_for(timeout=_PATIENCE)
        times.append(time.monotonic() - began)
        page.wait_for_load_state("networkidle")
        weights.append(_kilobytes(loaded))
        page.context.close()
    yield row(f"s to a first result, CPU {SLOWER}x slower", max(times), SECONDS)
    yield row("KB of a first result", max(weights), FIRST_RESULT)


def _visit(browser: Browser, site: Site, path: str, slower: int = 1) -> tuple[Page, list[Response]]:
    """A page opened for the first time, and all that has come of it, which goes on growing."""
    page = browser.new_context().new_page()
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    loaded: list[Response] = []
    page.on("response", lambda response: loaded.append(response))  # noqa: PLW0108 -- it cannot mark a builtin
    page.goto(site.url + path, wait_until="load" if slower > 1 else "networkidle", timeout=_PATIENCE)
    return page, loaded


def _kilobytes(loaded: list[Response]) -> float:
    return sum(response.request.sizes()["responseBodySize"] for response in loaded) / 1000
