"""The command line in this very process: without the second that imports take, and no article is studied twice."""

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
    """What ``python -m digestgen`` with these words would end with and say, in a folder, at a moment in seconds."""
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
