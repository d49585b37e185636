"""What became of a seed's sidecar."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape

from digestgen.build import Splitting
from digestgen.fields import quoted
from digestgen.model import SURE
from digestgen.terminal.layout import count


def print_splitting(done: Splitting, console: Console, *, update: bool) -> None:
    """Whether it was written, and where the curator should look; ``update`` is what was asked for."""
    where = escape(str(done.sidecar))
    if done.before is not None and not update:
        listed = f"lists {count(len(done.before), 'article')} already, and it is yours: nothing was changed"
        console.print(f"{where} {listed} (--update carries it over to a seed that changed)")
    elif not done.changed:
        console.print(f"{where} fits its seed, nothing was changed")
    else:
        added = [start for start in done.added if start.chosen]
        articles = count(sum(entry is not None for entry in done.kept) + len(added), "article")
        doubtful = sum(start.confidence < SURE for start in added)
        what = f"{doubtful} of them doubtful" if done.before is None else f"{len(added)} of them new"
        console.print(f"[bold]{where}[/]: {articles}, {what}")
        _print_carried(done, console)


def _print_carried(done: Splitting, console: Console) -> None:
    """What became of each entry that was there, and what was added to them."""
    for before, now in zip(done.before or (), done.kept, strict=True):
        words = f" {quoted(before.begins or before.title or '')}" if before.begins or before.title else ""
        if now is None:
            console.print(f"[red]gone:[/] line {before.line}{escape(words)}, now commented out")
        elif now.begins != before.begins:
            console.print(f"[yellow]reworded:[/] line {now.line} began{escape(words)}, see that it is the same article")
        elif now.line != before.line:
            console.print(f"moved: line {before.line} → {now.line}{escape(words)}")
    for start in done.added if done.before is not None else ():
        what = "[green]new:[/]" if start.chosen else "[yellow]perhaps new:[/]"
        console.print(f"{what} line {start.line} {escape(quoted(start.begins))}")
