"""The digest with the look-ups that all pages share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from digestgen.model import Digest
from digestgen.publish.addresses import EDITIONS_FEED, Addresses, addresses, feed_of
from digestgen.translation import Words, words_of


@dataclass(frozen=True, slots=True)
class Site:
    """A digest with its addresses and words, ready to be rendered."""

    digest: Digest
    words: Words
    addresses: Addresses
    reprints: Mapping[str, tuple[str, ...]]
    """Article id → ids of its reprints."""

    def feed(self, topic: str | None) -> dict[str, object]:
        """Front matter that announces a topic's feed (None: of the whole digest); empty if there are no feeds."""
        return {} if self.digest.url is None else {"feed": feed_of(topic)}

    @property
    def edition_feed(self) -> dict[str, object]:
        """Front matter that announces the feed of editions."""
        named = self.words.say("{digest} – Editions", digest=self.digest.title)
        return {} if self.digest.url is None else {"feed": EDITIONS_FEED, "feed_title": named}


def make_site(digest: Digest, words: Words | None = None) -> Site:
    """Prepare a digest for rendering; ``words`` defaults to its language."""
    reprints: dict[str, list[str]] = defaultdict(list)
    for entry in digest.entries:
        if entry.reprint_of:
            reprints[entry.reprint_of].append(entry.article.id)
    by_original = {original: tuple(keys) for original, keys in reprints.items()}
    return Site(digest, words or words_of(digest.language), addresses(digest), by_original)
