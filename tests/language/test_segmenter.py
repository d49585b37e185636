import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.language.segmenter import segment_words


@pytest.mark.parametrize(
    ("run", "words"),
    [
        pytest.param("lighthouse", "lighthouse", id="one word"),
        pytest.param("委员会不会重新开放图书馆", "委员会 不会 重新 开放 图书馆", id="Chinese, the likeliest words"),
        pytest.param("議員在圖書館開會", "議員 在 圖書館 開會", id="Chinese in traditional characters"),
        pytest.param("市长王丽说", "市长 王丽 说", id="Chinese name"),
        pytest.param("図書館は春に開く", "図書館 は 春 に 開く", id="Japanese"),
        pytest.param("ประภาคารจะเปิด", "ประภาคาร จะ เปิด", id="Thai"),
        pytest.param("ຫໍສະໝຸດເປີດ", "ຫໍສະໝຸດ ເປີດ", id="Lao"),
        pytest.param("បណ្ណាល័យនឹងបើក", "បណ្ណាល័យ នឹង បើក", id="Khmer"),
        pytest.param("စာကြည့်တိုက်ကို", "စာကြည့်တိုက် ကို", id="Burmese"),
        pytest.param("AT&T发布5G手机", "AT&T 发布 5G 手机", id="mixed with Latin letters"),
    ],
)
def test_words_without_spaces(run: str, words: str) -> None:
    assert list(segment_words(run)) == words.split()


@given(st.text(alphabet="图书馆王丽说のはカメラๆห้องສະណ្ကို港\U00020000ー々", min_size=1, max_size=40))
def test_nothing_is_lost_and_no_letter_parts_from_its_marks(run: str) -> None:
    found = segment_words(run)
    assert "".join(found) == run
