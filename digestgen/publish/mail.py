"""The edition as a mail: what is new since a day, as HTML and as plain text.

It is bounded, since Gmail cuts off what is longer than 102 KB, and a mail is read at a sitting: what is left over is
counted, with a link to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from digestgen import routes
from digestgen.model import Digest, Entry, Topic
from digestgen.publish.addresses import SHELF, SUBSCRIBE, absolute
from digestgen.publish.mail_items import LONGEST_NAME, Item, Note, item
from digestgen.publish.markdown import shorten
from digestgen.publish.newest import newest_first, originals, seen
from digestgen.publish.templating import fill_mail
from digestgen.publish.wording import count, day
from digestgen.words import words_of

LARGEST = 90_000
"""Bytes of HTML: what a mailing tool adds needs room, too."""

STORIES_SHOWN = 4
"""Stories of one topic."""
FOLLOWERS_SHOWN = 3
"""Further articles of one story, which are only named."""
SHELF_SHOWN = 6
TOPICS_NAMED = 24
"""Topics that are only named, since the mail is full."""
SENTENCES = 2
"""Sentences of the article that leads a topic; the others have one."""

_STORIES_IN_ALL = (30, 15, 8, 4, 2)
"""The most stories of topics, and the most on the shelf, that the whole mail tells; fewer where they are long."""

_QUOTING = (
    "What stands below a title is quoted word for word from the article, unless the editor wrote it. The texts belong "
    "to their publishers."
)

_LONGEST_SUBJECT = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """An edition, to be mailed."""

    day: date
    """The day on which the newest of its articles were first seen."""
    subject: str
    html: str
    text: str
    articles: int
    topics: int
    shelf: int
    """How many of the articles fit no topic."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is new of one story: an article, and the names of others."""

    lead: Item
    followers: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """What is new in one topic."""

    label: str
    page: str
    new: bool
    note: Note | None
    fresh: int
    """How many of its articles are new."""
    stories: tuple[Told, ...]

    @property
    def more(self) -> int:
        """How many of the new articles are not told of."""
        return self.fresh - sum(1 + len(told.followers) for told in self.stories)


@dataclass(frozen=True, slots=True)
class _News:
    """What a mail is made from."""

    digest: Digest
    url: str
    since: date | None
    fresh: Mapping[str, Entry]
    """The new articles by id, reprints aside, the newest first."""
    reprints: Mapping[str, tuple[str, ...]]
    """Article id → the sources of those that repeat it."""


def mail(digest: Digest, since: date | None) -> Mail | None:
    """What is new in the digest: what was first seen after the day ``since``, or everything where that is None.

    None when nothing is. Raises ValueError for a digest whose site has no address, to which every link leads.
    """
    if digest.url is None:
        raise ValueError("a mail needs the address of the site")
    told = originals(digest.entries, {entry.article.id for entry in digest.entries})
    if since is not None:
        told = [entry for entry in told if entry.first and entry.first > since]
    if not told:
        return None
    reprints: dict[str, list[str]] = defaultdict(list)
    for entry in digest.entries:
        if entry.reprint_of and entry.article.source:
            reprints[entry.reprint_of].append(entry.article.source)
    news = _News(
        digest,
        digest.url,
        since,
        {entry.article.id: entry for entry in newest_first(told)},
        {original: tuple(dict.fromkeys(names)) for original, names in reprints.items()},
    )
    for most in _STORIES_IN_ALL:
        content = _content(news, most)
        html, text = fill_mail("mail", content, words_of(digest.language))
        if len(html.encode()) <= LARGEST:
            break
    return Mail(
        day=max(map(seen, told)),
        subject=str(content["subject"]),
        html=html,
        text=text,
        articles=len(told),
        topics=len({entry.topic for entry in told if entry.topic}),
        shelf=sum(entry.topic is None for entry in told),
    )


