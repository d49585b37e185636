"""Editions of a made-up digest, composed one after the other without any file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from digestgen.compose.digest import Composition, compose
from digestgen.curate.curation import Curation
from digestgen.curate.files.settings import DigestSettings
from digestgen.curate.ledger.ledger import Ledger
from digestgen.curate.ledger.ledger_file import read_ledger, write_ledger
from digestgen.curate.rulings.rulings_file import read_rulings
from digestgen.model import Digest, Entry, Seed, Sidecar
from newsroom import write
from remembering import Remembering

FIRST, SECOND, THIRD = date(2026, 11, 1), date(2026, 11, 2), date(2026, 11, 3)
SUBJECTS = ("chess", "volcano", "opera", "orchard")
"""Of which no two articles are reprints of each other."""


EXECUTOR = Remembering()


def seed(subject: str, number: int, **sidecar: object) -> Seed:
    """The article of that number on a subject, as a seed of its own."""
    text = write(subject, number).as_markdown()
    return Seed(name=f"{subject}-{number}.md", text=text, sidecar=Sidecar(language="en", **sidecar))


def seeds(*, first: int = 0, **counts: int) -> list[Seed]:
    """So many articles on each subject."""
    return [seed(subject, first + number) for subject, count in counts.items() for number in range(count)]


FOUR = seeds(**dict.fromkeys(SUBJECTS, 4))
"""Four articles on each of four subjects."""


def edition(  # noqa: PLR0913 -- each is said by name where it matters
    of: Iterable[Seed],
    rulings: str = "",
    before: Ledger | None = None,
    *,
    day: date = FIRST,
    problems: int = 0,
    settings: DigestSettings | None = None,
    **curation: object,
) -> Composition:
    """An edition of some seeds; so many problems are expected."""
    read, misread = read_rulings(rulings, "curation.yml")
    assert misread == ()
    given = Curation(rulings=read, ledger=before or Ledger(), day=day, **curation)
    made = compose(of, settings or DigestSettings(), given, EXECUTOR)
    assert len(made.problems) == problems, made.problems
    # Whatever comes of it is kept in a file.
    assert read_ledger(write_ledger(made.ledger), "permalinks.yml") == made.ledger
    return made


def entries(digest: Digest) -> dict[str, Entry]:
    """Slug → entry."""
    return {entry.slug: entry for entry in digest.entries}


def of_seed(digest: Digest, name: str) -> Entry:
    """The one entry of a seed, by the name of that without its ending."""
    (entry,) = (entry for entry in digest.entries if entry.article.seed == f"{name}.md")
    return entry


def places(digest: Digest) -> dict[str, str | None]:
    """Seed name without its ending → topic."""
    return {entry.article.seed.removesuffix(".md"): entry.topic for entry in digest.entries}


def topic_of(digest: Digest, subject: str) -> str:
    """The topic that most articles on a subject stand in."""
    topics = [topic for name, topic in places(digest).items() if name.startswith(subject) and topic]
    return max(topics, key=topics.count)


def by_topic(digest: Digest) -> Mapping[str, set[str]]:
    """Topic → names of its seeds."""
    found: dict[str, set[str]] = {}
    for name, topic in places(digest).items():
        if topic:
            found.setdefault(topic, set()).add(name)
    return found
