"""Issues: what each edition brought, ranked, so that it is read in some minutes and has an end.

Stories lead by how many sources are new to them, then by how many tell them at all, and never by their size alone: ten
articles of one source weigh less than two of two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from statistics import fmean

from digestgen.model import CitedSentence, Entry, Story, Topic
from digestgen.publish.newest import newest_first, originals, published
from digestgen.publish.site import Site
from digestgen.publish.wording import beyond_title, says, title_of
from digestgen.text import words

STORIES_SHOWN = 10
FROM_ONE_TOPIC = 2
LARGE = 3
"""Stories that are told in two sentences; the others in one."""
TOPICS_SHOWN = 12
"""Topics of which titles are shown; others are only named."""
TITLES_SHOWN = 3
"""Titles of one topic."""
OTHERS_SHOWN = 6
"""Titles of what stands outside all topics."""

_WORDS_A_MINUTE = 230
"""What people read silently (Brysbaert 2019, 238 for non-fiction)."""


@dataclass(frozen=True, slots=True)
class Report:
    """A story of an issue."""

    lead: str
    """Id of the article with the best title."""
    cited: tuple[CitedSentence, ...]
    """What it says; of another source where there is one, too."""
    sources: tuple[str, ...]
    """Ids: of each source that is new to the story its first article."""
    more: int
    """How many further articles tell it, older ones among them."""
    topic: str | None
    note: str | None
    """What the curator has to say of it; of the first story of a topic, what of the topic."""


@dataclass(frozen=True, slots=True)
class Rest:
    """What else is new in a topic, or outside all of them."""

    topic: Topic | None
    articles: tuple[str, ...]
    """Ids, the newest first."""
    shown: int
    """How many of them the issue names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One edition, as it is read."""

    number: int
    day: date | None
    """None where it is not known when anything was first seen."""
    before: date | None
    after: date | None
    articles: tuple[Entry, ...]
    """All that was new, reprints aside: by topic in the order of the digest, those of none last."""
    reports: tuple[Report, ...]
    rest: tuple[Rest, ...]
    minutes: int

    @property
    def complete(self) -> bool:
        """Whether the issue names every article that was new."""
        named = len(self.reports) + sum(min(rest.shown, len(rest.articles)) for rest in self.rest)
        return named >= len(self.articles)


def issues(site: Site) -> tuple[Issue, ...]:
    """Every edition of the digest, the first one first; there is always one."""
    entries = originals(site.digest.entries, site.to.entries.keys())
    days: Sequence[date | None] = site.digest.editions or sorted({each.first for each in entries if each.first})
    of_day: dict[date | None, list[Entry]] = {day: [] for day in days or [None]}
    for entry in entries:
        of_day.setdefault(entry.first if days else None, []).append(entry)
    around = [None, *of_day, None]
    stories = _Stories(site)
    return tuple(
        _issue(site, stories, fresh, number=place, day=around[place], before=around[place - 1], after=around[place + 1])
        for place, fresh in enumerate(of_day.values(), start=1)
    )


class _Stories:
    """The stories of a site, by place: topic slug (empty outside) and story slug."""

    def __init__(self, site: Site) -> None:
        self._of: dict[tuple[str, str], Story] = {
            (topic.slug, story.slug): story for topic in site.digest.topics for story in topic.stories
        } | {("", story.slug): story for story in site.digest.stories}

    def of(self, entry: Entry) -> Story | None:
        """The story of an entry; None on the shelf."""
        return self._of.get((entry.topic or "", entry.story)) if entry.story else None


def _issue(  # noqa: PLR0913 -- all named
    site: Site,
    stories: _Stories,
    fresh: Sequence[Entry],
    *,
    number: int,
    day: date | None,
    before: date | None,
    after: date | None,
) -> Issue:
    places = {topic.slug: place for place, topic in enumerate(site.digest.topics)}
    by_topic = sorted(newest_first(fresh), key=lambda each: places.get(each.topic or "", len(places)))
    told: dict[tuple[str, str], list[Entry]] = {}
    for entry in by_topic:
        told.setdefault((entry.topic or "", entry.story or entry.article.id), []).append(entry)
    of_topic = Counter(entry.topic for entry in fresh if entry.topic)
    ranked = sorted(
        told.values(),
        key=lambda part: _rank(site, part, stories.of(part[0]), of_topic.get(part[0].topic or "", 0)),
        reverse=True,
    )
    leading = _varied(ranked)
    leads_topic = {part[0].topic: place for place, part in reversed(list(enumerate(leading)))}
    reports = tuple(
        _report(
            site,
            stories.of(part[0]),
            part,
            sentences=2 if place < LARGE else 1,
            leads=leads_topic[part[0].topic] == place,
        )
        for place, part in enumerate(leading)
    )
    shown = {entry.article.id for part in leading for entry in part}
    left = [entry for entry in by_topic if entry.article.id not in shown]
    rest = tuple(_rest(site, left))
    return Issue(
        number=number,
        day=day,
        before=before,
        after=after,
        articles=tuple(by_topic),
        reports=reports,
        rest=rest,
        minutes=_minutes(site, reports, rest),
    )


def _varied(ranked: Sequence[Sequence[Entry]]) -> list[Sequence[Entry]]:
    """The best stories, but only so many of one topic."""
    chosen: list[Sequence[Entry]] = []
    of: Counter[str | None] = Counter()
    for part in ranked:
        topic = part[0].topic
        if len(chosen) < STORIES_SHOWN and (topic is None or of[topic] < FROM_ONE_TOPIC):
            of[topic] += 1
            chosen.append(part)
    return chosen


def _rank(site: Site, fresh: Sequence[Entry], story: Story | None, in_topic: int) -> tuple[object, ...]:
    """What a story is ranked by, the strongest first; its new articles are given, and how many its topic has."""
    whole = [site.to.entries[key] for key in story.articles] if story else list(fresh)
    topic = site.to.topics.get(fresh[0].topic or "")
    return (
        any(entry.pinned for entry in fresh) or bool(topic and topic.pinned),
        _voices(fresh),
        _voices(whole),
        min(len(fresh), 2),
        in_topic,
        round(fmean(entry.placement.similarity if entry.placement else 0.0 for entry in fresh), 9),
        max(map(published, fresh)),
        min(entry.article.id for entry in fresh),
    )


def _voices(entries: Sequence[Entry]) -> int:
    """How many sources tell something; all that do not say who they are count as one."""
    return len({entry.article.source for entry in entries})


def _report(site: Site, story: Story | None, fresh: Sequence[Entry], *, sentences: int, leads: bool) -> Report:
    ids = {entry.article.id for entry in fresh}
    best = site.to.entries[story.headline] if story and story.headline in ids else fresh[0]
    others = [entry for entry in fresh if entry is not best]
    by_source: dict[str | None, str] = {best.article.source: best.article.id}
    for entry in others:
        by_source.setdefault(entry.article.source, entry.article.id)
    several = len(story.articles) if story else len(fresh)
    return Report(
        lead=best.article.id,
        cited=tuple(_cited(best, others, sentences)),
        sources=tuple(id_ for source, id_ in by_source.items() if source),
        more=max(several, len(fresh)) - 1,
        topic=best.topic,
        note=best.note or (site.to.topics[best.topic].note if leads and best.topic else None),
    )


def _cited(best: Entry, others: Sequence[Entry], most: int) -> Iterator[CitedSentence]:
    """Sentences that tell the story: of its best article, then one of another source that says something else."""
    own = beyond_title(best) or best.summary
    said = [*own[:1]]
    yield from (CitedSentence(sentence, best.article.id) for sentence in said)
    if most < 2:
        return
    for entry in others:
        if entry.article.source != best.article.source:
            for sentence in entry.summary:
                if not any(_alike(sentence, other) for other in (title_of(best), *said)):
                    yield CitedSentence(sentence, entry.article.id)
                    return
    yield from (CitedSentence(sentence, best.article.id) for sentence in own[1:2])


def _alike(sentence: str, other: str) -> bool:
    mine, theirs = set(map(str.casefold, words(sentence))), set(map(str.casefold, words(other)))
    return says(other, sentence) or says(sentence, other) or 2 * len(mine & theirs) > len(mine | theirs)


def _rest(site: Site, left: Sequence[Entry]) -> Iterator[Rest]:
    for place, (slug, part) in enumerate(groupby(left, lambda entry: entry.topic)):
        ids = tuple(entry.article.id for entry in part)
        if slug is None:
            yield Rest(None, ids, OTHERS_SHOWN)
        else:
            yield Rest(site.to.topics[slug], ids, TITLES_SHOWN if place < TOPICS_SHOWN else 0)


def _minutes(site: Site, reports: Sequence[Report], rest: Sequence[Rest]) -> int:
    titles = [report.lead for report in reports] + [key for part in rest for key in part.articles[: part.shown]]
    texts = [title_of(site.to.entries[key]) for key in titles]
    texts += [cited.sentence for report in reports for cited in report.cited]
    return max(1, round(sum(len(words(text)) for text in texts) / _WORDS_A_MINUTE))
