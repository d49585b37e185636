"""What hardly holds: topics that few phrases hold together, and articles on the shelf that come near to a topic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from digestgen.model import Digest, Entry, Story, Topic
from digestgen.publish.markdown import shorten
from digestgen.publish.review.yaml_to_paste import MOST, Cases, Desk, Paste, yaml_text
from digestgen.slugs import unique_slugs

HELD = 2.0
"""A topic is weak that is held by less than this many phrases, each counted by how well it finds the topic's articles.
A single phrase never gives more than one."""

_MEMBERS_SHOWN = 6
_LABEL_SHOWN = 100
_FEWEST = 2
"""Articles that a topic is worth founding for."""
_SETTLES = ("label", "note", "pin")
"""What a curator says of a topic that is to stay."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeakTopic:
    """A topic that little holds together."""

    topic: Topic
    members: tuple[Entry, ...]
    """Those with the fewest reasons, first."""
    other: str | None
    """Slug of the topic that it is most related to."""
    label: Paste | None
    merge: Paste | None
    remove: Paste | None
    removed: str
    """Id of the article that ``remove`` removes."""
    hide: Paste | None
    part: Paste | None
    parted: str
    """Label of the story that ``part`` makes a topic of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved:
    """An article of no topic."""

    entry: Entry
    add: Paste


def weak(digest: Digest, desk: Desk, taken: Collection[str] = ()) -> Cases:
    """The weak topics, weakest first, but for those that the curator has settled.

    ``taken`` are the slugs of topics that no reader sees, which a new one cannot have.
    """
    entries = {entry.article.id: entry for entry in digest.entries}
    found = [
        (hold, topic)
        for topic in digest.topics
        if (hold := _hold(topic)) < HELD and not any(desk.says("topics", topic.slug, key) for key in _SETTLES)
    ]
    found.sort(key=lambda each: (each[0], each[1].slug))
    names = _Names(
        slugs=frozenset({"index", *taken, *digest.former.topics, *(topic.slug for topic in digest.topics)}),
        labels=frozenset(topic.label.casefold() for topic in digest.topics),
    )
    return Cases(len(found), tuple(_weak_topic(topic, entries, desk, names) for _, topic in found[:MOST]))


@dataclass(frozen=True, slots=True)
class _Names:
    """What a new topic cannot be called."""

    slugs: Collection[str]
    labels: Collection[str]
    """Without case."""


def _hold(topic: Topic) -> float:
    """The phrases that hold a topic, each counted by its F1 measure: how well it finds the topic's articles."""
    return round(sum(1.0 - keyphrase.score for keyphrase in topic.keyphrases), 9)


def _weak_topic(topic: Topic, entries: Mapping[str, Entry], desk: Desk, names: _Names) -> WeakTopic:
    # The best come first in a topic, so of those with as many reasons the last is the thinnest.
    members = [entries[id_] for id_ in reversed(topic.articles) if not entries[id_].reprint_of]
    thinnest = sorted(members, key=lambda entry: len(entry.placement.reasons) if entry.placement else 0)
    near = Counter(entry.nearest.topic for entry in members if entry.nearest)
    other = topic.related[0].slug if topic.related else min(near, key=lambda slug: (-near[slug], slug), default=None)
    ruled = desk.says("topics", topic.slug)
    removable = next((entry for entry in thinnest if not desk.mentions(entry.slug, "add", "remove")), None)
    merged = desk.mentions(topic.slug, "merge")
    mergeable = not ruled and not merged
    hideable = not merged and not any(desk.says("topics", topic.slug, key) for key in ("hide", "merge"))
    label = shorten(topic.label, _LABEL_SHOWN)
    story = max(topic.stories[1:], key=lambda story: len(_originals(story, entries)), default=None)
    labelled = not label or desk.mentions(label.casefold(), "label")
    return WeakTopic(
        topic=topic,
        members=tuple(thinnest[:_MEMBERS_SHOWN]),
        other=other,
        label=None if labelled else desk.paste(("topics", topic.slug), f"label: {yaml_text(label)}"),
        merge=desk.paste(("topics", other, "merge"), f"- {yaml_text(topic.slug)}") if other and mergeable else None,
        remove=desk.paste(("topics", topic.slug, "articles", "remove"), f"- {yaml_text(removable.slug)}")
        if removable
        else None,
        removed=removable.article.id if removable else "",
        hide=desk.paste(("topics", topic.slug), "hide: true") if hideable else None,
        part=_part(story, entries, desk, names) if story else None,
        parted=story.label if story else "",
    )


def _part(story: Story, entries: Mapping[str, Entry], desk: Desk, names: _Names) -> Paste | None:
    """The line that makes a topic of a story; on one line, so that it says of itself what it founds."""
    members = [entry.slug for entry in _originals(story, entries)]
    label = shorten(story.label, _LABEL_SHOWN)
    placed = any(desk.mentions(slug, "add", "remove", "lead", "order") for slug in members)
    if len(members) < _FEWEST or placed:
        return None
    if not label or label.casefold() in names.labels or desk.mentions(label.casefold(), "label"):
        return None
    (slug,) = unique_slugs([(label, members[0])], reserved={*names.slugs, *desk.keys("topics")})
    added = ", ".join(map(yaml_text, members))
    founded = f"{yaml_text(slug)}: {{label: {yaml_text(label)}, articles: {{add: [{added}]}}}}"
    return desk.paste(("topics",), founded)


def _originals(story: Story, entries: Mapping[str, Entry]) -> list[Entry]:
    return [entries[id_] for id_ in story.articles if not entries[id_].reprint_of]


def shelved(digest: Digest, desk: Desk) -> Cases:
    """The articles on the shelf with a nearest topic, those with most reasons first."""
    shelf = set(digest.shelf)
    found = [
        (entry, entry.nearest)
        for entry in digest.entries
        if entry.article.id in shelf
        and entry.nearest
        and not (entry.ruled or entry.reprint_of or desk.mentions(entry.slug, "add", "remove"))
    ]
    # The more reasons there are, the likelier it belongs there.
    found.sort(key=lambda each: -len(each[1].reasons))
    return Cases(
        len(found),
        tuple(
            Shelved(
                entry=entry, add=desk.paste(("topics", near.topic, "articles", "add"), f"- {yaml_text(entry.slug)}")
            )
            for entry, near in found[:MOST]
        ),
    )
