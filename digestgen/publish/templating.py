"""Pages from templates, which stand beside this module and hold the words.

What they put out is escaped unless it is Markdown already. This module alone imports Jinja.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from textwrap import indent
from types import MappingProxyType

from jinja2 import Environment, PackageLoader, StrictUndefined

from digestgen.publish.markdown import Markdown, as_markdown, attributes, front_matter
from digestgen.publish.wording import count, day, prose

_BLANK_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of itself."""

    kind: str
    """The name of its template, and a class that its looks hang on."""
    path: str
    title: str
    description: str
    searched: bool = False
    """Whether the search index holds it; lists of what stands elsewhere stay out."""
    contents: bool = False
    """Whether its sections are listed beside it."""


def fill(
    head: Head, content: Mapping[str, object], meta: Mapping[str, object] = MappingProxyType({})
) -> tuple[str, str]:
    """Path and text of one page, from the template of its kind; ``meta`` is more for its front matter."""
    more: dict[str, object] = {
        "kind": head.kind,
        "hide": ["navigation"] if head.contents else ["navigation", "toc"],
        **meta,
    }
    if not head.searched:
        more["search"] = {"exclude": True}
    body = _environment().get_template(f"{head.kind}.md.jinja").render(title=head.title, **content)
    body = _BLANK_LINES.sub("\n\n", "\n".join(line.rstrip() for line in body.splitlines())).strip()
    return head.path, front_matter(head.title, head.description, more) + "\n" + body + "\n"


@cache
def _environment() -> Environment:
    environment = Environment(  # noqa: S701 — finalize escapes, for Markdown, and no template can forget it
        loader=PackageLoader("digestgen.publish"),
        undefined=StrictUndefined,
        finalize=as_markdown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(anchor=attributes)
    environment.filters.update(count=count, date=day, prose=prose, trusted=Markdown, inset=_inset)
    return environment


def _inset(text: str) -> Markdown:
    """A curator's Markdown, to stand inside a list item."""
    return Markdown(indent(text, "    "))
