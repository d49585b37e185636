"""How well undivided dumps are split into articles, and whether single articles stay whole.

Usage: ``python -m benchmarks DATA splitting``, where ``DATA/dumps`` holds ``train.jsonl.xz`` and ``dev.jsonl.xz``, and
``DATA/cluster`` and ``DATA/html`` hold single articles.

Boundary F1, exact line, micro-averaged, the first line left out. The shipped weights are scored on the held-out
dumps, as they are, with one separator line somewhere, and with each article cut to a dateline and two paragraphs.
"Without" a publisher: trained on everything of the other publishers alone, scored on every dump and every single
article of that publisher. A single article is one paragraph a line; "cut" counts the articles that are parted at all,
"cut at ≥ .9" those parted where the splitter is that sure. TextTiling is Hearst's (1997), as NLTK has it; "rule" starts
an article at every unterminated line of six words or more.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from nltk.tokenize import TextTilingTokenizer

from benchmarks.table import Row
from benchmarks.train_splitter import Dump, articles_of, examples_of, read_articles, read_dumps, train
from digestgen.ingest.splitting.boundary_model import Model
from digestgen.ingest.splitting.dump import read_dump, split_texts
from digestgen.language.text import is_terminated, words
from digestgen.model import Seed, Sidecar

_TASK = "splitting"
_HEADED = ("a_a", "b_b", "b_bl", "b_bs", "e_a", "e_bl", "e_bs")
"""Kinds of dump that the rule is made for."""
_HEADLESS = ("c_c", "e_c")
"""Kinds of dump whose articles begin with their leads."""
_TILED, _LONGEST_TILED = 4, 120
"""Dumps that TextTiling is tried on, and lines in each: NLTK's takes ten seconds for 170 lines."""


@dataclass(frozen=True, slots=True)
class _Split:
    """A dump, its split, and how sure the splitter was of each start."""

    dump: Dump
    starts: Sequence[int]
    sure: Sequence[float]


