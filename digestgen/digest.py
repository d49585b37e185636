"""Pure composition: seeds in, Digest out. The only place where the side tables are joined.

::

    seeds → articles → reprints folded → keyphrases → groups → labels, summaries, links → Digest
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from digestgen.analyse import cluster, dedupe, keyphrases, label, relate, summarise
from digestgen.analyse.occurrence import KeyphraseIndex
from digestgen.curate.settings import DigestSettings
from digestgen.errors import Problem
from digestgen.ingest import identity, read
from digestgen.model import (
    Article,
    Digest,
    Entry,
    Group,
    Grouping,
    Keyphrase,
    RelatedArticle,
    RelatedTopic,
    Seed,
    Source,
    Story,
    Topic,
)
from digestgen.slugs import unique_slugs
from digestgen.text import clean_line

A = TypeVar("A")
B = TypeVar("B")


class Workshop(Protocol):
    """Where the work is done: shows how far it is, and may spread it over cores."""

    def start(self, stage: str) -> None:
        """A stage begins; ``stage`` is what to show to a person."""

    def map(self, stage: str, work: Callable[[A], B], things: Sequence[A]) -> list[B]:
        """``[work(thing) for thing in things]``, in that order; ``work`` is a module's own function."""


class Bench:
    """The plainest workshop: one core, silent."""

    def start(self, stage: str) -> None:
        """Nothing to show."""

    def map(self, stage: str, work: Callable[[A], B], things: Sequence[A]) -> list[B]:  # noqa: ARG002
        """One after the other."""
        return [work(thing) for thing in things]


@dataclass(frozen=True, slots=True)
class Composition:
    """A digest, and what of the seeds could not be used in it."""

    digest: Digest
    problems: tuple[Problem, ...]
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Study:
    """What one article alone tells."""

    candidates: tuple[Keyphrase, ...]
    summary: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Findings:
    """What was found out about one article, its place aside."""

    summary: tuple[str, ...]
    keyphrases: tuple[Keyphrase, ...]
    related: tuple[RelatedArticle, ...]
    reprint_of: str | None


def compose(seeds: Iterable[Seed], settings: DigestSettings, workshop: Workshop | None = None) -> Composition:
    """The digest of some seeds.

    The result depends on neither the order of the seeds nor the workshop. Every article of every seed becomes one
    entry, in one topic or on the shelf. Raises AssertionError should a summary sentence not stand in its article.
    """
    workshop = workshop or Bench()
    workshop.start("Reading the seeds")
    read_articles, problems = _read(seeds, settings)
    studies: dict[str, _Study] = {}
    for article, found in zip(read_articles, workshop.map("Studying the articles", _study, read_articles), strict=True):
        if isinstance(found, Problem):
            problems.append(found)
        else:
            studies[article.id] = found
    articles = tuple(article for article in read_articles if article.id in studies)
    by_id = {article.id: article for article in articles}

    workshop.start("Folding reprints")
    reprint_of = dedupe.find_reprints(articles)
    originals = [article for article in articles if article.id not in reprint_of]

    phrases = keyphrases.select({key: study.candidates for key, study in studies.items()}, by_id)

    workshop.start("Grouping into topics")
    index = KeyphraseIndex(by_id, phrases)
    proposed = cluster.group(originals, {article.id: studies[article.id].candidates for article in originals})
    grouping = label.held_together(proposed, index)

    workshop.start("Labelling, summarising, linking")
    topics = _topics(grouping, reprint_of, index)
    related = relate.related_articles(articles, phrases, excluded=_families(reprint_of))
    findings = {
        key: _Findings(studies[key].summary, tuple(phrases[key]), related.get(key, ()), reprint_of.get(key))
        for key in by_id
    }
    entries = _entries(articles, findings, grouping, topics)
    placed = {key for topic in topics for key in topic.articles}
    digest = Digest(
        title=settings.title,
        description=settings.description,
        language=settings.language,
        entries=entries,
        topics=topics,
        shelf=tuple(article.id for article in articles if article.id not in placed),
        sources=tuple(
            Source(name=name, homepage=settings.homepages.get(name))
            for name in sorted({article.source for article in articles if article.source})
        ),
    )
    verify(digest)
    languages = sorted({article.language for article in articles})
    notices = tuple(notice for language in languages if (notice := keyphrases.warning(language)))
    return Composition(digest, tuple(problems), notices)


