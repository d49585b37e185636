"""What fifty newcomers among five thousand settled articles cost, beside a batch of all that were there.

    python -m benchmarks DATA editions-cost

It takes many minutes, and so runs only when it is asked for by name.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from random import Random

from benchmarks.corpora import rows
from benchmarks.editions import SINGLE_SETS, build
from benchmarks.table import Row

SETTLED, NEWCOMERS = 5_000, 50


def measure(data: Path) -> list[Row]:
    """CPU seconds and memory of the first edition, of the next with its newcomers, and of one in which nothing came."""
    found = [row for name in SINGLE_SETS for row in rows(data / "cluster", name)]
    # The same every time is what it is for.
    chosen = Random(1).sample(found, SETTLED + NEWCOMERS)  # noqa: S311
    lines = [
        json.dumps({"id": row["id"], "title": row["title"] or None, "text": row["text"] or row["title"]}) + "\n"
        for row in chosen
    ]
    table = []
    with tempfile.TemporaryDirectory() as name:
        seeds, docs = Path(name) / "seeds", Path(name) / "docs"
        seeds.mkdir()
        for day, (system, batch) in enumerate(
            (
                ("a batch of all", lines[:SETTLED]),
                (f"{NEWCOMERS} newcomers", lines[SETTLED:]),
                ("nothing new", []),
            )
        ):
            if batch:
                (seeds / f"batch-{day}.jsonl").write_text("".join(batch), encoding="utf-8")
            cost = build(seeds, docs, day=day)
            table.append(Row("editions cost", f"{SETTLED:,} articles", system, "CPU seconds", cost.cpu))
            table.append(Row("editions cost", f"{SETTLED:,} articles", system, "MB", cost.megabytes))
    return table
