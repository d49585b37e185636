"""What is audited: the site of the project's own seeds, and a made-up one that has every kind of page; and with what.

Node, Java and Chromium are for development only. Where one is missing, the audits that need it are skipped and say so;
in CI they fail.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from command import digestgen
from e2e.conftest import Site, browser, made_once, make_project, serve, site

from .made_up import DAY, first_edition, second_edition

__all__ = ["browser", "site"]

OLDEST_NODE = (20, 19)
MODULES = Path(__file__).parent / "node_modules"
KIND = re.compile(r'class="[^"]*\bdigest--([\w-]+)')


def run(command: list[str | Path], cwd: Path, day: int = 1, *, fails: bool = False) -> str:
    """What a command says, on a day of the made-up site."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(day * DAY)}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert fails or done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def missing(what: str) -> None:
    """Skip a test; in CI, fail it."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def node() -> str:
    """Node, with its packages beside it."""
    found = shutil.which("node")
    if found is None:
        missing("Node is not installed: no Lighthouse, axe and html-validate")
    version = run([found or "node", "--version"], MODULES.parent).strip().removeprefix("v")
    if tuple(map(int, version.split("."))) < OLDEST_NODE:
        missing(f"Node {version} is too old: no Lighthouse, axe, html-validate and vnu")
    if not MODULES.is_dir():
        missing("audits/node_modules is missing (make audit installs it): no Lighthouse, axe, html-validate and vnu")
    return str(found)


@pytest.fixture(scope="session")
def java(node: str) -> str:  # noqa: ARG001 -- vnu comes as a package of Node's
    found = shutil.which("java")
    if found is None:
        missing("Java is not installed: no vnu")
    return str(found)


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up project after its second edition."""

    def make(folder: Path) -> None:
        make_project(folder, first_edition())
        ask("build", folder, day=1)
        second_edition(folder / "seeds")
        ask("site", folder, day=2)

    return made_once(tmp_path_factory, "made-up", make)


def ask(command: str, folder: Path, day: int) -> None:
    done = digestgen(*command.split(), cwd=folder, epoch=day * DAY)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def made_up(project: Path) -> Iterator[Site]:
    yield from serve(project / "site")


PREVIEW = """
import sys
from mkdocs.commands.build import build
from mkdocs.config import load_config
config = load_config(site_dir=sys.argv[1], strict=True)
config.plugins.on_startup(command="serve", dirty=False)
build(config)
"""


@pytest.fixture(scope="session")
def preview(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The made-up site as ``make serve`` shows it, with its review page."""

    def make(folder: Path) -> None:
        shutil.copytree(project, folder)  # others look at it meanwhile
        run([sys.executable, "-c", PREVIEW, folder / "preview"], folder, day=3)

    yield from serve(made_once(tmp_path_factory, "previewed", make) / "preview")


@pytest.fixture(scope="session")
def mail(project: Path) -> Path:
    """What is new in the second edition, as a mail."""
    ask("edition --since 1970-01-01", project, day=2)
    (written,) = (project / "edition").glob("*.html")
    return written


def kind_of(html: str) -> str:
    found = KIND.search(html)
    return found[1] if found else "moved"


class _Outline(HTMLParser):
    """The ways in which a page's elements stand in each other, with their classes, attributes and our own anchors."""

    VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "path", "circle"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: set[tuple[str, ...]] = set()
        self._open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        anchor = re.sub(r"\d+", "", given.get("id") or "")
        element = f"{tag}.{given.get('class') or ''}{'#' + anchor if anchor.startswith('_') else ''}"
        self.found.add((*self._open[-1:], element, *sorted(given)))
        if tag not in self.VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID and self._open:
            self._open.pop()


def telling_pages(site: Site) -> list[str]:
    """A few pages that show, between them, whatever stands in whatever on any page of each kind."""
    outlines = {}
    for path in site.pages():
        html = (site.folder / path / "index.html").read_text(encoding="utf-8")
        kind = kind_of(html)
        outlines[path] = {(kind, *element) for element in _Outline(html).found}
    chosen: list[str] = []
    shown: set[tuple[str, ...]] = set()
    while True:
        best = max(outlines, key=lambda path: len(outlines[path] - shown))  # the first of equals
        if outlines[best] <= shown:
            return chosen
        shown |= outlines[best]
        chosen.append(best)
