"""Labels against the names that people gave the groups: how often label and name share a word.

    python -m benchmarks DATA labels

The groups are the true classes of ``DATA/cluster/*.jsonl.xz`` whose names are words. A label matches when one of its
words has the Porter stem of a word of the name. The baseline is the phrase of the group with the best YAKE score.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from nltk.stem.porter import PorterStemmer

from benchmarks.corpora import article_of, paragraphs_of, rows
from benchmarks.table import Row
from digestgen.analyse.keyphrases.extraction import extract, select
from digestgen.analyse.keyphrases.keyphrase_index import KeyphraseIndex
from digestgen.analyse.keyphrases.surnames import full_names
from digestgen.analyse.labels.labelling import label_groups
from digestgen.model import Article, Keyphrase

SETS = {"bbc": "en", "ng20": "en", "allsides_topic": "en", "wikiref": "en", "crisis_fr": "fr"}
_STEMMER = PorterStemmer()


def measure(data: Path) -> list[Row]:
    """The share of groups of two articles or more whose label shares a word with their name, by set and over all."""
    table = []
    matched: dict[str, list[bool]] = defaultdict(list)
    for name, language in SETS.items():
        groups, index = collection(data, name, language)
        names = sorted(groups)
        lists = [groups[each] for each in names]
        wording = {
            "best YAKE score": [_best_score(ids, index.keyphrases) for ids in lists],
            "digestgen": label_groups(lists, index),
        }
        for system, labels in wording.items():
            hits = [bool(stems(label) & stems(each)) for label, each in zip(labels, names, strict=True)]
            matched[system] += hits
            table.append(Row("labels", name, system, "name match", sum(hits) / len(hits)))
    table += [
        Row("labels", "all", system, "name match", sum(hits) / len(hits), 0.22 if system == "digestgen" else None)
        for system, hits in matched.items()
    ]
    return table


def collection(data: Path, name: str, language: str) -> tuple[dict[str, list[str]], KeyphraseIndex]:
    """Class name → ids, for classes of two articles or more; and the articles by their keyphrases."""
    groups: dict[str, list[str]] = defaultdict(list)
    articles: dict[str, Article] = {}
    for row in rows(data / "cluster", name):
        articles[row["id"]] = article_of(
            row["id"], paragraphs_of(row["text"]), title=" ".join(row["title"].split()), language=language
        )
        groups[row["label"]].append(row["id"])
    candidates = {id_: extract(each) for id_, each in articles.items()}
    names = full_names(candidates, articles)
    index = KeyphraseIndex(articles, select(candidates, articles, names, articles), names)
    return {label: ids for label, ids in groups.items() if len(ids) > 1}, index


def _best_score(ids: Sequence[str], keyphrases: Mapping[str, Sequence[Keyphrase]]) -> str:
    return min((phrase.score, phrase.text) for id_ in ids for phrase in keyphrases[id_])[1]


def stems(text: str) -> frozenset[str]:
    """The stems of the words of a label or of a class name such as ``rec.sport.hockey`` or ``ParisAttacks2015``."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z0-9])", " ", text)
    return frozenset(_STEMMER.stem(word) for word in re.findall(r"[^\W\d_]{2,}", parted.lower()))
