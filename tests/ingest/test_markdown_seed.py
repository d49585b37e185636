import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.ingest.markdown_seed import read_markdown
from digestgen.model import Publish

FRONT = """---
title: The Title
source: RT
url: https://example.org/a
published: 2025-10-20
language: en
publish: full
---
# The Title

First [linked](https://example.org) *text*
on two lines.

- one
- two

```
code()
```
"""


def test_front_matter_and_markup() -> None:
    drafts, problems = read_markdown(FRONT, "a.md")
    assert problems == []
    (draft,) = drafts
    assert (draft.title, draft.source, draft.url) == ("The Title", "RT", "https://example.org/a")
    assert str(draft.published) == "2025-10-20"
    assert (draft.language, draft.publish) == ("en", Publish.FULL)
    assert draft.paragraphs == ("First linked text on two lines.", "one", "two")
    assert draft.lines == (1, 15)


@pytest.mark.parametrize(
    ("markup", "plain"),
    [
        ("a **b** `c` ~~d~~ \\* &amp;", ("a b c d * &",)),
        ("![alt](x.png) after", ("after",)),
        ("![alt](x.png)", ()),
        ("<b>bold</b> and <i>it</i>", ("bold and it",)),
        ("<div>\n<p>block</p>\n<script>alert(1)</script>\n</div>", ("block",)),
        ("<!-- comment -->", ()),
        ("> quoted\n> on", ("quoted on",)),
        ("| a | b |\n|---|---|\n| c | d |", ("a; b", "c; d")),
        ("para\n\n## Section\n\nmore", ("para", "Section", "more")),
        ("[ref]\n\n[ref]: https://example.org", ("ref",)),
        ("hard  \nbreak", ("hard break",)),
        ("    indented code", ()),
    ],
    ids=lambda value: str(value)[:20],
)
def test_markup_becomes_plain_paragraphs(markup: str, plain: tuple[str, ...]) -> None:
    drafts, problems = read_markdown(markup, "a.md")
    assert problems == []
    assert tuple(paragraph for draft in drafts for paragraph in draft.paragraphs) == plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("# A\n\none\n\n## s\n\ntwo", [("A", 1)], id="one heading, one article"),
        pytest.param("# A\n\none\n\n# B\n\ntwo\n", [("A", 1), ("B", 5)], id="each heading an article"),
        pytest.param("intro\n\n# A\n\none\n\n# B\n\ntwo", [(None, 1), ("A", 3), ("B", 7)], id="text above is kept"),
        pytest.param("---\ntitle: T\n---\n# A\n\none\n\n# B\n\ntwo", [("T", 1)], id="a title in front matter"),
        pytest.param("one\n\n---\n\ntwo", [(None, 1), (None, 5)], id="a break parts what has no heading"),
        pytest.param("# A\n\none\n\n---\n\ntwo", [("A", 1)], id="a break inside an article"),
        pytest.param(
            "---\ntitle: A\n---\none\n\n---\ntitle: B\nsource: S\n---\ntwo",
            [("A", 1), ("B", 6)],
            id="front matter again",
        ),
        pytest.param("Title\n=====\n\ntext", [("Title", 1)], id="underlined heading"),
        pytest.param("```\n# not a heading\n```\n\ntext", [(None, 1)], id="code"),
    ],
)
def test_what_parts_articles(text: str, expected: list[tuple[str | None, int]]) -> None:
    drafts, problems = read_markdown(text, "a.md")
    assert problems == []
    assert [(draft.title, draft.lines[0]) for draft in drafts] == expected


@pytest.mark.parametrize(
    ("head", "line", "said"),
    [
        ("- a\n- b", 2, "front matter is not a mapping"),
        ("just words", 2, "front matter is not a mapping"),
        ("titel: x", 2, "unknown key"),
        ("title: x\nurl: ftp://x", 3, "url: "),
        ("title: [", 2, "is not YAML"),
        ("title: &a x", 2, "anchors"),
    ],
    ids=lambda value: str(value)[:16],
)
def test_bad_front_matter_is_a_problem_and_the_text_is_kept(head: str, line: int, said: str) -> None:
    drafts, problems = read_markdown(f"---\n{head}\n---\nThe text.", "a.md")
    assert [draft.paragraphs for draft in drafts] == [("The text.",)]
    assert len(problems) == 1
    assert said in problems[0].message
    assert problems[0].line is None or abs(problems[0].line - line) <= 1


def test_an_unclosed_fence_is_text() -> None:
    drafts, _ = read_markdown("---\ntitle: x\n\nThe text.", "a.md")
    assert any("The text." in draft.paragraphs for draft in drafts)


@pytest.mark.parametrize(
    "text",
    ["[" * 200_000, "> " * 100_000, "*a " * 50_000, "`a" * 100_000, "<" * 200_000, "- " * 100_000, "![](" * 50_000],
    ids=lambda value: value[:4],
)
def test_hostile_markup_ends(text: str) -> None:
    drafts, _ = read_markdown(text, "a.md")
    assert len(drafts) <= 1


@given(st.text(alphabet="ab #-*_`[]()<>|\n&;:", max_size=120))
def test_lines_stay_within_the_file(text: str) -> None:
    drafts, _ = read_markdown(text, "a.md")
    for draft in drafts:
        assert 1 <= draft.lines[0] <= draft.lines[1] <= text.count("\n") + 1
