"""An article → a Markdown seed that a person can read, and that reads as exactly that article again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from digestgen.ingest.draft import Draft
from digestgen.ingest.read import Defaults, draft_seed, read_seed
from digestgen.ingest.withheld import stray_word
from digestgen.model import UNKNOWN_LANGUAGE, Article, Publish, Seed
from digestgen.strict_yaml import scalar

_ANYWHERE = re.compile(
    r"[\\`*\[\]<|~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|\^(?=\w+$)|(?<==)=|=(?==)|%%|\$\$?|\{[{%]|[}%]\}"
)
"""What may be markup wherever it stands, in CommonMark and in the dialects that are read."""
_AT_START = re.compile(r"(?:[-+=#>:!]|\d{1,9}(?=[.)]))")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")


_DEFAULTS = Defaults(language=None, publish=Publish.SUMMARY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the front matter of a seed says."""

    title: str | None
    made_title: str | None
    """One that nobody gave: it stands there as a comment, for the curator to take over."""
    source: str | None
    url: str | None
    published: date | None
    language: str | None
    publish: Publish | None
    withheld: bool


def written(draft: Draft, article: Article) -> str | None:
    """The seed of an article, as its reader found it and as it was finished; None where it cannot be said in Markdown.

    A title that stands as the first line of the text becomes the seed's, where that changes nothing in the article.
    """
    told = Told(
        title=draft.title,
        made_title=None if draft.title or article.titled else article.title,
        source=article.source,
        url=article.url,
        published=article.published,
        language=None if article.language == UNKNOWN_LANGUAGE else article.language,
        publish=draft.publish,
        withheld=article.directive is not None and not article.directive.show,
    )
    if draft.title is None and article.titled and draft.paragraphs[:1] == (article.title,):
        text = seed_text(replace(told, title=article.title), draft.paragraphs[1:])
        if text is not None and _tells(text) == _told_by(article):
            return text
    return seed_text(told, draft.paragraphs)


def _tells(text: str) -> tuple[object, ...] | None:
    articles = read_seed(Seed(name="a.md", text=text), _DEFAULTS).articles
    return _told_by(articles[0]) if len(articles) == 1 else None


def _told_by(article: Article) -> tuple[object, ...]:
    return (article.title, article.titled, article.standfirst, article.paragraphs)


def seed_text(told: Told, paragraphs: Sequence[str]) -> str | None:
    """A Markdown seed of these paragraphs; None where Markdown has no way to say them.

    Whatever it is escaped with, it is read again before it is handed on: the dialects that are read as markup grow.
    """
    head = "---\n" + "".join(f"{line}\n" for line in _front_matter(told)) + "---\n"
    for escape in (_lightly, _heavily):
        text = head + "".join(f"\n{escape(paragraph)}\n" for paragraph in paragraphs)
        if _reads_as(text, told, paragraphs):
            return text
    return None


def _front_matter(told: Told) -> Iterator[str]:
    if told.title is not None:
        yield f"title: {scalar(told.title)}"
    elif told.made_title is not None:
        yield f"# title: {scalar(told.made_title)}  # made from the text; take the first # away to keep it"
    for key, value in (
        ("source", told.source),
        ("url", told.url),
        ("published", told.published),
        ("language", told.language),
    ):
        if value is not None:
            yield f"{key}: {scalar(str(value))}"
    if told.publish is not None:
        yield f"publish: {told.publish}"
    if told.withheld:
        yield "draft: true"


def _lightly(paragraph: str) -> str:
    """Escaped where it could be markup, so that prose stays prose."""
    escaped = _ANYWHERE.sub(lambda found: "".join(f"\\{char}" for char in found[0]), paragraph)
    if stray_word([paragraph]) is not None:
        escaped = re.sub(r"[:={]", r"\\\g<0>", escaped)
    start = _AT_START.match(escaped)
    if start is None:
        return escaped
    return f"{start[0]}\\{escaped[start.end() :]}" if start[0].isdigit() else f"\\{escaped}"


def _heavily(paragraph: str) -> str:
    """Every sign that is neither letter nor digit by its number, which no dialect takes for anything else."""
    return _PUNCTUATION.sub(lambda found: f"&#{ord(found[0])};", paragraph)


def _reads_as(text: str, told: Told, paragraphs: Sequence[str]) -> bool:
    found = draft_seed(Seed(name="a.md", text=text), _DEFAULTS)
    if len(found.drafts) != 1 or found.problems:
        return False
    (draft,) = found.drafts
    return (
        tuple(draft.paragraphs) == tuple(paragraphs)
        and draft.title == told.title
        and (draft.source, draft.url, draft.published) == (told.source, told.url, told.published)
        and (draft.directive is not None and not draft.directive.show) == told.withheld
    )
