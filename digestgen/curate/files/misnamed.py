"""Files in the seeds folders that are not what they are called, or are called what nothing is.

A sidecar, rulings or a ledger under a name that is only nearly right are not read, and with them what they withhold.
Whatever such a file may have been about waits until it is named rightly or deleted.
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
from digestgen.curate.files.file_names import NameRead, is_disguised_yaml, is_same_but_for_form, normal, read_name
from digestgen.curate.files.settings import read_settings
from digestgen.curate.files.sidecar import missing, read_sidecar, withholds
from digestgen.decode import Decoded
from digestgen.errors import InputError, Problem
from digestgen.seed_kinds import ENDINGS, SeedKind, kind_of_seed, sidecar_name

SPLIT_KIND = SeedKind.TEXT
"""Of the seeds that a sidecar can split."""
SETTINGS_NAME = "digest.yml"
RULINGS_NAME = "curation.yml"
LEDGER_NAME = "permalinks.yml"
OWN_STEMS = {PurePath(name).stem: name for name in (SETTINGS_NAME, RULINGS_NAME, LEDGER_NAME)}
"""Files of the digest as a whole, which are nobody's sidecar."""

_VITAL_KINDS = {FileKind.LEDGER: LEDGER_NAME, FileKind.RULINGS: RULINGS_NAME}
_VITAL = frozenset(_VITAL_KINDS.values())
"""Without what stands in these, nothing can be built."""
_NOTHING = "Nothing is built until then"
_VERSION = re.compile(r"^version:", re.MULTILINE)
"""What the ledger says of itself."""
_ALIKE = 0.8
"""Ratio of difflib at which a name is taken for one of these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What lies in one folder."""

    folder: str = ""
    """Its place in the seeds folder, ``2024/spring``; empty for the seeds folder itself."""
    names: frozenset[str]
    """Of everything, be it readable or not; as all names of a listing, without the folder."""
    read: Mapping[str, Decoded]
    """What could be read."""
    kinds: Mapping[str, FileKind]
    """What a file is by its content, where that is no text."""

    @staticmethod
    def of(names: Iterable[str], read: Mapping[str, Decoded], folder: str = "") -> Listing:
        """The listing of some files, as far as they could be read."""
        kinds = {
            name: kind
            for name, file in read.items()
            if not (kind_of_seed(name) is SeedKind.MARKDOWN and file.text.startswith("---"))  # front matter
            and (kind := kind_of(file.text)) is not None
        }
        return Listing(folder=folder, names=frozenset(names), read=read, kinds=kinds)

    def whole(self, name: str) -> str | None:
        """The text of a file that could be read from end to end; None where it could not, or is not there."""
        file = self.read.get(name)
        return None if file is None or file.problems else file.text

    def texts(self) -> tuple[str, ...]:
        """Names of those that go by a seed's name and are no file of another kind, in order."""
        return tuple(
            name
            for name in sorted(self.names)
            if kind_of_seed(name) and not is_disguised_yaml(name) and name not in self.kinds
        )

    def path(self, name: str) -> str:
        """A name with the folder before it, as a curator is told of it."""
        return f"{self.folder}/{name}" if self.folder else name

    @property
    def reserved(self) -> Mapping[str, str]:
        """Stems that no seed may have here, and the files of the whole digest that they mean."""
        return {stem: name for stem, name in OWN_STEMS.items() if not self.folder or name in _VITAL}


@dataclass(frozen=True, slots=True, kw_only=True)
class Strays:
    """What the files that are not where they belong come to."""

    problems: tuple[Problem, ...]
    blocking: tuple[Problem, ...]
    """Those without which nothing can be built."""
    near: Mapping[str, str]
    """Path of a seed → what is nearly called as its sidecar, or lies elsewhere, where that itself is missing."""
    doubts: Mapping[tuple[str, SeedKind], tuple[str, ...]]
    """Folder and kind of seeds → files that may be the sidecar of any such seed, and may withhold something of it."""


