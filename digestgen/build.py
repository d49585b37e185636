"""The imperative shell: reads the seeds, composes the digest, writes the pages."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath

from rich.console import Console

from digestgen.cache import Cache, RememberingExecutor, Work, cache_file
from digestgen.compose.digest import Composition, compose
from digestgen.compose.executor import Executor
from digestgen.curate.curation import EVERYTHING, Curation
from digestgen.curate.explain.explain import RecordedEdition
from digestgen.curate.files.sidecar_writer import carry_over_split, with_split
from digestgen.curate.ledger.ledger import Ledger
from digestgen.curate.ledger.ledger_file import read_ledger, write_ledger
from digestgen.curate.plan.plan import Plan, plan
from digestgen.curate.reminders.neglected import HiddenArticle, outdated_rulings, still_hidden
from digestgen.curate.rulings.edition_notes import unpublished_letters
from digestgen.curate.visibility import Cause
from digestgen.errors import InputError, Problem
from digestgen.executor import collecting_seldom, open_executor
from digestgen.fields import nearest, quoted, suggestion
from digestgen.git_branch import other_branch
from digestgen.ingest.proposal import propose
from digestgen.ingest.read import Defaults
from digestgen.ingest.splitting.realign import carry_over, line_count
from digestgen.input_hash import Inputs, inputs_of
from digestgen.lock import exclusive
from digestgen.model import Digest, ProposedStart, Seed, SplitLine
from digestgen.new_project import example
from digestgen.project import MKDOCS_CONFIG, read_project
from digestgen.publish import edition_list, export, llms
from digestgen.publish.feeds import feeds
from digestgen.publish.issues import FRONT
from digestgen.publish.notes import Note
from digestgen.publish.pages import site_pages
from digestgen.publish.review import review_page
from digestgen.seed_folder import LEDGER_NAME, RULINGS_NAME, SETTINGS_NAME, SeedFolder, read_seed_folder
from digestgen.seed_kinds import SeedKind, bare_name, kind_of_seed, sidecar_name
from digestgen.writer import Written, save, standing, write_tree

_WHOLE = "a whole build"
"""By what such builds are told from other results in the cache."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a person is told of a build."""

    articles: int
    topics: int
    shelf: int
    """Articles outside every topic and story."""
    written: int
    """Files."""
    removed: int
    unchanged: int
    problems: tuple[Problem, ...] = ()
    notices: tuple[str, ...] = ()
    work: Work | None = None
    """How much of the per-article work was there already; None where nothing at all was to be done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a build did, and what of the input it had to refuse."""

    folder: SeedFolder
    """What it was made from."""
    digest: Digest
    ledger: Ledger
    """Every address ever published, this build's among them."""
    concealed: tuple[HiddenArticle, ...]
    """What of the seeds is not public."""
    written: Written
    problems: tuple[Problem, ...]
    """Empty when all of the input was used."""
    notices: tuple[str, ...]
    work: Work
    """How much of the per-article work was there already."""

    @property
    def told(self) -> Told:
        """What a person is told of it."""
        return Told(
            articles=len(self.digest.entries),
            topics=len(self.digest.topics),
            shelf=len(self.digest.shelf),
            written=len(self.written.written),
            removed=len(self.written.removed),
            unchanged=self.written.unchanged,
            problems=self.problems,
            notices=self.notices,
            work=self.work,
        )


