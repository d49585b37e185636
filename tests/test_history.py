"""Histories of a digest, edition by edition: no address dies, and every ruling holds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from digestgen.compose.digest import Composition, compose
from digestgen.curate.curation import Curation
from digestgen.curate.files.settings import DigestSettings
from digestgen.curate.ledger.fingerprint import text_runs
from digestgen.curate.ledger.ledger import Ledger
from digestgen.curate.ledger.ledger_file import read_ledger, write_ledger
from digestgen.curate.rulings.rulings import Rulings, resolved_merges
from digestgen.curate.rulings.rulings_file import read_rulings
from digestgen.model import Article, Digest, Seed, Sidecar, SplitLine
from effort import costly
from newsroom import write
from publish.rendered import pages_of
from remembering import Remembering

pytestmark = pytest.mark.long

EXECUTOR = Remembering()


def markdown(subject: str, number: int) -> str:
    return write(subject, number).as_markdown()


@dataclass
class Desk:
    """A curator's folder, and what readers have seen of it."""

    texts: dict[str, str] = field(default_factory=dict)
    """Seed name → text."""
    splits: dict[str, tuple[SplitLine, ...]] = field(default_factory=dict)
    topics: dict[str, dict[str, Any]] = field(default_factory=dict)
    articles: dict[str, dict[str, Any]] = field(default_factory=dict)
    ledger: str = ""
    day: date = date(2026, 11, 1)
    read: dict[str, Article] = field(default_factory=dict)
    """Slug → the article as readers last saw it."""
    followed: set[str] = field(default_factory=set)
    """Slugs of the topics that readers have seen."""
    sent: set[str] = field(default_factory=set)
    """Slugs of redirected articles, and of what took their place."""
    last: Composition | None = None

    def rulings(self) -> Rulings:
        rulings, problems = read_rulings(
            json.dumps({"topics": self.topics, "articles": self.articles}, indent=1), "curation.yml"
        )
        assert problems == ()
        return rulings

    def compose(self, ledger: str, day: date, *, backwards: bool = False) -> Composition:
        seeds = [
            Seed(name=name, text=text, sidecar=Sidecar(articles=self.splits.get(name), language="en"))
            for name, text in sorted(self.texts.items(), reverse=backwards)
        ]
        curation = Curation(rulings=self.rulings(), ledger=read_ledger(ledger, "permalinks.yml"), day=day)
        return compose(seeds, DigestSettings(), curation, EXECUTOR)

    def propose(self) -> Composition:
        return self.compose(self.ledger, self.day + timedelta(1))

    def publish(self) -> Digest:
        """Publish the next edition and check all invariants."""
        self.day += timedelta(1)
        edition = self.compose(self.ledger, self.day)
        assert edition.problems == ()
        before, after = read_ledger(self.ledger, ""), edition.ledger
        text = write_ledger(after)
        again = self.compose(text, self.day + timedelta(1), backwards=True)
        assert again == edition
        assert write_ledger(again.ledger) == text
        for slug, link in before.articles.items():
            assert link.first is None or after.articles[slug].first == link.first
        assert {entry.slug for entry in edition.digest.entries if entry.new} <= {
            slug for slug, link in after.articles.items() if link.first == after.latest_edition()
        }
        rulings = self.rulings()
        self.answers(edition.digest, after)
        self.stays(before, after, rulings)
        holds(rulings, edition.digest)
        self.ledger, self.last = text, edition
        return edition.digest

    def answers(self, digest: Digest, ledger: Ledger) -> None:
        """Check that every published address answers or redirects to its successor, and no others do."""
        self.read |= {entry.slug: entry.article for entry in digest.entries}
        self.followed |= {topic.slug for topic in digest.topics}
        at = {entry.slug: entry.article for entry in digest.entries}
        by_id = {article.id: article for article in at.values()}
        topics = {topic.slug for topic in digest.topics}
        former = digest.former
        assert self.read.keys() == at.keys() | former.articles.keys()
        assert not at.keys() & former.articles.keys()
        before, rulings = read_ledger(self.ledger, "").articles, self.rulings().articles
        self.sent |= {slug for slug in former.articles if slug in rulings and rulings[slug].moved}
        self.sent |= {slug for slug in former.articles if slug in before and before[slug].to in self.sent}
        self.sent -= at.keys()
        for slug, id_ in former.articles.items():
            if id_ is None:
                assert ledger.articles[slug].withdrawn or ledger.articles[ledger.articles[slug].to or ""].withdrawn
            elif slug not in self.sent:
                runs = text_runs(self.read[slug])
                assert len(runs & text_runs(by_id[id_])) > len(runs) / 5
        assert self.followed == topics | former.topics.keys()
        assert not topics & former.topics.keys()
        for to in former.topics.values():
            assert to in {"", *topics} or any(link.withdrawn for link in ledger.topics.values())
        tree = pages_of(digest)
        assert {f"articles/{slug}.md" for slug in self.read} <= tree.keys()
        assert {f"topics/{slug}.md" for slug in self.followed} <= tree.keys()

    def stays(self, before: Ledger, after: Ledger, rulings: Rulings) -> None:
        """Check that settled articles stay, topics keep their names, and withdrawn articles stay withdrawn."""
        for slug, old in before.articles.items():
            new = after.articles[slug]
            if old.live and new.live and old.settled and new.id == old.id:
                assert (new.settled, new.story) == (old.settled, old.story)
            if old.withdrawn and not new.withdrawn:
                ruling = rulings.articles.get(slug)
                topic = rulings.topics.get(old.by or "")
                assert (ruling and ruling.hide is False) or (topic and topic.hide is False) or (ruling and ruling.moved)
        for slug, known in before.topics.items():
            if known.live and after.topics[slug].live and known.label != after.topics[slug].label:
                assert slug in rulings.topics or after.topics[slug].label == known.made
            if known.withdrawn and not after.topics[slug].withdrawn:
                assert rulings.topics[slug].hide is False

    def slug_of(self, name: str) -> str:
        (slug,) = (slug for slug, article in self.read.items() if article.seed == name and self.lives(slug))
        return slug

    def lives(self, slug: str) -> bool:
        assert self.last is not None
        return any(entry.slug == slug for entry in self.last.digest.entries)

    def topic_of(self, name: str) -> str | None:
        assert self.last is not None
        return next(entry.topic for entry in self.last.digest.entries if entry.article.seed == name)


