"""The stable Python API; all other modules may change at any time.

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
    """The result of a build."""

    digest: dict[str, Any]
    """The contents of ``digest.json``, as its schema describes."""
    problems: tuple[Problem, ...]
    """Input that could not be used, with file and line; empty if all of it was."""
    notices: tuple[str, ...]


def build(
    seeds: str | PathLike[str], docs: str | PathLike[str], *, today: date | None = None, record: bool = True
) -> Built:
    """Do what ``digestgen build --seeds SEEDS --docs DOCS`` does, without output.

    ``today`` is the day on which new articles count as first seen. Without ``record`` the ledger beside the seeds is
    not written. Raises InputError, with its ``problems``, if nothing can be built.
    """
    day = today or this_day()
    outcome = shell.build(Path(seeds), Path(docs), Console(quiet=True), today=day, record=record)
    digest = json.loads("".join(to_json(outcome.digest)))
    return Built(digest=digest, problems=outcome.problems, notices=outcome.notices)
