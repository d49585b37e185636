"""The cost of ten and twenty thousand articles: see ``benchmarks.cost``."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.cost import of_size, texts
from benchmarks.table import Row

SIZES = (10_000, 20_000)


def measure(data: Path) -> list[Row]:
    """The rows of every size."""
    found = []
    for count in SIZES:
        with tempfile.TemporaryDirectory() as name:
            found += of_size(Path(name), texts(data, count + 1))
    return found
