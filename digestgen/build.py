"""The imperative shell: reads the seeds, composes the digest, writes the pages, runs mkdocs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePath

from rich.console import Console

from digestgen import fields, strict_yaml
from digestgen.curate.curation import Curation
from digestgen.curate.explaining import Known
from digestgen.curate.ledger import Ledger, read_ledger, write_ledger
from digestgen.curate.plan import Plan, plan
from digestgen.curate.split_file import carried_over, with_split
from digestgen.digest import Composition, compose
from digestgen.errors import InputError, Problem
from digestgen.fields import nearest
from digestgen.gathering import Workshop
from digestgen.ingest.proposal import propose
from digestgen.ingest.read import Defaults
from digestgen.ingest.realign import carry_over, line_count
from digestgen.model import Digest, ProposedStart, Seed, SplitLine
from digestgen.publish import export, feeds, llms, pages, review
from digestgen.seed_folder import LEDGER_NAME, RULINGS_NAME, SeedFolder, read_seed_folder
from digestgen.workshop import open_workshop
from digestgen.writer import Written, save, write_tree

MKDOCS_CONFIG = Path("mkdocs.yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a build did, and what of the input it had to refuse."""

    folder: SeedFolder
    """What it was made from."""
    digest: Digest
    ledger: Ledger
    """Every address ever published, this build's among them."""
    written: Written
    problems: tuple[Problem, ...]
    """Empty when all of the input was used."""
    notices: tuple[str, ...]


def build(seeds: Path, docs: Path, console: Console, *, today: date, workers: int | None = None) -> Outcome:
    """Seeds → Markdown pages and ``digest.json`` in ``docs``.

    What is wrong with the input is listed in the outcome, and the rest is built. ``today`` is when what is new is first
    seen. Raises InputError when nothing can be built: the seeds folder or the ledger cannot be read, or ``docs`` cannot
    be written.
    """
    folder = read_seed_folder(seeds)
    with open_workshop(console, workers) as workshop:
        composition = _composed(folder, today, workshop)
        workshop.start("Writing the pages")
        url, unknown = site_url(docs)
        digest = replace(composition.digest, url=url)
        written = write_tree(docs, render(digest))
    return Outcome(
        folder=folder,
        digest=digest,
        ledger=composition.ledger,
        written=written,
        problems=InputError([*folder.problems, *composition.problems, *written.problems]).problems,
        notices=(*map(str, folder.notices), *composition.notices, *unknown),
    )


