"""``digestgen add``: addresses and files → one seed each that a person can read, unless the digest has them already."""

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
from digestgen.fetch.canonical import host_of, names_a_page, without_tracking
from digestgen.fetch.client import Client
from digestgen.fetch.known import DEFAULTS, Collection, read_collection
from digestgen.fetch.page import joined, seed_name
from digestgen.fetch.parallel import in_order
from digestgen.fetch.result import Answer, FetchError
from digestgen.fetch.seed_text import written
from digestgen.ingest.article_ids import article_id
from digestgen.ingest.draft import Draft
from digestgen.ingest.read import Drafts, draft_seed, finish_all
from digestgen.model import SURE, Article, Seed, Sidecar
from digestgen.seed_folder import LARGEST_FILE
from digestgen.seed_kinds import UNREAD, SeedKind, ending_of, is_no_seed, kind_of_seed, sidecar_name
from digestgen.slugs import slug
from digestgen.writer import create

_MARKDOWN, _PLAIN = ".md", ".txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One thing that is to be added."""

    name: str
    """As the curator gave it, or as it stands in a list."""
    address: str | None = None
    file: Path | None = None
    problem: str | None = None
    """Why it cannot be added, where that is known from the start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of one thing, or of one article in it."""

    asked: str
    file: Path | None = None
    """The seed that was written."""
    title: str | None = None
    there: str | None = None
    """The seed that had it already."""
    problem: str | None = None
    """Why nothing could be added."""
    note: str | None = None
    """What the curator should know of a seed that was written."""


def things(arguments: Sequence[str], piped: str = "") -> tuple[Asked, ...]:
    """What is to be added: addresses, files, and what the lists among them name; ``piped`` stands for ``-``."""
    found: list[Asked] = []
    for argument in arguments or ("-",):
        if argument == "-":
            found += (Asked(name=line, address=line) for line in address_lines(piped))
        elif is_address(argument) or ("://" in argument and not Path(argument).exists()):
            found.append(Asked(name=argument, address=argument))
        else:
            found += _listed(argument)
    return tuple(dict.fromkeys(found))


def _listed(name: str) -> list[Asked]:
    """The addresses in a file, where it is a list of them, and else the file."""
    path = Path(name)
    alone = [Asked(name=name, file=path)]
    try:
        if not path.is_file() or path.stat().st_size > LARGEST_FILE:
            return alone
        addresses = addresses_in(text_of(path.read_bytes()), path.name)
    except OSError:
        return alone
    except InputError as error:
        return [Asked(name=name, problem=_worded(error.problems))]
    if addresses is None:
        return alone
    if not addresses:
        return [Asked(name=name, problem="is a list of addresses, and none of them is of the web")]
    return [Asked(name=address, address=address) for address in addresses]


def add(asked: Sequence[Asked], seeds: Path, client: Client) -> Iterator[Done]:
    """Add one thing after the other, and tell of each as it is done.

    Raises InputError where the seeds folder cannot be read or written.
    """
    desk = _Desk(seeds, read_collection(seeds))

    def fetched(thing: Asked) -> Answer | FetchError | None:
        if thing.address is None or desk.collection.at([thing.address]):
            return None
        try:
            return client.get(thing.address)
        except FetchError as error:
            return error

    for thing, answer in zip(asked, in_order(fetched, asked, client.close), strict=True):
        try:
            yield from desk.add(thing, answer)
        except UnwritableError:
            raise
        except InputError as error:
            yield Done(asked=thing.name, problem=_worded(error.problems))
        except Exception as error:  # noqa: BLE001 -- a fault of ours in one text must not cost the others
            yield Done(asked=thing.name, problem=f"made digestgen fail ({type(error).__name__}); please report it")


def _worded(problems: Iterable[Problem]) -> str:
    return "; ".join(f"line {one.line}: {one.message}" if one.line else one.message for one in problems)


class UnwritableError(InputError):
    """The seeds folder takes no files, so that going on is of no use."""


