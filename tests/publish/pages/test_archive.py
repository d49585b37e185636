"""The archive holds every dated article once, newest first, by month and day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from digestgen.model import Digest
from digestgen.publish.pagination import PAGE_SIZE
from publish.parsed import broken, read
from publish.rendered import pages_of
from publish.sample import article, digest, entry


def dated(*days: date | None) -> Digest:
    """A digest with an article of each day."""
    return digest(
        *(
            entry(article(number, f"Article {number}", "Text.", id=f"n{number:04}", published=day))
            for number, day in enumerate(days)
        )
    )


def test_no_dates_no_archive() -> None:
    for few in (dated(), dated(None, None), dated(date(2026, 11, 1), None)):
        pages = pages_of(few)
        assert not [path for path in pages if path.startswith("archive/")]
        assert "archive/" not in pages["articles/index.md"]


def test_months_and_days_newest_first() -> None:
    days = (date(2026, 10, 31), None, date(2026, 11, 22), date(2025, 11, 2), date(2026, 11, 3), date(2026, 11, 22))
    pages = read(pages_of(dated(*days)))
    archive = [path for path in pages if path.startswith("archive/")]
    assert archive == ["archive/index.md", "archive/2026-11.md", "archive/2026-10.md", "archive/2025-11.md"]
    index, november = pages["archive/index.md"], pages["archive/2026-11.md"]
    assert index.links == ["../articles/index.md", "2026-11.md", "2026-10.md", "2025-11.md"]
    assert index.anchors == ["_top", "_2026", "_2025"]
    assert "5 articles, by date. 1 more has no date" in index.text
    assert november.anchors == ["_top", "_day-22", "_day-3"]
    listed = [link for link in november.links if link.startswith("../articles/")]
    assert listed == [f"../articles/article-{number}.md" for number in (2, 5, 4)]
    assert november.text.count("November 2026") == 3, "its title and two days"
    assert "2025-11.md" in pages["archive/2026-10.md"].links
    assert "2026-11.md" in pages["archive/2026-10.md"].links
    assert "../archive/index.md" in pages["articles/index.md"].links


def test_a_full_month_is_parted_and_loses_nothing() -> None:
    number = PAGE_SIZE + 30
    full = dated(*(date(2026, 11, 1) + timedelta(days=place % 7) for place in range(number)))
    pages = read(pages_of(full))
    parts = [page for path, page in pages.items() if path.startswith("archive/2026-11")]
    assert len(parts) == 2
    listed = [link.rpartition("/")[2] for page in parts for link in page.links if "articles/" in link]
    assert sorted(listed) == sorted(f"{one.slug}.md" for one in full.entries)
    assert broken(pages) == []


def test_input_order_changes_nothing() -> None:
    some = dated(*(date(2026, 1 + place % 12, 1 + place % 5) for place in range(40)))
    turned = replace(some, entries=tuple(reversed(some.entries)))
    one, other = pages_of(some), pages_of(turned)
    archive = [path for path in one if path.startswith("archive/")]
    assert {path: one[path] for path in archive} == {path: other[path] for path in archive}


def test_ancient_days_have_an_address() -> None:
    assert "archive/0476-09.md" in pages_of(dated(date(476, 9, 4), date(2026, 1, 1)))
