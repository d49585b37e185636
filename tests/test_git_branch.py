"""Branches and where addresses are recorded, on real repositories."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from digestgen.git_branch import unrecorded_branch


def git(folder: Path, *words: str) -> None:
    roles = ("AUTHOR_NAME", "AUTHOR_EMAIL", "COMMITTER_NAME", "COMMITTER_EMAIL")
    identity = {f"GIT_{role}": "curator@example.org" for role in roles}
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    subprocess.run(
        ["git", *words], cwd=folder, check=True, capture_output=True, env={**environment, **identity, **alone}
    )


def repository(place: Path, branch: str = "main") -> Path:
    """A repository with one commit; returns its seeds folder."""
    seeds = place / "seeds"
    seeds.mkdir(parents=True)
    git(place, "init", "--initial-branch", branch)
    git(place, "commit", "--allow-empty", "--message", "First")
    return seeds


def test_outside_git_and_before_the_first_commit_addresses_are_recorded(tmp_path: Path) -> None:
    assert unrecorded_branch(tmp_path) is None
    git(tmp_path, "init", "--initial-branch", "main")
    assert unrecorded_branch(tmp_path) is None


@pytest.mark.parametrize("default", ["main", "master"])
def test_on_the_default_branch_and_on_another(default: str, tmp_path: Path) -> None:
    seeds = repository(tmp_path, default)
    assert unrecorded_branch(seeds) is None
    assert unrecorded_branch(tmp_path) is None
    git(tmp_path, "switch", "--create", "curators/anna")
    assert unrecorded_branch(seeds) == ("curators/anna", default)
    git(tmp_path, "switch", default)
    assert unrecorded_branch(seeds) is None


def test_a_single_commit_is_no_branch(tmp_path: Path) -> None:
    seeds = repository(tmp_path)
    git(tmp_path, "checkout", "--detach")
    assert unrecorded_branch(seeds) == ("", "main")


def test_packed_refs_are_read(tmp_path: Path) -> None:
    seeds = repository(tmp_path)
    git(tmp_path, "switch", "--create", "work")
    git(tmp_path, "pack-refs", "--all")
    assert not (tmp_path / ".git" / "refs" / "heads" / "main").exists()
    assert unrecorded_branch(seeds) == ("work", "main")


def test_a_branch_of_no_usual_name_is_its_own_default(tmp_path: Path) -> None:
    assert unrecorded_branch(repository(tmp_path, "trunk")) is None


def test_what_the_remote_calls_its_default_counts(tmp_path: Path) -> None:
    repository(tmp_path / "far", "trunk")
    git(tmp_path, "clone", "far", "near")
    near = tmp_path / "near"
    assert unrecorded_branch(near) is None
    git(near, "switch", "--create", "main")
    assert unrecorded_branch(near) == ("main", "trunk")


def test_a_further_work_tree_is_on_a_branch_of_its_own(tmp_path: Path) -> None:
    repository(tmp_path / "first")
    git(tmp_path / "first", "worktree", "add", "-b", "work", "../second")
    (tmp_path / "second" / "seeds").mkdir()
    assert unrecorded_branch(tmp_path / "second" / "seeds") == ("work", "main")
    assert unrecorded_branch(tmp_path / "first") is None


def test_a_link_leads_to_the_repository_that_it_is_in(tmp_path: Path) -> None:
    seeds = repository(tmp_path / "real")
    git(tmp_path / "real", "switch", "--create", "work")
    (tmp_path / "link").symlink_to(seeds, target_is_directory=True)
    assert unrecorded_branch(tmp_path / "link") == ("work", "main")


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"ref:"], ids=["empty", "no text", "cut short"])
def test_what_cannot_be_read_of_git_stops_no_build(content: bytes, tmp_path: Path) -> None:
    seeds = repository(tmp_path)
    git(tmp_path, "switch", "--create", "work")
    (tmp_path / ".git" / "HEAD").write_bytes(content)
    found = unrecorded_branch(seeds)
    assert found is None or found[1] == "main"


@pytest.mark.parametrize("content", [b"gitdir: /nowhere/at/all\n", b"\xff", b""], ids=["nowhere", "no text", "empty"])
def test_a_file_that_leads_to_no_git_folder_stops_no_build(content: bytes, tmp_path: Path) -> None:
    (tmp_path / ".git").write_bytes(content)
    assert unrecorded_branch(tmp_path) is None


def test_no_git_is_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seeds = repository(tmp_path)
    git(tmp_path, "switch", "--create", "work")
    monkeypatch.setenv("PATH", "")
    assert unrecorded_branch(seeds) == ("work", "main")
