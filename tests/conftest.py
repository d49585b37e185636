"""What several tests need: the golden switch, and a folder of seeds made of a few lines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

PROJECT = Path(__file__).resolve().parent.parent


# No test asserts wall-clock time: a busy machine is no fault of the code.
settings.register_profile("digestgen", deadline=None)
settings.load_profile("digestgen")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-golden", action="store_true", help="rewrite tests/cases/ from what the code does now")


@pytest.fixture
def rewrite_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--rewrite-golden"))


@pytest.fixture
def project() -> Path:
    return PROJECT


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