def build(  # noqa: PLR0913 -- all but the first are named
    seeds: Path,
    docs: Path,
    console: Console,
    *,
    today: date,
    workers: int | None = None,
    cluster: str | None = None,
    record: bool = False,
    clean: bool = False,
) -> Outcome:
    """Seeds → Markdown pages and ``digest.json`` in ``docs``.

    What is wrong with the input is listed in the outcome, and the rest is built. ``today`` is when what is new is first
    seen; with ``record``, the ledger beside the seeds keeps what this edition settled, unless part of the input could
    not be used; with ``clean``, nothing is taken from the cache. Raises InputError when nothing can be built: the seeds
    folder or the ledger cannot be read, ``docs`` cannot be written, another build is at work in it, the ``cluster``
    cannot be used, or something would become public that must not.
    """
    with exclusive(docs), collecting_seldom():
        folder = _read(seeds)
        with _executing(console, workers, cluster, clean=clean) as executor:
            composition = _composed(folder, _curation(folder, today), executor)
            executor.start("Writing the pages")
            url, unknown = site_url(docs)
            digest = replace(composition.digest, url=url)
            problems = [*folder.problems, *composition.problems]
            unrecorded: list[str] = []
            if record and not problems:
                more, unrecorded = _record(seeds, _lasting(composition.ledger, folder))
                problems += more
            written = write_tree(docs, render(digest))
            work = executor.work
    return Outcome(
        folder=folder,
        digest=digest,
        ledger=composition.ledger,
        concealed=composition.concealed,
        written=written,
        problems=InputError([*problems, *written.problems]).problems,
        notices=(*map(str, folder.notices), *composition.notices, *unknown, *unrecorded),
        work=work,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Whole:
    """A build without a problem, known by its inputs."""

    told: Told
    """What is told where it need not be built."""
    manifest: str
    """By which it is seen that the pages still are as they were written."""


def build_if_needed(  # noqa: PLR0913 -- all but the first are named
    seeds: Path, docs: Path, console: Console, *, today: date, cluster: str | None = None, clean: bool = False
) -> Told:
    """Build and record as ``build`` does, unless all inputs and all pages are as the build before left them.

    With ``clean``, it is built in any case.
    """
    inputs = inputs_of(seeds, docs, today)
    if inputs and not clean and (known := _standing(inputs, docs)):
        return known
    outcome = build(seeds, docs, console, today=today, cluster=cluster, record=True, clean=clean)
    told = outcome.told
    # With what it recorded, a build comes to the same again.
    if inputs and not told.problems and (now := inputs.recorded(seeds)):
        again = replace(told, written=0, removed=0, unchanged=told.written + told.unchanged, work=None)
        with closing(Cache(cache_file())) as cache:
            cache.keep(_WHOLE, now.key, _Whole(told=again, manifest=outcome.written.manifest))
    return told


def _standing(inputs: Inputs, docs: Path) -> Told | None:
    """What the build before told, where another would come to the same."""
    with closing(Cache(cache_file())) as cache:
        known = cache.value(_WHOLE, inputs.key, _Whole)
    return known.told if known and standing(docs) == known.manifest else None


def _read(seeds: Path) -> SeedFolder:
    project = read_project(seeds.absolute().parent)
    folder = read_seed_folder(seeds, project.defaults())
    said_twice = project.disagreements(folder.settings, SETTINGS_NAME)
    unspoken = project.unspoken(folder.settings.language, SETTINGS_NAME)
    return replace(folder, notices=(*folder.notices, *said_twice, *unspoken))


def _lasting(ledger: Ledger, folder: SeedFolder) -> Ledger:
    """The ledger without the example that a new project starts with, which may be deleted without a word on it."""
    names = {seed.name for seed in folder.seeds if seed.text == example()}
    if not names:
        return ledger
    before = read_ledger(folder.ledger_text, LEDGER_NAME)
    articles = {
        slug: link for slug, link in ledger.articles.items() if link.seed not in names or slug in before.articles
    }
    sources = {link.source for link in articles.values()}
    kept = {slug: link for slug, link in ledger.sources.items() if link.name in sources or slug in before.sources}
    return replace(ledger, articles=articles, sources=kept)


def _record(seeds: Path, ledger: Ledger) -> tuple[tuple[Problem, ...], list[str]]:
    """Keep what an edition settled in the ledger beside its seeds; what is wrong with that, and what to tell of it."""
    if branch := other_branch(seeds):
        here, default = branch
        where = f"on the branch {quoted(here)}" if here else "on no branch"
        return (), [f"{LEDGER_NAME} is left as it is {where}; addresses are recorded on {quoted(default)} alone"]
    try:
        save(seeds / LEDGER_NAME, write_ledger(ledger))
    except InputError as error:
        remedy = "make it writable and build again, or later builds will not know what this one published"
        return tuple(replace(problem, message=f"{problem.message}; {remedy}") for problem in error.problems), []
    return (), []


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a build would do, had it been one."""

    plan: Plan
    known: RecordedEdition
    """The edition that would come of it."""
    concealed: tuple[HiddenArticle, ...] = ()
    """What of the seeds is not public in it."""
    recorded: bool
    """Whether the ledger on disk is the one that the build would write."""
    accepted: bool = False
    """Whether the ledger took over a regrouping."""
    problems: tuple[Problem, ...]
    notices: tuple[str, ...]


def propose_edition(seeds: Path, console: Console, *, today: date) -> Proposal:
    """What a build would come to and change for readers; nothing is written. Raises InputError as ``build`` does."""
    folder = _read(seeds)
    return _proposal(folder, _curation(folder, today), seeds, console)


def regroup(
    seeds: Path, topics: Collection[str], console: Console, *, today: date, accept: Path | None = None
) -> Proposal:
    """How the method would group some topics today, or without any named, everything.

    With ``accept``, which is the docs folder that builds of these seeds write, the ledger takes that over where
    addresses are recorded, unless something is wrong with the input; the pages follow at the next build. Raises
    InputError for a topic that there is not, and as ``build`` does.
    """
    if accept is None:
        return _regrouping(seeds, topics, console, today)
    # From before the ledger is read: what a build recorded meanwhile would be overwritten.
    with exclusive(accept):
        proposal = _regrouping(seeds, topics, console, today)
        if proposal.problems:
            return proposal
        problems, notices = _record(seeds, _lasting(proposal.known.ledger, _read(seeds)))
    accepted = not (problems or notices)
    return replace(proposal, accepted=accepted, problems=problems, notices=(*proposal.notices, *notices))


def _regrouping(seeds: Path, topics: Collection[str], console: Console, today: date) -> Proposal:
    folder = _read(seeds)
    curation = replace(_curation(folder, today), regroup=frozenset(topics) or EVERYTHING)
    if unknown := curation.unknown_regroups():
        known = [slug for slug, link in curation.ledger.topics.items() if link.live]
        raise InputError([Problem(quoted(slug), None, f"is no topic{suggestion(slug, known)}") for slug in unknown])
    return _proposal(folder, curation, seeds, console)


def _proposal(folder: SeedFolder, curation: Curation, seeds: Path, console: Console) -> Proposal:
    with collecting_seldom(), _executing(console) as executor:
        composition = _composed(folder, curation, executor)
    known = RecordedEdition(
        digest=composition.digest,
        ledger=composition.ledger,
        rulings=folder.rulings,
        rulings_name=RULINGS_NAME,
    )
    return Proposal(
        plan=plan(curation.ledger, composition.ledger, composition.lost, known, composition.concealed),
        known=known,
        concealed=composition.concealed,
        recorded=write_ledger(_lasting(composition.ledger, folder)) == folder.ledger_text
        or other_branch(seeds) is not None,
        problems=InputError([*folder.problems, *composition.problems]).problems,
        notices=(*map(str, folder.notices), *composition.notices),
    )


def _curation(folder: SeedFolder, today: date) -> Curation:
    ledger = read_ledger(folder.ledger_text, LEDGER_NAME)
    hidden = [(slug, ruling) for slug, ruling in folder.rulings.topics.items() if ruling.hide and not ruling.unreadable]
    if ledger.empty and hidden:
        # Grouped anew, some of its articles may stand elsewhere.
        message = (
            f"is hidden, but only {LEDGER_NAME} knows which articles it has, and that is missing: nothing is built"
        )
        remedy = f"put {LEDGER_NAME} back, for example with git, or hide the articles one by one under articles:"
        raise InputError(
            [Problem(RULINGS_NAME, ruling.line, f"{quoted(slug)} {message}; {remedy}") for slug, ruling in hidden]
        )
    return Curation(
        rulings=folder.rulings,
        rulings_name=RULINGS_NAME,
        ledger=ledger,
        day=today,
        refused=frozenset(problem.file for problem in folder.problems),
    )


@contextmanager
def _executing(
    console: Console, workers: int | None = None, cluster: str | None = None, *, clean: bool = False
) -> Iterator[RememberingExecutor]:
    kept = None if clean else cache_file()
    with open_executor(console, workers, cluster) as executor, closing(Cache(kept)) as cache:
        yield RememberingExecutor(executor, cache)


def _composed(folder: SeedFolder, curation: Curation, executor: Executor) -> Composition:
    return compose(folder.seeds, folder.settings, curation, executor)


@dataclass(frozen=True, slots=True, kw_only=True)
class Splitting:
    """What ``split`` did to a sidecar."""

    sidecar: Path
    changed: bool
    before: tuple[SplitLine, ...] | None
    """The entries that stood there; None where there were none."""
    kept: tuple[SplitLine | None, ...]
    """The same as they stand there now; None for each whose text is gone."""
    added: tuple[ProposedStart, ...]


def split(seeds: Path, name: str, console: Console, *, update: bool) -> Splitting:
    """Write how the ``.txt`` seed called ``name`` splits into its sidecar, unless that says so already.

    With ``update``, a split that is there is carried over to the seed as it is today. Raises InputError where there
    is no such seed, or its sidecar cannot be read or written.
    """
    folder = _read(seeds)
    seed = _text_seed(folder, name, seeds)
    told = seed.sidecar.articles
    sidecar = sidecar_name(seed.name)
    place = seeds / sidecar
    if told is not None and not update:
        return Splitting(sidecar=place, changed=False, before=told, kept=told, added=())
    with open_executor(console) as executor:
        executor.start("Finding where articles start")
        proposed = propose(seed, Defaults(language=None, publish=folder.settings.publish))
    if not proposed:
        raise InputError([Problem(seed.name, None, "has no text in it")])
    # Not by way of the seed folder, which makes all line ends alike.
    text = place.read_bytes().decode("utf-8") if place.exists() else ""
    mark, text = text[: text.startswith("\ufeff")], text.removeprefix("\ufeff")
    count = line_count(seed.text)
    if told is None:
        kept: tuple[SplitLine | None, ...] = ()
        added = proposed
        text = with_split(text, sidecar, seed.name, proposed, count)
    else:
        kept, added = carry_over(seed, told, proposed)
        text = carry_over_split(text, sidecar, kept, added, count)
    return Splitting(sidecar=place, changed=save(place, mark + text), before=told, kept=kept, added=added)


def _text_seed(folder: SeedFolder, name: str, place: Path) -> Seed:
    asked = PurePosixPath(name.replace("\\", "/")).as_posix()
    found = [seed for seed in folder.seeds if asked in {seed.name, bare_name(seed.name)}]
    if not found:  # in whatever folder, where only one is called so
        called = [seed for seed in folder.seeds if asked in _names_without_folder(seed.name)]
        found = called if len(called) == 1 else []
    if found and kind_of_seed(found[0].name) is not SeedKind.TEXT:
        message = "already says where its articles start; only .txt seeds are split by lines"
        raise InputError([Problem(found[0].name, None, message)])
    if found:
        return found[0]
    stem = bare_name(asked) if kind_of_seed(asked) is SeedKind.TEXT else asked
    if refused := [problem for problem in folder.problems if problem.file in {f"{stem}.txt", f"{stem}.yml"}]:
        raise InputError(refused)
    known = [bare_name(seed.name) for seed in folder.seeds if kind_of_seed(seed.name) is SeedKind.TEXT]
    raise InputError([Problem(name, None, f"is no seed in {place}{nearest(stem, known)}")])


def _names_without_folder(seed: str) -> tuple[str, str]:
    path = PurePosixPath(seed)
    return path.name, path.stem


def render(digest: Digest) -> dict[str, str]:
    """Every generated file of a digest: path relative to the docs folder → text."""
    return {
        **site_pages.render(digest),
        **edition_list.render(digest),
        **feeds.render(digest),
        **llms.render(digest),
        "digest.json": export.to_json(digest),
        "digest.schema.json": export.schema(),
    }


def site_url(docs: Path) -> tuple[str | None, tuple[str, ...]]:
    """Where the site of the project that ``docs`` lies in stands, and a notice where that is not said.

    A folder outside a project has no site, and wants none.
    """
    project = read_project(docs.absolute().parent)
    if project.config and project.url is None:
        message = "site_url is no plain web address, so the site has no feeds; say there where the site will stand"
        return None, (f"{MKDOCS_CONFIG}: {message}",)
    return project.url, ()


def render_review(outcome: Outcome) -> tuple[str, str]:
    """Path and text of the curator's review page, which is no part of the site: nothing here writes it."""
    folder = outcome.folder
    letters = unpublished_letters(folder.rulings, outcome.digest.editions)
    settled = review_page.Settled(
        topics=outcome.ledger.topics.keys(),
        outdated_rulings=outdated_rulings(folder.rulings, outcome.ledger),
        hidden=still_hidden(outcome.concealed, folder.rulings, outcome.ledger),
        letters=[
            review_page.UnpublishedLetter(
                day, each.line, each.draft, each.title, Note(each.letter, FRONT) if each.letter else None
            )
            for day, each in letters.items()
        ],
        waiting=[
            (f"{each.seed}:{each.line}", f"{each.verdict.where} · {each.verdict.says}")
            for each in outcome.concealed
            if each.verdict.cause is Cause.DAY
        ],
    )
    return review_page.render(outcome.digest, folder.seeds, folder.rulings.statements, outcome.problems, settled)


def render_refusal(problems: Sequence[Problem]) -> tuple[str, str]:
    """The same page where nothing could be built."""
    return review_page.render_refusal(problems)


def clean(docs: Path) -> Written:
    """Remove every generated file that nobody has edited since."""
    with exclusive(docs):
        return write_tree(docs, {})