def record(seeds: Path, outcome: Outcome) -> tuple[str, ...]:
    """Keep the addresses of a build in the ledger beside its seeds, unless part of the input could not be used.

    Returns a notice where that cannot be written: the pages are right even so, but later builds will not know them.
    """
    if outcome.problems:
        return ()
    try:
        save(seeds / LEDGER_NAME, write_ledger(outcome.ledger))
    except InputError as error:
        return tuple(f"{problem}; later builds will not know today's addresses" for problem in error.problems)
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a build would do, had it been one."""

    plan: Plan
    known: Known
    """The edition that would come of it."""
    recorded: bool
    """Whether the ledger on disk is the one that the build would write."""
    problems: tuple[Problem, ...]
    notices: tuple[str, ...]


def propose_edition(seeds: Path, console: Console, *, today: date) -> Proposal:
    """What a build would come to and change for readers; nothing is written. Raises InputError as ``build`` does."""
    folder = read_seed_folder(seeds)
    with open_workshop(console, None) as workshop:
        composition = _composed(folder, today, workshop)
    return Proposal(
        plan=plan(read_ledger(folder.ledger_text, LEDGER_NAME), composition.ledger, composition.lost),
        known=Known(
            digest=composition.digest,
            ledger=composition.ledger,
            rulings=folder.rulings,
            rulings_name=RULINGS_NAME,
        ),
        recorded=write_ledger(composition.ledger) == folder.ledger_text,
        problems=InputError([*folder.problems, *composition.problems]).problems,
        notices=(*map(str, folder.notices), *composition.notices),
    )


def _composed(folder: SeedFolder, today: date, workshop: Workshop) -> Composition:
    curation = Curation(
        rulings=folder.rulings,
        rulings_name=RULINGS_NAME,
        ledger=read_ledger(folder.ledger_text, LEDGER_NAME),
        day=today,
        refused=frozenset(problem.file for problem in folder.problems),
    )
    return compose(folder.seeds, folder.settings, curation, workshop)


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
    folder = read_seed_folder(seeds)
    seed = _text_seed(folder, name, seeds)
    told = seed.sidecar.articles
    place = seeds / f"{PurePath(seed.name).stem}.yml"
    if told is not None and not update:
        return Splitting(sidecar=place, changed=False, before=told, kept=told, added=())
    with open_workshop(console) as workshop:
        workshop.start("Finding where articles start")
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
        text = with_split(text, place.name, seed.name, proposed, count)
    else:
        kept, added = carry_over(seed, told, proposed)
        text = carried_over(text, place.name, kept, added, count)
    return Splitting(sidecar=place, changed=save(place, mark + text), before=told, kept=kept, added=added)


def _text_seed(folder: SeedFolder, name: str, place: Path) -> Seed:
    found = [seed for seed in folder.seeds if name in {seed.name, PurePath(seed.name).stem}]
    if found and not found[0].name.endswith(".txt"):
        message = "says itself where its articles start; only a .txt seed is split by lines"
        raise InputError([Problem(found[0].name, None, message)])
    if found:
        return found[0]
    stem = name.removesuffix(".txt")
    if refused := [problem for problem in folder.problems if problem.file in {f"{stem}.txt", f"{stem}.yml"}]:
        raise InputError(refused)
    known = [PurePath(seed.name).stem for seed in folder.seeds if seed.name.endswith(".txt")]
    raise InputError([Problem(name, None, f"is no seed in {place}{nearest(stem, known)}")])


def render(digest: Digest) -> dict[str, str]:
    """Every generated file of a digest: path relative to the docs folder → text."""
    return {
        **pages.render(digest),
        **feeds.render(digest),
        **llms.render(digest),
        "digest.json": export.to_json(digest),
    }


def site_url(docs: Path) -> tuple[str | None, tuple[str, ...]]:
    """Where the site of the project that ``docs`` lies in stands, and a notice where that is not said.

    A folder outside a project has no site, and wants none.
    """
    config = docs.absolute().parent / MKDOCS_CONFIG
    try:
        text = config.read_bytes().decode("utf-8", errors="replace")
    except OSError:
        return None, ()
    try:
        return fields.as_url(strict_yaml.top_value(text, "site_url") or "").rstrip("/") + "/", ()
    except ValueError:
        return None, (f"{MKDOCS_CONFIG}: site_url is no plain web address, so the site has no feeds",)


def render_review(outcome: Outcome) -> tuple[str, str]:
    """Path and text of the curator's review page, which is no part of the site: nothing here writes it."""
    folder = outcome.folder
    return review.render(outcome.digest, folder.seeds, folder.rulings.said, outcome.problems)


def render_refusal(problems: Sequence[Problem]) -> tuple[str, str]:
    """The same page where nothing could be built."""
    return review.render_refusal(problems)


def clean(docs: Path) -> Written:
    """Remove every generated file that nobody has edited since."""
    return write_tree(docs, {})


def build_site() -> int:
    """Run ``mkdocs build --strict`` in the current folder, telling only what is wrong; returns its exit code.

    Raises InputError where there is no ``mkdocs.yml``.
    """
    # A build date would make two builds of the same seeds differ.
    environment = {"SOURCE_DATE_EPOCH": "0", **_environment()}
    # Not by its --quiet, under which it overlooks the very warnings that --strict is there for.
    done = subprocess.run(  # noqa: S603 -- nothing in it is from outside
        _mkdocs("build", "--strict"), env=environment, stderr=subprocess.PIPE, text=True, check=False
    )
    told = (line for line in done.stderr.splitlines(keepends=True) if not line.startswith("INFO "))
    sys.stderr.writelines(told)
    return done.returncode


def serve_site() -> int:
    """Run ``mkdocs serve`` in the current folder until it is stopped; returns its exit code.

    Raises InputError where there is no ``mkdocs.yml``.
    """
    return subprocess.run(_mkdocs("serve", "--livereload"), env=_environment(), check=False).returncode  # noqa: S603


def _mkdocs(*arguments: str) -> list[str]:
    if not MKDOCS_CONFIG.is_file():
        where = Path.cwd()
        raise InputError([Problem(str(MKDOCS_CONFIG), None, f"is not in {where}; run this where the project lies")])
    return [sys.executable, "-m", "mkdocs", *arguments]


def _environment() -> dict[str, str]:
    # Material's advice is not for this terminal.
    return {"NO_MKDOCS_2_WARNING": "1", **os.environ}
