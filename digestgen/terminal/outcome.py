"""What a build or a check came to, and what is wrong with the input."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from digestgen.build import Outcome, Proposal
from digestgen.errors import Problem
from digestgen.model import Digest
from digestgen.seed_folder import LEDGER_NAME
from digestgen.terminal.layout import count


def print_outcome(outcome: Outcome, console: Console, *, verbose: bool = False) -> None:
    """What was built, what changed on disk, and everything that was refused; if ``verbose``, what was remembered."""
    written = outcome.written
    console.print(
        f"{size(outcome.digest)}: {count(len(written.written), 'file')} written, "
        f"{len(written.removed)} removed, {written.unchanged} unchanged"
    )
    if verbose:
        work = outcome.work
        kept = f"in {work.where}" if work.where else "nowhere: there is no place to keep them"
        console.print(escape(f"cache: {work.remembered:,} results found, {work.done:,} made; kept {kept}"))
    print_notices(outcome.notices, console)
    print_problems(outcome.problems, console)


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
    console.print(f"{size(proposal.known.digest)}: {verdict}{notes}")


def print_notices(notices: Sequence[str], console: Console) -> None:
    """One line for each."""
    for notice in notices:
        console.print(f"[yellow]note:[/] {escape(notice)}")


def print_problems(problems: Sequence[Problem], console: Console) -> None:
    """One line for each."""
    for problem in problems:
        console.print(f"[red]error:[/] {escape(str(problem))}")


def size(digest: Digest) -> str:
    """How large a digest is, in rich's markup."""
    return (
        f"[bold]{count(len(digest.entries), 'article')}[/] in {count(len(digest.topics), 'topic')}, "
        f"{len(digest.shelf)} on the shelf"
    )
