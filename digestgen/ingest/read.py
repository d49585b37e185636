"""The door of the ingest wing: a seed in, its articles and its problems out.

::

    seed → reader of its format → drafts → language, title, id → articles

A digest reads in two steps, since a title must not be made of a line that recurs in the drafts of all seeds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from digestgen.errors import Problem
from digestgen.fields import quoted
from digestgen.ingest.draft import Draft, Found
from digestgen.ingest.dump import read_dump
from digestgen.ingest.feed import read_feed
from digestgen.ingest.file_title import Named, told_by_name
from digestgen.ingest.identity import article_id
from digestgen.ingest.json_seed import read_json
from digestgen.ingest.jsonl import read_jsonl
from digestgen.ingest.language import FALLBACK, language_of
from digestgen.ingest.mail import read_mail, read_mailbox
from digestgen.ingest.markdown_seed import read_markdown
from digestgen.ingest.table import read_table
from digestgen.ingest.titles import head_of
from digestgen.ingest.web_page import read_web_page
from digestgen.ingest.withheld import decisive, drafted, stray_word
from digestgen.model import Article, Due, Publish, Seed, Sidecar
from digestgen.recurring import kept
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


@dataclass(frozen=True, slots=True)
class Drafts:
    """A seed before its articles have titles: what its reader found."""

    seed: Seed
    drafts: tuple[Draft, ...]
    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...]
    told: str | None
    """The language that the sidecar or the defaults give."""
    around: str
    """The language of the whole seed."""


def draft_seed(seed: Seed, defaults: Defaults) -> Drafts:
    """What the reader that the ending of a seed's name calls for finds in it."""
    told = seed.sidecar.language or defaults.language
    kind = kind_of_seed(seed.name)
    if kind is None:
        problem = Problem(seed.name, None, f"is not a kind of seed that is read ({', '.join(ENDINGS)})")
        return Drafts(seed, (), (problem,), (), told, FALLBACK)
    found = READERS[kind](seed, told)
    problems = tuple(found.problems)
    if not (found.drafts or problems or found.notices) and seed.sidecar.articles is None:
        problems = (Problem(seed.name, None, "has no text in it"),)
    return Drafts(
        seed, tuple(found.drafts), problems, tuple(found.notices), told, told or _language_of_all(found.drafts)
    )


def finish(
    found: Drafts,
    defaults: Defaults,
    recurring: frozenset[str] = frozenset(),
    known: Mapping[str, str] = MappingProxyType({}),
) -> Reading:
    """The articles of a seed.

    What a text says of itself (front matter, a JSON object) wins over the sidecar's word on the whole seed, which
    wins over ``defaults``; the sidecar's word on one article wins over everything. Of words on whether an article is
    shown, one that withholds wins. Withheld articles are among those returned, with that word as their directive;
    articles of which it cannot be told are not. No title is made of lines that are ``recurring``, but for an article
    that readers know by such a title already: ``known`` has their titles by id.
    """
    articles = tuple(_article(draft, found, defaults, recurring, known) for draft in found.drafts)
    return Reading(articles, found.problems, found.notices)


def read_seed(seed: Seed, defaults: Defaults) -> Reading:
    """The articles of a seed read by itself: ``draft_seed`` and ``finish``."""
    return finish(draft_seed(seed, defaults), defaults)


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


def _article(
    draft: Draft, found: Drafts, defaults: Defaults, recurring: frozenset[str], known: Mapping[str, str]
) -> Article:
    seed, sidecar, told = found.seed, found.seed.sidecar, found.told
    named = _named(found)
    language = draft.language or told or language_of(" ".join(draft.paragraphs[:20]), found.around)
    head = head_of(draft.paragraphs, draft.title or named.title, language, recurring)
    if not head.titled and named.slug_title:
        head = head_of(draft.paragraphs, named.slug_title, language, recurring)
    id_ = draft.id or article_id(draft.paragraphs or head.paragraphs)
    if id_ in known and kept(recurring, draft.paragraphs, language) != tuple(draft.paragraphs):
        plain = head_of(draft.paragraphs, draft.title, language)
        head = plain if plain.title == known[id_] else head
    return Article(
        id=id_,
        title=head.title,
        titled=head.titled,
        standfirst=head.standfirst,
        paragraphs=head.paragraphs,
        truncated=head.truncated,
        source=draft.source or sidecar.source or draft.author,
        url=draft.url or sidecar.url,
        published=draft.published or sidecar.published or named.day,
        language=language,
        publish=draft.publish or sidecar.publish or defaults.publish,
        seed=seed.name,
        lines=draft.lines,
        boundary_confidence=draft.confidence,
        directive=decisive(
            (draft.directive, drafted(sidecar.draft, sidecar.name, sidecar.key_lines.get("draft"))),
        ),
        dues=(*draft.dues, *_dues_of_seed(sidecar)),
        hints=draft.hints,
    )


def _dues_of_seed(sidecar: Sidecar) -> tuple[Due, ...]:
    day, line = sidecar.publish_on, sidecar.key_lines.get("publish_on")
    return (Due(day, sidecar.name, line),) if day else ()


def _named(found: Drafts) -> Named:
    """What the seed's name tells of an article in it: nothing, unless that is the only one.

    A note is named by its title; plain text and data are as often as not by something else.
    """
    if len(found.drafts) != 1:
        return Named(None, None, None)
    named = told_by_name(found.seed.name)
    kind = kind_of_seed(found.seed.name)
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


def _text(seed: Seed, told: str | None) -> Found:
    if stray := stray_word(seed.text.split("\n")):
        line, word = stray
        message = (
            f"{quoted(word)} stands among the text; of a .txt seed, say that in its sidecar. "
            "The seed is left out until this line is gone"
        )
        return Found((), (Problem(seed.name, line, message),))
    return Found(*read_dump(seed, told or language_of_text(seed.text)))


def _of_text(read: Callable[[str, str], Found]) -> Reader:
    """The reader of a format that parts its articles itself: given the text and the file's name, it needs no more."""
    return lambda seed, _: _unsplit(seed, read(seed.text, seed.name))


Reader = Callable[[Seed, str | None], Found]
"""What reads one kind of seed: the seed, and the language that its sidecar or the digest's settings tell."""
READERS: Mapping[SeedKind, Reader] = MappingProxyType(
    {
        SeedKind.TEXT: _text,
        SeedKind.MARKDOWN: _of_text(read_markdown),
        SeedKind.JSON_LINES: _of_text(read_jsonl),
        SeedKind.WEB_PAGE: _of_text(read_web_page),
        SeedKind.FEED: _of_text(read_feed),
        SeedKind.JSON: _of_text(read_json),
        SeedKind.TABLE: _of_text(read_table),
        SeedKind.MAIL: _of_text(read_mail),
        SeedKind.MAILBOX: _of_text(read_mailbox),
    }
)
