"""``publish_on`` in every place where a seed or sidecar can set it."""

from __future__ import annotations

import json
from datetime import date

import pytest

from digestgen.curate.files.sidecar import read_sidecar
from digestgen.ingest.read import Defaults, SeedArticles, read_seed
from digestgen.model import Publish, Seed, Sidecar

DAY = date(2026, 12, 1)
TEXT = "The ferry stops in spring, says its captain, who has steered it for thirty years."


def reading(name: str, text: str, sidecar: str = "") -> SeedArticles:
    beside = read_sidecar(sidecar, "week.yml") if sidecar else Sidecar()
    return read_seed(Seed(name=name, text=text, sidecar=beside), Defaults("en", Publish.SUMMARY))


def markdown(line: str) -> str:
    return f"---\ntitle: The ferry\n{line}\n---\n\n{TEXT}\n"


@pytest.mark.parametrize(
    ("name", "text", "sidecar", "where"),
    [
        ("week.md", markdown("publish_on: 2026-12-01"), "", ("week.md", 3)),
        ("week.md", markdown("Publish-On: '2026-12-01'"), "", ("week.md", 3)),
        ("week.md", f"+++\ntitle = 'The ferry'\npublish_on = 2026-12-01\n+++\n\n{TEXT}\n", "", ("week.md", 3)),
        ("week.md", f"Title: The ferry\nPublish_on: 2026-12-01\n\n{TEXT}\n", "", ("week.md", 2)),
        ("week.jsonl", json.dumps({"text": TEXT, "publish_on": "2026-12-01"}), "", ("week.jsonl", 1)),
        ("week.json", json.dumps([{"text": TEXT, "publish_on": "2026-12-01"}]), "", ("week.json", None)),
        (
            "week.json",
            json.dumps({"publish_on": "2026-12-01", "items": [{"content_text": TEXT}]}),
            "",
            ("week.json", None),
        ),
        ("week.csv", f'title,text,publish_on\nThe ferry,"{TEXT}",2026-12-01\n', "", ("week.csv", 2)),
        ("week.txt", TEXT, "publish_on: 2026-12-01\n", ("week.yml", 1)),
        ("week.txt", TEXT, "articles:\n  - line: 1\n    publish_on: 2026-12-01\n", ("week.yml", 2)),
    ],
    ids=["YAML", "another spelling", "TOML", "header", "JSON line", "array", "whole feed", "table", "sidecar", "split"],
)
def test_the_day_is_read_with_its_place(name: str, text: str, sidecar: str, where: tuple[str, int | None]) -> None:
    found = reading(name, text, sidecar)
    assert found.problems == ()
    (article,) = found.articles
    assert [(due.day, (due.file, due.line)) for due in article.embargoes] == [(DAY, where)]
    assert article.published is None


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("publish_on: soon", "publish_on: “soon” is not a day such as 2026-12-01"),
        ("publish_on:", "publish_on: says no day such as 2026-12-01"),
        ("publish_on: 2026-02-30", "publish_on: “2026-02-30” is not a day of the calendar"),
        ("publish_on: 1.12.2026", "is not a day such as 2026-12-01"),
        ("publish_on: 2026-12-01 18:00", "is not a day such as 2026-12-01"),
        ("publish_on: true", "is not a day such as 2026-12-01"),
        ("publish_on: [2026-12-01]", "publish_on: says no day"),
        ("pubish_on: 2026-12-01", "unknown key “pubish_on”; write publish_on: and the day"),
        ("publish_no: 2026-12-01", "unknown key “publish_no”; write publish_on: and the day"),
        ("publish_at: 2026-12-01", "unknown key “publish_at”; write publish_on: and the day"),
        ("embargo_until: Monday", "unknown key “embargo_until”; write publish_on: and the day"),
    ],
)
def test_a_day_that_cannot_be_told_withholds_the_article(line: str, message: str) -> None:
    found = reading("week.md", markdown(line))
    assert found.articles == ()
    assert found.problems[0].line == 3
    assert message in found.problems[0].message


@pytest.mark.parametrize("line", ["published_in: A journal", "publisher: The Herald", "embargo:", "embargo: false"])
def test_what_only_looks_like_it_withholds_nothing(line: str) -> None:
    found = reading("week.md", markdown(line))
    assert [article.embargoes for article in found.articles] == [()]


def test_an_empty_cell_of_a_table_names_no_day() -> None:
    found = reading("week.csv", f'title,text,publish_on\nThe ferry,"{TEXT}",\n')
    assert [article.embargoes for article in found.articles] == [()]


def test_among_the_text_it_is_no_text() -> None:
    found = reading("week.txt", f"{TEXT}\n\npublish_on: 2026-12-01\n")
    assert found.articles == ()
    assert "is in the text" in found.problems[0].message
