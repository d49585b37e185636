from __future__ import annotations

import pytest

from digestgen.field_aliases import NAMES, by_our_names, is_unused, normal_key, our_name


@pytest.mark.parametrize(
    ("key", "ours"),
    [
        ("title", "title"),
        ("Headline", "title"),
        ("content", "text"),
        ("contentHtml", "text"),
        ("maintext", "text"),
        ("link", "url"),
        ("Canonical-URL", "url"),
        ("pubDate", "published"),
        ("date_published", "published"),
        ("Published At", "published"),
        ("lang", "language"),
        ("guid", "id"),
        ("Categories", "hints"),
        ("byline", "author"),
        ("publisher", "source"),
        ("layout", None),
        ("titel", None),
        ("", None),
    ],
)
def test_keys_of_other_tools_are_known_however_they_are_spelled(key: str, ours: str | None) -> None:
    assert our_name(key) == ours


def test_our_own_key_comes_first_and_then_a_fixed_order() -> None:
    keys = ["summary", "Content", "Text", "text", "date", "pubDate", "x"]
    found = by_our_names(keys)
    assert found == {"text": ["text", "Text", "Content", "summary"], "published": ["date", "pubDate"]}
    assert by_our_names(reversed(keys)) == found


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        pytest.param(["subject", "body"], {"title": ["subject"], "text": ["body"]}, id="of a mail"),
        pytest.param(["title"], {"title": ["title"]}, id="no subject"),
        pytest.param(["Subject", "title"], {"title": ["title"], "hints": ["Subject"]}, id="beside a title"),
        pytest.param(
            ["tags", "subject", "headline"],
            {"title": ["headline"], "hints": ["tags", "subject"]},
            id="beside another tool's title and tags",
        ),
    ],
)
def test_a_subject_is_a_title_only_where_nothing_else_is(keys: list[str], found: dict[str, list[str]]) -> None:
    assert {ours: sorted(named, key=keys.index) for ours, named in by_our_names(keys).items()} == found


def test_no_key_is_two_things() -> None:
    every = [normal_key(name) for names in NAMES.values() for name in names]
    assert len(every) == len(set(every))
    assert not any(map(is_unused, every))
