"""``editions/index.json``: the editions, for returning readers (read by the theme's ``assets/visits.js``)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from digestgen.model import Digest
from digestgen.publish.addresses import EDITION_LIST
from digestgen.publish.chronology import by_edition

MOST_EDITIONS = 100
"""Latest editions listed; readers away for longer are sent to the full list."""

MOST_TOPICS = 300
"""Topics of the latest edition listed with their number of new articles, largest first. A first edition may have
thousands."""


def render(digest: Digest) -> Iterator[tuple[str, str]]:
    """Make the file: path and text; nothing if no article has a day on which it was first seen.

    Like the pages of editions, it omits withdrawn editions and does not count reprints.
    """
    numbered = enumerate(by_edition(digest).items(), start=1)
    editions = [(number, day, entries) for number, (day, entries) in numbered if day and entries][-MOST_EDITIONS:]
    if not editions:
        return
    _, _, latest = editions[-1]
    of_topic = Counter(entry.topic for entry in latest if entry.topic)
    places = {topic.slug: place for place, topic in enumerate(digest.topics)}
    topics = sorted(of_topic, key=lambda slug: (-of_topic[slug], places[slug]))[:MOST_TOPICS]
    listed = {
        "editions": [
            {"number": number, "day": day.isoformat(), "articles": len(entries)}
            for number, day, entries in reversed(editions)
        ],
        "topics": {slug: of_topic[slug] for slug in topics},
    }
    yield EDITION_LIST, json.dumps(listed, separators=(",", ":")) + "\n"
