"""How much of the article on a web page is read, and how little else, beside the libraries that do that alone.

Usage: ``python -m benchmarks DATA pages``, where ``DATA/html/dev.jsonl.xz`` holds objects with ``html``, the ``text``
of the article, its ``title``, and ``published`` where that is known. Body F1 is the mean over the pages of the harmonic
mean of precision and recall of words, each counted as often as it stands there; a letter of a script without spaces
counts as a word. Titles must be the same but for white space, days the same wherever the data have one.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from goose3 import Goose
from readability import Document
from trafilatura import bare_extraction
from trafilatura.baseline import html2txt

from benchmarks.corpora import rows
from benchmarks.table import Row
from digestgen.ingest.read import Defaults, read_seed
from digestgen.model import Publish, Seed

_OURS = "digestgen"
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
_ANY_DAY = "2199-12-31"


@dataclass(frozen=True, slots=True)
class _Read:
    body: str
    title: str | None
    day: str | None


def measure(data: Path) -> list[Row]:
    """Body F1, titles and days of our reader and of the libraries as they come, in one run."""
    return list(_rows(data))


def _rows(data: Path) -> Iterator[Row]:
    pages = rows(data, "html/dev")
    name = f"{len(pages)} web pages"
    best: dict[str, float] = {}
    for system, read in _SYSTEMS.items():
        before = time.process_time()
        found = [read(page["html"]) for page in pages]
        seconds = time.process_time() - before
        dated = [(page["published"][:10], one.day) for page, one in zip(pages, found, strict=True) if page["published"]]
        titled = [(_spaced(page["title"] or ""), one.title) for page, one in zip(pages, found, strict=True)]
        bodies = [_f1(one.body, page["text"]) for page, one in zip(pages, found, strict=True)]
        figures = {
            "body F1": sum(bodies) / len(bodies),
            "titles": sum(wanted == _spaced(title or "") for wanted, title in titled) / len(titled),
            "days": sum(wanted == day for wanted, day in dated) / len(dated),
        }
        for metric, value in figures.items():
            yield Row("web pages", name, system, metric, value, best.get(metric) if system == _OURS else None)
            best[metric] = max(value, best.get(metric, 0.0))
        yield Row("web pages", name, system, "CPU seconds", seconds)


def _f1(found: str, wanted: str) -> float:
    one, other = (Counter(_WORD.findall(text.casefold())) for text in (found, wanted))
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _by_trafilatura(html: str) -> _Read:
    found = bare_extraction(html, with_metadata=True, date_extraction_params={"max_date": _ANY_DAY})
    if found is None:
        return _Read("", None, None)
    return _Read(getattr(found, "text", None) or "", getattr(found, "title", None), getattr(found, "date", None))


def _by_readability(html: str) -> _Read:
    document = Document(html)
    return _Read(html2txt(document.summary(), clean=False), document.short_title(), None)


def _by_goose(html: str) -> _Read:
    found = Goose({"enable_image_fetching": False}).extract(raw_html=html)
    day = found.publish_datetime_utc
    return _Read(found.cleaned_text, found.title, day.date().isoformat() if day else None)


def _by_us(html: str) -> _Read:
    """What is left of a page in the digest: a standfirst, which is part of the text, and the paragraphs."""
    articles = read_seed(Seed(name="page.html", text=html), Defaults(language=None, publish=Publish.FULL)).articles
    if not articles:
        return _Read("", None, None)
    (article,) = articles
    body = "\n".join((article.standfirst or "", *article.paragraphs))
    return _Read(body, article.title, article.published.isoformat() if article.published else None)


_SYSTEMS: dict[str, Callable[[str], _Read]] = {
    "goose3": _by_goose,
    "readability-lxml": _by_readability,
    "trafilatura": _by_trafilatura,
    _OURS: _by_us,
}
