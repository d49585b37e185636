"""Print the test files to run for changes since the main branch, for ``make quick``.

A module's tests are in the file of the same name; without one, all files that import the module are run. Browser tests
and long histories are left to ``make test``.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

PROJECT = Path(__file__).resolve().parent.parent
ALWAYS = "tests/test_floors.py"
MAIN = ("origin/HEAD", "origin/main", "main")


def files_for(changed: Iterable[str], tests: Iterable[str], project: Path) -> list[str]:
    """The test files that cover some changed files."""
    known = {name for name in tests if "/e2e/" not in name}
    wanted = {ALWAYS}
    for name in changed:
        path = PurePosixPath(name)
        if name in known:
            wanted.add(name)
        elif path.parts[0] == "digestgen" and path.suffix == ".py":
            own = PurePosixPath("tests", *path.parts[1:-1], f"test_{path.name}").as_posix()
            wanted |= {own} if own in known else importing(path, known, project)
    return sorted(wanted & known)


def importing(module: PurePosixPath, tests: Iterable[str], project: Path) -> set[str]:
    """The test files that import a module."""
    parts = module.with_suffix("").parts
    room, name = ".".join(parts[:-1]), parts[-1]
    ways = (f"from {room}.{name} import", f"from {room} import {name}\n")
    texts = ((test, (project / test).read_text(encoding="utf-8")) for test in tests)
    return {test for test, text in texts if any(way in text for way in ways)}


def git(*words: str) -> list[str]:
    """The lines of a git command's output; empty if it fails."""
    return subprocess.run(["git", *words], cwd=PROJECT, capture_output=True, text=True, check=False).stdout.splitlines()


def changed_files() -> list[str]:
    """The files that differ from the merge base with the main branch, committed or not."""
    base = next((found[0] for name in MAIN if (found := git("merge-base", "HEAD", name))), "HEAD")
    new = git("ls-files", "--others", "--exclude-standard")
    return [*git("diff", "--name-only", "--diff-filter=d", base), *new]


if __name__ == "__main__":
    there = [path.relative_to(PROJECT).as_posix() for path in sorted(PROJECT.glob("tests/**/test_*.py"))]
    sys.stdout.write("".join(f"{name}\n" for name in files_for(changed_files(), there, PROJECT)))
