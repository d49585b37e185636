"""Issues: the news of each edition, ranked and cut to a few minutes' reading.

Stories rank by the number of sources new to them, then by all their sources, never by size alone: ten articles of one
source weigh less than two of two sources. The editor's choices come before all that.
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
from digestgen.publish.chronology import by_edition, newest_first, published
from digestgen.publish.notes import Note, note_text
from digestgen.publish.site import Site
from digestgen.publish.wording import covers, sentences_beyond_title, title_of

STORIES_SHOWN = 10
FROM_ONE_TOPIC = 2
LARGE = 3
"""Leading stories shown with two sentences; the others have one."""
TOPICS_SHOWN = 12
"""Topics with titles; further topics are only named."""
TITLES_SHOWN = 3
"""Titles per topic."""
OTHERS_SHOWN = 6
"""Titles of articles outside all topics."""

FRONT = routes.page("index")
"""Page that the links in a letter are relative to."""

_WORDS_A_MINUTE = 230
"""Silent reading speed (Brysbaert 2019: 238 words a minute for non-fiction)."""


@dataclass(frozen=True, slots=True)
class IssueStory:
    """A story as an issue shows it."""

    lead: str
    """Id of the article whose title is shown."""
    cited: tuple[CitedSentence, ...]
    """Quoted sentences, from a second source too where possible."""
    sources: tuple[str, ...]
    """Ids of the first article of each source that is new to the story."""
    more: int
    """Number of further articles on the story, older ones included."""
    topic: str | None
    note: Note | None
    """The curator's note on the article, or on the topic in the first story of that topic."""


@dataclass(frozen=True, slots=True)
class FurtherNews:
    """Other new articles of a topic, or outside all topics."""

    topic: Topic | None
    articles: tuple[str, ...]
    """Ids, newest first."""
    shown: int
    """Number of articles that the issue names."""


@dataclass(frozen=True, slots=True)
class Letter:
    """The editor's letter to the readers of an edition."""

    number: int
    day: date | None
    title: str | None
    note: Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One edition as readers see it, or several merged for readers who missed some."""

    number: int
    """Number of the latest edition in it."""
    day: date | None
    """None if no article has a day on which it was first seen."""
    before: date | None
    after: date | None
    editions: int = 1
    """Number of merged editions."""
    title: str | None = None
    """Title given by the editor."""
    letters: tuple[Letter, ...] = ()
    """Latest first."""
    articles: tuple[Entry, ...]
    """All new articles without reprints: by topic in the digest's order, those without topic last."""
    stories: tuple[IssueStory, ...]
    further: tuple[FurtherNews, ...]
    minutes: int

    @property
    def complete(self) -> bool:
        """Whether the issue names every new article."""
        named = len(self.stories) + sum(min(rest.shown, len(rest.articles)) for rest in self.further)
        return named >= len(self.articles)


def issues(site: Site) -> tuple[Issue, ...]:
    """Return the issue of every edition, oldest first; there is always at least one."""
    index = _StoryIndex(site)
    of_day = list(by_edition(site.digest).items())
    days = [day for day, _ in of_day]
    return tuple(
        _issue(site, index, fresh, _EditionRange(place, day, before, after, ((place, day),)))
        for place, ((day, fresh), before, after) in enumerate(
            zip(of_day, [None, *days], [*days[1:], None], strict=False), start=1
        )
    )


def issue_since(site: Site, since: date) -> Issue | None:
    """Merge all editions after the day ``since`` into one issue; None if they brought nothing."""
    of_day = list(by_edition(site.digest).items())
    places = [(place, day) for place, (day, _) in enumerate(of_day, start=1) if day and day > since]
    fresh = [entry for place, _ in places for entry in of_day[place - 1][1]]
    if not fresh:
        return None
    first, (number, day) = places[0][0], places[-1]
    before = of_day[first - 2][0] if first > 1 else None
    return _issue(site, _StoryIndex(site), fresh, _EditionRange(number, day, before, None, tuple(places)))


