"""Issues: what each edition brought, ranked, so that it is read in some minutes and has an end.

Stories lead by how many sources are new to them, then by how many tell them at all, and never by their size alone: ten
articles of one source weigh less than two of two. What the editor says goes before all that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from statistics import fmean

from digestgen import routes
from digestgen.language.text import words
from digestgen.model import CitedSentence, EditionText, Entry, Story, Topic
from digestgen.publish.lookups import Site
from digestgen.publish.notes import Note, note_text
from digestgen.publish.recency import by_edition, newest_first, published
from digestgen.publish.wording import beyond_title, says, title_of

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

FRONT = routes.page("index")
"""The page that the links of a letter are written for."""

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
    note: Note | None
    """What the curator has to say of it; of the first story of a topic, what of the topic."""


@dataclass(frozen=True, slots=True)
class Rest:
    """What else is new in a topic, or outside all of them."""

    topic: Topic | None
    articles: tuple[str, ...]
    """Ids, the newest first."""
    shown: int
    """How many of them the issue names."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What the editor writes to the readers of an edition."""

    number: int
    day: date | None
    title: str | None
    note: Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One edition, as it is read; or what several brought, for who missed some."""

    number: int
    """Of the latest."""
    day: date | None
    """None where it is not known when anything was first seen."""
    before: date | None
    after: date | None
    editions: int = 1
    """How many it brings together."""
    title: str | None = None
    """What the editor calls it."""
    letters: tuple[Letter, ...] = ()
    """The latest first."""
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
    stories = _Stories(site)
    of_day = list(by_edition(site.digest).items())
    days = [day for day, _ in of_day]
    return tuple(
        _issue(site, stories, fresh, _Frame(place, day, before, after, ((place, day),)))
        for place, ((day, fresh), before, after) in enumerate(
            zip(of_day, [None, *days], [*days[1:], None], strict=False), start=1
        )
    )


def issue_since(site: Site, since: date) -> Issue | None:
    """What all editions after a day brought, as one; None where that is nothing. Of a single one, that edition."""
    of_day = list(by_edition(site.digest).items())
    places = [(place, day) for place, (day, _) in enumerate(of_day, start=1) if day and day > since]
    fresh = [entry for place, _ in places for entry in of_day[place - 1][1]]
    if not fresh:
        return None
    first, (number, day) = places[0][0], places[-1]
    before = of_day[first - 2][0] if first > 1 else None
    return _issue(site, _Stories(site), fresh, _Frame(number, day, before, None, tuple(places)))


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where an issue stands among the editions."""

    number: int
    day: date | None
    before: date | None
    after: date | None
    editions: tuple[tuple[int, date | None], ...]
    """Number and day of those that it brings together."""


class _Stories:
    """The stories of a site, by place: topic slug (empty outside) and story slug."""

    def __init__(self, site: Site) -> None:
        self._of: dict[tuple[str, str], Story] = {
            (topic.slug, story.slug): story for topic in site.digest.topics for story in topic.stories
        } | {("", story.slug): story for story in site.digest.stories}

    def of(self, entry: Entry) -> Story | None:
        """The story of an entry; None on the shelf."""
        return self._of.get((entry.topic or "", entry.story)) if entry.story else None


