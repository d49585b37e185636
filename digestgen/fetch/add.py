"""``digestgen add``: turn addresses and files into readable seeds, one per article, unless they are there already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path, PurePath

from digestgen.charsets import text_of
from digestgen.curate.files.sidecar import missing, read_sidecar
from digestgen.curate.files.stray_files import OWN_STEMS, stem_of
from digestgen.decode import decode
from digestgen.errors import InputError, Problem
from digestgen.fetch.address_lists import address_lines, addresses_in, is_address
from digestgen.fetch.canonical import host_of, is_deep_link, without_tracking
from digestgen.fetch.client import Client
from digestgen.fetch.content_sniffing import resolve_link, seed_name
from digestgen.fetch.existing_articles import DEFAULTS, ExistingArticles, read_existing
from digestgen.fetch.parallel import ordered_map
from digestgen.fetch.result import Document, FetchError
from digestgen.fetch.seed_text import article_as_seed
from digestgen.ingest.article_ids import article_id
from digestgen.ingest.draft import Draft
from digestgen.ingest.read import SeedDrafts, draft_seed, finish_drafts
from digestgen.model import SURE, Article, Seed, Sidecar
from digestgen.seed_folder import LARGEST_FILE
from digestgen.seed_kinds import UNREAD, SeedKind, ending_of, is_no_seed, kind_of_seed, sidecar_name
from digestgen.slugs import slug
from digestgen.writer import create

_MARKDOWN, _PLAIN = ".md", ".txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """One thing to add."""

    name: str
    """As given by the curator or in a list."""
    address: str | None = None
    file: Path | None = None
    problem: str | None = None
    """Why it cannot be added, if that is known from the start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddResult:
    """The result for one thing, or for one article in it."""

    name: str
    file: Path | None = None
    """The seed that was written."""
    title: str | None = None
    existing: str | None = None
    """The seed that already has it."""
    problem: str | None = None
    """Why nothing could be added."""
    note: str | None = None
    """What the curator should know about a seed that was written."""


def expand_arguments(arguments: Sequence[str], piped: str = "") -> tuple[Addition, ...]:
    """Expand arguments to addresses and files, including the entries of lists; ``piped`` is the input for ``-``."""
    found: list[Addition] = []
    for argument in arguments or ("-",):
        if argument == "-":
            found += (Addition(name=line, address=line) for line in address_lines(piped))
        elif is_address(argument) or ("://" in argument and not Path(argument).exists()):
            found.append(Addition(name=argument, address=argument))
        else:
            found += _expand_file(argument)
    return tuple(dict.fromkeys(found))


def _expand_file(name: str) -> list[Addition]:
    """The addresses in a file that lists addresses; otherwise the file itself."""
    path = Path(name)
    alone = [Addition(name=name, file=path)]
    try:
        if not path.is_file() or path.stat().st_size > LARGEST_FILE:
            return alone
        addresses = addresses_in(text_of(path.read_bytes()), path.name)
    except OSError:
        return alone
    except InputError as error:
        return [Addition(name=name, problem=_joined_messages(error.problems))]
    if addresses is None:
        return alone
    if not addresses:
        return [Addition(name=name, problem="is a list of addresses, and none of them is of the web")]
    return [Addition(name=address, address=address) for address in addresses]


def add(additions: Sequence[Addition], seeds: Path, client: Client) -> Iterator[AddResult]:
    """Add things one by one, yielding each result as it is done.

    Raises InputError if the seeds folder cannot be read or written.
    """
    importer = _Importer(seeds, read_existing(seeds))

    def fetched(thing: Addition) -> Document | FetchError | None:
        if thing.address is None or importer.known.by_address([thing.address]):
            return None
        try:
            return client.get(thing.address)
        except FetchError as error:
            return error

    for thing, document in zip(additions, ordered_map(fetched, additions, client.close), strict=True):
        try:
            yield from importer.add(thing, document)
        except UnwritableError:
            raise
        except InputError as error:
            yield AddResult(name=thing.name, problem=_joined_messages(error.problems))
        except Exception as error:  # noqa: BLE001 -- a fault of ours in one text must not cost the others
            yield AddResult(name=thing.name, problem=f"made digestgen fail ({type(error).__name__}); please report it")


