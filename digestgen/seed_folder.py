"""Reads the seeds folder: files on disk → seeds, sidecars, settings, rulings. Nothing outside the folder is read."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path, PurePath

from digestgen.curate.rulings import Rulings, read_rulings
from digestgen.curate.settings import DigestSettings, read_settings
from digestgen.curate.sidecar import read_sidecar
from digestgen.decode import Decoded, decode
from digestgen.errors import InputError, Problem
from digestgen.model import Seed, Sidecar

LARGEST_FILE = 256 * 1024 * 1024
"""Bytes."""
SEED_ENDINGS = (".txt", ".md", ".jsonl")
SETTINGS_NAME = "digest.yml"
RULINGS_NAME = "curation.yml"
LEDGER_NAME = "permalinks.yml"

_OWN_NAMES = (SETTINGS_NAME, RULINGS_NAME, LEDGER_NAME)
"""Files of the digest as a whole, which are nobody's sidecar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedFolder:
    """Everything the curator wrote, as far as it can be used, and what cannot."""

    seeds: tuple[Seed, ...]
    """By name."""
    settings: DigestSettings
    rulings: Rulings
    ledger_text: str
    """The text of ``permalinks.yml``, unread; empty where there is none."""
    problems: tuple[Problem, ...]
    """What was refused."""
    notices: tuple[Problem, ...]
    """What was read, but will not be shown as it stands."""


def read_seed_folder(folder: Path) -> SeedFolder:
    """Every seed of a folder with its sidecar, and the files of the whole; what is wrong is listed, not raised.

    Raises InputError, with all that is wrong, when the folder itself cannot be read, and when ``curation.yml`` or
    ``permalinks.yml`` is there and cannot be: building without them would publish what is hidden, and lose addresses.
    """
    problems: list[Problem] = []
    files: dict[str, Decoded] = {}
    names = _names(folder)
    for name in names:
        try:
            files[name] = decode(_read(folder, name), name)
        except InputError as error:
            problems += error.problems
    problems += (problem for file in files.values() for problem in file.problems)
    seed_names = _without_clashes([name for name in files if name.endswith(SEED_ENDINGS)], problems)
    problems += _strays(files, seed_names)
    seeds = []
    for name in seed_names:
        try:
            seeds.append(_seed(name, files))
        except InputError as error:
            problems += error.problems
    settings = DigestSettings()
    if SETTINGS_NAME in files:
        try:
            settings = read_settings(files[SETTINGS_NAME].text, SETTINGS_NAME)
        except InputError as error:
            problems += error.problems
    rulings, misread = read_rulings(_text(RULINGS_NAME, files), RULINGS_NAME)
    problems += misread
    broken = {name for name in names if name not in files or files[name].problems}
    if rulings.unread:
        broken.add(RULINGS_NAME)
    if lost := broken & {RULINGS_NAME, LEDGER_NAME}:
        raise InputError([*problems, *(Problem(name, None, "nothing is built until it is mended") for name in lost)])
    return SeedFolder(
        seeds=tuple(seeds),
        settings=settings,
        rulings=rulings,
        ledger_text=_text(LEDGER_NAME, files),
        problems=InputError(problems).problems,
        notices=tuple(notice for file in files.values() for notice in file.notices),
    )


def _names(folder: Path) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entry.name for entry in entries if not entry.name.startswith("."))
    except OSError as error:
        raise InputError([Problem(str(folder), None, f"is no folder that can be read: {error.strerror}")]) from None


def _read(folder: Path, name: str) -> bytes:
    """The bytes of a plain file in the folder; a link may lead only to another place in the folder."""
    path = folder / name
    if not name.isprintable():
        raise InputError([Problem(ascii(name), None, "has a name with invisible characters; rename it")])
    try:
        target = path.resolve(strict=True)
        if not target.is_relative_to(folder.resolve()):
            raise InputError([Problem(name, None, "is a link that leads out of the seeds folder; copy the file here")])
        kind = target.stat()
        if stat.S_ISDIR(kind.st_mode):
            raise InputError([Problem(name, None, "is a folder; seeds lie directly in the seeds folder")])
        if not stat.S_ISREG(kind.st_mode):
            raise InputError([Problem(name, None, "is not a plain file")])
        if kind.st_size > LARGEST_FILE:
            raise InputError([Problem(name, None, f"is larger than {LARGEST_FILE >> 20} MB; split it")])
        return target.read_bytes()
    except (OSError, RuntimeError) as error:  # before Python 3.13, a link that leads to itself is a RuntimeError
        reason = getattr(error, "strerror", None) or "the link leads nowhere"
        raise InputError([Problem(name, None, f"cannot be read: {reason}")]) from None


def _without_clashes(names: list[str], problems: list[Problem]) -> list[str]:
    """The seeds of one name each: two of one name would share a sidecar, and one file on some systems."""
    first: dict[str, str] = {}
    own = {PurePath(name).stem: name for name in _OWN_NAMES}
    for name in names:
        stem = PurePath(name).stem.casefold()
        if stem in own:
            problems.append(
                Problem(name, None, f"would have {own[stem]} as its sidecar, which is not its own; rename it")
            )
        elif stem in first:
            problems.append(Problem(name, None, f"has the same name as {first[stem]}; rename one of them"))
        else:
            first[stem] = name
    return list(first.values())


def _strays(files: dict[str, Decoded], seed_names: list[str]) -> list[Problem]:
    """Files that are neither seed nor anybody's sidecar nor the whole digest's."""
    sidecars = {_sidecar_name(name) for name in seed_names}
    strays = []
    for name in files:
        if name.endswith(SEED_ENDINGS) or name in sidecars or name in _OWN_NAMES:
            continue
        if name.endswith(".yml"):
            close = get_close_matches(name, sorted(sidecars.union(_OWN_NAMES)), n=1)
            hint = f" (did you mean {close[0]}?)" if close else ""
            strays.append(Problem(name, None, f"belongs to no seed{hint}"))
        else:
            known = ", ".join(SEED_ENDINGS)
            strays.append(Problem(name, None, f"is not a kind of seed that is read ({known})"))
    return strays


def _text(name: str, files: dict[str, Decoded]) -> str:
    return files[name].text if name in files else ""


def _sidecar_name(seed_name: str) -> str:
    return f"{PurePath(seed_name).stem}.yml"


def _seed(name: str, files: dict[str, Decoded]) -> Seed:
    if not files[name].text.strip() and not files[name].problems:
        raise InputError([Problem(name, None, "is empty")])
    sidecar_name = _sidecar_name(name)
    sidecar = Sidecar()
    if sidecar_name in files:
        try:
            sidecar = read_sidecar(files[sidecar_name].text, sidecar_name)
        except InputError as error:
            left_out = Problem(name, None, f"is left out until {sidecar_name} is mended")
            raise InputError([*error.problems, left_out]) from None
    return Seed(name=name, text=files[name].text, sidecar=sidecar)
