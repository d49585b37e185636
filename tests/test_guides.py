"""The guides under ``docs/`` are true: what they tell a curator to write does what they say, on the real seeds."""

from __future__ import annotations

import re
import textwrap
from datetime import date
from pathlib import Path

import pytest

from digestgen.curate.curation import Curation
from digestgen.curate.rulings import read_rulings
from digestgen.curate.sidecar import read_sidecar
from digestgen.digest import compose
from digestgen.seed_folder import read_seed_folder

_BLOCK = re.compile(r"(?:^    .*\n|^\n(?=    ))+", re.MULTILINE)


def blocks(project: Path, guide: str) -> list[str]:
    """The indented code of a guide."""
    text = (project / "docs" / guide).read_text(encoding="utf-8")
    return [textwrap.dedent(block.strip("\n")) + "\n" for block in _BLOCK.findall(text)]


def test_the_examples_of_rulings_work_on_the_real_seeds(project: Path) -> None:
    starts = ("topics:", "articles:")
    text = "".join(next(block for block in blocks(project, "curating.md") if block.startswith(key)) for key in starts)
    rulings, misread = read_rulings(text, "curation.yml")
    folder = read_seed_folder(project / "seeds")
    first = compose(folder.seeds, folder.settings)
    composition = compose(
        folder.seeds, folder.settings, Curation(rulings=rulings, ledger=first.ledger, day=date(2026, 11, 23))
    )
    assert (misread, composition.problems) == ((), ())
    topics = {topic.slug: topic for topic in composition.digest.topics}
    assert composition.digest.topics[0].label == "North Korea and the war"
    assert composition.digest.former.topics == {"olaf-scholz": "donald-trump", "russia-invasion": None}
    of_trump = {entry.slug for entry in composition.digest.entries if entry.topic == "donald-trump"}
    assert "musk-has-been-in-contact-with-putin-russian-officials-since" in of_trump
    assert "russias-chief-diplomat-sergey-lavrov-has-held-a-phone" not in of_trump
    assert "russia-invasion" not in topics


def test_the_example_of_a_sidecar_is_one(project: Path) -> None:
    (example,) = (block for block in blocks(project, "curating.md") if block.startswith("source:"))
    assert read_sidecar(example, "week.yml").source == "The Kyiv Independent"


@pytest.mark.parametrize("guide", ["curating.md", "publishing.md"])
def test_every_command_of_a_guide_exists(project: Path, guide: str) -> None:
    text = (project / "docs" / guide).read_text(encoding="utf-8")
    named = set(re.findall(r"`(?:\.venv/bin/)?digestgen ([a-z]+)", text))
    named |= set(re.findall(r"\.venv/bin/digestgen ([a-z]+)", text))
    known = re.findall(r"add_parser\(\s*\"([a-z]+)\"", (project / "digestgen" / "cli.py").read_text(encoding="utf-8"))
    assert named
    assert named <= set(known)