def holds(rulings: Rulings, digest: Digest) -> None:
    """Check that every ruling is followed."""
    into = resolved_merges(rulings)
    topics = {topic.slug: topic for topic in digest.topics}
    entries = {entry.slug: entry for entry in digest.entries}
    assert not topics.keys() & into.keys()
    for slug, ruling in rulings.topics.items():
        target = into.get(slug, slug)
        topic = topics.get(target)
        assert not (ruling.hide and topic)
        if topic and target == slug:
            assert ruling.label in {None, topic.label}
            assert (ruling.note, ruling.pin) == (topic.note, topic.pinned)
        for named in ruling.add:
            assert named.slug not in entries or entries[named.slug].topic == target
        added = {named.slug for each in rulings.topics.values() for named in each.add}
        for named in ruling.remove:
            assert named.slug in added or named.slug not in entries or entries[named.slug].topic != target
    pinned = [topic.pinned for topic in digest.topics]
    assert pinned == sorted(pinned, reverse=True)
    for slug, ruling in rulings.articles.items():
        assert not (ruling.hide and slug in entries)
        if slug in entries:
            entry = entries[slug]
            assert ruling.title in {None, entry.article.title}
            assert ruling.published in {None, entry.article.published}
            assert ruling.summary is None or entry.summary == (ruling.summary,)
            assert (ruling.note, ruling.pin) == (entry.note, entry.pinned)


def first_edition() -> Desk:
    desk = Desk({f"{subject}-{number}.md": markdown(subject, number) for subject in SUBJECTS for number in range(5)})
    digest = desk.publish()
    assert len(digest.topics) == len(SUBJECTS)
    assert not any(entry.new for entry in digest.entries)
    return desk


SUBJECTS = ("harbour", "orchard", "chess", "volcano")