def stem_of(name: str) -> str:
    """The name without its ending, in the form in which names are compared."""
    return normal(PurePath(name).stem)


def shown(name: str) -> str:
    """A name as it can be printed."""
    return name if name.isprintable() else ascii(name)


def find_strays(listings: Iterable[Listing], seeds: Mapping[str, Iterable[str]]) -> Strays:
    """The strays of some folders; ``seeds`` are, by folder, the names of those seeds that can be used."""
    listings = list(listings)
    top = next((listing.names for listing in listings if not listing.folder), frozenset())
    far: dict[str, list[str]] = defaultdict(list)
    """Stem of a seed, or of a folder that it lies in → paths of the seeds that a stray elsewhere may mean."""
    for listing in listings:
        for name in seeds.get(listing.folder, ()):
            for part in {stem_of(name), *(normal(part) for part in PurePath(listing.folder).parts)}:
                far[part].append(listing.path(name))
    problems: list[Problem] = []
    blocking: list[Problem] = []
    near: dict[str, str] = {}
    doubts: dict[tuple[str, SeedKind], tuple[str, ...]] = {}
    for listing in listings:
        finder = _Finder(listing, seeds.get(listing.folder, ()), top, far)
        finder.look()
        problems += finder.problems
        blocking += finder.blocking
        for seed, stray in finder.near.items():
            near.setdefault(seed, stray)
        for kind in SeedKind:
            doubts[listing.folder, kind] = (*finder.doubts[None], *finder.doubts[kind])
    return Strays(problems=tuple(problems), blocking=tuple(blocking), near=near, doubts=doubts)


