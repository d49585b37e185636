from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen import fields, strict_yaml
from digestgen.errors import InputError, Problem

REFUSED = {
    "the same key twice": ("a: 1\nb: 2\na: 3", 3, "twice"),
    "an anchor": ("a: &x 1", 1, "anchors"),
    "an alias": ("a: 1\nb: *a", 2, "anchors"),
    "a tag": ("a: !!python/object:os.system x", 1, "tags"),
    "a merge key with an alias": ("a: {x: 1}\nb:\n  <<: *a", 3, "anchors"),
    "a list as a key": ("? [1]\n: 2", 1, "plain text"),
    "an empty key": ("? \n: 2", 1, "plain text"),
    "a second document": ("a: 1\n---\nb: 2", 2, "second document"),
    "deep nesting": ("[" * 5_000, 1, "nested"),
    "broken flow": ("a: 1\nb: [1", 2, "not YAML"),
    "a tab": ("\ta: 1", 1, "not YAML"),
    "a control character": ("a: \x07", None, "not YAML"),
}


@pytest.mark.parametrize(("text", "line", "message"), REFUSED.values(), ids=REFUSED)
def test_refuses(text: str, line: int | None, message: str) -> None:
    with pytest.raises(InputError) as caught:
        strict_yaml.parse(text, "x.yml")
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == ("x.yml", line)
    assert message in problem.message


def test_scalars_stay_as_written() -> None:
    node = strict_yaml.parse("a: NO\nb: 12:30\nc: =\nd: 1e3\ne: 2020-99-99\nf: 'null'\ng: null\nh: ~\ni:\n", "x.yml")
    assert isinstance(node, strict_yaml.Mapping)
    texts = {key: value.text for key, (_, value) in node.entries.items() if isinstance(value, strict_yaml.Scalar)}
    assert texts == {
        "a": "NO", "b": "12:30", "c": "=", "d": "1e3", "e": "2020-99-99", "f": "null", "g": None, "h": None, "i": None,
    }  # fmt: skip


def test_lines_count_from_the_first_line_of_the_text_in_its_file() -> None:
    with pytest.raises(InputError) as caught:
        strict_yaml.parse("a: 1\na: 2", "x.md", first_line=2)
    assert caught.value.problems[0].line == 3


def test_an_alias_bomb_is_refused_at_its_first_anchor() -> None:
    bomb = "a: &a [x]\n" + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}]\n" for i in range(20))
    with pytest.raises(InputError):
        strict_yaml.parse(bomb, "x.yml")


def test_fields_report_everything_at_once_with_the_nearest_name() -> None:
    problems: list[Problem] = []
    node = strict_yaml.parse("sourc: RT\nurl: ftp://x\npublished: soon\nlist: 1\n", "x.yml")
    known = ("source", "url", "published", "list")
    found = strict_yaml.Fields(node, "x.yml", known, problems)
    assert found.value("source", fields.as_text) is None
    assert found.value("url", fields.as_url) is None
    assert found.value("published", fields.as_date) is None
    assert found.entries("list") is None
    assert [problem.line for problem in problems] == [1, 2, 3, 4]
    assert "did you mean 'source'?" in problems[0].message


@pytest.mark.parametrize(
    ("key", "known", "hint"),
    [
        ("date", ("draft", "published"), "'published'"),
        ("Date", ("draft", "published"), "'published'"),
        ("publisher", ("source", "published"), "'source'"),
        ("site", ("title", "source"), "'source'"),
        ("link", ("title", "url"), "'url'"),
        ("link", ("line", "begins"), "'line'"),
    ],
    ids=["a date", "in capitals", "a publisher", "a site", "a link", "a word for nothing here"],
)
def test_the_key_is_suggested_that_other_tools_call_otherwise(key: str, known: tuple[str, ...], hint: str) -> None:
    problems: list[Problem] = []
    strict_yaml.Fields(strict_yaml.parse(f"{key}: x\n", "x.yml"), "x.yml", known, problems)
    (problem,) = problems
    assert f"did you mean {hint}?" in problem.message