@dataclass(frozen=True, slots=True)
class _EditionRange:
    """The editions that an issue covers, and its neighbours."""

    number: int
    day: date | None
    before: date | None
    after: date | None
    editions: tuple[tuple[int, date | None], ...]
    """Number and day of each edition covered."""


class _StoryIndex:
    """Stories by topic slug (empty outside topics) and story slug."""

    def __init__(self, site: Site) -> None:
        self._of: dict[tuple[str, str], Story] = {
            (topic.slug, story.slug): story for topic in site.digest.topics for story in topic.stories
        } | {("", story.slug): story for story in site.digest.stories}

    def of(self, entry: Entry) -> Story | None:
        """Return the story of an entry; None on the shelf."""
        return self._of.get((entry.topic or "", entry.story)) if entry.story else None


def _issue(site: Site, index: _StoryIndex, fresh: Sequence[Entry], edition_range: _EditionRange) -> Issue:
    places = {topic.slug: place for place, topic in enumerate(site.digest.topics)}
    by_topic = sorted(newest_first(fresh), key=lambda each: places.get(each.topic or "", len(places)))
    words_of_editor = list(_edition_words(site, edition_range))
    lead = [key for _, _, word in words_of_editor for key in word.lead]
    left_out = {key for _, _, word in words_of_editor for key in word.left_out}
    by_story: dict[tuple[str, str], list[Entry]] = {}
    for entry in by_topic:
        if entry.article.id not in left_out:
            by_story.setdefault((entry.topic or "", entry.story or entry.article.id), []).append(entry)
    of_topic = Counter(entry.topic for entry in fresh if entry.topic)
    ranked = sorted(
        by_story.values(),
        key=lambda part: _rank(site, part, index.of(part[0]), of_topic.get(part[0].topic or "", 0)),
        reverse=True,
    )
    leading = _diversified(_editor_leads(ranked, lead), ranked)
    leads_topic = {part[0].topic: place for place, part in reversed(list(enumerate(leading)))}
    stories = tuple(
        _issue_story(
            site,
            index.of(part[0]),
            part,
            sentences=2 if place < LARGE else 1,
            leads=leads_topic[part[0].topic] == place,
            chosen=part[0].article.id in lead,
        )
        for place, part in enumerate(leading)
    )
    shown = {entry.article.id for part in leading for entry in part} | left_out
    further = tuple(_further_news(site, [entry for entry in by_topic if entry.article.id not in shown]))
    letters = tuple(
        Letter(number, day, word.title, Note(word.letter, FRONT))
        for number, day, word in words_of_editor
        if word.letter
    )
    return Issue(
        number=edition_range.number,
        day=edition_range.day,
        before=edition_range.before,
        after=edition_range.after,
        editions=len(edition_range.editions),
        title=next((word.title for _, _, word in words_of_editor if len(edition_range.editions) == 1), None),
        letters=letters,
        articles=tuple(by_topic),
        stories=stories,
        further=further,
        minutes=_minutes(site, stories, further, letters),
    )


def _edition_words(site: Site, edition_range: _EditionRange) -> Iterator[tuple[int, date, EditionText]]:
    """Yield number, day and the editor's words of each edition covered, latest first."""
    for number, day in reversed(edition_range.editions):
        if day and (word := site.digest.edition_words.get(day)):
            yield number, day, word


def _editor_leads(ranked: Iterable[Sequence[Entry]], lead: Sequence[str]) -> list[Sequence[Entry]]:
    """Return the stories that the editor puts first, in that order, each led by the article named for it."""
    story_of = {entry.article.id: part for part in ranked for entry in part}
    chosen: dict[int, Sequence[Entry]] = {}
    for key in lead:
        if part := story_of.get(key):
            named = sorted(part, key=lambda entry: entry.article.id != key)
            chosen.setdefault(id(part), named)
    return list(chosen.values())


