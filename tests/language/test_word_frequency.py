from __future__ import annotations

import pytest
import wordfreq

from digestgen.language.word_frequency import most_common, zipf


def test_common_words_are_commoner() -> None:
    assert zipf("the", "en") > zipf("world", "en") > zipf("missile", "en") > zipf("gymnastics", "en") > 0


@pytest.mark.parametrize(("word", "language"), [("xqzjwv", "en"), ("world", "xx"), ("", "en")])
def test_what_is_unknown_is_as_rare_as_can_be(word: str, language: str) -> None:
    assert zipf(word, language) == 0.0


@pytest.mark.parametrize("language", ["en", "de", "fr", "tr", "ro", "sh", "fi", "id", "ru", "el", "vi", "pl"])
def test_a_short_cut_leads_to_what_the_library_says(language: str) -> None:
    words = [
        *most_common(language, 20_000),
        "xqzjwv",
        "a",
        "i",
        "café",
        "cafe\u0301",
        "straße",
        "œuvre",
        "ﬁn",
        "ς",
        "ªº",
        "ĳ",
        "дом",
        "naıve",
        "ŉ",
    ]
    assert {word: zipf(word, language) for word in words} == {
        word: wordfreq.zipf_frequency(word, language) for word in words
    }
