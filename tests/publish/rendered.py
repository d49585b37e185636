"""All pages and feeds of a digest by path, where a test looks at several."""

from __future__ import annotations

from digestgen.model import Digest
from digestgen.publish.feeds import feeds
from digestgen.publish.pages import site_pages
from digestgen.publish.site import make_site
from digestgen.translation import Words


def pages_of(digest: Digest, words: Words | None = None) -> dict[str, str]:
    return dict(site_pages.render(make_site(digest, words)))


def feeds_of(digest: Digest, words: Words | None = None) -> dict[str, str]:
    return dict(feeds.render(make_site(digest, words)))
