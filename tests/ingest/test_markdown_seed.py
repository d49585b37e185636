from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.errors import Problem
from digestgen.ingest.draft import Draft
from digestgen.ingest.markdown_seed import read_markdown
from digestgen.model import Directive, Publish


def _read(text: str, file: str) -> tuple[list[Draft], list[Problem]]:
    found = read_markdown(text, file)
    return list(found.drafts), list(found.problems)


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
    drafts, problems = _read(FRONT, "a.md")
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
    drafts, problems = _read(markup, "a.md")
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
    drafts, problems = _read(text, "a.md")
    assert problems == []
    assert [(draft.title, draft.lines[0]) for draft in drafts] == expected


@pytest.mark.parametrize(
    ("head", "line", "said"),
    [
        pytest.param("titel: x", 2, "unknown key", id="an unknown key"),
        pytest.param("title: x\nurl: ftp://x", 3, "url: ", id="a bad value"),
        pytest.param("title: x\npublisher: RT", 3, "unknown key", id="a key that only looks like published"),
        pytest.param("title: x\nlayout: post", 3, "unknown key", id="a key of another tool"),
        pytest.param("title: x\nstatus: published", 3, "unknown key", id="a status that withholds nothing"),
    ],
)
def test_what_withholds_nothing_is_a_problem_and_the_text_is_kept(head: str, line: int, said: str) -> None:
    drafts, problems = _read(f"---\n{head}\n---\nThe text.", "a.md")
    assert [(draft.paragraphs, draft.directive) for draft in drafts] == [(("The text.",), None)]
    assert [problem.line for problem in problems] == [line]
    assert said in problems[0].message


@pytest.mark.parametrize(
    ("head", "show", "says", "line", "published"),
    [
        pytest.param("title: x\ndraft: true", False, "draft: true", 3, None, id="a draft"),
        pytest.param("draft: false\ntitle: x", True, "draft: false", 2, None, id="no draft any more"),
        pytest.param("title: x\npublished: false", False, "published: false", 3, None, id="not published"),
        pytest.param("title: x\npublished: true", True, "published: true", 3, None, id="published"),
        pytest.param(
            "draft: true\npublished: 2026-11-22", False, "draft: true", 2, date(2026, 11, 22), id="a dated draft"
        ),
        pytest.param("draft: false\npublished: false", False, "published: false", 3, None, id="what withholds wins"),
        pytest.param("published: true\ndraft: true", False, "draft: true", 3, None, id="what withholds wins, turned"),
        pytest.param('draft: "true"', False, "draft: true", 2, None, id="in quotation marks"),
    ],
)
def test_front_matter_says_whether_an_article_is_shown(
    head: str,
    show: bool,  # noqa: FBT001 -- a table of cases
    says: str,
    line: int,
    published: date | None,
) -> None:
    drafts, problems = _read(f"---\n{head}\n---\nThe text.", "a.md")
    assert problems == []
    (draft,) = drafts
    assert draft.directive == Directive(show, says, "a.md", line)
    assert (draft.paragraphs, draft.published) == (("The text.",), published)


WAITS = {
    "a list": ("---\n- a\n- b\n---\nT", 2, "front matter is not a mapping"),
    "words": ("---\njust words\n---\nT", 2, "front matter is not a mapping"),
    "broken YAML": ("---\ntitle: x\ndraft; true\n---\nT", 3, "is not YAML"),
    "a bracket left open": ("---\ntitle: [\n---\nT", 2, "is not YAML"),
    "an anchor": ("---\ntitle: &a x\n---\nT", 2, "anchors"),
    "a key twice": ("---\ndraft: true\ndraft: false\n---\nT", 3, "stands here twice"),
    "a mistyped draft": ("---\ndrafft: true\n---\nT", 2, "unknown key “drafft”"),
    "two letters exchanged": ("---\ndarft: true\n---\nT", 2, "unknown key “darft”"),
    "a draft with a capital": ("---\nDraft: true\n---\nT", 2, "unknown key “Draft”"),
    "a mistyped published": ("---\npublised: false\n---\nT", 2, "unknown key “publised”"),
    "a skip": ("---\nskip: true\n---\nT", 2, "unknown key “skip”"),
    "a hide": ("---\nhide: true\n---\nT", 2, "unknown key “hide”"),
    "another tool's word": ("---\nunlisted: true\n---\nT", 2, "unknown key “unlisted”"),
    "a status": ("---\nstatus: Draft\n---\nT", 2, "unknown key “status”"),
    "a draft that is yes": ("---\ndraft: yes\n---\nT", 2, "neither true nor false"),
    "a draft with nothing behind it": ("---\ndraft:\n---\nT", 2, "draft: is empty"),
    "a draft that is a list": ("---\ndraft: [true]\n---\nT", 2, "where a single value belongs"),
    "published with nothing behind it": ("---\npublished:\n---\nT", 2, "published: is empty"),
    "published some day": ("---\npublished: soon\n---\nT", 2, "is not a date such as 2026-11-22, and neither true"),
    "a bad word on publishing": ("---\npublish: false\n---\nT", 2, "neither of summary and full"),
    "no end": ("---\ntitle: x\ndraft: true\n\nT", 1, "has no end"),
    "no end, and another tool's key first": ("---\nlayout: post\n\nT", 1, "has no end"),
    "an end that lost a dash": ("---\ndraft: true\n--\nT", 1, "has no end"),
    "an end very far below": ("---\ndraft: true\n" + "tag: x\n" * 300 + "---\nT", 1, "has no end"),
    "a start that lost a dash": ("--\ndraft: true\n---\nT", 2, "stands among the text"),
    "a start that an editor made long": ("—-\ntitle: x\npublished: false\n---\nT", 3, "stands among the text"),
    "a start that is gone": ("title: x\ndrafft: true\n\nT", 2, "stands among the text"),
    "an indented start": (" ---\ndraft: true\n---\nT", 2, "stands among the text"),
    "TOML": ("+++\ntitle = 'x'\ndraft = true\n+++\nT", 1, "is TOML"),
    "TOML without its fence": ("draft = true\n\nT", 1, "stands among the text"),
    "JSON": ('{"draft": true}\n\nT', 1, "stands among the text"),
    "JSON on several lines": ('{\n"draft": true,\n"title": "x"\n}\n\nT', 2, "stands among the text"),
    "a header without fences": ("Title: x\nStatus: draft\n\nT", 2, "stands among the text"),
    "a list item": ("- draft: true\n\nT", 1, "stands among the text"),
}


