from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.errors import Problem
from digestgen.ingest.draft import Draft
from digestgen.ingest.markdown.markdown_seed import read_markdown
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
        pytest.param("one\n\n| a |\n|---|\n|  |\n\ntwo", [(None, 1)], id="an empty row of a table"),
        pytest.param(
            "---\ntitle: A\n---\none\n\n---\ntitle: B\nsource: S\n---\ntwo",
            [("A", 1), ("B", 6)],
            id="front matter again",
        ),
        pytest.param("intro\n\n## s\n\n# A\n\none", [("A", 1)], id="the only heading, wherever it stands"),
        pytest.param("Title\n=====\n\ntext", [("Title", 1)], id="underlined heading"),
        pytest.param("```\n# not a heading\n```\n\ntext", [(None, 1)], id="code"),
    ],
)
def test_what_parts_articles(text: str, expected: list[tuple[str | None, int]]) -> None:
    drafts, problems = _read(text, "a.md")
    assert problems == []
    assert [(draft.title, draft.lines[0]) for draft in drafts] == expected


def test_a_bad_value_of_our_own_key_is_a_problem_and_the_text_is_kept() -> None:
    drafts, problems = _read("---\ntitle: x\nurl: ftp://x\n---\nThe text.", "a.md")
    assert [(draft.paragraphs, draft.url) for draft in drafts] == [(("The text.",), None)]
    assert [(problem.line, problem.message[:5]) for problem in problems] == [(3, "url: ")]


NOTES = {
    "an unknown key": ("titel: x", 2, "“titel” (did you mean 'title'?) is an unknown key"),
    "several": ("foo: x\nbar: y", 2, "“foo”, “bar” are unknown keys"),
    "no date": ("title: x\ndate: 2024-13-45", 3, "date: “2024-13-45” is not a day of the calendar"),
    "no date of our own": ("title: x\npublished: 03/04/2024", 3, "published: “03/04/2024” may be 2024-04-03 or"),
    "the year 1": ("title: x\ndate: 0001-01-01T00:00:00Z", 3, "date: “0001-01-01T00:00:00Z” has the year 1"),
    "an address inside a site": ("title: x\nurl: /posts/quay/", 3, "url: “/posts/quay/” is not a full web address"),
    "no language": ("title: x\nlang: Norwegian Bokmål", 3, "lang: “Norwegian Bokmål” is not the code"),
    "an empty title": ("title: # 7 wins", 2, "title: is empty; a title that starts with #"),
    "a colon": ("title: Quay: the vote", 2, "title: is no YAML as it stands, and is read as “Quay: the vote”"),
}


@pytest.mark.parametrize(("head", "line", "said"), NOTES.values(), ids=NOTES)
def test_what_is_passed_over_is_a_note(head: str, line: int, said: str) -> None:
    found = read_markdown(f"---\n{head}\n---\nThe text.", "a.md")
    assert found.problems == ()
    assert [draft.paragraphs for draft in found.drafts] == [("The text.",)]
    assert [(note.line, note.message[: len(said)]) for note in found.notices] == [(line, said)]


@pytest.mark.parametrize(
    "head",
    [
        pytest.param("title: x\npublisher: RT", id="a key that only looks like published"),
        pytest.param("layout: post\ntitle: x\nexcerpt: y\ncategories: [port]\ntoc: true\nweight: 3", id="Jekyll"),
        pytest.param("aliases: [x]\ntags:\n- trade\ncssclasses: wide\npublish: true", id="Obsidian"),
        pytest.param("title: x\nstatus: published\nvisibility: public\nfeatured: true", id="Ghost"),
        pytest.param("title: x\nhide:\n  - navigation\n  - toc", id="Material for MkDocs"),
    ],
)
def test_keys_of_other_tools_need_no_word(head: str) -> None:
    found = read_markdown(f"---\n{head}\n---\nThe text.", "a.md")
    assert (found.problems, found.notices) == ((), ())
    assert [(draft.paragraphs, draft.directive) for draft in found.drafts] == [(("The text.",), None)]


