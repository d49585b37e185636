import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.ingest.splitting.layout import are_broken_lines, blocks_of, continues_above

WRAPPED = """The quick brown fox jumps over the lazy dog
and runs away into the forest, where it meets
another fox that has been waiting for a while.

A second paragraph tells of what they did then
and why nobody has seen either of them since."""


def lines_of(text: str) -> list[str]:
    return text.split("\n")


def test_a_line_is_a_paragraph() -> None:
    blocks = blocks_of(["One.", "", "  Two\x00. ", "", "Three."])
    assert [(block.first, block.last, block.text) for block in blocks] == [
        (1, 1, "One."),
        (3, 3, "Two."),
        (5, 5, "Three."),
    ]
    assert not any(block.gap or block.separator for block in blocks)


def test_hard_wrapped_lines_are_joined() -> None:
    blocks = blocks_of(lines_of(WRAPPED))
    assert [(block.first, block.last) for block in blocks] == [(1, 3), (5, 6)]
    assert blocks[1].text.endswith("what they did then and why nobody has seen either of them since.")


def test_headlines_of_like_length_are_not_joined() -> None:
    headlines = [
        "Real in talks over Gravesen move",
        "Edwards tips Idowu for Euro gold",
        "Bridge could miss rest of season",
    ]
    assert len(blocks_of(headlines * 4)) == 12


@pytest.mark.parametrize("mark", ["---", "***", "* * *", "=====", "———", "_____", "- - - -"])
def test_separators(mark: str) -> None:
    blocks = blocks_of(["One.", "", mark, "", "Two.", "Three."])
    assert [(block.text, block.separator) for block in blocks] == [("One.", ""), ("Two.", mark[0]), ("Three.", "")]


@pytest.mark.parametrize("text", ["--", "-—-", "a---", "- one", "..."])
def test_what_is_no_separator(text: str) -> None:
    assert [block.text for block in blocks_of([text])] == [text]


def test_a_gap_is_what_is_wider_than_usual() -> None:
    assert [block.gap for block in blocks_of(["a", "", "b", "", "c", "", "", "", "d"])] == [0, 0, 0, 2]
    assert [block.gap for block in blocks_of(["a", "b", "", "c", "d"])] == [0, 0, 1, 0]


def test_lines_are_counted_from_where_the_part_starts() -> None:
    assert [block.first for block in blocks_of(["", "a"], 10)] == [11]


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [
        pytest.param("The ferry ran aground and", "nobody was hurt.", True, id="in mid-sentence"),
        pytest.param("The ferry ran aground.", "nobody was hurt.", False, id="a writer without capitals"),
        pytest.param("The ferry ran aground and", "Nobody was hurt.", False, id="a capital"),
        pytest.param("The ferry ran aground and", "iFerry sells its ships", False, id="a name that begins small"),
        pytest.param("The ferry ran aground.", "> Who was on board?", True, id="a quoted mail"),
        pytest.param("पुल बंद है", "नदी में बाढ़", False, id="a script without capitals"),
        pytest.param("", "", False, id="nothing"),
    ],
)
def test_what_runs_on(before: str, text: str, *, expected: bool) -> None:
    assert continues_above(before, text) is expected


def test_one_small_letter_makes_no_broken_lines() -> None:
    lines = ["Foxes move into the city", "de Berg wins again", *["Bakers fear a dearer loaf"] * 6]
    assert not are_broken_lines(lines)
    assert are_broken_lines([*lines, "before winter"])
    assert not are_broken_lines([])


@given(st.lists(st.text(alphabet="ab. \t\x00é", max_size=90), max_size=20))
def test_no_text_is_lost_and_lines_ascend(lines: list[str]) -> None:
    blocks = blocks_of(lines)
    joined = " ".join(block.text for block in blocks).split()
    assert joined == " ".join(line.replace("\x00", "") for line in lines).split()
    bounds = [bound for block in blocks for bound in (block.first, block.last)]
    assert bounds == sorted(bounds)
