from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.analyse.keyphrases.tokens import PackedTokens, tokenise
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
def test_tokens_outlive_packing(text: str, language: str) -> None:
    tokens = tokenise(an_article("a", text, language=language))
    assert PackedTokens.of(tokens).unpacked() == tokens


@given(text=st.text(min_size=1).filter(str.strip))
def test_any_tokens_outlive_packing(text: str) -> None:
    tokens = tokenise(an_article("a", text))
    assert PackedTokens.of(tokens).unpacked() == tokens
