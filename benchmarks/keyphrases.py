"""Keyphrases against those that people chose: F1 of the first ten, stemmed, with YAKE as it comes for comparison.

    python -m benchmarks DATA keyphrases

``DATA/keywords/`` holds ``<set>.jsonl.xz`` with ``{id, text, keys}`` a line. A phrase counts when its Porter stems are
those of a chosen one; the figure is the mean over the texts, each text being an article of one collection.

The scores are those of YAKE's package, float for float: the share of texts of which that holds, in all sets under DATA.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

import yake
from nltk.stem.porter import PorterStemmer

from benchmarks.corpora import article_of, rows
from benchmarks.table import Row
from digestgen.analyse.keyphrases.extraction import extract, select
from digestgen.analyse.keyphrases.surnames import full_names
from digestgen.analyse.keyphrases.yake_scores import scored_phrases
from digestgen.language.stop_words import stop_words
from digestgen.model import Article

FIRST = 10
COMPARED = 40
"""Texts of each set whose scores are compared with the package's."""
SETS = {"inspec": 8.0, "semeval2017": 8.0, "kpcrowd": 0.0}
"""Set → by how many points YAKE as it comes is to be beaten."""


def measure(data: Path) -> list[Row]:
    """F1 in percent and CPU seconds, for YAKE as it comes and for ours, on each set."""
    table = []
    for name, lead in SETS.items():
        records = rows(data / "keywords", name)
        articles = {record["id"]: article(record["id"], record["text"]) for record in records}
        chosen = {record["id"]: record["keys"] for record in records}
        started = time.process_time()
        extractor = yake.KeywordExtractor(lan="en", n=3, top=20)
        plain = {
            r["id"]: [text for text, _ in extractor.extract_keywords(" ".join(r["text"].split()))] for r in records
        }
        between = time.process_time()
        candidates = {id_: extract(each) for id_, each in articles.items()}
        selected = select(candidates, articles, full_names(candidates, articles), articles)
        ended = time.process_time()
        ours = {id_: [phrase.text for phrase in phrases] for id_, phrases in selected.items()}
        baseline = mean_f1(chosen, plain)
        table += [
            Row("keyphrases", name, "YAKE as it comes", "F1@10 stemmed, %", baseline),
            Row("keyphrases", name, "digestgen", "F1@10 stemmed, %", mean_f1(chosen, ours), baseline + lead),
            Row("keyphrases", name, "YAKE as it comes", "CPU seconds", between - started),
            Row("keyphrases", name, "digestgen", "CPU seconds", ended - between),
        ]
    return table + [row for name, texts in _texts(data).items() for row in _compared(name, texts)]


def _texts(data: Path) -> dict[str, list[str]]:
    """The texts of every development set, as they stand: brackets, links and all."""
    texts = {}
    for path in sorted(data.glob("*/*.jsonl.xz")):
        name = path.name.removesuffix(".jsonl.xz")
        texts[f"{path.parent.name}/{name}"] = [
            record.get("text") or " ".join(record.get("lines") or record.get("sents") or [record.get("title", "")])
            for record in rows(path.parent, name)[:COMPARED]
        ]
    return texts


def _compared(name: str, texts: Sequence[str]) -> list[Row]:
    """How many of the texts have the phrases and floats of the package, and what either costs."""
    stop = stop_words("en")
    package = yake.KeywordExtractor(n=3, window_size=1, dedup_lim=1.0, top=150, stopwords=set(stop))
    started = time.process_time()
    theirs = [[(text, float(score)) for text, score in package.extract_keywords(each)] for each in texts]
    between = time.process_time()
    ours = [scored_phrases(each, stop, 150) for each in texts]
    ended = time.process_time()
    same = sum(mine == other for mine, other in zip(ours, theirs, strict=True))
    return [
        Row("YAKE's scores", name, "digestgen", "identical, share of texts", same / len(texts), 1.0),
        Row("YAKE's scores", name, "package", "CPU ms a text", 1000 * (between - started) / len(texts)),
        Row("YAKE's scores", name, "digestgen", "CPU ms a text", 1000 * (ended - between) / len(texts)),
    ]


def article(id_: str, text: str) -> Article:
    """A text as an article: a first line without a full stop is its title."""
    paragraphs = [line.strip() for line in text.splitlines() if line.strip()]
    titled = len(paragraphs) > 1 and not paragraphs[0].endswith(".")
    return article_of(id_, tuple(paragraphs[titled:]), title=paragraphs[0] if titled else "")


def mean_f1(chosen: Mapping[str, Iterable[str]], found: Mapping[str, Sequence[str]]) -> float:
    """The mean over the texts of the F1 of the first ten phrases, in percent."""
    total = 0.0
    for id_, phrases in chosen.items():
        right = {_stems(phrase) for phrase in phrases} - {""}
        ranked = list(dict.fromkeys(stems for phrase in found[id_] if (stems := _stems(phrase))))[:FIRST]
        hits = sum(stems in right for stems in ranked)
        total += 2 * hits / (len(ranked) + len(right)) if hits else 0.0
    return 100 * total / len(chosen)


def _stems(phrase: str) -> str:
    phrase = re.sub(r"'s\b", "", phrase.lower().replace("’", "'"))
    return " ".join(_stem(word) for word in re.sub(r"[^\w\s]", "", re.sub(r"[-/_]", " ", phrase)).split())


@cache
def _stem(word: str) -> str:
    return str(PorterStemmer().stem(word))
