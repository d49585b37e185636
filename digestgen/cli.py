"""The command-line parser.

Only argument parsing is imported here; each command's modules are imported when it runs.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from digestgen.version import own_version


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code."""
    options = _parser().parse_args(arguments)
    # Help and version must not wait until everything is imported.
    from digestgen import commands  # noqa: PLC0415

    return commands.run(options.run, options)


class _Strict(argparse.ArgumentParser):
    """No abbreviated options: a new option must not change what an abbreviation meant."""

    def __init__(self, *words: Any, **named: Any) -> None:  # noqa: ANN401 -- passed on as they come
        super().__init__(*words, **{**named, "allow_abbrev": False})


def _parser() -> argparse.ArgumentParser:
    parser = _Strict(prog="digestgen", description="Articles in seeds/ become a curated digest.")
    parser.add_argument("--version", action="version", version=f"digestgen {own_version() or '(not installed)'}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Strict)
    texts = _shared("--seeds", type=Path, default=Path("seeds"), metavar="DIR", help="folder of seeds (default: seeds)")
    pages = _shared("--docs", type=Path, default=Path("docs"), metavar="DIR", help="folder of pages (default: docs)")
    data = _shared("--json", action="store_true", help="print JSON, for scripts")
    web = _shared(
        "--allow-private", action="store_true", help="also fetch from hosts that are not on the public internet"
    )
    work = _shared("--verbose", action="store_true", help="say how many results came from the cache")
    work.add_argument("--clean", action="store_true", help="rebuild everything, ignoring the cache")

    new = commands.add_parser("new", help="start a digest of your own in a folder")
    new.add_argument("folder", type=Path, metavar="DIR", help="the folder, which may exist (.: this one)")
    new.add_argument(
        "--title", type=_field("as_text"), metavar="TEXT", help="title of the digest (default: name of DIR)"
    )
    new.add_argument("--url", type=_field("as_url"), metavar="URL", help="address of its site")
    new.add_argument(
        "--language", type=_field("as_language"), metavar="CODE", help="language of the site (default: en)"
    )
    new.set_defaults(run="new")
    added = commands.add_parser("add", parents=[texts, web], help="addresses and files → seeds, one for each article")
    added.add_argument(
        "what",
        nargs="*",
        metavar="ADDRESS|FILE",
        help="a web address, a text, or a list of addresses, bookmarks or OPML (-: addresses from standard input)",
    )
    added.set_defaults(run="add", error=added.error)
    pulled = commands.add_parser(
        "pull", parents=[texts, web, data], help="new items of the feeds in feeds.opml → seeds"
    )
    pulled.set_defaults(run="pull")
    build = commands.add_parser("build", parents=[texts, pages, work], help="seeds → Markdown pages and digest.json")
    build.add_argument(
        "--dask",
        type=_scheduler,
        metavar="ADDRESS",
        help="analyse 200 articles or more on the cluster of this Dask scheduler, such as tcp://10.0.0.5:8786",
    )
    build.set_defaults(run="build")
    site = commands.add_parser("site", parents=[work], help="build, then make the site with mkdocs build --strict")
    site.set_defaults(run="site", seeds=Path("seeds"), docs=Path("docs"), dask=None)
    serve = commands.add_parser("serve", help="preview the site; an edited seed shows at once")
    serve.set_defaults(run="serve", seeds=Path("seeds"), docs=Path("docs"))
    plan = commands.add_parser("plan", parents=[texts, data], help="what a build would change for readers")
    plan.set_defaults(run="plan")
    regrouped = commands.add_parser(
        "regroup", parents=[texts, pages, data], help="how topics would be grouped from scratch today, and accept that"
    )
    regrouped.add_argument("topics", nargs="*", metavar="TOPIC", help="the last part of its address (default: all)")
    regrouped.add_argument("--accept", action="store_true", help="accept it; the next build shows it")
    regrouped.set_defaults(run="regroup")
    explained = commands.add_parser("explain", parents=[texts, data], help="why an article or a topic is as it is")
    explained.add_argument("slug", metavar="SLUG", help="the last part of its address, or the whole address")
    explained.set_defaults(run="explain")
    check = commands.add_parser("check", parents=[texts], help="check all input; writes nothing")
    check.set_defaults(run="check")
    split = commands.add_parser(
        "split", parents=[texts], help="write how a .txt seed splits into its sidecar, for you to correct"
    )
    split.add_argument("name", metavar="NAME", help="the seed, with or without its extension")
    split.add_argument("--update", action="store_true", help="carry your corrections over to a seed that changed")
    split.set_defaults(run="split")
    edition = commands.add_parser(
        "edition", parents=[texts], help="the latest edition, to be mailed: HTML and plain text"
    )
    edition.add_argument(
        "--since",
        type=_field("as_date"),
        metavar="DATE",
        help="combine all editions after this day, such as 2026-11-15",
    )
    edition.add_argument(
        "--to", type=Path, default=Path("edition"), metavar="DIR", help="where to write it (default: edition)"
    )
    edition.set_defaults(run="edition")
    clean = commands.add_parser("clean", parents=[pages], help="remove the generated pages")
    clean.set_defaults(run="clean")
    return parser


def _shared(name: str, **named: Any) -> _Strict:  # noqa: ANN401 -- passed on as they come
    """An option shared by several commands."""
    parser = _Strict(add_help=False)
    parser.add_argument(name, **named)
    return parser


def _scheduler(text: str) -> str:
    if not re.fullmatch(r"(tcp|tls)://[^\s/]+:[0-9]+", text):
        raise argparse.ArgumentTypeError("is no address of a Dask scheduler, such as tcp://10.0.0.5:8786")
    return text


def _field(reader: str) -> Callable[[str], Any]:
    """Adapt a reader from ``digestgen.fields`` to argparse's way of reporting bad values."""

    def converted(text: str) -> Any:  # noqa: ANN401 -- as the reader has it
        # The readers import language data, and few commands need them.
        from digestgen import fields  # noqa: PLC0415

        try:
            return getattr(fields, reader)(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return converted