def test_articles_come_change_and_go() -> None:
    desk = first_edition()
    harbour, orchard = desk.topic_of("harbour-0.md"), desk.topic_of("orchard-0.md")

    desk.texts |= {f"harbour-{number}.md": markdown("harbour", number) for number in (5, 6)}
    digest = desk.publish()
    assert {entry.article.seed for entry in digest.entries if entry.new} == {"harbour-5.md", "harbour-6.md"}
    assert desk.topic_of("harbour-6.md") == harbour

    slug = desk.slug_of("orchard-1.md")
    desk.texts["orchard-1.md"] = desk.texts["orchard-1.md"].replace("Tomas Berg", "Thomas Berg")
    desk.publish()
    assert desk.slug_of("orchard-1.md") == slug

    desk.texts["orchard-1.md"] = desk.texts["orchard-1.md"].replace("# ", "# Late news: ", 1)
    desk.publish()
    assert desk.slug_of("orchard-1.md") == slug

    lost = desk.slug_of("chess-4.md")
    text = desk.texts.pop("chess-4.md")
    assert desk.propose().lost == (lost,)
    (problem,) = desk.propose().problems
    assert (problem.file, lost in problem.message) == ("chess-4.md", True)
    desk.articles[lost] = {"hide": True}
    assert desk.publish().former.articles == {lost: None}

    desk.texts["chess-4.md"] = text
    desk.publish()
    assert not desk.lives(lost)
    del desk.articles[lost]
    desk.publish()
    assert not desk.lives(lost)
    desk.articles[lost] = {"hide": False}
    desk.publish()
    assert desk.slug_of("chess-4.md") == lost
    del desk.articles[lost]
    desk.publish()
    assert desk.slug_of("chess-4.md") == lost

    # One subject arrives and another leaves; the curator redirects its addresses.
    desk.texts |= {f"rail-{number}.md": markdown("rail", number) for number in range(5)}
    for number in range(5):
        desk.articles[desk.slug_of(f"orchard-{number}.md")] = {"moved": desk.slug_of("harbour-0.md")}
        del desk.texts[f"orchard-{number}.md"]
    digest = desk.publish()
    assert digest.former.topics == {orchard: harbour}
    assert len(digest.former.articles) == 5


def test_rulings_outlive_editions() -> None:
    desk = first_edition()
    names = {subject: desk.topic_of(f"{subject}-0.md") for subject in SUBJECTS}
    assert None not in names.values()
    harbour, orchard, chess, volcano = (names[subject] or "" for subject in SUBJECTS)

    desk.topics[harbour] = {"merge": [orchard]}
    assert desk.publish().former.topics == {orchard: harbour}

    desk.topics[harbour]["label"] = "Boats and apples"
    desk.topics[chess] = {"pin": True, "note": "*Our* favourite."}
    assert desk.publish().topics[0].slug == chess

    moved = desk.slug_of("chess-0.md")
    desk.topics[harbour]["articles"] = {"add": [moved]}
    desk.publish()
    desk.topics[chess]["articles"] = {"remove": [desk.slug_of("chess-1.md")]}
    desk.publish()
    assert desk.topic_of("chess-1.md") is None

    # Many new articles: the merged topic is proposed and merged again each time.
    for number in range(5, 8):
        desk.texts |= {f"{subject}-{number}.md": markdown(subject, number) for subject in SUBJECTS}
    desk.publish()
    assert desk.topic_of("orchard-7.md") == harbour
    assert desk.topic_of("chess-7.md") == chess

    secret = desk.slug_of("chess-2.md")
    desk.articles[secret] = {"hide": True}
    desk.articles[moved] = {"title": "Castling in port", "published": "2026-11-05", "summary": "In my words."}
    assert desk.publish().former.articles == {secret: None}
    desk.texts["chess-2.md"] = desk.texts["chess-2.md"].replace("Olga", "Helga")
    assert desk.publish().former.articles == {secret: None}

    del desk.topics[harbour]["merge"]
    digest = desk.publish()
    assert digest.former.topics == {}
    assert desk.topic_of("orchard-7.md") == orchard

    del desk.topics[chess]
    desk.topics[orchard] = {"hide": True}
    digest = desk.publish()
    assert digest.former.topics == {orchard: None}
    assert len(digest.former.articles) == 1 + 8
    assert "orchard-0.md" not in {entry.article.seed for entry in digest.entries}

    desk.topics, desk.articles = {}, {}
    digest = desk.publish()
    assert digest.former.topics == {orchard: None}
    assert len(digest.former.articles) == 1 + 8

    desk.topics, desk.articles = {orchard: {"hide": False}}, {secret: {"hide": False}}
    digest = desk.publish()
    assert digest.former == type(digest.former)()
    assert {desk.topic_of(f"{subject}-3.md") for subject in SUBJECTS} == {harbour, orchard, chess, volcano}