class _Desk:
    """Where articles are looked at, named and written."""

    def __init__(self, seeds: Path, collection: Collection) -> None:
        self.seeds = seeds
        self.collection = collection
        self._stems = {stem_of(path.name) for path in seeds.iterdir()} if seeds.is_dir() else set()

    def add(self, asked: Asked, answer: Answer | FetchError | None) -> Iterator[Done]:
        """One thing, of which what stands at its address is the ``answer``; None where nothing had to be fetched."""
        if asked.problem is not None or isinstance(answer, FetchError):
            yield Done(asked=asked.name, problem=asked.problem or str(answer))
        elif answer is not None:
            yield from self._add_page(asked, answer)
        elif asked.file is not None:
            yield from self._add_file(asked, asked.file)
        else:
            yield Done(asked=asked.name, there=self.collection.at([asked.address or ""]))

    def _add_page(self, asked: Asked, answer: Answer) -> Iterator[Done]:
        """What stands at an address: an article, or a feed of several."""
        address = asked.address or answer.url
        if there := self.collection.at([answer.url]):
            yield Done(asked=asked.name, there=there)
            return
        text = text_of(answer.body, answer.charset)
        found = draft_seed(Seed(name=seed_name(answer.url, answer.media_type, text), text=text), DEFAULTS)
        alone = len(found.drafts) == 1
        drafts = tuple(_placed(draft, answer.url, alone=alone) for draft in found.drafts)
        also = (address, answer.url) if alone else ()
        yield from self._add_all(asked, replace(found, drafts=drafts), also)

    def _add_file(self, asked: Asked, path: Path) -> Iterator[Done]:
        """The articles in a file."""
        if path.resolve().is_relative_to(self.seeds.resolve()):
            raise InputError([Problem(asked.name, None, "lies in the seeds folder already, and is read as it is")])
        seed = _read_seed(path)
        found = draft_seed(seed, DEFAULTS)
        doubtful = kind_of_seed(seed.name) is SeedKind.TEXT and any(draft.confidence < SURE for draft in found.drafts)
        if doubtful and len(found.drafts) > 1:
            yield self._copy(asked, seed, found)
            return
        yield from self._add_all(asked, found, ())

    def _add_all(self, asked: Asked, found: Drafts, also: Sequence[str]) -> Iterator[Done]:
        drafts = tuple(
            replace(draft, url=without_tracking(draft.url) if draft.url and is_address(draft.url) else None)
            for draft in found.drafts
        )
        found = replace(found, drafts=drafts)
        articles = finish_all(found).articles
        if not articles and not found.problems:
            yield Done(asked=asked.name, problem="has no text that could be read")
        for problem in found.problems:
            yield Done(asked=asked.name, problem=_worded([problem]))
        for notice in found.notices:
            yield Done(asked=asked.name, note=_worded([notice]))
        for draft, article in zip(found.drafts, articles, strict=True):
            yield self._add(asked, draft, article, also)

    def _add(self, asked: Asked, draft: Draft, article: Article, also: Sequence[str]) -> Done:
        addresses = [*also, *([article.url] if article.url else [])]
        there = self.collection.at(addresses) or self.collection.repeating(article)
        if there:
            return Done(asked=asked.name, title=article.title, there=there)
        for stem in _stems(article):
            # What stands in a name is read too, so that not every text can have every name.
            name = self._free(stem, _MARKDOWN)
            text = written(draft, article, name)
            if text is not None:
                path = self._write(name, text)
                self.collection.add(_of_seed(article, path), addresses)
                return Done(asked=asked.name, title=article.title, file=path)
        return Done(asked=asked.name, title=article.title, problem="has no text that Markdown can express")

    def _copy(self, asked: Asked, seed: Seed, found: Drafts) -> Done:
        """A dump of which it is not clear where its articles begin, as it is: its split can be corrected there."""
        articles = finish_all(found).articles
        there = [self.collection.repeating(article) for article in articles]
        if all(there):
            return Done(asked=asked.name, there=there[0])
        path = self._write(self._free(slug(PurePath(seed.name).stem) or "text", _PLAIN), seed.text)
        for article in articles:
            self.collection.add(_of_seed(article, path), [])
        note = (
            f"was copied whole, since it is not certain where its {len(articles)} articles begin; "
            f"`digestgen split {path.stem}` writes down what is likely, for you to correct"
        )
        return Done(asked=asked.name, file=path, note=note)

    def _free(self, stem: str, ending: str) -> str:
        """A name that no seed and no sidecar has, whatever its ending."""
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
    """What the seed of an article may be called, the best first."""
    words = slug(article.title) or slug(host_of(article.url or ""))
    day = article.published.isoformat() if article.published else ""
    if words:
        yield f"{day}-{words}".strip("-")
    yield f"{day}-{slug(article.id)}".strip("-") or "text"
    yield f"text-{article_id(article.paragraphs)}"


def _of_seed(article: Article, path: Path) -> Article:
    """The article as one of another seed."""
    return replace(article, seed=path.name)


def _placed(draft: Draft, url: str, *, alone: bool) -> Draft:
    """A draft from the web with its own address, and the site as its source where it names none."""
    own = joined(url, draft.url) if draft.url else None
    if alone and (own is None or not names_a_page(own)):
        own = url
    return replace(draft, url=own, source=draft.source or host_of(own or url) or None)


def _read_seed(path: Path) -> Seed:
    try:
        if not path.exists():
            raise InputError([Problem(str(path), None, "is not there")])
        if not path.is_file():
            raise InputError([Problem(str(path), None, "is no plain file; give the files in it one by one")])
        if path.stat().st_size > LARGEST_FILE:
            raise InputError([Problem(str(path), None, f"is larger than {LARGEST_FILE >> 20} MB; split it")])
        data = path.read_bytes()
    except OSError as error:
        raise InputError([Problem(str(path), None, f"cannot be read: {error.strerror}")]) from None
    if unread := UNREAD.get(ending_of(path.name)):
        raise InputError([Problem(path.name, None, f"is {unread[0]}, which is not read; {unread[1]}")])
    if kind_of_seed(path.name) is None:
        # Its reader says what is read, and what to do with what is not.
        return Seed(name=path.name, text="")
    decoded = decode(data, path.name)
    if decoded.problems:
        raise InputError(decoded.problems)
    if not decoded.text.strip():
        raise InputError([Problem(path.name, None, "is empty")])
    return Seed(name=path.name, text=decoded.text, sidecar=_sidecar(path))


def _sidecar(path: Path) -> Sidecar:
    """What stands beside a file that comes from another seeds folder: it may withhold something of it."""
    beside = path.with_name(sidecar_name(path.name))
    if not beside.is_file() or beside == path:
        return Sidecar()
    text = decode(beside.read_bytes(), beside.name).text
    sidecar = read_sidecar(text, beside.name)
    if problems := missing(sidecar, text):
        raise InputError(problems)
    return sidecar
