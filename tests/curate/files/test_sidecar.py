from __future__ import annotations

from datetime import date

import pytest

from digestgen.curate.files.sidecar import missing, read_sidecar, withholds
from digestgen.curate.files.sidecar_writer import with_split
from digestgen.errors import InputError
from digestgen.model import ProposedStart, Publish, SplitLine


def test_reads_all_that_is_known_of_a_seed() -> None:
    sidecar = read_sidecar(
        "source: RT\nurl: https://example.org/\npublished: 2025-10-20\nlanguage: en\npublish: full\n"
        "articles:\n  - line: 1\n    title: One\n  - {line: 12, published: 2025-10-21, source: TASS, skip: true}\n",
        "a.yml",
    )
    assert (sidecar.source, sidecar.url, sidecar.published) == ("RT", "https://example.org/", date(2025, 10, 20))
    assert (sidecar.language, sidecar.publish) == ("en", Publish.FULL)
    assert sidecar.articles == (
        SplitLine(line=1, title="One"),
        SplitLine(line=12, published=date(2025, 10, 21), source="TASS", skip=True),
    )


def test_every_entry_knows_its_line() -> None:
    sidecar = read_sidecar(
        "# x\nlines: 40\n\narticles:\n- title: A\n  line: 1\n- {line: 3, begins: ' B  c '}\n", "a.yml"
    )
    assert sidecar.lines == 40
    assert sidecar.key_lines == {"lines": 2, "articles": 4}
    assert [(entry.at, entry.begins) for entry in sidecar.articles or ()] == [(6, None), (7, "B c")]


def test_an_empty_sidecar_knows_nothing() -> None:
    assert read_sidecar("# nothing yet\n", "a.yml").articles is None


REFUSED = {
    "an article without a line": ("articles:\n- title: One", 2, "needs its line"),
    "lines out of order": ("articles:\n- line: 9\n- line: 3", 3, "does not come after"),
    "a line that is no number": ("articles:\n- line: first", 2, "not a line number"),
    "first words that are none": ("articles:\n- line: 1\n  begins: ' '", 3, "begins: is empty"),
    "a number of lines that is none": ("lines: many", 1, "lines: “many” is not a line number"),
    "articles that are no list": ("articles: 3", 1, "where a list belongs"),
    "an unknown key": ("articles:\n- line: 1\n  titel: x", 3, "did you mean 'title'"),
    "a skip with nothing behind it": ("articles:\n- line: 1\n  skip:", 3, "skip: is empty"),
    "a skip that is null": ("articles:\n- line: 1\n  skip: ~", 3, "skip: is empty"),
    "a mistyped skip": ("articles:\n- line: 1\n  skip: ture", 3, "skip: “ture” is neither true nor false"),
    "a skip that is yes": ("articles:\n- line: 1\n  skip: yes", 3, "skip: “yes” is neither true nor false"),
    "a skip that is a list": ("articles:\n- line: 1\n  skip: [true]", 3, "skip: is a list"),
    "a key near skip": ("articles:\n- line: 1\n  skp: true", 3, "did you mean 'skip'"),
    "a key with its value cut off": ("articles:\n- line: 1\n  begins:", 3, "begins: is empty"),
    "an entry cut short": ("articles:\n- line: 1\n- line:", 3, "line: is empty"),
    "an entry cut to its dash": ("articles:\n- line: 1\n-", 3, "is a single value where a mapping"),
    "a draft with nothing behind it": ("draft:", 1, "draft: is empty"),
    "a mistyped draft": ("draft: treu", 1, "draft: “treu” is neither true nor false"),
    "a key near draft": ("drafft: true", 1, "did you mean 'draft'"),
    "a draft with a capital": ("Draft: true", 1, "did you mean 'draft'"),
    "publish with nothing behind it": ("publish:", 1, "publish: is empty"),
    "a key near publish": ("publsh: summary", 1, "did you mean 'publish'"),
    "a list at the top": ("- source: RT", 1, "where a mapping"),
}


@pytest.mark.parametrize(("text", "line", "message"), REFUSED.values(), ids=REFUSED)
def test_refuses(text: str, line: int, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_sidecar(text, "a.yml")
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == ("a.yml", line)
    assert message in problem.message


START = ProposedStart(line=1, begins="Foxes", title=None, titled=False, confidence=1.0, chosen=True)
MISSING: dict[str, tuple[str, int | None, str]] = {
    "nothing at all": ("", None, "is empty; delete it or restore it"),
    "white space": (" \n\t\n", None, "is empty; delete it or restore it"),
    "comments": ("# How a.txt sp", None, "says nothing; delete it or restore it"),
    "articles with nothing below": ("source: RT\narticles:\n", 2, "articles: lists nothing"),
    "articles that are null": ("articles: ~\n", 1, "articles: lists nothing"),
    "articles that are an empty list": ("articles: []\n", 1, "articles: lists nothing"),
    "articles cut, below the number of lines": ("lines: 9\narticles:", 2, "articles: lists nothing"),
    "a number of lines alone": ("source: RT\nlines: 9\n", 2, "lines: stands without articles:"),
    "a number of lines that is cut": ("lines:\narticles:\n- line: 1\n", 1, "lines: is empty"),
    "what is written above a split": (
        "source: RT\n" + with_split("", "a.yml", "a.txt", [START], 9).partition("lines:")[0],
        2,
        "says that the seed was split",
    ),
}


@pytest.mark.parametrize(("text", "line", "message"), MISSING.values(), ids=MISSING)
def test_what_is_not_whole_is_noticed(text: str, line: int | None, message: str) -> None:
    (problem,) = missing(read_sidecar(text, "a.yml"), text)
    assert (problem.file, problem.line) == ("a.yml", line)
    assert problem.message.startswith(message)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("source: RT\n", False, id="without a split"),
        pytest.param("# why\narticles:\n- line: 1\n", False, id="a split"),
        pytest.param("articles: [{line: 1, skip: false}]", False, id="what is shown"),
        pytest.param("articles: [{line: 1}, {line: 3, skip: true}]", True, id="what is skipped"),
        pytest.param("draft: true", True, id="a draft"),
        pytest.param("draft: false", False, id="no draft any more"),
        pytest.param(with_split("", "a.yml", "a.txt", [START], 9), False, id="as it is written"),
    ],
)
def test_what_is_whole_says_whether_it_withholds(text: str, expected: bool) -> None:  # noqa: FBT001 -- a table of cases
    sidecar = read_sidecar(text, "a.yml")
    assert missing(sidecar, text) == ()
    assert withholds(sidecar) is expected


def test_whether_something_is_shown_may_be_said_or_not() -> None:
    sidecar = read_sidecar("draft: false\narticles:\n- {line: 1, skip: false}\n- line: 2\n", "a.yml")
    assert (sidecar.draft, sidecar.key_lines["draft"]) == (False, 1)
    assert [entry.skip for entry in sidecar.articles or ()] == [False, None]


def test_all_problems_come_at_once() -> None:
    with pytest.raises(InputError) as caught:
        read_sidecar("publish: no\nlanguage: en\narticles:\n- line: 0\n- skip: maybe\n", "a.yml")
    assert [problem.line for problem in caught.value.problems] == [1, 4, 5, 5]
