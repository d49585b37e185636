"""What a build or a check came to, and what is wrong with the input."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from digestgen.build import Proposal, Told
from digestgen.cache import Work
from digestgen.errors import Problem
from digestgen.model import Digest
from digestgen.seed_folder import LEDGER_NAME
from digestgen.terminal.layout import count


def print_outcome(told: Told, console: Console, *, verbose: bool = False) -> None:
    """What was built, what changed on disk, and everything that was refused; if ``verbose``, what was remembered."""
    console.print(
        f"{_size(told.articles, told.topics, told.shelf)}: {count(told.written, 'file')} written, "
        f"{told.removed} removed, {told.unchanged} unchanged"
    )
    if verbose:
        console.print(escape(f"cache: {_remembered(told.work)}"))
    print_notices(told.notices, console)
    print_problems(told.problems, console)


def _remembered(work: Work | None) -> str:
    if work is None:
        return "nothing has changed since the last build"
    kept = f"in {work.where}" if work.where else "nowhere: there is no place to keep them"
    return f"{work.remembered:,} results found, {work.done:,} made; kept {kept}"


def print_checked(proposal: Proposal, console: Console) -> None:
    """One line on what was checked, after everything that is to be said of it."""
    notices = list(proposal.notices)
    # A build that meets errors leaves the ledger alone.
    if not proposal.recorded and not proposal.problems:
        notices.append(f"{LEDGER_NAME} is not up to date; run `digestgen build` and commit it")
    print_notices(notices, console)
    print_problems(proposal.problems, console)
    wrong = len(proposal.problems)
    verdict = f"[red]{count(wrong, 'error')}[/]" if wrong else "[green]no errors[/]"
    notes = f", {count(len(notices), 'note')}" if notices else ""
    console.print(f"{size_of(proposal.known.digest)}: {verdict}{notes}")


def print_notices(notices: Sequence[str], console: Console) -> None:
    """One line for each."""
    for notice in notices:
        console.print(f"[yellow]note:[/] {escape(notice)}")


def print_problems(problems: Sequence[Problem], console: Console) -> None:
    """One line for each."""
    for problem in problems:
        console.print(f"[red]error:[/] {escape(str(problem))}")


def size_of(digest: Digest) -> str:
    """How large a digest is, in rich's markup."""
    return _size(len(digest.entries), len(digest.topics), len(digest.shelf))


def _size(articles: int, topics: int, shelf: int) -> str:
    return f"[bold]{count(articles, 'article')}[/] in {count(topics, 'topic')}, {shelf} on the shelf"
