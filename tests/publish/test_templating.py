from __future__ import annotations

import pytest

from digestgen.publish.templating import _environment, _with_one_stop
from digestgen.translation import words_of


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param("About trade, U.S..", "About trade, U.S.", id="as it stands"),
        pytest.param("About [U.S.](a.md#u-s).", "About [U.S.](a.md#u-s)", id="a link"),
        pytest.param("From [BBC Inc.](a.md){.mark}.", "From [BBC Inc.](a.md){.mark}", id="a link with a look"),
        pytest.param("About [trade](a.md).", "About [trade](a.md).", id="no other"),
        pytest.param("About [U.S.](a.md), trade.", "About [U.S.](a.md), trade.", id="in the middle"),
        pytest.param("And so on...", "And so on...", id="an ellipsis"),
    ],
)
def test_a_sentence_that_ends_in_an_abbreviation_has_one_full_stop(sentence: str, expected: str) -> None:
    assert _with_one_stop(sentence) == expected


@pytest.mark.parametrize("call", ["say('Of {where}.', where='U.S.')", "counted('Of {where}.', '', 1, where='U.S.')"])
def test_so_has_every_sentence_of_a_template(call: str) -> None:
    template = _environment(words_of("en")).from_string(f"{{{{ {call} }}}}")
    assert template.render() == "Of U.S."
