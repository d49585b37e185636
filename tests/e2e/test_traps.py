"""A build runs no code that lies among texts and pages, nor what lies in the project and has the name of a module."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from digestgen.lock import LOCK_NAME

from .conftest import make_project

PLACES = ("", "docs", "docs/assets", "seeds")
NAMES = (
    *("json", "pickle", "runpy", "signal", "socket", "subprocess", "tempfile"),
    *("jinja2", "mkdocs", "pagefind", "pagefind_bin", "sitecustomize", "usercustomize", "yaml"),
)
SHARED_WORK = """
from pathlib import Path
from rich.console import Console
from digestgen import executor

if __name__ == "__main__":
    executor.FEWEST_TO_SPREAD = 2
    with executor.open_executor(Console(quiet=True), workers=2) as shared:
        assert [*shared.map("Counting", str, range(4))] == ["0", "1", "2", "3"]
    Path("done").touch()
"""
pytestmark = pytest.mark.e2e


@dataclass(frozen=True)
class Project:
    """A project full of traps."""

    folder: Path
    told: Path
    """Lists the traps that were run into."""

    def run(self, *command: str | Path) -> str:
        """Run a program in it; returns what it ran into."""
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONSAFEPATH"}
        subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, check=False)
        return self.told.read_text(encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    folder, told = tmp_path / "project", tmp_path / "told"
    folder.mkdir()
    told.touch()
    make_project(folder, {"a.txt": "The harbour master opened the old lock gate for the first boat."})
    for place in PLACES:
        (folder / place).mkdir(parents=True, exist_ok=True)
        for name in NAMES:
            trap = f"open({str(told)!r}, 'a').write({f'{place}/{name}.py '!r})\nraise SystemExit(9)\n"
            (folder / place / f"{name}.py").write_text(trap, encoding="utf-8")
    return Project(folder, told)


def test_the_traps_work(project: Project) -> None:
    assert project.run(sys.executable, "-c", "import json") == "/json.py "


def test_a_site_is_built_among_traps(project: Project) -> None:
    assert project.run(Path(sys.executable).with_name("digestgen"), "site") == ""
    site = project.folder / "site"
    assert (site / "json.py").is_file(), "a file of docs/ is published, whatever it is"
    assert (site / "pagefind" / "pagefind-entry.json").is_file()
    assert not (site / LOCK_NAME).exists(), "it lay in docs/ all the while"
    assert not (project.folder / "docs" / LOCK_NAME).exists()


def test_processes_that_share_work_are_started_among_traps(project: Project, tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(SHARED_WORK, encoding="utf-8")
    assert project.run(sys.executable, program) == ""
    assert (project.folder / "done").is_file()
