"""An edition as a mail: the page of the issue, as HTML and as plain text.

It is bounded, since Gmail cuts off what is longer than 102 KB: where the notes and sentences of an issue come to more,
the mail tells less of it and leads to the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from digestgen.model import Digest
from digestgen.publish.issues import Issue, issue_since, issues
from digestgen.publish.lookups import site_of
from digestgen.publish.markdown import shorten
from digestgen.publish.notes import note_text
from digestgen.publish.recency import seen
from digestgen.publish.sent_issue import LONGEST_NAME, Room, SentIssue, sent_issue
from digestgen.publish.templating import fill_mail
from digestgen.translation import Words

LARGEST = 90_000
"""Bytes of HTML: what a mailing tool adds needs room, too."""

ROOMS = (
    Room(stories=40, topics=12, named=24, others=6, letter=10_000),
    Room(stories=10, topics=6, named=12, others=6, letter=3_000),
    Room(stories=6, topics=3, named=6, others=3, letter=800),
    Room(stories=3, topics=0, named=6, others=0, letter=800),
    Room(stories=1, topics=0, named=0, others=0, letter=200),
)
"""What is tried in turn until the mail is small enough."""

_LONGEST_SUBJECT = 90
_LEAST_HEADLINE = 24
"""Characters of a headline that are worth standing in a subject."""
_LONGEST_PREVIEW = 140


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """An edition, to be mailed."""

    day: date
    """The day of the edition; of several, of the latest."""
    name: str
    """``No. 7``."""
    subject: str
    html: str
    text: str
    articles: int
    stories: int


def mail(digest: Digest, since: date | None, words: Words | None = None) -> Mail | None:
    """The latest edition as its page has it, or what all editions after the day ``since`` brought, as one.

    Its words are those of the digest's language unless others are given. None when nothing is new. Raises
    ValueError for a digest whose site has no address, to which every link leads.
    """
    if digest.url is None:
        raise ValueError("a mail needs the address of the site")
    site = site_of(digest, words)
    issue = issues(site)[-1] if since is None else issue_since(site, since)
    if issue is None or not issue.articles:
        return None
    title = shorten(digest.title, LONGEST_NAME)
    for room in ROOMS:
        told = sent_issue(site, issue, digest.url, room)
        subject = _subject(title, told)
        content = {
            "title": title,
            "subject": subject,
            "preview": _preview(issue, told),
            "language": digest.language,
            "issue": told,
        }
        html, text = fill_mail("mail", content, site.words)
        if len(html.encode()) <= LARGEST:
            break
    return Mail(
        day=issue.day or max(map(seen, issue.articles)),
        name=told.name,
        subject=subject,
        html=html,
        text=text,
        articles=len(issue.articles),
        stories=len(told.stories),
    )


def _subject(title: str, told: SentIssue) -> str:
    """Whose mail it is, its number, and what it is called or leads with."""
    subject = f"{title}, {told.name}"
    headline = told.title or next((story.lead.title for story in told.stories), "")
    room = _LONGEST_SUBJECT - len(subject) - 2
    return f"{subject}: {shorten(headline, room)}" if headline and room >= _LEAST_HEADLINE else subject


def _preview(issue: Issue, told: SentIssue) -> str:
    """What a mail program shows beside the subject: how the letter begins, else the headlines behind the first."""
    if issue.letters:
        return shorten(note_text(issue.letters[0].note.markdown), _LONGEST_PREVIEW)
    return shorten(" · ".join(story.lead.title for story in told.stories[bool(told.stories[1:]) :]), _LONGEST_PREVIEW)
