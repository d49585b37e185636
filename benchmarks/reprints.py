"""Near-duplicates: are edited copies found, and nothing else?

The texts are news articles in English and French, every second English one cut to a teaser of 30 words. To them come
edited copies of some, and look-alikes: teasers that share a quotation, sentence frames with other numbers, texts with
the same notice. Texts of the data that repeat another one are left out beforehand.

Run: ``python -m benchmarks DATA reprints``
"""

from __future__ import annotations

import random
import re
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from sklearn.feature_extraction.text import TfidfVectorizer

from benchmarks.corpora import article_of, paragraphs_of, rows
from benchmarks.table import Row
from digestgen.analyse.duplicates import find_reprints
from digestgen.language.text import sentences
from digestgen.model import Article

_SETS = ("bbc", "allsides_topic", "allsides_story", "wikiref", "crisis_fr")
_EDITED = 1_000
_LOOKALIKES = 80
_TEASER = 30
_NOTICE = "Sign up for our morning newsletter to get the day's top stories delivered to your inbox every weekday."

_Pairs = set[frozenset[str]]


@dataclass(frozen=True, slots=True)
class _Case:
    articles: list[Article]
    edits: Mapping[str, tuple[str, str]]
    """Id of an edited copy → kind of edit, id of what was edited."""


def measure(data: Path) -> list[Row]:
    """Recall by kind of edit and precision over all pairs, beside two baselines; then time and memory for many."""
    case = _case(data)
    texts = {article.id: " ".join(article.paragraphs) for article in case.articles}
    systems: dict[str, _Pairs] = {
        "digestgen": {frozenset(pair) for pair in find_reprints(case.articles).items()},
        "3-word runs alone": _pairs_by_runs(texts, run=3, jaccard=0.3, containment=0.5),
        "TF-IDF cosine ≥ .6": _pairs_by_cosine(texts, 0.6),
    }
    table = []
    for system, found in systems.items():
        aim = system == "digestgen"
        hits = _hits(case, found)
        by_kind: dict[str, list[bool]] = defaultdict(list)
        for copy, (kind, _) in case.edits.items():
            by_kind[kind].append(copy in hits)
        table += [Row("reprints", kind, system, "recall", sum(one) / len(one)) for kind, one in sorted(by_kind.items())]
        recall = len(hits) / len(case.edits)
        right, wrong = _judge(case, found)
        table += [
            Row("reprints", "all", system, "recall", recall, 0.95 if aim else None),
            Row("reprints", "all", system, "precision", right / max(1, right + wrong), 0.99 if aim else None),
        ]
    return table + _cost(texts)


def _hits(case: _Case, found: _Pairs) -> set[str]:
    """The copies that were tied to their original."""
    return {copy for copy, (_, original) in case.edits.items() if frozenset((copy, original)) in found}


def _judge(case: _Case, found: _Pairs) -> tuple[int, int]:
    """How many pairs are of one origin, and how many are not."""
    base = {copy: original for copy, (_, original) in case.edits.items()}
    right = sum(len({base.get(one, one) for one in pair}) == 1 for pair in found)
    return right, len(found) - right


def _case(data: Path) -> _Case:
    chance = random.Random(7)  # noqa: S311 -- a benchmark wants the same chance every time
    articles: list[Article] = []
    unused: list[list[str]] = []
    for at, whole in enumerate(_without_repeats(_whole_articles(data))):
        if at % 2 and whole.language == "en":
            words = " ".join(whole.paragraphs).split()
            unused.append([*sentences(" ".join(words[_TEASER:]), "en")][1:-1])
            articles.append(replace(whole, paragraphs=(" ".join(words[:_TEASER]),)))
        else:
            articles.append(whole)
    unused = [told for told in unused if len(told) > 5]
    inserted, alike = unused[::2], unused[1::2]
    edits: dict[str, tuple[str, str]] = {}
    made: list[Article] = []
    for number, original in enumerate(chance.sample(articles, _EDITED)):
        told = [one for paragraph in original.paragraphs for one in sentences(paragraph, original.language)]
        long = len(" ".join(told).split()) > _TEASER
        kinds = sorted(kind for kind in _EDITS if long or kind not in _FOR_LONG_TEXTS)
        kind = kinds[number % len(kinds)]
        edited = _EDITS[kind](told, chance.choice(inserted), chance)
        copy = f"copy-{number:04}"
        made.append(article_of(copy, (" ".join(edited),), title="A new title", language=original.language))
        edits[copy] = (f"{kind}, {'article' if long else 'teaser'}", original.id)
    return _Case(articles + made + _lookalikes(alike, chance), edits)


