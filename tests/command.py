"""Run the command line in this process, which saves the imports and studies no article twice."""

from __future__ import annotations

import os
from contextlib import chdir, nullcontext, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from subprocess import CompletedProcess
from unittest import mock

from digestgen import cli
from remembering import studying_once


def digestgen(*words: str | Path, cwd: Path | None = None, epoch: int | None = None) -> CompletedProcess[str]:
    """The exit code and output of ``python -m digestgen``, in a folder and at a time (Unix seconds)."""
    out, err = StringIO(), StringIO()
    moment = {} if epoch is None else {"SOURCE_DATE_EPOCH": str(epoch)}
    with (
        chdir(cwd) if cwd else nullcontext(),
        mock.patch.dict(os.environ, moment),
        studying_once(),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            code = cli.main([str(word) for word in words])
        except SystemExit as end:
            code = end.code
    return CompletedProcess(words, code, out.getvalue(), err.getvalue())
