"""What a new project holds, and what comes next."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape

from digestgen.new_project import NewProject
from digestgen.terminal.layout import count


def print_new(made: NewProject, console: Console) -> None:
    """One line on what was made, and three on what to do with it."""
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
