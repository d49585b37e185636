"""Sentence boundaries: CNN/Daily Mail articles joined and split again, and a table of what trips splitters in news.

The articles come as lists of sentences that another tool made, not people, so this is a silver standard: it is wrong
itself in places (captions glued to the next sentence, quotations cut inside), and no system can reach 1 on it.

Run: ``python -m benchmarks DATA sentences``
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import sentencex

from benchmarks.corpora import rows
from benchmarks.table import Row
from digestgen.language.text import sentences

_System = Callable[[str, str], Sequence[str]]

TRICKY = (
    ("en", "U.S. officials said on Oct. 24 that talks failed. | They gave no reason."),
    (
        "en",
        "Gen. Kirillov died at 6 a.m. Monday. | The meeting begins at 9 a.m. Eastern time. | No. 10 declined to talk.",
    ),
    ("en", "He moved to the U.S. | She stayed in Ft. Worth. | Rep. Smith, D-R.I., left for St. Louis, Mo., at once."),
    ("en", "“We will go,” he said. | “We must.”"),
    ("en", "The U.S. does not listen. | “In Europe, they do,” said J. Borrell. | NATO agreed."),
    ("en", "The officer was armed. | (He was later fired.) | See Vol. 2 of the report. | It is long."),
    ("en", "Apple Inc. shares fell 3.5% to $1.2 a share. | Wait… what? | He got an A. | She got a B."),
    ("fr", "M. Macron a vu Mme. Le Pen. | L'art. 49.3 est là. | Selon J.-L. Mélenchon, non. | « Fini ! » a-t-il dit."),
    ("de", "Das gilt z. B. am 3. Oktober. | Der 1. FC Köln kam. | Er sagte: „Es ist vorbei.“ | Die Menge jubelte."),
    ("ru", "В. В. Путин прибыл в 2022 г. в Пекин. | «Всё кончено!» — сказал он. | Толпа ушла."),
    ("uk", "В. О. Зеленський прибув у м. Київ. | Це сталося у 2022 р. у Львові. | «Усе!» — сказав він."),
    ("es", "El Sr. Sánchez llegó a EE. UU. el lunes. | ¿Qué pasó? | El pdte. Sánchez calló."),
)


def measure(data: Path) -> list[Row]:
    """F1 of sentence ends inside articles, and the share of the table's boundaries that are right."""
    systems: dict[str, _System] = {
        "stop, space, capital": lambda text, _: re.split(r"(?<=[.!?])[\"'”’)]?\s+(?=[\"'“‘(]?[A-ZÀ-ÞА-ЯІЇЄҐ])", text),
        "sentencex": lambda text, language: sentencex.segment(language, text),
        "digestgen": sentences,
    }
    articles = [[one.strip() for one in row["sents"] if one.strip()] for row in rows(data, "summaries/cnndm")]
    news = [("en", told) for told in articles]
    table = [(language, line.split(" | ")) for language, line in TRICKY]
    return [
        Row("sentences", name, system, "F1 of sentence ends", _f1(cases, split), 0.945 if aims else None)
        for name, cases, aimed in (("CNN/DM (silver)", news, False), ("tricky news, 6 languages", table, True))
        for system, split in systems.items()
        for aims in (aimed and system == "digestgen",)
    ]


def _f1(cases: Sequence[tuple[str, Sequence[str]]], split: _System) -> float:
    right = found = wanted = 0
    for language, told in cases:
        ends, proposed = _ends(told), _ends(split(" ".join(told), language))
        right += len(ends & proposed)
        found += len(proposed)
        wanted += len(ends)
    return 2 * right / (found + wanted) if found + wanted else 1.0


def _ends(told: Sequence[str]) -> set[int]:
    """Where sentences end, counted in letters, so that quotation marks play no part; the last end left out."""
    ends = set()
    at = 0
    for one in told:
        at += sum(map(str.isalnum, one))
        ends.add(at)
    return ends - {at}
