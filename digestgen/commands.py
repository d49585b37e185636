"""The commands, from options to exit code.

Requested results (a plan, an explanation) go to stdout; progress, notes and errors go to stderr.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Final

from rich.console import Console

from digestgen import build as shell
from digestgen.charsets import text_of
from digestgen.curate.explain.address_query import nearest_names, parse_address_query
from digestgen.curate.explain.explain import explain
from digestgen.curate.reminders.neglected import describe_hidden
from digestgen.errors import InputError, Problem
from digestgen.fetch.add import add, expand_arguments
from digestgen.fetch.pull import pull
from digestgen.fetch.session import open_client
from digestgen.fields import quoted
from digestgen.mailing import write_edition
from digestgen.mkdocs_process import build_site, serve_site
from digestgen.new_project import new_project
from digestgen.project import outdated
from digestgen.publish.wording import count
from digestgen.terminal.adding import print_adding
from digestgen.terminal.as_json import as_json
from digestgen.terminal.explanation import print_explanation
from digestgen.terminal.outcome import (
    print_checked,
    print_edition,
    print_new,
    print_notices,
    print_outcome,
    print_problems,
    print_splitting,
)
from digestgen.terminal.plan import print_plan
from digestgen.terminal.pulling import print_pulled, pull_progress, pulled_as_json

FINE, BAD_INPUT = 0, 1
"""Exit codes; argparse exits with 2 on wrong usage."""


def run(name: str, options: argparse.Namespace) -> int:
    """Run one command and return the exit code."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    try:
        return _COMMANDS[name](options, console)
    except InputError as error:
        print_problems(error.problems, console)
        return BAD_INPUT
    except KeyboardInterrupt:
        return 130


def _new(options: argparse.Namespace, console: Console) -> int:
    print_new(new_project(options.folder, title=options.title, url=options.url, language=options.language), console)
    return FINE


def _add(options: argparse.Namespace, console: Console) -> int:
    reads = "-" in options.what or not options.what
    if reads and sys.stdin.isatty():
        options.error("say what to add: addresses, files, or - to read addresses from standard input")
    asked = expand_arguments(options.what, text_of(sys.stdin.buffer.read()) if reads else "")
    if not asked:
        options.error("there is no address in what was given")
    with open_client(options.seeds, private=options.allow_private) as client:
        failed = print_adding(add(asked, options.seeds, client), len(asked), options.seeds, console)
    return BAD_INPUT if failed else FINE


def _pull(options: argparse.Namespace, console: Console) -> int:
    with open_client(options.seeds, private=options.allow_private) as client, pull_progress(console) as tell:
        outcome = pull(options.seeds, client, today=today(), tell=tell)
    print_pulled(outcome, console)
    if options.json:
        Console(highlight=False).out(pulled_as_json(outcome), highlight=False)
    return BAD_INPUT if outcome.failed else FINE


def _build(options: argparse.Namespace, console: Console) -> int:
    summary = shell.build_if_needed(
        options.seeds, options.docs, console, today=today(), cluster=options.dask, clean=options.clean
    )
    print_outcome(summary, console, verbose=options.verbose)
    return BAD_INPUT if summary.problems else FINE


def _site(options: argparse.Namespace, console: Console) -> int:
    built = _build(options, console)
    return build_site(clean=options.clean) or built


def _serve(options: argparse.Namespace, console: Console) -> int:
    # MkDocs' hook (``site/preview``) makes the first build, like every later one.
    del options, console
    return serve_site()


def _plan(options: argparse.Namespace, console: Console) -> int:
    return _print_proposal(shell.propose_edition(options.seeds, console, today=today()), options, console)


def _regroup(options: argparse.Namespace, console: Console) -> int:
    topics = [parse_address_query(name).slug for name in options.topics]
    accept = options.docs if options.accept else None
    proposal = shell.regroup(options.seeds, topics, console, today=today(), accept=accept)
    code = _print_proposal(proposal, options, console)
    if proposal.accepted:
        console.print("accepted; run `digestgen build` to see it")
    elif options.accept:
        console.print("nothing was accepted")
    elif not proposal.plan.empty:
        console.print("nothing was changed; --accept accepts this grouping")
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
    asked = parse_address_query(options.slug)
    explanation = explain(asked, known)
    if explanation.empty:
        if hidden := next((each for each in proposal.concealed if asked.articles and each.slug == asked.slug), None):
            raise InputError([Problem(f"{hidden.seed}:{hidden.line}", None, describe_hidden(hidden))])
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


def today() -> date:
    """The current day in UTC, or that of ``SOURCE_DATE_EPOCH`` if it is set, for reproducible builds."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch.isdecimal() else datetime.now(UTC).date()


_COMMANDS: Final[Mapping[str, Callable[[argparse.Namespace, Console], int]]] = MappingProxyType(
    {
        "new": _new,
        "add": _add,
        "pull": _pull,
        "build": _build,
        "site": _site,
        "serve": _serve,
        "plan": _plan,
        "regroup": _regroup,
        "explain": _explain,
        "check": _check,
        "split": _split,
        "edition": _edition,
        "clean": _clean,
    }
)
