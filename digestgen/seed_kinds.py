"""The kinds of files that lie in a seeds folder, by the endings of their names: the one place that knows endings."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import PurePath
from types import MappingProxyType


class SeedKind(StrEnum):
    """A kind of seed; ``ingest/read`` has a reader for each."""

    TEXT = "plain text"
    MARKDOWN = "Markdown"
    JSON_LINES = "JSON lines"
    WEB_PAGE = "web page"


ENDINGS: Mapping[str, SeedKind] = MappingProxyType(
    {
        ".txt": SeedKind.TEXT,
        ".text": SeedKind.TEXT,
        ".md": SeedKind.MARKDOWN,
        ".markdown": SeedKind.MARKDOWN,
        ".jsonl": SeedKind.JSON_LINES,
        ".ndjson": SeedKind.JSON_LINES,
        ".html": SeedKind.WEB_PAGE,
        ".htm": SeedKind.WEB_PAGE,
        ".xhtml": SeedKind.WEB_PAGE,
    }
)
"""Ending, in small letters, of a seed's name → its kind."""


def ending_of(name: str) -> str:
    """The ending of a file's name, in small letters."""
    return PurePath(name).suffix.lower()


def kind_of_seed(name: str) -> SeedKind | None:
    """The kind of seed that a file is called; None where its name is no seed's."""
    return ENDINGS.get(ending_of(name))
