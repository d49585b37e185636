"""Trains the boundary model on undivided dumps and writes its weights into the package.

Usage: ``python -m benchmarks.train_splitter DATA``, where ``DATA/dumps/train.jsonl.xz`` holds objects with ``scen``,
``src``, ``lines`` and ``starts`` (0-based), and ``DATA/cluster`` and ``DATA/html`` hold single articles. The held-out
dumps stay unseen.

Each dump is trained on as it is and, at half weight, in a variant as another publisher would set it: paragraphs
parted or joined, section headings put in, datelines before the leads, or only its headings left as a list of teasers.
Without the variants the model learns three publishers' habits; with them, what publishers have in common. Articles of
many other publishers are joined to dumps, whole and as briefs without a title, half of them beside others on their own
subject. Excerpts of one to four articles, and single articles, also under many section headings, teach it that a text
may be one article.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from digestgen.ingest.splitting import boundary_model
from digestgen.ingest.splitting.boundary_features import (
    CONTEXT_FEATURES,
    PARAGRAPH_FEATURES,
    TEXT_FEATURES,
    Floats,
    context_features,
    paragraph_features,
    repeated_paragraphs,
    text_features,
)
from digestgen.ingest.splitting.boundary_model import KINDS, KindLayer, Layer, Model, list_weight
from digestgen.ingest.splitting.headline_list import is_headline_list
from digestgen.language.text import is_terminated, sentences, words

FOLDS = 4
STRENGTH = 0.3
"""C of the regressions, chosen with one publisher left out at a time; .1 to 1 make no difference."""
VARIANT_WEIGHT = 0.5
SINGLE_WEIGHT = 0.3
"""Of the paragraphs of single articles: with more, other publishers' dumps are not parted; with less, articles are."""
TEASER_SHARE = 0.35
EXCERPTS = 5
COLLECTIONS = (
    ("cluster/wikiref", "wikiref", "en", 220, True),
    ("cluster/allsides_story", "allsides", "en", 300, True),
    ("cluster/bbc", "bbc", "en", 200, True),
    ("cluster/crisis_fr", "crisis_fr", "fr", 100, False),
    ("cluster/ng20", "ng20", "en", 100, False),
    ("html/dev", "web", "en", 117, True),
)
"""Single articles: file, publisher, language, how many of them, and whether dumps are made of them too."""
ROUNDS = 2
"""Times that each single article comes into a dump, and into one of briefs: once among any others, once by subject."""
SHORTEST_LIST = 5
"""Items of a list; of fewer, nobody could tell whether they are paragraphs of one article."""
LISTED = 0.8
"""Share of the lines that start an article from which a dump is a list."""
_LONGEST_ARTICLE = 120
"""Paragraphs of a single article that are trained on."""
_SHORTEST_BRIEF = 3
"""Paragraphs of a brief; with fewer, a dump of them is as good as a list."""
_KICKERS = ("FOR IMMEDIATE RELEASE", "Press release", "News release", "BREAKING NEWS", "Analysis", "Opinion")