def test_a_list_of_texts_with_their_lines() -> None:
    problems: list[Problem] = []
    node = strict_yaml.parse("a: [one, two]\nb:\n- three\n- [x]\n- {x: y}\n-\n- '  '\nc: four\nd: []\n", "x.yml")
    found = strict_yaml.Fields(node, "x.yml", ("a", "b", "c", "d", "e"), problems)
    assert found.texts("a") == (("one", 1), ("two", 1))
    assert found.texts("b") == (("three", 3),)
    assert (found.texts("c"), found.texts("d"), found.texts("e")) == ((), (), ())
    assert [(problem.line, problem.message) for problem in problems] == [
        (4, "b: holds a list where a single value belongs"),
        (5, "b: holds a mapping (key: value) where a single value belongs"),
        (6, "b: an entry is empty"),
        (7, "b: an entry is empty"),
        (8, "c: is a single value where a list belongs"),
    ]


def test_fields_of_something_else_than_a_mapping() -> None:
    problems: list[Problem] = []
    strict_yaml.Fields(strict_yaml.parse("- a", "x.yml"), "x.yml", ("a",), problems)
    assert "a list where a mapping" in problems[0].message


@given(st.text(alphabet="ab:- \n\t{}[]&*!|>'\"#?,%@`", max_size=60))
def test_any_text_is_parsed_or_refused(text: str) -> None:
    with suppress(InputError):
        assert strict_yaml.parse(text, "x.yml") is not None


def test_a_scalar_knows_where_it_stands() -> None:
    text = '# 😀\r\na: "b 😀"  # c\r\nd: {e: 12, f: }\r\n'
    root = strict_yaml.parse(text, "a.yml")
    assert isinstance(root, strict_yaml.Mapping)
    (_, value), (_, inner) = root.entries["a"], root.entries["d"]
    assert isinstance(value, strict_yaml.Scalar)
    assert isinstance(inner, strict_yaml.Mapping)
    spans = [node.span for _, node in inner.entries.values() if isinstance(node, strict_yaml.Scalar)]
    assert [text[slice(*span)] for span in (value.span, *spans)] == ['"b 😀"', "12", ""]


def test_statements() -> None:
    root = strict_yaml.parse("a:\n  b: x\n  c: [y, {d: z}]\n\ne:\n", "a.yml")
    assert [(".".join(each.path), each.text, each.line) for each in strict_yaml.statements(root)] == [
        ("a", None, 1),
        ("a.b", "x", 2),
        ("a.c", None, 3),
        ("a.c", "y", 3),
        ("a.c.d", "z", 3),
        ("e", None, 5),
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 1\nsite_url: https://x.org/  # here\nb: 2\n", "https://x.org/"),
        ("emoji: !!python/name:x.y\nlist: &l [1, {k: v}]\nagain: *l\nsite_url: 'x'\n", "x"),
        ("extra:\n  site_url: inner\n- : x\n", None),
        ("extra: {site_url: inner}\nsite_url: outer\n", "outer"),
        ("name: site_url\nother: x\n", None),
        ("site_url: !ENV [SITE, x]\n", None),
        ("site_url: !ENV SITE\n", None),
        ("site_url: [x]\n", None),
        ("- site_url\n- x\n", None),
        ("[" * 5_000, None),
        ("a: [1", None),
        ("", None),
    ],
    ids=[
        "plain",
        "among tags and anchors",
        "no YAML",
        "deeper down too",
        "as a value",
        "a tagged list",
        "a tagged text",
        "a list",
        "in a list",
        "deep nesting",
        "broken",
        "empty",
    ],
)
def test_the_value_of_one_key_in_a_file_that_is_not_ours(text: str, value: str | None) -> None:
    assert strict_yaml.top_value(text, "site_url") == value


@given(st.text(max_size=200))
def test_any_text_may_be_asked_for_a_key(text: str) -> None:
    strict_yaml.top_value(text, "a")
