"""What the search index of a built site holds."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from pathlib import Path

_SIGNATURE = b"pagefind_dcd"


@dataclass(frozen=True)
class Indexed:
    """One page of the index."""

    content: str
    meta: dict[str, str]
    filters: dict[str, list[str]]


def indexed(site: Path) -> dict[str, Indexed]:
    """Address of each page in the index, relative to the site → what it is found by."""
    held = {}
    for fragment in (site / "pagefind" / "fragment").iterdir():
        page = json.loads(gzip.decompress(fragment.read_bytes()).removeprefix(_SIGNATURE))
        held[page["url"].removeprefix("/")] = Indexed(page["content"], page["meta"], page["filters"])
    return held
