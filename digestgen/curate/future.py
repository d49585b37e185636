"""Articles that are dated in the future: shown with the date that they have, and told to the curator."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from digestgen.errors import place
from digestgen.model import Article

_AHEAD = timedelta(days=1)
"""Somewhere it is tomorrow already."""
_EPOCH = date(1970, 1, 1)


def future_notices(articles: Sequence[Article], today: date) -> list[str]:
    """One notice for each seed with such articles; none where it is not known which day it is."""
    if today <= _EPOCH:
        return []
    found: dict[str, list[Article]] = {}
    for article in articles:
        if article.published and article.published > today + _AHEAD:
            found.setdefault(article.seed, []).append(article)
    return [_told(sorted(found[seed], key=lambda article: article.lines)) for seed in sorted(found)]


def _told(articles: Sequence[Article]) -> str:
    first = articles[0]
    where = place(first.seed, first.lines[0])
    more = f", and {len(articles) - 1} more of this seed are in the future too" if len(articles) > 1 else ""
    hint = f"see that it is meant (publish_on: {first.published} keeps it back until then)"
    return f"{where}: is dated {first.published}, which is in the future{more}; {hint}"
