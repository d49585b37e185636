import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.errors import Problem
from digestgen.ingest.draft import Draft
from digestgen.ingest.records.json_lines import read_jsonl
from digestgen.model import Directive


def _read(text: str, file: str) -> tuple[list[Draft], list[Problem]]:
    found = read_jsonl(text, file)
    return list(found.drafts), list(found.problems)


def test_every_field_is_read() -> None:
    line = json.dumps(
        {
            "id": 7,
            "title": "A  title",
            "text": "First.\n\nSecond.",
            "source": "RT",
            "url": "https://example.org/a",
            "published": "2025-10-20T12:00:00",
            "language": "en-GB",
            "tags": ["ignored"],
        }
    )
    drafts, problems = _read(f"\n{line}\n", "a.jsonl")
    assert problems == []
    (draft,) = drafts
    assert (draft.id, draft.title, draft.paragraphs) == ("7", "A title", ("First.", "Second."))
    assert (draft.source, draft.url, draft.language) == ("RT", "https://example.org/a", "en")
    assert draft.published is not None
    assert draft.published.isoformat() == "2025-10-20"
    assert draft.lines == (2, 2)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "is not JSON"),
        ("[1]", "is not a JSON object"),
        ("NaN", "is not a JSON object"),
        ("{}", "has no text"),
        ('{"text": " "}', "has no text"),
        ('{"text": 3}', "text: is not a text in quotation marks"),
        ('{"text": ["a"]}', "text: is not a text in quotation marks"),
        ("[" * 100_000, "nested too deeply"),
        ('{"text": ' + "[" * 100_000, "nested too deeply"),
        ("\x00", "is not JSON"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_a_line_that_cannot_be_used_is_a_problem_and_the_others_are_kept(line: str, said: str) -> None:
    drafts, problems = _read(f'{{"text": "One."}}\n{line}\n{{"text": "Three."}}', "a.jsonl")
    assert [draft.lines[0] for draft in drafts] == [1, 3]
    (problem,) = problems
    assert (problem.file, problem.line) == ("a.jsonl", 2)
    assert said in problem.message


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ('"url": "javascript:alert(1)"', "url: "),
        ('"url": 5', "url: is not a text"),
        ('"language": "klingon"', "language: "),
        ('"source": ["RT"]', "source: "),
        ('"id": 1.5', "id: "),
        ('"id": true', "id: "),
        ('"id": NaN', "id: "),
        ('"id": ""', "id: "),
        ('"id": "' + "x" * 200 + '"', "id: "),
    ],
    ids=lambda value: str(value)[:24],
)
def test_a_value_that_cannot_be_used_is_a_problem_and_its_article_is_kept(field: str, said: str) -> None:
    drafts, problems = _read(f'{{"text": "One.", {field}}}', "a.jsonl")
    assert [draft.paragraphs for draft in drafts] == [("One.",)]
    assert [problem.message[: len(said)] for problem in problems] == [said]


