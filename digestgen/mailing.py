"""Write what is new in the digest as a mail."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from rich.console import Console

from digestgen.build import propose_edition, site_url
from digestgen.errors import InputError, Problem
from digestgen.project import MKDOCS_CONFIG
from digestgen.publish.mail.edition_mail import Mail, mail
from digestgen.seed_folder import LEDGER_NAME
from digestgen.translation import ENGLISH, words_of
from digestgen.writer import write_tree

DOCS = Path("docs")
"""The docs folder of the current project."""

_NO_ADDRESS = "site_url is no plain web address, which the links of a mail need; say there where the site stands"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailResult:
    """The result of a request for a mail."""

    mail: Mail | None
    """None if nothing is new."""
    since: date | None
    """The day after which articles count as new; None for the latest edition."""
    folder: Path
    files: tuple[str, ...]
    """The names of the written files in that folder."""
    problems: tuple[Problem, ...]
    """Files that were left alone because they are not ours to overwrite."""
    notices: tuple[str, ...]


def write_edition(seeds: Path, folder: Path, console: Console, *, today: date, since: date | None) -> MailResult:
    """Write the latest edition as a mail into ``folder``, in HTML and plain text.

    With ``since``, all editions after that day are combined. Earlier mails stay. Raises InputError for a future day, if
    the site's address is unknown, and for any problem with the seeds, since a mail cannot be taken back.
    """
    if since is not None and since > today:
        raise InputError([Problem("--since", None, f"{since} is still to come; give the day of an earlier edition")])
    url, unsaid = site_url(DOCS)
    if url is None:
        message = f"is not in {Path.cwd()}; run this where the project lies" if not unsaid else _NO_ADDRESS
        raise InputError([Problem(str(MKDOCS_CONFIG), None, message)])
    proposal = propose_edition(seeds, console, today=today)
    if proposal.problems:
        raise InputError(proposal.problems)
    notices = list(proposal.notices)
    if not proposal.recorded:
        notices.append(f"{LEDGER_NAME} is not up to date: publish the site before you mail this, or links lead nowhere")
    editions = proposal.known.ledger.editions()
    if since is not None and editions and since < editions[0]:
        day = words_of(ENGLISH).day
        notices.append(f"the first edition was on {day(editions[0])}, so everything is new since {day(since)}")
    composed = mail(replace(proposal.known.digest, url=url), since)
    files = {} if composed is None else {f"{composed.day}.html": composed.html, f"{composed.day}.txt": composed.text}
    problems = write_tree(folder, files.items(), keep=True).problems if files else ()
    return MailResult(
        mail=composed,
        since=since,
        folder=folder,
        files=tuple(files),
        problems=problems,
        notices=tuple(notices),
    )
