"""Addresses of topics when a digest changes: the share that stays when articles come or go.

    python -m benchmarks DATA permanence

An edition is published, then one with articles fewer, or more (the same two the other way round). A topic is the same
for a reader while it is where it was; so what is counted is the topics of the first edition that keep their address,
those apart that an editor would call the same (at least half of the articles of either, as far as both editions have
them, stand in the other), and the articles whose topic is at the address at which it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import fmean

from benchmarks.corpora import article_of, paragraphs_of, rows
from benchmarks.table import Row
from benchmarks.topics import keyphrases_of
from digestgen.analyse import cluster
from digestgen.curate.ledger import ArticleLink, Ledger, TopicLink
from digestgen.curate.permalinks import claim_topics
from digestgen.model import Article, Keyphrase

SETS = {"bbc": "en", "allsides_topic": "en", "crisis_fr": "fr"}
MOST = 800
"""Articles of a set: what takes half a minute."""
EVERY = {"5%": 20, "10%": 10, "20%": 5}
LEAST_ARTICLES = 3
SAME, LARGE, PLACED = "same topics keep their address", "topics of 3 or more keep it", "articles' topics keep it"


def measure(data: Path) -> list[Row]:
    """The shares for each set, and their means."""
    found: dict[tuple[str, str], list[float]] = defaultdict(list)
    table = []
    for name, language in SETS.items():
        for (system, metric), value in _figures(data, name, language).items():
            found[system, metric].append(value)
            table.append(Row("permanence", name, system, metric, value))
    means = (Row("permanence", "mean", system, metric, fmean(values)) for (system, metric), values in found.items())
    return [*table, *means]


def _figures(data: Path, name: str, language: str) -> Mapping[tuple[str, str], float]:
    records = rows(data / "cluster", name)
    records = records[:: -(-len(records) // MOST)]
    articles = [article_of(r["id"], paragraphs_of(r["text"]), title=r["title"], language=language) for r in records]
    keyphrases = keyphrases_of(articles)
    whole = _topics(articles, keyphrases)
    figures: dict[tuple[str, str], float] = {}
    for share, every in EVERY.items():
        left = [article for number, article in enumerate(articles) if number % every]
        both = frozenset(article.id for article in left)
        fewer = _topics(left, keyphrases)
        for change, before, after in ((f"{share} dropped", whole, fewer), (f"{share} added", fewer, whole)):
            figures |= {(change, metric): value for metric, value in _kept(before, after, both).items()}
    return figures


def _topics(articles: Sequence[Article], keyphrases: Mapping[str, Sequence[Keyphrase]]) -> list[frozenset[str]]:
    return [frozenset(group.articles) for group in cluster.group(articles, keyphrases).groups]


def _kept(before: Sequence[frozenset[str]], after: Sequence[frozenset[str]], both: frozenset[str]) -> dict[str, float]:
    """The three shares; ``both`` are the articles that the edition before has and the one after it too."""
    claimed = claim_topics(_published(before), [sorted(group) for group in after])
    at = {slug: group for slug, group in zip(claimed, after, strict=True) if slug is not None}
    same: list[bool] = []
    large: list[bool] = []
    stayed = placed = 0
    for slug, group in zip(_slugs(before), before, strict=True):
        left, kept = group & both, slug in at
        if len(group) >= LEAST_ARTICLES:
            large.append(kept)
        if any(len(left & other) >= max(len(left), len(other & both)) / 2 for other in after if left & other):
            same.append(kept)
        placed += sum(len(left & other) for other in after)
        stayed += len(left & at.get(slug, frozenset()))
    return {SAME: fmean(same), LARGE: fmean(large), PLACED: stayed / placed}


def _published(topics: Sequence[frozenset[str]]) -> Ledger:
    links = {
        id_: ArticleLink(slug=id_, id=id_, topic=slug)
        for slug, group in zip(_slugs(topics), topics, strict=True)
        for id_ in sorted(group)
    }
    return Ledger(articles=links, topics={slug: TopicLink(slug=slug) for slug in _slugs(topics)})


def _slugs(topics: Sequence[frozenset[str]]) -> list[str]:
    return [f"topic-{number:04d}" for number in range(len(topics))]
