"""Former addresses: where each leads, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from digestgen import routes
from digestgen.curate.ledger.ledger import ArticleLink, TopicLink
from digestgen.curate.rulings.rulings import ArticleRuling, Rulings, TopicRuling, direct_merges, resolved_merges

_ARCHIVED = "an archive named in digest.yml holds it"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerAddress:
    """An address that no longer has its own page."""

    path: str
    """``articles/<slug>`` or ``topics/<slug>``."""
    to: str | None
    """Path of its target, in the same form; None if it leads nowhere."""
    why: str


def former_article(link: ArticleLink, rulings: Rulings, file: str, archived: Mapping[str, str]) -> FormerAddress:
    """Describe the address of an article that is not public."""
    path = routes.article(link.slug)
    if path in archived:
        return FormerAddress(path=path, to=archived[path], why=_ARCHIVED)
    ruling = rulings.articles.get(link.slug)
    if link.to is not None:
        moved = ruling.moved if ruling else None
        why = "its text is there now" if link.text else "an earlier edition sent it there"
        if moved and moved.slug == link.to:
            why = f"so {file}:{moved.line} says"
        return FormerAddress(path=path, to=routes.article(link.to), why=why)
    if link.live:
        where = f"in {link.seed}" if link.seed else "there before"
        return FormerAddress(path=path, to=None, why=f"it is in no seed that can be used; it was {where}")
    if link.by is not None and not (ruling and ruling.hide):
        above = rulings.topics.get(link.by)
        where = f"in {file}:{above.line}" if above and above.hide else "as it was in an earlier edition"
        return FormerAddress(path=path, to=None, why=_with_publication(f"its topic {link.by} is hidden {where}", link))
    return FormerAddress(path=path, to=None, why=_with_publication(_hidden(ruling, file), link))


def former_topic(link: TopicLink, rulings: Rulings, file: str, archived: Mapping[str, str]) -> FormerAddress:
    """Describe the address of a topic that is not public."""
    path = routes.topic(link.slug)
    if path in archived:
        return FormerAddress(path=path, to=archived[path], why=_ARCHIVED)
    if link.to:
        into = direct_merges(rulings)
        folded = resolved_merges(rulings).get(link.slug) == link.to
        why = f"folded by {file}:{into[link.slug].line}" if folded else "most of its articles are there now"
        return FormerAddress(path=path, to=routes.topic(link.to), why=why)
    if link.to == "":
        return FormerAddress(path=path, to=routes.SHELF, why="most of its articles are in no topic now, or gone")
    return FormerAddress(path=path, to=None, why=_with_publication(_hidden(rulings.topics.get(link.slug), file), link))


def _hidden(ruling: ArticleRuling | TopicRuling | None, file: str) -> str:
    if isinstance(ruling, ArticleRuling) and ruling.publish_on and not ruling.hide:
        return f"kept back until {ruling.publish_on.day} by {file}:{ruling.publish_on.line}"
    return f"hidden in {file}:{ruling.line}" if ruling and ruling.hide else "an earlier edition withdrew it"


def _with_publication(why: str, link: ArticleLink | TopicLink) -> str:
    return f"{why}; {'its page says that it was withdrawn' if link.first else 'it was never published'}"
