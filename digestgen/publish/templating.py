"""Rendering of Jinja templates, which are in ``templates/``; their English words are translated by ``say``.

Output is escaped unless it is Markdown (or HTML) already. Only this module imports Jinja.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from textwrap import indent

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.runtime import Context
from markupsafe import Markup, escape

from digestgen.language.text import clean_line
from digestgen.publish.markdown import Markdown, as_markdown, attributes, front_matter
from digestgen.publish.plain_text import PlainText, as_mail_text, as_plain, underlined, wrapped
from digestgen.publish.wording import count, prose
from digestgen.translation import Words

_BLANK_LINES = re.compile(r"\n\n\n+")
_TWO_STOPS = re.compile(r"(?<!\.)\.(?P<link>(?:\]\([^()]*\)(?:\{[^{}]*\})?)?)\.$")


@dataclass(frozen=True, slots=True)
class PageHead:
    """Metadata of a page."""

    kind: str
    """Name of its template, and CSS class of the page."""
    path: str
    title: str
    description: str
    searched: bool = False
    """Whether the search index includes it. Lists of content from other pages are excluded; the theme does the rest."""
    contents: bool = False
    """Whether it has a table of contents."""
    meta: Mapping[str, object] = field(default_factory=dict)
    """Further front matter."""


PageSpec = tuple[PageHead, Mapping[str, object]]
"""Metadata of a page, and the variables of its template."""


def render_page(head: PageHead, content: Mapping[str, object], words: Words) -> str:
    """Render a page with the template of its kind."""
    more: dict[str, object] = {
        "kind": head.kind,
        "hide": ["navigation"] if head.contents else ["navigation", "toc"],
        **head.meta,
    }
    if not head.searched:
        more["searched"] = False
    body = _environment(words).get_template(f"{head.kind}.md.jinja").render(title=head.title, **content)
    body = _BLANK_LINES.sub("\n\n", "\n".join(map(str.rstrip, body.splitlines()))).strip()
    return front_matter(head.title, head.description, more) + "\n" + body + "\n"


def render_mail(name: str, content: Mapping[str, object], words: Words) -> tuple[str, str]:
    """Render a mail from the templates of this name, as HTML and as plain text."""
    page = _html_environment(words).get_template(f"{name}.html.jinja").render(content)
    letter = _letter_environment(words).get_template(f"{name}.txt.jinja").render(content)
    return page.rstrip() + "\n", as_mail_text(letter)


def render_html(name: str, content: Mapping[str, object], words: Words) -> str:
    """Render a fragment of HTML from the template of this name."""
    return _html_environment(words).get_template(f"{name}.html.jinja").render(content).strip()


@cache
def _environment(words: Words) -> Environment:
    environment = _base_environment(as_markdown, words, Markdown)
    environment.globals.update(anchor=attributes)
    environment.filters.update(prose=prose, trusted=Markdown, inset=_inset)
    return environment


@cache
def _html_environment(words: Words) -> Environment:
    environment = _base_environment(_as_html, words, Markup)
    environment.autoescape = True
    return environment


@cache
def _letter_environment(words: Words) -> Environment:
    environment = _base_environment(as_plain, words, str)
    environment.filters.update(wrap=wrapped, underline=underlined, laid=_laid_out)
    return environment


class _Context(Context):
    """Calls the functions that templates name, and nothing more.

    None of them wants Jinja's context, and Jinja takes longer to ask each whether it does than most take to answer.
    """

    def call(
        self,
        function: Callable[..., object],
        /,
        *args: object,
        _loop_vars: object = None,
        _block_vars: object = None,
        **named: object,
    ) -> object:
        return function(*args, **named)


def _base_environment(
    finalize: Callable[[object], object], words: Words, finished: Callable[[str], str]
) -> Environment:
    """Environment in which ``finalize`` is applied to all output, so that no template can forget it.

    It also applies to values inserted into translated texts, which ``finished`` marks as safe.
    """

    def finalized(values: Mapping[str, object]) -> dict[str, object]:
        return {name: value if isinstance(value, int) else finalize(value) for name, value in values.items()}

    def sentence(text: str) -> str:
        return finished(_with_one_stop(text))

    def say(text: str, **values: object) -> str:
        return sentence(words.say(text, **finalized(values)))

    def counted(one: str, several: str, number: int, **values: object) -> str:
        return sentence(words.counted(one, several, number, **finalized(values)))

    environment = Environment(  # noqa: S701 — finalize escapes; what becomes HTML is escaped by Jinja besides
        loader=PackageLoader("digestgen.publish"),
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.context_class = _Context
    environment.globals.update(say=say, counted=counted)
    environment.filters.update(count=count, day=words.day, month=words.month, number=words.number)
    return environment


def _with_one_stop(sentence: str) -> str:
    """The sentence without its full stop if its last word, perhaps linked, has one of its own ("in the U.S.")."""
    return _TWO_STOPS.sub(r".\g<link>", sentence)


def _as_html(value: object) -> Markup:
    """Escape a template's output for HTML unless it is HTML already; drop invisible characters."""
    return escape(value if hasattr(value, "__html__") else clean_line(str(value)))


def _laid_out(lines: str) -> PlainText:
    """Mark lines as laid out by a macro."""
    return PlainText(lines.strip("\n"))


def _inset(text: str) -> Markdown:
    """Indent a curator's Markdown for use in a list item."""
    return Markdown(indent(text, "    "))
