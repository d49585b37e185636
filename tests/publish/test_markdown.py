"""Whatever a text holds, a page shows that text and nothing else."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from html.parser import HTMLParser

import markdown as python_markdown
import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from markdown.extensions.toc import TocExtension

from digestgen.language.text import clean_line
from digestgen.publish.markdown import (
    LONGEST_LINE,
    Markdown,
    as_markdown,
    attributes,
    code_block,
    escape,
    external_link,
    front_matter,
    join,
    link,
    safe_url,
    shorten,
)
from publish.hostile import HOSTILE

GIANTS = (
    "[" * 16_000,
    "*" * 9_000 + "a",
    "<" * 9_000,
    "`" * 9_000,
    "(" * 9_000,
    "&" * 9_000,
    "#" * 9_000,
    "> " * 4_000,
)


class _Reader(HTMLParser):
    """Every tag with its attributes, and the text between, as a browser would have it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.text = ""
        self.others: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def read(source: str) -> _Reader:
    """The page that the site's extensions make of some Markdown."""
    reader = _Reader()
    reader.feed(python_markdown.markdown(source, extensions=["attr_list", TocExtension()]))
    reader.close()
    return reader


CONTEXTS = {
    "paragraph": ("{}", [("p", ())]),
    "later paragraph": ("# H {{#h}}\n\n{}", [("h1", (("id", "h"),)), ("p", ())]),
    "heading": ("## {} {{#h}}", [("h2", (("id", "h"),))]),
    "item": ("- {}", [("ul", ()), ("li", ())]),
    "item's paragraph": ("- a\n\n    {}", [("ul", ()), ("li", ()), ("p", ()), ("p", ())]),
    "quotation": ("> {}", [("blockquote", ()), ("p", ())]),
    "emphasis": ("*{}*", [("p", ()), ("em", ())]),
    "strong": ("**{}**", [("p", ()), ("strong", ())]),
    "link": ("[{}](a.md)", [("p", ()), ("a", (("href", "a.md"),))]),
    "linked heading": ("### [{}](a.md) {{#h}}", [("h3", (("id", "h"),)), ("a", (("href", "a.md"),))]),
}
BEFORE = {"later paragraph": "H\n", "item's paragraph": "\n\na\n"}
"""What a context shows before the text."""


def in_context(text: str, context: str) -> _Reader:
    return read(CONTEXTS[context][0].format(escape(text)))


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:24]))
def test_hostile_text_stays_text(text: str) -> None:
    for context, (_, tags) in CONTEXTS.items():
        page = in_context(text, context)
        assert page.tags == tags, context
        assert page.others == [], context
        assert page.text.removeprefix(BEFORE.get(context, "")).strip() == clean_line(text), context


@pytest.mark.parametrize("text", GIANTS, ids=lambda text: f"{text[:2]!r} x{len(text)}")
def test_giants_stay_text(text: str) -> None:
    page = in_context(text, "heading")
    assert page.tags == CONTEXTS["heading"][1]
    assert page.text.strip() == shorten(text, LONGEST_LINE)


anything = st.text(st.characters(), min_size=1, max_size=80).filter(clean_line)
marks = st.text(st.sampled_from(list("\\`*_[](){}<>#+-.!|~^$&;:=\"'/%?@0a \n\t")), min_size=1, max_size=40)


@given(anything | marks.filter(clean_line), st.sampled_from(sorted(CONTEXTS)))
@example("1.", "emphasis")
@example("0) ", "item")
def test_escaped_text_reads_as_it_was(text: str, context: str) -> None:
    page = in_context(text, context)
    assert page.tags == CONTEXTS[context][1]
    assert page.others == []
    assert page.text.strip().endswith(clean_line(text))


@given(anything)
def test_escaping_leaves_one_line_without_marks(text: str) -> None:
    escaped = escape(text)
    assert "\n" not in escaped
    assert not set("\\`*_[]<>{}|~^$") & set(escaped)
    assert not any(unicodedata.category(char) == "Cc" for char in escaped)


