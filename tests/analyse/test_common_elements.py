from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.analyse import common_elements as module
from digestgen.analyse.common_elements import common_codes, places_in

TEXTS = st.lists(st.sets(st.integers(0, 2**63), max_size=20), max_size=8)


@given(texts=TEXTS | st.lists(st.sets(st.integers(0, 9), max_size=9), max_size=8), most=st.integers(2, 5))
@pytest.mark.parametrize("at_once", [1, 3, 1_000])
def test_what_several_texts_have_is_found_range_by_range(at_once: int, texts: list[set[int]], most: int) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "_AT_ONCE", at_once)
        codes, holders = common_codes([np.array(sorted(text), dtype=np.uint64) for text in texts], most)
    counts = Counter(code for text in texts for code in text)
    assert dict(zip(codes.tolist(), holders.tolist(), strict=True)) == {
        code: count for code, count in counts.items() if 2 <= count <= most
    }
    assert codes.tolist() == sorted(codes.tolist())


@given(codes=st.sets(st.integers(0, 30)), text=st.sets(st.integers(0, 30)))
def test_the_places_of_what_is_there(codes: set[int], text: set[int]) -> None:
    known, asked = sorted(codes), sorted(text)
    place, there = places_in(np.array(known, dtype=np.int64), np.array(asked, dtype=np.int64))
    assert [known[each] for each in place] == [code for code in asked if code in codes]
    assert there.tolist() == [code in codes for code in asked]
