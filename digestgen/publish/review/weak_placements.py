"""Weak topics, and shelved articles that come close to a topic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from digestgen.model import Digest, Entry, Story, Topic
from digestgen.publish.markdown import shorten
from digestgen.publish.review.ruling_snippets import MOST, CurationFile, Findings, Snippet, yaml_text
from digestgen.slugs import unique_slugs

HELD = 2.0
"""Strength below which a topic is weak: the F1 measures of its phrases, summed. A single phrase contributes at most
one."""

_MEMBERS_SHOWN = 6
_LABEL_SHOWN = 100
_FEWEST = 2
"""Fewest articles for a new topic."""
_SETTLES = ("label", "note", "pin")
"""Rulings that show that the curator wants to keep a topic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeakTopic:
    """A weak topic, with snippets that change it."""

    topic: Topic
    members: tuple[Entry, ...]
    """Those with the fewest reasons first."""
    other: str | None
    """Slug of the most related topic."""
    label: Snippet | None
    merge: Snippet | None
    remove: Snippet | None
    removed: str
    """Id of the article that ``remove`` removes."""
    hide: Snippet | None
    split: Snippet | None
    split_label: str
    """Label of the story that ``split`` turns into a topic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelvedArticle:
    """A shelved article, with the snippet that adds it to the nearest topic."""

    entry: Entry
    add: Snippet


def weak_topics(digest: Digest, curation_file: CurationFile, taken: Collection[str] = ()) -> Findings:
    """Find weak topics, weakest first, except those that the curator has settled.

    ``taken`` are slugs of topics that readers do not see, which a new topic cannot have.
    """
    entries = {entry.article.id: entry for entry in digest.entries}
    found = [
        (hold, topic)
        for topic in digest.topics
        if (hold := _strength(topic)) < HELD
        and not any(curation_file.says("topics", topic.slug, key) for key in _SETTLES)
    ]
    found.sort(key=lambda each: (each[0], each[1].slug))
    names = _Names(
        slugs=frozenset({"index", *taken, *digest.former.topics, *(topic.slug for topic in digest.topics)}),
        labels=frozenset(topic.label.casefold() for topic in digest.topics),
    )
    return Findings(len(found), tuple(_weak_topic(topic, entries, curation_file, names) for _, topic in found[:MOST]))


@dataclass(frozen=True, slots=True)
class _Names:
    """Slugs and labels that a new topic cannot have."""

    slugs: Collection[str]
    labels: Collection[str]
    """Case-folded."""


def _strength(topic: Topic) -> float:
    """Sum of the F1 measures with which the topic's phrases find its articles."""
    return round(sum(1.0 - keyphrase.score for keyphrase in topic.keyphrases), 9)


def _weak_topic(topic: Topic, entries: Mapping[str, Entry], curation_file: CurationFile, names: _Names) -> WeakTopic:
    # A topic lists its best articles first: among those with equally many reasons, the last is the weakest.
    members = [entries[id_] for id_ in reversed(topic.articles) if not entries[id_].reprint_of]
    thinnest = sorted(members, key=lambda entry: len(entry.placement.reasons) if entry.placement else 0)
    near = Counter(entry.nearest.topic for entry in members if entry.nearest)
    other = topic.related[0].slug if topic.related else min(near, key=lambda slug: (-near[slug], slug), default=None)
    ruled = curation_file.says("topics", topic.slug)
    removable = next((entry for entry in thinnest if not curation_file.mentions(entry.slug, "add", "remove")), None)
    merged = curation_file.mentions(topic.slug, "merge")
    mergeable = not ruled and not merged
    hideable = not merged and not any(curation_file.says("topics", topic.slug, key) for key in ("hide", "merge"))
    label = shorten(topic.label, _LABEL_SHOWN)
    story = max(topic.stories[1:], key=lambda story: len(_without_reprints(story, entries)), default=None)
    labelled = not label or curation_file.mentions(label.casefold(), "label")
    return WeakTopic(
        topic=topic,
        members=tuple(thinnest[:_MEMBERS_SHOWN]),
        other=other,
        label=None if labelled else curation_file.paste(("topics", topic.slug), f"label: {yaml_text(label)}"),
        merge=curation_file.paste(("topics", other, "merge"), f"- {yaml_text(topic.slug)}")
        if other and mergeable
        else None,
        remove=curation_file.paste(("topics", topic.slug, "articles", "remove"), f"- {yaml_text(removable.slug)}")
        if removable
        else None,
        removed=removable.article.id if removable else "",
        hide=curation_file.paste(("topics", topic.slug), "hide: true") if hideable else None,
        split=_split(story, entries, curation_file, names) if story else None,
        split_label=story.label if story else "",
    )


def _split(story: Story, entries: Mapping[str, Entry], curation_file: CurationFile, names: _Names) -> Snippet | None:
    """Snippet that makes a topic of a story; one line, so that it shows what it creates."""
    members = [entry.slug for entry in _without_reprints(story, entries)]
    label = shorten(story.label, _LABEL_SHOWN)
    placed = any(curation_file.mentions(slug, "add", "remove", "lead", "order") for slug in members)
    if len(members) < _FEWEST or placed:
        return None
    if not label or label.casefold() in names.labels or curation_file.mentions(label.casefold(), "label"):
        return None
    (slug,) = unique_slugs([(label, members[0])], reserved={*names.slugs, *curation_file.keys("topics")})
    added = ", ".join(map(yaml_text, members))
    founded = f"{yaml_text(slug)}: {{label: {yaml_text(label)}, articles: {{add: [{added}]}}}}"
    return curation_file.paste(("topics",), founded)


def _without_reprints(story: Story, entries: Mapping[str, Entry]) -> list[Entry]:
    return [entries[id_] for id_ in story.articles if not entries[id_].reprint_of]


def shelved_articles(digest: Digest, curation_file: CurationFile) -> Findings:
    """Shelved articles with a nearest topic, those with most reasons first."""
    shelf = set(digest.shelf)
    found = [
        (entry, entry.nearest)
        for entry in digest.entries
        if entry.article.id in shelf
        and entry.nearest
        and not (entry.ruled or entry.reprint_of or curation_file.mentions(entry.slug, "add", "remove"))
    ]
    # More reasons make it likelier that the article belongs there.
    found.sort(key=lambda each: -len(each[1].reasons))
    return Findings(
        len(found),
        tuple(
            ShelvedArticle(
                entry=entry,
                add=curation_file.paste(("topics", near.topic, "articles", "add"), f"- {yaml_text(entry.slug)}"),
            )
            for entry, near in found[:MOST]
        ),
    )
