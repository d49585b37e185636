from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.ingest.records.visibility_flags import decisive_directive, matching_flag, may_withhold, stray_setting
from digestgen.model import Directive

HIDDEN = Directive(show=False, says="draft: true", file="a.md", line=1)
SHOWN = Directive(show=True, says="skip: false", file="a.yml", line=2)


@pytest.mark.parametrize(
    ("key", "word"),
    [
        ("draft", "draft"),
        ("Draft", "draft"),
        ("drafft", "draft"),
        ("drft", "draft"),
        ("dratf", "draft"),
        ("drafts", "draft"),
        ("publised", "published"),
        ("PUBLISHED", "published"),
        ("skp", "skip"),
        ("skipp", "skip"),
        ("hid", "hide"),
        ("hidden", "hidden"),
        ("unpublished", "unpublished"),
        ("publisher", None),
        ("published_at", None),
        ("date", None),
        ("title", None),
        ("tags", None),
        ("", None),
    ],
)
def test_a_mistyped_key_is_known(key: str, word: str | None) -> None:
    assert matching_flag(key) == word


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("status", "draft", True),
        ("Status", "Private", True),
        ("status", "published", False),
        ("status", None, False),
        ("hide", None, True),
        ("layout", "draft", False),
    ],
)
def test_a_key_that_nothing_is_known_of_may_withhold(key: str, value: str | None, expected: bool) -> None:  # noqa: FBT001 -- a table of cases
    assert may_withhold(key, value) is expected


@pytest.mark.parametrize(
    ("key", "word"),
    [
        ("aft", "draft"),
        ("drt", "draft"),
        ("isDraft", "draft"),
        ("titledraft", "draft"),
        ("lished", "published"),
        ("publied", "published"),
        *((key, None) for key in ("toc", "comments", "index", "video", "hide_title", "sticky", "ft")),
    ],
)
def test_a_flag_needs_less_to_be_known(key: str, word: str | None) -> None:
    assert matching_flag(key, flag=True) == word


@pytest.mark.parametrize(
    ("line", "stray"),
    [
        ("draft: true", True),
        ("\u2014-\tdraft: true", True),
        ("  'published' : 'false',", True),
        ("Draft = Yes", True),
        ("Status: hidden", True),
        ('{"title": "x", "draft": true, "text": "y"}', True),
        ("draft: the law", False),
        ("The draft: true", False),
        ("draft", False),
        ("true: draft", False),
        ('{"title": "x", "text": "y"}', False),
    ],
)
def test_a_line_that_is_no_text_is_found(line: str, stray: bool) -> None:  # noqa: FBT001 -- a table of cases
    assert stray_setting(["One.", line, "Two."], 5) == ((6, line.strip()) if stray else None)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ((), None),
        ((None, SHOWN), SHOWN),
        ((SHOWN, None, HIDDEN), HIDDEN),
        ((HIDDEN, SHOWN), HIDDEN),
    ],
    ids=["nothing", "one", "the last withholds", "the first withholds"],
)
def test_what_withholds_wins(said: tuple[Directive | None, ...], expected: Directive | None) -> None:
    assert decisive_directive(said) == expected


@given(st.lists(st.text(max_size=40), max_size=5))
def test_no_text_breaks_the_search(lines: list[str]) -> None:
    found = stray_setting(lines, 3)
    assert found is None or lines[found[0] - 3].strip() == found[1]
