"""What came of a mail."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape

from digestgen.mailing import Mailing
from digestgen.publish.wording import count
from digestgen.terminal.outcome import print_notices, print_problems
from digestgen.words import ENGLISH, words_of


def print_edition(done: Mailing, console: Console) -> None:
    """What the mail holds and where it lies, or that there is nothing to mail."""
    print_notices(done.notices, console)
    print_problems(done.problems, console)
    mail, day = done.mail, words_of(ENGLISH).day
    since = f" since {day(done.since)}" if done.since else ""
    if mail is None:
        console.print(f"nothing is new{since}, so there is nothing to mail")
    elif not done.problems:
        told = f"{count(mail.stories, 'story', 'stories')}, {count(mail.articles, 'article')}"
        console.print(f"[bold]{mail.name}[/], {day(mail.day)}: {told}; {len(mail.html.encode()) / 1000:.0f} KB of HTML")
        for name in done.files:
            console.print(escape(str(done.folder / name)))
        console.print(f"subject: {escape(mail.subject)}")
