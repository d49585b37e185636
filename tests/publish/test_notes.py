"""A curator's note on another page than the one it was written for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.publish.notes import Note


@pytest.mark.parametrize(
    ("markdown", "moved"),
    [
        ("[a](topics/x.md)", "[a](../topics/x.md)"),
        ("[a](topics/x.md#y 'T')", "[a](../topics/x.md#y 'T')"),
        ("[a](<topics/x.md>)", "[a](<../topics/x.md>)"),
        ("[a](./topics/../about.md)", "[a](../about.md)"),
        ("[a](editions/2026-11-15.md)", "[a](2026-11-15.md)"),
        ("[a](#top)", "[a](../index.md#top)"),
        ("![a](map.svg)", "![a](../map.svg)"),
        ("[a][1]\n\n[1]: topics/x.md", "[a][1]\n\n[1]: ../topics/x.md"),
        ("[a](topics/größe.md)", "[a](../topics/größe.md)"),
        *((same, same) for same in ("[a](https://b.example/c)", "[a](/c.md)", "[a](mailto:a@b.example)", "a", "")),
        *((same, same) for same in ("`[a](topics/x.md)`", "[a](http://[b)", "[a]( )", "\\[a](topics/x.md)")),
    ],
)
def test_links_lead_where_they_did(markdown: str, moved: str) -> None:
    note = Note(markdown, "index.md")
    assert note.on("index.md") == markdown
    assert note.on("editions/2026-11-22.md") == moved


@given(st.text(st.sampled_from("[]()<>#:/.? \n!`\\ab"), max_size=40))
def test_no_note_breaks_it(markdown: str) -> None:
    assert Note(markdown, "index.md").on("editions/2026-11-22.md").count("\n") == markdown.count("\n")
