from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.fetch.charset import text_of


@pytest.mark.parametrize(
    ("data", "told", "text"),
    [
        pytest.param("é".encode(), None, "é", id="UTF-8, unsaid"),
        pytest.param("é".encode(), "iso-8859-1", "é", id="UTF-8 that is said to be Latin-1"),
        pytest.param(b"caf\xe9", "utf-8", "café", id="Latin-1 that is said to be UTF-8"),
        pytest.param(b"caf\xe9 \x93a\x94", "iso-8859-1", "café “a”", id="Windows-1252 that is said to be Latin-1"),
        pytest.param(b"\xcf\xf0", "windows-1251", "Пр", id="told"),
        pytest.param(b"\xcf\xf0", '"Windows-1251"', "Пр", id="told in quotation marks"),
        pytest.param(b"<meta charset=windows-1251>\xcf", None, "<meta charset=windows-1251>П", id="in the page"),
        pytest.param(
            b"<meta charset='windows-1251'>\xcf", "utf-8", "<meta charset='windows-1251'>П", id="the page is right"
        ),
        pytest.param(b'<?xml version="1.0" encoding="iso-8859-2"?>\xb1', None, '<?xml version="1.0"?>ą', id="in XML"),
        pytest.param("<a>é</a>".encode("utf-16"), "utf-8", "<a>é</a>", id="UTF-16 by its mark"),
        pytest.param(b"\xef\xbb\xbfa", None, "a", id="UTF-8 by its mark"),
        pytest.param(
            '<?xml version="1.0" encoding="utf-16"?>é'.encode(), None, '<?xml version="1.0"?>é', id="XML that lies"
        ),
        pytest.param(b"\xe9", "rot13", "é", id="no encoding of texts"),
        pytest.param(b"\xe9", "no-such", "é", id="unknown"),
    ],
)
def test_the_text(data: bytes, told: str | None, text: str) -> None:
    assert text_of(data, told) == text


@given(
    st.binary(max_size=300),
    st.none() | st.text(max_size=12) | st.sampled_from(["utf-7", "hex", "idna", "utf-16", "big5"]),
)
def test_there_is_always_one(data: bytes, told: str | None) -> None:
    assert isinstance(text_of(data, told), str)
