"""Development data as articles. The texts belong to their publishers and stay outside the repository."""

from __future__ import annotations

import json
import lzma
from pathlib import Path
from typing import Any

from digestgen.model import Article, Publish


def rows(data: Path, name: str) -> list[dict[str, Any]]:
    """The rows of ``<data>/<name>.jsonl.xz``."""
    with lzma.open(data / f"{name}.jsonl.xz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def paragraphs_of(text: str) -> tuple[str, ...]:
    """The lines of a text that hold anything, white space collapsed."""
    return tuple(" ".join(line.split()) for line in text.split("\n") if line.strip())


def article_of(
    name: str, paragraphs: tuple[str, ...], *, title: str = "", language: str = "en", truncated: bool = False
) -> Article:
    """An article as ingest would make it, of unknown source and date."""
    return Article(
        id=name,
        title=title or name,
        titled=bool(title),
        standfirst=None,
        paragraphs=paragraphs,
        truncated=truncated,
        source=None,
        url=None,
        published=None,
        language=language,
        publish=Publish.SUMMARY,
        seed="benchmark",
        lines=(1, 1),
        boundary_confidence=1.0,
    )
