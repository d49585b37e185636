"""The imperative shell: read the seeds, compose the digest, write the pages."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath

from rich.console import Console

from digestgen.cache import Cache, CacheUse, CachingExecutor, cache_file
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
from digestgen.executor import infrequent_gc, open_executor
from digestgen.fields import quoted, suggestion, suggestion_or_known
from digestgen.git_branch import unrecorded_branch
from digestgen.ingest.read import Defaults
from digestgen.ingest.split_proposal import propose
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
from digestgen.publish.site import make_site
from digestgen.seed_folder import LEDGER_NAME, RULINGS_NAME, SETTINGS_NAME, SeedFolder, read_seed_folder
from digestgen.seed_kinds import SeedKind, bare_name, kind_of_seed, sidecar_name
from digestgen.writer import Files, Written, save, unchanged_hash, write_tree

_CACHE_NAME = "a whole build"
"""Cache namespace of complete builds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildSummary:
    """The summary of a build that is shown to the user."""

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
    work: CacheUse | None = None
    """How much per-article work was cached; None if there was nothing to do at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The result of a build."""

    folder: SeedFolder
    """The input."""
    digest: Digest
    ledger: Ledger
    """Every address ever published, including this build's."""
    concealed: tuple[HiddenArticle, ...]
    """The articles that are not public."""
    written: Written
    problems: tuple[Problem, ...]
    """Input that could not be used; empty if all of it was."""
    notices: tuple[str, ...]
    work: CacheUse
    """How much per-article work was cached."""

    @property
    def summary(self) -> BuildSummary:
        """The summary for the user."""
        return BuildSummary(
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
    """Build Markdown pages and ``digest.json`` in ``docs`` from the seeds.

    Problems with the input are listed in the outcome, and the rest is built. ``today`` is the day on which new articles
    count as first seen. With ``record``, what this edition settled is saved in the ledger beside the seeds, unless part
    of the input could not be used. With ``clean``, the cache is not used. Raises InputError if nothing can be built:
    the seeds folder or the ledger cannot be read, ``docs`` cannot be written or is locked by another build, the
    ``cluster`` cannot be used, or something would become public that must not.
    """
    with exclusive(docs), infrequent_gc():
        folder = _read(seeds)
        with _executor(console, workers, cluster, clean=clean) as executor:
            composition = _compose(folder, _curation(folder, today), executor)
            executor.start("Writing the pages")
            url, unknown = site_url(docs)
            digest = replace(composition.digest, url=url)
            problems = [*folder.problems, *composition.problems]
            unrecorded: list[str] = []
            if record and not problems:
                more, unrecorded = _record(seeds, _without_example(composition.ledger, folder))
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
class _CachedBuild:
    """A build without problems, cached under the hash of its inputs."""

    summary: BuildSummary
    """The summary to show if it need not be built again."""
    manifest: str
    """Hash of the pages as written, to check that they are unchanged."""


def build_if_needed(  # noqa: PLR0913 -- all but the first are named
    seeds: Path, docs: Path, console: Console, *, today: date, cluster: str | None = None, clean: bool = False
) -> BuildSummary:
    """Build and record as ``build`` does, unless all inputs and pages are unchanged since the last build.

    With ``clean``, always build.
    """
    inputs = inputs_of(seeds, docs, today)
    if inputs and not clean and (known := _cached_summary(inputs, docs)):
        return known
    outcome = build(seeds, docs, console, today=today, cluster=cluster, record=True, clean=clean)
    summary = outcome.summary
    # With the ledger that it recorded, another build gives the same.
    if inputs and not summary.problems and (now := inputs.recorded(seeds)):
        again = replace(summary, written=0, removed=0, unchanged=summary.written + summary.unchanged, work=None)
        with closing(Cache(cache_file())) as cache:
            cache.keep(_CACHE_NAME, now.key, _CachedBuild(summary=again, manifest=outcome.written.manifest))
    return summary


def _cached_summary(inputs: Inputs, docs: Path) -> BuildSummary | None:
    """The summary of the last build if another one would give the same."""
    with closing(Cache(cache_file())) as cache:
        known = cache.value(_CACHE_NAME, inputs.key, _CachedBuild)
    return known.summary if known and unchanged_hash(docs) == known.manifest else None


def _read(seeds: Path) -> SeedFolder:
    project = read_project(seeds.absolute().parent)
    folder = read_seed_folder(seeds, project.defaults())
    said_twice = project.disagreements(folder.settings, SETTINGS_NAME)
    unspoken = project.unspoken(folder.settings.language, SETTINGS_NAME)
    return replace(folder, notices=(*folder.notices, *said_twice, *unspoken))


def _without_example(ledger: Ledger, folder: SeedFolder) -> Ledger:
    """The ledger without the example seed of a new project, which may be deleted without a ruling."""
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
    """Save the ledger beside the seeds; returns problems and notices."""
    if branch := unrecorded_branch(seeds):
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
    """What a build would do, without doing it."""

    plan: Plan
    known: RecordedEdition
    """The resulting edition."""
    concealed: tuple[HiddenArticle, ...] = ()
    """The articles that are not public in it."""
    recorded: bool
    """Whether the ledger on disk is already the one that the build would write."""
    accepted: bool = False
    """Whether a regrouping was written to the ledger."""
    problems: tuple[Problem, ...]
    notices: tuple[str, ...]


def propose_edition(seeds: Path, console: Console, *, today: date) -> Proposal:
    """Compose an edition without writing anything. Raises InputError as ``build`` does."""
    folder = _read(seeds)
    return _proposal(folder, _curation(folder, today), seeds, console)


def regroup(
    seeds: Path, topics: Collection[str], console: Console, *, today: date, accept: Path | None = None
) -> Proposal:
    """How the method would group some topics today; all topics if none are named.

    With ``accept``, the docs folder of these seeds, the new grouping is written to the ledger if addresses are recorded
    here and the input has no problems; the pages follow at the next build. Raises InputError for an unknown topic, and
    as ``build`` does.
    """
    if accept is None:
        return _propose_regrouping(seeds, topics, console, today)
    # Locked before the ledger is read, or a concurrent build's ledger would be overwritten.
    with exclusive(accept):
        proposal = _propose_regrouping(seeds, topics, console, today)
        if proposal.problems:
            return proposal
        problems, notices = _record(seeds, _without_example(proposal.known.ledger, _read(seeds)))
    accepted = not (problems or notices)
    return replace(proposal, accepted=accepted, problems=problems, notices=(*proposal.notices, *notices))


def _propose_regrouping(seeds: Path, topics: Collection[str], console: Console, today: date) -> Proposal:
    folder = _read(seeds)
    curation = replace(_curation(folder, today), regroup=frozenset(topics) or EVERYTHING)
    if unknown := curation.unknown_regroups():
        known = [slug for slug, link in curation.ledger.topics.items() if link.live]
        raise InputError([Problem(quoted(slug), None, f"is no topic{suggestion(slug, known)}") for slug in unknown])
    return _proposal(folder, curation, seeds, console)


def _proposal(folder: SeedFolder, curation: Curation, seeds: Path, console: Console) -> Proposal:
    with infrequent_gc(), _executor(console) as executor:
        composition = _compose(folder, curation, executor)
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
        recorded=write_ledger(_without_example(composition.ledger, folder)) == folder.ledger_text
        or unrecorded_branch(seeds) is not None,
        problems=InputError([*folder.problems, *composition.problems]).problems,
        notices=(*map(str, folder.notices), *composition.notices),
    )


