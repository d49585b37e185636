"""The live preview: one rebuild for each edited seed, and no loop."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .conftest import make_project

BUILT = re.compile(r"Serving on|Reloading browsers")
"""Of each build, the first and the later ones; mkdocs does not say twice in the same words how long a build took."""
pytestmark = pytest.mark.e2e


class Preview:
    """A running ``mkdocs serve`` and what it says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{probe.getsockname()[1]}"
        call = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "--dev-addr", self.address]
        self.process = subprocess.Popen(
            call, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
        )
        self.lines: list[str] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout
        self.lines.extend(iter(self.process.stdout.readline, ""))

    def builds(self) -> int:
        return sum(bool(BUILT.search(line)) for line in list(self.lines))

    def wait_for_builds(self, count: int) -> None:
        self._wait(lambda: self.builds() >= count)

    def wait_until_it_watches(self) -> None:
        """What is written before that is not noticed."""
        self._wait(lambda: any("Serving on" in line for line in list(self.lines)))

    def _wait(self, reached: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 90
        while not reached():
            assert self.process.poll() is None, "".join(self.lines)
            assert time.monotonic() < deadline, "".join(self.lines)
            time.sleep(0.1)

    def page(self, path: str) -> str:
        with urllib.request.urlopen(f"http://{self.address}/digestgen/{path}", timeout=30) as answer:
            return str(answer.read().decode("utf-8"))

    def stop(self) -> None:
        os.killpg(self.process.pid, signal.SIGINT)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    make_project(tmp_path, {"a.txt": "The harbour master opened the old lock gate for the first boat."})
    running = Preview(tmp_path)
    try:
        running.wait_until_it_watches()
        yield running
    finally:
        running.stop()


def test_an_edited_seed_is_one_rebuild(preview: Preview) -> None:
    time.sleep(3)
    assert preview.builds() == 1, "the first build started another"
    indexes: set[str] = set()
    for number, text in enumerate(("A storm broke the lock gate in the night.", "The gate is mended."), start=2):
        (preview.folder / "seeds" / "b.txt").write_text(text)
        preview.wait_for_builds(number)
        time.sleep(4)
        assert preview.builds() == number, "".join(preview.lines)
        assert text.rstrip(".") in preview.page("articles/")
        indexes.add(json.loads(preview.page("pagefind/pagefind-entry.json"))["languages"]["en"]["hash"])
    assert len(indexes) == 2, "each rebuild makes the search index anew"


def test_a_bad_seed_is_told_of_and_the_preview_goes_on(preview: Preview) -> None:
    (preview.folder / "seeds" / "bad.txt").write_bytes(b"caf\xe9")
    preview.wait_for_builds(2)
    assert any("bad.txt:1: is not UTF-8" in line for line in preview.lines)
    assert "lock gate" in preview.page("articles/")


def test_the_review_page_is_in_the_preview_alone(preview: Preview) -> None:
    assert any(
        f"What may need a decision: http://{preview.address}/digestgen/review/" in line for line in preview.lines
    )
    assert 'href="review/"' in preview.page("")
    assert "Content-Security-Policy" not in preview.page(""), "it would keep mkdocs from reloading the page"
    assert "1 seed in want of facts" in preview.page("review/")
    (preview.folder / "seeds" / "curation.yml").write_text("topics: [\n")
    preview.wait_for_builds(2)
    assert "curation.yml:1: is not YAML" in preview.page("review/")
    # Whoever builds the site from what the preview left behind.
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    assert subprocess.run(command, cwd=preview.folder, check=False).returncode == 0
    left = [*preview.folder.glob("docs/**/*"), *preview.folder.glob("site/**/*")]
    assert preview.folder / "site" / "articles" / "index.html" in left
    assert not [path for path in left if "review" in path.name]
    front = (preview.folder / "site" / "index.html").read_text(encoding="utf-8")
    assert "review" not in front
    assert "Content-Security-Policy" in front
