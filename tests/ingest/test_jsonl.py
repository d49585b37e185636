import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.errors import Problem
from digestgen.ingest.draft import Draft
from digestgen.ingest.jsonl import read_jsonl
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
        ('"published": "yesterday"', "published: "),
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
        ('"draft": true, "draft": false', "draft: says one thing and another; the line is left out"),
        ('"published": "False"', "published: true or false stand without quotation marks; the line is left out"),
        ('"published": false, "published": "2026-11-22"', "published: says one thing and another"),
        ('"drafft": true', "unknown key “drafft”; write draft: true or false. The line is left out"),
        ('"Draft": "yes"', "unknown key “Draft”"),
        ('"publised": false', "unknown key “publised”; write published: true or false"),
        ('"hide": true', "unknown key “hide”"),
        ('"skip": 1', "unknown key “skip”"),
        ('"isDraft": true', "unknown key “isDraft”"),
        ('"lished": false', "unknown key “lished”"),
        ('"unpublished": true', "unknown key “unpublished”"),
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