@dataclass(frozen=True, slots=True)
class Dump:
    """A dump and its truth."""

    kind: str
    publisher: str
    lines: tuple[str, ...]
    starts: tuple[int, ...]
    language: str = "en"
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A dump as numbers; the first paragraph, whose answer is given, is left out of training."""

    repeated: int
    """Paragraphs that repeat the one above, and are left out here."""
    features: Floats
    unterminated: NDArray[np.bool_]
    truth: NDArray[np.int64]
    kind: int
    """Index into ``KINDS``."""
    weight: float
    fold: int
    publisher: str


def read_dumps(path: Path) -> list[Dump]:
    """The dumps of an xz-compressed JSON-lines file."""
    with lzma.open(path, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [Dump(row["scen"], row["src"], tuple(row["lines"]), tuple(row["starts"])) for row in rows]


def read_articles(data: Path) -> list[Dump]:
    """The single articles, each a dump of one; longer ones are left out."""
    articles = []
    for name, publisher, language, most, _ in COLLECTIONS:
        with lzma.open(data / f"{name}.jsonl.xz", "rt", encoding="utf-8") as file:
            rows = [json.loads(line) for line in file]
        for row in rows[:: max(1, len(rows) // most)]:
            lines = [" ".join(line.split()) for line in [row.get("title") or "", *row["text"].split("\n")]]
            lines = [line for line in lines if line]
            if 2 <= len(lines) <= _LONGEST_ARTICLE:
                spoken, subject = (row.get("lang") or language)[:2], str(row.get("label", ""))
                articles.append(Dump("single", publisher, tuple(lines), (0,), spoken, subject))
    return articles


def variant(dump: Dump, chance: random.Random) -> Dump:
    """The dump as another publisher might have set it."""
    style = chance.choice(["part", "part", "join"])
    inner = chance.random() < 0.35
    return _joined(dump, [_set_anew(article, style, chance, inner=inner) for article in articles_of(dump)])


def teaser_list(dump: Dump, chance: random.Random) -> Dump:
    """The articles of the dump as a tag page shows them."""
    return _joined(dump, _teasers(articles_of(dump), chance))


def excerpt(dump: Dump, chance: random.Random, counts: Sequence[int] = (1, 1, 1, 2, 3, 4)) -> Dump:
    """One to four articles of the dump: most texts that people save hold no more."""
    articles = articles_of(dump)
    count = min(len(articles), chance.choice(counts))
    first = chance.randint(0, len(articles) - count)
    return _joined(dump, articles[first : first + count])


def articles_of(dump: Dump) -> list[tuple[str, ...]]:
    """The lines of each article."""
    bounds = [*dump.starts, len(dump.lines)]
    return [dump.lines[first:last] for first, last in pairwise(bounds)]


def _joined(dump: Dump, articles: Sequence[Sequence[str]]) -> Dump:
    lines: list[str] = []
    starts: list[int] = []
    for article in articles:
        starts.append(len(lines))
        lines += article
    return Dump(dump.kind, dump.publisher, tuple(lines), tuple(starts), dump.language)


def _teasers(articles: Sequence[Sequence[str]], chance: random.Random) -> list[list[str]]:
    """A tag page: each article by its heading, its lead, both, or its first words until the room is used up."""
    style = chance.choice(["first", "second", "pair", "cut", "mixed"])
    room = chance.randint(120, 320)
    doubled = chance.choice([0.0, 0.12])
    teasers: list[list[str]] = []
    for article in articles:
        text = article[1] if len(article) > 1 and not is_terminated(article[0]) else article[0]
        kind = chance.choice(["second", "cut"]) if style == "mixed" else style
        if kind == "cut":
            whole = " ".join(article[1:4] if text != article[0] else article[:3])
            teaser = [whole if len(whole) <= room else whole[: whole.rfind(" ", 0, room)]]
        elif kind == "pair" and text != article[0]:
            teaser = [article[0], text]
        else:
            teaser = [article[0] if kind == "first" else sentences(text, "en")[0]]
        if len(teaser) == 1 and chance.random() < doubled:
            teaser *= 2
        teasers.append(teaser)
    return teasers


def untitled(article: Dump) -> Dump:
    """A single article without its first line."""
    return Dump("single", article.publisher, article.lines[1:], (0,), article.language)


def furnished(article: Dump, chance: random.Random) -> Dump:
    """A single article with what is no article around it: a kicker, a list, a few words on who sends it."""
    lines = list(article.lines)
    style = chance.choice(["release", "list", "plain"])
    if style == "release":
        name = " ".join(words(lines[-1])[:2]).title()
        lines += [f"About {name}", lines[len(lines) // 2], "Media contact", f"{name}, press@example.org, +00 000 0000"]
        lines.insert(0, chance.choice(_KICKERS))
    elif style == "list":
        source = [word for line in lines for word in words(line)]
        items = []
        for _ in range(chance.randint(3, 12)):
            first = chance.randint(0, max(0, len(source) - 6))
            item = " ".join(source[first : first + chance.randint(1, 6)])
            items.append(f"{chance.randint(1, 500)} {item}" if chance.random() < 0.5 else item[:1].upper() + item[1:])
        at = chance.randint(1, len(lines))
        lines[at:at] = items
    parted = _set_anew(lines, chance.choice(["part", "join"]), chance, inner=chance.random() < 0.3)
    return Dump("single", article.publisher, tuple(parted), (0,), article.language)


def headed(article: Dump, chance: random.Random) -> Dump:
    """A single article with a heading over every few paragraphs, all set in one manner: a guide, a list of ten best."""
    style = chance.choice(["as it is", "part", "join"])
    lines = article.lines if style == "as it is" else _set_anew(article.lines, style, chance, inner=False)
    title, *body = lines
    manner = chance.choice(["plain", "plain", "title case", "numbered", "question"])
    longest, usual = chance.choice([4, 8, 12]), chance.randint(1, 4)
    at = chance.randint(1, 3)
    parted, number = [title, *body[:at]], 0
    while at < len(body):
        number += 1
        heading = _heading(body[at], chance, longest)
        if manner == "title case":
            heading = heading.title()
        elif manner == "numbered":
            heading = f"{number}. {heading}"
        elif manner == "question":
            heading += "?"
        count = chance.randint(max(1, usual - 1), usual + 1)
        parted += [heading, *body[at : at + count]]
        at += count
    return Dump("single", article.publisher, tuple(parted), (0,), article.language)


def brief(article: Dump, chance: random.Random) -> Dump:
    """The top of an article without its headings, often a sentence a paragraph: a bulletin of a radio station."""
    body = [line for line in article.lines if is_terminated(line)][: chance.randint(3, 5)]
    if chance.random() < 0.7:
        body = _set_anew(["", *body], "part", chance, inner=False)[1:][: chance.randint(3, 8)]
    return Dump("single", article.publisher, tuple(body), (0,), article.language, article.subject)


def together(
    articles: Sequence[Dump], counts: Sequence[int], chance: random.Random, *, by_subject: bool = False
) -> list[Dump]:
    """Dumps made of single articles, each used once; beside others on its own subject, if so told."""
    rest = list(articles)
    chance.shuffle(rest)
    if by_subject:
        rest.sort(key=lambda article: article.subject)
    dumps = []
    while rest:
        count = chance.choice(counts)
        dumps.append(_joined(rest[0], [article.lines for article in rest[:count]]))
        rest = rest[count:]
    return dumps


def _set_anew(article: Sequence[str], style: str, chance: random.Random, *, inner: bool) -> list[str]:
    body: list[str] = []
    rest = list(article[1:])
    while rest:
        if style == "join":
            count = chance.choice([1, 2, 2, 3]) if is_terminated(rest[0]) else 1
            body.append(" ".join(rest[:count]))
            rest = rest[count:]
        else:
            parts = sentences(rest.pop(0), "en")
            count = chance.choice([1, 1, 2, 3])
            body += [" ".join(parts[at : at + count]) for at in range(0, len(parts), count)]
    if inner:
        count = min(len(body) // 4, chance.randint(1, 4))
        for at in sorted(chance.sample(range(2, max(3, len(body))), count), reverse=True):
            body.insert(at, _heading(body[at], chance))
    return [article[0], *body]


def _heading(paragraph: str, chance: random.Random, longest: int = 8) -> str:
    """A section heading made of the words that it stands over: one to ``longest`` in a row, at times with a colon."""
    source = words(paragraph)[:60]
    first = chance.randint(0, max(0, len(source) - longest - 1))
    chosen = source[first : first + chance.randint(1, longest)]
    if len(chosen) > 3 and chance.random() < 0.3:
        chosen[0] += ":"
    heading = " ".join(chosen)
    return heading[:1].upper() + heading[1:]


def examples_of(dumps: Sequence[Dump], articles: Sequence[Dump] = ()) -> list[Example]:
    """Each dump, its variants, excerpts of them and single articles, as numbers; all of a text in one fold."""
    chance = random.Random(7)  # noqa: S311 - variety, not secrecy; the seed keeps the weights reproducible
    weighed = [
        (text, weight, number % FOLDS) for number, dump in enumerate(dumps) for text, weight in _from_dump(dump, chance)
    ]
    weighed += [
        (text, 1.0, number % FOLDS)
        for number, article in enumerate(articles)
        for text in (article, untitled(article), furnished(article, chance))
    ]
    # Words in a row are not what an editor sets over a section: they teach what a text is, and not what a start is.
    weighed += [(headed(article, chance), 0.0, number % FOLDS) for number, article in enumerate(articles)]
    for publisher in [name for _, name, _, _, joined in COLLECTIONS if joined]:
        own = [article for article in articles if article.publisher == publisher]
        for fold in range(FOLDS):
            weighed += [(text, weight, fold) for text, weight in _from_articles(own[fold::FOLDS], chance)]
    return [_example(text, weight, fold) for text, weight, fold in weighed if _teaches(text)]


def _teaches(dump: Dump) -> bool:
    """Whether the model is asked, and anybody could tell: two paragraphs may be two items, or one article."""
    if repeated_paragraphs(dump.lines)[1:].all():
        return False
    items = len(dump.starts) >= LISTED * len(dump.lines)
    told = len(dump.starts) == 1 or not items or len(dump.starts) >= SHORTEST_LIST
    return len(dump.lines) > 1 and told and not is_headline_list(dump.lines)


def _from_dump(dump: Dump, chance: random.Random) -> Iterator[tuple[Dump, float]]:
    """The texts that are made of a dump, each with its weight."""
    other = (teaser_list if chance.random() < TEASER_SHARE else variant)(dump, chance)
    yield dump, 1.0
    yield other, VARIANT_WEIGHT
    for whole in (dump, other):
        for _ in range(EXCERPTS):
            yield excerpt(whole, chance), 1.0
    if not _is_list(dump):
        yield furnished(excerpt(dump, chance, (1,)), chance), 1.0
    yield excerpt(teaser_list(dump, chance), chance, (5, 6, 8, 10, 15)), VARIANT_WEIGHT


def _from_articles(articles: Sequence[Dump], chance: random.Random) -> Iterator[tuple[Dump, float]]:
    """The dumps that are made of single articles, each with its weight."""
    for number in range(ROUNDS):
        briefs = [
            short for short in (brief(article, chance) for article in articles) if len(short.lines) >= _SHORTEST_BRIEF
        ]
        for whole, counts in ((articles, (2, 2, 3, 4, 6, 8, 12)), (briefs, (4, 6, 8, 12, 16, 24))):
            for dump in together(whole, counts, chance, by_subject=number % 2 == 1):
                yield dump, 1.0
                yield teaser_list(dump, chance), VARIANT_WEIGHT


def _example(dump: Dump, weight: float, fold: int) -> Example:
    new = ~repeated_paragraphs(dump.lines)
    features, unterminated = paragraph_features(list(compress(dump.lines, new)), dump.language)
    truth = np.isin(np.flatnonzero(new), dump.starts).astype(np.int64)
    kind = "single" if len(dump.starts) == 1 else "list" if _is_list(dump) else "several"
    if kind == "single":
        weight *= SINGLE_WEIGHT
    repeated = len(new) - len(truth)
    return Example(repeated, features, unterminated, truth, KINDS.index(kind), weight, fold, dump.publisher)


def _is_list(dump: Dump) -> bool:
    return len(dump.starts) >= max(SHORTEST_LIST, LISTED * len(dump.lines))


def train(examples: Sequence[Example]) -> Model:
    """All three; what the second sees of the first comes from folds that the first was not trained on.

    The paragraphs of lists are left out of the first two: that each is an item is said of the whole text.
    """
    first: dict[int, Layer] = {}
    prose = [example for example in examples if KINDS[example.kind] != "list"]
    for fold in range(FOLDS):
        seen = [example for example in prose if example.fold != fold]
        first[fold] = _fit(seen, [example.features for example in seen])

    def both(example: Example) -> Floats:
        chance = first[example.fold].probability(example.features, example.unterminated)
        return np.hstack([example.features, context_features(example.features, example.unterminated, chance)])

    second = _fit(prose, [both(example) for example in prose])
    texts = []
    for example in examples:
        chance = second.probability(both(example), example.unterminated)
        texts.append(text_features(example.features, chance, example.repeated))
    kinds = _fit_kinds(np.array(texts), examples)
    return Model(_fit(prose, [example.features for example in prose]), second, kinds)


def _fit_kinds(table: Floats, examples: Sequence[Example]) -> KindLayer:
    kinds = np.array([example.kind for example in examples])
    weight = [list_weight(len(each.truth)) if KINDS[each.kind] == "list" else 1.0 for each in examples]
    mean, spread = table.mean(axis=0), table.std(axis=0) + 1e-9
    regression = LogisticRegression(C=1.0, max_iter=3000)
    regression.fit((table - mean) / spread, kinds, weight)
    rows = regression.coef_ / spread
    return KindLayer(regression.intercept_ - rows @ mean, rows)


def _fit(examples: Sequence[Example], features: Sequence[Floats]) -> Layer:
    table = np.concatenate([each[1:] for each in features])
    shape = np.concatenate([example.unterminated[1:] for example in examples])
    truth = np.concatenate([example.truth[1:] for example in examples])
    weight = np.concatenate([np.full(len(example.truth) - 1, example.weight) for example in examples])
    mean, spread = table.mean(axis=0), table.std(axis=0) + 1e-9
    bias, rows = [], []
    for kind in (False, True):
        of_kind = shape == kind
        regression = LogisticRegression(C=STRENGTH, solver="newton-cholesky")
        regression.fit(((table - mean) / spread)[of_kind], truth[of_kind], weight[of_kind])
        row = regression.coef_[0] / spread
        rows.append(row)
        bias.append(float(regression.intercept_[0] - row @ mean))
    return Layer(np.array(bias), np.array(rows))


def as_table(model: Model) -> dict[str, dict[str, dict[str, float]]]:
    """The model as it is kept: layer → shape → feature name → weight, to five figures."""

    def layer(values: Layer, names: Sequence[str]) -> dict[str, dict[str, float]]:
        return {
            shape: {"bias": _short(values.bias[row])}
            | {name: _short(weight) for name, weight in zip(names, values.weight[row], strict=True)}
            for row, shape in enumerate(("terminated", "unterminated"))
        }

    kinds = {
        kind: {"bias": _short(model.kinds.bias[row])}
        | {name: _short(weight) for name, weight in zip(TEXT_FEATURES, model.kinds.weight[row], strict=True)}
        for row, kind in enumerate(KINDS)
    }
    return {
        "first": layer(model.first, list(PARAGRAPH_FEATURES)),
        "second": layer(model.second, [*PARAGRAPH_FEATURES, *CONTEXT_FEATURES]),
        "kinds": kinds,
    }


def _short(value: float) -> float:
    return float(f"{value:.5g}")


def main() -> None:
    """Train, say what was done, write the weights."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("data", type=Path)
    data = arguments.parse_args().data
    dumps = read_dumps(data / "dumps" / "train.jsonl.xz")
    examples = examples_of(dumps, read_articles(data))
    model = train(examples)
    path = Path(boundary_model.__file__).with_name(boundary_model.WEIGHTS)
    path.write_text(json.dumps(as_table(model), indent=1) + "\n", encoding="utf-8")
    lines = sum(len(example.truth) for example in examples)
    starts = sum(int(example.truth.sum()) for example in examples)
    print(f"{len(dumps)} dumps, as many variants, {len(examples) - 2 * len(dumps)} excerpts of both")
    print(f"{lines} paragraphs, {starts} of them starts")
    for name, reason in {**PARAGRAPH_FEATURES, **CONTEXT_FEATURES}.items():
        at = [*PARAGRAPH_FEATURES, *CONTEXT_FEATURES].index(name)
        spread = np.concatenate([e.features for e in examples])[:, at].std() if name in PARAGRAPH_FEATURES else np.nan
        effect = model.second.weight[:, at] * (1.0 if np.isnan(spread) else spread)
        print(f"  {name:22} terminated {effect[0]:+6.2f}  unterminated {effect[1]:+6.2f}  {reason}")
    print(f"written to {path}")


if __name__ == "__main__":
    main()
