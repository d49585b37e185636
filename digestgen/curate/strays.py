"""Files in the seeds folder that are not what they are called, or are called what nothing is.

A sidecar, rulings or a ledger under a name that is only nearly right are not read, and with them what they withhold.
Whatever such a file may have been about waits until it is named rightly or deleted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import PurePath
from typing import Literal

from digestgen.curate.file_kinds import FileKind, kind_of
from digestgen.curate.file_names import NameRead, is_disguised_yaml, is_same_but_for_form, normal, read_name
from digestgen.curate.settings import read_settings
from digestgen.curate.sidecar import missing, read_sidecar, withholds
from digestgen.decode import Decoded
from digestgen.errors import InputError, Problem
from digestgen.seed_kinds import ENDINGS, SeedKind, kind_of_seed

SPLIT_KIND = SeedKind.TEXT
"""Of the seeds that a sidecar can split."""
SETTINGS_NAME = "digest.yml"
RULINGS_NAME = "curation.yml"
LEDGER_NAME = "permalinks.yml"
FEEDS_NAME = "feeds.opml"
"""The list of feeds, which `digestgen pull` reads and a build passes over."""
OWN_STEMS = {PurePath(name).stem: name for name in (SETTINGS_NAME, RULINGS_NAME, LEDGER_NAME)}
"""Files of the digest as a whole, which are nobody's sidecar."""

_VITAL_KINDS = {FileKind.LEDGER: LEDGER_NAME, FileKind.RULINGS: RULINGS_NAME}
_VITAL = frozenset(_VITAL_KINDS.values())
"""Without what stands in these, nothing can be built."""
_NOTHING = "Nothing is built until then"
_ALIKE = 0.8
"""Ratio of difflib at which a name is taken for one of these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What lies in the folder."""

    names: frozenset[str]
    """Of everything, be it readable or not."""
    read: Mapping[str, Decoded]
    """What could be read."""
    kinds: Mapping[str, FileKind]
    """What a file is by its content, where that is no text."""

    @staticmethod
    def of(names: Iterable[str], read: Mapping[str, Decoded]) -> Listing:
        """The listing of some files, as far as they could be read."""
        kinds = {
            name: kind
            for name, file in read.items()
            if not (kind_of_seed(name) is SeedKind.MARKDOWN and file.text.startswith("---"))  # front matter
            and (kind := kind_of(file.text)) is not None
        }
        return Listing(names=frozenset(names), read=read, kinds=kinds)

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Strays:
    """What the files that are not where they belong come to."""

    problems: tuple[Problem, ...]
    blocking: tuple[Problem, ...]
    """Those without which nothing can be built."""
    near: Mapping[str, str]
    """Name of a seed → the file that is nearly called as its sidecar, where that itself is missing."""
    doubts: Mapping[SeedKind, tuple[str, ...]]
    """Kind of seeds → files that may be the sidecar of any such seed, and may withhold something of it."""


def stem_of(name: str) -> str:
    """The name without its ending, in the form in which names are compared."""
    return normal(PurePath(name).stem)


def sidecar_name(seed: str) -> str:
    """The name of a seed's sidecar."""
    return f"{PurePath(seed).stem}.yml"


def shown(name: str) -> str:
    """A name as it can be printed."""
    return name if name.isprintable() else ascii(name)


def find_strays(listing: Listing, seeds: Iterable[str]) -> Strays:
    """The strays of a folder; ``seeds`` are the names of those seeds that can be used."""
    texts = listing.texts()
    sidecars = {sidecar_name(name) for name in texts if stem_of(name) not in OWN_STEMS}
    by_stem = {stem_of(name): name for name in (*texts, *seeds) if stem_of(name) not in OWN_STEMS}
    problems: list[Problem] = []
    blocking = _wrong_places(listing, sidecars)
    near: dict[str, str] = {}
    doubts: dict[SeedKind | None, list[str]] = defaultdict(list)
    if listing.kinds.get(SETTINGS_NAME) is FileKind.SIDECAR:
        doubts[None].append(SETTINGS_NAME)
    others = listing.names - sidecars - set(texts) - set(OWN_STEMS.values())
    for name in sorted(name for name in others if listing.kinds.get(name) not in _VITAL_KINDS):
        read, kind = read_name(name), listing.kinds.get(name)
        if not read.yaml and kind is None:
            if name in listing.read:
                known = ", ".join(ENDINGS)
                problems.append(Problem(name, None, f"is not a kind of seed that is read ({known})"))
        elif own := _own_meant(read, by_stem):
            (blocking if own in _VITAL else problems).append(_misnamed(name, own, listing))
            if kind is FileKind.SIDECAR:
                doubts[None].append(name)
        elif seed := next((by_stem[stem] for stem in read.stems if stem in by_stem), None):
            problems.append(_misnamed(name, sidecar_name(seed), listing))
            if sidecar_name(seed) not in listing.names:
                near.setdefault(seed, name)
        else:
            close = get_close_matches(name, sorted(sidecars.union(OWN_STEMS.values())), n=1)
            hint = f" (did you mean {close[0]}?)" if close else ""
            told = "belongs to no seed" if read.yaml else "reads like a sidecar, but belongs to no seed"
            problems.append(Problem(shown(name), None, f"{told}{hint}"))
            withheld = _withholding(name, listing.whole(name))
            if withheld is not False:
                doubts[withheld].append(name)
    by_kind = {each: (*doubts[None], *doubts[each]) for each in SeedKind}
    return Strays(problems=tuple(problems), blocking=tuple(blocking), near=near, doubts=by_kind)


def _wrong_places(listing: Listing, sidecars: set[str]) -> list[Problem]:
    """Where the ledger or the rulings stand under another name, and what stands under the ledger's and is none."""
    problems = []
    for name in sorted(listing.names):
        kind = listing.kinds.get(name)
        right = _VITAL_KINDS.get(kind) if kind else None
        if name == LEDGER_NAME:
            message = _no_ledger(listing.whole(name))
        elif right is None or right == name or (name in sidecars and right in listing.names):
            continue
        elif right in listing.names:
            message = f"reads like {right}, which is there too; put into that what counts, and delete this one"
        else:
            message = f"reads like {right}; rename it to {right}"
        if message:
            problems.append(Problem(name, None, f"{message}. {_NOTHING}"))
    return problems


def _no_ledger(text: str | None) -> str:
    """What shows that a file is no ledger, although it is called so; empty where nothing does."""
    if text is None:
        return ""
    if all(not line.strip() or line.startswith("#") for line in text.split("\n")):
        return "is empty; restore it, for example with git, or delete it to start anew"
    return "is a sidecar and no ledger; give it the name of its seed" if _reads(read_sidecar, text) else ""


def _own_meant(read: NameRead, seeds: Mapping[str, str]) -> str | None:
    """The file of the whole digest whose name is nearly this one; None where there is none, or a seed's is nearer."""
    for stem in read.stems:
        if stem in OWN_STEMS:
            return OWN_STEMS[stem]
        if stem in seeds:
            return None
    close = get_close_matches(read.stems[-1], [PurePath(name).stem for name in sorted(_VITAL)], 1, _ALIKE)
    return OWN_STEMS[close[0]] if close else None


def _misnamed(name: str, right: str, listing: Listing) -> Problem:
    if right in listing.names:
        message = f"is not read, since {right} is there; put into that what counts, and delete this one"
    elif is_same_but_for_form(name, right):
        message = f"is spelled in another Unicode form than its seed; save it anew as {right}"
    else:
        message = f"is not read under this name; rename it to {right}"
    return Problem(shown(name), None, f"{message}. {_NOTHING}" if right in _VITAL else message)


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