@pytest.mark.parametrize(
    ("field", "directive"),
    [
        ('"draft": true', Directive(show=False, says="draft: true", file="a.jsonl", line=1)),
        ('"draft": false', Directive(show=True, says="draft: false", file="a.jsonl", line=1)),
        ('"published": false', Directive(show=False, says="published: false", file="a.jsonl", line=1)),
        ('"published": true', Directive(show=True, says="published: true", file="a.jsonl", line=1)),
        ('"published": true, "draft": true', Directive(show=False, says="draft: true", file="a.jsonl", line=1)),
        ('"draft": true, "draft": true', Directive(show=False, says="draft: true", file="a.jsonl", line=1)),
        ('"hide": true', Directive(show=False, says="hide: true", file="a.jsonl", line=1)),
        ('"isDraft": true', Directive(show=False, says="isDraft: true", file="a.jsonl", line=1)),
        ('"unpublished": true', Directive(show=False, says="unpublished: true", file="a.jsonl", line=1)),
        ('"publish": false', Directive(show=False, says="publish: false", file="a.jsonl", line=1)),
        ('"status": "Draft"', Directive(show=False, says="status: draft", file="a.jsonl", line=1)),
        ('"visibility": "private"', Directive(show=False, says="visibility: private", file="a.jsonl", line=1)),
        ('"public": false', Directive(show=False, says="public: false", file="a.jsonl", line=1)),
        ('"content": {"protected": true}', Directive(show=False, says="content: protected", file="a.jsonl", line=1)),
        ('"password": "x"', Directive(show=False, says="password: set", file="a.jsonl", line=1)),
        ('"email_only": true', Directive(show=False, says="email_only: true", file="a.jsonl", line=1)),
        ('"password": "", "searchHidden": true, "content": {"protected": false}', None),
        ('"status": "published", "visibility": "public", "public": true', None),
        ('"published": "2026-11-22"', None),
        ('"hidden": false, "Draft": false, "publisher": "RT", "published_at": "2026", "publish": true', None),
    ],
    ids=lambda value: str(value)[:32],
)
def test_a_line_says_whether_its_article_is_shown(field: str, directive: Directive | None) -> None:
    drafts, problems = _read(f'{{"text": "One.", {field}}}', "a.jsonl")
    assert problems == []
    assert [(draft.paragraphs, draft.directive) for draft in drafts] == [(("One.",), directive)]


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ('"draft": "true"', "draft: is neither true nor false; the line is left out"),
        ('"draft": null', "draft: is neither true nor false; the line is left out"),
        ('"draft": 1', "draft: is neither true nor false; the line is left out"),
        ('"draft": []', "draft: is neither true nor false; the line is left out"),
        ('"draft": true, "draft": false', "draft: is given twice, with different values; the line is left out"),
        ('"published": "False"', "published: true or false stand without quotation marks; the line is left out"),
        ('"published": false, "published": "2026-11-22"', "published: is given twice, with different values"),
        ('"drafft": true', "unknown key “drafft”; write draft: true or false; the line is left out"),
        ('"Draft": "yes"', "unknown key “Draft”"),
        ('"publised": false', "unknown key “publised”; write published: true or false"),
        ('"skip": 1', "unknown key “skip”"),
        ('"lished": false', "unknown key “lished”"),
        ('"publish": "false"', "publish: true or false stand without quotation marks"),
        ('"published": 0', "published: “0” is neither true nor false"),
        ('"status": "drafft"', "status: “drafft” may be a misspelling of draft"),
    ],
    ids=lambda value: str(value)[:32],
)
def test_a_line_waits_while_nobody_can_tell_whether_it_is_shown(field: str, said: str) -> None:
    drafts, problems = _read(f'{{"text": "One."}}\n{{"text": "Two.", {field}}}', "a.jsonl")
    assert [draft.paragraphs for draft in drafts] == [("One.",)]
    assert [(problem.line, problem.message[: len(said)]) for problem in problems] == [(2, said)]


@pytest.mark.parametrize(
    "fields",
    ['"text": "One.", "title": null, "url": null, "id": null', '"text": "old", "text": "One.", "n": 1e999999'],
    ids=["null", "duplicate key and huge number"],
)
def test_what_is_harmless_is_taken(fields: str) -> None:
    drafts, problems = _read(f"{{{fields}}}", "a.jsonl")
    assert problems == []
    assert [(draft.paragraphs, draft.title, draft.id) for draft in drafts] == [(("One.",), None, None)]


def test_a_huge_whole_number_is_no_id_but_no_crash() -> None:
    drafts, problems = _read(f'{{"text": "One.", "id": {"9" * 50_000}}}', "a.jsonl")
    assert len(drafts) == 1
    assert len(problems) == 1


def test_an_id_that_is_there_twice_is_a_problem_at_the_second() -> None:
    drafts, problems = _read('{"id": "a", "text": "One."}\n{"id": "a", "text": "Two."}', "a.jsonl")
    assert [draft.paragraphs for draft in drafts] == [("One.",)]
    assert [(problem.line, "line 1" in problem.message) for problem in problems] == [(2, True)]


def test_a_title_alone_is_an_article() -> None:
    drafts, problems = _read('{"title": "Just a headline"}', "a.jsonl")
    assert problems == []
    assert drafts[0].title == "Just a headline"


@given(st.text(max_size=200))
def test_no_text_crashes_the_reader(text: str) -> None:
    drafts, problems = _read(text, "a.jsonl")
    assert len(drafts) <= text.count("\n") + 1
    assert all(problem.line is not None for problem in problems)


