"""Every benchmark, one table: ``python -m benchmarks DATA`` prints it as it grows and writes ``benchmarks/results.md``.

``DATA`` is a folder of labelled data: ``dumps/``, ``cluster/``, ``keywords/``, ``summaries/`` and ``html/``, each of
xz-compressed JSON lines.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import time
from pathlib import Path

from benchmarks.table import HEADER, as_markdown

SUBJECTS = (
    "sentences",
    "splitting",
    "titles",
    "pages",
    "reprints",
    "keyphrases",
    "topics",
    "small_digests",
    "mixed",
    "labels",
    "summaries",
    "editions",
    "cost",
    "reading",
)
ON_REQUEST = ("cost-large",)
"""Subjects that take so long that they run only when they are named."""
RESULTS = Path(__file__).parent / "results.md"


def main() -> None:
    """Run the subjects named, or all of them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure quality and cost.")
    parser.add_argument("data", type=Path, help="folder of labelled data")
    known = ", ".join((*SUBJECTS, *ON_REQUEST))
    parser.add_argument("subjects", nargs="*", metavar="SUBJECT", help=f"of {known} (default: all but the last)")
    options = parser.parse_args()
    unknown = sorted(set(options.subjects) - {*SUBJECTS, *ON_REQUEST})
    if unknown or not options.data.is_dir():
        parser.error(f"no such subject: {', '.join(unknown)}" if unknown else f"no such folder: {options.data}")
    table = HEADER
    print(table, end="", flush=True)
    for subject in options.subjects or SUBJECTS:
        began = time.monotonic()
        rows = as_markdown(importlib.import_module(f"benchmarks.{subject.replace('-', '_')}").measure(options.data))
        table += rows
        print(rows, end="", flush=True)
        print(f"{subject}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    if not options.subjects:
        RESULTS.write_text(f"# Benchmark results\n\nWritten by `make bench`.\n\n{table}", encoding="utf-8")


if __name__ == "__main__":
    main()