def _curation(folder: SeedFolder, today: date) -> Curation:
    ledger = read_ledger(folder.ledger_text, LEDGER_NAME)
    hidden = [(slug, ruling) for slug, ruling in folder.rulings.topics.items() if ruling.hide and not ruling.unreadable]
    if ledger.empty and hidden:
        # A new grouping could put its articles into other topics.
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
def _executor(
    console: Console, workers: int | None = None, cluster: str | None = None, *, clean: bool = False
) -> Iterator[CachingExecutor]:
    kept = None if clean else cache_file()
    with open_executor(console, workers, cluster) as executor, closing(Cache(kept)) as cache:
        yield CachingExecutor(executor, cache)


def _compose(folder: SeedFolder, curation: Curation, executor: Executor) -> Composition:
    return compose(folder.seeds, folder.settings, curation, executor)


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitResult:
    """The result of ``split``."""

    sidecar: Path
    changed: bool
    before: tuple[SplitLine, ...] | None
    """The entries before; None if there were none."""
    kept: tuple[SplitLine | None, ...]
    """The same entries now; None for each whose text is gone."""
    added: tuple[ProposedStart, ...]


def split(seeds: Path, name: str, console: Console, *, update: bool) -> SplitResult:
    """Write how a ``.txt`` seed splits into its sidecar, unless the sidecar already says so.

    With ``update``, an existing split is carried over to the edited seed. Raises InputError if there is no such seed,
    or its sidecar cannot be read or written.
    """
    folder = _read(seeds)
    seed = _text_seed(folder, name, seeds)
    existing = seed.sidecar.articles
    sidecar = sidecar_name(seed.name)
    place = seeds / sidecar
    if existing is not None and not update:
        return SplitResult(sidecar=place, changed=False, before=existing, kept=existing, added=())
    with open_executor(console) as executor:
        executor.start("Finding where articles start")
        proposed = propose(seed, Defaults(language=None, publish=folder.settings.publish))
    if not proposed:
        raise InputError([Problem(seed.name, None, "has no text in it")])
    # Read directly, since the seed folder normalises line ends.
    text = place.read_bytes().decode("utf-8") if place.exists() else ""
    mark, text = text[: text.startswith("\ufeff")], text.removeprefix("\ufeff")
    count = line_count(seed.text)
    if existing is None:
        kept: tuple[SplitLine | None, ...] = ()
        added = proposed
        text = with_split(text, sidecar, seed.name, proposed, count)
    else:
        kept, added = carry_over(seed, existing, proposed)
        text = carry_over_split(text, sidecar, kept, added, count)
    return SplitResult(sidecar=place, changed=save(place, mark + text), before=existing, kept=kept, added=added)


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
    raise InputError([Problem(name, None, f"is no seed in {place}{suggestion_or_known(stem, known)}")])


