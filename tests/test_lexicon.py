from __future__ import annotations

import pytest

from digestgen.lexicon import zipf


def test_common_words_are_commoner() -> None:
    assert zipf("the", "en") > zipf("world", "en") > zipf("missile", "en") > zipf("gymnastics", "en") > 0


@pytest.mark.parametrize(("word", "language"), [("xqzjwv", "en"), ("world", "xx"), ("", "en")])
def test_what_is_unknown_is_as_rare_as_can_be(word: str, language: str) -> None:
    assert zipf(word, language) == 0.0
