"""Print the results of commands, notices and problems."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from digestgen.build import BuildSummary, Proposal, SplitResult
from digestgen.cache import CacheUse
from digestgen.errors import Problem
from digestgen.fields import quoted
from digestgen.mailing import MailResult
from digestgen.model import SURE, Digest
from digestgen.new_project import NewProject
from digestgen.publish.wording import count
from digestgen.seed_folder import LEDGER_NAME
from digestgen.translation import ENGLISH, words_of


def print_outcome(result: BuildSummary, console: Console, *, verbose: bool = False) -> None:
    """Print what was built, what changed on disk, notices and problems; with ``verbose``, cache statistics."""
    console.print(
        f"{_size(result.articles, result.topics, result.shelf)}: {count(result.written, 'file')} written, "
        f"{result.removed} removed, {result.unchanged} unchanged"
    )
    if verbose:
        console.print(escape(f"cache: {_cache_statistics(result.work)}"))
    print_notices(result.notices, console)
    print_problems(result.problems, console)


def _cache_statistics(work: CacheUse | None) -> str:
    if work is None:
        return "nothing has changed since the last build"
    kept = f"in {work.where}" if work.where else "nowhere: there is no place to keep them"
    return f"{work.remembered:,} results found, {work.done:,} made; kept {kept}"


def print_checked(proposal: Proposal, console: Console) -> None:
    """Print notices and problems of a check, then a one-line summary."""
    notices = list(proposal.notices)
    # A build with errors does not write the ledger.
    if not proposal.recorded and not proposal.problems:
        notices.append(f"{LEDGER_NAME} is not up to date; run `digestgen build` and commit it")
    print_notices(notices, console)
    print_problems(proposal.problems, console)
    wrong = len(proposal.problems)
    verdict = f"[red]{count(wrong, 'error')}[/]" if wrong else "[green]no errors[/]"
    notes = f", {count(len(notices), 'note')}" if notices else ""
    console.print(f"{size_of(proposal.known.digest)}: {verdict}{notes}")


def print_notices(notices: Sequence[str], console: Console) -> None:
    """Print one line per notice."""
    for notice in notices:
        console.print(f"[yellow]note:[/] {escape(notice)}")


def print_problems(problems: Sequence[Problem], console: Console) -> None:
    """Print one line per problem."""
    for problem in problems:
        console.print(f"[red]error:[/] {escape(str(problem))}")


def size_of(digest: Digest) -> str:
    """Size of a digest, in rich's markup."""
    return _size(len(digest.entries), len(digest.topics), len(digest.shelf))


def _size(articles: int, topics: int, shelf: int) -> str:
    return f"[bold]{count(articles, 'article')}[/] in {count(topics, 'topic')}, {shelf} on the shelf"


def print_edition(done: MailResult, console: Console) -> None:
    """Print content and files of the mail, or that there is nothing to mail."""
    print_notices(done.notices, console)
    print_problems(done.problems, console)
    mail, day = done.mail, words_of(ENGLISH).day
    since = f" since {day(done.since)}" if done.since else ""
    if mail is None:
        console.print(f"nothing is new{since}, so there is nothing to mail")
    elif not done.problems:
        size = f"{count(mail.stories, 'story', 'stories')}, {count(mail.articles, 'article')}"
        console.print(f"[bold]{mail.name}[/], {day(mail.day)}: {size}; {len(mail.html.encode()) / 1000:.0f} KB of HTML")
        for name in done.files:
            console.print(escape(str(done.folder / name)))
        console.print(f"subject: {escape(mail.subject)}")


def print_new(made: NewProject, console: Console) -> None:
    """Print what was created, and the next steps."""
    place = f" in {made.folder}" if made.folder.resolve() != made.folder.cwd() else ""
    console.print(f"[bold]{escape(made.title)}[/]: {count(len(made.files), 'file')} written{escape(place)}. Next:")
    enter = f"cd {made.folder}; " if place else ""
    address = "" if made.url else "write site_url into mkdocs.yml; "
    for command, what in (
        (f"{enter}digestgen serve", "see it at http://127.0.0.1:8000/ and follow what you change"),
        ("digestgen add ADDRESS…", "put articles into seeds/, or save texts there yourself"),
        ("git push", f"publish it: {address}on GitHub, Settings → Pages → GitHub Actions"),
    ):
        console.print(f"  {escape(command):<32}  {what}")


def print_splitting(done: SplitResult, console: Console, *, update: bool) -> None:
    """Print whether the split was written, and what to check; ``update`` is the option of that name."""
    where = escape(str(done.sidecar))
    if done.before is not None and not update:
        listed = f"lists {count(len(done.before), 'article')} already, so nothing was changed"
        console.print(f"{where} {listed} (--update adapts it to a seed that changed)")
    elif not done.changed:
        console.print(f"{where} fits its seed, nothing was changed")
    else:
        added = [start for start in done.added if start.chosen]
        articles = count(sum(entry is not None for entry in done.kept) + len(added), "article")
        doubtful = sum(start.confidence < SURE for start in added)
        what = f"{doubtful} of them doubtful" if done.before is None else f"{len(added)} of them new"
        console.print(f"[bold]{where}[/]: {articles}, {what}")
        _print_carried_over(done, console)


def _print_carried_over(done: SplitResult, console: Console) -> None:
    """Print what happened to each earlier entry, and what was added."""
    for before, now in zip(done.before or (), done.kept, strict=True):
        words = f" {quoted(before.begins or before.title or '')}" if before.begins or before.title else ""
        if now is None:
            console.print(f"[red]gone:[/] line {before.line}{escape(words)}, now commented out")
        elif now.begins != before.begins:
            console.print(
                f"[yellow]reworded:[/] line {now.line} began{escape(words)}, check that it is the same article"
            )
        elif now.line != before.line:
            console.print(f"moved: line {before.line} → {now.line}{escape(words)}")
    for start in done.added if done.before is not None else ():
        what = "[green]new:[/]" if start.chosen else "[yellow]perhaps new:[/]"
        console.print(f"{what} line {start.line} {escape(quoted(start.begins))}")
