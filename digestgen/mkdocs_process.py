"""Runs mkdocs as a process of its own (``site/__main__``), in the folder of a project.

Python puts the folder that ``python -m`` is run in before its own library, so that a ``json.py`` lying in the project
would be run in place of Python's. ``-P`` keeps that folder out, for mkdocs and for what mkdocs starts; hooks that
``mkdocs.yml`` names are found by their paths all the same.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from digestgen.errors import InputError, Problem
from digestgen.lock import exclusive
from digestgen.project import MKDOCS_CONFIG

SEEDS, DOCS = Path("seeds"), Path("docs")


def build_site(docs: Path = DOCS, *, clean: bool = False) -> int:
    """Run ``mkdocs build --strict`` in the current folder, telling what is wrong, and in a line what was done.

    Pages that would come out as they are there already are left alone, unless ``clean`` is asked for. Returns the exit
    code of mkdocs.

    Until it is done no build may write ``docs``, the pages that it reads. Raises InputError where another process does
    just that.
    """
    command = _mkdocs("build", *(["--clean"] if clean else []))
    # A build date would make two builds of the same seeds differ.
    environment = {"SOURCE_DATE_EPOCH": "0", **_environment()}
    # Not by its --quiet, under which it overlooks the very warnings that --strict is there for.
    with exclusive(docs):
        done = subprocess.run(  # noqa: S603 -- nothing in it is from outside
            command, env=environment, stderr=subprocess.PIPE, text=True, check=False
        )
    told = (line for line in done.stderr.splitlines(keepends=True) if not line.startswith("INFO "))
    sys.stderr.writelines(told)
    return done.returncode


def serve_site() -> int:
    """Run ``mkdocs serve`` in the current folder until it is stopped; returns its exit code.

    mkdocs takes the place of this process, so that a signal that ends the one ends the other: the call returns on
    Windows alone, which cannot do that. Raises InputError where there are no seeds to preview.
    """
    if not (SEEDS.is_dir() or MKDOCS_CONFIG.is_file()):
        message = f"is not in {Path.cwd()}; run this where the project lies, or make one there: digestgen new ."
        raise InputError([Problem(str(MKDOCS_CONFIG), None, message)])
    # The first build, which comes after mkdocs has looked for it, fills it.
    DOCS.mkdir(exist_ok=True)
    command = _mkdocs("serve")
    if sys.platform != "win32":
        sys.stdout.flush()
        sys.stderr.flush()
        os.execve(command[0], command, _environment())  # noqa: S606 -- nothing in it is from outside
    return subprocess.run(command, env=_environment(), check=False).returncode  # noqa: S603


def _mkdocs(*arguments: str) -> list[str]:
    return [sys.executable, "-P", "-m", "digestgen.site", *arguments]


def _environment() -> dict[str, str]:
    # Material's advice is not for this terminal.
    return {"NO_MKDOCS_2_WARNING": "1", **os.environ}
