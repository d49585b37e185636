"""What a digest costs to build, beside a bare ``mkdocs build`` of the same pages, all on one core.

    python -m benchmarks DATA cost
    python -m benchmarks DATA cost-large

Cold, with nothing changed, and with one new article; CPU seconds as a share of what mkdocs takes in the same run. And
how many articles a second go through digestgen and through what one might chain together instead. ``cost`` takes a
thousand articles; ``cost-large`` takes ten and twenty thousand, some twenty minutes, and so runs only when it is asked
for by name. ``DATA`` is the folder of labelled data; where its texts are too few, more are made of other words.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.corpora import rows
from benchmarks.table import Row

ARTICLES = 1_000
COLD, UNCHANGED, ONE_NEW, SITE_ONE_NEW, REWRITTEN = 1.5, 0.2, 0.4, 0.8, 0.05
"""Aims: shares of what mkdocs takes, and of all files."""
MEGABYTES = 1_000.0
SETS = ("bbc", "ng20", "allsides_story", "allsides_topic", "wikiref", "crisis_fr")
_COMPARED = 100
"""Articles for the comparison with other systems."""
_PER_SEED = 500
_LONG_WORD = re.compile(r"[^\W\d_]{6,}")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command and its processes took."""

    cpu: float
    """Seconds, user and system, of all processes."""
    megabytes: float
    """The largest resident set of any one process."""


def run(*words: str | Path, cwd: Path, one_core: bool = False) -> Cost:
    """Run a command and account for it and its processes; ``one_core`` keeps them all on one."""
    call = [sys.executable, "-c", _ACCOUNTANT, "1" if one_core else "", *map(str, words)]
    environment = {**os.environ, "XDG_CACHE_HOME": str(cwd / ".kept"), "SOURCE_DATE_EPOCH": "1764374400"}
    # Where it is set, our modules are compiled at each start, and those of an installed mkdocs are not.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(call, cwd=cwd, env=environment, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    cpu, megabytes = done.stdout.split()
    return Cost(float(cpu), float(megabytes))


# An interpreter of its own: the kernel counts what a process was before it became the command, and this one is large.
_ACCOUNTANT = """
import os, resource, subprocess, sys
if sys.argv[1] and hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
subprocess.run(sys.argv[2:], check=True, stdout=sys.stderr)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
"""


def a_project(folder: Path, lines: Sequence[str]) -> Path:
    """A project with seeds of those JSON lines."""
    project = folder / f"project-{len(lines)}"
    (project / "seeds").mkdir(parents=True)
    for start in range(0, len(lines), _PER_SEED):
        part = "".join(lines[start : start + _PER_SEED])
        (project / "seeds" / f"part-{start // _PER_SEED:04}.jsonl").write_text(part, encoding="utf-8")
    config = "site_name: Size\nsite_url: https://example.org/\ntheme: digestgen\nplugins: [digestgen]\n"
    (project / "mkdocs.yml").write_text(config, encoding="utf-8")
    return project


def texts(data: Path, count: int) -> list[str]:
    """So many articles of all kinds as lines of a seed, the same every time: those there are, then others like them."""
    chance = Random(1)  # noqa: S311 -- the same every time is what it is for
    known: list[tuple[str, Any]] = []
    words: dict[str, list[str]] = {}
    for name in SETS:
        unique = {row["text"][:200]: row for row in rows(data / "cluster", name) if row["text"]}
        words[name] = sorted({word for row in unique.values() for word in _LONG_WORD.findall(row["text"])})
        known += ((name, row) for row in unique.values())
    found = [{"id": f"{name}-{row['id']}", "title": row["title"] or None, "text": row["text"]} for name, row in known]
    while len(found) < count:
        name, row = chance.choice(known)
        swapped = _Swapped(words[name], chance)
        # Of other words, so that it is no reprint, and its lines stand nowhere else.
        title, text = (_LONG_WORD.sub(swapped, row[key] or "") for key in ("title", "text"))
        found.append({"id": f"made-{len(found)}", "title": title or None, "text": text})
    chance.shuffle(found)
    return [json.dumps(row, ensure_ascii=False) + "\n" for row in found[:count]]


class _Swapped:
    """Another word for each word, always the same for the same."""

    def __init__(self, words: Sequence[str], chance: Random) -> None:
        self._words, self._chance = words, chance
        self._known: dict[str, str] = {}

    def __call__(self, found: re.Match[str]) -> str:
        if found[0] not in self._known:
            self._known[found[0]] = self._chance.choice(self._words)
        return self._known[found[0]]


def measure(data: Path) -> list[Row]:
    """A thousand articles, and the throughput beside other systems."""
    with tempfile.TemporaryDirectory() as name:
        lines = texts(data, ARTICLES + 1)
        return [
            *of_size(Path(name), lines),
            *_throughput([json.loads(line) for line in lines[:_COMPARED]]),
        ]


