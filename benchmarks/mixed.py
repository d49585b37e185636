"""Mixed digests: events that several sources tell of, among articles that belong to no event, in one build each.

    python -m benchmarks DATA mixed

A topic pair is two articles in one topic, or in one story outside every topic. The baseline is average linkage of
TF-IDF cosines, whose groups are its topics and its stories at once.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from pathlib import Path
from random import Random
from statistics import fmean

from benchmarks.corpora import article_of, paragraphs_of
from benchmarks.editions import Edition, Told, mixed, published, quality
from benchmarks.small_digests import CUTS
from benchmarks.table import Row
from benchmarks.topics import average_linkage

DRAWS = 3
AT_MOST = {
    "topic pairs of two collections": 0.005,
    "alone": 0.25,
    "share of the largest topic": 0.06,
    "singles in a story": 0.25,
}
AT_LEAST = {"topic pairs of one subject": 0.92, "story pairs right": 0.7, "story pairs found": 0.7}


def measure(data: Path) -> list[Row]:
    """The mean figures of a few draws, those of the baseline beside."""
    figures: dict[tuple[str, str], list[float]] = defaultdict(list)
    size = 0
    for draw in range(1, DRAWS + 1):
        articles = mixed(data, Random(draw))  # noqa: S311 -- the same every time is what it is for
        size = max(size, len(articles))
        with tempfile.TemporaryDirectory() as name:
            editions, _ = published(Path(name), [articles])
        found = {"digestgen": editions[-1]}
        found |= {f"TF-IDF, average linkage, {cut}": _linked(articles, cut) for cut in CUTS}
        for system, edition in found.items():
            for metric, value in quality(articles, edition).items():
                figures[system, metric].append(value)
    data_name = f"{DRAWS} mixes of up to {size} articles"
    return [
        Row(
            "mixed digests",
            data_name,
            system,
            metric,
            fmean(values),
            {**AT_MOST, **AT_LEAST}.get(metric) if system == "digestgen" else None,
            at_most=metric in AT_MOST,
        )
        for (system, metric), values in figures.items()
    ]


def _linked(articles: list[Told], cut: float) -> Edition:
    """The groups of the baseline, as if they were an edition's stories outside every topic."""
    texts = [article_of(each.id, paragraphs_of(each.text), title=each.title or "", language="en") for each in articles]
    labels = average_linkage(texts, "en", cut)
    return Edition(
        topic={each.id: None for each in articles},
        story={each.id: (None, str(label)) for each, label in zip(articles, labels, strict=True)},
        slug={},
        label={},
        redirects={},
        pages=frozenset(),
    )
