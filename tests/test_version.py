"""Installed versions, by which two machines are compared."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from digestgen.version import installed_versions

TOLD = "from digestgen.version import installed_versions; print(sorted(installed_versions().items(), key=str))"


def told(folder: Path) -> str:
    """The versions reported by a process that finds digestgen in this folder."""
    code = f"import sys; sys.path.insert(0, {str(folder)!r}); {TOLD}"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


@pytest.fixture
def copy(project: Path, tmp_path: Path) -> Path:
    shutil.copytree(project / "digestgen", tmp_path / "digestgen", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_it_names_python_digestgen_and_the_libraries() -> None:
    assert {"Python", "digestgen", "digestgen's code", "yake", "wordfreq"} <= installed_versions().keys()


def test_the_same_files_are_the_same_wherever_they_lie(project: Path, copy: Path) -> None:
    assert told(copy) == told(project)


@pytest.mark.parametrize("file", ["analyse/keyphrases.py", "analyse/words/noise.en.txt"])
def test_a_change_of_code_or_of_a_word_list_is_another(copy: Path, file: str) -> None:
    before = told(copy)
    with (copy / "digestgen" / file).open("a", encoding="utf-8") as changed:
        changed.write("# more\n")
    assert told(copy) != before
