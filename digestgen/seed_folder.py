"""Reads the seeds folder and its subfolders: seeds, sidecars, settings, rulings.

An unreadable file with the name, or nearly the name, of a sidecar, the rulings or the ledger may have said that
something must not be shown. Whatever it may concern waits until that is fixed.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from digestgen.curate.files import stray_files
from digestgen.curate.files.file_kinds import kind_of
from digestgen.curate.files.file_names import parse_name
from digestgen.curate.files.settings import DigestSettings, read_settings
from digestgen.curate.files.sidecar import missing, read_sidecar
from digestgen.curate.rulings.rulings import Rulings
from digestgen.curate.rulings.rulings_file import read_rulings
from digestgen.decode import Decoded, decode
from digestgen.errors import InputError, Problem
from digestgen.model import Seed, Sidecar
from digestgen.seed_kinds import (
    FEEDS_NAME,
    UNREAD,
    ending_of,
    is_no_seed,
    is_part_of_page,
    is_private_folder,
    kind_of_seed,
    sidecar_name,
)

LARGEST_FILE = 256 * 1024 * 1024
"""Bytes."""
_LARGEST_OWN_FILE = 4 * 1024 * 1024
_DEEPEST = 24
"""Levels of subfolders."""
SETTINGS_NAME = stray_files.SETTINGS_NAME
RULINGS_NAME = stray_files.RULINGS_NAME
LEDGER_NAME = stray_files.LEDGER_NAME


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedFolder:
    """Everything the curator wrote, as far as it can be used, and what cannot."""

    seeds: tuple[Seed, ...]
    """By name."""
    settings: DigestSettings
    rulings: Rulings
    ledger_text: str
    """The unparsed text of ``permalinks.yml``; empty if there is none."""
    problems: tuple[Problem, ...]
    """What was refused."""
    notices: tuple[Problem, ...]
    """What was skipped, or read but not shown as it is."""
    waiting: frozenset[str] = frozenset()
    """Names of seeds that wait, because it is unclear what of them may be shown; ``problems`` says why."""


def read_seed_folder(folder: Path, settings: DigestSettings | None = None) -> SeedFolder:
    """Read every seed with its sidecar, the settings and the rulings; problems are listed, not raised.

    ``settings`` are the defaults for ``digest.yml``. Raises InputError, with all problems, if the folder itself cannot
    be read, or if ``curation.yml`` or ``permalinks.yml`` exists, even under a slightly wrong name, and cannot be read:
    building without them would publish what is hidden and lose addresses.
    """
    problems: list[Problem] = []
    passed = _Skipped()
    listings = _listings(folder, problems, passed)
    top = listings[0]
    seed_names = {listing.folder: _without_clashes(listing, problems) for listing in listings}
    found = stray_files.find_strays(listings, seed_names)
    problems += found.problems
    seeds = []
    waiting = set()
    for listing in listings:
        for name in seed_names[listing.folder]:
            path = listing.path(name)
            file = listing.read[name]
            try:
                sidecar = _sidecar_of(name, listing, found)
            except InputError as error:
                problems += error.problems
                waiting.add(path)
                continue
            if file.text.strip() or file.problems:
                seeds.append(Seed(name=path, text=file.text, sidecar=sidecar))
            else:
                problems.append(Problem(path, None, "is empty"))
    settings = settings or DigestSettings()
    if SETTINGS_NAME in top.read:
        try:
            settings = read_settings(top.read[SETTINGS_NAME].text, SETTINGS_NAME, settings)
        except InputError as error:
            problems += error.problems
    rulings, misread = read_rulings(top.complete_text(RULINGS_NAME) or "", RULINGS_NAME)
    problems += misread
    broken = {name for name in top.names & {RULINGS_NAME, LEDGER_NAME} if top.complete_text(name) is None}
    if rulings.unreadable:
        broken.add(RULINGS_NAME)
    if broken or found.blocking:
        unusable = [Problem(name, None, "nothing is built until it is fixed") for name in broken]
        raise InputError([*problems, *found.blocking, *unusable])
    return SeedFolder(
        seeds=tuple(sorted(seeds, key=lambda seed: seed.name)),
        settings=settings,
        rulings=rulings,
        ledger_text=top.complete_text(LEDGER_NAME) or "",
        problems=InputError(problems).problems,
        notices=(
            *(notice for listing in listings for file in listing.read.values() for notice in file.notices),
            *passed.notices(),
        ),
        waiting=frozenset(waiting),
    )


class _Skipped:
    """Files that are neither seeds nor errors, grouped by message."""

    def __init__(self) -> None:
        self._by_message: dict[str, list[str]] = {}

    def add(self, path: str, message: str) -> None:
        self._by_message.setdefault(message, []).append(path)

    def notices(self) -> list[Problem]:
        """One notice per message, at its first file."""
        notices = []
        for message, paths in self._by_message.items():
            more = f" (and {len(paths) - 1} more)" if len(paths) > 1 else ""
            notices.append(Problem(stray_files.printable(paths[0]), None, f"{message}{more}"))
        return notices


def _listings(folder: Path, problems: list[Problem], passed: _Skipped) -> list[stray_files.Listing]:
    """List the seeds folder, first, and every folder below it."""
    listings = []
    waiting = [""]
    while waiting:
        place = waiting.pop()
        try:
            names, folders = _names(folder / place)
        except InputError as error:
            if not place:
                raise
            problems += (replace(problem, file=place) for problem in error.problems)
            continue
        read: dict[str, Decoded] = {}
        for name in list(names):
            path = f"{place}/{name}" if place else name
            try:
                if (file := _file(folder, path, passed)) is None:
                    names.remove(name)
                else:
                    read[name] = file
            except InputError as error:
                problems += error.problems
        problems += (problem for file in read.values() for problem in file.problems)
        listings.append(stray_files.Listing.of(names, read, place))
        for name in reversed(folders):
            path = f"{place}/{name}" if place else name
            if refused := _refused_folder(path, folder / path):
                problems.append(refused)
            elif message := _reason_to_skip(name, names):
                passed.add(path, message)
            else:
                waiting.append(path)
    return listings


def _reason_to_skip(folder: str, beside: Sequence[str]) -> str | None:
    """Why a folder is skipped; None for one that is read."""
    if is_part_of_page(folder, beside):
        return "is skipped, since it holds the pictures and scripts of the page beside it"
    if is_private_folder(folder):
        return "is skipped with everything in it, since its name marks it as private"
    return None


def _file(folder: Path, path: str, passed: _Skipped) -> Decoded | None:
    """A file as text; None, with a note, for one that is not meant to be read and withholds nothing."""
    if path == FEEDS_NAME:
        return None
    unread = UNREAD.get(ending_of(path))
    if unread is None and not is_no_seed(path):
        return decode(_read(folder, path), path)
    if not _looks_like_own_file(folder, path):
        if unread:
            passed.add(path, f"is {unread[0]}, which is not read; {unread[1]}")
        else:
            passed.add(path, "is skipped, since it is no text for the digest; should it be one, rename it")
        return None
    return decode(_read(folder, path), path)


def _looks_like_own_file(folder: Path, path: str) -> bool:
    """Whether the content of a file that is skipped by name looks like one of the curator's own files."""
    try:
        if (folder / path).stat().st_size > _LARGEST_OWN_FILE:
            return False
        text = _read(folder, path).decode("utf-8")
    except (InputError, OSError, UnicodeDecodeError):
        return False
    return "\0" not in text and kind_of(text) is not None


