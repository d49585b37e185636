"""The command line: arguments and exit codes.

What was asked for (a plan, an explanation) goes to stdout; progress, notes and errors go to stderr.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

from rich.console import Console

from digestgen import build as shell
from digestgen.charsets import text_of
from digestgen.curate.asked import asked_for, nearest_names
from digestgen.curate.concealed import told_of_hidden
from digestgen.curate.explaining import explain
from digestgen.errors import InputError, Problem
from digestgen.fetch.add import add, things
from digestgen.fetch.opened import open_client
from digestgen.fetch.pull import pull
from digestgen.fields import as_date, as_language, as_text, as_url, quoted
from digestgen.mailing import write_edition
from digestgen.new_project import new_project
from digestgen.project import outdated, own_version
from digestgen.site_process import build_site, serve_site
from digestgen.terminal.adding import print_adding
from digestgen.terminal.data import as_json
from digestgen.terminal.edition import print_edition
from digestgen.terminal.explanation import print_explanation
from digestgen.terminal.layout import count
from digestgen.terminal.new_project import print_new
from digestgen.terminal.outcome import print_checked, print_notices, print_outcome, print_problems
from digestgen.terminal.plan import print_plan
from digestgen.terminal.pulling import print_pulled, pulled_as_json, pulling
from digestgen.terminal.splitting import print_splitting

FINE, BAD_INPUT = 0, 1
"""Exit codes; argparse itself ends with 2 on wrong usage."""


Kind = TypeVar("Kind")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    options = _parser().parse_args(arguments)
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    try:
        return int(options.run(options, console))
    except InputError as error:
        print_problems(error.problems, console)
        return BAD_INPUT
    except KeyboardInterrupt:
        return 130


class _Strict(argparse.ArgumentParser):
    """Options are spelled out: a new option must not change what a shortened one meant."""

    def __init__(self, *words: Any, **named: Any) -> None:  # noqa: ANN401 -- passed on as they come
        super().__init__(*words, **{**named, "allow_abbrev": False})


def _parser() -> argparse.ArgumentParser:
    parser = _Strict(prog="digestgen", description="Articles in seeds/ become a curated digest.")
    parser.add_argument("--version", action="version", version=f"digestgen {own_version() or '(not installed)'}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Strict)
    texts = _Strict(add_help=False)
    texts.add_argument("--seeds", type=Path, default=Path("seeds"), metavar="DIR", help="texts (default: seeds)")
    pages = _Strict(add_help=False)
    pages.add_argument("--docs", type=Path, default=Path("docs"), metavar="DIR", help="pages (default: docs)")
    data = _Strict(add_help=False)
    data.add_argument("--json", action="store_true", help="as JSON, for scripts")
    web = _Strict(add_help=False)
    web.add_argument(
        "--allow-private", action="store_true", help="fetch from machines that are not on the public internet, too"
    )

    new = commands.add_parser("new", help="start a digest of your own in a folder")
    new.add_argument("folder", type=Path, metavar="DIR", help="where; it may exist, and . is this one")
    new.add_argument("--title", type=_checked(as_text), metavar="TEXT", help="what it is called (default: as DIR)")
    new.add_argument("--url", type=_checked(as_url), metavar="URL", help="where its site will stand")
    new.add_argument("--language", type=_checked(as_language), metavar="CODE", help="of the site (default: en)")
    new.set_defaults(run=_new)
    added = commands.add_parser("add", parents=[texts, web], help="addresses and files → seeds, one for each article")
    added.add_argument(
        "what",
        nargs="*",
        metavar="ADDRESS|FILE",
        help="of the web, a text, or a list of addresses, bookmarks or OPML (-: addresses from standard input)",
    )
    added.set_defaults(run=_add, error=added.error)
    pulled = commands.add_parser(
        "pull", parents=[texts, web, data], help="what is new in the feeds of feeds.opml → seeds"
    )
    pulled.set_defaults(run=_pull)
    build = commands.add_parser("build", parents=[texts, pages], help="seeds → Markdown pages and digest.json")
    build.set_defaults(run=_build)
    site = commands.add_parser("site", help="the same, then the site by mkdocs build --strict")
    site.set_defaults(run=_site, seeds=Path("seeds"), docs=Path("docs"))
    serve = commands.add_parser("serve", help="preview the site; an edited seed shows at once")
    serve.set_defaults(run=_serve, seeds=Path("seeds"), docs=Path("docs"))
    plan = commands.add_parser("plan", parents=[texts, data], help="what a build would change for readers")
    plan.set_defaults(run=_plan)
    regrouped = commands.add_parser(
        "regroup", parents=[texts, pages, data], help="how the method would group topics today, and take that over"
    )
    regrouped.add_argument("topics", nargs="*", metavar="TOPIC", help="the last part of its address (default: all)")
    regrouped.add_argument("--accept", action="store_true", help="take it over; the next build shows it")
    regrouped.set_defaults(run=_regroup)
    explained = commands.add_parser("explain", parents=[texts, data], help="why an article or a topic is as it is")
    explained.add_argument("slug", metavar="SLUG", help="the last part of its address, or the whole address")
    explained.set_defaults(run=_explain)
    check = commands.add_parser("check", parents=[texts], help="whether all input is as it should be; writes nothing")
    check.set_defaults(run=_check)
    split = commands.add_parser(
        "split", parents=[texts], help="write how a .txt seed splits into its sidecar, for you to correct"
    )
    split.add_argument("name", metavar="NAME", help="the seed, with or without its ending")
    split.add_argument("--update", action="store_true", help="carry your corrections over to a seed that changed")
    split.set_defaults(run=_split)
    edition = commands.add_parser(
        "edition", parents=[texts], help="the latest edition, to be mailed: HTML and plain text"
    )
    edition.add_argument(
        "--since",
        type=_checked(as_date),
        metavar="DATE",
        help="tell all editions after this day in one, such as 2026-11-15",
    )
    edition.add_argument(
        "--to", type=Path, default=Path("edition"), metavar="DIR", help="where to write it (default: edition)"
    )
    edition.set_defaults(run=_edition)
    clean = commands.add_parser("clean", parents=[pages], help="remove the generated pages")
    clean.set_defaults(run=_clean)
    return parser


def _new(options: argparse.Namespace, console: Console) -> int:
    print_new(new_project(options.folder, title=options.title, url=options.url, language=options.language), console)
    return FINE


def _add(options: argparse.Namespace, console: Console) -> int:
    reads = "-" in options.what or not options.what
    if reads and sys.stdin.isatty():
        options.error("say what to add: addresses, files, or - to read addresses from standard input")
    asked = things(options.what, text_of(sys.stdin.buffer.read()) if reads else "")
    if not asked:
        options.error("there is no address in what was given")
    with open_client(options.seeds, private=options.allow_private) as client:
        failed = print_adding(add(asked, options.seeds, client), len(asked), options.seeds, console)
    return BAD_INPUT if failed else FINE


def _pull(options: argparse.Namespace, console: Console) -> int:
    with open_client(options.seeds, private=options.allow_private) as client, pulling(console) as tell:
        outcome = pull(options.seeds, client, today=today(), tell=tell)
    print_pulled(outcome, console)
    if options.json:
        Console(highlight=False).out(pulled_as_json(outcome), highlight=False)
    return BAD_INPUT if outcome.failed else FINE


def _build(options: argparse.Namespace, console: Console) -> int:
    outcome = shell.build(options.seeds, options.docs, console, today=today(), record=True)
    print_outcome(outcome, console)
    return BAD_INPUT if outcome.problems else FINE


def _site(options: argparse.Namespace, console: Console) -> int:
    built = _build(options, console)
    return build_site() or built


def _serve(options: argparse.Namespace, console: Console) -> int:
    # The first build is made by mkdocs' own hook (preview.py), like every later one.
    del options, console
    return serve_site()


def _plan(options: argparse.Namespace, console: Console) -> int:
    return _print_proposal(shell.propose_edition(options.seeds, console, today=today()), options, console)


def _regroup(options: argparse.Namespace, console: Console) -> int:
    topics = [asked_for(name).slug for name in options.topics]
    accept = options.docs if options.accept else None
    proposal = shell.regroup(options.seeds, topics, console, today=today(), accept=accept)
    code = _print_proposal(proposal, options, console)
    if proposal.accepted:
        console.print("taken over; run `digestgen build` to see it")
    elif options.accept:
        console.print("nothing was taken over")
    elif not proposal.plan.empty:
        console.print("nothing was changed; --accept takes this over")
    return code


def _print_proposal(proposal: shell.Proposal, options: argparse.Namespace, console: Console) -> int:
    print_notices(proposal.notices, console)
    print_problems(proposal.problems, console)
    answer = Console(highlight=False)
    if options.json:
        answer.out(as_json(proposal.plan), highlight=False)
    else:
        print_plan(proposal.plan, proposal.known, answer)
    return BAD_INPUT if proposal.problems else FINE


def _explain(options: argparse.Namespace, console: Console) -> int:
    proposal = shell.propose_edition(options.seeds, console, today=today())
    if proposal.problems:
        found = count(len(proposal.problems), "error")
        print_notices([f"the input has {found}, which `digestgen check` lists; the rest is explained"], console)
    known = proposal.known
    asked = asked_for(options.slug)
    explanation = explain(asked, known)
    if explanation.empty:
        if hidden := next((each for each in proposal.concealed if asked.articles and each.slug == asked.slug), None):
            raise InputError([Problem(f"{hidden.seed}:{hidden.line}", None, told_of_hidden(hidden))])
        near = " or ".join(nearest_names(asked, known.ledger.articles, known.ledger.topics))
        hint = f"did you mean {near}?" if near else "it is the last part of the address of the page"
        raise InputError([Problem(quoted(options.slug), None, f"is the slug of no article and no topic; {hint}")])
    answer = Console(highlight=False)
    if options.json:
        answer.out(as_json(explanation), highlight=False)
    else:
        print_explanation(explanation, answer)
    return FINE


def _check(options: argparse.Namespace, console: Console) -> int:
    proposal = shell.propose_edition(options.seeds, console, today=today())
    to_change = outdated(options.seeds.absolute().parent)
    print_checked(replace(proposal, notices=(*proposal.notices, *to_change)), console)
    return BAD_INPUT if proposal.problems else FINE


def _split(options: argparse.Namespace, console: Console) -> int:
    done = shell.split(options.seeds, options.name, console, update=options.update)
    print_splitting(done, console, update=options.update)
    return FINE


def _edition(options: argparse.Namespace, console: Console) -> int:
    done = write_edition(options.seeds, options.to, console, today=today(), since=options.since)
    print_edition(done, console)
    return BAD_INPUT if done.problems else FINE


def _clean(options: argparse.Namespace, console: Console) -> int:
    written = shell.clean(options.docs)
    console.print(f"removed {count(len(written.removed), 'generated file')}")
    print_problems(written.problems, console)
    return BAD_INPUT if written.problems else FINE


def _checked(convert: Callable[[str], Kind]) -> Callable[[str], Kind]:
    """The same for argparse, which wants to be told of bad values in its own way."""

    def converted(text: str) -> Kind:
        try:
            return convert(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return converted


def today() -> date:
    """The day of this edition: that of ``SOURCE_DATE_EPOCH`` where it is set, so that a build can be repeated."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch.isdecimal() else datetime.now(UTC).date()
