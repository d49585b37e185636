"""What the preview watches: all that a person writes, and nothing that a build does, which would start another."""

from __future__ import annotations

import signal
from pathlib import Path
from unittest.mock import Mock

import pytest
from mkdocs.config import load_config
from mkdocs.livereload import LiveReloadServer

from digestgen.site.preview import Preview

CONFIG = "site_name: The Harbour Post\ntheme: digestgen\nplugins: [digestgen]\n"
BY_HAND = ("seeds/lock.txt", "docs/crew.md", "docs/pictures/bell.txt")


def files(folders: set[Path]) -> dict[Path, tuple[int, int]]:
    """The files in some folders, or these files themselves, each with what tells that it was written."""
    found = [path for folder in folders for path in (folder, *folder.rglob("*")) if path.is_file()]
    return {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in found}


def test_no_build_writes_what_is_watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signal, "signal", Mock())
    (tmp_path / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    for name in BY_HAND:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(
            "The harbour master opened the old lock gate for the first boat.", encoding="utf-8"
        )
    config = load_config(str(tmp_path / "mkdocs.yml"))
    preview = Preview()
    preview.renew(config)
    watched = {tmp_path / "docs"}
    server = Mock(spec=LiveReloadServer, url="http://127.0.0.1:8000/")
    server.get_app.return_value = None
    server.watch.side_effect = lambda path: watched.add(Path(path))
    server.unwatch.side_effect = lambda path: watched.remove(Path(path))
    preview.watch(server, config)
    before = files(watched)
    assert {tmp_path / name for name in BY_HAND} <= before.keys()
    (tmp_path / "docs" / "topics" / "index.md").unlink()
    preview.renew(config)
    assert (tmp_path / "docs" / "topics" / "index.md").exists()
    assert files(watched) == before
