"""Long lists in parts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.publish.pagination import Page, chunks, pages


@pytest.mark.parametrize(
    ("weights", "parts"),
    [
        ([], [[]]),
        ([1], [[1]]),
        ([1, 2, 3], [[1, 2], [3]]),
        ([9], [[9]]),
        ([1, 9, 1], [[1], [9], [1]]),
    ],
)
def test_chunks(weights: list[int], parts: list[list[int]]) -> None:
    assert chunks(weights, lambda weight: weight, size=3) == parts


@given(st.lists(st.integers(min_value=1, max_value=5)), st.integers(min_value=1, max_value=9))
def test_chunks_keep_all_in_order_and_within_bounds(weights: list[int], size: int) -> None:
    parts = chunks(weights, lambda weight: weight, size)
    assert [weight for part in parts for weight in part] == weights
    assert all(sum(part) <= size or len(part) == 1 for part in parts)


def test_pages_know_their_neighbours() -> None:
    assert pages("a/index.md", "a/page", 1) == [Page("a/index.md", 1, 1, None, None)]
    assert pages("a/index.md", "a/page", 3) == [
        Page("a/index.md", 1, 3, None, "a/page/2.md"),
        Page("a/page/2.md", 2, 3, "a/index.md", "a/page/3.md"),
        Page("a/page/3.md", 3, 3, "a/page/2.md", None),
    ]
