"""Archives: copies of the digest elsewhere, which go on answering for articles taken out of its seeds.

A digest that outgrows its host is split by time. A copy of the whole project stays on the web under an address of its
own, and the seeds of its oldest articles are removed here. ``archives`` in ``digest.yml`` lists the copies by the day
on which each was made: a copy holds every article that was first seen by then.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from digestgen import routes
from digestgen.curate.ledger.ledger import Ledger
from digestgen.errors import Problem

Archives = Mapping[date, str]
"""Day on which a copy was made → address of its site, with a slash at its end."""


def archived_articles(lost: Iterable[str], ledger: Ledger, archives: Archives, today: date) -> dict[str, str]:
    """Slug → site of the first archive that holds the article, for those of the lost articles that one holds.

    An archive that is dated after ``today`` does not exist yet.
    """
    made = sorted(day for day in archives if day <= today)
    archived: dict[str, str] = {}
    for slug in lost:
        first = ledger.articles[slug].first
        site = next((archives[day] for day in made if first and first <= day), None)
        if site:
            archived[slug] = site
    return archived


def archive_problems(archives: Archives, today: date, file: str) -> Iterator[Problem]:
    """One problem for each archive that is dated in the future."""
    for day in sorted(archives):
        if day > today:
            yield Problem(file, None, f"archives: {day} is in the future; write the day on which the copy was made")


def archived_addresses(ledger: Ledger, shown: Collection[str]) -> dict[str, str]:
    """Address on this site → the same on the archive that the ledger names for it.

    ``shown`` are the slugs of this edition's articles. A topic, a story or an edition is archived with the last of its
    articles.
    """
    archived = {slug: link.archived for slug, link in ledger.articles.items() if link.archived}
    found = {routes.article(slug): site for slug, site in archived.items()}
    held: dict[str, list[str]] = {}
    for slug, link in ledger.articles.items():
        days = [routes.edition(link.first), routes.edition(link.first, whole=True)] if link.first else []
        topic = ledger.topics.get(link.topic or "")
        topics = [routes.topic(topic.slug)] if topic and topic.to == "" and not topic.withdrawn else []
        story = link.story or slug
        stories = [routes.story(story)] if story in ledger.stories else []
        if slug in archived or slug in shown:
            for address in (*days, *topics, *stories):
                held.setdefault(address, []).append(slug)
    for address, slugs in held.items():
        if archived.keys() >= set(slugs):
            last = max(slugs, key=lambda slug: (ledger.articles[slug].first or date.min, slug))
            found[address] = archived[last]
    return {address: archived_address(address, site) for address, site in sorted(found.items())}


def archived_address(address: str, site: str) -> str:
    """The whole address of a page on an archive, by its address here."""
    return f"{site}{address}/"
