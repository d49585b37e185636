"""The imperative shell: reads the seeds, composes the digest, writes the pages, runs mkdocs."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from digestgen.digest import compose
from digestgen.errors import InputError, Problem
from digestgen.model import Digest
from digestgen.publish import export, pages
from digestgen.seed_folder import read_seed_folder
from digestgen.workshop import open_workshop
from digestgen.writer import Written, write_tree

MKDOCS_CONFIG = Path("mkdocs.yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a build did, and what of the input it had to refuse."""

    digest: Digest
    written: Written
    problems: tuple[Problem, ...]
    """Empty when all of the input was used."""
    notices: tuple[str, ...]


def build(seeds: Path, docs: Path, console: Console, *, workers: int | None = None) -> Outcome:
    """Seeds → Markdown pages and ``digest.json`` in ``docs``.

    What is wrong with the input is listed in the outcome, and the rest is built. Raises InputError when nothing can
    be built: the seeds folder cannot be read, or ``docs`` cannot be written.
    """
    folder = read_seed_folder(seeds)
    with open_workshop(console, workers) as workshop:
        composition = compose(folder.seeds, folder.settings, workshop)
        workshop.start("Writing the pages")
        written = write_tree(docs, render(composition.digest))
    return Outcome(
        digest=composition.digest,
        written=written,
        problems=InputError([*folder.problems, *composition.problems, *written.problems]).problems,
        notices=(*map(str, folder.notices), *composition.notices),
    )


def render(digest: Digest) -> dict[str, str]:
    """Every generated file of a digest: path relative to the docs folder → text."""
    return {**pages.render(digest), "digest.json": export.to_json(digest)}


def clean(docs: Path) -> Written:
    """Remove every generated file that nobody has edited since."""
    return write_tree(docs, {})


def run_mkdocs(command: str, *options: str) -> int:
    """Run ``mkdocs build`` or ``mkdocs serve`` on the ``mkdocs.yml`` of the current folder; returns its exit code.

    Raises InputError where there is none.
    """
    if not MKDOCS_CONFIG.is_file():
        where = Path.cwd()
        raise InputError([Problem(str(MKDOCS_CONFIG), None, f"is not in {where}; run this where the project lies")])
    # A build date would make two builds of the same seeds differ; and Material's advice is not for this terminal.
    environment = {"SOURCE_DATE_EPOCH": "0", "NO_MKDOCS_2_WARNING": "1", **os.environ}
    call = [sys.executable, "-m", "mkdocs", command, *options]
    return subprocess.run(call, env=environment, check=False).returncode  # noqa: S603 -- nothing in it is from outside
