"""An issue prepared for mail and feeds: shortened, with absolute links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from digestgen.model import CitedSentence, Entry
from digestgen.publish.addresses import EDITIONS, SUBSCRIBE, absolute, edition_page
from digestgen.publish.issues import FurtherNews, Issue, IssueStory, Letter
from digestgen.publish.markdown import safe_url, shorten
from digestgen.publish.notes import Note, note_in_mail, note_links, note_paragraphs, note_text
from digestgen.publish.site import Site
from digestgen.publish.wording import title_of

LONGEST_NAME = 80
"""Characters of the name of a source, topic or digest."""

_LONGEST_TITLE = 200
_LONGEST_SENTENCE = 360
_LONGEST_NOTE = 800
_LONGEST_NOTE_HTML = 4_000
_LONGEST_LINK = 900
"""Characters of a URL: lines of a mail may have 998 bytes."""
_MOST_LINKS = 5
_TIMES_AS_HTML = 5
"""How much longer a letter may get as HTML, with inline styles in every tag."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of an issue is included."""

    stories: int
    topics: int
    """Topics with titles."""
    named: int
    """Further topics that are only named."""
    others: int
    """Articles outside all topics."""
    letter: int
    """Characters of a letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentNote:
    """A note by the curator, cut to size when rendered."""

    note: Note
    url: str
    """URL of the site."""
    address: str
    """URL at which the whole note can be read."""
    longest: int
    longest_html: int

    @property
    def long(self) -> bool:
        """Whether the note is too long to include whole."""
        return len(self.note.markdown) > self.longest

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Plain text of the note, or its beginning."""
        markdown = self.note.markdown
        return (shorten(note_text(markdown), self.longest),) if self.long else note_paragraphs(markdown)

    @property
    def links(self) -> tuple[str, ...]:
        """URLs that the note links to."""
        return note_links(self.note.markdown, self.note.page, self.url)[:_MOST_LINKS]

    def html(self, looks: Mapping[str, Mapping[str, str]]) -> str | None:
        """The whole note as HTML with the attributes ``looks`` per tag; None if too long."""
        html = "" if self.long else note_in_mail(self.note.markdown, self.note.page, self.url, looks)
        return html if 0 < len(html) <= self.longest_html else None


@dataclass(frozen=True, slots=True)
class NamedLink:
    """A name and the URL it links to."""

    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A sentence and its source."""

    text: str
    source: NamedLink
    """Links to the article's page; the name may be empty."""
    own: bool
    """Whether the words are the curator's, so that it is not a quotation."""
    language: str
    """Empty if it is the digest's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentArticle:
    """An article named in an issue."""

    title: str
    page: str
    source: str
    """May be empty."""
    language: str
    """Empty if it is the digest's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentStory:
    """A story of an issue."""

    lead: SentArticle
    note: SentNote | None
    quotes: tuple[Quote, ...]
    attribution: tuple[NamedLink, ...]
    """Topic, sources linked to the originals, and the number of further articles."""


