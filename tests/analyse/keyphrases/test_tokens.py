from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.analyse.keyphrases.tokens import PackedReading, read
from made import an_article


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("The king's Mother came, and went. SHE DID", "en", id="English"),
        pytest.param("«Когда?» — спросил Пётр Ильич.", "ru", id="Russian"),
        pytest.param("東京の大学で新しい橋の研究が始まった。", "ja", id="Japanese"),
        pytest.param("…", "en", id="no word"),
    ],
)
def test_a_reading_outlives_packing(text: str, language: str) -> None:
    reading = read(an_article("a", text, language=language))
    assert PackedReading.of(reading).unpacked() == reading


@given(text=st.text(min_size=1).filter(str.strip))
def test_any_reading_outlives_packing(text: str) -> None:
    reading = read(an_article("a", text))
    assert PackedReading.of(reading).unpacked() == reading