def test_a_merge_of_topics_that_were_never_apart() -> None:
    desk = Desk({f"{subject}-{number}.md": markdown(subject, number) for subject in SUBJECTS for number in range(5)})
    one, other, *_ = (topic.slug for topic in desk.propose().digest.topics)
    desk.topics[one] = {"merge": [other]}
    assert desk.publish().former.topics == {}
    # Its label would change with every article; its identity does not.
    for name in [name for name in desk.texts if desk.topic_of(name)]:
        desk.texts[name] = desk.texts[name].replace("Tomas Berg", "Bela Kiss").replace("Ida Marsh", "Ada Tarn")
    desk.publish()
    del desk.topics[one]
    desk.publish()
    assert desk.followed >= {one, other}


def test_a_mistyped_topic_is_a_problem_and_makes_no_topic() -> None:
    desk = first_edition()
    harbour = desk.topic_of("harbour-0.md")
    desk.topics["../harbor"] = {"merge": [harbour], "articles": {"add": [desk.slug_of("chess-0.md")]}}
    proposed = desk.propose()
    assert "no topic" in proposed.problems[0].message
    desk.topics = {}
    assert proposed.digest == desk.propose().digest


def test_a_dump_is_split_otherwise() -> None:
    desk = first_edition()
    parts = [markdown("harbour", number).removeprefix("# ") for number in (10, 11)]
    desk.texts["dump.txt"] = "\n".join(parts)
    start = parts[0].count("\n") + 2
    apart = (SplitLine(line=1), SplitLine(line=start))
    desk.splits["dump.txt"] = apart
    digest = desk.publish()
    first, second = (entry.slug for entry in digest.entries if entry.article.seed == "dump.txt")

    desk.splits["dump.txt"] = apart[:1]
    digest = desk.publish()
    (joined,) = (entry for entry in digest.entries if entry.article.seed == "dump.txt")
    assert joined.slug in {first, second}
    assert digest.former.articles == {({first, second} - {joined.slug}).pop(): joined.article.id}

    desk.splits["dump.txt"] = apart
    digest = desk.publish()
    assert {entry.slug for entry in digest.entries if entry.article.seed == "dump.txt"} == {first, second}
    assert digest.former.articles == {}


def test_what_was_joined_is_taken_out_again() -> None:
    desk = first_edition()
    port, chess = desk.slug_of("harbour-0.md"), desk.slug_of("chess-0.md")
    before, text = desk.texts["harbour-0.md"], desk.texts.pop("chess-0.md")
    desk.texts["harbour-0.md"] += "\n" + text.removeprefix("# ")
    digest = desk.publish()
    assert digest.former.articles == {chess: desk.read[port].id}

    # An edit of the joined text is no edit of its parts.
    desk.texts["harbour-0.md"] = desk.texts["harbour-0.md"].replace(" in ", " near ", 1)
    assert desk.publish().former.articles == {chess: desk.read[port].id}

    desk.texts["harbour-0.md"] = before
    (problem,) = desk.propose().problems
    assert (problem.file, chess in problem.message, port in problem.message) == ("harbour-0.md", True, True)
    desk.articles[chess] = {"moved": port}
    assert desk.publish().former.articles == {chess: desk.read[port].id}
    del desk.articles[chess]
    assert desk.publish().former.articles == {chess: desk.read[port].id}


def test_what_was_joined_is_put_elsewhere() -> None:
    desk = first_edition()
    port, chess = desk.slug_of("harbour-0.md"), desk.slug_of("chess-0.md")
    before, text = desk.texts["harbour-0.md"], desk.texts.pop("chess-0.md")
    desk.texts["harbour-0.md"] += "\n" + text.removeprefix("# ")
    desk.publish()

    desk.texts["harbour-0.md"] = before
    other = desk.slug_of("volcano-0.md")
    desk.texts["volcano-0.md"] += "\n" + text.removeprefix("# ")
    assert desk.publish().former.articles == {chess: desk.read[other].id}

    # It gets its own heading back after an edit, and with it its own address.
    desk.texts["volcano-0.md"] = markdown("volcano", 0)
    desk.texts["back.md"] = text.replace(" in ", " near ", 1)
    digest = desk.publish()
    assert (desk.slug_of("back.md"), desk.slug_of("harbour-0.md"), digest.former.articles) == (chess, port, {})


