"""Entry point for reading: seed → reader for its format → drafts → language, title, id → articles.

Drafting and finishing are separate steps, since a title must not be made of a line that recurs across all seeds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from digestgen.errors import Problem
from digestgen.fields import quoted
from digestgen.ingest.article_ids import article_id
from digestgen.ingest.draft import Draft, ParsedSeed
from digestgen.ingest.records.json_lines import read_jsonl
from digestgen.ingest.records.json_seed import read_json
from digestgen.ingest.records.table import read_table
from digestgen.ingest.records.visibility_flags import decisive_directive, draft_directive, stray_setting
from digestgen.ingest.recurring_lines import without_recurring
from digestgen.ingest.titles.file_title import FileName, parse_file_name
from digestgen.ingest.titles.head import head_of
from digestgen.language.detection import FALLBACK, detect_language
from digestgen.model import Article, Directive, Embargo, Publish, Seed, Sidecar
from digestgen.seed_kinds import ENDINGS, SeedKind, kind_of_seed

_SAMPLE = 4_000
"""Characters from which the language of a seed is detected."""
_LEAST_SHARE = 40
"""Least number of them from each of its articles."""
_PARAGRAPHS = 20
"""Most paragraphs of an article that are looked at for its language."""


@dataclass(frozen=True, slots=True)
class Defaults:
    """Values for articles whose seed and sidecar do not say otherwise."""

    language: str | None
    """ISO 639 code; None to detect it from the text."""
    publish: Publish


@dataclass(frozen=True, slots=True)
class SeedArticles:
    """The articles of one seed, in its order, and what could not be read."""

    articles: tuple[Article, ...]
    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...] = ()
    """What was skipped without harm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedDefaults:
    """Values for all articles of a seed that do not give their own; None where unknown."""

    name: str
    """Name of the seed."""
    language: str | None
    """Language given by the sidecar or the defaults."""
    seed_language: str
    """Language of the whole seed."""
    publish: Publish
    source: str | None
    url: str | None
    published: date | None
    directive: Directive | None
    embargoes: tuple[Embargo, ...]
    file_name: FileName
    """Title and day taken from the seed's file name."""


@dataclass(frozen=True, slots=True)
class SeedDrafts:
    """What the reader found in a seed, before titles are made."""

    defaults: SeedDefaults
    drafts: tuple[Draft, ...]
    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...]


def draft_seed(seed: Seed, defaults: Defaults) -> SeedDrafts:
    """Run the reader for a seed's file extension."""
    language = seed.sidecar.language or defaults.language
    kind = kind_of_seed(seed.name)
    if kind is None:
        problem = Problem(seed.name, None, f"is not a kind of seed that is read ({', '.join(ENDINGS)})")
        return SeedDrafts(_seed_defaults(seed, (), language, defaults), (), (problem,), ())
    found = READERS[kind](seed, language)
    problems = tuple(found.problems)
    if not (found.drafts or problems or found.notices) and seed.sidecar.articles is None:
        problems = (Problem(seed.name, None, "has no text in it"),)
    drafts = tuple(found.drafts)
    return SeedDrafts(_seed_defaults(seed, drafts, language, defaults), drafts, problems, tuple(found.notices))


def _seed_defaults(seed: Seed, drafts: Sequence[Draft], language: str | None, defaults: Defaults) -> SeedDefaults:
    sidecar = seed.sidecar
    return SeedDefaults(
        name=seed.name,
        language=language,
        seed_language=language or _seed_language(drafts),
        publish=sidecar.publish or defaults.publish,
        source=sidecar.source,
        url=sidecar.url,
        published=sidecar.published,
        directive=draft_directive(sidecar.draft, sidecar.name, sidecar.key_lines.get("draft")),
        embargoes=_seed_embargoes(sidecar),
        file_name=_file_name(seed.name) if len(drafts) == 1 else FileName(None, None, None),
    )


def finish_draft(draft: Draft, defaults: SeedDefaults, recurring: Collection[int] = ()) -> Article:
    """Turn a draft into an article, working out what the seed left open.

    Precedence: the sidecar's word on the one article, then the text itself (front matter, JSON object), then the
    sidecar's word on the whole seed, then the defaults. For visibility, a word that withholds wins over all. No title
    is made of ``recurring`` lines.
    """
    file_name = defaults.file_name
    language = (
        draft.language
        or defaults.language
        or detect_language(" ".join(draft.paragraphs[:_PARAGRAPHS]), defaults.seed_language)
    )
    head = head_of(draft.paragraphs, draft.title or file_name.title, language, recurring)
    if not head.titled and file_name.slug_title:
        head = head_of(draft.paragraphs, file_name.slug_title, language, recurring)
    return Article(
        id=draft_id(draft) or article_id(head.paragraphs),
        title=head.title,
        titled=head.titled,
        standfirst=head.standfirst,
        paragraphs=head.paragraphs,
        truncated=head.truncated,
        source=draft.source or defaults.source or draft.author,
        url=draft.url or defaults.url,
        published=draft.published or defaults.published or file_name.day,
        language=language,
        publish=draft.publish or defaults.publish,
        seed=defaults.name,
        lines=draft.lines,
        boundary_confidence=draft.confidence,
        directive=decisive_directive((draft.directive, defaults.directive)),
        embargoes=(*draft.embargoes, *defaults.embargoes),
        hints=draft.hints,
    )


def as_before(article: Article, draft: Draft, recurring: Collection[int]) -> Article | None:
    """The article with the title it had before its lines were ``recurring``; None if that is still its title."""
    head = head_of(draft.paragraphs, draft.title, article.language)
    before = replace(
        article,
        title=head.title,
        titled=head.titled,
        standfirst=head.standfirst,
        paragraphs=head.paragraphs,
        truncated=head.truncated,
    )
    # In some texts only a part of a sentence recurs: those were read so from the start.
    if before == article or without_recurring(recurring, draft.paragraphs, article.language) == tuple(draft.paragraphs):
        return None
    return before


