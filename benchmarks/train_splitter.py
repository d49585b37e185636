"""Trains the boundary model on undivided dumps and writes its weights into the package.

Usage: ``python -m benchmarks.train_splitter DATA``, where ``DATA/dumps/train.jsonl.xz`` holds objects with ``scen``,
``src``, ``lines`` and ``starts`` (0-based). Nothing else is read; the held-out dumps stay unseen.

Each dump is trained on as it is and, at half weight, in a variant as another publisher would set it: paragraphs
parted or joined, section headings put in, or only its headings left as a list of teasers. Without the variants the
model learns three publishers' habits; with them, what publishers have in common. Excerpts of one to four articles
teach it that a short text may be one article.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from digestgen.ingest import boundary_model
from digestgen.ingest.boundary_features import FIRST_LOOK, SECOND_LOOK, Floats, first_look, second_look
from digestgen.ingest.boundary_model import Layer, Model
from digestgen.text import is_terminated, sentences, words

FOLDS = 4
STRENGTH = 0.3
"""C of the regressions, chosen with one publisher left out at a time; .1 to 1 make no difference."""
VARIANT_WEIGHT = 0.5
TEASER_SHARE = 0.35
EXCERPTS = 5


@dataclass(frozen=True, slots=True)
class Dump:
    """A dump and its truth."""

    kind: str
    publisher: str
    lines: tuple[str, ...]
    starts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A dump as numbers; the first paragraph, whose answer is given, is left out of training."""

    features: Floats
    unterminated: NDArray[np.bool_]
    truth: NDArray[np.int64]
    weight: float
    fold: int
    publisher: str


def read_dumps(path: Path) -> list[Dump]:
    """The dumps of an xz-compressed JSON-lines file."""
    with lzma.open(path, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [Dump(row["scen"], row["src"], tuple(row["lines"]), tuple(row["starts"])) for row in rows]


def variant(dump: Dump, chance: random.Random) -> Dump:
    """The dump as another publisher might have set it."""
    style = chance.choice(["part", "part", "join"])
    inner = chance.random() < 0.35
    return _joined(dump, [_set_anew(article, style, chance, inner=inner) for article in articles_of(dump)])


def teaser_list(dump: Dump, chance: random.Random) -> Dump:
    """The articles of the dump as a tag page shows them."""
    return _joined(dump, _teasers(articles_of(dump), chance))


def excerpt(dump: Dump, chance: random.Random) -> Dump:
    """One to four articles of the dump: most texts that people save hold no more."""
    articles = articles_of(dump)
    count = min(len(articles), chance.choice([1, 1, 1, 2, 3, 4]))
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
    return Dump(dump.kind, dump.publisher, tuple(lines), tuple(starts))


def _teasers(articles: Sequence[Sequence[str]], chance: random.Random) -> list[list[str]]:
    """A tag page: each article by its heading, its lead, both, or its first words until the room is used up."""
    style = chance.choice(["first", "second", "pair", "cut", "mixed"])
    room = chance.randint(120, 320)
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
        if chance.random() < 0.05:
            teaser.append(teaser[-1])
        teasers.append(teaser)
    return teasers


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


def _heading(paragraph: str, chance: random.Random) -> str:
    """A section heading made of the words that it stands over: one to eight in a row, at times with a colon."""
    source = words(paragraph)[:60]
    first = chance.randint(0, max(0, len(source) - 9))
    chosen = source[first : first + chance.randint(1, 8)]
    if len(chosen) > 3 and chance.random() < 0.3:
        chosen[0] += ":"
    heading = " ".join(chosen)
    return heading[:1].upper() + heading[1:]


def examples_of(dumps: Sequence[Dump]) -> list[Example]:
    """Each dump, its variant or teaser list, and excerpts of both, as numbers; all of a dump in one fold."""
    chance = random.Random(7)  # noqa: S311 - variety, not secrecy; the seed keeps the weights reproducible
    examples: list[Example] = []
    for number, dump in enumerate(dumps):
        other = (teaser_list if chance.random() < TEASER_SHARE else variant)(dump, chance)
        kinds = [(dump, 1.0), (other, VARIANT_WEIGHT)]
        kinds += [(excerpt(whole, chance), 1.0) for whole in (dump, other) for _ in range(EXCERPTS)]
        examples += [_example(each, weight, number % FOLDS, dump.publisher) for each, weight in kinds]
    return examples


def _example(dump: Dump, weight: float, fold: int, publisher: str) -> Example:
    features, unterminated = first_look(dump.lines, "en")
    truth = np.zeros(len(dump.lines), dtype=np.int64)
    truth[list(dump.starts)] = 1
    return Example(features, unterminated, truth, weight, fold, publisher)


def train(examples: Sequence[Example]) -> Model:
    """Both layers; what the second sees of the first comes from folds that the first was not trained on."""
    first: dict[int, Layer] = {}
    for fold in range(FOLDS):
        seen = [example for example in examples if example.fold != fold]
        first[fold] = _fit(seen, [example.features for example in seen])
    both = []
    for example in examples:
        chance = first[example.fold].probability(example.features, example.unterminated)
        both.append(np.hstack([example.features, second_look(example.features, example.unterminated, chance)]))
    return Model(_fit(examples, [example.features for example in examples]), _fit(examples, both))


def _fit(examples: Sequence[Example], features: Sequence[Floats]) -> Layer:
    table = np.concatenate([each[1:] for each in features])
    shape = np.concatenate([example.unterminated[1:] for example in examples])
    truth = np.concatenate([example.truth[1:] for example in examples])
    weight = np.concatenate([np.full(len(example.truth) - 1, example.weight) for example in examples])
    mean, spread = table.mean(axis=0), table.std(axis=0) + 1e-9
    bias, rows = [], []
    for kind in (False, True):
        of_kind = shape == kind
        regression = LogisticRegression(C=STRENGTH, max_iter=3000)
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

    return {"first": layer(model.first, list(FIRST_LOOK)), "second": layer(model.second, [*FIRST_LOOK, *SECOND_LOOK])}


def _short(value: float) -> float:
    return float(f"{value:.5g}")


def main() -> None:
    """Train, say what was done, write the weights."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("data", type=Path)
    data = arguments.parse_args().data
    dumps = read_dumps(data / "dumps" / "train.jsonl.xz")
    examples = examples_of(dumps)
    model = train(examples)
    path = Path(boundary_model.__file__).with_name(boundary_model.WEIGHTS)
    path.write_text(json.dumps(as_table(model), indent=1) + "\n", encoding="utf-8")
    lines = sum(len(example.truth) for example in examples)
    starts = sum(int(example.truth.sum()) for example in examples)
    print(f"{len(dumps)} dumps, as many variants, {len(examples) - 2 * len(dumps)} excerpts of both")
    print(f"{lines} paragraphs, {starts} of them starts")
    for name, reason in {**FIRST_LOOK, **SECOND_LOOK}.items():
        at = [*FIRST_LOOK, *SECOND_LOOK].index(name)
        spread = np.concatenate([e.features for e in examples])[:, at].std() if name in FIRST_LOOK else np.nan
        effect = model.second.weight[:, at] * (1.0 if np.isnan(spread) else spread)
        print(f"  {name:22} terminated {effect[0]:+6.2f}  unterminated {effect[1]:+6.2f}  {reason}")
    print(f"written to {path}")


if __name__ == "__main__":
    main()
