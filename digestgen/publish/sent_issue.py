"""An issue as it leaves the site, in a mail or in a feed: what its page shows, shortened, and with whole addresses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from digestgen.model import CitedSentence, Entry
from digestgen.publish.addresses import EDITIONS, SUBSCRIBE, absolute, edition_page
from digestgen.publish.issues import Issue, Letter, Report, Rest
from digestgen.publish.lookups import Site
from digestgen.publish.markdown import destination, shorten
from digestgen.publish.notes import Note, note_in_mail, note_links, note_paragraphs, note_text
from digestgen.publish.wording import title_of

LONGEST_NAME = 80
"""Characters of what a source, a topic or the digest is called."""

_LONGEST_TITLE = 200
_LONGEST_SENTENCE = 360
_LONGEST_NOTE = 800
_LONGEST_NOTE_HTML = 4_000
_LONGEST_LINK = 900
"""Characters of an address: lines of a mail may have 998 bytes."""
_MOST_LINKS = 5
_TIMES_AS_HTML = 5
"""How much longer a letter may be as HTML, with looks in every tag, than as it was written."""


@dataclass(frozen=True, slots=True)
class Room:
    """How much of an issue there is room for."""

    stories: int
    topics: int
    """Topics of which titles are told."""
    named: int
    """Further ones that are only named."""
    others: int
    """Articles outside all topics."""
    letter: int
    """Characters of a letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentNote:
    """A word of the curator's."""

    note: Note
    url: str
    """Where the site stands."""
    address: str
    """The whole address at which all of it can be read."""
    longest: int
    longest_html: int

    @property
    def long(self) -> bool:
        """Whether there is no room for all of it."""
        return len(self.note.markdown) > self.longest

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Its words, or the first of them."""
        markdown = self.note.markdown
        return (shorten(note_text(markdown), self.longest),) if self.long else note_paragraphs(markdown)

    @property
    def links(self) -> tuple[str, ...]:
        """Where it leads."""
        return note_links(self.note.markdown, self.note.page, self.url)[:_MOST_LINKS]

    def html(self, looks: Mapping[str, Mapping[str, str]]) -> str | None:
        """The whole of it as HTML, ``looks`` being the attributes of each tag; None where that would be long."""
        html = "" if self.long else note_in_mail(self.note.markdown, self.note.page, self.url, looks)
        return html if 0 < len(html) <= self.longest_html else None


@dataclass(frozen=True, slots=True)
class Named:
    """What something is called, and where it is."""

    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A sentence, and who says it."""

    text: str
    source: Named
    """Leads to the article's page; the name may be empty."""
    own: bool
    """Whether it is in the curator's words, and so no quotation."""
    language: str
    """Empty where it is that of the digest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An article that is named."""

    title: str
    page: str
    source: str
    """May be empty."""
    language: str
    """Empty where it is that of the digest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A story."""

    lead: Item
    note: SentNote | None
    quotes: tuple[Quote, ...]
    known: tuple[Named, ...]
    """Its topic, who tells it, each leading to the original, and how many more articles do."""


