"""How large a site may be for the host that most digests are published on."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

MOST_BYTES: Final = 1_000_000_000
"""Of a site on GitHub Pages."""
_NEAR: Final = 0.8
"""The share of it from which there is a word on it, while there is time."""


def outgrown(site: Path, most_bytes: int = MOST_BYTES) -> str:
    """What to tell of a site that comes near to what GitHub Pages takes; empty for one that does not."""
    size = sum(file.stat().st_size for place, _, names in os.walk(site) for file in map(Path(place).joinpath, names))
    if size < _NEAR * most_bytes:
        return ""
    return (
        f"site: has {size / 1e9:.2f} GB, and GitHub Pages takes no more than {most_bytes / 1e9:.0f} GB; "
        "move its oldest articles to an archive, as the guide on publishing tells under “Large sites”"
    )