TITLES = {
    "a colon": ("title: Quay: the vote", "Quay: the vote"),
    "brackets": ("title: [Draft] Quay reopens", "[Draft] Quay reopens"),
    "a list": ("title: [Quay]", "[Quay]"),
    "quotation marks": ('title: "Quay" reopens', '"Quay" reopens'),
    "a quotation mark": ("title: 'Tis the season", "'Tis the season"),
    "an at sign": ("title: @quay reopens", "@quay reopens"),
    "a star": ("title: *Quay* reopens", "*Quay* reopens"),
    "an ampersand": ("title: &a x", "&a x"),
    "a bang": ("title: !important news", "!important news"),
    "a per cent sign": ("title: %quay", "%quay"),
    "a backtick": ("title: `quay` reopens", "`quay` reopens"),
    "a dash": ("title: - the quay", "- the quay"),
    "another tool's key": ("headline: Quay: the vote", "Quay: the vote"),
}


@pytest.mark.parametrize(("line", "title"), TITLES.values(), ids=TITLES)
def test_a_title_that_is_no_yaml_is_read_as_it_stands(line: str, title: str) -> None:
    found = read_markdown(f"---\n{line}\nurl: https://example.org/a\ndate: 2024-11-12\n---\nThe text.", "a.md")
    (draft,) = found.drafts
    assert (draft.title, draft.url, draft.published) == (title, "https://example.org/a", date(2024, 11, 12))
    assert [note.line for note in found.notices] == [2]
    assert found.problems == ()


@pytest.mark.parametrize(
    ("title", "shown"),
    [("The &ldquo;quay&rdquo; reopens", "The “quay” reopens"), ("<em>Quay</em> &amp;amp; cod", "Quay & cod")],
)
def test_a_title_is_read_as_html(title: str, shown: str) -> None:
    drafts, _ = _read(f"---\ntitle: {title}\n---\nThe text.", "a.md")
    assert drafts[0].title == shown


FORMS = {
    "TOML": '+++\ntitle = "Quay: x"\ndate = 2024-11-12T08:30:00Z\nlink = "https://a.b/c"\ntags = ["port"]\n+++\n',
    "Zola": '+++\ntitle = "Quay: x"\ndate = 2024-11-12\nurl = "https://a.b/c"\n[taxonomies]\ntags = ["port"]\n+++\n\n',
    "JSON": '{\n"title": "Quay: x",\n"date": "2024-11-12",\n"url": "https://a.b/c",\n"tags": ["port"]\n}\n\n',
    "Pelican": "Title: Quay: x\nDate: 2024-11-12 10:20\nURL: https://a.b/c\nTags: port\nSlug: quay\n\n",
    "YAML": "---\ntitle: 'Quay: x'\nDate: Tue, 12 Nov 2024 08:30:00 +0000\nlink: https://a.b/c\ntags: port\n...\n",
}


@pytest.mark.parametrize("head", FORMS.values(), ids=FORMS)
def test_front_matter_has_many_forms(head: str) -> None:
    found = read_markdown(f"{head}The text.\n\nMore.", "a.md")
    assert (found.problems, found.notices) == ((), ())
    (draft,) = found.drafts
    assert (draft.title, draft.url, draft.hints) == ("Quay: x", "https://a.b/c", ("port",))
    assert (draft.published, draft.paragraphs) == (date(2024, 11, 12), ("The text.", "More."))


@pytest.mark.parametrize("flag", ["true", "false"])
def test_a_flag_is_no_date_that_cannot_be_read(flag: str) -> None:
    found = read_markdown(f"---\npublished: {flag}\ndate: 2024-11-12\n---\nThe text.", "a.md")
    assert (found.drafts[0].published, found.notices) == (date(2024, 11, 12), ())


def test_what_the_clipper_of_obsidian_writes_is_read() -> None:
    head = 'title: "Quay: x"\nsource: "https://a.b/c"\nauthor:\n  - "[[Dana Moor]]"\npublished: 2024-11-12\n'
    found = read_markdown(f"---\n{head}created: 2024-11-13\n---\nThe text.", "a.md")
    (draft,) = found.drafts
    assert (draft.source, draft.author, draft.url) == (None, "Dana Moor", "https://a.b/c")
    assert (draft.published, found.problems, found.notices) == (date(2024, 11, 12), (), ())


