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
    """The value that we aim at; None where the row is a baseline or has no aim."""
    at_most: bool = False
    """True where less is better: the target is the most that the value may be."""

    @property
    def missed(self) -> bool:
        """Whether the value falls short of its target."""
        if self.target is None:
            return False
        return self.value > self.target if self.at_most else self.value < self.target


HEADER = "| task | data | system | metric | value | target |\n| --- | --- | --- | --- | ---: | ---: |\n"


def as_markdown(rows: Iterable[Row]) -> str:
    """The rows as lines of a Markdown table below `HEADER`; a figure that misses its target is marked."""
    lines = []
    for row in rows:
        bound = "≤" if row.at_most else "≥"
        target = "" if row.target is None else f"{bound} {row.target:.3f}"
        mark = " (missed)" if row.missed else ""
        lines.append(f"| {row.task} | {row.data} | {row.system} | {row.metric} | {row.value:.3f}{mark} | {target} |\n")
    return "".join(lines)
