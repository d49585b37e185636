"""Small digests of short texts on one subject, where a word's rarity cannot be learnt from the digest alone.

    python -m benchmarks DATA small_digests

Made of ``DATA/cluster/``: of each subject of ``allsides_story``, up to sixteen stories, every other one whole and the
rest one article each; of ``wikiref``, eight texts on each of five people and one on each of two more. Every text is
its first thirty words. The baseline is average linkage of TF-IDF cosines at its two best cuts on mixed digests.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

from benchmarks.corpora import article_of, rows
from benchmarks.table import Row
from benchmarks.topics import average_linkage, b_cubed, in_groups, keyphrases_of
from digestgen.analyse.grouping import cluster
from digestgen.model import Article

CUTS = (0.8, 0.85)
_WORDS = 30
_STORIES, _FEWEST_STORIES = 16, 8
_PEOPLE_DIGESTS = 8

Digest = list[tuple[Article, str]]


def measure(data: Path) -> list[Row]:
    """Mean B³ precision, recall and F1 of the baseline and of ours, by origin and over all digests."""
    digests = {"allsides_story": list(_of_stories(data)), "wikiref": list(_of_people(data))}
    every = {article.id: article for made in digests.values() for digest in made for article, _ in digest}
    keyphrases = keyphrases_of(list(every.values()))
    table, over_all = [], defaultdict[str, list[tuple[float, float, float]]](list)
    for origin, made in digests.items():
        found = defaultdict[str, list[tuple[float, float, float]]](list)
        for digest in made:
            articles, true = [article for article, _ in digest], [label for _, label in digest]
            ours = cluster.group(articles, keyphrases)
            answers: dict[str, Sequence[Hashable]] = {
                f"TF-IDF, average linkage, {cut}": average_linkage(articles, "en", cut) for cut in CUTS
            }
            answers["digestgen"] = in_groups([group.articles for group in ours.groups.values()], articles)
            for system, answer in answers.items():
                found[system].append(b_cubed(true, answer))
        for system, scores in found.items():
            over_all[system] += scores
            table += _rows(origin, system, scores)
    for system, scores in over_all.items():
        table += _rows("all", system, scores)
    return table


def _rows(origin: str, system: str, scores: Sequence[tuple[float, float, float]]) -> list[Row]:
    return [
        Row("small digests", origin, system, metric, fmean(values))
        for metric, values in zip(("B³ precision", "B³ recall", "B³ F1"), zip(*scores, strict=True), strict=True)
    ]


def _of_stories(data: Path) -> Iterator[Digest]:
    subjects: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for row in rows(data / "cluster", "allsides_story"):
        subjects[row["label2"]][row["label"]].append(row)
    draw = random.Random(7)  # noqa: S311 - a benchmark wants a seed, not secrecy
    for subject in sorted(subjects):
        labels = sorted(subjects[subject])
        draw.shuffle(labels)
        for start in range(0, len(labels) - _FEWEST_STORIES + 1, _STORIES):
            part = labels[start : start + _STORIES]
            yield [
                (_short(row), label)
                for place, label in enumerate(part)
                for row in subjects[subject][label][: 1 if place % 2 else None]
            ]


def _of_people(data: Path) -> Iterator[Digest]:
    people: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows(data / "cluster", "wikiref"):
        people[row["label"]].append(row)
    draw = random.Random(7)  # noqa: S311 - a benchmark wants a seed, not secrecy
    for _ in range(_PEOPLE_DIGESTS):
        names = draw.sample(sorted(people), 7)
        yield [
            (_short(row), name)
            for place, name in enumerate(names)
            for row in draw.sample(people[name], min(len(people[name]), 1 if place >= 5 else 8))
        ]


def _short(row: dict[str, Any]) -> Article:
    return article_of(row["id"], (" ".join(row["text"].split()[:_WORDS]),), truncated=True)
