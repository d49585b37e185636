"""How near a made title comes to the one that an editor gave, and how often a title hangs in the air.

Usage: ``python -m benchmarks DATA titles``, where ``DATA/cluster/bbc.jsonl.xz`` holds objects with ``title`` and
``text``. ROUGE-1 F1 (stemmed) against the real title; real titles are shorter and freer than any made one, so the
figure serves to compare systems.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Callable, Sequence
from pathlib import Path

from rouge_score.rouge_scorer import RougeScorer

from benchmarks.table import Row
from digestgen.ingest.titles.english import NEVER_LAST, TRAILING_ATTRIBUTION
from digestgen.ingest.titles.head import head_of
from digestgen.ingest.titles.made_title import LONGEST, make_title
from digestgen.language.text import sentences

ARTICLES = 800
"""Every n-th article so that about as many remain."""


def measure(data: Path) -> list[Row]:
    """ROUGE-1 and the share of dangling ends of our titles and of two plain ways."""
    articles = _articles(data / "cluster" / "bbc.jsonl.xz")
    scorer = RougeScorer(["rouge1"], use_stemmer=True)
    rows: list[Row] = []
    scores: dict[str, float] = {}
    for system, make in _SYSTEMS.items():
        titles = [make(paragraphs) for _, paragraphs in articles]
        pairs = zip(articles, titles, strict=True)
        rouge = [scorer.score(real, made)["rouge1"].fmeasure for (real, _), made in pairs]
        target = max(scores.values()) if system == _OURS else None
        scores[system] = sum(rouge) / len(rouge)
        rows.append(Row("titles", "bbc", system, "ROUGE-1 F1", scores[system], target))
        whole = 1 - sum(map(dangles, titles)) / len(titles)
        rows.append(Row("titles", "bbc", system, "not dangling", whole, 0.99 if system == _OURS else None))
        short = sum(len(title) <= LONGEST for title in titles) / len(titles)
        rows.append(Row("titles", "bbc", system, "at most 100 characters", short, 1.0 if system == _OURS else None))
    return rows


def dangles(title: str) -> bool:
    """Whether a title that claims to be whole ends in a word that needs another; "…, officials said" does not."""
    words = title.split()
    whole = not words or title.endswith("…") or TRAILING_ATTRIBUTION.search(title) is not None
    return not whole and words[-1].strip(",;:—–-").lower() in NEVER_LAST


def _articles(path: Path) -> list[tuple[str, list[str]]]:
    with lzma.open(path, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    chosen = rows[:: max(1, len(rows) // ARTICLES)]
    return [(row["title"], _body(row["title"], row["text"].split("\n"))) for row in chosen]


def _body(title: str, lines: Sequence[str]) -> list[str]:
    return list(head_of([line.strip() for line in lines if line.strip()], title, "en").paragraphs)


def _first_sentence(paragraphs: Sequence[str]) -> str:
    return sentences(paragraphs[0], "en")[0]


def _first_words(paragraphs: Sequence[str]) -> str:
    return " ".join(paragraphs[0].split()[:12])


_OURS = "digestgen"
_SYSTEMS: dict[str, Callable[[Sequence[str]], str]] = {
    "first sentence": _first_sentence,
    "first 12 words": _first_words,
    _OURS: lambda paragraphs: make_title(paragraphs, "en"),
}
