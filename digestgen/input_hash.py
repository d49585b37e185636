"""A hash over all inputs of a build: equal hashes give equal results."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from digestgen.git_branch import unrecorded_branch
from digestgen.project import MKDOCS_CONFIG
from digestgen.version import installed_versions


def hash_of_inputs(seeds: Path, docs: Path, today: date) -> bytes | None:
    """Hash the seeds folder, the project's ``mkdocs.yml``, the branch, the day and our code.

    None if that is impossible: something cannot be read, or is a symbolic link.
    """
    said = (installed_versions(), today, unrecorded_branch(seeds), seeds.absolute(), docs.absolute())
    total = hashlib.blake2b(repr(said).encode(), digest_size=16)
    try:
        for name, data in _files(seeds):
            total.update(f"{name}\0{len(data)}\0".encode("utf-8", "surrogateescape") + data)
        for folder in (seeds.absolute().parent, docs.absolute().parent):
            config = folder / MKDOCS_CONFIG
            total.update(b"\0" + (config.read_bytes() if config.exists() else b"none"))
    except OSError:
        return None
    return total.digest()


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The files in a folder and its subfolders, sorted; folders have no content."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.is_symlink():
            raise OSError
        path = Path(entry)
        if entry.is_dir():
            yield f"{path}/", b""
            yield from _files(path)
        else:
            yield str(path), path.read_bytes()
