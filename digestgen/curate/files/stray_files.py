"""Files in the seeds folder whose name does not fit their content, or that belong to nothing.

Sidecars, rulings or a ledger under a misspelled name are not read, so what they withhold would be published. Articles
that such a file may concern are held back until it is renamed or deleted.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import PurePath
from typing import Literal

from digestgen.curate.files.file_kinds import FileKind, kind_of
from digestgen.curate.files.file_names import (
    ParsedName,
    differs_only_in_unicode_form,
    is_disguised_yaml,
    normalised,
    parse_name,
)
from digestgen.curate.files.settings import read_settings
from digestgen.curate.files.sidecar import missing, read_sidecar, withholds
from digestgen.decode import Decoded
from digestgen.errors import InputError, Problem
from digestgen.seed_kinds import ENDINGS, SeedKind, kind_of_seed, sidecar_name

SPLIT_KIND = SeedKind.TEXT
"""Kind of seed that a sidecar can split."""
SETTINGS_NAME = "digest.yml"
RULINGS_NAME = "curation.yml"
LEDGER_NAME = "permalinks.yml"
OWN_STEMS = {PurePath(name).stem: name for name in (SETTINGS_NAME, RULINGS_NAME, LEDGER_NAME)}
"""Files of the whole digest, which are not sidecars."""

_VITAL_KINDS = {FileKind.LEDGER: LEDGER_NAME, FileKind.RULINGS: RULINGS_NAME}
_VITAL = frozenset(_VITAL_KINDS.values())
"""Files without whose content nothing can be built."""
_NOTHING = "Nothing is built until then"
_VERSION = re.compile(r"^version:", re.MULTILINE)
"""Marks a text as a ledger."""
_ALIKE = 0.8
"""Similarity (difflib ratio) from which a name is taken for one of these files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The files of one folder."""

    folder: str = ""
    """Path below the seeds folder, such as ``2024/spring``; empty for the seeds folder itself."""
    names: frozenset[str]
    """Names of all entries, readable or not, without the folder."""
    read: Mapping[str, Decoded]
    """Readable files, by name."""
    kinds: Mapping[str, FileKind]
    """Kinds of files recognised by content, other than plain texts."""

    @staticmethod
    def of(names: Iterable[str], read: Mapping[str, Decoded], folder: str = "") -> Listing:
        """Make a listing, detecting the kind of each readable file."""
        kinds = {
            name: kind
            for name, file in read.items()
            if not (kind_of_seed(name) is SeedKind.MARKDOWN and file.text.startswith("---"))  # front matter
            and (kind := kind_of(file.text)) is not None
        }
        return Listing(folder=folder, names=frozenset(names), read=read, kinds=kinds)

    def complete_text(self, name: str) -> str | None:
        """Text of a file that was decoded without problems; None otherwise."""
        file = self.read.get(name)
        return None if file is None or file.problems else file.text

    def seed_names(self) -> tuple[str, ...]:
        """Sorted names of files that are seeds by both name and content."""
        return tuple(
            name
            for name in sorted(self.names)
            if kind_of_seed(name) and not is_disguised_yaml(name) and name not in self.kinds
        )

    def path(self, name: str) -> str:
        """Path below the seeds folder, for messages."""
        return f"{self.folder}/{name}" if self.folder else name

    @property
    def reserved(self) -> Mapping[str, str]:
        """Stems that no seed may have here → file of the whole digest with that stem."""
        return {stem: name for stem, name in OWN_STEMS.items() if not self.folder or name in _VITAL}


@dataclass(frozen=True, slots=True, kw_only=True)
class Strays:
    """Stray files: problems to report, and seeds they may concern."""

    problems: tuple[Problem, ...]
    blocking: tuple[Problem, ...]
    """Problems that prevent a build."""
    near: Mapping[str, str]
    """Path of a seed without sidecar → misspelled or misplaced file that may be its sidecar."""
    doubts: Mapping[tuple[str, SeedKind], tuple[str, ...]]
    """Folder and kind of seeds → files that may be the sidecar of any of these and may withhold something."""


def stem_of(name: str) -> str:
    """Normalised name without its ending."""
    return normalised(PurePath(name).stem)


def printable(name: str) -> str:
    """Make a name printable."""
    return name if name.isprintable() else ascii(name)


def find_strays(listings: Iterable[Listing], seeds: Mapping[str, Iterable[str]]) -> Strays:
    """Find stray files; ``seeds`` maps each folder to the names of its usable seeds."""
    listings = list(listings)
    top = next((listing.names for listing in listings if not listing.folder), frozenset())
    far: dict[str, list[str]] = defaultdict(list)
    """Stem of a seed, or of a folder above it → paths of seeds that a stray file elsewhere may belong to."""
    for listing in listings:
        for name in seeds.get(listing.folder, ()):
            for part in {stem_of(name), *(normalised(part) for part in PurePath(listing.folder).parts)}:
                far[part].append(listing.path(name))
    problems: list[Problem] = []
    blocking: list[Problem] = []
    near: dict[str, str] = {}
    doubts: dict[tuple[str, SeedKind], tuple[str, ...]] = {}
    for listing in listings:
        finder = _Finder(listing, seeds.get(listing.folder, ()), top, far)
        finder.search()
        problems += finder.problems
        blocking += finder.blocking
        for seed, stray in finder.near.items():
            near.setdefault(seed, stray)
        for kind in SeedKind:
            doubts[listing.folder, kind] = (*finder.doubts[None], *finder.doubts[kind])
    return Strays(problems=tuple(problems), blocking=tuple(blocking), near=near, doubts=doubts)


class _Finder:
    """Search of one folder."""

    def __init__(
        self, listing: Listing, seeds: Iterable[str], top: frozenset[str], far: Mapping[str, Sequence[str]]
    ) -> None:
        self.listing = listing
        self.top = top
        self.far = far
        seed_names = listing.seed_names()
        reserved = listing.reserved
        self.sidecars = {sidecar_name(name) for name in seed_names if stem_of(name) not in reserved}
        self.by_stem = {stem_of(name): name for name in (*seed_names, *seeds) if stem_of(name) not in reserved}
        self.problems: list[Problem] = []
        self.blocking: list[Problem] = []
        self.near: dict[str, str] = {}
        self.doubts: dict[SeedKind | None, list[str]] = defaultdict(list)

    def search(self) -> None:
        listing = self.listing
        self._check_vital_files()
        if not listing.folder and listing.kinds.get(SETTINGS_NAME) is FileKind.SIDECAR:
            self.doubts[None].append(SETTINGS_NAME)
        others = listing.names - self.sidecars - set(listing.seed_names())
        if not listing.folder:
            others -= set(OWN_STEMS.values())
        for name in sorted(name for name in others if listing.kinds.get(name) not in _VITAL_KINDS):
            self._check_stray(name)

    def _check_stray(self, name: str) -> None:
        listing = self.listing
        read, kind = parse_name(name), listing.kinds.get(name)
        path = listing.path(name)
        if not read.yaml and kind is None:
            if name in listing.read:
                known = ", ".join(ENDINGS)
                self.problems.append(Problem(path, None, f"is not a kind of seed that is read ({known})"))
        elif own := self._digest_file_meant(read):
            (self.blocking if own in _VITAL else self.problems).append(self._misnamed(name, own, self.top))
            if kind is FileKind.SIDECAR:
                self.doubts[None].append(path)
        elif seed := next((self.by_stem[stem] for stem in read.stems if stem in self.by_stem), None):
            right = sidecar_name(seed)
            self.problems.append(self._misnamed(name, right, listing.names))
            if right not in listing.names:
                self.near.setdefault(listing.path(seed), path)
        elif seeds := next((self.far[stem] for stem in read.stems if stem in self.far), None):
            remedy = f"if it is the sidecar of {seeds[0]}, name it {sidecar_name(seeds[0])}"
            message = f"belongs to no seed in this folder; {remedy}"
            self.problems.append(Problem(printable(path), None, message))
            if _kind_withheld(name, listing.complete_text(name)) is not False:
                for each in seeds:
                    self.near.setdefault(each, path)
        else:
            self._check_orphan(name, yaml=read.yaml)

    def _check_orphan(self, name: str, *, yaml: bool) -> None:
        own = OWN_STEMS.values() if not self.listing.folder else ()
        close = get_close_matches(name, sorted(self.sidecars.union(own)), n=1)
        hint = f" (did you mean {close[0]}?)" if close else ""
        message = "belongs to no seed" if yaml else "reads like a sidecar, but belongs to no seed"
        ending = "" if name.endswith(".yml") else "; rename it after its seed, with the ending .yml"
        path = self.listing.path(name)
        self.problems.append(Problem(printable(path), None, f"{message}{hint}{ending}"))
        withheld = _kind_withheld(name, self.listing.complete_text(name))
        if withheld is not False:
            self.doubts[withheld].append(path)

    def _check_vital_files(self) -> None:
        """Report ledgers and rulings under other names, and files that are named like the ledger but are none."""
        listing = self.listing
        for name in sorted(listing.names):
            kind = listing.kinds.get(name)
            right = _VITAL_KINDS.get(kind) if kind else None
            if name == LEDGER_NAME and not listing.folder:
                message = _no_ledger(listing.complete_text(name))
            elif right is None or self._is_in_place(name, right):
                continue
            elif right in self.top:
                message = f"reads like {right}, which exists too; move what you need into that file and delete this one"
            else:
                message = f"reads like {right}; {self._remedy(right)}"
            if message:
                self.blocking.append(Problem(listing.path(name), None, f"{message}. {_NOTHING}"))

    def _is_in_place(self, name: str, right: str) -> bool:
        return (right == name and not self.listing.folder) or (name in self.sidecars and right in self.top)

    def _remedy(self, own: str) -> str:
        return f"put it at the top of the seeds folder, as {own}" if self.listing.folder else f"rename it to {own}"

    def _digest_file_meant(self, read: ParsedName) -> str | None:
        """File of the whole digest with a similar name; None if there is none or a seed's name is closer."""
        for stem in read.stems:
            if stem in self.by_stem:
                return None
            if stem in OWN_STEMS:
                return OWN_STEMS[stem]
        close = get_close_matches(read.stems[-1], [PurePath(name).stem for name in sorted(_VITAL)], 1, _ALIKE)
        return OWN_STEMS[close[0]] if close else None

    def _misnamed(self, name: str, right: str, names: frozenset[str]) -> Problem:
        own = right in OWN_STEMS.values() and names is self.top
        if right in names:
            message = f"is not read, since {right} exists; move what you need into that file and delete this one"
        elif differs_only_in_unicode_form(name, right):
            message = f"has a name in another Unicode form than its seed; save it again as {right}"
        elif own and self.listing.folder:
            message = f"is not read here; {self._remedy(right)}"
        else:
            message = f"is not read under this name; rename it to {right}"
        text = f"{message}. {_NOTHING}" if right in _VITAL else message
        return Problem(printable(self.listing.path(name)), None, text)


def _no_ledger(text: str | None) -> str:
    """Message if a file named like the ledger is evidently none, else empty."""
    if text is None:
        return ""
    if all(not line.strip() or line.startswith("#") for line in text.split("\n")):
        return "is empty; restore it, for example with git, or delete it to start anew"
    # A version is in no sidecar; looking for it first avoids parsing a long ledger as a sidecar.
    is_sidecar = _VERSION.search(text) is None and _parses(read_sidecar, text)
    return "is a sidecar, not a ledger; rename it after its seed" if is_sidecar else ""


def _kind_withheld(name: str, text: str | None) -> SeedKind | Literal[False] | None:
    """Kind of seeds that a stray sidecar may withhold parts of: None for all kinds, False for none."""
    if text is None or not text.strip():
        return None
    try:
        sidecar = read_sidecar(text, name)
    except InputError:
        return False if _parses(read_settings, text) else None
    if sidecar.draft:
        return None
    return SPLIT_KIND if withholds(sidecar) or missing(sidecar, text) else False


def _parses(read: Callable[[str, str], object], text: str) -> bool:
    """Whether a text can be parsed by ``read``."""
    try:
        read(text, "")
    except InputError:
        return False
    return True
