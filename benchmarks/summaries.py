"""Summaries of articles and of groups, by ROUGE F1 with stemming, every system cut at the same number of words.

Articles: CNN/Daily Mail with its editors' highlights, 50 words. Groups: there is no reference summary in the data, so
each article of a group is left out in turn, the others are summarised in 120 words, and the beginning of the one left
out is the reference: a good summary of a story tells what one more outlet tells of it. The groups are stories of
AllSides (3 articles or more, openings of 100 words) and the sources of Wikipedia articles on one event (whole texts).
That is a stand-in for DUC, not DUC: it rewards what is common to all, and it is only good for comparing systems.

Every system is cut at the length of digestgen's summary, which ends with a whole sentence and is often shorter.

Run: ``python -m benchmarks DATA summaries``
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import networkx as nx
from rouge_score.rouge_scorer import RougeScorer
from sklearn.feature_extraction.text import TfidfVectorizer

from benchmarks.corpora import article_of, paragraphs_of, rows
from benchmarks.table import Row
from digestgen.analyse.duplicates import find_reprints
from digestgen.analyse.summaries.standalone import stands_alone
from digestgen.analyse.summaries.summarise import summarise_article, summarise_group
from digestgen.language.text import sentences
from digestgen.model import Article

_METRICS = {"ROUGE-1": "rouge1", "ROUGE-2": "rouge2", "ROUGE-L": "rougeLsum"}
_SCORER = RougeScorer(list(_METRICS.values()), use_stemmer=True)
_ARTICLE_WORDS = 50
_GROUP_WORDS = 120
_WIKIREF_LEFT_OUT = 4
"""Of each large group, so many articles are left out in turn."""

_System = Callable[[Sequence[Article]], Iterable[str]]


def measure(data: Path) -> list[Row]:
    """ROUGE of article and group summaries beside lead and LexRank, readability alone, and time."""
    return [*_articles(data), *_groups(data), *_readability(data)]


def _articles(data: Path) -> Iterator[Row]:
    found = rows(data, "summaries/cnndm")
    articles = [article_of(row["id"], tuple(row["sents"])) for row in found]
    references = [row["refs"] for row in found]
    systems: dict[str, _System] = {
        "lead": _lead,
        "LexRank": lambda articles: _lexrank(articles, _ARTICLE_WORDS),
        "digestgen": lambda articles: summarise_article(articles[0]),
    }
    scores = {
        name: _mean(
            _rouge(system([article]), of_one, _ARTICLE_WORDS)
            for article, of_one in zip(articles, references, strict=True)
        )
        for name, system in systems.items()
    }
    for name, score in scores.items():
        for metric, value in score.items():
            aim = scores["lead"][metric] if name == "digestgen" else None
            yield Row("article summary", "CNN/DM, 50 words", name, metric, value, aim)


def _groups(data: Path) -> Iterator[Row]:
    systems: dict[str, _System] = {
        "lead of the first": lambda articles: _lead(articles[:1]),
        "LexRank": lambda articles: _lexrank(articles, _GROUP_WORDS),
        "digestgen": lambda articles: [one.sentence for one in summarise_group(articles)],
    }
    for name, cases in (("AllSides stories", _stories(data)), ("Wikipedia sources", _wikiref(data))):
        whole = list(cases)
        lengths = [len(" ".join(systems["digestgen"](others)).split()) for others, _ in whole]
        scores = {
            system: _mean(
                _rouge(run(others), [reference], length)
                for (others, reference), length in zip(whole, lengths, strict=True)
            )
            for system, run in systems.items()
        }
        for system, score in scores.items():
            score["ROUGE, mean"] = sum(score.values()) / len(score)
            for metric, value in score.items():
                aim = metric == "ROUGE, mean" and system == "digestgen"
                target = scores["LexRank"]["ROUGE, mean"] + 0.01 if aim else None
                yield Row("group summary", f"{name} (stand-in)", system, metric, value, target)


def _readability(data: Path) -> Iterator[Row]:
    """How many sentences of the summaries open with a pronoun, a connective or a bare "the move"."""
    articles = [
        article_of(row["id"], paragraphs_of(row["text"]), title=row["title"]) for row in rows(data, "cluster/bbc")
    ]
    before = time.process_time()
    chosen = [one for article in articles for one in summarise_article(article)]
    seconds = time.process_time() - before
    leads = [one for article in articles for one in _lead([article])]
    yield Row("article summary", "BBC", "lead", "reads alone, by our own rules", _share_alone(leads))
    yield Row("article summary", "BBC", "digestgen", "reads alone, by our own rules", _share_alone(chosen))
    yield Row("article summary", f"BBC, {len(articles)} articles", "digestgen", "CPU seconds (aim: below 8)", seconds)


def _share_alone(chosen: Sequence[str]) -> float:
    return sum(stands_alone(one, "en") for one in chosen) / len(chosen)


def _stories(data: Path) -> Iterator[tuple[list[Article], str]]:
    for group in _labelled(data, "allsides_story"):
        if len(group) >= 3:
            for left_out in group:
                yield [one for one in group if one is not left_out], " ".join(left_out.paragraphs)


def _wikiref(data: Path) -> Iterator[tuple[list[Article], str]]:
    for group in _labelled(data, "wikiref"):
        # Their first line is the headline.
        bodies = [replace(one, paragraphs=one.paragraphs[1:]) for one in group if len(one.paragraphs) > 2]
        for left_out in bodies[:_WIKIREF_LEFT_OUT] if len(bodies) >= 3 else ():
            words = " ".join(left_out.paragraphs).split()
            yield [one for one in bodies if one is not left_out], " ".join(words[:_GROUP_WORDS])


def _labelled(data: Path, name: str) -> list[list[Article]]:
    """The groups of a data set, reprints left out."""
    groups: dict[str, list[Article]] = defaultdict(list)
    for row in rows(data, f"cluster/{name}"):
        groups[row["label"]].append(article_of(row["id"], paragraphs_of(row["text"])))
    reprints = {label: find_reprints(group) for label, group in groups.items()}
    return [[one for one in group if one.id not in reprints[label]] for label, group in groups.items()]


def _lead(articles: Sequence[Article]) -> Iterable[str]:
    return [one for paragraph in articles[0].paragraphs[:6] for one in sentences(paragraph, "en")][:6]


def _lexrank(articles: Sequence[Article], words: int) -> Iterable[str]:
    """LexRank (Erkan and Radev, 2004): PageRank over sentences with TF-IDF cosine above .1; none too like another."""
    pool = [one for article in articles for part in article.paragraphs for one in islice(sentences(part, "en"), 60)]
    pool = [one for one in dict.fromkeys(pool) if len(one.split()) > 4][:600]
    if len(pool) < 2:
        return pool
    vectors = TfidfVectorizer(stop_words="english").fit_transform(pool)
    near = (vectors @ vectors.T).toarray()
    graph = nx.from_numpy_array((near > 0.1).astype(float))
    rank = nx.pagerank(graph, alpha=0.85)
    chosen: list[int] = []
    for at in sorted(rank, key=lambda one: (-rank[one], one)):
        if sum(len(pool[one].split()) for one in chosen) >= words:
            break
        if all(near[at, one] < 0.5 for one in chosen):
            chosen.append(at)
    return [pool[at] for at in chosen]


def _rouge(summary: Iterable[str], references: Sequence[str], words: int) -> dict[str, float]:
    cut = " ".join(" ".join(summary).split()[:words]).replace(". ", ".\n")
    scores = [_SCORER.score(reference.replace(". ", ".\n"), cut) for reference in references]
    return {metric: sum(score[key].fmeasure for score in scores) / len(scores) for metric, key in _METRICS.items()}


def _mean(scores: Iterable[Mapping[str, float]]) -> dict[str, float]:
    kept = list(scores)
    return {metric: sum(score[metric] for score in kept) / len(kept) for metric in _METRICS}
