from __future__ import annotations

import pytest

from digestgen.ingest.read import READERS
from digestgen.seed_kinds import ENDINGS, SeedKind, kind_of_seed


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.txt", SeedKind.TEXT),
        ("A.TXT", SeedKind.TEXT),
        ("a.b.Markdown", SeedKind.MARKDOWN),
        ("sub/a.ndjson", SeedKind.JSON_LINES),
        ("a.yml", None),
        ("txt", None),
    ],
)
def test_the_ending_tells_the_kind(name: str, kind: SeedKind | None) -> None:
    assert kind_of_seed(name) is kind


def test_every_kind_has_endings_and_a_reader() -> None:
    assert set(ENDINGS.values()) == set(SeedKind) == set(READERS)