def _content(news: _News, most: int) -> dict[str, object]:
    fresh = [(topic, stories) for topic in news.digest.topics if (stories := _fresh(news, topic))]
    shares = _shares([len(stories) for _, stories in fresh], most)
    every = [_section(news, *topic, share) for topic, share in zip(fresh, shares, strict=True)]
    sections = [section for section in every if section.stories]
    named = every[len(sections) :]
    shelf = [entry for entry in news.fresh.values() if entry.topic is None]
    shown = shelf[: min(most, SHELF_SHOWN) if sections else most]
    latest = max(map(seen, news.fresh.values()))
    title = shorten(news.digest.title, LONGEST_NAME)
    told = [story.lead for section in sections for story in section.stories]
    shelved = [_item(news, entry, 1) for entry in shown]
    return {
        "title": title,
        "subject": _subject(title, latest, [section.label for section in sections]),
        "preview": " · ".join(item.title for item in [*told, *shelved][:2]),
        "language": news.digest.language,
        "day": latest,
        "counted": _counted(news, every, len(shelf)),
        "since": news.since,
        "sections": sections,
        "named": named[:TOPICS_NAMED],
        "unnamed": len(named[TOPICS_NAMED:]),
        "shelf": shelved,
        "shelf_more": len(shelf) - len(shown),
        "home": news.url,
        "topics_page": absolute("topics/index.md", news.url),
        "shelf_page": absolute(SHELF, news.url),
        "subscribe_page": absolute(SUBSCRIBE, news.url),
        "quoting": _QUOTING,
    }


def _subject(title: str, latest: date, labels: Sequence[str]) -> str:
    """What the mail is and of what it tells, as many topics as there is room for."""
    subject = f"{title}, {day(latest)}"
    for number, label in enumerate(labels):
        longer = f"{subject}{', ' if number else ': '}{label}"
        if len(longer) > _LONGEST_SUBJECT:
            break
        subject = longer
    return subject


def _counted(news: _News, sections: Sequence[Section], shelf: int) -> str:
    """What is new, in one sentence of numbers."""
    sources = {entry.article.source for entry in news.fresh.values() if entry.article.source}
    number = len(news.fresh)
    counted = count(number, "new article" if news.since else "article")
    counted += f" from {count(len(sources), 'source')}" if sources else ""
    counted += f" since {day(news.since)}" if news.since else ""
    if not sections:
        return counted + "."
    new = sum(section.new for section in sections)
    placed = f"{len(news.fresh) - shelf:,} in {count(len(sections), 'topic')}" + (
        f" ({new} of them new)" if new else ""
    )
    return f"{counted}: {placed}" + (f", {shelf:,} more that fit no topic." if shelf else ".")


def _fresh(news: _News, topic: Topic) -> list[list[Entry]]:
    """The new articles of a topic, by story."""
    stories = ([news.fresh[key] for key in story.articles if key in news.fresh] for story in topic.stories)
    return [story for story in stories if story]


def _shares(wanted: Sequence[int], most: int) -> list[int]:
    """How many stories each topic may tell: each one, in order, before the first of them tells two."""
    shares = [0] * len(wanted)
    for turn in range(STORIES_SHOWN):
        for place, number in enumerate(wanted):
            if turn < number and most > 0:
                shares[place] += 1
                most -= 1
    return shares


def _section(news: _News, topic: Topic, stories: Sequence[Sequence[Entry]], share: int) -> Section:
    page = routes.page(routes.topic(topic.slug))
    return Section(
        label=shorten(topic.label, LONGEST_NAME),
        page=absolute(page, news.url),
        new=news.since is not None and topic.first is not None and topic.first > news.since,
        note=Note(topic.note, page, news.url) if topic.note else None,
        fresh=sum(map(len, stories)),
        stories=tuple(
            Told(
                _item(news, story[0], 1 if place else SENTENCES),
                tuple(_item(news, entry, 0) for entry in story[1 : 1 + FOLLOWERS_SHOWN]),
            )
            for place, story in enumerate(stories[:share])
        ),
    )


def _item(news: _News, entry: Entry, sentences: int) -> Item:
    return item(news.digest, news.url, entry, sentences, news.reprints.get(entry.article.id, ()))
