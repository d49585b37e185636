"""The one table that every benchmark adds its rows to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what was measured, on which data, by which system."""

    task: str
    data: str
    system: str
    metric: str
    value: float
    target: float | None = None
    """The least value that we aim at; None where the row is a baseline or has no aim."""


def as_markdown(rows: Iterable[Row]) -> str:
    """The rows as a Markdown table, in their order; a figure below its target is marked."""
    lines = ["| task | data | system | metric | value | target |", "| --- | --- | --- | --- | ---: | ---: |"]
    for row in rows:
        target = "" if row.target is None else f"{row.target:.3f}"
        missed = " (below)" if row.target is not None and row.value < row.target else ""
        lines.append(f"| {row.task} | {row.data} | {row.system} | {row.metric} | {row.value:.3f}{missed} | {target} |")
    return "\n".join(lines) + "\n"