def test_a_title_block_is_read() -> None:
    (draft,) = _read("% Quay reopens\n% Dana Moor\n% 12 November 2024\n\nThe text.", "a.md")[0]
    assert (draft.title, draft.author, draft.published) == ("Quay reopens", "Dana Moor", date(2024, 11, 12))


@pytest.mark.parametrize(
    "text",
    ["Title: a word on its own\n\nThe text.", "Note: the ferry\nDate: unknown\n\nThe text.", "{x}\n\nThe text."],
)
def test_what_is_no_header_is_text(text: str) -> None:
    (draft,) = _read(text, "a.md")[0]
    assert (draft.title, len(draft.paragraphs)) == (None, 2)


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
        pytest.param("Draft: true", False, "Draft: true", 2, None, id="a draft with a capital"),
        pytest.param("skip: true", False, "skip: true", 2, None, id="a skip"),
        pytest.param("hide: true", False, "hide: true", 2, None, id="a hide"),
        pytest.param("unlisted: true", False, "unlisted: true", 2, None, id="another tool's word"),
        pytest.param("status: Draft", False, "status: draft", 2, None, id="a status"),
        pytest.param("visibility: members", False, "visibility: members", 2, None, id="an audience"),
        pytest.param("publish: false", False, "publish: false", 2, None, id="not to be published"),
        pytest.param("title: x: y\ndraft: true", False, "draft: true", 3, None, id="below a title that is no YAML"),
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
    "an anchor": ("---\nlayout: &a x\n---\nT", 2, "anchors"),
    "a title with a word on a draft": ("---\ntitle: x: y draft: true\n---\nT", 2, "is not YAML"),
    "a title that goes on": ("---\ntitle: x: y\n  draft: true\n---\nT", 2, "is not YAML"),
    "a status that is mistyped": ("---\nstatus: drafft\n---\nT", 2, "may be a misspelling of draft"),
    "TOML that is broken": ("+++\ntitle = x\ndraft = true\n+++\nT", 2, "is not TOML"),
    "TOML with a flag in quotation marks": ("+++\ndraft = 'true'\n+++\nT", 2, "neither true nor false"),
    "TOML nested without end": ("+++\nx = " + "[" * 5000 + "\n+++\nT", 2, "is not TOML"),
    "TOML that has no end": ("+++\ndraft = true\n\nT", 1, "is not closed within"),
    "JSON with a key twice": ('{"draft": true, "draft": false}\n\nT', 1, "a key twice"),
    "JSON with a text below": ('{"draft": true}\nT', 1, "is in the text"),
    "a header with a mistyped draft": ("Title: x\nDate: 2024-11-12\nDrafft: true\n\nT", 3, "unknown key “Drafft”"),
    "a header with a key twice": ("Title: x\nDraft: true\nDraft: false\n\nT", 3, "appears twice"),
    "a key twice": ("---\ndraft: true\ndraft: false\n---\nT", 3, "appears twice"),
    "a mistyped draft": ("---\ndrafft: true\n---\nT", 2, "unknown key “drafft”"),
    "two letters exchanged": ("---\ndarft: true\n---\nT", 2, "unknown key “darft”"),
    "a mistyped published": ("---\npublised: false\n---\nT", 2, "unknown key “publised”"),
    "a draft that is yes": ("---\ndraft: yes\n---\nT", 2, "neither true nor false"),
    "a draft with nothing behind it": ("---\ndraft:\n---\nT", 2, "draft: is empty"),
    "a draft that is a list": ("---\ndraft: [true]\n---\nT", 2, "where a single value belongs"),
    "published with nothing behind it": ("---\npublished:\n---\nT", 2, "published: is empty"),
    "published some day": ("---\npublished: soon\n---\nT", 2, "is not a date such as 2026-11-22, and neither true"),
    "a bad word on publishing": ("---\npublish: maybe\n---\nT", 2, "neither of summary and full"),
    "no end": ("---\ntitle: x\ndraft: true\n\nT", 1, "is not closed within"),
    "no end, and another tool's key first": ("---\nlayout: post\n\nT", 1, "is not closed within"),
    "an end that lost a dash": ("---\ndraft: true\n--\nT", 1, "is not closed within"),
    "an end very far below": ("---\ndraft: true\n" + "tag: x\n" * 300 + "---\nT", 1, "is not closed within"),
    "a start that lost a dash": ("--\ndraft: true\n---\nT", 2, "is in the text"),
    "a start that an editor made long": ("—-\ntitle: x\npublished: false\n---\nT", 3, "is in the text"),
    "a start that is gone": ("title: x\ndrafft: true\n\nT", 2, "is in the text"),
    "an indented start": (" ---\ndraft: true\n---\nT", 2, "is in the text"),
    "TOML without its fence": ("draft = true\n\nT", 1, "is in the text"),
    "a list item": ("- draft: true\n\nT", 1, "is in the text"),
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
    assert problems or len(drafts) == 3


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


