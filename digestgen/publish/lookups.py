"""What every page is made from: the digest, and what is looked up in it for one page after another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from digestgen.model import Digest
from digestgen.publish.addresses import EDITIONS_FEED, Addresses, addresses, feed_of
from digestgen.translation import Words, words_of


@dataclass(frozen=True, slots=True)
class Site:
    """A digest on its way to pages."""

    digest: Digest
    words: Words
    to: Addresses
    reprints: Mapping[str, tuple[str, ...]]
    """Article id → the articles that repeat it."""

    def feed(self, topic: str | None) -> dict[str, object]:
        """For a page's front matter: what lets a feed reader find its feed, where there is one."""
        return {} if self.digest.url is None else {"feed": feed_of(topic)}

    @property
    def edition_feed(self) -> dict[str, object]:
        """The same of the feed of editions."""
        named = self.words.say("{digest} – Editions", digest=self.digest.title)
        return {} if self.digest.url is None else {"feed": EDITIONS_FEED, "feed_title": named}


def site_of(digest: Digest, words: Words | None = None) -> Site:
    """The site of a digest, in the words of its language unless others are given."""
    reprints: dict[str, list[str]] = defaultdict(list)
    for entry in digest.entries:
        if entry.reprint_of:
            reprints[entry.reprint_of].append(entry.article.id)
    told = {original: tuple(keys) for original, keys in reprints.items()}
    return Site(digest, words or words_of(digest.language), addresses(digest), told)
