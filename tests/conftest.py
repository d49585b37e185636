"""What several tests need: the golden switch, and a folder of seeds made of a few lines."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

import effort  # noqa: F401 -- registers the profiles

PROJECT = Path(__file__).resolve().parent.parent
SAMPLE = PROJECT / "tests" / "cases" / "user" / "seeds"
"""Real texts: a dump of seven articles, and a page of teasers."""

settings.load_profile("digestgen")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-golden", action="store_true", help="rewrite tests/cases/ from what the code does now")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put first what takes long, so that no worker is left with it when the others are done."""
    items.sort(key=lambda item: 0 if item.get_closest_marker("long") else 1 if item.get_closest_marker("e2e") else 2)


@pytest.fixture(scope="session")
def caches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A place for the cache of each test; one is made where a test comes to need it, since most do not."""
    folder = tmp_path_factory.mktemp("caches")
    return (folder / str(number) for number in count())


@pytest.fixture(autouse=True)
def _no_common_cache(caches: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """No test meets what another one remembers, or what the machine does."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(next(caches)))


@pytest.fixture
def rewrite_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--rewrite-golden"))


@pytest.fixture
def project() -> Path:
    return PROJECT


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A folder of the sample's seeds, to be built from and written to."""
    return Path(shutil.copytree(SAMPLE, tmp_path / "sample"))


@pytest.fixture
def make_folder(tmp_path: Path) -> Callable[..., Path]:
    """Write a seeds folder: ``make_folder({"a.txt": "text", "b.txt": b"bytes"})``."""

    def make(files: dict[str, str | bytes]) -> Path:
        folder = tmp_path / "seeds"
        folder.mkdir(exist_ok=True)
        for name, content in files.items():
            data = content if isinstance(content, bytes) else content.encode("utf-8")
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        return folder

    return make
