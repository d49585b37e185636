"""A mixed digest that comes in ten editions: what stays where it was, and how good the topics are in the end.

    python -m benchmarks DATA editions

Events that several sources tell of, among articles that belong to no event, come in random batches, one a day; each
edition is built and recorded by ``digestgen build``, and no ruling is made. The articles of an event seldom come
together. Beside the ten editions stands one batch: everything built at once, without a ledger.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations, pairwise
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.corpora import rows
from benchmarks.cost import Cost, run
from benchmarks.table import Row

EDITIONS = 10
EVENTS, TELLERS, SINGLES = 110, 4, 260
"""Events, the most articles of each, and articles that belong to none."""
SINGLE_SETS = ("bbc", "crisis_fr", "ng20")
MOST_CHANGED = 0.01
FIRST_DAY = datetime(2026, 1, 1, tzinfo=UTC)

_LINK = re.compile(r"\]\(([^)#]+\.md)")


@dataclass(frozen=True, slots=True)
class Told:
    """An article, and what people say that it is about."""

    id: str
    title: str | None
    text: str
    event: str
    """Alike for the articles of one happening; that of a single is its own."""
    subject: str | None
    """Broad; None where nobody has said it."""
    collection: str
    """Articles of two collections have no subject in common."""

    @property
    def line(self) -> bytes:
        """As a line of a seed."""
        return json.dumps({"id": self.id, "title": self.title, "text": self.text}).encode() + b"\n"


@dataclass(frozen=True, slots=True)
class Edition:
    """What readers found in an edition."""

    topic: Mapping[str, str | None]
    """Article id → slug of its topic; None on the shelf."""
    story: Mapping[str, tuple[str | None, str] | None]
    """Article id → its story, with the topic; None where it is in none."""
    slug: Mapping[str, str]
    """Article id → the last part of its address."""
    label: Mapping[str, str]
    """Topic slug → label."""
    redirects: Mapping[str, str]
    """Path of a page that only leads elsewhere → where to."""
    pages: frozenset[str]
    """The paths of all pages of topics and articles."""


def measure(data: Path) -> list[Row]:
    """What changes from edition to edition, what each costs, and the quality of the last beside that of one batch."""
    articles = mixed(data, Random(1))  # noqa: S311 -- the same every time is what it is for
    with tempfile.TemporaryDirectory() as name:
        batches = [articles[number::EDITIONS] for number in range(EDITIONS)]
        editions, costs = published(Path(name) / "editions", batches)
        whole, cost = published(Path(name) / "batch", [articles])
    size = f"mixed, {len(articles)} articles"
    table = [
        Row("editions", size, f"{EDITIONS} editions", metric, value, target, at_most=True)
        for metric, value, target in _changes(editions)
    ]
    for system, edition in ((f"{EDITIONS} editions", editions[-1]), ("one batch", whole[-1])):
        table += [Row("editions", size, system, metric, value) for metric, value in quality(articles, edition).items()]
    for number, each in enumerate(costs, start=1):
        table.append(Row("editions", size, f"edition {number}", "CPU seconds", each.cpu))
    return [*table, Row("editions", size, "one batch", "CPU seconds", cost[0].cpu)]


def mixed(data: Path, random: Random) -> list[Told]:
    """Events with up to four articles each, and articles of no event, in random order."""
    folder = data / "cluster"
    subject = {row["title"]: f"allsides:{row['label']}" for row in rows(folder, "allsides_topic")}
    events: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows(folder, "allsides_story"):
        events[row["label"]].append(row)
    several = sorted(label for label, told in events.items() if len(told) > 1)
    found = [
        _told(row, event=f"event:{label}", subject=subject.get(row["title"]), collection="events")
        for label in random.sample(several, EVENTS)
        for row in events[label][:TELLERS]
    ]
    for name in SINGLE_SETS:
        found += (
            _told(row, event=f"single:{row['id']}", subject=f"{name}:{row['label']}", collection=name)
            for row in random.sample(rows(folder, name), SINGLES // len(SINGLE_SETS))
        )
    random.shuffle(found)
    return found


def _told(row: Mapping[str, Any], *, event: str, subject: str | None, collection: str) -> Told:
    return Told(row["id"], row["title"] or None, row["text"] or row["title"], event, subject, collection)


def published(folder: Path, batches: Sequence[Sequence[Told]]) -> tuple[list[Edition], list[Cost]]:
    """The editions that come of one batch a day, and what building each took."""
    seeds, docs = folder / "seeds", folder / "docs"
    seeds.mkdir(parents=True)
    editions, costs = [], []
    for number, batch in enumerate(batches):
        (seeds / f"batch-{number:02d}.jsonl").write_bytes(b"".join(each.line for each in batch))
        costs.append(build(seeds, docs, day=number))
        editions.append(_edition(docs))
    return editions, costs


def build(seeds: Path, docs: Path, *, day: int) -> Cost:
    """Run ``digestgen build`` as on that day."""
    moment = (FIRST_DAY + timedelta(day)).timestamp()
    command = (sys.executable, "-m", "digestgen", "build", "--seeds", seeds, "--docs", docs)
    return run("env", f"SOURCE_DATE_EPOCH={moment:.0f}", *command, cwd=seeds.parent)


def _edition(docs: Path) -> Edition:
    digest = json.loads((docs / "digest.json").read_text(encoding="utf-8"))
    articles = {article["id"]: article for article in digest["articles"]}
    # A reprint stands where the article stands that it repeats.
    place = {id_: articles.get(article["reprint_of"], article) for id_, article in articles.items()}
    live = {f"topics/{topic['slug']}.md" for topic in digest["topics"]}
    live |= {f"articles/{article['slug']}.md" for article in digest["articles"]}
    pages = {str(path.relative_to(docs)) for kind in ("topics", "articles") for path in (docs / kind).glob("*.md")}
    return Edition(
        topic={id_: article["topic"] for id_, article in place.items()},
        story={
            id_: (article["topic"], article["story"]) if article["story"] else None for id_, article in place.items()
        },
        slug={id_: article["slug"] for id_, article in articles.items()},
        label={topic["slug"]: topic["label"] for topic in digest["topics"]},
        redirects={page: _target(docs, page) for page in pages - live},
        pages=frozenset(pages),
    )


def _target(docs: Path, page: str) -> str:
    """Where a page leads whose article or topic is gone; empty where it leads nowhere."""
    link = _LINK.search((docs / page).read_text(encoding="utf-8"))
    target = (docs / page).parent.joinpath(link[1]).resolve() if link else docs
    return str(target.relative_to(docs.resolve())) if target.is_file() else ""


def _changes(editions: Sequence[Edition]) -> Iterator[tuple[str, float, float | None]]:
    """Each figure with the most that it should be, over all editions but the first."""
    steps = list(pairwise(editions))
    moved = [[after.topic[id_] != topic for id_, topic in before.topic.items() if topic] for before, after in steps]
    shelved = [[after.topic[id_] is None for id_, topic in before.topic.items() if topic] for before, after in steps]
    found = [
        [after.topic[id_] is not None for id_, topic in before.topic.items() if not topic] for before, after in steps
    ]
    pairs = [_pairs(edition.story) for edition in editions]
    parted = [[pair not in after for pair in before] for before, after in pairwise(pairs)]
    renamed = [
        [after.label[slug] != label for slug, label in before.label.items() if slug in after.label]
        for before, after in steps
    ]
    yield "placements changed", _share(moved), MOST_CHANGED
    yield "topic to shelf", _share(shelved), None
    yield "shelf to topic", _share(found), None
    yield "story pairs parted", _share(parted), MOST_CHANGED
    yield "topics relabelled", sum(map(sum, renamed)), 0
    yield "article addresses lost", len(_lost_articles(editions)), 0
    yield "topic addresses lost", len(_lost_topics(editions)), 0
    yield "topic addresses without a founding article", len(_strange_topics(editions)), 0


def _share(steps: Iterable[Iterable[bool]]) -> float:
    hits = [hit for step in steps for hit in step]
    return sum(hits) / max(1, len(hits))


def _lost_articles(editions: Sequence[Edition]) -> set[str]:
    """The addresses of articles at which there is no page later, or another article."""
    made_for: dict[str, str] = {}
    lost = set()
    for edition in editions:
        for id_, slug in edition.slug.items():
            if made_for.setdefault(slug, id_) != id_:
                lost.add(slug)
        lost |= {slug for slug in made_for if f"articles/{slug}.md" not in edition.pages}
    return lost


def _lost_topics(editions: Sequence[Edition]) -> set[str]:
    """The addresses of topics at which there is no page later, or one that leads nowhere."""
    known: set[str] = set()
    lost = set()
    for edition in editions:
        known |= edition.label.keys()
        lost |= {slug for slug in known if f"topics/{slug}.md" not in edition.pages}
        lost |= {slug for slug in known if edition.redirects.get(f"topics/{slug}.md") == ""}
    return lost


def _strange_topics(editions: Sequence[Edition]) -> set[str]:
    """The addresses of topics that lead to none of the articles that the topic began with, in any later edition."""
    founders: dict[str, frozenset[str]] = {}
    strange = set()
    for edition in editions:
        members = _grouped(edition.topic, edition.topic.get)
        at = {f"topics/{slug}.md": frozenset(ids) for slug, ids in members.items() if slug}
        shelf = frozenset(members.get(None, ()))
        for slug in edition.label:
            founders.setdefault(slug, at[f"topics/{slug}.md"])
        for slug, began_with in founders.items():
            page = f"topics/{slug}.md"
            if not began_with & at.get(edition.redirects.get(page, page), shelf):
                strange.add(slug)
    return strange


def quality(articles: Sequence[Told], edition: Edition) -> dict[str, float]:
    """How far an edition can be trusted: the shares of its pairs that are what they seem to be."""
    told = {each.id: each for each in articles}
    company = {id_: topic or edition.story[id_] or ("alone", id_) for id_, topic in edition.topic.items()}
    groups = [ids for ids in _grouped(told, company.get).values() if len(ids) > 1]
    mates = [(told[one], told[other]) for ids in groups for one, other in combinations(ids, 2)]
    labelled = [(one, other) for one, other in mates if one.subject and other.subject]
    stories, true = _pairs(edition.story), _pairs({each.id: each.event for each in articles})
    singles = [each.id for each in articles if each.event.startswith("single:")]
    told_with = {id_ for pair in stories for id_ in pair}
    return {
        "topics": len(edition.label),
        "share of the largest topic": max(map(len, groups), default=0) / len(told),
        "alone": 1 - sum(map(len, groups)) / len(told),
        "topic pairs of two collections": _share([[one.collection != other.collection for one, other in mates]]),
        "topic pairs of one subject": _share([[one.subject == other.subject for one, other in labelled]]),
        "story pairs right": len(stories & true) / max(1, len(stories)),
        "story pairs found": len(stories & true) / max(1, len(true)),
        "singles in a story": sum(id_ in told_with for id_ in singles) / max(1, len(singles)),
    }


def _grouped(ids: Iterable[str], key: Callable[[str], Hashable]) -> dict[Hashable, list[str]]:
    groups: dict[Hashable, list[str]] = defaultdict(list)
    for id_ in ids:
        groups[key(id_)].append(id_)
    return groups


def _pairs(place: Mapping[str, Hashable]) -> set[tuple[str, str]]:
    """The pairs of articles that are in one place, whatever is in none left out."""
    groups = _grouped(sorted(place), place.get)
    return {pair for key, ids in groups.items() if key is not None for pair in combinations(ids, 2)}
