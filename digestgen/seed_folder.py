"""Reads the seeds folder: files on disk → seeds, sidecars, settings, rulings. Nothing outside the folder is read.

A file that goes by a sidecar's, the rulings' or the ledger's name, or nearly, and cannot be read may have said that
something is not to be shown. Whatever it may have been about waits until it is mended.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path, PurePath

from digestgen.curate import strays
from digestgen.curate.file_names import read_name
from digestgen.curate.rulings import Rulings, read_rulings
from digestgen.curate.settings import DigestSettings, read_settings
from digestgen.curate.sidecar import missing, read_sidecar
from digestgen.decode import Decoded, decode
from digestgen.errors import InputError, Problem
from digestgen.model import Seed, Sidecar

LARGEST_FILE = 256 * 1024 * 1024
"""Bytes."""
SEED_ENDINGS = strays.SEED_ENDINGS
SETTINGS_NAME = strays.SETTINGS_NAME
RULINGS_NAME = strays.RULINGS_NAME
LEDGER_NAME = strays.LEDGER_NAME


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
    waiting: frozenset[str] = frozenset()
    """Names of seeds that are left out because nobody can tell what of them may be shown; ``problems`` says so."""


def read_seed_folder(folder: Path, settings: DigestSettings | None = None) -> SeedFolder:
    """Every seed of a folder with its sidecar, and the files of the whole; what is wrong is listed, not raised.

    ``settings`` hold where ``digest.yml`` is silent.
    Raises InputError, with all that is wrong, when the folder itself cannot be read, and when ``curation.yml`` or
    ``permalinks.yml`` is there, be it under a name that is only nearly right, and cannot be read: building without them
    would publish what is hidden, and lose addresses.
    """
    problems: list[Problem] = []
    listing = _listing(folder, problems)
    seed_names = _without_clashes([name for name in listing.texts() if name in listing.read], problems)
    found = strays.find_strays(listing, seed_names)
    problems += found.problems
    seeds = []
    waiting = set()
    for name in seed_names:
        file = listing.read[name]
        try:
            sidecar = _sidecar_of(name, listing, found)
        except InputError as error:
            problems += error.problems
            waiting.add(name)
            continue
        if file.text.strip() or file.problems:
            seeds.append(Seed(name=name, text=file.text, sidecar=sidecar))
        else:
            problems.append(Problem(name, None, "is empty"))
    settings = settings or DigestSettings()
    if SETTINGS_NAME in listing.read:
        try:
            settings = read_settings(listing.read[SETTINGS_NAME].text, SETTINGS_NAME, settings)
        except InputError as error:
            problems += error.problems
    rulings, misread = read_rulings(listing.whole(RULINGS_NAME) or "", RULINGS_NAME)
    problems += misread
    broken = {name for name in listing.names & {RULINGS_NAME, LEDGER_NAME} if listing.whole(name) is None}
    if rulings.unread:
        broken.add(RULINGS_NAME)
    if broken or found.blocking:
        mended = [Problem(name, None, "nothing is built until it is mended") for name in broken]
        raise InputError([*problems, *found.blocking, *mended])
    return SeedFolder(
        seeds=tuple(seeds),
        settings=settings,
        rulings=rulings,
        ledger_text=listing.whole(LEDGER_NAME) or "",
        problems=InputError(problems).problems,
        notices=tuple(notice for file in listing.read.values() for notice in file.notices),
        waiting=frozenset(waiting),
    )


def _listing(folder: Path, problems: list[Problem]) -> strays.Listing:
    names = _names(folder)
    read: dict[str, Decoded] = {}
    for name in names:
        try:
            read[name] = decode(_read(folder, name), name)
        except InputError as error:
            problems += error.problems
    problems += (problem for file in read.values() for problem in file.problems)
    return strays.Listing.of(names, read)


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
        if path.is_symlink() and name != SETTINGS_NAME and read_name(name).yaml:
            raise InputError([Problem(name, None, "is a link; put the file itself here")])
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
    for name in names:
        stem = strays.stem_of(name)
        if own := strays.OWN_STEMS.get(stem):
            problems.append(Problem(name, None, f"would have {own} as its sidecar, which is not its own; rename it"))
        elif stem in first:
            problems.append(Problem(name, None, f"has the same name as {first[stem]}; rename one of them"))
        else:
            first[stem] = name
    return list(first.values())


def _sidecar_of(seed: str, listing: strays.Listing, found: strays.Strays) -> Sidecar:
    """The sidecar of a seed; an empty one where there is none. Raises InputError where the seed must wait for it."""
    name = strays.sidecar_name(seed)
    if name in listing.names:
        return _sidecar(seed, name, listing.whole(name))
    if seed in found.near:
        message = f"is left out until {strays.shown(found.near[seed])} is renamed to {name}, or deleted"
    elif doubts := found.doubts[PurePath(seed).suffix]:
        told = ", ".join(map(strays.shown, doubts))
        message = f"is left out until {told} is mended, renamed or deleted: it may be the sidecar of this seed"
    else:
        return Sidecar()
    raise InputError([Problem(seed, None, message)])


def _sidecar(seed: str, name: str, text: str | None) -> Sidecar:
    """The sidecar in ``text``, None where that could not be read."""
    problems: tuple[Problem, ...] = ()
    if text is not None:
        try:
            sidecar = read_sidecar(text, name)
            problems = missing(sidecar, text)
        except InputError as error:
            problems = error.problems
        else:
            if not problems:
                return sidecar
    raise InputError([*problems, Problem(seed, None, f"is left out until {name} is mended")])
