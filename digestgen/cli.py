"""The command line: arguments, printing, exit codes. Text for people goes to stderr."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape

from digestgen import build as shell
from digestgen.errors import InputError, Problem

FINE, BAD_INPUT = 0, 1
"""Exit codes; argparse itself ends with 2 on wrong usage."""


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
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Strict)
    folders = _Strict(add_help=False)
    folders.add_argument("--seeds", type=Path, default=Path("seeds"), metavar="DIR", help="texts (default: seeds)")
    folders.add_argument("--docs", type=Path, default=Path("docs"), metavar="DIR", help="pages (default: docs)")

    build = commands.add_parser("build", parents=[folders], help="seeds → Markdown pages and digest.json")
    build.set_defaults(run=_build)
    site = commands.add_parser("site", help="the same, then the site by mkdocs build --strict")
    site.set_defaults(run=_site, seeds=Path("seeds"), docs=Path("docs"))
    serve = commands.add_parser("serve", help="preview the site; an edited seed shows at once")
    serve.set_defaults(run=_serve, seeds=Path("seeds"), docs=Path("docs"))
    clean = commands.add_parser("clean", help="remove the generated pages")
    clean.add_argument("--docs", type=Path, default=Path("docs"), metavar="DIR", help="pages (default: docs)")
    clean.set_defaults(run=_clean)
    return parser


def _build(options: argparse.Namespace, console: Console) -> int:
    outcome = shell.build(options.seeds, options.docs, console)
    print_outcome(outcome, console)
    return BAD_INPUT if outcome.problems else FINE


def _site(options: argparse.Namespace, console: Console) -> int:
    built = _build(options, console)
    return shell.run_mkdocs("build", "--strict", "--quiet") or built


def _serve(options: argparse.Namespace, console: Console) -> int:
    # The first build is made by mkdocs' own hook (preview.py), like every later one.
    del options, console
    return shell.run_mkdocs("serve", "--livereload")


def _clean(options: argparse.Namespace, console: Console) -> int:
    written = shell.clean(options.docs)
    console.print(f"removed {_count(len(written.removed), 'generated file')}")
    print_problems(written.problems, console)
    return BAD_INPUT if written.problems else FINE


def print_outcome(outcome: shell.Outcome, console: Console) -> None:
    """What was built, what changed on disk, and everything that was refused."""
    digest, written = outcome.digest, outcome.written
    console.print(
        f"[bold]{_count(len(digest.entries), 'article')}[/] in {_count(len(digest.topics), 'topic')}, "
        f"{len(digest.shelf)} on the shelf: {_count(len(written.written), 'file')} written, "
        f"{len(written.removed)} removed, {written.unchanged} unchanged"
    )
    for notice in outcome.notices:
        console.print(f"[yellow]note:[/] {escape(notice)}")
    print_problems(outcome.problems, console)


def print_problems(problems: Sequence[Problem], console: Console) -> None:
    """One line for each."""
    for problem in problems:
        console.print(f"[red]error:[/] {escape(str(problem))}")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
