from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.ingest.html.fragments import is_html, line_of_field, paragraphs_of_field, paragraphs_of_html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a < b", False),
        ("a <b and c> d", False),
        ("if x<y and y>z", False),
        ("I <3 it & that", False),
        ("an <unknown> tag </unknown>", False),
        ("AT&amp;T", False),
        ("<p>One", True),
        ("One<br>two", True),
        ("a <b>word</b>", True),
        ('see <a href="https://example.org/">this</a>', True),
        ("a closing </b> alone", False),
        ("a <!-- comment -->", True),
    ],
)
def test_only_tags_make_html(text: str, html: bool) -> None:  # noqa: FBT001 -- a table of cases
    assert is_html(text) is html


FIELDS = {
    "blocks part": ("<p>One</p><p>Two <b>bold</b></p>", ("One", "Two bold")),
    "line breaks part": ("One<br/>two<br>three", ("One", "two", "three")),
    "line feeds do not": ("<p>One\ntwo</p>", ("One two",)),
    "but in poems": ("<pre>One\ntwo</pre>", ("One", "two")),
    "a list": ("<ul><li>a<li>b</ul>", ("a", "b")),
    "a table": ("<table><tr><th>Year<td>Ships<tr><td>2024</table>", ("Year; Ships", "2024")),
    "plain lines": ("One\n\ntwo", ("One", "two")),
    "plain text with a sign": ("a < b & c", ("a < b & c",)),
    "escaped": ("&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;", ("One", "Two")),
    "escaped twice": ("&amp;lt;p&amp;gt;One &amp;amp;amp; two&amp;lt;/p&amp;gt;", ("One & two",)),
    "a tag that is only mentioned": ("Write &lt;p&gt; here", ("Write <p> here",)),
    "references in plain text": ("AT&amp;T &ldquo;now&rdquo;", ("AT&T “now”",)),
    "references escaped twice": ("AT&amp;amp;T", ("AT&T",)),
    "an address with a sign": ("https://example.org/?a=1&copy=2", ("https://example.org/?a=1&copy=2",)),
    "scripts and styles": ("<style>p {}</style>One<script>alert('no')</script> two<p>", ("One two",)),
    "templates": ("<template><p>no</p></template><p>One</p>", ("One",)),
    "hidden": ("<p hidden>no</p><p>One</p>", ("One",)),
    "hidden by style": ('<div style="color: red; DISPLAY : none">no<p>no</p></div>One<br>', ("One",)),
    "not hidden": ('<p style="font-size: 0.9em">One</p>', ("One",)),
    "comments": ("<p>One</p><!-- no --><p>Two</p><!-- no", ("One", "Two")),
    "a declaration": ("<?xml version='1.0' encoding='latin-1'?><p>é</p>", ("é",)),
    "another encoding": ('<meta charset="latin-1"><p>é</p>', ("é",)),
    "a NUL": ("<p>One\x00</p><p>Two</p>", ("One", "Two")),
    "a lone surrogate": ("<p>One\ud800</p>", ("One?",)),
    "nothing": ("<p></p><!-- no -->", ()),
    "only a comment": ("<!-- <p>no</p> -->", ()),
    "a whole page": ("<html><head><title>no</title></head><body><p>One</p></body></html>", ("One",)),
    "external entity": ('<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>&x;</p>', ("]>", "&x;")),
}


@pytest.mark.parametrize(("text", "paragraphs"), FIELDS.values(), ids=FIELDS)
def test_a_field_as_text(text: str, paragraphs: tuple[str, ...]) -> None:
    assert paragraphs_of_field(text) == paragraphs


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("The &ldquo;quay&rdquo; reopens", "The “quay” reopens"),
        ("Cod &amp;amp; chips", "Cod & chips"),
        ("The <em>quay</em> reopens", "The quay reopens"),
        (" 2 < 3 ", "2 < 3"),
        ("The quay <!-- no --> reopens", "The quay reopens"),
        ("The quay <!-- no", "The quay"),
    ],
)
def test_a_title_as_one_line(text: str, line: str) -> None:
    assert line_of_field(text) == line


@pytest.mark.parametrize(
    "unit",
    ["<b>x", "<div>x", "<a ", "<!--", "</", "&amp", "&x;", "<table><tr><td>x", '<a b="', "<font><p>", "&lt;p&gt;"],
)
def test_hostile_markup_ends(unit: str) -> None:
    text = unit * (400_000 // len(unit))
    assert sum(map(len, paragraphs_of_html(text))) <= len(text)
    assert sum(map(len, paragraphs_of_field(text))) <= len(text)


@given(st.text(alphabet="<>/pbtdr &;lgamx!-\n\"'=", max_size=200))
def test_no_markup_breaks_it(text: str) -> None:
    assert all(paragraphs_of_html(text))
    assert all(paragraphs_of_field(text))


def test_a_tag_of_a_hundred_thousand_attributes_costs_no_more_than_its_length() -> None:
    markup = f"<p {' '.join(f'a{n}=1' for n in range(100_000))}>One.</p><p>Two.</p>"
    assert paragraphs_of_html(markup) == ("One.", "Two.")