class _Finder:
    """Looks through one folder."""

    def __init__(
        self, listing: Listing, seeds: Iterable[str], top: frozenset[str], far: Mapping[str, Sequence[str]]
    ) -> None:
        self.listing = listing
        self.top = top
        self.far = far
        texts = listing.texts()
        reserved = listing.reserved
        self.sidecars = {sidecar_name(name) for name in texts if stem_of(name) not in reserved}
        self.by_stem = {stem_of(name): name for name in (*texts, *seeds) if stem_of(name) not in reserved}
        self.problems: list[Problem] = []
        self.blocking: list[Problem] = []
        self.near: dict[str, str] = {}
        self.doubts: dict[SeedKind | None, list[str]] = defaultdict(list)

    def look(self) -> None:
        listing = self.listing
        self._wrong_places()
        if not listing.folder and listing.kinds.get(SETTINGS_NAME) is FileKind.SIDECAR:
            self.doubts[None].append(SETTINGS_NAME)
        others = listing.names - self.sidecars - set(listing.texts())
        if not listing.folder:
            others -= set(OWN_STEMS.values())
        for name in sorted(name for name in others if listing.kinds.get(name) not in _VITAL_KINDS):
            self._stray(name)

    def _stray(self, name: str) -> None:
        listing = self.listing
        read, kind = read_name(name), listing.kinds.get(name)
        path = listing.path(name)
        if not read.yaml and kind is None:
            if name in listing.read:
                known = ", ".join(ENDINGS)
                self.problems.append(Problem(path, None, f"is not a kind of seed that is read ({known})"))
        elif own := self._own_meant(read):
            (self.blocking if own in _VITAL else self.problems).append(self._misnamed(name, own, self.top))
            if kind is FileKind.SIDECAR:
                self.doubts[None].append(path)
        elif seed := next((self.by_stem[stem] for stem in read.stems if stem in self.by_stem), None):
            right = sidecar_name(seed)
            self.problems.append(self._misnamed(name, right, listing.names))
            if right not in listing.names:
                self.near.setdefault(listing.path(seed), path)
        elif seeds := next((self.far[stem] for stem in read.stems if stem in self.far), None):
            told = f"belongs to no seed beside it; should it be that of {seeds[0]}, name it {sidecar_name(seeds[0])}"
            self.problems.append(Problem(shown(path), None, told))
            if _withholding(name, listing.whole(name)) is not False:
                for each in seeds:
                    self.near.setdefault(each, path)
        else:
            self._of_no_seed(name, yaml=read.yaml)

    def _of_no_seed(self, name: str, *, yaml: bool) -> None:
        own = OWN_STEMS.values() if not self.listing.folder else ()
        close = get_close_matches(name, sorted(self.sidecars.union(own)), n=1)
        hint = f" (did you mean {close[0]}?)" if close else ""
        told = "belongs to no seed" if yaml else "reads like a sidecar, but belongs to no seed"
        ending = "" if name.endswith(".yml") else "; name it .yml, and as the text that it is for"
        path = self.listing.path(name)
        self.problems.append(Problem(shown(path), None, f"{told}{hint}{ending}"))
        withheld = _withholding(name, self.listing.whole(name))
        if withheld is not False:
            self.doubts[withheld].append(path)

    def _wrong_places(self) -> None:
        """Where the ledger or the rulings stand under another name, and what stands under the ledger's and is none."""
        listing = self.listing
        for name in sorted(listing.names):
            kind = listing.kinds.get(name)
            right = _VITAL_KINDS.get(kind) if kind else None
            if name == LEDGER_NAME and not listing.folder:
                message = _no_ledger(listing.whole(name))
            elif right is None or self._is_in_place(name, right):
                continue
            elif right in self.top:
                message = f"reads like {right}, which is there too; put into that what counts, and delete this one"
            else:
                message = f"reads like {right}; {self._remedy(right)}"
            if message:
                self.blocking.append(Problem(listing.path(name), None, f"{message}. {_NOTHING}"))

    def _is_in_place(self, name: str, right: str) -> bool:
        return (right == name and not self.listing.folder) or (name in self.sidecars and right in self.top)

    def _remedy(self, own: str) -> str:
        return f"put it at the top of the seeds folder, as {own}" if self.listing.folder else f"rename it to {own}"

    def _own_meant(self, read: NameRead) -> str | None:
        """The file of the whole digest whose name is nearly this one; None where none is, or a seed's is nearer."""
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
            message = f"is not read, since {right} is there; put into that what counts, and delete this one"
        elif is_same_but_for_form(name, right):
            message = f"is spelled in another Unicode form than its seed; save it anew as {right}"
        elif own and self.listing.folder:
            message = f"is not read here; {self._remedy(right)}"
        else:
            message = f"is not read under this name; rename it to {right}"
        told = f"{message}. {_NOTHING}" if right in _VITAL else message
        return Problem(shown(self.listing.path(name)), None, told)


def _no_ledger(text: str | None) -> str:
    """What shows that a file is no ledger, although it is called so; empty where nothing does."""
    if text is None:
        return ""
    if all(not line.strip() or line.startswith("#") for line in text.split("\n")):
        return "is empty; restore it, for example with git, or delete it to start anew"
    # No sidecar says so, and what does is a long file to find that out of.
    told = _VERSION.search(text) is None and _reads(read_sidecar, text)
    return "is a sidecar and no ledger; give it the name of its seed" if told else ""


def _withholding(name: str, text: str | None) -> SeedKind | Literal[False] | None:
    """The kind of seeds of which a stray sidecar may withhold something: None for all kinds, False for none."""
    if text is None or not text.strip():
        return None
    try:
        told = read_sidecar(text, name)
    except InputError:
        return False if _reads(read_settings, text) else None
    if told.draft:
        return None
    return SPLIT_KIND if withholds(told) or missing(told, text) else False


def _reads(read: Callable[[str, str], object], text: str) -> bool:
    """Whether a text reads well as a kind of file."""
    try:
        read(text, "")
    except InputError:
        return False
    return True
