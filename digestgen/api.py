"""digestgen from Python. What stands in this module is kept from version to version; everything else may change.

>>> from digestgen.api import build
>>> built = build("seeds", "docs")
>>> [topic["label"] for topic in built.digest["topics"]]
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from os import PathLike
from pathlib import Path
from typing import Any

from rich.console import Console

from digestgen import build as shell
from digestgen.commands import today as this_day
from digestgen.errors import InputError, Problem
from digestgen.publish.export import to_json

__all__ = ["Built", "InputError", "Problem", "build"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build came to."""

    digest: dict[str, Any]
    """What ``digest.json`` holds, as its schema says."""
    problems: tuple[Problem, ...]
    """What of the input was refused, with file and line; empty when all of it was used."""
    notices: tuple[str, ...]


def build(
    seeds: str | PathLike[str], docs: str | PathLike[str], *, today: date | None = None, record: bool = True
) -> Built:
    """Do what ``digestgen build --seeds SEEDS --docs DOCS`` does, and say nothing.

    What is new is first seen ``today``. Without ``record``, the ledger beside the seeds is left as it is. Raises
    InputError where nothing can be built; it lists its ``problems``.
    """
    day = today or this_day()
    outcome = shell.build(Path(seeds), Path(docs), Console(quiet=True), today=day, record=record)
    return Built(digest=json.loads(to_json(outcome.digest)), problems=outcome.problems, notices=outcome.notices)
