"""Modules imported at start-up; counted, since time differs between machines."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {
    "PIL", "babel", "dask", "distributed", "icu4py", "jinja2", "lxml", "mkdocs", "networkx", "numpy", "rich", "scipy",
    "segtok", "sentencex", "trafilatura", "urllib3", "wordfreq", "yake", "yaml",
}  # fmt: skip
LOADED = "; import sys; print(*{name.partition('.')[0] for name in sys.modules})"


def libraries(code: str) -> set[str]:
    """The libraries and standard modules imported by some code in a fresh interpreter."""
    called = [sys.executable, "-c", code + LOADED]
    return set(subprocess.run(called, capture_output=True, text=True, check=True).stdout.splitlines()[-1].split())


@pytest.mark.parametrize("option", ["--help", "--version", "build --help"])
def test_help_and_version_load_no_library(option: str) -> None:
    code = (
        "import contextlib\n"
        "from digestgen.cli import main\n"
        f"with contextlib.suppress(SystemExit): main({option.split()!r})\n"
        "pass"
    )
    assert not libraries(code) & HEAVY


def test_a_build_of_pages_loads_nothing_that_makes_a_digest() -> None:
    loaded = libraries("import digestgen.site.plugin")
    assert "mkdocs" in loaded
    assert not loaded & {"networkx", "numpy", "scipy", "segtok", "trafilatura", "wordfreq", "yake"}


def test_a_build_loads_what_makes_a_digest() -> None:
    """The modules that the tests above exclude are loaded here, so their names are right."""
    loaded = libraries("import digestgen.commands")
    assert {"numpy", "scipy", "segtok", "yaml"} <= loaded
    assert not loaded & {"dask", "distributed"}, "few builds want them"
