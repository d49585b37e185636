"""Which version of digestgen this is, and what it runs on."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

_NAME = re.compile(r"[\w.-]+")


def own_version() -> str | None:
    """The version that is installed; None where the package is not."""
    return _version_of("digestgen")


@cache
def installed() -> Mapping[str, str | None]:
    """All that decides what digestgen makes of a text: name → version. Where two have the same, they make the same.

    Two checkouts may bear one version, so the code itself is among it. It is told as it was when this was first asked:
    a process keeps the code that it has loaded, whatever is installed meanwhile.
    """
    return {
        "Python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "byte order": sys.byteorder,
        "digestgen": own_version(),
        "digestgen's code": _code(),
        **{name: _version_of(name) for name in _libraries()},
    }


def distributions() -> list[str]:
    """All that is installed beside this Python, needed here or not, as its folder is called: name and version."""
    found: set[str] = set()
    for place in sys.path:
        with suppress(OSError):
            found.update(item.name for item in Path(place).iterdir() if item.name.endswith("-info"))
    return sorted(found)


def _libraries() -> list[str]:
    try:
        return sorted({name[0] for each in requires("digestgen") or () if (name := _NAME.match(each))})
    except PackageNotFoundError:
        return []


def _version_of(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _code() -> str:
    """A checksum over every file of the package."""
    package = Path(__file__).parent
    total = sha256()
    for path in sorted(package.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            total.update(f"{path.relative_to(package).as_posix()}\0".encode() + sha256(path.read_bytes()).digest())
    return total.hexdigest()[:12]
