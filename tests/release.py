"""Make a release from the main branch without publishing it: ``python tests/release.py 1.2.3``.

Sets the version and the changelog heading, builds wheel and sdist into ``dist/`` and tries the wheel; only then commits
and tags. Any failure leaves everything unchanged.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

PROJECT = Path(__file__).resolve().parent.parent
MAIN = "main"

VERSION = re.compile(r'^version = "([^"]+)"$', re.MULTILINE)
NUMBER = re.compile(r"\d+\.\d+\.\d+")
HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
WAITING = re.compile(r"Unreleased|\d+\.\d+\.\d+ – not released yet")
"""Changelog heading of an unreleased version."""


class Refused(Exception):  # noqa: N818 -- it says what became of the release
    """Why there is no release."""


def with_version(text: str, version: str) -> str:
    """``pyproject.toml`` with this version, which must not be older than the current one."""
    found = VERSION.search(text)
    if found is None or NUMBER.fullmatch(found[1]) is None:
        raise Refused("pyproject.toml: has no version such as 1.2.3")
    if NUMBER.fullmatch(version) is None:
        raise Refused(f"{version!r} is no version such as 1.2.3")
    if numbers(version) < numbers(found[1]):
        raise Refused(f"{version} is older than {found[1]} in pyproject.toml")
    return VERSION.sub(f'version = "{version}"', text, count=1)


def dated(text: str, version: str, day: date) -> str:
    """``CHANGELOG.md`` with version and date of this release in place of the unreleased heading."""
    found = HEADING.search(text)
    if found is None or WAITING.fullmatch(found[1]) is None:
        raise Refused("CHANGELOG.md: its first heading is neither “Unreleased” nor “… – not released yet”")
    if f"\n## {version} – " in text[found.end() :]:
        raise Refused(f"CHANGELOG.md: {version} is released already")
    return f"{text[: found.start()]}## {version} – {day}{text[found.end() :]}"


def numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def run(*command: str | Path, cwd: Path, path: Path | None = None) -> str:
    """The output of a command; raises Refused if it fails. ``path`` comes first in Python's module path."""
    environment = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONSAFEPATH"}}
    environment |= {"PYTHONPATH": str(path)} if path else {}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Refused(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}".rstrip())
    return done.stdout.strip()


def check_state(project: Path, version: str) -> None:
    """Raises Refused unless this is a clean main branch and the tag is free."""
    branch = run("git", "branch", "--show-current", cwd=project)
    if branch != MAIN:
        raise Refused(f"releases are made on {MAIN}, and this is {branch or 'no branch'}")
    if run("git", "status", "--porcelain", cwd=project):
        raise Refused("commit or discard what is changed first; `git status` lists it")
    if run("git", "tag", "--list", f"v{version}", cwd=project):
        raise Refused(f"the tag v{version} is there already")


def build(project: Path, folder: Path) -> Path:
    """Build sdist and wheel into a folder; returns the wheel."""
    run(sys.executable, "-m", "hatchling", "build", "--directory", folder, cwd=project)
    (wheel,) = folder.glob("*.whl")
    return wheel


def try_wheel(wheel: Path, version: str, place: Path) -> None:
    """Raises Refused unless the wheel installs, has the right version, and builds a new project."""
    modules = place / "modules"
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--disable-pip-version-check")
    run(*pip, "--target", modules, wheel, cwd=place)
    program = (sys.executable, "-m", "digestgen")
    told = run(*program, "--version", cwd=place, path=modules)
    if told != f"digestgen {version}":
        raise Refused(f"the wheel says that it is “{told}”")
    run(*program, "new", "trial", cwd=place, path=modules)
    run(*program, "build", cwd=place / "trial", path=modules)


def changes(project: Path, version: str, day: date) -> dict[Path, tuple[str, str]]:
    """File → its text before and after the release. Raises Refused if there can be no release."""
    check_state(project, version)
    pyproject, changelog = project / "pyproject.toml", project / "CHANGELOG.md"
    before = {file: file.read_text(encoding="utf-8") for file in (pyproject, changelog)}
    return {
        pyproject: (before[pyproject], with_version(before[pyproject], version)),
        changelog: (before[changelog], dated(before[changelog], version, day)),
    }


def release(project: Path, version: str, day: date) -> None:
    """Commit and tag a release, with its packages in ``dist/``. If refused, everything is restored."""
    changed = changes(project, version, day)
    try:
        for file, (_, after) in changed.items():
            file.write_text(after, encoding="utf-8")
        with TemporaryDirectory(prefix="digestgen_") as name:
            place = Path(name)
            try_wheel(build(project, place / "dist"), version, place)
            shutil.rmtree(project / "dist", ignore_errors=True)
            shutil.copytree(place / "dist", project / "dist")
        run("git", "commit", "--quiet", "--message", f"Release {version}", *changed, cwd=project)
    except BaseException:
        for file, (before, _) in changed.items():
            file.write_text(before, encoding="utf-8")
        raise
    run("git", "tag", "--annotate", f"v{version}", "--message", f"digestgen {version}", cwd=project)


def main(version: str) -> None:
    """Check everything, then release it."""
    today = datetime.now(UTC).date()
    try:
        # Before the checks, which take long.
        changes(PROJECT, version, today)
        if subprocess.run(["make", "check"], cwd=PROJECT, check=False).returncode:
            raise Refused("`make check` is red")
        release(PROJECT, version, today)
    except Refused as refusal:
        sys.exit(f"no release: {refusal}")
    sys.stdout.write(f"{version} is committed and tagged; dist/ holds it. Look at it, then push and publish.\n")


if __name__ == "__main__":
    main(sys.argv[1])
