"""Boxes are packed without overlap, near their relatives, the same every time."""

from __future__ import annotations

import math
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.publish.pages.box_packing import STEP, pack
from effort import costly

WIDTH = 360


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[tuple[int, int]], dict[tuple[int, int], float]]:
    number = draw(st.integers(0, 15))
    side = st.integers(1, 150)
    sizes = draw(st.lists(st.tuples(side, side), min_size=number, max_size=number))
    pairs = list(combinations(range(number), 2))
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=20, unique=True)) if pairs else []
    return sizes, {pair: float(draw(st.integers(1, 3))) for pair in chosen}


@costly(0.3)
@given(graphs())
def test_boxes_stay_on_the_sheet_and_off_each_other(
    graph: tuple[list[tuple[int, int]], dict[tuple[int, int], float]],
) -> None:
    sizes, ties = graph
    places = pack(sizes, ties, WIDTH)
    assert len(places) == len(sizes)
    boxes = list(zip(places, sizes, strict=True))
    for (x, y), (across, down) in boxes:
        assert across / 2 <= x <= WIDTH - across / 2
        assert y >= down / 2
    for ((x, y), (across, down)), ((u, v), (wide, high)) in combinations(boxes, 2):
        assert 2 * abs(x - u) >= across + wide or 2 * abs(y - v) >= down + high
    assert pack(sizes, dict(reversed(ties.items())), WIDTH) == places


def test_relatives_stand_nearer_than_strangers() -> None:
    ties = {(one, other): 1.0 for one, other in combinations(range(24), 2) if one % 4 == other % 4}
    places = pack([(60, 40)] * 24, ties, 1000)
    apart = {pair: math.dist(places[pair[0]], places[pair[1]]) for pair in combinations(range(24), 2)}
    related = [apart[pair] for pair in ties]
    strange = [distance for pair, distance in apart.items() if pair not in ties]
    assert sum(related) / len(related) < 0.6 * sum(strange) / len(strange)


def test_no_line_runs_behind_a_box_where_there_is_another_way() -> None:
    places = pack([(40, 40)] * 3, {(0, 1): 1.0, (1, 2): 1.0, (0, 2): 1.0}, 600)
    columns, rows = zip(*places, strict=True)
    assert len(set(columns)) > 1
    assert len(set(rows)) > 1


def test_a_box_wider_than_the_sheet_is_refused() -> None:
    assert pack([(WIDTH - STEP, 10)], {}, WIDTH)
    with pytest.raises(ValueError, match="wider"):
        pack([(WIDTH, 10)], {}, WIDTH)
