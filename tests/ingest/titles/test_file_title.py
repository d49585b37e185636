from __future__ import annotations

from datetime import date

import pytest

from digestgen.ingest.read import Defaults, read_seed
from digestgen.ingest.titles.file_title import parse_file_name
from digestgen.model import Publish, Seed, Sidecar

DAY = date(2024, 11, 12)
TEXT = "There are three of them left in town, and all of them sell rope."


@pytest.mark.parametrize(
    ("seed", "title", "slug_title", "day"),
    [
        ("Ship chandlers of Oldport.md", "Ship chandlers of Oldport", None, None),
        ("trade/Ship chandlers of Oldport.md", "Ship chandlers of Oldport", None, None),
        ("2024-11-12 Quay reopens.md", "Quay reopens", None, DAY),
        ("Quay reopens, 2024-11-12.md", "Quay reopens", None, DAY),
        ("2024-11-12-quay-reopens.md", None, "Quay reopens", DAY),
        ("2024-11-12.md", None, None, DAY),
        ("quay-reopens.md", None, None, None),
        *((name, None, None, None) for name in ("Untitled 3.md", "New note.md", "week 42.md", "Copy of note (2).md")),
        ("notes.md", None, None, None),
        ("The quay was opened on Monday.md", None, None, None),
    ],
)
def test_a_name_tells_title_and_day(seed: str, title: str | None, slug_title: str | None, day: date | None) -> None:
    named = parse_file_name(seed)
    assert (named.title, named.slug_title, named.day) == (title, slug_title, day)


@pytest.mark.parametrize(
    ("name", "text", "title", "titled"),
    [
        ("Ship chandlers of Oldport.md", TEXT, "Ship chandlers of Oldport", True),
        ("Ship chandlers of Oldport.md", f"# Chandlers\n\n{TEXT}", "Chandlers", True),
        ("Ship chandlers of Oldport.md", f"{TEXT}\n\n# Chandlers\n\nMore.", "Chandlers", True),
        ("Ship chandlers of Oldport.md", f"---\ntitle: Chandlers\n---\n{TEXT}", "Chandlers", True),
        ("2024-11-12-ship-chandlers.md", TEXT, "Ship chandlers", True),
        ("2024-11-12-ship-chandlers.md", f"Chandlers of the town\n\n{TEXT}", "Chandlers of the town", True),
    ],
)
def test_the_best_title_is_taken(name: str, text: str, title: str, titled: bool) -> None:  # noqa: FBT001 -- a table
    (article,) = read_seed(Seed(name=name, text=text), Defaults(None, Publish.SUMMARY)).articles
    assert (article.title, article.titled) == (title, titled)


@pytest.mark.parametrize(
    ("name", "text", "sidecar", "day"),
    [
        ("2024-11-12-quay.md", TEXT, Sidecar(), DAY),
        ("2024-11-12.txt", TEXT, Sidecar(), DAY),
        ("2024-11-12-quay.md", f"---\ndate: 2024-11-10\n---\n{TEXT}", Sidecar(), date(2024, 11, 10)),
        ("2024-11-12-quay.md", TEXT, Sidecar(published=date(2024, 11, 11)), date(2024, 11, 11)),
        ("2024-11-12.md", f"{TEXT}\n\n---\n\nAnother text that has nothing to do with it.", Sidecar(), None),
        ("2024-11-12.jsonl", '{"text": "One."}', Sidecar(), None),
    ],
)
def test_a_name_dates_what_nothing_else_dates(name: str, text: str, sidecar: Sidecar, day: date | None) -> None:
    reading = read_seed(Seed(name=name, text=text, sidecar=sidecar), Defaults(None, Publish.SUMMARY))
    assert {article.published for article in reading.articles} == {day}