def _diversified(chosen: Sequence[Sequence[Entry]], ranked: Sequence[Sequence[Entry]]) -> list[Sequence[Entry]]:
    """Return the ``chosen`` stories, then the best others, with a limit per topic."""
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
    """Sort key of a story, strongest criterion first.

    ``fresh`` are its new articles, ``in_topic`` the number of new articles in its topic.
    """
    whole = [site.addresses.entries[key] for key in story.articles] if story else list(fresh)
    topic = site.addresses.topics.get(fresh[0].topic or "")
    return (
        any(entry.pinned for entry in fresh) or bool(topic and topic.pinned),
        _source_count(fresh),
        _source_count(whole),
        min(len(fresh), 2),
        in_topic,
        round(fmean(entry.placement.similarity if entry.placement else 0.0 for entry in fresh), 9),
        max(map(published, fresh)),
        min(entry.article.id for entry in fresh),
    )


def _source_count(entries: Sequence[Entry]) -> int:
    """Count the sources; all articles without a source count as one."""
    return len({entry.article.source for entry in entries})


def _issue_story(  # noqa: PLR0913 -- all but the first three are named
    site: Site, story: Story | None, fresh: Sequence[Entry], *, sentences: int, leads: bool, chosen: bool
) -> IssueStory:
    ids = {entry.article.id for entry in fresh}
    best = site.addresses.entries[story.headline] if story and story.headline in ids and not chosen else fresh[0]
    others = [entry for entry in fresh if entry is not best]
    by_source: dict[str | None, str] = {best.article.source: best.article.id}
    for entry in others:
        by_source.setdefault(entry.article.source, entry.article.id)
    several = len(story.articles) if story else len(fresh)
    return IssueStory(
        lead=best.article.id,
        cited=tuple(_cited(best, others, sentences)),
        sources=tuple(id_ for source, id_ in by_source.items() if source),
        more=max(several, len(fresh)) - 1,
        topic=best.topic,
        note=_note(site, best, leads=leads),
    )


def _note(site: Site, best: Entry, *, leads: bool) -> Note | None:
    if best.note:
        return Note(best.note, site.addresses.article(best.article.id))
    topic = site.addresses.topics[best.topic] if leads and best.topic else None
    return Note(topic.note, site.addresses.topic(topic.slug)) if topic and topic.note else None


def _cited(best: Entry, others: Sequence[Entry], most: int) -> Iterator[CitedSentence]:
    """Yield sentences that tell the story: from its best article, then from another source with something to add."""
    own = sentences_beyond_title(best) or best.summary
    quoted = [*own[:1]]
    yield from (CitedSentence(sentence, best.article.id) for sentence in quoted)
    if most < 2:
        return
    for entry in others:
        if entry.article.source != best.article.source:
            for sentence in entry.summary:
                if not any(_similar(sentence, other) for other in (title_of(best), *quoted)):
                    yield CitedSentence(sentence, entry.article.id)
                    return
    yield from (CitedSentence(sentence, best.article.id) for sentence in own[1:2])


def _similar(sentence: str, other: str) -> bool:
    mine, theirs = set(map(str.casefold, words(sentence))), set(map(str.casefold, words(other)))
    return covers(other, sentence) or covers(sentence, other) or 2 * len(mine & theirs) > len(mine | theirs)


def _further_news(site: Site, left: Sequence[Entry]) -> Iterator[FurtherNews]:
    for place, (slug, part) in enumerate(groupby(left, lambda entry: entry.topic)):
        ids = tuple(entry.article.id for entry in part)
        if slug is None:
            yield FurtherNews(None, ids, OTHERS_SHOWN)
        else:
            yield FurtherNews(site.addresses.topics[slug], ids, TITLES_SHOWN if place < TOPICS_SHOWN else 0)


def _minutes(
    site: Site, stories: Sequence[IssueStory], further: Sequence[FurtherNews], letters: Sequence[Letter]
) -> int:
    titles = [story.lead for story in stories] + [key for part in further for key in part.articles[: part.shown]]
    texts = [title_of(site.addresses.entries[key]) for key in titles]
    texts += [cited.sentence for story in stories for cited in story.cited]
    texts += [note_text(letter.note.markdown) for letter in letters]
    return max(1, round(sum(len(words(text)) for text in texts) / _WORDS_A_MINUTE))
