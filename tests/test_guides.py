"""The guides are correct: their examples are read as described, and their commands exist."""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
import yaml

from digestgen import cli
from digestgen.curate.files.sidecar import read_sidecar
from digestgen.curate.rulings.rulings_file import read_rulings

PARTS = ("topics:", "articles:", "rules:", "editions:")
_BLOCK = re.compile(r"(?:^    .*\n|^\n(?=    ))+", re.MULTILINE)


def blocks(project: Path, guide: str) -> list[str]:
    """The indented code blocks of a guide."""
    text = (project / "digestgen" / "site" / "pages" / guide).read_text(encoding="utf-8")
    return [textwrap.dedent(block.strip("\n")) + "\n" for block in _BLOCK.findall(text)]


def test_the_examples_of_rulings_read_well(project: Path) -> None:
    examples = [block for block in blocks(project, "curating.md") if block.startswith(PARTS)]
    assert {example.partition(":")[0] for example in examples} == {part.removesuffix(":") for part in PARTS}
    for example in examples:
        rulings, problems = read_rulings(example, "curation.yml")
        assert problems == (), example
        assert rulings.topics or rulings.articles or rulings.rules or rulings.editions


def test_the_example_of_a_sidecar_is_one(project: Path) -> None:
    (example,) = (block for block in blocks(project, "curating.md") if block.startswith("source:"))
    assert read_sidecar(example, "week.yml").source == "The Sandby Herald"


def test_the_compose_file_is_one(project: Path, tmp_path: Path) -> None:
    (example,) = (block for block in blocks(project, "publishing.md") if "\nservices:" in block)
    file = tmp_path / "compose.yaml"
    file.write_text(example, encoding="utf-8")
    words = ["--builtin-schema", "vendor.compose-spec", file]
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", *words], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    services = yaml.safe_load(example)["services"]
    for name, *words in (
        service["command"].replace("${SCHEDULER}", "10.0.0.5").split() for service in services.values()
    ):
        if name == "dask":
            assert dask_options(words[0]) >= {word for word in words if word.startswith("--")}
        else:
            assert cli._parser().parse_args(words).dask == "tcp://10.0.0.5:8786"  # noqa: SLF001


def dask_options(command: str) -> set[str]:
    """The options of ``dask scheduler`` or ``dask worker``."""
    call = [sys.executable, "-m", "dask", command, "--help"]
    return set(re.findall(r"--[a-z-]+", subprocess.run(call, capture_output=True, text=True, check=True).stdout))


@pytest.mark.parametrize("guide", ["curating.md", "publishing.md"])
def test_every_command_of_a_guide_exists(project: Path, guide: str) -> None:
    text = (project / "digestgen" / "site" / "pages" / guide).read_text(encoding="utf-8")
    named = set(re.findall(r"(?:`|&& |^    )digestgen ([a-z]+)", text, re.MULTILINE))
    known = re.findall(r"add_parser\(\s*\"([a-z]+)\"", (project / "digestgen" / "cli.py").read_text(encoding="utf-8"))
    assert named
    assert named <= set(known)