def _names_without_folder(seed: str) -> tuple[str, str]:
    path = PurePosixPath(seed)
    return path.name, path.stem


def render(digest: Digest) -> Files:
    """Make the generated files of a digest one by one, with paths relative to the docs folder."""
    site = make_site(digest)
    yield from site_pages.render(site)
    yield from edition_list.render(digest)
    yield from feeds.render(site)
    yield from llms.render(digest)
    yield "digest.json", export.to_json(digest)
    yield "digest.schema.json", export.schema()


def site_url(docs: Path) -> tuple[str | None, tuple[str, ...]]:
    """The site's address for the project around ``docs``, and a notice if it has none.

    A folder outside a project has no site and gets no notice.
    """
    project = read_project(docs.absolute().parent)
    if project.config and project.url is None:
        message = "site_url is no plain web address, so the site has no feeds; say there where the site will stand"
        return None, (f"{MKDOCS_CONFIG}: {message}",)
    return project.url, ()


def render_review(outcome: Outcome) -> tuple[str, str]:
    """Path and text of the curator's review page; it is not part of the site and not written here."""
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
    """The review page when nothing could be built."""
    return review_page.render_refusal(problems)


def clean(docs: Path) -> Written:
    """Remove every generated file that has not been edited."""
    with exclusive(docs):
        return write_tree(docs, ())
