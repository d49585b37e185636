"""The live preview: one rebuild for each edited seed, for this machine alone, and nothing left of it afterwards."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from .conftest import make_project

BUILT = re.compile(r"Serving on|Reloading browsers")
"""Of each build, the first and the later ones; mkdocs does not say twice in the same words how long a build took."""
pytestmark = pytest.mark.e2e


SERVE = [sys.executable, "-m", "digestgen", "serve"]


def set_address(folder: Path, port: int) -> None:
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write(f"\ndev_addr: 127.0.0.1:{port}\n")


class Preview:
    """A running ``digestgen serve`` and what it says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"127.0.0.1:{self.port}"
        set_address(folder, self.port)
        self.temporary = folder / "temporary"
        self.temporary.mkdir()
        self.process = subprocess.Popen(
            SERVE,
            cwd=folder,
            env={**os.environ, "TMPDIR": str(self.temporary)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.lines: list[str] = []
        self.ended = False
        self._told = threading.Condition()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            with self._told:
                self.lines.append(line)
                self._told.notify_all()
        with self._told:
            self.ended = True
            self._told.notify_all()

    def builds(self) -> int:
        return sum(bool(BUILT.search(line)) for line in list(self.lines))

    def wait_for_builds(self, count: int) -> None:
        self._wait(lambda: self.builds() >= count)

    def wait_until_it_watches(self) -> None:
        """What is written before that is not noticed."""
        self._wait(lambda: any("Serving on" in line for line in list(self.lines)))

    def _wait(self, reached: Callable[[], bool]) -> None:
        with self._told:
            assert self._told.wait_for(lambda: reached() or self.ended, timeout=90), "".join(self.lines)
        assert reached(), "".join(self.lines)

    def has_processes(self) -> bool:
        """Whether anything is left of it and of what it started."""
        try:
            os.killpg(self.process.pid, 0)
        except ProcessLookupError:
            return False
        return True

    def page(self, path: str) -> str:
        with urllib.request.urlopen(f"http://{self.address}/digestgen/{path}", timeout=30) as answer:
            return str(answer.read().decode("utf-8"))

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(10)
        finally:
            if self.has_processes():
                os.killpg(self.process.pid, signal.SIGKILL)


@contextmanager
def previewed(folder: Path) -> Iterator[Preview]:
    make_project(folder, {"a.txt": "The harbour master opened the old lock gate for the first boat."})
    running = Preview(folder)
    try:
        running.wait_until_it_watches()
        yield running
    finally:
        running.stop()


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    with previewed(tmp_path) as running:
        yield running


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview for all tests that count builds from the one that they find."""
    with previewed(tmp_path_factory.mktemp("shared")) as running:
        yield running


def test_an_edited_seed_is_one_rebuild(shared: Preview) -> None:
    indexes: set[str] = set()
    for number, text in enumerate(("A storm broke the lock gate in the night.", "The gate is mended."), start=2):
        (shared.folder / "seeds" / "b.txt").write_text(text)
        shared.wait_for_builds(number)
        assert text.rstrip(".") in shared.page("articles/")
        indexes.add(json.loads(shared.page("pagefind/pagefind-entry.json"))["languages"]["en"]["hash"])
    assert shared.builds() == 3, "".join(shared.lines)
    assert len(indexes) == 2, "each rebuild makes the search index anew"


def test_a_bad_seed_is_told_of_and_the_preview_goes_on(shared: Preview) -> None:
    bad, found = shared.folder / "seeds" / "bad.txt", shared.builds()
    bad.write_bytes(b"caf\xe9")
    shared.wait_for_builds(found + 1)
    assert any("bad.txt:1: is not UTF-8" in line for line in shared.lines)
    assert "lock gate" in shared.page("articles/")
    bad.unlink()
    shared.wait_for_builds(found + 2)


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


def test_another_machine_is_refused(shared: Preview) -> None:
    def status(host: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", shared.port, timeout=30)
        connection.request("GET", "/digestgen/review/", headers={"Host": host})
        with connection.getresponse() as answer:
            assert (answer.status == 200) == (b"What may need" in answer.read())
            return answer.status

    hosts = (shared.address, f"localhost:{shared.port}", f"evil.example:{shared.port}", "evil.example")
    assert [status(host) for host in hosts] == [200, 200, 403, 403]


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_when_told_to_and_leaves_nothing(preview: Preview, told: signal.Signals) -> None:
    assert [path.name[:7] for path in preview.temporary.iterdir()] == ["mkdocs_"]
    # To this one process alone; a terminal would tell the others too.
    preview.process.send_signal(told)
    assert preview.process.wait(30) == 0, "".join(preview.lines)
    assert not preview.has_processes()
    assert list(preview.temporary.iterdir()) == []


def test_a_taken_port_is_told_of_before_anything_is_built(tmp_path: Path) -> None:
    make_project(tmp_path, {"a.txt": "The harbour master opened the old lock gate for the first boat."})
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        set_address(tmp_path, port)
        done = subprocess.run(SERVE, cwd=tmp_path, capture_output=True, text=True, timeout=90, check=False)
    assert done.returncode == 1
    (line,) = (line for line in (done.stdout + done.stderr).splitlines() if not line.startswith("INFO "))
    assert line == (
        f"error: 127.0.0.1:{port}: another process listens there; stop it, or "
        f"set dev_addr in mkdocs.yml to another address, such as 127.0.0.1:{port + 1}"
    )
    assert not (tmp_path / "docs" / "index.md").exists()
