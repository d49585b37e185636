"""All that a build is made from, as a hash: where that is the same, so is what comes of it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from digestgen.git_branch import other_branch
from digestgen.project import MKDOCS_CONFIG
from digestgen.seed_folder import LEDGER_NAME
from digestgen.version import installed


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a build is made from: its ledger, which it writes itself, and all else."""

    others: bytes
    """A hash of them."""
    ledger: bytes
    """What the file holds; nothing where there is none."""

    @property
    def key(self) -> bytes:
        """A hash of all."""
        return _hash(self.others + self.ledger).digest()

    def recorded(self, seeds: Path) -> Inputs | None:
        """The same with the ledger as it is by now; whatever else was changed meanwhile was not built."""
        try:
            return replace(self, ledger=_ledger(seeds))
        except OSError:
            return None


def inputs_of(seeds: Path, docs: Path, today: date) -> Inputs | None:
    """The seeds folder with all that is in it, the project's ``mkdocs.yml``, the branch, the day and our code.

    None where that cannot be told: something cannot be read, or is a link to what may lie anywhere.
    """
    total = _hash(repr((installed(), today, other_branch(seeds), seeds.absolute(), docs.absolute())).encode())
    try:
        for name, data in _files(seeds):
            if name != str(seeds / LEDGER_NAME):
                total.update(f"{name}\0{len(data)}\0".encode("utf-8", "surrogateescape") + data)
        for folder in (seeds.absolute().parent, docs.absolute().parent):
            config = folder / MKDOCS_CONFIG
            total.update(b"\0" + (config.read_bytes() if config.exists() else b"none"))
        return Inputs(total.digest(), _ledger(seeds))
    except OSError:
        return None


def _ledger(seeds: Path) -> bytes:
    place = seeds / LEDGER_NAME
    return place.read_bytes() if place.exists() else b""


def _hash(data: bytes) -> hashlib.blake2b:
    return hashlib.blake2b(data, digest_size=16)


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Everything in a folder and those below, by name; folders have no content."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.is_symlink():
            raise OSError
        path = Path(entry)
        if entry.is_dir():
            yield f"{path}/", b""
            yield from _files(path)
        else:
            yield str(path), path.read_bytes()
