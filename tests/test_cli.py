"""The command line, run as its user runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from digestgen import cli, workshop
from digestgen.build import build
from digestgen.workshop import open_workshop

MakeFolder = Callable[[dict[str, str | bytes]], Path]


def digestgen(
    *words: str | Path, hash_seed: str = "random", cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    call = [sys.executable, "-m", "digestgen", *map(str, words)]
    return subprocess.run(call, capture_output=True, text=True, check=False, env=environment, cwd=cwd)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_builds_any_folder_of_seeds_without_configuration(make_folder: MakeFolder, tmp_path: Path) -> None:
    seeds = make_folder({"a.txt": "The harbour master opened the gate.", "b.md": "# Rain\n\nIt will rain on Sunday."})
    done = digestgen("build", "--seeds", seeds, "--docs", tmp_path / "docs")
    assert (done.returncode, done.stdout) == (0, "")
    assert "2 articles" in done.stderr
    digest = json.loads((tmp_path / "docs" / "digest.json").read_text())
    assert [article["seed"] for article in digest["articles"]] == ["a.txt", "b.md"]


def test_two_builds_are_identical_and_a_second_one_writes_nothing(project: Path, tmp_path: Path) -> None:
    for name, hash_seed in (("one", "1"), ("two", "2")):
        done = digestgen("build", "--seeds", project / "seeds", "--docs", tmp_path / name, hash_seed=hash_seed)
        assert done.returncode == 0, done.stderr
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    again = digestgen("build", "--seeds", project / "seeds", "--docs", tmp_path / "one")
    assert "0 files written, 0 removed" in again.stderr


def test_many_cores_give_what_one_core_gives(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workshop, "FEWEST_FOR_CORES", 2)
    for workers in (1, 2):
        build(project / "seeds", tmp_path / str(workers), Console(stderr=True), workers=workers)
    assert contents(tmp_path / "1") == contents(tmp_path / "2")


def test_bad_input_ends_with_1_names_file_and_line_and_builds_the_rest(make_folder: MakeFolder, tmp_path: Path) -> None:
    seeds = make_folder(
        {"bad.txt": b"caf\xe9", "empty.txt": "", "good.txt": "The gate is open.", "w.jsonl": "{}\n[1]\n"}
    )
    done = digestgen("build", "--seeds", seeds, "--docs", tmp_path / "docs")
    assert done.returncode == 1
    for place in ("error: bad.txt:1:", "error: empty.txt:", "error: w.jsonl:1:", "error: w.jsonl:2:"):
        assert place in done.stderr
    assert "Traceback" not in done.stderr
    assert len(json.loads((tmp_path / "docs" / "digest.json").read_text())["articles"]) == 1


@pytest.mark.parametrize("words", [[], ["bulid"], ["build", "--seed"]], ids=["nothing", "a typo", "half an option"])
def test_wrong_usage_ends_with_2(words: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main([*words, "x"] if words[-1:] == ["--seed"] else words)
    assert caught.value.code == 2


def test_no_seeds_folder_and_no_project_are_clear_errors(tmp_path: Path) -> None:
    for command in ("build", "site"):
        done = digestgen(command, cwd=tmp_path)
        assert done.returncode == 1
        assert done.stderr.startswith("error: seeds: is no folder")
    (tmp_path / "seeds").mkdir()
    done = digestgen("site", cwd=tmp_path)
    assert done.returncode == 1
    assert "error: mkdocs.yml: is not in" in done.stderr


def test_clean_removes_the_generated_pages_only(make_folder: MakeFolder, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "about.md").write_text("by hand")
    digestgen("build", "--seeds", make_folder({"a.txt": "The gate is open."}), "--docs", docs)
    assert len(contents(docs)) > 3
    assert digestgen("clean", "--docs", docs).returncode == 0
    assert contents(docs) == {"about.md": b"by hand"}


def test_the_workshop_keeps_the_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workshop, "FEWEST_FOR_CORES", 2)
    with open_workshop(Console(stderr=True, quiet=True), workers=2) as shop:
        shop.start("Warming up")
        assert shop.map("Counting", str, range(100)) == [str(number) for number in range(100)]
