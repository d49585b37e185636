"""Where the side tables are joined: groups, labels, summaries and links become topics and entries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from digestgen.analyse import label, relate, summarise
from digestgen.analyse.coverage import coverage
from digestgen.analyse.holding import holds
from digestgen.analyse.occurrence import KeyphraseIndex
from digestgen.model import (
    Article,
    Entry,
    Group,
    Grouping,
    Keyphrase,
    RelatedArticle,
    RelatedTopic,
    Story,
    Topic,
)
from digestgen.slugs import unique_slugs


@dataclass(frozen=True, slots=True)
class TopicName:
    """What a topic is called, and the last part of its address."""

    slug: str
    label: str
    first: date | None
    """The day on which it was first seen."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found out about one article, its place aside."""

    slug: str
    summary: tuple[str, ...]
    keyphrases: tuple[Keyphrase, ...]
    related: tuple[RelatedArticle, ...]
    reprint_of: str | None
    first: date | None
    """The day on which it was first seen."""


def assemble_topics(
    grouping: Grouping, names: Sequence[TopicName], reprint_of: Mapping[str, str], index: KeyphraseIndex
) -> tuple[Topic, ...]:
    """The topics, one for each group, in their order and by their ``names``.

    What is said of them comes from the originals alone; reprints stand beside theirs.
    """
    by_id = index.articles
    members = [group.articles for group in grouping.groups]
    links = relate.related_groups(members, index.keyphrases)
    stories = _stories(grouping.groups, [name.label for name in names], index)
    reprints: dict[str, list[str]] = defaultdict(list)
    for reprint in sorted(reprint_of):
        reprints[reprint_of[reprint]].append(reprint)

    def with_reprints(ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(member for key in ids for member in (key, *reprints[key]))

    phrases = [label.topic_keyphrases(group.articles, index) for group in grouping.groups]
    return tuple(
        Topic(
            slug=names[number].slug,
            label=names[number].label,
            first=names[number].first,
            keyphrases=phrases[number],
            articles=with_reprints(group.articles),
            stories=tuple(replace(story, articles=with_reprints(story.articles)) for story in stories[number]),
            summary=summarise.summarise_group([by_id[key] for key in group.articles]),
            related=tuple(RelatedTopic(names[other].slug, reasons) for other, reasons in links[number]),
            sources=_source_counts(by_id[key] for key in with_reprints(group.articles)),
            coverage=coverage(with_reprints(group.articles), index),
            holds=holds(
                [*(phrase.text for phrase in phrases[number]), *names[number].label.split(": ")],
                with_reprints(group.articles),
                index,
            ),
        )
        for number, group in enumerate(grouping.groups)
    )


def assemble_entries(
    articles: Sequence[Article], findings: Mapping[str, Findings], grouping: Grouping, topics: Sequence[Topic]
) -> tuple[Entry, ...]:
    """The entries of some articles, in their order; ``topics`` are those of the groups, in their order."""
    story_of = {key: story.slug for topic in topics for story in topic.stories for key in story.articles}

    def entry(article: Article) -> Entry:
        found = findings[article.id]
        fit = grouping.fits[found.reprint_of or article.id]
        return Entry(
            article=article,
            slug=found.slug,
            summary=found.summary,
            keyphrases=found.keyphrases,
            topic=None if fit.group is None else topics[fit.group].slug,
            story=story_of.get(article.id),
            topic_reasons=fit.reasons,
            topic_shares=fit.shares,
            topic_similarity=fit.similarity,
            nearest_topic=None if fit.nearest is None else topics[fit.nearest].slug,
            nearest_reasons=fit.nearest_reasons,
            nearest_shares=fit.nearest_shares,
            nearest_similarity=fit.nearest_similarity,
            related=found.related,
            reprint_of=found.reprint_of,
            first=found.first,
        )

    return tuple(map(entry, articles))


def _stories(groups: Sequence[Group], topic_labels: Sequence[str], index: KeyphraseIndex) -> list[tuple[Story, ...]]:
    """The stories of each group, with labels unique in their topic and slugs unique in the digest."""
    named: list[list[tuple[str, tuple[str, ...]]]] = []
    for group, topic_label in zip(groups, topic_labels, strict=True):
        told = [ids for ids in group.stories if len(ids) > 1]
        if len(group.stories) == 1:
            labels = iter((topic_label,))
        else:
            # The topic itself takes part, so that no story of several is called what its topic is called.
            labels = iter(label.label_groups([group.articles, *told], index)[1:])
        named.append([(next(labels) if len(ids) > 1 else index.articles[ids[0]].title, ids) for ids in group.stories])
    slugs = iter(unique_slugs([(name, ids[0]) for stories in named for name, ids in stories]))
    return [tuple(Story(slug=next(slugs), label=name, articles=ids) for name, ids in stories) for stories in named]


def _source_counts(articles: Iterable[Article]) -> dict[str, int]:
    counts = Counter(article.source for article in articles if article.source)
    return dict(sorted(counts.items(), key=lambda count: (-count[1], count[0])))
