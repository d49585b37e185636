"""Lines with a hanging indent, and tables of two columns."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

_NARROWEST = 20

Row = tuple[str, str, str | Text]
"""Name, mark and text of a row; the first two may be empty."""


def heading(console: Console, text: str) -> None:
    """Print a heading after an empty line."""
    console.print()
    line(console, Text(text, style="bold"), indent=0)


def line(console: Console, text: str | Text, *, sign: str = "", style: str = "", indent: int = 2) -> None:
    """Print one line, wrapped with a hanging indent."""
    lead = Text(" " * indent)
    if sign:
        lead.append(f"{sign} ", style=style)
    _wrapped(console, lead, text)


def rows(console: Console, table: Sequence[Row], *, indent: int = 2) -> None:
    """Print a table of names and texts; an empty name continues the one before."""
    width = max((len(name) for name, _, _ in table), default=0) + 2
    for name, mark, text in table:
        lead = Text.assemble(" " * indent, (name.ljust(width), "bold"), f"{mark}  " if mark else "")
        _wrapped(console, lead, text)


def named(title: str, slug: str) -> Text:
    """A title, followed by the slug by which ``curation.yml`` refers to it."""
    return Text.assemble(title, " ", (f"({slug})", "dim"))


def titled(title: str, slug: str) -> Text:
    """A title with its slug on a line of its own: the long slug of an article stays whole from 60 columns on."""
    return Text.assemble(title, "\n", (slug, "dim"))


def _wrapped(console: Console, lead: Text, text: str | Text) -> None:
    # In a Text, square brackets are not markup.
    wrapped = text if isinstance(text, Text) else Text(text)
    for part in wrapped.wrap(console, max(console.width - lead.cell_len, _NARROWEST)):
        part.rstrip()
        console.print(Text.assemble(lead, part), soft_wrap=True)
        lead = Text(" " * lead.cell_len)
