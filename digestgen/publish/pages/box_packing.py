"""Placement of boxes on a sheet: no overlap, related boxes close together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

STEP = 8
"""Grid size for the centres of boxes."""

LOOSENESS = 1.7
"""Initial area of the sheet relative to its boxes; with less, related boxes find no room beside each other."""

LOWEST = 0.34
"""Smallest initial height of the sheet relative to its width, so that few boxes do not end up in one row."""

GRAVITY = 0.3
"""Pull towards the centre, relative to the pull of a tie of strength 1."""

IN_THE_WAY = 150
"""Cost of a line that runs behind an unrelated box, in units of distance."""

TRIED = 120
"""Cheapest positions for which lines are examined."""

ROUNDS = 3
"""Number of times each box is placed, each time given all others."""

_DECIMALS = 3
"""Costs are rounded before comparison, so that floating-point differences between machines cannot decide."""

Points = NDArray[np.int64]
Numbers = NDArray[np.float64]


def pack(sizes: Sequence[tuple[int, int]], ties: Mapping[tuple[int, int], float], width: int) -> list[tuple[int, int]]:
    """Return the centre of each box, in whole units from the top left corner.

    ``sizes`` holds width and height; ``ties`` maps pairs of box indices to their strength. Greedy: each box in turn
    goes to the free position with the least cost, which is the distance to related boxes and to the centre plus the
    boxes that would cover a line; then each is placed again a few times. Not optimal, but deterministic and free of
    overlap. Raises ValueError if a box is wider than the sheet less one grid step.
    """
    if any(across > width - STEP for across, _ in sizes):
        raise ValueError(f"a box is wider than {width - STEP}")
    relatives: list[dict[int, float]] = [{} for _ in sizes]
    for (one, other), pull in sorted(ties.items()):
        relatives[one][other] = relatives[other][one] = pull
    boxes = np.array(sizes, dtype=np.int64).reshape(-1, 2)
    area = sum(across * down for across, down in sizes)
    height = max([round(LOOSENESS * area / width), round(LOWEST * width), *(down for _, down in sizes)])
    while True:
        places = _place_all(boxes, relatives, width, height)
        if places is not None:
            return [(int(x), int(y)) for x, y in places]
        height += height // 4 + STEP


def _place_all(boxes: Points, relatives: Sequence[Mapping[int, float]], width: int, height: int) -> Points | None:
    """Place all boxes on a sheet of this height; None if one finds no room."""
    sheet = np.array([width, height])
    down, across = np.mgrid[0 : height + 1 : STEP, 0 : width + 1 : STEP]
    grid = np.stack([across, down], axis=-1)
    middle = (GRAVITY * width * np.hypot(*((grid - sheet / 2) / sheet).T).T).round(_DECIMALS)
    pairs = [(one, other) for one, ties in enumerate(relatives) for other in ties if one < other]
    lines = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    places = np.full(boxes.shape, -1, dtype=np.int64)
    cores = boxes.min(axis=1) / 2
    order = _order(relatives)
    for _ in range(ROUNDS):
        for box in order:
            places[box] = -1
            room = _free_positions(box, places, boxes, sheet)
            if not room.any():
                return None
            spots, cost = grid[room], middle[room]
            for other in relatives[box]:
                if places[other, 0] >= 0:
                    cost = cost + relatives[box][other] * np.hypot(*(spots - places[other]).T)
            cheap = np.argsort(cost.round(_DECIMALS), kind="stable")[:TRIED]
            best = cheap[0]
            # The cheapest position is the best one unless a line is covered there, which takes long to find for all.
            if _covered_lines(spots[cheap[:1]], box, lines, places, cores)[0]:
                hits = _covered_lines(spots[cheap], box, lines, places, cores)
                best = cheap[np.argmin((cost[cheap] + IN_THE_WAY * hits).round(_DECIMALS))]
            places[box] = spots[best]
    return places


def _order(relatives: Sequence[Mapping[int, float]]) -> list[int]:
    """Order boxes so that each follows those most strongly tied to it."""
    order: list[int] = []
    drawn = dict.fromkeys(range(len(relatives)), 0.0)
    while drawn:
        box = max(drawn, key=lambda box: (drawn[box], -box))
        order.append(box)
        del drawn[box]
        for other, pull in relatives[box].items():
            if other in drawn:
                drawn[other] += pull
    return order


def _free_positions(box: int, places: Points, boxes: Points, sheet: Points) -> NDArray[np.bool_]:
    """Grid positions free for the centre of a box."""
    others = places[:, 0] >= 0
    room = np.zeros(sheet[::-1] // STEP + 1, dtype=np.bool_)
    left, top = -(-boxes[box] // (2 * STEP))
    right, bottom = (2 * sheet - boxes[box]) // (2 * STEP) + 1
    room[top:bottom, left:right] = True
    near = boxes[box] + boxes[others]
    starts = np.maximum((2 * places[others] - near) // (2 * STEP) + 1, 0)
    ends = -((-2 * places[others] - near) // (2 * STEP))
    for (left, top), (right, bottom) in zip(starts, ends, strict=True):
        room[top:bottom, left:right] = False
    return room


def _covered_lines(spots: Points, box: int, lines: Points, places: Points, cores: Numbers) -> Points:
    """Count, for each spot ``box`` could take, the lines (its own and others') that would run behind a box."""
    others = np.flatnonzero(places[:, 0] >= 0)
    drawn = lines[(places[lines, 0] >= 0).all(axis=1)]
    hits = (_distance(spots[:, None], places[drawn[:, 0]], places[drawn[:, 1]]) < cores[box]).sum(axis=1)
    for relative in (lines.sum(axis=1) - box)[(lines == box).any(axis=1)]:
        if places[relative, 0] >= 0:
            rest = others[others != relative]
            hits += (_distance(places[rest], spots[:, None], places[relative]) < cores[rest]).sum(axis=1)
    return np.asarray(hits)


def _distance(points: Points, start: Points, end: Points) -> Numbers:
    """Distance of points from the segment between two points; shapes broadcast, the last axis holds x and y."""
    offset, along = points - start, end - start
    x, y, across, down = offset[..., 0], offset[..., 1], along[..., 0], along[..., 1]
    length = np.maximum(across**2 + down**2, 1)
    share = np.clip((x * across + y * down) / length, 0.0, 1.0)
    return np.asarray(np.sqrt((x - share * across) ** 2 + (y - share * down) ** 2).round(_DECIMALS))
