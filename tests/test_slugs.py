from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from digestgen.slugs import slug, unique_slugs


def test_words_stay_whole_and_scripts_are_transliterated() -> None:
    assert (
        slug("Editor's note: Putin’s “partial” visit: Türkmenbaşy & Київ")
        == "editors-note-putins-partial-visit-turkmenbasy-kiiv"
    )
    assert len(slug("word " * 100)) <= 60
    assert slug("word " * 100).endswith("word")


def test_the_first_keeps_the_slug_and_later_ones_carry_their_id() -> None:
    assert unique_slugs([("News", "aaaaaaaa1"), ("News", "bbbbbbbb2")]) == ("news", "news-bbbbbb")


def test_reserved_and_empty_slugs_get_their_id() -> None:
    assert unique_slugs([("Index", "abc"), ("!!!", "def")], reserved=["index"]) == ("index-abc", "def")


@given(st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8)), max_size=30))
def test_always_unique_and_fit_for_an_address(names: list[tuple[str, str]]) -> None:
    slugs = unique_slugs(names, reserved=["index"])
    assert len(set(slugs)) == len(names)
    assert "index" not in slugs
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", each) for each in slugs)
    assert unique_slugs(names[:5], reserved=["index"]) == slugs[:5]
