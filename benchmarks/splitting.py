"""How well undivided dumps are split into articles.

Usage: ``python -m benchmarks DATA splitting``, where ``DATA/dumps`` holds ``train.jsonl.xz`` and ``dev.jsonl.xz``.

Boundary F1, exact line, micro-averaged, the first line left out. The shipped weights are scored on the held-out
dumps. "Without" a publisher: trained on the training dumps of the other publishers alone, scored on every dump of
that publisher. TextTiling is Hearst's (1997), as NLTK has it; "rule" starts an article at every unterminated line of
six words or more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from nltk.tokenize import TextTilingTokenizer

from benchmarks.table import Row
from benchmarks.train_splitter import Dump, examples_of, read_dumps, train
from digestgen.ingest.boundary_model import Model
from digestgen.ingest.dump import split_texts
from digestgen.text import is_terminated, words

_TASK = "splitting"
_HEADED = ("a_a", "b_b", "b_bl", "b_bs", "e_a", "e_bl", "e_bs")
"""Kinds of dump that the rule is made for."""
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
    short = [dump for dump in held_out if len(dump.lines) <= _LONGEST_TILED]
    tiled = short[:: max(1, len(short) // _TILED)][:_TILED]
    rows = [Row(_TASK, f"{_TILED} held-out dumps", "TextTiling", "F1", _f1(_plainly(tiled, _tiles)))]
    rows += _scores("held-out dumps", held_out, None, 0.92)
    examples = examples_of(training)
    for publisher in sorted({dump.publisher for dump in training}):
        model = train([example for example in examples if example.publisher != publisher])
        unseen = [dump for dump in [*held_out, *training] if dump.publisher == publisher]
        rows += _scores(f"without {publisher}", unseen, model, 0.85)
    return rows


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
