"""Names of files that are nearly right: which file a curator, an editor or a file system meant by them."""

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
"""Ratio of difflib at which an ending is taken for a mistyped one."""
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
"""Endings that editors, merges and hurry put before or behind the right one."""
_ENDING = re.compile(r"\.([^\W_]{1,10})$")
_BARE_YAML = re.compile(r"[\W_]*(?:yml|yaml)$")
_COPY = re.compile(r"^copy of\s+|\s*\([^()]*\)$|[\s_-]*\bcopy(?:\s*\d+)?$")
_AROUND = re.compile(r"^[~#$\s]+|[~#.,;\s]+$")
_DISGUISED = re.compile(r"\.ya?ml(?:\s*\([^()]*\))?\.[^.]+$")
"""``a.yml.txt``, as an editor that knows only texts saves it."""


@dataclass(frozen=True, slots=True)
class NameRead:
    """What a file's name comes to when everything is taken off that may not belong to it."""

    stems: tuple[str, ...]
    """Likely names without an ending, in the form of ``normal``; the first has lost the least."""
    yaml: bool
    """Whether it goes by an ending of YAML, or a mistyped one."""


def normal(name: str) -> str:
    """A name as case, Unicode's forms and invisible characters do not change it."""
    folded = unicodedata.normalize("NFKC", clean_line(name)).casefold()
    return unicodedata.normalize("NFC", folded).strip()


def is_same_but_for_form(name: str, other: str) -> bool:
    """Whether two names look the same to everybody, and are not the same to a computer."""
    return name != other and unicodedata.normalize("NFC", name) == unicodedata.normalize("NFC", other)


def is_disguised_yaml(name: str) -> bool:
    """Whether a name ends like a text, but has an ending of YAML before that."""
    return _DISGUISED.search(normal(name)) is not None


def read_name(name: str) -> NameRead:
    """The likely stems of a name, and whether it goes by an ending of YAML."""
    steps = list(_steps(normal(name)))
    return NameRead(tuple(dict.fromkeys(stem for stem, _ in steps)), any(yaml for _, yaml in steps))


def _steps(name: str) -> Iterator[tuple[str, bool]]:
    """The name as it loses one thing after the other, and whether that was an ending of YAML."""
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
