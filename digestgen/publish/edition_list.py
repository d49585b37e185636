"""``editions/index.json``: what editions there are, for readers who come back (``assets/visits.js`` of the theme)."""

from __future__ import annotations

import json
from collections import Counter

from digestgen.model import Digest
from digestgen.publish.addresses import EDITION_LIST
from digestgen.publish.recency import by_edition

MOST_EDITIONS = 100
"""The latest ones; whoever was away for longer is told so, and led to the list of all."""

MOST_TOPICS = 300
"""Topics of the latest edition that are counted, those with most new articles; a first edition may have thousands."""


def render(digest: Digest) -> dict[str, str]:
    """The one file, by its path; none where it is not known when anything was first seen.

    Editions of which all was withdrawn are left out, and reprints are nothing new, as on the pages of editions.
    """
    numbered = enumerate(by_edition(digest).items(), start=1)
    editions = [(number, day, told) for number, (day, told) in numbered if day and told][-MOST_EDITIONS:]
    if not editions:
        return {}
    _, _, latest = editions[-1]
    of_topic = Counter(entry.topic for entry in latest if entry.topic)
    places = {topic.slug: place for place, topic in enumerate(digest.topics)}
    topics = sorted(of_topic, key=lambda slug: (-of_topic[slug], places[slug]))[:MOST_TOPICS]
    listed = {
        "editions": [
            {"number": number, "day": day.isoformat(), "articles": len(told)}
            for number, day, told in reversed(editions)
        ],
        "topics": {slug: of_topic[slug] for slug in topics},
    }
    return {EDITION_LIST: json.dumps(listed, separators=(",", ":")) + "\n"}
