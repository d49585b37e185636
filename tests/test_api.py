"""The Python API, as shown in README.md."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from digestgen import api

RAIN = "# Rain in the hills\n\nRain fell in the hills above Sandby on Friday, and the mill stream rose.\n"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "rain.md").write_text(RAIN, encoding="utf-8")
    (tmp_path / "seeds" / "bad.txt").write_bytes(b"caf\xe9")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_example_of_the_readme_runs(project: Path, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", (project / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    exec(compile(example, "README.md", "exec"), {})  # noqa: S102 -- our own words
    said = capsys.readouterr()
    assert said.out.startswith("Rain in the hills\nbad.txt:1: is not UTF-8")
    assert said.err == ""
    assert (place / "docs" / "index.md").is_file()


def test_it_gives_what_it_wrote(place: Path) -> None:
    built = api.build("seeds", place / "docs", today=date(2026, 11, 22), record=False)
    assert built.digest == json.loads((place / "docs" / "digest.json").read_text(encoding="utf-8"))
    assert [(problem.file, problem.line) for problem in built.problems] == [("bad.txt", 1)]
    assert not (place / "seeds" / "permalinks.yml").exists()


def test_where_nothing_can_be_built_it_says_why(tmp_path: Path) -> None:
    with pytest.raises(api.InputError) as caught:
        api.build(tmp_path / "nowhere", tmp_path / "docs")
    assert [problem.message for problem in caught.value.problems] == [
        "is no folder that can be read: No such file or directory"
    ]


def test_the_ledger_is_written_unless_told_otherwise(place: Path) -> None:
    (place / "seeds" / "bad.txt").unlink()
    assert api.build("seeds", "docs", today=date(2026, 11, 22)).problems == ()
    assert "2026-11-22" in (place / "seeds" / "permalinks.yml").read_text(encoding="utf-8")
