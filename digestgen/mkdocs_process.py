"""Runs MkDocs in its own process (``site/__main__``), in the folder of a project.

``python -m`` puts the current folder first in the module path, so that a ``json.py`` in the project would be run in
place of Python's. ``-P`` prevents that, for MkDocs and its subprocesses; hooks in ``mkdocs.yml`` are found by their
paths and still work.
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
    """Run ``mkdocs build --strict`` in the current folder; returns its exit code.

    Prints MkDocs' warnings and one line about the result. Unchanged pages are kept, unless ``clean``. ``docs`` is
    locked meanwhile; raises InputError if another process holds it.
    """
    command = _mkdocs("build", *(["--clean"] if clean else []))
    # A build date would make two builds of the same seeds differ.
    environment = {"SOURCE_DATE_EPOCH": "0", **_environment()}
    # Not with --quiet, which suppresses the warnings that --strict is meant to count.
    with exclusive(docs):
        done = subprocess.run(  # noqa: S603 -- nothing in it is from outside
            command, env=environment, stderr=subprocess.PIPE, text=True, check=False
        )
    warnings = (line for line in done.stderr.splitlines(keepends=True) if not line.startswith("INFO "))
    sys.stderr.writelines(warnings)
    return done.returncode


def serve_site() -> int:
    """Run ``mkdocs serve`` in the current folder until it is stopped; returns its exit code.

    MkDocs replaces this process, so that a signal ends both; only on Windows, where that is impossible, does the call
    return. Raises InputError if there are no seeds to preview.
    """
    if not (SEEDS.is_dir() or MKDOCS_CONFIG.is_file()):
        message = f"is not in {Path.cwd()}; run this where the project lies, or make one there: digestgen new ."
        raise InputError([Problem(str(MKDOCS_CONFIG), None, message)])
    # MkDocs requires the folder at its start; the first build fills it.
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
    # Material's advice about MkDocs 2 does not concern users of digestgen.
    return {"NO_MKDOCS_2_WARNING": "1", **os.environ}
