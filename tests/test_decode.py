from __future__ import annotations

import pytest

from digestgen.decode import LONGEST_LINE, decode
from digestgen.errors import InputError

REFUSED = {
    "UTF-16 with its mark": ("One line\nзима".encode("utf-16"), 1, "UTF-16"),
    "UTF-16 without": ("One line\nTwo".encode("utf-16-le"), 1, "NUL"),
    "Latin-1": ("first\nsecond\ncafé".encode("latin-1"), 3, "0xe9"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", 1, "0x89"),
    "NUL in the third line": (b"a\nb\nc\x00d", 3, "NUL"),
}


@pytest.mark.parametrize(("data", "line", "message"), REFUSED.values(), ids=REFUSED)
def test_refuses_what_is_no_text_in_utf_8(data: bytes, line: int, message: str) -> None:
    with pytest.raises(InputError) as caught:
        decode(data, "seed.txt")
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == ("seed.txt", line)
    assert message in problem.message


def test_line_ends_and_the_byte_order_mark_are_normalised() -> None:
    assert decode(b"\xef\xbb\xbfone\r\ntwo\rthree\n", "seed.txt").text == "one\ntwo\nthree\n"


def test_a_monstrous_line_is_left_out_and_the_line_numbers_hold() -> None:
    decoded = decode(b"one\n" + b"x" * (LONGEST_LINE + 1) + b"\nthree", "seed.txt")
    assert decoded.text == "one\n\nthree"
    assert [problem.line for problem in decoded.problems] == [2]


def test_hidden_characters_are_told_of_and_kept_for_the_reader_to_strip() -> None:
    decoded = decode("plain\nevil \u202etxt.exe\nbell\x07".encode(), "seed.txt")
    assert [notice.line for notice in decoded.notices] == [2, 3]
    assert not decoded.problems