def test_one_seed_becomes_a_part_of_another() -> None:
    desk = first_edition()
    slugs = {desk.slug_of(f"chess-{number}.md") for number in range(2)}
    text = desk.texts.pop("chess-1.md")
    desk.texts["chess-0.md"] += "\n" + text.removeprefix("# ")
    digest = desk.publish()
    assert {desk.slug_of("chess-0.md"), *digest.former.articles} == slugs


POOL = [(subject, number) for subject in SUBJECTS for number in range(6)]
OPERATIONS = st.tuples(
    st.sampled_from(
        ["put", "edit", "retitle", "join", "drop", "merge", "add", "remove", "hide", "veil", "label", "free"]
    ),
    st.integers(0, 20),
    st.integers(0, 20),
)


@settings(
    costly(0.1),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@example(count=4, history=[("merge", 9, 12), ("join", 7, 6), ("merge", 5, 17), ("free", 1, 7), ("hide", 0, 7)])
@example(count=24, history=[("veil", 14, 10), ("veil", 4, 16), ("label", 5, 11), ("veil", 20, 6)])
@example(count=4, history=[("join", 0, 0), ("put", 0, 0)])
@example(count=18, history=[("veil", 8, 2)])
@given(count=st.integers(3, len(POOL)), history=st.lists(OPERATIONS, min_size=2, max_size=7))
def test_random_histories(count: int, history: list[tuple[str, int, int]]) -> None:
    pool = sorted(POOL, key=lambda each: (each[1], each[0]))
    desk = Desk({f"{subject}-{number}.md": markdown(subject, number) for subject, number in pool[:count]})
    desk.publish()
    for name, one, other in history:
        before = (dict(desk.texts), json.dumps(desk.topics), json.dumps(desk.articles))
        operate(desk, name, one, other)
        proposed = desk.propose()
        for number, slug in enumerate(proposed.lost):
            # The curator reacts to the build's notes: one address is withdrawn, another redirected.
            living = [entry.slug for entry in proposed.digest.entries]
            desk.articles[slug] = {"moved": living[other % len(living)]} if living and number % 2 else {"hide": True}
        if desk.propose().problems:
            # Contradictory rulings, or rulings on missing articles: the curator reverts the last step.
            assert {problem.file for problem in desk.propose().problems} == {"curation.yml"}
            desk.texts, desk.topics, desk.articles = before[0], json.loads(before[1]), json.loads(before[2])
        desk.publish()


def operate(  # noqa: C901 -- one branch an operation
    desk: Desk, name: str, one: int, other: int
) -> None:
    assert desk.last is not None
    digest = desk.last.digest
    seeds = sorted(desk.texts)
    topics = sorted(topic.slug for topic in digest.topics)
    slugs = [entry.slug for entry in digest.entries]
    if name == "put":
        subject, number = POOL[one % len(POOL)]
        desk.texts[f"{subject}-{number}.md"] = markdown(subject, number)
    elif name in {"edit", "retitle"} and seeds:
        seed = seeds[one % len(seeds)]
        mark, instead = ("# ", "# Again: ") if name == "retitle" else (" in ", " near ")
        desk.texts[seed] = desk.texts[seed].replace(mark, instead, 1)
    elif name == "join" and len(seeds) > 1:
        seed = seeds[one % len(seeds)]
        text = desk.texts.pop(seed)
        left = sorted(desk.texts)
        desk.texts[left[other % len(left)]] += "\n" + text.removeprefix("# ")
    elif name == "drop" and seeds:
        del desk.texts[seeds[one % len(seeds)]]
    elif name == "merge" and len(topics) > 1:
        target, folded = topics[one % len(topics)], topics[other % len(topics)]
        desk.topics.setdefault(target, {}).setdefault("merge", []).append(folded)
    elif name in {"add", "remove"} and topics and slugs:
        members = desk.topics.setdefault(topics[one % len(topics)], {}).setdefault("articles", {})
        members.setdefault(name, []).append(slugs[other % len(slugs)])
    elif name == "hide" and slugs:
        desk.articles.setdefault(slugs[one % len(slugs)], {})["hide"] = True
    elif name == "veil" and topics:
        desk.topics.setdefault(topics[one % len(topics)], {})["hide"] = True
    elif name == "label" and topics:
        desk.topics.setdefault(topics[one % len(topics)], {})["label"] = f"Topic {other}"
    elif name == "free":
        rulings: dict[str, Mapping[str, Any]] = desk.topics if one % 2 else desk.articles  # type: ignore[assignment]
        if rulings:
            del rulings[sorted(rulings)[other % len(rulings)]]