def _joined_messages(problems: Iterable[Problem]) -> str:
    return "; ".join(f"line {one.line}: {one.message}" if one.line else one.message for one in problems)


class UnwritableError(InputError):
    """The seeds folder is not writable, so there is no point in continuing."""


class _Importer:
    """Checks, names and writes the seeds of added articles."""

    def __init__(self, seeds: Path, known: ExistingArticles) -> None:
        self.seeds = seeds
        self.known = known
        self._stems = {stem_of(path.name) for path in seeds.iterdir()} if seeds.is_dir() else set()

    def add(self, addition: Addition, document: Document | FetchError | None) -> Iterator[AddResult]:
        """Add one thing; ``document`` is the response from its address, None if nothing had to be fetched."""
        if addition.problem is not None or isinstance(document, FetchError):
            yield AddResult(name=addition.name, problem=addition.problem or str(document))
        elif document is not None:
            yield from self._add_page(addition, document)
        elif addition.file is not None:
            yield from self._add_file(addition, addition.file)
        else:
            yield AddResult(name=addition.name, existing=self.known.by_address([addition.address or ""]))

    def _add_page(self, addition: Addition, document: Document) -> Iterator[AddResult]:
        """Add what an address returned: an article, or a feed of several."""
        address = addition.address or document.url
        if existing := self.known.by_address([document.url]):
            yield AddResult(name=addition.name, existing=existing)
            return
        text = text_of(document.body, document.charset)
        found = draft_seed(Seed(name=seed_name(document.url, document.media_type, text), text=text), DEFAULTS)
        alone = len(found.drafts) == 1
        drafts = tuple(_with_address(draft, document.url, alone=alone) for draft in found.drafts)
        also = (address, document.url) if alone else ()
        yield from self._add_all(addition, replace(found, drafts=drafts), also)

    def _add_file(self, addition: Addition, path: Path) -> Iterator[AddResult]:
        """Add the articles in a file."""
        if path.resolve().is_relative_to(self.seeds.resolve()):
            raise InputError([Problem(addition.name, None, "is in the seeds folder already, and is read from there")])
        seed = _read_seed(path)
        found = draft_seed(seed, DEFAULTS)
        doubtful = kind_of_seed(seed.name) is SeedKind.TEXT and any(draft.confidence < SURE for draft in found.drafts)
        if doubtful and len(found.drafts) > 1:
            yield self._copy(addition, seed, found)
            return
        yield from self._add_all(addition, found, ())

    def _add_all(self, addition: Addition, found: SeedDrafts, also: Sequence[str]) -> Iterator[AddResult]:
        drafts = tuple(
            replace(draft, url=without_tracking(draft.url) if draft.url and is_address(draft.url) else None)
            for draft in found.drafts
        )
        found = replace(found, drafts=drafts)
        articles = finish_drafts(found).articles
        if not articles and not found.problems:
            yield AddResult(name=addition.name, problem="has no text that could be read")
        for problem in found.problems:
            yield AddResult(name=addition.name, problem=_joined_messages([problem]))
        for notice in found.notices:
            yield AddResult(name=addition.name, note=_joined_messages([notice]))
        for draft, article in zip(found.drafts, articles, strict=True):
            yield self._add(addition, draft, article, also)

    def _add(self, addition: Addition, draft: Draft, article: Article, also: Sequence[str]) -> AddResult:
        addresses = [*also, *([article.url] if article.url else [])]
        existing = self.known.by_address(addresses) or self.known.by_text(article)
        if existing:
            return AddResult(name=addition.name, title=article.title, existing=existing)
        for stem in _stems(article):
            # Readers use the file name too, so not every text can have every name.
            name = self._free(stem, _MARKDOWN)
            text = article_as_seed(draft, article, name)
            if text is not None:
                path = self._write(name, text)
                self.known.add(_in_seed(article, path), addresses)
                return AddResult(name=addition.name, title=article.title, file=path)
        return AddResult(name=addition.name, title=article.title, problem="has no text that Markdown can express")

    def _copy(self, addition: Addition, seed: Seed, found: SeedDrafts) -> AddResult:
        """Copy a dump with doubtful boundaries as it is, so that its split can be corrected."""
        articles = finish_drafts(found).articles
        existing = [self.known.by_text(article) for article in articles]
        if all(existing):
            return AddResult(name=addition.name, existing=existing[0])
        path = self._write(self._free(slug(PurePath(seed.name).stem) or "text", _PLAIN), seed.text)
        for article in articles:
            self.known.add(_in_seed(article, path), [])
        note = (
            f"was copied whole, since it is not certain where its {len(articles)} articles begin; "
            f"`digestgen split {path.stem}` writes down what is likely, for you to correct"
        )
        return AddResult(name=addition.name, file=path, note=note)

    def _free(self, stem: str, ending: str) -> str:
        """A name that no seed or sidecar has, whatever its extension."""
        for number in count(1):
            name = f"{stem}{ending}" if number == 1 else f"{stem}-{number}{ending}"
            if stem_of(name) not in self._stems and stem_of(name) not in OWN_STEMS and not is_no_seed(name):
                return name
        raise AssertionError  # pragma: no cover -- there is always a further number

    def _write(self, name: str, text: str) -> Path:
        path = self.seeds / name
        try:
            self._stems.add(stem_of(name))
            if create(path, text):
                return path
        except InputError as error:
            raise UnwritableError(error.problems) from None
        raise InputError([Problem(str(path), None, "was written by another program just now; add it again")])


