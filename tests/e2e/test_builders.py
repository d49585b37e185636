"""The generated tree, built twice, and by another builder than MkDocs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from command import digestgen

from .conftest import build_site, build_with_zensical, make_project

pytestmark = pytest.mark.e2e


def contents(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_two_folders_and_two_hash_seeds_give_the_same_site(tmp_path: Path) -> None:
    sites = []
    for hash_seed in ("1", "2"):
        make_project(tmp_path / hash_seed, None)
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
        command = [sys.executable, "-m", "digestgen", "site"]
        subprocess.run(command, cwd=tmp_path / hash_seed, env=environment, capture_output=True, check=True)
        sites.append(contents(tmp_path / hash_seed / "site"))
    one, two = sites
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []


def test_a_broken_link_fails_the_build_and_nothing_else_is_said(tmp_path: Path) -> None:
    make_project(tmp_path, {"one.txt": "The ferry of Sandby sank in the harbour on Friday.\n"})
    fine = digestgen("site", cwd=tmp_path)
    assert (fine.returncode, fine.stderr.count("\n")) == (0, 2), fine.stderr
    for option, told in (
        ([], r"\nsite: 0 of \d+ pages rebuilt$"),
        (["--clean"], r"\nsite: all \d+ pages rebuilt$"),
    ):
        assert re.search(told, digestgen("site", *option, cwd=tmp_path).stderr)
    (tmp_path / "docs" / "about.md").write_text("# About\n\n[Nowhere](nowhere.md)\n", encoding="utf-8")
    broken = digestgen("site", cwd=tmp_path)
    assert broken.returncode == 1
    assert "nowhere.md" in broken.stderr


def test_zensical_builds_the_same_addresses(tmp_path: Path) -> None:
    site = build_site(tmp_path, None)
    built = contents(site)
    addresses = {name for name in built if name.endswith(".html")}
    feeds = {name: data for name, data in built.items() if name.endswith((".xml", ".json", ".opml", ".txt"))}
    feeds = {name: data for name, data in feeds.items() if "feed" in name or name == "llms.txt"}
    shutil.rmtree(site)
    build_with_zensical(tmp_path)
    there = contents(site)
    assert {name for name in there if name.endswith(".html")} == addresses
    assert len(feeds) > 10
    assert {name: there.get(name) for name in feeds} == feeds
    drawing = re.compile(rb'<div class="map">.*?</div>', re.DOTALL)
    assert drawing.findall(there["map/index.html"]) == drawing.findall(built["map/index.html"]) != []