def draft_id(draft: Draft) -> str | None:
    """The id of a draft's article, given or derived; None if the text consists of the title alone."""
    return draft.id or (article_id(draft.paragraphs) if draft.paragraphs else None)


def finish_drafts(found: SeedDrafts) -> SeedArticles:
    """Finish all drafts of a seed that is read on its own.

    Withheld articles are included, with their directive; articles whose visibility is unclear are not.
    """
    return SeedArticles(
        tuple(finish_draft(draft, found.defaults) for draft in found.drafts), found.problems, found.notices
    )


def read_seed(seed: Seed, defaults: Defaults) -> SeedArticles:
    """Read one seed on its own."""
    return finish_drafts(draft_seed(seed, defaults))


def language_of_plain_text(text: str) -> str:
    """Detect the language of a plain text before it is split, from its beginning and its middle."""
    middle = len(text) // 2
    return detect_language(f"{text[: _SAMPLE // 2]} {text[middle : middle + _SAMPLE // 2]}")


def _seed_language(drafts: Sequence[Draft]) -> str:
    """Detect the language of a whole seed from the first words of each article, so that none dominates.

    Withheld articles count only if there are no others.
    """
    shown = [draft for draft in drafts if not draft.embargoes and (draft.directive is None or draft.directive.show)]
    drafts = shown or drafts
    if not any(draft.language is None for draft in drafts):
        return FALLBACK
    share = max(_LEAST_SHARE, _SAMPLE // len(drafts))
    return detect_language(" ".join(" ".join(draft.paragraphs[:_PARAGRAPHS])[:share] for draft in drafts))


def _seed_embargoes(sidecar: Sidecar) -> tuple[Embargo, ...]:
    day, line = sidecar.publish_on, sidecar.key_lines.get("publish_on")
    return (Embargo(day, sidecar.name, line),) if day else ()


def _file_name(seed: str) -> FileName:
    """Title and day taken from a seed's file name, for a seed with a single article.

    Notes are named by their title; plain text and data files often are not.
    """
    parsed = parse_file_name(seed)
    kind = kind_of_seed(seed)
    if kind is SeedKind.MARKDOWN:
        return parsed
    return FileName(None, None, parsed.day if kind is SeedKind.TEXT else None)


def _refuse_split(seed: Seed, found: ParsedSeed) -> ParsedSeed:
    """Refuse a split of a seed that is not plain text. If the split hides something, leave the whole seed out."""
    sidecar = seed.sidecar
    if sidecar.articles is None:
        return found
    refused = Problem(sidecar.name, sidecar.key_lines.get("articles"), "articles: only a .txt seed is split by lines")
    if not any(entry.skip or entry.publish_on for entry in sidecar.articles):
        return replace(found, problems=(*found.problems, refused))
    waits = Problem(seed.name, None, f"is left out until {sidecar.name} is fixed")
    return ParsedSeed((), (*found.problems, refused, waits), found.notices)


# Some formats' libraries take longer to import than a small digest takes to build, so they are imported on first use.


def _text(seed: Seed, language: str | None) -> ParsedSeed:
    if stray := stray_setting(seed.text.split("\n")):
        line, word = stray
        message = (
            f"{quoted(word)} is in the text, where it has no effect; for a .txt seed, set it in the sidecar. "
            "The seed is left out until this line is removed"
        )
        return ParsedSeed((), (Problem(seed.name, line, message),))
    from digestgen.ingest.splitting.dump import read_dump  # noqa: PLC0415 -- see above

    return ParsedSeed(*read_dump(seed, language or language_of_plain_text(seed.text)))


def _markdown(text: str, name: str) -> ParsedSeed:
    from digestgen.ingest.markdown.markdown_seed import read_markdown  # noqa: PLC0415 -- see above

    return read_markdown(text, name)


def _web_page(text: str, name: str) -> ParsedSeed:
    from digestgen.ingest.html.web_page import read_web_page  # noqa: PLC0415 -- see above

    return read_web_page(text, name)


def _feed(text: str, name: str) -> ParsedSeed:
    from digestgen.ingest.feed import read_feed  # noqa: PLC0415 -- see above

    return read_feed(text, name)


def _mail(text: str, name: str) -> ParsedSeed:
    from digestgen.ingest.mail.mail_seed import read_mail  # noqa: PLC0415 -- see above

    return read_mail(text, name)


def _mailbox(text: str, name: str) -> ParsedSeed:
    from digestgen.ingest.mail.mail_seed import read_mailbox  # noqa: PLC0415 -- see above

    return read_mailbox(text, name)


def _text_reader(read: Callable[[str, str], ParsedSeed]) -> Reader:
    """Adapt a reader that needs only the text and the file name."""
    return lambda seed, _: _refuse_split(seed, read(seed.text, seed.name))


Reader = Callable[[Seed, str | None], ParsedSeed]
"""Reads one kind of seed, given the seed and the language from its sidecar or the defaults."""
READERS: Mapping[SeedKind, Reader] = MappingProxyType(
    {
        SeedKind.TEXT: _text,
        SeedKind.MARKDOWN: _text_reader(_markdown),
        SeedKind.JSON_LINES: _text_reader(read_jsonl),
        SeedKind.WEB_PAGE: _text_reader(_web_page),
        SeedKind.FEED: _text_reader(_feed),
        SeedKind.JSON: _text_reader(read_json),
        SeedKind.TABLE: _text_reader(read_table),
        SeedKind.MAIL: _text_reader(_mail),
        SeedKind.MAILBOX: _text_reader(_mailbox),
    }
)
