from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.curate.files.file_names import differs_only_in_unicode_form, is_disguised_yaml, normalised, parse_name

MEANT = [
    "a.yml",
    "A.yml",
    "a.YML",
    "a.yaml",
    "a.Yaml",
    "a.yml.txt",
    "a.yml.bak",
    "a.yml.orig",
    "a.yml.1",
    "a.yml~",
    "#a.yml#",
    "a (1).yml",
    "a(2).yml",
    "a (Ann's conflicted copy 2026-11-22).yml",
    "Copy of a.yml",
    "a - Copy.yml",
    "a copy 2.yml",
    "a.txt.yml",
    "a.md.yaml",
    "a..yml",
    "a .yml",
    "a\u200b.yml",
    "a.yml ",
    "a.ym",
    "a.yl",
    "a.yam",
    "a.ymll",
    "a_yml",
    "ayml",
    "a.yml.yml",
    "ａ.ｙｍｌ",
]


@pytest.mark.parametrize("name", MEANT, ids=ascii)
def test_what_was_meant_for_a_sidecar_is_known(name: str) -> None:
    read = parse_name(name)
    assert read.yaml
    assert "a" in read.stems


@pytest.mark.parametrize("name", ["a.xml", "a.html", "a.toml", "a.pdf", "a.txt", "a", "a.eml", "Thumbs.db"])
def test_other_endings_are_not_those_of_yaml(name: str) -> None:
    assert not parse_name(name).yaml


@pytest.mark.parametrize(
    ("name", "stems"),
    [
        ("a (1).yaml", ("a (1).yaml", "a (1)", "a")),
        ("week.2.yml", ("week.2.yml", "week.2")),
        ("a.b.txt.yml", ("a.b.txt.yml", "a.b.txt", "a.b")),
    ],
)
def test_the_first_stem_has_lost_the_least(name: str, stems: tuple[str, ...]) -> None:
    assert parse_name(name).stems == stems


@pytest.mark.parametrize(
    ("name", "disguised"),
    [
        ("a.yml.txt", True),
        ("A.YAML.md", True),
        ("a.yml (1).txt", True),
        ("a.txt", False),
        ("learning-yaml.txt", False),
        ("yml.md", False),
    ],
)
def test_a_text_that_is_none_by_its_name(name: str, disguised: bool) -> None:  # noqa: FBT001 -- a table of cases
    assert is_disguised_yaml(name) is disguised


def test_names_are_compared_by_what_is_seen() -> None:
    assert normalised("Cafe\u0301 \u200bX") == normalised("caf\u00e9 x")
    assert differs_only_in_unicode_form("cafe\u0301.yml", "caf\u00e9.yml")
    assert not differs_only_in_unicode_form("caf\u00e9.yml", "caf\u00e9.yml")
    assert not differs_only_in_unicode_form("Caf\u00e9.yml", "caf\u00e9.yml")


@given(st.text(max_size=80))
def test_any_name_is_read(name: str) -> None:
    read = parse_name(name)
    assert read.stems
    assert all(stem == stem.strip() or stem == read.stems[0] for stem in read.stems[:1])