def _whole_articles(data: Path) -> list[Article]:
    return [
        article_of(row["id"], paragraphs, title=row["title"], language="fr" if name.endswith("_fr") else "en")
        for name in _SETS
        for row in rows(data, f"cluster/{name}")
        if (paragraphs := paragraphs_of(row["text"]))
    ]


def _without_repeats(articles: list[Article]) -> list[Article]:
    texts = {article.id: " ".join(article.paragraphs) for article in articles}
    repeats = {max(pair) for pair in _pairs_by_runs(texts, run=3, jaccard=0.2, containment=0.3)}
    return [article for article in articles if article.id not in repeats]


_Edit = Callable[[list[str], list[str], random.Random], Iterable[str]]


def _leave_out(told: list[str], _other: list[str], chance: random.Random) -> Iterable[str]:
    out = set(chance.sample(range(len(told)), max(1, len(told) // 5))) if len(told) > 1 else set()
    return [one for at, one in enumerate(told) if at not in out]


def _insert(told: list[str], other: list[str], chance: random.Random) -> Iterable[str]:
    at = chance.randrange(len(told) + 1)
    return told[:at] + other[: max(1, len(told) // 4)] + told[at:]


def _swap(told: list[str], _other: list[str], chance: random.Random) -> Iterable[str]:
    return chance.sample(told, len(told))


def _cut(told: list[str], _other: list[str], _chance: random.Random) -> Iterable[str]:
    words = " ".join(told).split()
    return words[: round(0.6 * len(words))]


def _retitle(told: list[str], _other: list[str], _chance: random.Random) -> Iterable[str]:
    return told


def _typography(told: list[str], _other: list[str], _chance: random.Random) -> Iterable[str]:
    table = str.maketrans({"'": "’", "-": "–", "’": "'", "“": '"', "”": '"', "…": "..."})
    return [re.sub(r'"([^"]*)"', r"“\1”", one.translate(table)) for one in told]


def _reword(told: list[str], other: list[str], chance: random.Random) -> Iterable[str]:
    return _exchange(" ".join(told).split(), " ".join(other).split(), 0.1, chance)


def _several(told: list[str], other: list[str], chance: random.Random) -> Iterable[str]:
    edited = _insert(list(_leave_out(told, other, chance)), other, chance)
    return _exchange(" ".join(edited).split(), " ".join(other).split(), 0.03, chance)


def _exchange(words: list[str], others: list[str], share: float, chance: random.Random) -> list[str]:
    return [chance.choice(others) if chance.random() < share else one for one in words]


_EDITS: dict[str, _Edit] = {
    "sentences left out": _leave_out,
    "sentences inserted": _insert,
    "sentences shuffled": _swap,
    "cut to 60%": _cut,
    "new title": _retitle,
    "typography": _typography,
    "every tenth word": _reword,
    "several edits": _several,
}
_FOR_LONG_TEXTS = {"sentences left out", "sentences shuffled", "sentences inserted", "several edits"}


def _lookalikes(texts: Sequence[list[str]], chance: random.Random) -> list[Article]:
    """Pairs of short texts that an editor would keep apart."""
    quotes, frames, plain = [], [], []
    for at, told in enumerate(texts):
        quoted = [one for one in told if one.startswith(('"', "“")) and 12 <= len(one.split()) <= 25]
        counted = [one for one in told if len(re.findall(r"\d+", one)) >= 2 and 12 <= len(one.split()) <= 35]
        own = [one for one in told if '"' not in one and "“" not in one and 12 <= len(one.split()) <= 30]
        # Each text serves one kind, or the pairs would repeat each other.
        if at % 3 == 0 and len(own) >= 2:
            quotes += [(one, own[0], own[-1]) for one in quoted[:1]]
        elif at % 3 == 1:
            frames += counted[:2]
        elif len(own) >= 2:
            plain.append((own[0], own[-1]))
    made: list[tuple[str, str]] = []
    made += [(f"{one} {quote}", f"{quote} {other}") for quote, one, other in chance.sample(quotes, _LOOKALIKES)]
    made += [
        (frame, re.sub(r"\d+", lambda found: _other_number(found.group(), chance), frame))
        for frame in chance.sample(frames, _LOOKALIKES)
    ]
    made += [(f"{_NOTICE} {one}", f"{other} {_NOTICE}") for one, other in chance.sample(plain, _LOOKALIKES)]
    return [
        article_of(f"like-{number:04}-{side}", (text,))
        for number, pair in enumerate(made)
        for side, text in enumerate(pair)
    ]


def _other_number(number: str, chance: random.Random) -> str:
    return str(chance.randrange(10 ** (len(number) - 1), 10 ** len(number)))


def _pairs_by_runs(texts: Mapping[str, str], *, run: int, jaccard: float, containment: float) -> _Pairs:
    held: dict[str, set[tuple[str, ...]]] = {}
    holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, text in texts.items():
        words = re.findall(r"\w+", text.lower())
        held[name] = {tuple(words[at : at + run]) for at in range(len(words) - run + 1)}
        for one in held[name]:
            holders[one].append(name)
    found: _Pairs = set()
    for name, mine in held.items():
        shared = Counter(other for one in mine if len(holders[one]) <= 100 for other in holders[one] if other < name)
        for other, count in shared.items():
            least = min(len(mine), len(held[other]))
            if count >= containment * least or count >= jaccard * (len(mine) + len(held[other]) - count):
                found.add(frozenset((name, other)))
    return found


def _pairs_by_cosine(texts: Mapping[str, str], least: float) -> _Pairs:
    names = list(texts)
    vectors = TfidfVectorizer(sublinear_tf=True).fit_transform(texts.values())
    found: _Pairs = set()
    for start in range(0, len(names), 500):
        near = (vectors[start : start + 500] @ vectors.T).tocoo()
        for row, column, value in zip(near.row, near.col, near.data, strict=True):
            if value >= least and start + row < column:
                found.add(frozenset((names[start + row], names[column])))
    return found


def _cost(texts: Mapping[str, str], many: int = 50_000) -> list[Row]:
    """Time and memory for many articles, made by chaining the word pairs of the real ones."""
    chance = random.Random(7)  # noqa: S311 -- as above
    followers: dict[str, list[str]] = defaultdict(list)
    for text in texts.values():
        words = text.split()
        for one, following in pairwise(words):
            followers[one].append(following)
    starts = sorted(followers)
    articles = []
    for number in range(many):
        word = chance.choice(starts)
        chain = [word]
        for _ in range(400):
            word = chance.choice(followers.get(word) or starts)
            chain.append(word)
        articles.append(article_of(f"chain-{number:05}", (" ".join(chain),)))
    before = time.process_time()
    find_reprints(articles)
    seconds = time.process_time() - before
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000_000
    data = f"{many} texts of 400 words"
    return [
        Row("reprints", data, "digestgen", "CPU seconds (aim: below 30)", seconds),
        Row("reprints", data, "digestgen", "GB, all told (aim: below 1.5)", memory),
    ]