def _issue(site: Site, stories: _Stories, fresh: Sequence[Entry], frame: _Frame) -> Issue:
    places = {topic.slug: place for place, topic in enumerate(site.digest.topics)}
    by_topic = sorted(newest_first(fresh), key=lambda each: places.get(each.topic or "", len(places)))
    said = list(_said(site, frame))
    lead = [key for _, _, word in said for key in word.lead]
    left_out = {key for _, _, word in said for key in word.left_out}
    told: dict[tuple[str, str], list[Entry]] = {}
    for entry in by_topic:
        if entry.article.id not in left_out:
            told.setdefault((entry.topic or "", entry.story or entry.article.id), []).append(entry)
    of_topic = Counter(entry.topic for entry in fresh if entry.topic)
    ranked = sorted(
        told.values(),
        key=lambda part: _rank(site, part, stories.of(part[0]), of_topic.get(part[0].topic or "", 0)),
        reverse=True,
    )
    leading = _varied(_chosen(ranked, lead), ranked)
    leads_topic = {part[0].topic: place for place, part in reversed(list(enumerate(leading)))}
    reports = tuple(
        _report(
            site,
            stories.of(part[0]),
            part,
            sentences=2 if place < LARGE else 1,
            leads=leads_topic[part[0].topic] == place,
            chosen=part[0].article.id in lead,
        )
        for place, part in enumerate(leading)
    )
    shown = {entry.article.id for part in leading for entry in part} | left_out
    rest = tuple(_rest(site, [entry for entry in by_topic if entry.article.id not in shown]))
    letters = tuple(
        Letter(number, day, word.title, Note(word.letter, FRONT)) for number, day, word in said if word.letter
    )
    return Issue(
        number=frame.number,
        day=frame.day,
        before=frame.before,
        after=frame.after,
        editions=len(frame.editions),
        title=next((word.title for _, _, word in said if len(frame.editions) == 1), None),
        letters=letters,
        articles=tuple(by_topic),
        reports=reports,
        rest=rest,
        minutes=_minutes(site, reports, rest, letters),
    )


def _said(site: Site, frame: _Frame) -> Iterator[tuple[int, date, EditionText]]:
    """What the editor says of the editions that an issue brings together, the latest first, with number and day."""
    for number, day in reversed(frame.editions):
        if day and (word := site.digest.edition_words.get(day)):
            yield number, day, word


def _chosen(ranked: Iterable[Sequence[Entry]], lead: Sequence[str]) -> list[Sequence[Entry]]:
    """The stories that the editor puts first, in that order, each with the article that was named for it in front."""
    story_of = {entry.article.id: part for part in ranked for entry in part}
    chosen: dict[int, Sequence[Entry]] = {}
    for key in lead:
        if part := story_of.get(key):
            named = sorted(part, key=lambda entry: entry.article.id != key)
            chosen.setdefault(id(part), named)
    return list(chosen.values())


def _varied(chosen: Sequence[Sequence[Entry]], ranked: Sequence[Sequence[Entry]]) -> list[Sequence[Entry]]:
    """The stories that were ``chosen``, then the best of the others, but only so many of one topic."""
    stories = list(chosen)
    known = {entry.article.id for part in chosen for entry in part}
    of: Counter[str | None] = Counter(part[0].topic for part in chosen)
    for part in ranked:
        topic = part[0].topic
        if part[0].article.id in known:
            continue
        if len(stories) < STORIES_SHOWN and (topic is None or of[topic] < FROM_ONE_TOPIC):
            of[topic] += 1
            stories.append(part)
    return stories


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


def _report(  # noqa: PLR0913 -- all but the first three are named
    site: Site, story: Story | None, fresh: Sequence[Entry], *, sentences: int, leads: bool, chosen: bool
) -> Report:
    ids = {entry.article.id for entry in fresh}
    best = site.to.entries[story.headline] if story and story.headline in ids and not chosen else fresh[0]
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
        note=_note(site, best, leads=leads),
    )


def _note(site: Site, best: Entry, *, leads: bool) -> Note | None:
    if best.note:
        return Note(best.note, site.to.article(best.article.id))
    topic = site.to.topics[best.topic] if leads and best.topic else None
    return Note(topic.note, site.to.topic(topic.slug)) if topic and topic.note else None


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


def _minutes(site: Site, reports: Sequence[Report], rest: Sequence[Rest], letters: Sequence[Letter]) -> int:
    titles = [report.lead for report in reports] + [key for part in rest for key in part.articles[: part.shown]]
    texts = [title_of(site.to.entries[key]) for key in titles]
    texts += [cited.sentence for report in reports for cited in report.cited]
    texts += [note_text(letter.note.markdown) for letter in letters]
    return max(1, round(sum(len(words(text)) for text in texts) / _WORDS_A_MINUTE))
