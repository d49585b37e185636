"""How the MkDocs process is started."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from digestgen.errors import InputError
from digestgen.lock import LOCK_NAME
from digestgen.mkdocs_process import build_site, serve_site


class Replaced(Exception):  # noqa: N818 -- no error
    """Raised in place of replacing this process."""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "mkdocs.yml").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return tmp_path


@pytest.mark.parametrize("clean", [False, True])
def test_builds_strictly_and_dated_to_the_epoch(
    project: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], *, clean: bool
) -> None:
    def run(command: list[str], *, env: dict[str, str], **_: object) -> subprocess.CompletedProcess[str]:
        assert command == [sys.executable, "-P", "-m", "digestgen.site", "build", *(["--clean"] if clean else [])]
        assert env["SOURCE_DATE_EPOCH"] == "0"
        assert (project / "docs" / LOCK_NAME).is_file(), "nobody may write what it reads"
        return subprocess.CompletedProcess([], 3, stderr="INFO    -  Building\nWARNING -  A link leads nowhere\n")

    monkeypatch.setattr(subprocess, "run", run)
    assert build_site(clean=clean) == 3
    assert capfd.readouterr() == ("", "WARNING -  A link leads nowhere\n")
    assert list((project / "docs").iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there, one process cannot take the place of another")
@pytest.mark.usefixtures("project")
def test_the_preview_takes_the_place_of_this_process_and_has_a_today(monkeypatch: pytest.MonkeyPatch) -> None:
    def execve(program: str, command: list[str], environment: dict[str, str]) -> None:
        assert program == command[0] == sys.executable
        assert command[1:] == ["-P", "-m", "digestgen.site", "serve"]
        # Must not run in 1970, or new articles would not be new.
        assert "SOURCE_DATE_EPOCH" not in environment
        raise Replaced

    monkeypatch.setattr(os, "execve", execve)
    with pytest.raises(Replaced):
        serve_site()


def test_without_a_project_the_preview_says_where_it_looked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=r"mkdocs\.yml: is not in .*; run this where the project lies, or make one"):
        serve_site()
    assert list(tmp_path.iterdir()) == []