def verify(digest: Digest) -> None:
    """Check the promises that no page may break; raises AssertionError.

    Every summary sentence stands verbatim in its article, and every article is placed exactly once.
    """
    texts = {}
    for entry in digest.entries:
        article = entry.article
        texts[article.id] = (*article.paragraphs, *([article.standfirst] if article.standfirst else []))
    cited = [(sentence, entry.article.id) for entry in digest.entries for sentence in entry.summary]
    cited += [(cite.sentence, cite.article) for topic in digest.topics for cite in topic.summary]
    for sentence, key in cited:
        if not any(sentence in text for text in texts[key]):
            raise AssertionError(f"a summary sentence is not in its article {key}: {sentence!r}")
    places = Counter([*(key for topic in digest.topics for key in topic.articles), *digest.shelf])
    stories = Counter(key for topic in digest.topics for story in topic.stories for key in story.articles)
    if set(places) != set(texts) or any(count != 1 for count in places.values()):
        raise AssertionError("an article is not placed exactly once")
    if sorted(stories) != sorted(key for topic in digest.topics for key in topic.articles):
        raise AssertionError("an article of a topic is in none of its stories, or in two")


def _read(seeds: Iterable[Seed], settings: DigestSettings) -> tuple[tuple[Article, ...], list[Problem]]:
    defaults = read.Defaults(language=None, publish=settings.publish)
    readings = [_read_seed(seed, defaults) for seed in sorted(seeds, key=lambda seed: seed.name)]
    articles = identity.with_unique_ids(article for reading in readings for article in reading.articles)
    return articles, [problem for reading in readings for problem in reading.problems]


# One text that the method cannot bear must not cost the reader all the others: a fault of ours, met while a single
# seed or article is worked on, is a problem of that seed or article. Faults in what concerns all are not caught.


def _read_seed(seed: Seed, defaults: read.Defaults) -> read.Reading:
    try:
        return read.read_seed(seed, defaults)
    except Exception as fault:  # noqa: BLE001 -- see above
        return read.Reading((), (_refusal(fault, seed.name, None, "this seed"),))


def _study(article: Article) -> _Study | Problem:
    try:
        return _Study(keyphrases.extract(article), summarise.summarise_article(article))
    except Exception as fault:  # noqa: BLE001 -- see above
        return _refusal(fault, article.seed, article.lines[0], "this article")


def _refusal(fault: Exception, seed: str, line: int | None, what: str) -> Problem:
    reason = clean_line(f"{type(fault).__name__}: {fault}")[:200]
    return Problem(seed, line, f"digestgen failed on {what} and left it out; please report this ({reason})")


def _families(reprint_of: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """For each original and reprint: all who tell the same."""
    families: dict[str, set[str]] = defaultdict(set)
    for reprint, original in reprint_of.items():
        families[original] |= {original, reprint}
    return {member: frozenset(family) for family in families.values() for member in family}


def _topics(grouping: Grouping, reprint_of: Mapping[str, str], index: KeyphraseIndex) -> tuple[Topic, ...]:
    """The finished topics: what is said of them comes from the originals alone, reprints stand beside theirs."""
    by_id = index.articles
    members = [group.articles for group in grouping.groups]
    labels = label.label_groups(members, index)
    slugs = unique_slugs([(name, ids[0]) for name, ids in zip(labels, members, strict=True)], reserved=["index"])
    links = relate.related_groups(members, index.keyphrases)
    stories = _stories(grouping.groups, labels, index)
    reprints: dict[str, list[str]] = defaultdict(list)
    for reprint in sorted(reprint_of):
        reprints[reprint_of[reprint]].append(reprint)

    def with_reprints(ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(member for key in ids for member in (key, *reprints[key]))

    return tuple(
        Topic(
            slug=slugs[number],
            label=labels[number],
            keyphrases=label.topic_keyphrases(group.articles, index),
            articles=with_reprints(group.articles),
            stories=tuple(replace(story, articles=with_reprints(story.articles)) for story in stories[number]),
            summary=summarise.summarise_group([by_id[key] for key in group.articles]),
            related=tuple(RelatedTopic(slugs[other], reasons) for other, reasons in links[number]),
            sources=_source_counts(by_id[key] for key in with_reprints(group.articles)),
        )
        for number, group in enumerate(grouping.groups)
    )


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


def _entries(
    articles: Sequence[Article], findings: Mapping[str, _Findings], grouping: Grouping, topics: Sequence[Topic]
) -> tuple[Entry, ...]:
    slugs = unique_slugs([(article.title, article.id) for article in articles], reserved=["index"])
    story_of = {key: story.slug for topic in topics for story in topic.stories for key in story.articles}

    def entry(article: Article, slug: str) -> Entry:
        found = findings[article.id]
        fit = grouping.fits[found.reprint_of or article.id]
        return Entry(
            article=article,
            slug=slug,
            summary=found.summary,
            keyphrases=found.keyphrases,
            topic=None if fit.group is None else topics[fit.group].slug,
            story=story_of.get(article.id),
            topic_reasons=fit.reasons,
            nearest_topic=None if fit.nearest is None else topics[fit.nearest].slug,
            nearest_reasons=fit.nearest_reasons,
            related=found.related,
            reprint_of=found.reprint_of,
        )

    return tuple(entry(article, slug) for article, slug in zip(articles, slugs, strict=True))
