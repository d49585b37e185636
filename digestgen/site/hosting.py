"""Size limit of GitHub Pages."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

MOST_BYTES: Final = 1_000_000_000
"""Largest site on GitHub Pages."""
_NEAR: Final = 0.8
"""Share of the limit from which to warn, while there is time."""


def size_warning(site: Path, most_bytes: int = MOST_BYTES) -> str:
    """Warning for a site close to the limit of GitHub Pages; empty for a smaller one."""
    size = sum(file.stat().st_size for place, _, names in os.walk(site) for file in map(Path(place).joinpath, names))
    if size < _NEAR * most_bytes:
        return ""
    return (
        f"site: has {size / 1e9:.2f} GB, and GitHub Pages takes no more than {most_bytes / 1e9:.0f} GB; "
        "move its oldest articles to an archive, as the guide on publishing tells under “Large sites”"
    )