def _stems(article: Article) -> Iterator[str]:
    """Candidate names for the seed of an article, best first."""
    words = slug(article.title) or slug(host_of(article.url or ""))
    day = article.published.isoformat() if article.published else ""
    if words:
        yield f"{day}-{words}".strip("-")
    yield f"{day}-{slug(article.id)}".strip("-") or "text"
    yield f"text-{article_id(article.paragraphs)}"


def _in_seed(article: Article, path: Path) -> Article:
    """The article as part of another seed."""
    return replace(article, seed=path.name)


def _with_address(draft: Draft, url: str, *, alone: bool) -> Draft:
    """Give a fetched draft its address, and the site as its source if it names none."""
    own = resolve_link(url, draft.url) if draft.url else None
    if alone and (own is None or not is_deep_link(own)):
        own = url
    return replace(draft, url=own, source=draft.source or host_of(own or url) or None)


def _read_seed(path: Path) -> Seed:
    try:
        if not path.exists():
            raise InputError([Problem(str(path), None, "is not there")])
        if not path.is_file():
            raise InputError([Problem(str(path), None, "is not a regular file; give the files in it one by one")])
        if path.stat().st_size > LARGEST_FILE:
            raise InputError([Problem(str(path), None, f"is larger than {LARGEST_FILE >> 20} MB; split it")])
        data = path.read_bytes()
    except OSError as error:
        raise InputError([Problem(str(path), None, f"cannot be read: {error.strerror}")]) from None
    if unread := UNREAD.get(ending_of(path.name)):
        raise InputError([Problem(path.name, None, f"is {unread[0]}, which is not read; {unread[1]}")])
    if kind_of_seed(path.name) is None:
        # The reader reports the unknown kind and what to do about it.
        return Seed(name=path.name, text="")
    decoded = decode(data, path.name)
    if decoded.problems:
        raise InputError(decoded.problems)
    if not decoded.text.strip():
        raise InputError([Problem(path.name, None, "is empty")])
    return Seed(name=path.name, text=decoded.text, sidecar=_sidecar(path))


def _sidecar(path: Path) -> Sidecar:
    """The sidecar beside a file from another seeds folder, since it may withhold part of the file."""
    beside = path.with_name(sidecar_name(path.name))
    if not beside.is_file() or beside == path:
        return Sidecar()
    text = decode(beside.read_bytes(), beside.name).text
    sidecar = read_sidecar(text, beside.name)
    if problems := missing(sidecar, text):
        raise InputError(problems)
    return sidecar
