"""Which version of digestgen this is."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def own_version() -> str | None:
    """The version that is installed; None where the package is not."""
    try:
        return version("digestgen")
    except PackageNotFoundError:
        return None