def of_size(folder: Path, lines: Sequence[str]) -> list[Row]:
    """The cost of a project with all the articles but the last, and then with that one."""
    project = a_project(folder, lines[:-1])
    digestgen = [sys.executable, "-m", "digestgen"]
    mkdocs = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    docs = project / "docs"
    cold = run(*digestgen, "build", cwd=project, one_core=True)
    unchanged = run(*digestgen, "build", cwd=project, one_core=True)
    bare = run(*mkdocs, cwd=project, one_core=True)
    run(*digestgen, "site", cwd=project, one_core=True)
    ledger = (project / "seeds" / "permalinks.yml").read_bytes()
    before = {path: path.read_bytes() for path in docs.rglob("*") if path.is_file()}
    (project / "seeds" / "new.jsonl").write_text(lines[-1], encoding="utf-8")
    one_new = run(*digestgen, "build", cwd=project, one_core=True)
    after = [path for path in docs.rglob("*") if path.is_file()]
    rewritten = sum(path not in before or before[path] != path.read_bytes() for path in after) / len(after)
    # As if it had never been there, and then by the other command.
    (project / "seeds" / "new.jsonl").unlink()
    (project / "seeds" / "permalinks.yml").write_bytes(ledger)
    run(*digestgen, "site", cwd=project, one_core=True)
    (project / "seeds" / "new.jsonl").write_text(lines[-1], encoding="utf-8")
    site = run(*digestgen, "site", cwd=project, one_core=True)
    size = f"{len(lines) - 1:,} articles"
    built = sum(path.stat().st_size for path in (project / "site").rglob("*") if path.is_file())

    def row(system: str, metric: str, value: float, target: float | None = None) -> Row:
        return Row("cost", size, system, metric, value, target, at_most=True)

    return [
        row("mkdocs build", "CPU seconds", bare.cpu),
        row("mkdocs build", "MB", bare.megabytes),
        row("digestgen build", "CPU seconds", cold.cpu),
        row("digestgen build", "share of mkdocs build", cold.cpu / bare.cpu, COLD),
        row("digestgen build", "MB", cold.megabytes, MEGABYTES),
        row("digestgen build, nothing changed", "share of mkdocs build", unchanged.cpu / bare.cpu, UNCHANGED),
        row("digestgen build, one new article", "share of mkdocs build", one_new.cpu / bare.cpu, ONE_NEW),
        row("digestgen build, one new article", "share of files rewritten", rewritten, REWRITTEN),
        row("digestgen site, one new article", "share of mkdocs build", site.cpu / bare.cpu, SITE_ONE_NEW),
        row("site on disk", "MB", built / 2**20),
    ]


def _throughput(articles: Sequence[dict[str, str]]) -> list[Row]:
    """Articles a CPU second: all that digestgen does, and single steps or a chain of them by others."""
    found = []
    for system, work in _SYSTEMS.items():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            work(articles[:5])  # what is loaded once is not counted
            began = time.process_time()
            work(articles)
        spent = time.process_time() - began
        found.append(Row("cost", f"{len(articles)} articles", system, "articles a CPU second", len(articles) / spent))
    return found


def _digestgen(articles: Sequence[dict[str, str]]) -> None:
    from digestgen.compose.digest import compose  # noqa: PLC0415
    from digestgen.curate.files.settings import DigestSettings  # noqa: PLC0415
    from digestgen.model import Seed  # noqa: PLC0415
    from digestgen.publish.pages import site_pages  # noqa: PLC0415
    from digestgen.publish.site import make_site  # noqa: PLC0415

    text = "".join(json.dumps(row) + "\n" for row in articles)
    digest = compose([Seed(name="a.jsonl", text=text)], DigestSettings()).digest
    dict(site_pages.render(make_site(digest)))


def _yake(articles: Sequence[dict[str, str]]) -> None:
    from yake import KeywordExtractor  # noqa: PLC0415

    extractor = KeywordExtractor(lan="en", n=3, top=20)
    for row in articles:
        extractor.extract_keywords(row["text"])


def _summa(articles: Sequence[dict[str, str]]) -> None:
    from summa import keywords, summarizer  # noqa: PLC0415

    for row in articles:
        keywords.keywords(row["text"])
        summarizer.summarize(row["text"], words=50)


def _chain(articles: Sequence[dict[str, str]]) -> None:
    from nltk.tokenize.punkt import PunktSentenceTokenizer  # noqa: PLC0415
    from sklearn.cluster import KMeans  # noqa: PLC0415

    _yake(articles)
    for row in articles:
        if len(sentences := PunktSentenceTokenizer().tokenize(row["text"])) > 1:
            _lexrank(sentences)
    KMeans(max(2, len(articles) // 12), n_init=10, random_state=1).fit(_vectors([row["text"] for row in articles]))


def _lexrank(sentences: Sequence[str]) -> dict[int, float]:
    """Erkan and Radev's continuous LexRank (2004): PageRank over the cosines of sentences."""
    import networkx as nx  # noqa: PLC0415

    vectors = _vectors(sentences)
    ranks: dict[int, float] = nx.pagerank(nx.from_scipy_sparse_array(vectors @ vectors.T))
    return ranks


def _vectors(texts: Sequence[str]) -> Any:  # noqa: ANN401 -- of scipy
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415

    return TfidfVectorizer(token_pattern=r"\w+").fit_transform(texts)  # noqa: S106 -- no password


_SYSTEMS: dict[str, Callable[[Sequence[dict[str, str]]], None]] = {
    "digestgen, texts to pages": _digestgen,
    "yake alone": _yake,
    "summa, keywords and summary": _summa,
    "yake, LexRank, KMeans": _chain,
}
