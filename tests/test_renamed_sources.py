"""A renamed source: its published address redirects to the new one."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from digestgen.api import build
from made import BRIDGE, FOX

FIRST = date(2026, 11, 1)
OLD, NEW, NEWEST = "Harbour Post", "The Harbour Post", "Post & Harbour"


def front_matter(source: str) -> Mapping[str, str]:
    return {"a.md": f"---\ntitle: {FOX[0]}\nsource: {json.dumps(source)}\n---\n" + "\n\n".join(FOX[1:])}


def sidecar(source: str) -> Mapping[str, str]:
    return {"a.txt": "\n\n".join(FOX), "a.yml": f"source: {json.dumps(source)}\n"}


def split(source: str) -> Mapping[str, str]:
    lines = "\n\n".join((*FOX, *BRIDGE))
    start = 2 * len(FOX) + 1
    entries = f"articles:\n  - line: 1\n  - line: {start}\n    source: {json.dumps(source)}\n"
    return {"a.txt": lines, "a.yml": entries}


def record(source: str) -> Mapping[str, str]:
    return {"a.jsonl": json.dumps({"title": FOX[0], "text": "\n\n".join(FOX[1:]), "source": source}) + "\n"}


@pytest.mark.parametrize("told", [front_matter, sidecar, split, record], ids=lambda told: told.__name__)
def test_the_address_of_a_renamed_source_leads_on(told: Callable[[str], Mapping[str, str]], tmp_path: Path) -> None:
    seeds, docs = tmp_path / "seeds", tmp_path / "docs"
    seeds.mkdir()
    for number, name in enumerate((OLD, NEW, NEWEST)):
        for file, text in told(name).items():
            (seeds / file).write_text(text, encoding="utf-8")
        built = build(seeds, docs, today=FIRST.replace(day=1 + number))
        assert built.problems == ()
    pages = {path.stem: path.read_text(encoding="utf-8") for path in (docs / "sources").iterdir()}
    assert set(pages) == {"index", "harbour-post", "the-harbour-post", "post-harbour"}
    for former in ("harbour-post", "the-harbour-post"):
        assert 'moved: "sources/post-harbour/"' in pages[former]
    assert "# Post &#38; Harbour" in pages["post-harbour"]