def measure(data: Path) -> list[Row]:
    """F1 overall, on one subject, by kind; calibration; and all that with a publisher left out of training."""
    held_out = read_dumps(data / "dumps" / "dev.jsonl.xz")
    training = read_dumps(data / "dumps" / "train.jsonl.xz")
    articles = read_articles(data)
    short = [dump for dump in held_out if len(dump.lines) <= _LONGEST_TILED]
    tiled = short[:: max(1, len(short) // _TILED)][:_TILED]
    rows = [Row(_TASK, f"{_TILED} held-out dumps", "TextTiling", "F1", _f1(_plainly(tiled, _tiles)))]
    rows += _scores("held-out dumps", held_out, None, 0.97)
    rows += _marked(held_out)
    examples = examples_of(training, articles)
    means = []
    for publisher in sorted({dump.publisher for dump in [*training, *articles]}):
        model = train([example for example in examples if example.publisher != publisher])
        name = f"without {publisher}"
        if unseen := [dump for dump in [*held_out, *training] if dump.publisher == publisher]:
            scores = _scores(name, unseen, model, 0.92)
            means.append(next(row.value for row in scores if row.system == "digestgen"))
            rows += scores
        rows += _whole(name, [article for article in articles if article.publisher == publisher], model)
    rows.append(Row(_TASK, "mean of the dumps' publishers left out", "digestgen", "F1", sum(means) / len(means), 0.92))
    return rows


def _marked(dumps: Sequence[Dump]) -> list[Row]:
    """F1 with signs in the text that the model does not see."""
    chance = random.Random(11)  # noqa: S311 - variety, not secrecy
    stray, reports = [], []
    for dump in dumps:
        at = chance.randrange(1, len(dump.lines))
        lines = (*dump.lines[:at], chance.choice(["---", "* * *", "====="]), *dump.lines[at:])
        stray.append(Dump(dump.kind, dump.publisher, lines, tuple(start + (start >= at) for start in dump.starts)))
        if dump.kind in _HEADLESS:
            reports.append(_as_reports(dump, chance))
    return [
        Row(_TASK, name, "digestgen", "F1", _f1([_Split(dump, _starts_of(dump.lines), ()) for dump in made]), target)
        for name, made, target in (
            ("held-out dumps, a stray separator in each", stray, 0.96),
            ("held-out dumps, datelines and two paragraphs", reports, 0.95),
        )
    ]


def _as_reports(dump: Dump, chance: random.Random) -> Dump:
    lines: list[str] = []
    starts: list[int] = []
    for article in articles_of(dump):
        starts.append(len(lines))
        place = chance.choice(["OSLO", "NEW YORK", "Jakarta", "GENEVA", "San Salvador", "MINSK"])
        lines += [f"{place}, May {chance.randint(1, 28)} (Agency) – {article[0]}", *article[1:2]]
    return Dump("reports", dump.publisher, tuple(lines), tuple(starts))


def _starts_of(lines: Sequence[str]) -> list[int]:
    drafts, _ = read_dump(Seed(name="a.txt", text="\n".join(lines), sidecar=Sidecar(name="a.yml")), "en")
    return [draft.lines[0] - 1 for draft in drafts]


def _whole(name: str, articles: Sequence[Dump], model: Model) -> list[Row]:
    """How many single articles are parted."""
    if not articles:
        return []
    cut = surely = 0
    for article in articles:
        starts, sure = split_texts(article.lines, article.language, model)
        cut += len(starts) > 1
        surely += any(each >= 0.9 for each in sure[1:])
    data = f"{name}, {len(articles)} single articles"
    return [
        Row(_TASK, data, "digestgen", "cut", cut / len(articles)),
        Row(_TASK, data, "digestgen", "cut at ≥ .9", surely / len(articles), 0.02, at_most=True),
    ]


def _scores(name: str, dumps: Sequence[Dump], model: Model | None, target: float) -> list[Row]:
    ours = [_Split(dump, *split_texts(dump.lines, "en", model)) for dump in dumps]
    rule = _plainly(dumps, _rule)
    rows = [
        Row(_TASK, name, "rule", "F1", _f1(rule)),
        Row(_TASK, name, "digestgen", "F1", _f1(ours), target),
    ]
    if subject := _of_kind(ours, "e"):
        rows.append(Row(_TASK, f"{name}, one subject", "rule", "F1", _f1(_of_kind(rule, "e"))))
        rows.append(Row(_TASK, f"{name}, one subject", "digestgen", "F1", _f1(subject), 0.8))
    for kind in _HEADED:
        if chosen := _of_kind(ours, kind, whole=True):
            floor = _f1(_of_kind(rule, kind, whole=True))
            rows.append(Row(_TASK, f"{name}, headed {kind}", "digestgen", "F1", _f1(chosen), floor))
    right = [
        start in split.dump.starts
        for split in ours
        for start, sure in zip(split.starts, split.sure, strict=True)
        if start and sure >= 0.9
    ]
    rows.append(Row(_TASK, name, "digestgen", "right where it says ≥ .9", sum(right) / max(1, len(right)), 0.9))
    return rows


def _of_kind(splits: Sequence[_Split], kind: str, *, whole: bool = False) -> list[_Split]:
    return [split for split in splits if split.dump.kind == kind or (not whole and split.dump.kind.startswith(kind))]


def _plainly(dumps: Sequence[Dump], split: Callable[[Sequence[str]], Sequence[int]]) -> list[_Split]:
    return [_Split(dump, split(dump.lines), ()) for dump in dumps]


def _f1(splits: Sequence[_Split]) -> float:
    right = said = there = 0
    for split in splits:
        found, truth = set(split.starts) - {0}, set(split.dump.starts) - {0}
        right += len(found & truth)
        said += len(found)
        there += len(truth)
    return 2 * right / max(1, said + there)


def _rule(lines: Sequence[str]) -> list[int]:
    return [at for at, line in enumerate(lines) if at == 0 or (not is_terminated(line) and len(words(line)) >= 6)]


def _tiles(lines: Sequence[str]) -> list[int]:
    """TextTiling's segments, by the line that each begins with; it needs a text of some length."""
    try:
        tiles = TextTilingTokenizer(stopwords=["the"]).tokenize("\n\n".join(lines))
    except ValueError:
        return [0]
    starts, at = [0], 0
    for tile in tiles:
        starts.append(at)
        at += sum(bool(line.strip()) for line in tile.split("\n"))
    return starts
