"""Releases: what is refused, and what state is left; ``e2e/test_package.py`` tries the packages themselves."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

import release
from release import Refused, dated, with_version

DAY = date(2026, 12, 1)
PYPROJECT = 'name = "digestgen"\nversion = "0.9.1"\nrequires-python = ">=3.11"\n'
CHANGELOG = "# Changelog\n\n## Unreleased\n\n- More.\n\n## 0.9.0 – 2026-11-01\n\n- Much.\n"


@pytest.mark.parametrize("version", ["0.9.1", "0.9.2", "0.10.0", "1.0.0"])
def test_the_version_is_set_and_nothing_else(version: str) -> None:
    assert with_version(PYPROJECT, version) == PYPROJECT.replace("0.9.1", version)


@pytest.mark.parametrize(
    ("version", "why"),
    [
        pytest.param("0.9.0", "older", id="an older one"),
        pytest.param("0.10", "no version", id="two numbers"),
        pytest.param("v1.0.0", "no version", id="a tag"),
        pytest.param("1.0.0rc1", "no version", id="a candidate"),
        pytest.param("", "no version", id="nothing"),
    ],
)
def test_no_version_is_refused(version: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        with_version(PYPROJECT, version)


@pytest.mark.parametrize("heading", ["Unreleased", "0.9.1 – not released yet"])
def test_what_is_not_released_gets_number_and_day(heading: str) -> None:
    text = dated(CHANGELOG.replace("Unreleased", heading), "1.0.0", DAY)
    assert text == CHANGELOG.replace("Unreleased", "1.0.0 – 2026-12-01")


@pytest.mark.parametrize(
    ("text", "version", "why"),
    [
        pytest.param("# Changelog\n", "1.0.0", "first heading", id="no heading"),
        pytest.param(CHANGELOG.replace("Unreleased", "0.9.1 – 2026-11-20"), "1.0.0", "first heading", id="nothing new"),
        pytest.param(CHANGELOG, "0.9.0", "already", id="a second time"),
    ],
)
def test_a_changelog_that_does_not_fit_is_refused(text: str, version: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        dated(text, version, DAY)


def git(project: Path, *words: str) -> str:
    command = ("git", "-c", "user.name=A", "-c", "user.email=a@example.org", *words)
    return subprocess.run(command, cwd=project, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "A")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "a@example.org")
    place = tmp_path / "project"
    place.mkdir()
    (place / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    (place / "CHANGELOG.md").write_text(CHANGELOG, encoding="utf-8")
    (place / ".gitignore").write_text("/dist/\n", encoding="utf-8")
    git(place, "init", "--quiet", "--initial-branch", "main")
    git(place, "add", ".")
    git(place, "commit", "--quiet", "--message", "Begin")
    return place


@pytest.fixture
def packages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fake packages, since real ones take seconds to build and try."""

    def build(project: Path, folder: Path) -> Path:
        folder.mkdir()
        (folder / "digestgen.whl").write_text((project / "pyproject.toml").read_text(encoding="utf-8"))
        return folder / "digestgen.whl"

    monkeypatch.setattr(release, "build", build)
    monkeypatch.setattr(release, "try_wheel", lambda *_: None)


@pytest.mark.usefixtures("packages")
def test_a_release_is_committed_tagged_and_built_of_what_is_committed(project: Path) -> None:
    release.release(project, "1.0.0", DAY)
    assert git(project, "status", "--porcelain") == ""
    assert git(project, "log", "-1", "--format=%s %D").strip() == "Release 1.0.0 HEAD -> main, tag: v1.0.0"
    assert git(project, "show", "v1.0.0:CHANGELOG.md") == CHANGELOG.replace("Unreleased", "1.0.0 – 2026-12-01")
    assert git(project, "show", "v1.0.0:pyproject.toml") == (project / "dist/digestgen.whl").read_text(encoding="utf-8")


@pytest.mark.usefixtures("packages")
@pytest.mark.parametrize(
    ("before", "why"),
    [
        pytest.param(("switch", "--quiet", "--create", "other"), "made on main", id="another branch"),
        pytest.param(("rm", "--quiet", ".gitignore"), "commit or discard", id="something changed"),
        pytest.param(("tag", "v1.0.0"), "there already", id="a tag"),
    ],
)
def test_a_state_that_is_no_release_is_refused(project: Path, before: tuple[str, ...], why: str) -> None:
    git(project, *before)
    with pytest.raises(Refused, match=why):
        release.release(project, "1.0.0", DAY)
    assert (project / "pyproject.toml").read_text(encoding="utf-8") == PYPROJECT


@pytest.mark.usefixtures("packages")
def test_a_wheel_that_fails_leaves_everything_as_it_was(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise Refused("it does not install")

    monkeypatch.setattr(release, "try_wheel", fail)
    with pytest.raises(Refused, match="does not install"):
        release.release(project, "1.0.0", DAY)
    assert git(project, "status", "--porcelain") == ""
    assert git(project, "tag") == ""
    assert not (project / "dist").exists()
