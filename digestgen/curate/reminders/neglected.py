"""Decisions that a curator may have lost sight of: what is still hidden, and rulings whose articles have left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from digestgen.curate.ledger.ledger import Ledger
from digestgen.curate.ledger.update import remaining_share
from digestgen.curate.rulings.rulings import Rulings
from digestgen.curate.visibility import Cause, Verdict
from digestgen.fields import quoted

_LEAST_LEFT = 0.5
"""Share of the articles a topic was named for that must be left for the name to be trusted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenArticle:
    """An article that is not public."""

    slug: str
    seed: str
    line: int
    """First line in the seed."""
    verdict: Verdict


def still_hidden(concealed: Iterable[HiddenArticle], rulings: Rulings, ledger: Ledger) -> dict[tuple[str, str], str]:
    """What an earlier edition hid and no line hides any more.

    ``("articles", slug)`` or ``("topics", slug)`` → place of its text, empty for a topic.
    """
    known = ledger.named(rulings.topics).topics
    topics = [slug for slug, link in sorted(known.items()) if link.withdrawn and not _decides_hide(rulings, slug)]
    articles = [each for each in concealed if each.verdict.cause is Cause.EARLIER]
    return {
        **{("topics", slug): "" for slug in topics},
        **{("articles", each.slug): f"{each.seed}:{each.line}" for each in sorted(articles, key=_place)},
    }


def describe_hidden(concealed: HiddenArticle) -> str:
    """Say why an article is not public."""
    verdict = concealed.verdict
    if verdict.cause is Cause.DAY:
        return f"{quoted(concealed.slug)} waits for its day ({verdict.where} says {verdict.says})"
    why = f"{verdict.where} says {verdict.says}" if verdict.file and verdict.says else "an earlier edition hid it"
    return f"{quoted(concealed.slug)} is not public ({why})"


def outdated_rulings(rulings: Rulings, ledger: Ledger) -> dict[str, float]:
    """Topics whose label, note or pin was written for other articles: slug → share of those that is left."""
    links = {slug: ledger.topics[slug] for slug in rulings.topics if slug in ledger.topics}
    shares = {slug: remaining_share(link, ledger) for slug, link in links.items() if link.live and link.bound}
    return {slug: share for slug, share in shares.items() if share < _LEAST_LEFT}


def _decides_hide(rulings: Rulings, topic: str) -> bool:
    return topic in rulings.topics and rulings.topics[topic].hide is not None


def _place(each: HiddenArticle) -> tuple[str, int]:
    return each.seed, each.line
