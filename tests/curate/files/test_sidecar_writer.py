from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.curate.files.sidecar import read_sidecar
from digestgen.curate.files.sidecar_writer import carry_over_split, with_split
from digestgen.errors import InputError
from digestgen.language.text import clean_line
from digestgen.model import ProposedStart, SplitLine


def start(line: int, begins: str = "Once upon", **known: object) -> ProposedStart:
    plain = {"title": None, "titled": False, "confidence": 0.95, "chosen": True}
    return ProposedStart(line=line, begins=begins, **(plain | known))  # type: ignore[arg-type]


def lines_of(sidecar: str) -> list[int]:
    return [entry.line for entry in read_sidecar(sidecar, "a.yml").articles or ()]


def entries(sidecar: str) -> tuple[SplitLine, ...]:
    return read_sidecar(sidecar, "a.yml").articles or ()


def test_a_split_as_it_is_written() -> None:
    proposed = [
        start(1, "Foxes move", title="Foxes move in", titled=True, confidence=1.0),
        start(3, "Not here", confidence=0.35, chosen=False),
        start(5, 'He said: "No', title="No, he said", confidence=0.63),
        start(9),
    ]
    written = with_split("", "a.yml", "a.txt", proposed, 12)
    header, body = written.split("lines:")
    assert all(row.startswith("# ") for row in header.splitlines())
    assert "lines:" + body == (
        "lines: 12\n"
        "articles:\n"
        "  - line: 1  # 1\n"
        '    title: "Foxes move in"\n'
        '    begins: "Foxes move"\n'
        "  # - line: 3  # not chosen (0.35): does an article start here?\n"
        '  #   begins: "Not here"\n'
        "  - line: 5  # doubtful (0.63): does an article start here?\n"
        '    # title: "No, he said"\n'
        '    begins: "He said: \\"No"\n'
        "  - line: 9  # 0.95\n"
        '    begins: "Once upon"\n'
    )
    as_advised = written.replace("  # - line: 3", "  - line: 3").replace('  #   begins: "Not', '    begins: "Not')
    as_advised = as_advised.replace('# title: "No', 'title: "No')
    assert [(entry.line, entry.title) for entry in entries(as_advised)] == [
        (1, "Foxes move in"), (3, None), (5, "No, he said"), (9, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "before",
    [
        "source: RT\n",
        "# a comment, and no end of line",
        "source: RT  # why\r\nlanguage: en\r\n",
        "---\nsource: |\n  RT\n",
        "source: RT\nlines: 3  # once\n",
        "lines:\nsource: RT",
        "articles:\nsource: RT\n",
        "source: RT\narticles: ~",
        '"articles":   # none yet\n\n\n# the end\n',
    ],
)
def test_what_the_curator_wrote_stays(before: str) -> None:
    written = with_split(before, "a.yml", "a.txt", [start(1), start(4)], 7)
    after = read_sidecar(written, "a.yml")
    assert (after.lines, [entry.line for entry in after.articles or ()]) == (7, [1, 4])
    assert after.source == read_sidecar(before, "a.yml").source
    rest = iter(written.replace("lines: 7", "lines: 3").splitlines())
    kept = [row for row in before.replace("lines:\n", "lines: 3\n").replace(": ~", ": ").splitlines() if row]
    assert all(row in rest for row in kept), "each row of before is in written, in that order"


@pytest.mark.parametrize("before", ["{source: RT}", "  source: RT\n", "source: RT\n...\n"])
def test_what_cannot_be_added_to_is_refused(before: str) -> None:
    with pytest.raises(InputError, match="cannot be added to"):
        with_split(before, "a.yml", "a.txt", [start(1)], 7)


@given(st.lists(st.text().map(clean_line).filter(bool), min_size=1, max_size=5), st.booleans())
def test_any_words_are_read_back(texts: list[str], titled: bool) -> None:  # noqa: FBT001 -- hypothesis gives it
    proposed = [start(line, text, title=text, titled=titled) for line, text in enumerate(texts, 1)]
    found = entries(with_split("", "a.yml", "a.txt", proposed, 9))
    assert [entry.begins for entry in found] == texts
    assert [entry.title for entry in found] == [text if titled else None for text in texts]


CURATED = """\
# my week
source: RT
lines: 30   # as of Monday

articles:
# the first is theirs
  - line: 1  # 1
    title: "Foxes"   # 😀
    begins: "Foxes move"
  - {line: 4, skip: true}   # an advert
  # - line: 6  # not chosen (0.3): does an article start here?
  #   begins: "Why not"
  - begins: Bridges open
    url: https://example.org/b

    line: "12"

  # by TASS, says the site
  -
    line: 20
    source: TASS
# the end
"""


def test_only_numbers_and_reworded_words_are_exchanged() -> None:
    kept = [
        SplitLine(line=3, title="Foxes", begins="Foxes move"),
        SplitLine(line=104, skip=True),
        SplitLine(line=112, begins="Bridges: opened", url="https://example.org/b"),
        SplitLine(line=1120, source="TASS"),
    ]
    expected = CURATED
    for old, new in [
        ("lines: 30", "lines: 1140"), ("- line: 1 ", "- line: 3 "), ("{line: 4,", "{line: 104,"),
        ("begins: Bridges open", 'begins: "Bridges: opened"'), ('line: "12"', "line: 112"), ("line: 20", "line: 1120"),
    ]:  # fmt: skip
        expected = expected.replace(old, new)
    assert carry_over_split(CURATED, "a.yml", kept, [], 1140) == expected


def test_what_is_gone_is_commented_out_and_what_is_new_added_in_its_place() -> None:
    first, _, third, _ = entries(CURATED)
    unseen = [start(2, "Two"), start(8, "Eight", chosen=False, confidence=0.4), start(15, "Fif", confidence=0.7)]
    carried = carry_over_split(CURATED, "a.yml", [first, None, third, None], unseen, 30)
    assert lines_of(carried) == [1, 2, 12, 15]
    assert (
        '    begins: "Foxes move"\n'
        "  # gone: this start is not found again\n"
        "  # - {line: 4, skip: true}   # an advert\n"
        "  # - line: 6  # not chosen (0.3): does an article start here?\n"
        '  #   begins: "Why not"\n'
        "  - line: 2  # new, 0.95\n"
        "    begins: Two\n"
        "  # - line: 8  # not chosen (0.4): does an article start here?\n"
        "  #   begins: Eight\n"
        "  - begins: Bridges open\n"
    ) in carried
    assert (
        "  # by TASS, says the site\n"
        "  # gone: this start is not found again\n"
        "  # -\n"
        "  #   line: 20\n"
        "  #   source: TASS\n"
        "  - line: 15  # new, doubtful (0.7): does an article start here?\n"
        "    begins: Fif\n"
        "# the end\n"
    ) in carried


@pytest.mark.parametrize(
    "before",
    [
        "articles:\n- line: 1\n- line: 5",
        "articles:\n      - line: 1\n      - line: 5\n",
        "articles:\n- line: 1\n- line: 5 #\n\n\n",
    ],
    ids=["not indented, no end of line", "indented deeply", "empty lines at the end"],
)
def test_new_entries_are_indented_as_the_others(before: str) -> None:
    carried = carry_over_split(before, "a.yml", [SplitLine(line=2), None], [start(1), start(9)], 9)
    assert lines_of(carried) == [1, 2, 9]


def test_an_entry_that_is_gone_is_commented_out_whatever_its_indentation() -> None:
    before = 'articles:\n    - line: 1\n    - line: 5\n      title: "A\n title"\n\n'
    carried = carry_over_split(before, "a.yml", [SplitLine(line=1), None], [], 9)
    gone = '    # gone: this start is not found again\n    # - line: 5\n    #   title: "A\n # title"\n\n'
    assert carried == "articles:\n    - line: 1\n" + gone


@pytest.mark.parametrize(
    ("before", "kept"),
    [
        ("articles: [{line: 1}, {line: 5}]", [SplitLine(line=1), None]),
        ("articles: [{line: 1}, \n  {line: 5}]", [None, SplitLine(line=5)]),
        ("{articles: [{line: 1}]}", [SplitLine(line=1)]),
        ("articles: []", []),
        ("source: RT", []),
    ],
)
def test_what_cannot_be_carried_over_is_refused(before: str, kept: list[SplitLine | None]) -> None:
    with pytest.raises(InputError, match=r"^a\.yml"):
        carry_over_split(before, "a.yml", kept, [start(9)], 9)


def test_what_still_fits_stays_byte_for_byte() -> None:
    assert carry_over_split(CURATED, "a.yml", entries(CURATED), [], 30) == CURATED


def test_numbers_are_exchanged_in_any_notation() -> None:
    kept = [SplitLine(line=2), SplitLine(line=60)]
    assert carry_over_split("articles: [{line: 1}, {line: 5}]", "a.yml", kept, [], 9) == (
        "articles: [{line: 2}, {line: 60}]"
    )