DIALECTS = {
    "wiki links": (
        "[[Moor and Sons]], [[Holm|the Holm family]] and [[Berg#North]].",
        "Moor and Sons, the Holm family and Berg.",
    ),
    "a wiki link to a heading": ("See [[#The quay]].", "See The quay."),
    "a wiki link in a table": ("| a |\n|---|\n| [[Holm\\|the Holms]] |", "a|the Holms"),
    "an embed": ("One ![[Embedded note]]two.", "One two."),
    "a callout": ("> [!tip]- Where\n> On the quay.", "Where. On the quay."),
    "a callout without a title": ("> [!note]\n> On the quay.", "On the quay."),
    "a callout of a question": ("> [!faq]+ Where?\n> Here.", "Where? Here."),
    "a callout of a title": ("> [!note] Title\n>\n> On the quay.", "Title|On the quay."),
    "a callout in a callout": ("> [!note] A\n> one\n> > [!tip] B\n> > two", "A. one|B. two"),
    "an admonition": ('!!! note "Mind"\n    the step', "Mind. the step"),
    "a mark": ("One ==two three== four, a == b.", "One two three four, a == b."),
    "footnotes": ("One[^1] two^[in place].\n\n[^1]: A note\nthat goes on.\n\n[^b]: word", "One two."),
    "citations": ("One [@smith2020, p. 3].", "One ."),
    "shortcodes": ('One {{< figure src="x" >}}two {{% b %}}three{{% /b %}} {{ site.title }}.', "One two three ."),
    "tags of Liquid": ("{% include a.html %}\n\nOne {% if x %}two{% endif %}.", "One two."),
    "highlighted code": ("One.\n\n{% highlight ruby %}\nputs 1\n\nputs 2\n{% endhighlight %}\n\nTwo.", "One.|Two."),
    "highlighted code of Hugo": ("One.\n\n{{< highlight go >}}\nx := 1\n{{< /highlight >}}\n\nTwo.", "One.|Two."),
    "divisions": ("::: note\nOne.\n:::\n\n:::{tip}\n\nTwo.\n\n:::", "One.|Two."),
    "mathematics": ("One $$x^2$$ two.\n\n$$\n\\int x\n$$", "One two."),
    "attributes": ('## Quay {#quay .big}\n\nOne.\n{: .note title="a b"}\n\n{:toc}', "Quay|One."),
    "braces that are none": ("One {two} {a b}.", "One {two} {a b}."),
    "roles": ("See {ref}`the quay`.", "See the quay."),
    "tasks": ("- [ ] open\n- [x] done", "open|done"),
    "blocks with a name": ("One. ^quay-1", "One."),
    "tags alone": ("#port #news/sea\n\nOne #two.", "One #two."),
    "abbreviations": ("One.\n\n*[HTML]: Hyper Text", "One."),
    "definitions": ("Quay\n: where ships lie", "Quay: where ships lie"),
}


@pytest.mark.parametrize(("markup", "plain"), DIALECTS.values(), ids=DIALECTS)
def test_dialects_are_read_as_text(markup: str, plain: str) -> None:
    found = read_markdown(markup, "a.md")
    assert (found.problems, found.notices) == ((), ())
    assert "|".join(paragraph for draft in found.drafts for paragraph in draft.paragraphs) == plain


