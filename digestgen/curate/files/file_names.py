"""Misspelled file names: which file a curator, editor or file system meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from digestgen.language.text import clean_line
from digestgen.seed_kinds import ENDINGS

_YAML = ("yml", "yaml")
_ALIKE = 0.75
"""Similarity (difflib ratio) from which an ending counts as a typing error."""
_TEXTS = (*(ending.removeprefix(".") for ending in ENDINGS), "json")
_COPIES = (
    "bak",
    "backup",
    "old",
    "orig",
    "original",
    "rej",
    "save",
    "sav",
    "tmp",
    "temp",
    "swp",
    "new",
    "part",
    "copy",
)
"""Additions by editors, merges and hasty renaming."""
_ENDING = re.compile(r"\.([^\W_]{1,10})$")
_BARE_YAML = re.compile(r"[\W_]*(?:yml|yaml)$")
_COPY = re.compile(r"^copy of\s+|\s*\([^()]*\)$|[\s_-]*\bcopy(?:\s*\d+)?$")
_AROUND = re.compile(r"^[~#$\s]+|[~#.,;\s]+$")
_DISGUISED = re.compile(r"\.ya?ml(?:\s*\([^()]*\))?\.[^.]+$")
"""``a.yml.txt``, as saved by editors that only know text files."""


@dataclass(frozen=True, slots=True)
class ParsedName:
    """A file name, stripped of everything that may not belong to it."""

    stems: tuple[str, ...]
    """Possible names without ending, normalised; the first is the least stripped."""
    yaml: bool
    """Whether it has a YAML ending, possibly mistyped."""


def normalised(name: str) -> str:
    """Normalise case and Unicode form, and drop invisible characters."""
    folded = unicodedata.normalize("NFKC", clean_line(name)).casefold()
    return unicodedata.normalize("NFC", folded).strip()


def differs_only_in_unicode_form(name: str, other: str) -> bool:
    """Whether two names look identical but are encoded differently."""
    return name != other and unicodedata.normalize("NFC", name) == unicodedata.normalize("NFC", other)


def is_disguised_yaml(name: str) -> bool:
    """Whether a name has a YAML ending hidden before another ending."""
    return _DISGUISED.search(normalised(name)) is not None


def parse_name(name: str) -> ParsedName:
    """Find the possible stems of a name, and whether it has a YAML ending."""
    steps = list(_steps(normalised(name)))
    return ParsedName(tuple(dict.fromkeys(stem for stem, _ in steps)), any(yaml for _, yaml in steps))


def _steps(name: str) -> Iterator[tuple[str, bool]]:
    """Yield the name as parts are stripped one by one, and whether a YAML ending was stripped."""
    yaml = False
    while True:
        yield name, yaml
        shorter, yaml = _shorter(name)
        if not shorter or shorter == name:
            return
        name = shorter


def _shorter(name: str) -> tuple[str, bool]:
    if ending := _ENDING.search(name):
        if _is_yaml(ending[1]):
            return name[: ending.start()], True
        if ending[1] in _TEXTS + _COPIES or (ending[1].isdigit() and _BARE_YAML.search(name[: ending.start()])):
            return name[: ending.start()], False
    if bare := _BARE_YAML.search(name):
        return name[: bare.start()], True
    for pattern in (_COPY, _AROUND):
        if (shorter := pattern.sub("", name, count=1)) != name:
            return shorter, False
    return name, False


def _is_yaml(ending: str) -> bool:
    return any(SequenceMatcher(None, ending, known, autojunk=False).ratio() >= _ALIKE for known in _YAML)
