"""Write an article as a readable Markdown seed that parses back to exactly that article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from digestgen.decode import LONGEST_LINE
from digestgen.ingest.draft import Draft
from digestgen.ingest.read import Defaults, draft_seed, read_seed
from digestgen.ingest.records.visibility_flags import stray_setting
from digestgen.model import UNKNOWN_LANGUAGE, Article, Embargo, Publish, Seed
from digestgen.strict_yaml import scalar

_ANYWHERE = re.compile(
    r"[\\`*\[\]<|~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|\^(?=\w+$)|(?<==)=|=(?==)|%%|\$\$?|\{[{%]|[}%]\}"
)
"""Characters that may be markup anywhere, in CommonMark or one of its dialects."""
_AT_START = re.compile(r"(?:[-+=#>:!]|\d{1,9}(?=[.)]))")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")


_DEFAULTS = Defaults(language=None, publish=Publish.SUMMARY)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedFields:
    """The front matter of a seed."""

    title: str | None
    made: bool
    """Whether the title was made, not given."""
    source: str | None
    url: str | None
    published: date | None
    language: str | None
    publish: Publish | None
    tags: tuple[str, ...]
    withheld: bool
    publish_on: date | None = None


def article_as_seed(draft: Draft, article: Article, name: str) -> str | None:
    """The seed text of an article, from its draft and its finished form; None if none parses back to it.

    ``name`` is the seed's file name, which its reader uses too. A title found as the first line of the text, or a made
    one, goes into the front matter if that leaves the article unchanged.
    """
    fields = SeedFields(
        title=article.title,
        made=draft.title is None and not article.titled,
        source=article.source,
        url=article.url,
        published=article.published,
        language=None if article.language == UNKNOWN_LANGUAGE else article.language,
        publish=draft.publish,
        tags=tuple(draft.hints),
        withheld=article.directive is not None and not article.directive.show,
        publish_on=_last(article.embargoes),
    )
    opens_with_title = draft.title is None and draft.paragraphs[:1] == (article.title,)
    for title, paragraphs in (
        (article.title, draft.paragraphs[1:] if opens_with_title else draft.paragraphs),
        (draft.title, draft.paragraphs),
    ):
        text = render_seed(replace(fields, title=title), paragraphs)
        if text is not None and _read_back(text, name) == _essence(article):
            return text
    return None


def _last(embargoes: Sequence[Embargo]) -> date | None:
    return max((embargo.day for embargo in embargoes), default=None)


def _read_back(text: str, name: str) -> tuple[object, ...] | None:
    articles = read_seed(Seed(name=name, text=text), _DEFAULTS).articles
    return _essence(articles[0]) if len(articles) == 1 else None


def _essence(article: Article) -> tuple[object, ...]:
    return (article.title, article.standfirst, article.paragraphs, article.published, article.hints)


def render_seed(fields: SeedFields, paragraphs: Sequence[str]) -> str | None:
    """A Markdown seed with these paragraphs; None if Markdown cannot express them.

    The result is always read back before it is returned, since the set of dialects read as markup grows.
    """
    head = "---\n" + "".join(f"{line}\n" for line in _front_matter(fields)) + "---\n"
    for escape in (_escape_lightly, _escape_heavily):
        text = head + "".join(f"\n{escape(paragraph)}\n" for paragraph in paragraphs)
        if all(len(line) <= LONGEST_LINE for line in text.split("\n")) and _reads_as(text, fields, paragraphs):
            return text
    return None


def _front_matter(fields: SeedFields) -> Iterator[str]:
    if fields.title is not None:
        yield f"title: {scalar(fields.title)}{'  # made from the text' if fields.made else ''}"
    for key, value in (
        ("source", fields.source),
        ("url", fields.url),
        ("published", fields.published),
        ("language", fields.language),
    ):
        if value is not None:
            yield f"{key}: {scalar(str(value))}"
    if fields.tags:
        yield f"tags: [{', '.join(map(scalar, fields.tags))}]"
    if fields.publish is not None:
        yield f"publish: {fields.publish}"
    if fields.withheld:
        yield "draft: true"
    if fields.publish_on is not None:
        yield f"publish_on: {fields.publish_on}"


def _escape_lightly(paragraph: str) -> str:
    """Escape only what could be markup, so that prose stays readable."""
    escaped = _ANYWHERE.sub(lambda found: "".join(f"\\{char}" for char in found[0]), paragraph)
    if stray_setting([paragraph]) is not None:
        escaped = re.sub(r"[:={]", r"\\\g<0>", escaped)
    start = _AT_START.match(escaped)
    if start is None:
        return escaped
    return f"{start[0]}\\{escaped[start.end() :]}" if start[0].isdigit() else f"\\{escaped}"


def _escape_heavily(paragraph: str) -> str:
    """Escape all punctuation as character references, which no dialect treats as markup."""
    return _PUNCTUATION.sub(lambda found: f"&#{ord(found[0])};", paragraph)


def _reads_as(text: str, fields: SeedFields, paragraphs: Sequence[str]) -> bool:
    found = draft_seed(Seed(name="a.md", text=text), _DEFAULTS)
    if len(found.drafts) != 1 or found.problems:
        return False
    (draft,) = found.drafts
    return (
        tuple(draft.paragraphs) == tuple(paragraphs)
        and draft.title == fields.title
        and (draft.source, draft.url, draft.published) == (fields.source, fields.url, fields.published)
        and (draft.directive is not None and not draft.directive.show) == fields.withheld
        and _last(draft.embargoes) == fields.publish_on
    )
