from __future__ import annotations

from datetime import date

import pytest

from digestgen.curate.sidecar import read_sidecar
from digestgen.errors import InputError
from digestgen.model import Publish, SplitLine


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
    "a list at the top": ("- source: RT", 1, "where a mapping"),
}


@pytest.mark.parametrize(("text", "line", "message"), REFUSED.values(), ids=REFUSED)
def test_refuses(text: str, line: int, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_sidecar(text, "a.yml")
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == ("a.yml", line)
    assert message in problem.message


def test_all_problems_come_at_once() -> None:
    with pytest.raises(InputError) as caught:
        read_sidecar("publish: no\nlanguage: xx\narticles:\n- line: 0\n- skip: maybe\n", "a.yml")
    assert [problem.line for problem in caught.value.problems] == [1, 2, 4, 5, 5]
