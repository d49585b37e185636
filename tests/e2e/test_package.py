"""The package by itself: what the wheel and the sdist hold, and a digest from an installed wheel in an empty folder."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest

pytestmark = pytest.mark.e2e

PROJECT = Path(__file__).resolve().parents[2]
VERSION = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


def run(*command: str | Path, cwd: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONSAFEPATH"}}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def built(kind: str, source: Path, folder: Path) -> Path:
    run(sys.executable, "-m", "hatchling", "build", "--target", kind, "--directory", folder, cwd=source)
    (found,) = folder.iterdir()
    return found


def held(wheel: Path) -> set[str]:
    with ZipFile(wheel) as opened:
        return set(opened.namelist())


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built("sdist", PROJECT, tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built("wheel", PROJECT, tmp_path_factory.mktemp("wheel"))


@dataclass(frozen=True)
class Installed:
    """The wheel, installed among the libraries that are here."""

    programs: Path

    def digestgen(self, *words: str | Path, cwd: Path) -> str:
        return run(self.programs / "digestgen", *words, cwd=cwd)


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("venv")
    venv.create(folder, symlinks=True)
    programs = folder / "bin"
    run(
        *(sys.executable, "-m", "pip", "--python", programs / "python", "install", "--quiet", "--no-index"),
        *("--no-deps", "--disable-pip-version-check", wheel),
        cwd=folder,
    )
    where = run(programs / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder)
    # After what is installed there, so that it is the wheel that is tested.
    (Path(where.strip()) / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return Installed(programs)


def test_the_wheel_holds_every_file_of_the_package_and_nothing_else(wheel: Path) -> None:
    listed = run("git", "ls-files", "--cached", "--others", "--exclude-standard", "digestgen", cwd=PROJECT).split("\n")
    there = {name for name in listed if name and (PROJECT / name).is_file()}
    assert {name for name in held(wheel) if ".dist-info/" not in name} == there


def test_the_sdist_can_be_tested_and_makes_the_same_wheel(sdist: Path, wheel: Path, tmp_path: Path) -> None:
    with tarfile.open(sdist) as opened:
        opened.extractall(tmp_path, filter="data")
    (root,) = tmp_path.iterdir()
    for name in ("tests/test_cli.py", "tests/cases/user/seeds/digest.yml", "README.md", "CHANGELOG.md", "LICENSE"):
        assert (root / name).is_file(), name
    assert not (root / "seeds").exists()
    assert held(built("wheel", root, tmp_path / "again")) == held(wheel)


def test_the_changelog_begins_with_this_version() -> None:
    text = (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\S+)", text, re.MULTILINE)[0] in {VERSION, "Unreleased"}


@pytest.fixture(scope="module")
def project(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A project made and built by the installed package, and at last cleaned."""
    folder = tmp_path_factory.mktemp("projects")
    installed.digestgen("new", "my-digest", "--url", "https://example.org/mine/", cwd=folder)
    told = installed.digestgen("site", cwd=folder / "my-digest")
    assert told.count("\n") == 2, "a line each on what was built, and nothing wrong"
    yield folder / "my-digest"
    installed.digestgen("clean", cwd=folder / "my-digest")
    assert not (folder / "my-digest" / "docs" / "index.md").exists()


def test_a_digest_of_ones_own_from_an_installed_package_alone(installed: Installed, project: Path) -> None:
    assert installed.digestgen("--version", cwd=project) == f"digestgen {VERSION}\n"
    assert f"digestgen=={VERSION}\n" in (project / "requirements.txt").read_text(encoding="utf-8")
    site = project / "site"
    for name in (
        *("index.html", "404.html", "sitemap.xml", "feed.xml", "digest.json", "digest.schema.json", "llms.txt"),
        *("assets/digest.css", "assets/search.js", "assets/search.css", "assets/words.js", "assets/visits.js"),
        "assets/favicon.svg",
        *("about/index.html", "method/index.html", "curating/index.html", "publishing/index.html"),
        *("articles/welcome-to-your-digest/index.html", "pagefind/pagefind-entry.json"),
        "pagefind/words.json",
    ):
        assert (site / name).is_file(), name
    front = (site / "index.html").read_text(encoding="utf-8")
    assert "<title>My digest" in front
    assert 'http-equiv="Content-Security-Policy"' in front
    digest = json.loads((project / "docs" / "digest.json").read_text(encoding="utf-8"))
    assert [article["title"] for article in digest["articles"]] == ["Welcome to your digest"]
    for command in ("check", "plan", "edition"):
        installed.digestgen(command, cwd=project)


def test_nothing_of_this_repositorys_digest_is_in_a_new_one(project: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in project.rglob("*") if path.suffix in {".md", ".html", ".yml"}]
    assert texts
    for word in ("Seed Digest", "example.github.io", "Kyiv", "Kim Jong"):
        assert not [text for text in texts if word in text], word
