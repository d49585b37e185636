"""Find the article among the blocks of a web page (imports the extractors of trafilatura and readability).

The results of both extractors are located among the blocks of the page. A block that both found belongs to the article.
A block that only one found counts if it stands among those, unless its element is named as something else, or that
extractor alone found far more than both agree on: then it has taken in the surroundings of the article. *Rejected*:
either extractor alone (trafilatura drops repeated paragraphs, captions and lists, readability drops tables and what
follows them); choosing the better one per page (no sign tells which it is).
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement
from readability import Document
from trafilatura import bare_extraction

from digestgen.ingest.html.tree import HtmlBlock, HtmlPage, blocks_of, remove_hidden

# They log to the terminal for every page without a result; the reader reports what a curator needs to know.
for _library in ("trafilatura", "readability"):
    logging.getLogger(_library).setLevel(logging.CRITICAL + 1)

_MOST_ELEMENTS = 100_000
_NGRAM_LENGTH = 4
"""Words of the n-grams by which a block is located."""
_LEAST_SHARE = 0.6
"""Share of a block's n-grams that must occur in a result; the extractors drop references and links."""
_LEAST_EVIDENCE = 5
"""Words from which a block is evidence for the article's place; shorter ones occur anywhere on a page."""
_AROUND = 3
"""Blocks before and after the article that may still be short parts of it: a date line, a last word."""
_MOST_ALONE = 3
"""An extractor is trusted alone up to this multiple of the words that both found."""
# In scripts without spaces each letter counts as a word.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")


@dataclass(frozen=True, slots=True)
class MainText:
    """The blocks of an article."""

    blocks: tuple[HtmlBlock, ...]
    sure: bool
    """False if neither extractor found an article, so that these are all blocks of the page."""


def main_text(page: HtmlPage) -> MainText:
    """The article of a page, without what the page hides, unless it hides everything."""
    shown = deepcopy(page.root)
    remove_hidden(shown)
    blocks = blocks_of(shown)
    if not blocks:
        shown = page.root
        blocks = blocks_of(shown)
    if not page.deep and sum(1 for _ in shown.iter()) <= _MOST_ELEMENTS:
        found = _consensus(blocks, _by_trafilatura(shown), _by_readability(shown))
        if found:
            return MainText(found, sure=True)
    return MainText(tuple(block for block in blocks if not block.chrome) or blocks, sure=False)


def _consensus(blocks: Sequence[HtmlBlock], one: _NGrams, other: _NGrams) -> tuple[HtmlBlock, ...]:
    """Merge two extractions; outside of what both found, only ``other`` is trusted."""
    counts = [len(_words(block.text)) for block in blocks]
    in_one = [one.contains(block.text) for block in blocks]
    in_other = [other.contains(block.text) for block in blocks]
    places = range(len(blocks))
    anchors = [at for at in places if in_one[at] and in_other[at] and counts[at] >= _LEAST_EVIDENCE]
    if not anchors:
        alone = in_one if any(in_one) else in_other
        return tuple(blocks[at] for at in places if alone[at])
    common = sum(counts[at] for at in anchors)
    weighty = [
        at for at in places if counts[at] >= _LEAST_EVIDENCE and in_one[at] != in_other[at] and not blocks[at].chrome
    ]
    one_counts = sum(counts[at] for at in weighty if in_one[at]) <= _MOST_ALONE * common
    other_counts = sum(counts[at] for at in weighty if in_other[at]) <= _MOST_ALONE * common
    first, last = anchors[0], anchors[-1]
    kept = set(anchors)
    kept |= {at for at in weighty if one_counts and in_one[at] and first <= at <= last}
    kept |= {at for at in weighty if other_counts and in_other[at]}
    for at in range(max(0, first - _AROUND), min(len(blocks), last + _AROUND + 1)):
        short = counts[at] < _LEAST_EVIDENCE and in_other[at]
        if short and (in_one[at] or (other_counts and not blocks[at].chrome)):
            kept.add(at)
    return tuple(blocks[at] for at in sorted(kept))


class _NGrams:
    """The word n-grams of a text, to locate blocks in it."""

    def __init__(self, text: str) -> None:
        found = _words(text)
        self._runs = {
            tuple(found[at : at + size]) for size in range(1, _NGRAM_LENGTH + 1) for at in range(len(found) - size + 1)
        }

    def contains(self, text: str) -> bool:
        """Whether most of a text, or all of a short one, occurs here."""
        found = _words(text)
        size = min(_NGRAM_LENGTH, len(found))
        runs = [tuple(found[at : at + size]) for at in range(len(found) - size + 1)] if found else []
        return bool(runs) and sum(run in self._runs for run in runs) >= _LEAST_SHARE * len(runs)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _by_trafilatura(root: HtmlElement) -> _NGrams:
    try:
        found = bare_extraction(deepcopy(root), include_comments=False, deduplicate=False, with_metadata=False)
    except Exception:  # noqa: BLE001 - whatever a hostile page breaks in a method, the other one is still asked
        return _NGrams("")
    return _NGrams(getattr(found, "text", None) or "")


def _by_readability(root: HtmlElement) -> _NGrams:
    document = _TreeDocument(deepcopy(root))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)
            document.summary()
    except Exception:  # noqa: BLE001 - as above
        return _NGrams("")
    return _NGrams("\n".join(_texts(blocks_of(document.html))))


def _texts(blocks: Iterable[HtmlBlock]) -> Iterable[str]:
    return (block.text for block in blocks)


class _TreeDocument(Document):  # type: ignore[misc]
    """Readability on an already parsed and cleaned tree, without its regular expressions over the source."""

    def _parse(self, tree: HtmlElement) -> HtmlElement:
        fresh = deepcopy(tree)
        etree.strip_elements(fresh, "script", "style", "link", "noscript", "template", with_tail=False)
        return fresh

    def get_clean_html(self) -> str:
        return str(etree.tostring(self.html, encoding="unicode", method="html"))