FOREIGN = {
    "a feed turned into JSON": (
        {"title": "Quay", "content": "It reopens.", "link": "https://example.org/quay", "date": "2024-11-12"},
        ("Quay", ("It reopens.",), None, "https://example.org/quay", "2024-11-12"),
    ),
    "JSON Feed": (
        {"content_html": "<p>It <b>reopens</b>.</p><p>In May.</p>", "date_published": "2024-11-12T10:00:00Z"},
        (None, ("It reopens.", "In May."), None, None, "2024-11-12"),
    ),
    "WordPress": (
        {"title": {"rendered": "Cod &#8211; cheap"}, "content": {"rendered": "<p>Cheap.</p>"}, "link": "https://a.b/c"},
        ("Cod – cheap", ("Cheap.",), None, "https://a.b/c", None),
    ),
    "trafilatura": (
        {
            "title": "Quay",
            "text": "One.\nTwo.",
            "source": "https://example.org/q",
            "source-hostname": "Gazette",
            "date": "2024-11-12",
        },
        ("Quay", ("One.", "Two."), "Gazette", "https://example.org/q", "2024-11-12"),
    ),
    "newspaper": (
        {"headline": "Quay", "maintext": "One.", "authors": ["Dana Moor"], "publish_date": "2024-11-12 00:00:00"},
        ("Quay", ("One.",), "Dana Moor", None, "2024-11-12"),
    ),
    "our own before others": (
        {"body": "no", "text": "One.", "name": "no", "title": "Quay", "date": "2020-01-01", "published": "2024-11-12"},
        ("Quay", ("One.",), None, None, "2024-11-12"),
    ),
    "the next where one is empty": (
        {"content": "", "summary": "One.", "headline": " ", "name": "Quay", "pubDate": None, "created": 1731400000},
        ("Quay", ("One.",), None, None, "2024-11-12"),
    ),
    "a source in an object": (
        {"text": "One.", "source": {"id": None, "name": "The Gazette"}, "author": "Dana Moor"},
        (None, ("One.",), "The Gazette", None, None),
    ),
    "a text that a service cut": ({"content": "One … [+2000 chars]"}, (None, ("One …",), None, None, None)),
    "an author by number": ({"text": "One.", "author": 3, "tags": [4]}, (None, ("One.",), None, None, None)),
    "where it stood in another tool": ({"text": "One.", "permalink": "/quay/"}, (None, ("One.",), None, None, None)),
    "milliseconds": ({"text": "One.", "timestamp": 1731400000000}, (None, ("One.",), None, None, "2024-11-12")),
    "HTML in our own field, escaped": (
        {"text": "&lt;p&gt;One &amp;amp; two.&lt;/p&gt;"},
        (None, ("One & two.",), None, None, None),
    ),
}


@pytest.mark.parametrize(("fields", "expected"), FOREIGN.values(), ids=FOREIGN)
def test_keys_of_other_tools_are_read(fields: dict[str, object], expected: tuple[object, ...]) -> None:
    found = read_jsonl(json.dumps(fields), "a.jsonl")
    assert (found.problems, found.notices) == ((), ())
    (draft,) = found.drafts
    published = draft.published and draft.published.isoformat()
    assert (draft.title, draft.paragraphs, draft.source or draft.author, draft.url, published) == expected


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (['{"text": "One.", "titel": "x"}'], ["“titel” (did you mean 'title'?) is an unknown key"]),
        (
            ['{"text": "One.", "n": 1e999999}', '{"text": "Two.", "m": 2, "n": 3}'],
            ["“n”, “m” are unknown keys, and are ignored"],
        ),
        (['{"text": "One.", "published": "yesterday"}'], ["published: “yesterday” is not a date"]),
        (['{"text": "One.", "published": "03/04/2024"}'], ["published: “03/04/2024” may be 2024-04-03 or 2024-03-04"]),
        (['{"text": "One.", "date": "0001-01-01"}'], ["date: “0001-01-01” has the year 1"]),
        (['{"text": "One.", "date": "soon"}'] * 5, ["date: “soon” is not a date such as 2026-11-22; the article has"]),
        (['{"text": "One.", "url": "/quay/"}'], ["url: “/quay/” is not a full web address"]),
        (['{"text": "One.", "lang": "Klingonese"}'], ["lang: “Klingonese” is not the code of a language"]),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_passed_over_is_a_note_and_the_article_is_kept(lines: list[str], told: list[str]) -> None:
    found = read_jsonl("\n".join(lines), "a.jsonl")
    assert found.problems == ()
    assert len(found.drafts) == len(lines)
    assert all(draft.published is None for draft in found.drafts)
    assert [notice.message[: len(said)] for notice, said in zip(found.notices, told, strict=True)] == told


def test_an_id_of_another_tool_that_is_there_twice_is_none() -> None:
    found = read_jsonl('{"guid": "a", "text": "One."}\n{"guid": "a", "text": "Two."}', "a.jsonl")
    assert [(draft.id, draft.paragraphs) for draft in found.drafts] == [("a", ("One.",)), (None, ("Two.",))]
    assert found.problems == ()


@pytest.mark.parametrize(
    ("fields", "hints"),
    [
        (
            {"tags": ["port", "ferry quay"], "Categories": "news, trade|#sea"},
            ("port", "ferry quay", "news", "trade", "sea"),
        ),
        ({"category": {"name": "Port"}, "keywords": [{"term": "quay"}]}, ("quay", "Port")),
        ({"tags": ["x" * 200, "", "a", 7, None]}, ()),
        ({"tags": [f"tag {n}" for n in range(1000)]}, tuple(f"tag {n}" for n in range(40))),
    ],
    ids=["lists and texts", "objects", "unfit", "many"],
)
def test_tags_are_hints(fields: dict[str, object], hints: tuple[str, ...]) -> None:
    (draft,) = read_jsonl(json.dumps({"text": "One.", **fields}), "a.jsonl").drafts
    assert draft.hints == hints
