"""Print the results of ``add``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from digestgen.fetch.add import AddResult
from digestgen.project import MKDOCS_CONFIG
from digestgen.publish.wording import count


def print_adding(done: Iterable[AddResult], total: int, seeds: Path, console: Console) -> int:
    """Print one line per result as it arrives, and a summary; return the number of failures."""
    added = there = failed = 0
    last = ""
    columns = (SpinnerColumn(), TextColumn("Adding"), BarColumn(bar_width=30), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal or total < 2) as progress:
        bar = progress.add_task("", total=total)
        things = 0
        for one in done:
            things += one.name != last
            last = one.name
            progress.update(bar, completed=things)
            progress.console.print(_line(one), soft_wrap=True)
            added += one.file is not None
            there += one.existing is not None
            failed += one.problem is not None
    parts = [f"[bold]{count(added, 'article')} added[/]" if added else "nothing added"]
    parts += [f"{there:,} there already"] if there else []
    parts += [f"[red]{failed:,} failed[/]"] if failed else []
    console.print(", ".join(parts))
    if added:
        console.print(f"next: {_next_command(seeds)}")
    return failed


def _line(one: AddResult) -> str:
    asked = escape(one.name)
    if one.problem is not None:
        return f"[red]error:[/] {asked}: {escape(one.problem)}"
    if one.existing is not None:
        title = f" (“{escape(one.title)}”)" if one.title else ""
        return f"there already: {asked}{title} is in {escape(one.existing)}"
    if one.file is None:
        return f"[yellow]note:[/] {asked}: {escape(one.note or '')}"
    note = f"\n[yellow]note:[/] it {escape(one.note)}" if one.note else ""
    return f"[green]added:[/] {escape(str(one.file))}{f'  {escape(one.title)}' if one.title else ''}{note}"


def _next_command(seeds: Path) -> str:
    """Command that shows the new articles, for a project or a bare folder of seeds."""
    if seeds == Path("seeds") and Path(MKDOCS_CONFIG).exists():
        return "digestgen serve"
    return escape(f"digestgen build --seeds {seeds}")
