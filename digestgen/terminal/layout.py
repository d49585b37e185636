"""Lines with something before them, wrapped so that what follows stands under what they say."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

_NARROWEST = 20

Row = tuple[str, str, str | Text]
"""What a line is about, a mark before what it says, and what it says; the first two may be empty."""


def heading(console: Console, text: str) -> None:
    """A line of its own, after an empty one."""
    console.print()
    line(console, Text(text, style="bold"), indent=0)


def line(console: Console, text: str | Text, *, sign: str = "", style: str = "", indent: int = 2) -> None:
    """One line, wrapped under itself."""
    lead = Text(" " * indent)
    if sign:
        lead.append(f"{sign} ", style=style)
    _wrapped(console, lead, text)


def rows(console: Console, table: Sequence[Row], *, indent: int = 2) -> None:
    """What there is to say under its names, in two columns; a name that is empty means the one before."""
    width = max((len(name) for name, _, _ in table), default=0) + 2
    for name, mark, text in table:
        lead = Text.assemble(" " * indent, (name.ljust(width), "bold"), f"{mark}  " if mark else "")
        _wrapped(console, lead, text)


def named(title: str, slug: str) -> Text:
    """A title, and behind it the slug by which it is called in ``curation.yml``."""
    return Text.assemble(title, " ", (f"({slug})", "dim"))


def titled(title: str, slug: str) -> Text:
    """The same for an article, whose slug is long: on a line of its own, whole wherever there are 60 columns."""
    return Text.assemble(title, "\n", (slug, "dim"))


def _wrapped(console: Console, lead: Text, text: str | Text) -> None:
    # As Text, a square bracket is a square bracket.
    said = text if isinstance(text, Text) else Text(text)
    for part in said.wrap(console, max(console.width - lead.cell_len, _NARROWEST)):
        part.rstrip()
        console.print(Text.assemble(lead, part), soft_wrap=True)
        lead = Text(" " * lead.cell_len)