def _refused_folder(path: str, place: Path) -> Problem | None:
    if not path.isprintable():
        return Problem(ascii(path), None, "has a name with invisible characters; rename it")
    if path.count("/") >= _DEEPEST:
        return Problem(path, None, f"is a folder more than {_DEEPEST} levels down, and is not read")
    if place.is_symlink():
        return Problem(path, None, "is a link to a folder; put the folder itself here")
    return None


def _names(folder: Path) -> tuple[list[str], list[str]]:
    """The names of files and of subfolders, without hidden ones."""
    try:
        with os.scandir(folder) as entries:
            shown = sorted((entry.name, _is_folder(entry)) for entry in entries if not entry.name.startswith("."))
    except OSError as error:
        raise InputError([Problem(str(folder), None, f"is no folder that can be read: {error.strerror}")]) from None
    return [name for name, folder in shown if not folder], [name for name, folder in shown if folder]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a folder or a link to one; a folder named like one of our files is not."""
    try:
        return entry.is_dir() and not parse_name(entry.name).yaml
    except OSError:  # a link to itself
        return False


def _read(folder: Path, name: str) -> bytes:
    """The bytes of a plain file; a link may only lead to another place in the folder."""
    path = folder / name
    bare = PurePosixPath(name).name
    if not name.isprintable():
        raise InputError([Problem(ascii(name), None, "has a name with invisible characters; rename it")])
    try:
        if path.is_symlink() and name != SETTINGS_NAME and parse_name(bare).yaml:
            raise InputError([Problem(name, None, "is a link; put the file itself here")])
        target = path.resolve(strict=True)
        if not target.is_relative_to(folder.resolve()):
            raise InputError([Problem(name, None, "is a link that leads out of the seeds folder; copy the file here")])
        kind = target.stat()
        if stat.S_ISDIR(kind.st_mode):
            raise InputError([Problem(name, None, "is a folder under the name of a file; rename it")])
        if not stat.S_ISREG(kind.st_mode):
            raise InputError([Problem(name, None, "is not a regular file")])
        if kind.st_size > LARGEST_FILE:
            raise InputError([Problem(name, None, f"is larger than {LARGEST_FILE >> 20} MB; split it")])
        return target.read_bytes()
    except (OSError, RuntimeError) as error:  # before Python 3.13, a link that leads to itself is a RuntimeError
        reason = getattr(error, "strerror", None) or "the link leads nowhere"
        raise InputError([Problem(name, None, f"cannot be read: {reason}")]) from None


def _without_clashes(listing: stray_files.Listing, problems: list[Problem]) -> list[str]:
    """The seeds with distinct names; two of one name would share a sidecar, and one file on some systems."""
    first: dict[str, str] = {}
    for name in (name for name in listing.seed_names() if name in listing.read):
        stem = stray_files.stem_of(name)
        path = listing.path(name)
        if own := listing.reserved.get(stem):
            problems.append(Problem(path, None, f"would have {own} as its sidecar, which is not its own; rename it"))
        elif stem in first:
            problems.append(Problem(path, None, f"has the same name as {first[stem]}; rename one of them"))
        else:
            first[stem] = name
    return list(first.values())


def _sidecar_of(seed: str, listing: stray_files.Listing, found: stray_files.Strays) -> Sidecar:
    """The sidecar of a seed, empty if there is none. Raises InputError if the seed must wait for one."""
    name = sidecar_name(seed)
    path = listing.path(seed)
    kind = kind_of_seed(seed)
    if name in listing.names:
        return _sidecar(path, listing.path(name), listing.complete_text(name))
    if stray := found.near.get(path):
        message = f"is left out until {stray_files.printable(stray)} is renamed to {listing.path(name)}, or deleted"
    elif kind and (doubts := found.doubts[listing.folder, kind]):
        names = ", ".join(map(stray_files.printable, doubts))
        message = f"is left out until {names} is fixed, renamed or deleted: it may be the sidecar of this seed"
    else:
        return Sidecar()
    raise InputError([Problem(path, None, message)])


def _sidecar(seed: str, name: str, text: str | None) -> Sidecar:
    """Parse a sidecar; ``text`` is None if it could not be read."""
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
    raise InputError([*problems, Problem(seed, None, f"is left out until {name} is fixed")])
