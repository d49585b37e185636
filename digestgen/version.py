"""The versions of digestgen and of what it runs on."""

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
    """The installed version; None if the package is not installed."""
    return _version_of("digestgen")


@cache
def installed_versions() -> Mapping[str, str | None]:
    """Everything that determines results, name → version: equal values give equal results.

    Two checkouts may have the same version, so a checksum of the code is included. It is taken on first use, since a
    process keeps running the code that it has loaded.
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
    """A checksum of every file of the package."""
    package = Path(__file__).parent
    total = sha256()
    for path in sorted(package.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            total.update(f"{path.relative_to(package).as_posix()}\0".encode() + sha256(path.read_bytes()).digest())
    return total.hexdigest()[:12]
