"""Real sites, built by the command line, served under a subpath, opened in a real Chromium."""

from __future__ import annotations

import fcntl
import gzip
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

from command import digestgen
from digestgen.site.defaults import PAGES

SAMPLE = Path(__file__).resolve().parents[1] / "cases" / "user" / "seeds"
TITLE = "The Seed Digest"
SUBPATH = "/digestgen/"
CANONICAL = f"https://example.github.io{SUBPATH}"
CONFIG = f"""\
site_name: {TITLE}
site_url: {CANONICAL}
theme: digestgen
plugins: [digestgen]
"""

PACKED = ("javascript", "json", "wasm", "xml", "svg+xml")
"""What else than text is sent compressed."""

HOSTILE = {
    "dump.md": """\
---
title: '<script>window.pwned = 1</script> & <img src=x onerror="window.pwned = 1"> [x](javascript:window.pwned=1)'
source: '"><script>window.pwned = 1</script>'
url: https://example.org/"onmouseover="window.pwned=1
---
<img src=x onerror="window.pwned = 1"> The troops of North Korea are in Kursk, officials in Seoul said on Monday.

{: onclick="window.pwned = 1" } The troops of North Korea have come to Kursk by train, the officials in Seoul said.

[click](javascript:window.pwned=1) <svg/onload="window.pwned = 1"> {{ config }} {% include "x" %}
""",
    "lines.jsonl": "\n".join(
        json.dumps(line)
        for line in (
            {
                "title": "</title><script>window.pwned = 1</script>",
                "text": "<script>window.pwned = 1</script> Troops of North Korea are in Kursk. Seoul has said so.",
                "source": "\u202eA",
                "published": "2026-10-31",
            },
            {"title": "Unbreakable" * 20, "text": "Endless" * 60 + " word.", "source": "W" * 200},
            {
                "title": "# *Bold* | `code` <b>",
                "text": "Troops of North Korea in Kursk worry officials in Seoul.",
                "url": "https://example.org/?a=1&copy=2#<script>",
                "published": "2026-11-22",
            },
        )
    ),
}


def make_project(folder: Path, seeds: dict[str, str] | None) -> None:
    """Lay out a project in ``folder`` with the given seeds, or the sample's."""
    folder.mkdir(exist_ok=True)
    (folder / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    if seeds is None:
        shutil.copytree(SAMPLE, folder / "seeds")
    else:
        (folder / "seeds").mkdir()
        for name, text in seeds.items():
            (folder / "seeds" / name).write_text(text, encoding="utf-8")


def build_with_zensical(folder: Path) -> None:
    """What another builder makes of the pages of a project, which knows our theme and not our plugin."""
    for page in PAGES.iterdir():
        if not (folder / "docs" / page.name).exists():
            shutil.copy(page, folder / "docs")
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write("markdown_extensions: [attr_list, toc]\n")
    zensical = Path(sys.executable).with_name("zensical")
    done = subprocess.run([zensical, "build"], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def build_site(folder: Path, seeds: dict[str, str] | None) -> Path:
    """A project in ``folder`` and its site; returns the site's folder."""
    make_project(folder, seeds)
    done = digestgen("site", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "site"


@dataclass(frozen=True)
class Site:
    """A built site and where it answers."""

    folder: Path
    url: str
    """Ends with a slash."""

    def pages(self, *, moved: bool = True) -> list[str]:
        """The addresses of all its pages, relative to ``url``; those that only lead to another too, unless told."""
        found = (
            path.relative_to(self.folder).as_posix()
            for path in self.folder.rglob("*.html")
            if moved or 'http-equiv="refresh"' not in path.read_text(encoding="utf-8")
        )
        return sorted(path.removesuffix("index.html") for path in found if path != "404.html")


class _PagesHandler(SimpleHTTPRequestHandler):
    """Serves a folder below the subpath, compressed, and its 404.html for what is not there, as GitHub Pages does."""

    def translate_path(self, path: str) -> str:
        if not path.startswith(SUBPATH):
            return os.devnull + "/nowhere"
        return super().translate_path(path.removeprefix(SUBPATH.rstrip("/")))

    def send_head(self) -> BytesIO | BinaryIO | None:
        path = Path(self.translate_path(urlsplit(self.path).path))
        file = path / "index.html" if path.is_dir() and urlsplit(self.path).path.endswith("/") else path
        kind = self.guess_type(str(file))
        packed = kind.startswith("text/") or kind.partition("/")[2] in PACKED
        if not packed or not file.is_file() or "gzip" not in self.headers.get("Accept-Encoding", ""):
            return super().send_head()
        content = gzip.compress(file.read_bytes(), compresslevel=6, mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        return BytesIO(content)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        content = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""


def serve(folder: Path) -> Iterator[Site]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_PagesHandler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Site(folder, f"http://127.0.0.1:{server.server_address[1]}{SUBPATH}")
    server.shutdown()
    server.server_close()
    thread.join()


def made_once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that all workers of a run share: the first that asks for it makes it, and the others wait."""
    root = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent
    folder, made = root / name, root / f"{name}.made"
    with (root / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            make(folder)
            made.touch()
    return folder


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site of the sample."""
    yield from serve(made_once(tmp_path_factory, "real", lambda folder: build_site(folder, None)) / "site")


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site of seeds that try everything."""
    yield from serve(made_once(tmp_path_factory, "hostile", lambda folder: build_site(folder, HOSTILE)) / "site")


def chromium() -> str:
    """Where Chromium is; skips the test where it is nowhere, or fails it in CI."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if found is None:
        message = "there is no chromium here (set CHROMIUM to its path)"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


IDLE = "() => new Promise((done) => requestIdleCallback(() => done(), { timeout: 1000 }))"


def visit(page: Page, address: str) -> None:
    """Open a page, and wait until its scripts have done what they do by themselves."""
    open_requests: set[Request] = set()

    def begun(request: Request) -> None:
        if not request.url.startswith("data:"):
            open_requests.add(request)

    def ended(request: Request) -> None:
        open_requests.discard(request)

    page.on("request", begun)
    page.on("requestfinished", ended)
    page.on("requestfailed", ended)
    page.goto(address)
    page.evaluate(IDLE)
    while open_requests:
        page.evaluate(IDLE)
    # Once more, for what the last answer is used for.
    page.evaluate(IDLE)
    page.remove_listener("request", begun)
    page.remove_listener("requestfinished", ended)
    page.remove_listener("requestfailed", ended)
