from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.fetch.seed_text import Told, seed_text
from digestgen.ingest.draft import paragraphs_of
from digestgen.ingest.html.fragments import line_of_field
from digestgen.ingest.read import Defaults, draft_seed, read_seed
from digestgen.language.text import clean_line
from digestgen.model import Publish, Seed

QUAY = Told(
    title="Quay reopens",
    made=False,
    source="Harbour Gazette",
    url="https://gazette.example/quay?day=2&x=1",
    published=date(2024, 11, 12),
    language="en",
    publish=None,
    tags=(),
    withheld=False,
)
DEFAULTS = Defaults(language=None, publish=Publish.SUMMARY)


def test_is_a_text_that_a_person_can_read_and_edit() -> None:
    assert seed_text(
        QUAY, ["The quay is open again, 3 years on.", "It cost £2m (“too much”), says J. O'Neil-Smith."]
    ) == (
        '---\ntitle: "Quay reopens"\nsource: "Harbour Gazette"\nurl: "https://gazette.example/quay?day=2&x=1"\n'
        "published: 2024-11-12\nlanguage: en\n---\n\nThe quay is open again, 3 years on.\n\n"
        "It cost £2m (“too much”), says J. O'Neil-Smith.\n"
    )


def test_a_title_that_was_made_is_said_to_be() -> None:
    text = seed_text(replace(QUAY, title='"Quay" reopens', made=True), ["The quay is open again."])
    assert text is not None
    assert 'title: "\\"Quay\\" reopens"  # made from the text\n' in text


def test_tags_come_along() -> None:
    text = seed_text(replace(QUAY, tags=("harbour", "2024", "a, b")), ["The quay is open again."])
    assert text is not None
    assert 'tags: [harbour, 2024, "a, b"]\n' in text


def test_what_is_withheld_stays_so() -> None:
    text = seed_text(replace(QUAY, withheld=True, publish=Publish.FULL), ["The quay is open again."])
    assert text is not None
    (article,) = read_seed(Seed(name="a.md", text=text), DEFAULTS).articles
    assert article.directive is not None
    assert not article.directive.show
    assert article.publish is Publish.FULL


def test_what_waits_for_its_day_goes_on_waiting() -> None:
    text = seed_text(replace(QUAY, publish_on=date(2026, 12, 1)), ["The quay is open again."])
    assert text is not None
    (article,) = read_seed(Seed(name="a.md", text=text), DEFAULTS).articles
    assert [due.day for due in article.dues] == [date(2026, 12, 1)]


@pytest.mark.parametrize(
    ("paragraph", "written"),
    [
        ("# 1 on the list", "\\# 1 on the list"),
        ("- said nobody", "\\- said nobody"),
        ("---", "\\---"),
        ("12. November was cold", "12\\. November was cold"),
        ("1986) was colder", "1986\\) was colder"),
        ("> he", "\\> he"),
        ("snake_case and __init__", "snake_case and \\_\\_init\\_\\_"),
        ("2 * 3 * 4", "2 \\* 3 \\* 4"),
        ("AT&T and &amp;", "AT&T and \\&amp;"),
        ("[1] <b>", "\\[1\\] \\<b>"),
        ("draft: true", "draft\\: true"),
        ("title: not one", "title: not one"),
        ("It was 5 < 6", "It was 5 \\< 6"),
    ],
)
def test_escapes_what_could_be_markup(paragraph: str, written: str) -> None:
    text = seed_text(QUAY, ["Before.", paragraph, "After."])
    assert text is not None
    assert text.split("\n\n")[2] == written


LINES = st.lists(
    st.text(alphabet="ab1 .,:;-+=#*_`~<>[](){}|\\/&!?%$^\"'“é世\n\t", max_size=40)
    | st.sampled_from(
        [
            "---", "***", "===", "+++", "```", "~~~", "> [!note] x", "%% hidden %%", "==marked==", "[[link|shown]]",
            "{{< shortcode >}}", "{% liquid %}", "$x_1$", "text ^block", "#tag", "- [ ] task", "<!-- more -->", "<br>",
            "&copy;", "&#42;", "http://a.example", "<http://a.example>", "[a]: http://a.example", "| a | b |",
            "|---|---|", "    code", "published: false", "status: draft", '{"draft": true}', "title: x",
            ":::warning", "![a](b)", "[^1]: x", "a  ", "\\", "\\\\*", "Title: x", "…", "Term\n: meaning",
        ]
    ),
    max_size=6,
)  # fmt: skip


def is_plain(text: str) -> bool:
    """Whether a field is read as it is written; of markup in it, only what is seen would be read."""
    return line_of_field(text) == clean_line(text)


@given(
    lines=LINES,
    title=st.none() | st.text(max_size=30).filter(is_plain),
    source=st.none() | st.text(max_size=10).filter(is_plain),
)
def test_reads_as_what_was_written(lines: list[str], title: str | None, source: str | None) -> None:
    paragraphs = paragraphs_of(lines)
    told = replace(
        QUAY,
        title=clean_line(title or "") or None,
        source=clean_line(source or "") or None,
    )
    text = seed_text(told, paragraphs)
    if not paragraphs and told.title is None:
        assert text is None
        return
    assert text is not None
    found = draft_seed(Seed(name="a.md", text=text), DEFAULTS)
    (draft,) = found.drafts
    assert found.problems == ()
    assert (draft.paragraphs, draft.title) == (paragraphs, told.title)
    assert (draft.source, draft.published, draft.url) == (told.source, told.published, told.url)


@pytest.mark.parametrize("title", ["<!--", "<br>", "A <b>bold</b> one", "&amp;"])
def test_a_title_that_is_markup_is_not_written_as_another(title: str) -> None:
    assert seed_text(replace(QUAY, title=title), ["Before."]) is None


def test_a_paragraph_that_is_too_long_for_markup_to_be_read() -> None:
    text = seed_text(QUAY, ["word " * 5_000 + "end."])
    assert text is not None
