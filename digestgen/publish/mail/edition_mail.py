"""An edition as a mail, in HTML and plain text.

The size is bounded because Gmail clips mails over 102 KB: a longer issue is shortened and links to the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from digestgen.model import Digest
from digestgen.publish.chronology import seen
from digestgen.publish.issues import Issue, issue_since, issues
from digestgen.publish.markdown import shorten
from digestgen.publish.notes import note_text
from digestgen.publish.sent_issue import LONGEST_NAME, Limits, SentIssue, sent_issue
from digestgen.publish.site import make_site
from digestgen.publish.templating import render_mail
from digestgen.translation import Words

MAX_HTML_BYTES = 90_000
"""Leaves room for what a mailing tool adds."""

LIMITS = (
    Limits(stories=40, topics=12, named=24, others=6, letter=10_000),
    Limits(stories=10, topics=6, named=12, others=6, letter=3_000),
    Limits(stories=6, topics=3, named=6, others=3, letter=800),
    Limits(stories=3, topics=0, named=6, others=0, letter=800),
    Limits(stories=1, topics=0, named=0, others=0, letter=200),
)
"""Tried in turn until the mail is small enough."""

_LONGEST_SUBJECT = 90
_LEAST_HEADLINE = 24
"""Fewest characters of a headline worth adding to the subject."""
_LONGEST_PREVIEW = 140


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """An edition ready to be mailed."""

    day: date
    """Day of the (latest) edition."""
    name: str
    """``No. 7``."""
    subject: str
    html: str
    text: str
    articles: int
    stories: int


def mail(digest: Digest, since: date | None, words: Words | None = None) -> Mail | None:
    """Render the latest edition, or all editions after the day ``since`` merged into one; None if nothing is new.

    ``words`` defaults to the digest's language. Raises ValueError if the site's URL is unknown, since links must be
    absolute.
    """
    if digest.url is None:
        raise ValueError("a mail needs the address of the site")
    site = make_site(digest, words)
    issue = issues(site)[-1] if since is None else issue_since(site, since)
    if issue is None or not issue.articles:
        return None
    title = shorten(digest.title, LONGEST_NAME)
    for limits in LIMITS:
        sent = sent_issue(site, issue, digest.url, limits)
        subject = _subject(title, sent)
        content = {
            "title": title,
            "subject": subject,
            "preview": _preview(issue, sent),
            "language": digest.language,
            "issue": sent,
        }
        html, text = render_mail("mail", content, site.words)
        if len(html.encode()) <= MAX_HTML_BYTES:
            break
    return Mail(
        day=issue.day or max(map(seen, issue.articles)),
        name=sent.name,
        subject=subject,
        html=html,
        text=text,
        articles=len(issue.articles),
        stories=len(sent.stories),
    )


def _subject(title: str, sent: SentIssue) -> str:
    """Subject line: digest, number, and title or first headline if there is room."""
    subject = f"{title}, {sent.name}"
    headline = sent.title or next((story.lead.title for story in sent.stories), "")
    limits = _LONGEST_SUBJECT - len(subject) - 2
    return f"{subject}: {shorten(headline, limits)}" if headline and limits >= _LEAST_HEADLINE else subject


def _preview(issue: Issue, sent: SentIssue) -> str:
    """Preview text for mail programs: the start of the letter, else the headlines after the first."""
    if issue.letters:
        return shorten(note_text(issue.letters[0].note.markdown), _LONGEST_PREVIEW)
    return shorten(" · ".join(story.lead.title for story in sent.stories[bool(sent.stories[1:]) :]), _LONGEST_PREVIEW)
