"""Which rulings took part in what an article or a topic is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from digestgen.curate.rulings import ArticleRuling, Rulings, TopicRuling, direct_merges
from digestgen.fields import quoted

_SAID = {
    "label": "gives its name",
    "title": "gives its title",
    "published": "gives its date",
    "summary": "gives its summary",
    "note": "gives its note",
    "pin": "puts it first",
}


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """What one ruling decides of an article or a topic."""

    file: str
    line: int
    says: str


def on_article(
    slug: str, rulings: Rulings, file: str, along_with: Mapping[str, str], proposed: str | None
) -> tuple[Decision, ...]:
    """The rulings that made an article what it is, by line.

    ``along_with`` are the slugs of articles that it goes along with, each with the reason ("which it follows"),
    ``proposed`` is the slug of the topic that it would be in without any ruling.
    """
    found = {*_own(rulings.articles.get(slug), file), *_placing(slug, "it", rulings, file)}
    for other, why in along_with.items():
        found |= _placing(other, f"{quoted(other)}, {why},", rulings, file)
    into = direct_merges(rulings)
    topic, seen = proposed, set[str]()
    while topic in into and topic not in seen:
        seen.add(topic)
        target = into[topic]
        found.add(Decision(file, target.line, f"folds its topic {quoted(topic)} into {quoted(target.slug)}"))
        topic = target.slug
    return tuple(sorted(found))


def on_topic(slug: str, rulings: Rulings, file: str) -> tuple[Decision, ...]:
    """The rulings that made a topic what it is, by line."""
    found = set(_own(rulings.topics.get(slug), file))
    ruling = rulings.topics.get(slug)
    if ruling:
        found |= {Decision(file, named.line, f"puts article {quoted(named.slug)} here") for named in ruling.add}
        found |= {Decision(file, named.line, f"takes article {quoted(named.slug)} out") for named in ruling.remove}
    into = direct_merges(rulings)
    reached, waiting = {slug}, [slug]
    while waiting:
        target = waiting.pop()
        for topic, named in into.items():
            if named.slug == target and topic not in reached:
                reached.add(topic)
                waiting.append(topic)
                found.add(Decision(file, named.line, f"folds topic {quoted(topic)} into {quoted(target)}"))
    return tuple(sorted(found))


def _own(ruling: ArticleRuling | TopicRuling | None, file: str) -> Iterator[Decision]:
    for key, says in _SAID.items():
        if ruling and getattr(ruling, key, None):
            yield Decision(file, ruling.line, says)


def _placing(slug: str, called: str, rulings: Rulings, file: str) -> set[Decision]:
    return {
        Decision(file, named.line, f"{verb} {called} {where} {quoted(topic)}")
        for topic, ruling in rulings.topics.items()
        for verb, where, named_here in (("puts", "into", ruling.add), ("takes", "out of", ruling.remove))
        for named in named_here
        if named.slug == slug
    }
