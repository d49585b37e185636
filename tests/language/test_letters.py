import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.language.letters import has_unspaced, is_short, join_words, lookup_form


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        pytest.param("Kyiv’s", "kyiv's", id="typographic apostrophe"),
        pytest.param("ﬁnance", "finance", id="ligature"),
        pytest.param("ＮＡＴＯ", "nato", id="full-width letters"),
        pytest.param("ｶﾒﾗ", "カメラ", id="half-width kana"),
        pytest.param("Zu\u0308rich", "zürich", id="decomposed letter"),
        pytest.param("İstanbul", "istanbul", id="Turkish capital"),
        pytest.param("مُحَمَّد", "محمد", id="Arabic vowels"),
        pytest.param("الســـلام", "السلام", id="tatweel"),
        pytest.param("ﺍﻟﺴﻼﻡ", "السلام", id="Arabic presentation forms"),
        pytest.param("שָׁלוֹם", "שלום", id="Hebrew points"),
        pytest.param("می‌رود", "میرود", id="zero-width non-joiner"),
        pytest.param("क्‍ष", "क्ष", id="zero-width joiner"),
        pytest.param("हिन्दी", "हिन्दी", id="vowel signs stay"),
        pytest.param("F‑35", "f-35", id="hyphen that does not break"),
    ],
)
def test_plain(word: str, expected: str) -> None:
    assert lookup_form(word) == expected


@given(st.text(max_size=20))
def test_what_is_plain_stays_so(word: str) -> None:
    assert lookup_form(lookup_form(word)) == lookup_form(word)


@pytest.mark.parametrize(
    ("word", "short"),
    [("AI", True), ("sea", False), ("né", True), ("мир", False), ("灯", True), ("灯塔", False),
     ("물", True), ("서울", False), ("की", True), ("घर", False), ("في", True), ("", True)],
)  # fmt: skip
def test_is_short(word: str, short: bool) -> None:  # noqa: FBT001 -- a column of the table
    assert is_short(word) is short


@pytest.mark.parametrize(
    ("words", "phrase"),
    [
        (("port", "council"), "port council"),
        (("港湾", "評議", "会"), "港湾評議会"),
        (("ประภาคาร", "เก่า"), "ประภาคารเก่า"),
        (("5G", "网络"), "5G 网络"),
        (("항만", "위원회"), "항만 위원회"),
        ((), ""),
    ],
)
def test_joined(words: tuple[str, ...], phrase: str) -> None:
    assert join_words(words) == phrase


@pytest.mark.parametrize(
    ("text", "unspaced"), [("café", False), ("देश", False), ("a 港", True), ("カ", True), ("ລາວ", True)]
)
def test_has_unspaced(text: str, unspaced: bool) -> None:  # noqa: FBT001 -- a column of the table
    assert has_unspaced(text) is unspaced
