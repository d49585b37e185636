"""The door of the ingest wing: a seed in, its articles and its problems out.

::

    seed → reader of its format → drafts → language, title, id → articles

A digest reads in two steps, since a title must not be made of a line that recurs in the drafts of all seeds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from digestgen.errors import Problem
from digestgen.fields import quoted
from digestgen.ingest.article_ids import article_id
from digestgen.ingest.draft import Draft, Found
from digestgen.ingest.records.json_lines import read_jsonl
from digestgen.ingest.records.json_seed import read_json
from digestgen.ingest.records.table import read_table
from digestgen.ingest.records.visibility_flags import decisive, drafted, stray_word
from digestgen.ingest.recurring_lines import kept
from digestgen.ingest.titles.file_title import Named, told_by_name
from digestgen.ingest.titles.head import head_of
from digestgen.language.detection import FALLBACK, language_of
from digestgen.model import Article, Directive, Due, Publish, Seed, Sidecar
from digestgen.seed_kinds import ENDINGS, SeedKind, kind_of_seed

_SAMPLE = 4_000
"""Characters by which the language of a seed is told."""
_LEAST_SHARE = 40


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for an article where neither its seed nor its sidecar says otherwise."""

    language: str | None
    """ISO 639 code; None to find it out from the text."""
    publish: Publish


@dataclass(frozen=True, slots=True)
class Reading:
    """The articles of one seed, in its order, and what could not be read of it."""

    articles: tuple[Article, ...]
    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...] = ()
    """What was passed over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedFacts:
    """What holds for every article of a seed that does not say otherwise itself; None where nothing is said."""

    name: str
    """The seed's."""
    told: str | None
    """The language that the sidecar or the defaults give."""
    around: str
    """The language of the whole seed."""
    publish: Publish
    source: str | None
    url: str | None
    published: date | None
    directive: Directive | None
    dues: tuple[Due, ...]
    named: Named
    """What the seed's name tells of an article in it."""


@dataclass(frozen=True, slots=True)
class Drafts:
    """A seed before its articles have titles: what its reader found."""

    facts: SeedFacts
    drafts: tuple[Draft, ...]
    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...]


def draft_seed(seed: Seed, defaults: Defaults) -> Drafts:
    """What the reader that the ending of a seed's name calls for finds in it."""
    told = seed.sidecar.language or defaults.language
    kind = kind_of_seed(seed.name)
    if kind is None:
        problem = Problem(seed.name, None, f"is not a kind of seed that is read ({', '.join(ENDINGS)})")
        return Drafts(_facts(seed, (), told, defaults), (), (problem,), ())
    found = READERS[kind](seed, told)
    problems = tuple(found.problems)
    if not (found.drafts or problems or found.notices) and seed.sidecar.articles is None:
        problems = (Problem(seed.name, None, "has no text in it"),)
    drafts = tuple(found.drafts)
    return Drafts(_facts(seed, drafts, told, defaults), drafts, problems, tuple(found.notices))


def _facts(seed: Seed, drafts: Sequence[Draft], told: str | None, defaults: Defaults) -> SeedFacts:
    sidecar = seed.sidecar
    return SeedFacts(
        name=seed.name,
        told=told,
        around=told or _language_of_all(drafts),
        publish=sidecar.publish or defaults.publish,
        source=sidecar.source,
        url=sidecar.url,
        published=sidecar.published,
        directive=drafted(sidecar.draft, sidecar.name, sidecar.key_lines.get("draft")),
        dues=_dues_of_seed(sidecar),
        named=_named(seed.name) if len(drafts) == 1 else Named(None, None, None),
    )


def finish(draft: Draft, facts: SeedFacts, recurring: Collection[int] = ()) -> Article:
    """The article that a draft becomes: what is still open is found out from its text.

    What a text says of itself (front matter, a JSON object) wins over the sidecar's word on the whole seed, which
    wins over the defaults; the sidecar's word on one article wins over everything. Of words on whether an article is
    shown, one that withholds wins, and is the article's directive. No title is made of lines that are ``recurring``.
    """
    named = facts.named
    language = draft.language or facts.told or language_of(" ".join(draft.paragraphs[:20]), facts.around)
    head = head_of(draft.paragraphs, draft.title or named.title, language, recurring)
    if not head.titled and named.slug_title:
        head = head_of(draft.paragraphs, named.slug_title, language, recurring)
    return Article(
        id=id_of(draft) or article_id(head.paragraphs),
        title=head.title,
        titled=head.titled,
        standfirst=head.standfirst,
        paragraphs=head.paragraphs,
        truncated=head.truncated,
        source=draft.source or facts.source or draft.author,
        url=draft.url or facts.url,
        published=draft.published or facts.published or named.day,
        language=language,
        publish=draft.publish or facts.publish,
        seed=facts.name,
        lines=draft.lines,
        boundary_confidence=draft.confidence,
        directive=decisive((draft.directive, facts.directive)),
        dues=(*draft.dues, *facts.dues),
        hints=draft.hints,
    )


def as_before(article: Article, draft: Draft, recurring: Collection[int]) -> Article | None:
    """The same article with the head that it had before its lines were ``recurring``; None where it has that still."""
    head = head_of(draft.paragraphs, draft.title, article.language)
    before = replace(
        article,
        title=head.title,
        titled=head.titled,
        standfirst=head.standfirst,
        paragraphs=head.paragraphs,
        truncated=head.truncated,
    )
    # Of some texts only a part of a sentence recurs: they were read so from the start.
    if before == article or kept(recurring, draft.paragraphs, article.language) == tuple(draft.paragraphs):
        return None
    return before