CONCEALED = {
    "a comment": "One. %% SECRET %% Two.",
    "a comment over paragraphs": "One.\n\n%%\nSECRET\n\n---\n\n# SECRET\n\n- SECRET\n%%\n\nTwo.",
    "a comment of HTML": "One. <!-- SECRET --> Two.",
    "a comment of HTML over paragraphs": "One. <!-- SECRET\n\nSECRET --> Two.",
    "a comment in HTML": "One.\n\n<div>\n<!-- SECRET\n\nSECRET\n\n--></div>\n\nTwo.",
    "a comment of Liquid": "One.\n\n{% comment %}\nSECRET\n\nSECRET\n{% endcomment %}\n\nTwo.",
    "a comment of kramdown": "One.\n\n{::comment}\nSECRET\n\nSECRET\n{:/comment}\n\nTwo.",
    "a comment around front matter": "One.\n\nTwo.\n\n<!--\n\n---\ntitle: SECRET\n---\nSECRET\n-->",
    "a comment that has no end": "One.\n\nTwo. %% SECRET\n\nSECRET\n\n---\ntitle: SECRET\n---\nSECRET",
    "a private callout": "One.\n\n> [!private] SECRET\n> SECRET\nSECRET\n>\n> - SECRET\n\nTwo.",
    "a secret callout": "One.\n\n> [!Secret|red]- x\n> SECRET\n>\n> SECRET\n\nTwo.",
    "a hidden callout in another": "> [!note] x\n> One.\n>\n> > [!hidden]\n> > SECRET\n> > > SECRET\n>\n> Two.",
    "a mistyped private callout": "One.\n\n> [!pirvate]\n> SECRET\n\nTwo.",
    "a draft callout": "One.\n\n> [!draft-note]\n> SECRET\n\nTwo.",
    "a private division": "One.\n\n::: private\nSECRET\n\n::: note\nSECRET\n:::\n\nSECRET\n:::\n\nTwo.",
    "a hidden division": "One.\n\n::: {.hidden}\nSECRET\n:::\n\nTwo.",
    "a private admonition": 'One.\n\n!!! private "SECRET"\n    SECRET\n\nTwo.',
}


@pytest.mark.parametrize("markup", CONCEALED.values(), ids=CONCEALED)
def test_what_is_not_for_readers_is_left_out(markup: str) -> None:
    drafts, _ = _read(markup, "a.md")
    shown = " ".join(
        [*(draft.title or "" for draft in drafts), *(text for draft in drafts for text in draft.paragraphs)]
    )
    assert "SECRET" not in shown
    assert "One." in shown
    assert "Two." in shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Use `%%` for it. More.", "Use %% for it. More."),
        ("Use ``a ` %%`` and `<!--`. More.", "Use a ` %% and <!--. More."),
        ("```\n%%\n```\n\nMore.", "More."),
        ("> [!hint] A\n> one", "A. one"),
    ],
)
def test_what_only_looks_concealed_is_shown(text: str, shown: str) -> None:
    found = read_markdown(text, "a.md")
    assert (found.problems, found.notices) == ((), ())
    assert [draft.paragraphs for draft in found.drafts] == [(shown,)]


def test_a_comment_without_an_end_is_told() -> None:
    found = read_markdown("One.\n\nTwo %% three.\n\nFour.", "a.md")
    assert [(note.line, "“%%” hides the text from here on" in note.message) for note in found.notices] == [(3, True)]


@pytest.mark.parametrize(
    "unit",
    [
        "[[",
        "%%",
        "{%",
        "{{<",
        "::: a\n",
        "`%%",
        "==a",
        "{.a ",
        "[^1",
        "^[",
        "> [!private]\n",
        "$$x",
        "<!--",
        "#a",
        "{:",
    ],
)
def test_hostile_dialects_end(unit: str) -> None:
    for text in (unit * 5_000, "\n\n".join([unit * 50] * 100)):
        assert len(read_markdown(text, "a.md").drafts) <= 1