def test_a_giant_is_cut_at_a_word() -> None:
    assert shorten("word " * 1_000_000, 100) == "word " * 18 + "word…"
    assert shorten("x" * 1_000_000, 100) == "x" * 99 + "…"
    assert shorten(" " * 1_000_000 + "far behind", 100) == "…"


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("just fits", 9, "just fits"),
        ("does not fit", 9, "does…"),
        ("", 9, ""),
        (" \n ", 9, ""),
        ("a  b", 3, "a b"),
    ],
)
def test_shorten(text: str, limit: int, cut: str) -> None:
    assert shorten(text, limit) == cut


def test_what_is_shortened_is_a_text_again() -> None:
    assert as_markdown(shorten(Markdown("*bold*"), 100)) == escape("*bold*")
    assert as_markdown(shorten("*bold*", 100)) == escape("*bold*")


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://example.org/", "https://example.org/"),
        ("http://example.org", "http://example.org"),
        ("HTTPS://Example.ORG/Path", "https://example.org/Path"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("https://example.org/a b(c)", "https://example.org/a%20b%28c%29"),
        ("https://example.org/a_(b)*[c]", "https://example.org/a_%28b%29%2A%5Bc%5D"),
        ("https://example.org/%7Ea/%zz", "https://example.org/%7Ea/%25zz"),
        ("https://example.org/?a=1&copy=2&b=%20", "https://example.org/?a=1&copy=2&b=%20"),
        ("https://example.org/?q=<script>", "https://example.org/?q=%3Cscript%3E"),
        ("https://example.org/#a\"b'c`d", "https://example.org/#a%22b%27c%60d"),
        ("https://пример.укр/стаття", "https://xn--e1afmkfd.xn--j1amh/%D1%81%D1%82%D0%B0%D1%82%D1%82%D1%8F"),
        ("https://user:password@example.org/", None),
        ("https://example.org@evil.example/", None),
        ("https://example.org\\@evil.example/", None),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        (" https://example.org/", None),
        ("data:text/html,x", None),
        ("ftp://example.org/", None),
        ("file:///etc/passwd", None),
        ("//example.org/", None),
        ("/relative", None),
        ("https://", None),
        ("https:///path", None),
        ("https://[::1", None),
        ("https://[::1]/", None),
        ("https://exa mple.org/", None),
        ("https://example.org:99999/", None),
        ("https://example.org:x/", None),
        ("https://" + "a" * 3_000 + "/", None),
        ("https://" + "a." * 200 + "org/", None),
        ("https://a\u202eb.org/", None),
        ("https://example.org/\ud800", None),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_destination(url: str, address: str | None) -> None:
    assert safe_url(url) == address


urls = st.builds("https://example.org/{}".format, anything | marks) | anything | marks


@given(urls, anything)
def test_a_link_outward_holds_its_text_and_at_most_one_safe_address(url: str, text: str) -> None:
    page = read(external_link(text, url))
    assert page.text.strip() == clean_line(text)
    address = safe_url(url)
    assert page.tags == [("p", ()), *([("a", (("href", address),))] if address else [])]
    assert address is None or re.match(r"https?://[a-z0-9]", address)


@given(anything, anything)
@example("0", "'")
@example("a](b)", '" onclick="x')
def test_a_link_inside_keeps_text_and_name_apart(text: str, name: str) -> None:
    page = read(link(text, "../a.md", name=name, language="de") + f" *{escape(text)}*")
    assert page.text.strip() == f"{clean_line(text)} {clean_line(text)}"
    known = (("aria-label", clean_line(name)), ("href", "../a.md"), ("lang", "de"))
    assert page.tags == [("p", ()), ("a", known), ("em", ())]


@pytest.mark.parametrize(
    ("context", "outer"),
    [
        ("- {} *day*\n", ["ul", "li"]),
        ("- **{}**\n\n    more\n", ["ul", "li", "p", "strong"]),
        ("> quoted {}\n", ["blockquote", "p"]),
        ("It stands in {}, for *reasons*.", ["p"]),
        ("### {} {{#h}}", ["h3"]),
        ("- ### {} {{#h}}\n\n    more\n", ["ul", "li", "h3"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_language_of_a_link_stays_with_it(context: str, outer: list[str]) -> None:
    page = read(context.format(link("العربية", "a.md", language="ar")))
    tags = [tag for tag, _ in page.tags]
    assert tags[: len(outer) + 1] == [*outer, "a"]
    assert [given for tag, given in page.tags if tag == "a"] == [(("href", "a.md"), ("lang", "ar"))]
    assert [given for tag, given in page.tags if tag != "a" and given] == [(("id", "h"),)] * ("#h" in context)
    assert "{" not in page.text


@pytest.mark.parametrize("language", ["", "x y", 'de" onclick="x', "{"], ids=ascii)
def test_a_link_in_no_known_language_costs_nothing(language: str) -> None:
    assert link("Port", "a.md", language=language) == "[Port](a.md)"


@given(anything, anything)
@example("</title><script>alert(1)</script>", "'\"")
@example("---", "...")
@example("!ENV SECRET", "{{ x }}")
def test_front_matter_is_yaml_that_a_template_may_put_out_as_it_stands(title: str, description: str) -> None:
    text = front_matter(title, description, {"kind": "article", "hide": ["navigation"]})
    assert re.fullmatch(r"---\n(?:[a-z]+: .*\n)+---\n", text)
    fields = yaml.safe_load(text.removeprefix("---\n").removesuffix("---\n"))
    assert list(fields) == ["title", "description", "kind", "hide"]
    for key, value in (("title", title), ("description", description)):
        assert not set("<>\"'") & set(fields[key])
        shown = _Reader()
        shown.feed(fields[key])
        shown.close()
        assert shown.text == shorten(value, 300)
    assert fields["hide"] == ["navigation"]


def test_front_matter_values_are_json() -> None:
    text = front_matter("A “title”", "B", {"hide": ["toc"], "source": 'A <b> & "B"'})
    assert json.loads(text.splitlines()[3].removeprefix("hide: ")) == ["toc"]
    assert json.loads(text.splitlines()[4].removeprefix("source: ")) == "A &lt;b&gt; &amp; &quot;B&quot;"


def test_attributes() -> None:
    assert attributes("a-1") == "{#a-1}"
    assert attributes("a", language="pt-BR") == "{#a lang=pt-BR}"
    assert attributes("", language="en onclick=x") == ""
    assert attributes("a", look="story lead", language="de") == "{#a .story .lead lang=de}"
    assert isinstance(attributes(), Markdown)
    with pytest.raises(ValueError, match="anchor"):
        attributes("a b")
    with pytest.raises(ValueError, match="anchor"):
        attributes("a}")
    with pytest.raises(ValueError, match="classes"):
        attributes(look="a} onclick=x")


def test_only_markdown_is_left_alone() -> None:
    assert as_markdown(Markdown("*a*")) == "*a*"
    assert as_markdown("*a*") == "&#42;a&#42;"
    assert as_markdown(12) == "12"
    assert as_markdown(Markdown("*a*") + "") == "&#42;a&#42;", "what was put together outside is escaped again"
    assert join(Markdown(" · "), ["*", Markdown("*b*")]) == "&#42; · *b*"


@pytest.mark.parametrize("depth", [0, 1])
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:24]))
def test_code_shows_as_it_is(text: str, depth: int) -> None:
    text = text.translate({ord("<"): "", ord("&"): ""}) if text.isprintable() else "*x* [y](z)"
    code = f"{text}:\n  {text}"
    head = "- An entry." if depth else "A paragraph."
    page = f"{head}\n\n{code_block(code, depth)}\n\n### Behind it\n"
    shown = python_markdown.markdown(page, extensions=["attr_list", "toc"])
    (found,) = re.findall("<pre><code>(.*?)</code></pre>", shown, re.DOTALL)
    assert html.unescape(found) == code + "\n"
    assert shown.endswith('<h3 id="behind-it">Behind it</h3>')


@pytest.mark.parametrize("text", ["a < b", "AT&T", "stx \x02", "\u202e"])
def test_what_code_cannot_show_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="cannot be shown as code"):
        code_block(text)
