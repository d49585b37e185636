"""Pages from templates, which stand beside this module and say their words in English (``digestgen/words``).

What they put out is escaped unless it is Markdown already. This module alone imports Jinja.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from textwrap import indent

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from digestgen.language.text import clean_line
from digestgen.publish.markdown import Markdown, as_markdown, attributes, front_matter
from digestgen.publish.plain_text import Plain, as_letter, as_plain, underlined, wrapped
from digestgen.publish.wording import count, prose
from digestgen.translation import Words

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
    """Whether the search index holds it; lists of what stands elsewhere stay out. The theme does the rest."""
    contents: bool = False
    """Whether its sections are listed beside it."""
    meta: Mapping[str, object] = field(default_factory=dict)
    """What else its front matter says."""


Filling = tuple[Head, Mapping[str, object]]
"""A page, and what its template needs."""


def fill(head: Head, content: Mapping[str, object], words: Words) -> str:
    """The text of one page, from the template of its kind."""
    more: dict[str, object] = {
        "kind": head.kind,
        "hide": ["navigation"] if head.contents else ["navigation", "toc"],
        **head.meta,
    }
    if not head.searched:
        more["searched"] = False
    body = _environment(words).get_template(f"{head.kind}.md.jinja").render(title=head.title, **content)
    body = _BLANK_LINES.sub("\n\n", "\n".join(line.rstrip() for line in body.splitlines())).strip()
    return front_matter(head.title, head.description, more) + "\n" + body + "\n"


def fill_mail(name: str, content: Mapping[str, object], words: Words) -> tuple[str, str]:
    """A mail of that name, from its two templates: as HTML and as plain text."""
    page = _html_environment(words).get_template(f"{name}.html.jinja").render(content)
    letter = _letter_environment(words).get_template(f"{name}.txt.jinja").render(content)
    return page.rstrip() + "\n", as_letter(letter)


def fill_html(name: str, content: Mapping[str, object], words: Words) -> str:
    """A piece of HTML of that name, from its template."""
    return _html_environment(words).get_template(f"{name}.html.jinja").render(content).strip()


@cache
def _environment(words: Words) -> Environment:
    environment = _prepared(as_markdown, words, Markdown)
    environment.globals.update(anchor=attributes)
    environment.filters.update(prose=prose, trusted=Markdown, inset=_inset)
    return environment


@cache
def _html_environment(words: Words) -> Environment:
    environment = _prepared(_as_html, words, Markup)
    environment.autoescape = True
    return environment


@cache
def _letter_environment(words: Words) -> Environment:
    environment = _prepared(as_plain, words, str)
    environment.filters.update(wrap=wrapped, underline=underlined, laid=_laid)
    return environment


def _prepared(finalize: Callable[[object], object], words: Words, finished: Callable[[str], str]) -> Environment:
    """For templates whose every output passes through ``finalize``, so that none can forget it.

    So does what is filled into their words, which ``finished`` then marks as done.
    """

    def passed(values: Mapping[str, object]) -> dict[str, object]:
        return {name: value if isinstance(value, int) else finalize(value) for name, value in values.items()}

    def say(text: str, **values: object) -> str:
        return finished(words.say(text, **passed(values)))

    def counted(one: str, several: str, number: int, **values: object) -> str:
        return finished(words.counted(one, several, number, **passed(values)))

    environment = Environment(  # noqa: S701 — finalize escapes; what becomes HTML is escaped by Jinja besides
        loader=PackageLoader("digestgen.publish"),
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals.update(say=say, counted=counted)
    environment.filters.update(count=count, day=words.day, month=words.month, number=words.number)
    return environment


def _as_html(value: object) -> Markup:
    """What a template puts out as HTML: HTML as it is, everything else escaped, and without what cannot be seen."""
    return escape(value if hasattr(value, "__html__") else clean_line(str(value)))


def _laid(lines: str) -> Plain:
    """Lines that a macro has laid out."""
    return Plain(lines.strip("\n"))


def _inset(text: str) -> Markdown:
    """A curator's Markdown, to stand inside a list item."""
    return Markdown(indent(text, "    "))
