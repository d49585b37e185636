"""What a digest of thousands of articles costs: CPU seconds and memory of the build, and of mkdocs behind it.

    python -m benchmarks DATA size

``DATA`` is the folder of labelled data; its ``cluster/bbc.jsonl.xz`` (2,126 articles) is the seed.
"""

from __future__ import annotations

import filecmp
import lzma
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.table import Row

CPU_SECONDS, MEGABYTES = 90.0, 700.0


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command and its processes took."""

    cpu: float
    """Seconds, user and system, of all processes."""
    megabytes: float
    """The largest resident set of any one process."""


def run(*words: str | Path, cwd: Path) -> Cost:
    """Run a command and account for it and its processes."""
    call = [sys.executable, "-c", _ACCOUNTANT, *map(str, words)]
    done = subprocess.run(call, cwd=cwd, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    cpu, megabytes = done.stdout.split()
    return Cost(float(cpu), float(megabytes))


# An interpreter of its own: the kernel counts what a process was before it became the command, and this one is large.
_ACCOUNTANT = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=sys.stderr)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
"""


def a_project(folder: Path, lines: list[bytes]) -> Path:
    """A project with one seed of those JSON lines."""
    project = folder / f"project-{len(lines)}"
    (project / "seeds").mkdir(parents=True)
    (project / "seeds" / "articles.jsonl").write_bytes(b"".join(lines))
    config = "site_name: Size\nsite_url: https://example.org/\ntheme: digestgen\nplugins: [digestgen]\n"
    (project / "mkdocs.yml").write_text(config, encoding="utf-8")
    return project


def same_tree(one: Path, other: Path) -> bool:
    """Whether two folders hold the same files with the same bytes."""
    names = sorted(str(path.relative_to(one)) for path in one.rglob("*") if path.is_file())
    others = sorted(str(path.relative_to(other)) for path in other.rglob("*") if path.is_file())
    return names == others and all(filecmp.cmp(one / name, other / name, shallow=False) for name in names)


def measure(data: Path) -> list[Row]:
    """Cost of build and site at two sizes; and whether all cores give what one core gives."""
    with lzma.open(data / "cluster" / "bbc.jsonl.xz") as packed:
        lines = packed.readlines()
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for count in (len(lines) // 2, len(lines)):
            project = a_project(folder, lines[:count])
            size = f"{count:,} articles"
            build = run(sys.executable, "-m", "digestgen", "build", cwd=project)
            rows.append(Row("size", size, "digestgen build", "CPU seconds", build.cpu, CPU_SECONDS, at_most=True))
            rows.append(Row("size", size, "digestgen build", "MB", build.megabytes, MEGABYTES, at_most=True))
            mkdocs = run(sys.executable, "-m", "mkdocs", "build", "--strict", cwd=project)
            site = sum(path.stat().st_size for path in (project / "site").rglob("*") if path.is_file())
            rows.append(Row("size", size, "mkdocs build", "CPU seconds", mkdocs.cpu))
            rows.append(Row("size", size, "mkdocs build", "MB", mkdocs.megabytes))
            rows.append(Row("size", size, "site on disk", "MB", site / 2**20))
        one_core = [sys.executable, "-c", _ONE_CORE, str(project / "seeds"), str(folder / "one-core")]
        run(*one_core, cwd=project)
        many = folder / "many"
        run(sys.executable, "-m", "digestgen", "build", "--docs", many, cwd=project)
        rows.append(
            Row("size", size, "all cores", "same as one core", float(same_tree(folder / "one-core", many)), 1.0)
        )
    return rows


_ONE_CORE = """
import sys
from datetime import date
from pathlib import Path
from rich.console import Console
from digestgen.build import build
build(Path(sys.argv[1]), Path(sys.argv[2]), Console(stderr=True), today=date(2026, 11, 22), workers=1)
"""