def id_of(draft: Draft) -> str | None:
    """The id of a draft's article: given, or told by its text; None where its title is all the text there is."""
    return draft.id or (article_id(draft.paragraphs) if draft.paragraphs else None)


def finish_all(found: Drafts) -> Reading:
    """The articles of a seed read by itself.

    Withheld articles are among them, with that word as their directive; articles of which it cannot be told are not.
    """
    return Reading(tuple(finish(draft, found.facts) for draft in found.drafts), found.problems, found.notices)


def read_seed(seed: Seed, defaults: Defaults) -> Reading:
    """The articles of a seed read by itself, from its text on."""
    return finish_all(draft_seed(seed, defaults))


def language_of_text(text: str) -> str:
    """The language of a plain text before it is split: of its beginning and its middle."""
    middle = len(text) // 2
    return language_of(f"{text[: _SAMPLE // 2]} {text[middle : middle + _SAMPLE // 2]}")


def _language_of_all(drafts: Sequence[Draft]) -> str:
    """The language of a whole seed: of the first words of each article, so that none outweighs the others.

    What is withheld has a say only where nothing else is there.
    """
    shown = [draft for draft in drafts if not draft.dues and (draft.directive is None or draft.directive.show)]
    drafts = shown or drafts
    if not any(draft.language is None for draft in drafts):
        return FALLBACK
    share = max(_LEAST_SHARE, _SAMPLE // len(drafts))
    return language_of(" ".join(" ".join(draft.paragraphs[:2])[:share] for draft in drafts))


def _dues_of_seed(sidecar: Sidecar) -> tuple[Due, ...]:
    day, line = sidecar.publish_on, sidecar.key_lines.get("publish_on")
    return (Due(day, sidecar.name, line),) if day else ()


def _named(seed: str) -> Named:
    """What a seed's name tells of the only article in it.

    A note is named by its title; plain text and data are as often as not by something else.
    """
    named = told_by_name(seed)
    kind = kind_of_seed(seed)
    if kind is SeedKind.MARKDOWN:
        return named
    return Named(None, None, named.day if kind is SeedKind.TEXT else None)


def _unsplit(seed: Seed, found: Found) -> Found:
    """The same, with a word on a split that is told; where it leaves something out, nobody can tell what."""
    told = seed.sidecar
    if told.articles is None:
        return found
    refused = Problem(told.name, told.key_lines.get("articles"), "articles: only a .txt seed is split by lines")
    if not any(entry.skip or entry.publish_on for entry in told.articles):
        return replace(found, problems=(*found.problems, refused))
    waits = Problem(seed.name, None, f"is left out until {told.name} is mended")
    return Found((), (*found.problems, refused, waits), found.notices)


# The libraries of some formats take longer to load than a small digest to build, so each is loaded for its first seed.


def _text(seed: Seed, told: str | None) -> Found:
    if stray := stray_word(seed.text.split("\n")):
        line, word = stray
        message = (
            f"{quoted(word)} stands among the text; of a .txt seed, say that in its sidecar. "
            "The seed is left out until this line is gone"
        )
        return Found((), (Problem(seed.name, line, message),))
    from digestgen.ingest.splitting.dump import read_dump  # noqa: PLC0415 -- see above

    return Found(*read_dump(seed, told or language_of_text(seed.text)))


def _markdown(text: str, name: str) -> Found:
    from digestgen.ingest.markdown.markdown_seed import read_markdown  # noqa: PLC0415 -- see above

    return read_markdown(text, name)


def _web_page(text: str, name: str) -> Found:
    from digestgen.ingest.html.web_page import read_web_page  # noqa: PLC0415 -- see above

    return read_web_page(text, name)


def _feed(text: str, name: str) -> Found:
    from digestgen.ingest.feed import read_feed  # noqa: PLC0415 -- see above

    return read_feed(text, name)


def _mail(text: str, name: str) -> Found:
    from digestgen.ingest.mail.mail_seed import read_mail  # noqa: PLC0415 -- see above

    return read_mail(text, name)


def _mailbox(text: str, name: str) -> Found:
    from digestgen.ingest.mail.mail_seed import read_mailbox  # noqa: PLC0415 -- see above

    return read_mailbox(text, name)


def _of_text(read: Callable[[str, str], Found]) -> Reader:
    """The reader of a format that parts its articles itself: given the text and the file's name, it needs no more."""
    return lambda seed, _: _unsplit(seed, read(seed.text, seed.name))


Reader = Callable[[Seed, str | None], Found]
"""What reads one kind of seed: the seed, and the language that its sidecar or the digest's settings tell."""
READERS: Mapping[SeedKind, Reader] = MappingProxyType(
    {
        SeedKind.TEXT: _text,
        SeedKind.MARKDOWN: _of_text(_markdown),
        SeedKind.JSON_LINES: _of_text(read_jsonl),
        SeedKind.WEB_PAGE: _of_text(_web_page),
        SeedKind.FEED: _of_text(_feed),
        SeedKind.JSON: _of_text(read_json),
        SeedKind.TABLE: _of_text(read_table),
        SeedKind.MAIL: _of_text(_mail),
        SeedKind.MAILBOX: _of_text(_mailbox),
    }
)