@pytest.mark.parametrize(("text", "line", "said"), WAITS.values(), ids=WAITS)
def test_an_article_waits_while_nobody_can_tell_whether_it_is_shown(text: str, line: int, said: str) -> None:
    drafts, problems = _read(text, "a.md")
    assert drafts == []
    assert any(problem.line == line and said in problem.message for problem in problems), problems
    assert any("is left out until" in problem.message for problem in problems), problems
    assert {problem.file for problem in problems} == {"a.md"}


PARTS = {
    "the second cannot be read": ("---\ntitle: B\ndrafft: true\n---\nSECRET", ["A", "C"]),
    "the second starts with a mistyped key": ("---\ndrafft: true\n---\nSECRET", ["A", "C"]),
    "the second starts with another tool's key": ("---\nlayout: post\ndraft: true\n---\nSECRET", ["A", "B", "C"]),
    "the second has no fence": ("title: B\ndraft: true\n\nSECRET", []),
    "the second has no empty line above": ("text\n---\ntitle: B\ndraft: true\n---\nSECRET", []),
    "the second has no end": ("---\ntitle: B\ndraft: true\n\nSECRET", ["A"]),
}


@pytest.mark.parametrize(("second", "shown"), PARTS.values(), ids=PARTS)
def test_of_several_parts_one_waits_or_all_where_they_cannot_be_told_apart(second: str, shown: list[str]) -> None:
    text = f"---\ntitle: A\n---\none\n\n{second}\n\n---\ntitle: C\n---\nthree"
    drafts, problems = _read(text, "a.md")
    assert [draft.title or "B" for draft in drafts] == shown
    assert all(draft.directive and not draft.directive.show for draft in drafts if "SECRET" in draft.paragraphs)
    assert problems


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("```\n---\ndraft: true\n---\n```\n\nThe text.", id="in code, which is not shown"),
        pytest.param("Drafts: true stories of the war.\n\nThe text.", id="in a sentence"),
        pytest.param("The draft: true or false?\n\nThe text.", id="behind other words"),
        pytest.param("Draft: the law in full.\n\nThe text.", id="above a sentence"),
        pytest.param("---\n\nAn opening.\n\n- - -\n\nThe text.", id="a break at the start"),
        pytest.param("\n\n---\ntitle: x\n---\nThe text.", id="front matter below empty lines"),
    ],
)
def test_what_only_looks_like_such_a_word_withholds_nothing(text: str) -> None:
    drafts, problems = _read(text, "a.md")
    assert problems == []
    assert any("The text." in draft.paragraphs for draft in drafts)


def test_every_heading_of_a_draft_is_withheld() -> None:
    drafts, _ = _read("---\ndraft: true\n---\n# A\n\none\n\n# B\n\ntwo", "a.md")
    assert [(draft.title, draft.directive and draft.directive.show) for draft in drafts] == [("A", False), ("B", False)]


@pytest.mark.parametrize(
    "text",
    ["[" * 200_000, "> " * 100_000, "*a " * 50_000, "`a" * 100_000, "<" * 200_000, "- " * 100_000, "![](" * 50_000],
    ids=lambda value: value[:4],
)
def test_hostile_markup_ends(text: str) -> None:
    drafts, _ = _read(text, "a.md")
    assert len(drafts) <= 1


@given(st.text(alphabet="ab #-*_`[]()<>|\n&;:", max_size=120))
def test_lines_stay_within_the_file(text: str) -> None:
    drafts, _ = _read(text, "a.md")
    for draft in drafts:
        assert 1 <= draft.lines[0] <= draft.lines[1] <= text.count("\n") + 1
