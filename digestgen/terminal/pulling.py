"""Print the results of ``pull``."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from digestgen.fetch.pull import FeedResult, PullResult
from digestgen.publish.wording import count
from digestgen.terminal.outcome import print_notices, print_problems


@contextmanager
def pull_progress(console: Console) -> Iterator[Callable[[FeedResult, int], None]]:
    """Show a progress bar, and a line per feed with news or problems."""
    columns = (SpinnerColumn(), TextColumn("Pulling"), BarColumn(bar_width=30), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task("", total=None)

        def tell(pulled: FeedResult, total: int) -> None:
            progress.update(bar, total=total, advance=1)
            for line in _lines(pulled):
                progress.console.print(line, soft_wrap=True)

        yield tell


def print_pulled(outcome: PullResult, console: Console) -> None:
    """Print a summary of all feeds, notices and problems."""
    print_notices([str(notice) for notice in outcome.notices], console)
    print_problems(outcome.problems, console)
    added = sum(feed.added for feed in outcome.feeds)
    updated = sum(feed.updated for feed in outcome.feeds)
    failed = sum(feed.problem is not None for feed in outcome.feeds)
    parts = [f"[bold]{count(added, 'new article')}[/] of {count(len(outcome.feeds), 'feed')}"]
    parts += [f"{updated:,} updated"] if updated else []
    parts += [f"[red]{count(failed, 'feed')} failed[/]"] if failed else []
    console.print(", ".join(parts))
    if added or updated:
        console.print("next: digestgen build")


def pulled_as_json(outcome: PullResult) -> str:
    """Serialise the results, for scripts."""
    content = {
        "feeds": [asdict(feed) for feed in outcome.feeds],
        "files": [str(path) for path in outcome.files],
        "problems": [str(problem) for problem in outcome.problems],
        "notices": [str(notice) for notice in outcome.notices],
    }
    return json.dumps(content, sort_keys=True, ensure_ascii=False, indent=1)


def _lines(pulled: FeedResult) -> Iterator[str]:
    name = escape(pulled.feed)
    if pulled.added or pulled.updated:
        updated = f", {pulled.updated:,} updated" if pulled.updated else ""
        yield f"[green]{name}[/]: {count(pulled.added, 'new article')}{updated}"
    if pulled.problem is not None:
        yield f"[red]error:[/] {name} ({escape(pulled.url)}): {escape(pulled.problem)}"
    for note in pulled.notes:
        yield f"[yellow]note:[/] {name}: {escape(note)}"