@dataclass(frozen=True, slots=True)
class Part:
    """What else is new in a topic."""

    topic: Named
    articles: int
    items: tuple[Item, ...]
    """The articles that are named; none where the topic alone is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentLetter:
    """A letter of the editor."""

    heading: str
    """Empty where the editor gave none."""
    note: SentNote


@dataclass(frozen=True, slots=True, kw_only=True)
class SentIssue:
    """An issue, to be sent."""

    name: str
    """``No. 7``, or ``No. 5 to 7``."""
    title: str
    """What the editor calls it; may be empty."""
    day: date | None
    since: date | None
    """Of what several editions brought: the day of the one before them."""
    first: bool
    """Whether there is none before it, so that nothing in it is new."""
    page: str
    articles: int
    minutes: int
    letters: tuple[SentLetter, ...]
    stories: tuple[Told, ...]
    parts: tuple[Part, ...]
    unnamed: int
    """Topics that have something new and are not even named."""
    others: tuple[Item, ...]
    whole: str | None
    """The address at which all that is new is listed; None where all of it is named here."""
    home: str
    editions: str
    subscribe: str


def sent_issue(site: Site, issue: Issue, url: str, room: Room) -> SentIssue:
    """The issue of a site that stands at ``url``, as far as there is room."""
    parts, unnamed = _parts(site, issue.rest, url, room)
    outside = [key for rest in issue.rest if not rest.topic for key in rest.articles[: rest.shown]]
    told = issue.reports[: room.stories]
    others = tuple(_item(site, site.to.entries[key], url) for key in outside[: room.others])
    named = len(told) + sum(len(part.items) for part in parts) + len(others)
    # What there is no room for may be of a whole edition, whose page names it.
    cut = len(issue.reports) > room.stories or len(outside) > room.others or unnamed > 0
    single = issue.day is not None and issue.editions == 1
    page = absolute(edition_page(issue.day), url) if issue.day and single else url
    earliest = issue.number - issue.editions + 1
    say = site.words.say
    return SentIssue(
        name=say("No. {number}", number=issue.number)
        if issue.editions == 1
        else say("No. {first} to {last}", first=earliest, last=issue.number),
        title=shorten(issue.title or "", LONGEST_NAME),
        day=issue.day,
        since=issue.before if issue.editions > 1 else None,
        first=issue.before is None,
        page=page,
        articles=len(issue.articles),
        minutes=issue.minutes,
        letters=tuple(_letter(site, letter, url, room, alone=issue.editions == 1) for letter in issue.letters),
        stories=tuple(_told(site, report, url) for report in told),
        parts=parts,
        unnamed=unnamed,
        others=others,
        whole=_whole(issue, url) if named < len(issue.articles) or cut else None,
        home=url,
        editions=absolute(EDITIONS, url),
        subscribe=absolute(SUBSCRIBE, url),
    )


def _whole(issue: Issue, url: str) -> str:
    if issue.editions > 1 or issue.day is None:
        return absolute(EDITIONS if issue.day else "articles/index.md", url)
    if issue.complete:
        return absolute(edition_page(issue.day), url)
    return absolute("articles/index.md" if issue.before is None else edition_page(issue.day, whole=True), url)


def _letter(site: Site, letter: Letter, url: str, room: Room, *, alone: bool) -> SentLetter:
    page = edition_page(letter.day) if letter.day else letter.note.page
    heading = letter.title or ""
    numbered = site.words.say("No. {number}", number=letter.number)
    return SentLetter(
        heading=shorten(heading if alone else " · ".join(filter(None, (numbered, heading))), LONGEST_NAME),
        note=SentNote(
            note=letter.note,
            url=url,
            address=absolute(page, url),
            longest=room.letter,
            longest_html=_TIMES_AS_HTML * room.letter,
        ),
    )


def _told(site: Site, report: Report, url: str) -> Told:
    return Told(
        lead=_item(site, site.to.entries[report.lead], url, headline=True),
        note=_note(report.note, url) if report.note else None,
        quotes=tuple(_quote(site, cited, url) for cited in report.cited),
        known=tuple(_known(site, report, url)),
    )


def _note(note: Note, url: str) -> SentNote:
    address = absolute(note.page, url)
    return SentNote(note=note, url=url, address=address, longest=_LONGEST_NOTE, longest_html=_LONGEST_NOTE_HTML)


def _quote(site: Site, cited: CitedSentence, url: str) -> Quote:
    entry = site.to.entries[cited.article]
    source = shorten(entry.article.source or "", LONGEST_NAME)
    return Quote(
        text=shorten(cited.sentence, _LONGEST_NOTE if entry.own_summary else _LONGEST_SENTENCE),
        source=Named(source, absolute(site.to.article(cited.article), url)),
        own=entry.own_summary,
        language=site.to.tongues.articles.get(entry.article.id, ""),
    )


def _known(site: Site, report: Report, url: str) -> Sequence[Named]:
    known = []
    if report.topic:
        label = shorten(site.to.topics[report.topic].label, LONGEST_NAME)
        known.append(Named(label, absolute(site.to.topic(report.topic), url)))
    known += [_original(site, site.to.entries[key], url) for key in report.sources]
    if report.more:
        lead = site.to.entries[report.lead]
        at = site.to.story(lead.story) if lead.story else site.to.article(report.lead)
        counted = site.words.counted("{n} more article", "{n} more articles", report.more)
        known.append(Named(counted, absolute(at, url)))
    return known


def _original(site: Site, entry: Entry, url: str) -> Named:
    name = entry.article.source or ""
    original = destination(entry.article.url)
    if original is None or len(original) > _LONGEST_LINK:
        original = absolute(site.to.source(name), url)
    return Named(shorten(name, LONGEST_NAME), original)


def _parts(site: Site, rest: Sequence[Rest], url: str, room: Room) -> tuple[tuple[Part, ...], int]:
    """The topics in which something else is new, and how many more there are."""
    parts = []
    found = [(each, each.topic) for each in rest if each.topic]
    for place, (each, topic) in enumerate(found[: room.topics + room.named]):
        keys = each.articles[: each.shown] if place < room.topics else ()
        named = Named(shorten(topic.label, LONGEST_NAME), absolute(site.to.topic(topic.slug), url))
        items = tuple(_item(site, site.to.entries[key], url) for key in keys)
        parts.append(Part(named, len(each.articles), items))
    return tuple(parts), len(found) - len(parts)


def _item(site: Site, entry: Entry, url: str, *, headline: bool = False) -> Item:
    at = site.to.headline if headline else site.to.article
    return Item(
        title=shorten(title_of(entry), _LONGEST_TITLE),
        page=absolute(at(entry.article.id), url),
        source=shorten(entry.article.source or "", LONGEST_NAME),
        language=site.to.tongues.articles.get(entry.article.id, ""),
    )