@dataclass(frozen=True, slots=True)
class SentTopic:
    """Other news of a topic."""

    topic: NamedLink
    articles: int
    items: tuple[SentArticle, ...]
    """Articles named; empty if only the topic is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentLetter:
    """A letter by the editor."""

    heading: str
    """Empty if the editor gave none."""
    note: SentNote


@dataclass(frozen=True, slots=True, kw_only=True)
class SentIssue:
    """An issue ready for the templates of mail and feed."""

    name: str
    """``No. 7``, or ``No. 5 to 7``."""
    title: str
    """Title given by the editor; may be empty."""
    day: date | None
    since: date | None
    """For merged editions, the day of the one before them."""
    first: bool
    """Whether it starts with the first edition, in which nothing counts as new."""
    page: str
    articles: int
    minutes: int
    letters: tuple[SentLetter, ...]
    stories: tuple[SentStory, ...]
    topics: tuple[SentTopic, ...]
    unnamed: int
    """Number of topics with news that are not even named."""
    others: tuple[SentArticle, ...]
    whole: str | None
    """URL of the list of all new articles; None if all are named here."""
    home: str
    editions: str
    subscribe: str


def sent_issue(site: Site, issue: Issue, url: str, limits: Limits) -> SentIssue:
    """Prepare an issue for sending, within ``limits``, for a site at ``url``."""
    topics, unnamed = _further_topics(site, issue.further, url, limits)
    outside = [key for rest in issue.further if not rest.topic for key in rest.articles[: rest.shown]]
    stories = issue.stories[: limits.stories]
    others = tuple(_item(site, site.addresses.entries[key], url) for key in outside[: limits.others])
    named = len(stories) + sum(len(part.items) for part in topics) + len(others)
    # What is cut may come from a complete edition, whose page names it.
    cut = len(issue.stories) > limits.stories or len(outside) > limits.others or unnamed > 0
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
        letters=tuple(_letter(site, letter, url, limits, alone=issue.editions == 1) for letter in issue.letters),
        stories=tuple(_story(site, story, url) for story in stories),
        topics=topics,
        unnamed=unnamed,
        others=others,
        whole=_full_list_url(issue, url) if named < len(issue.articles) or cut else None,
        home=url,
        editions=absolute(EDITIONS, url),
        subscribe=absolute(SUBSCRIBE, url),
    )


def _full_list_url(issue: Issue, url: str) -> str:
    if issue.editions > 1 or issue.day is None:
        return absolute(EDITIONS if issue.day else "articles/index.md", url)
    if issue.complete:
        return absolute(edition_page(issue.day), url)
    return absolute("articles/index.md" if issue.before is None else edition_page(issue.day, whole=True), url)


def _letter(site: Site, letter: Letter, url: str, limits: Limits, *, alone: bool) -> SentLetter:
    page = edition_page(letter.day) if letter.day else letter.note.page
    heading = letter.title or ""
    numbered = site.words.say("No. {number}", number=letter.number)
    return SentLetter(
        heading=shorten(heading if alone else " · ".join(filter(None, (numbered, heading))), LONGEST_NAME),
        note=SentNote(
            note=letter.note,
            url=url,
            address=absolute(page, url),
            longest=limits.letter,
            longest_html=_TIMES_AS_HTML * limits.letter,
        ),
    )


def _story(site: Site, story: IssueStory, url: str) -> SentStory:
    return SentStory(
        lead=_item(site, site.addresses.entries[story.lead], url, headline=True),
        note=_note(story.note, url) if story.note else None,
        quotes=tuple(_quote(site, cited, url) for cited in story.cited),
        attribution=tuple(_attribution(site, story, url)),
    )


def _note(note: Note, url: str) -> SentNote:
    address = absolute(note.page, url)
    return SentNote(note=note, url=url, address=address, longest=_LONGEST_NOTE, longest_html=_LONGEST_NOTE_HTML)


def _quote(site: Site, cited: CitedSentence, url: str) -> Quote:
    entry = site.addresses.entries[cited.article]
    source = shorten(entry.article.source or "", LONGEST_NAME)
    return Quote(
        text=shorten(cited.sentence, _LONGEST_NOTE if entry.own_summary else _LONGEST_SENTENCE),
        source=NamedLink(source, absolute(site.addresses.article(cited.article), url)),
        own=entry.own_summary,
        language=site.addresses.foreign_languages.articles.get(entry.article.id, ""),
    )


def _attribution(site: Site, story: IssueStory, url: str) -> Sequence[NamedLink]:
    attribution = []
    if story.topic:
        label = shorten(site.addresses.topics[story.topic].label, LONGEST_NAME)
        attribution.append(NamedLink(label, absolute(site.addresses.topic(story.topic), url)))
    attribution += [_original(site, site.addresses.entries[key], url) for key in story.sources]
    if story.more:
        lead = site.addresses.entries[story.lead]
        at = site.addresses.story(lead.story) if lead.story else site.addresses.article(story.lead)
        counted = site.words.counted("{n} more article", "{n} more articles", story.more)
        attribution.append(NamedLink(counted, absolute(at, url)))
    return attribution


def _original(site: Site, entry: Entry, url: str) -> NamedLink:
    name = entry.article.source or ""
    original = safe_url(entry.article.url)
    if original is None or len(original) > _LONGEST_LINK:
        original = absolute(site.addresses.source(name), url)
    return NamedLink(shorten(name, LONGEST_NAME), original)


def _further_topics(
    site: Site, further: Sequence[FurtherNews], url: str, limits: Limits
) -> tuple[tuple[SentTopic, ...], int]:
    """Topics with other news, and the number of those left out."""
    topics = []
    found = [(each, each.topic) for each in further if each.topic]
    for place, (each, topic) in enumerate(found[: limits.topics + limits.named]):
        keys = each.articles[: each.shown] if place < limits.topics else ()
        named = NamedLink(shorten(topic.label, LONGEST_NAME), absolute(site.addresses.topic(topic.slug), url))
        items = tuple(_item(site, site.addresses.entries[key], url) for key in keys)
        topics.append(SentTopic(named, len(each.articles), items))
    return tuple(topics), len(found) - len(topics)


def _item(site: Site, entry: Entry, url: str, *, headline: bool = False) -> SentArticle:
    at = site.addresses.headline if headline else site.addresses.article
    return SentArticle(
        title=shorten(title_of(entry), _LONGEST_TITLE),
        page=absolute(at(entry.article.id), url),
        source=shorten(entry.article.source or "", LONGEST_NAME),
        language=site.addresses.foreign_languages.articles.get(entry.article.id, ""),
    )
