"""Map of topics: an SVG with links, and its content in words.

One block of raw HTML; every label in it is escaped by ``markup``.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from digestgen.model import Digest, Topic
from digestgen.publish.addresses import MAP, MOST_MAPPED
from digestgen.publish.markdown import Markdown, markup, shorten
from digestgen.publish.pages.box_packing import pack
from digestgen.publish.templating import PageHead, PageSpec
from digestgen.translation import Words


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Dimensions of a drawing, in units of about one pixel on the screen it is meant for."""

    look: str
    """CSS class."""
    width: int
    radius: int
    """Radius of the largest disc."""
    letter: int
    """Font size; still 11 pixels where the drawing is shown smallest."""
    line: int
    """Maximum width of a label's line."""


SHEETS = (
    _Sheet(look="map-wide", width=1000, radius=46, letter=15, line=140),
    _Sheet(look="map-tall", width=360, radius=30, letter=14, line=110),
)
"""One drawing for screens and one for phones; the style sheet shows one of them."""

SMALLEST = 5
"""Smallest radius of a disc that can still be seen and tapped."""

LONGEST_LABEL = 40
MOST_LINES = 3
MARGIN = 7
"""Space around a disc with its label."""

_NARROW = frozenset("iIljtfr.,:;'’|!()- ")
_DECIMALS = 1


@dataclass(frozen=True, slots=True)
class _Mark:
    """A topic as drawn on the map."""

    topic: Topic
    radius: float
    lines: tuple[str, ...]


def topic_map(digest: Digest, words: Words) -> Iterator[PageSpec]:
    """Yield the page of the map; nothing for fewer than two topics."""
    topics = mapped(digest.topics)
    if len(topics) > 1:
        shown = {topic.slug for topic in topics}
        content = {
            "drawings": drawings(topics, words),
            "mapped": [(topic, [other for other in topic.related if other.slug in shown]) for topic in topics],
        }
        described = words.counted("{n} topic.", "{n} topics and what connects them.", len(topics))
        yield PageHead("map", MAP, words.say("Map of topics"), described), content


def mapped(topics: Sequence[Topic]) -> tuple[Topic, ...]:
    """Largest topics, which the map shows, in a fixed order."""
    return tuple(sorted(topics, key=lambda topic: (-len(topic.articles), topic.slug))[:MOST_MAPPED])


def drawings(topics: Sequence[Topic], words: Words) -> Markdown:
    """Draw the map for each kind of screen, as one block of HTML without empty lines.

    The area of a disc is proportional to the number of articles; lines are as thick as the number of phrases that two
    topics share (``Topic.related``). Links are relative to the page of the map. Independent of the order of topics.
    """
    ordered = sorted(topics, key=lambda topic: (-len(topic.articles), topic.slug))
    ties = _ties(ordered)
    drawn = (_drawing(ordered, ties, sheet, words) for sheet in SHEETS)
    return Markdown("\n".join(['<div class="map">', *drawn, "</div>"]))


def _ties(topics: Sequence[Topic]) -> dict[tuple[int, int], int]:
    """Ordered index pairs of related topics → number of phrases they share, at least 1."""
    number = {topic.slug: place for place, topic in enumerate(topics)}
    shared: dict[tuple[int, int], set[str]] = {}
    for here, topic in enumerate(topics):
        for other in topic.related:
            there = number.get(other.slug, here)
            if there != here:
                shared.setdefault((min(here, there), max(here, there)), set()).update(other.reasons)
    return {pair: max(1, len(shared[pair])) for pair in sorted(shared)}


def _drawing(topics: Sequence[Topic], ties: Mapping[tuple[int, int], int], sheet: _Sheet, words: Words) -> str:
    most = max((len(topic.articles) for topic in topics), default=1)
    marks = [
        _Mark(
            topic,
            round(max(SMALLEST, sheet.radius * math.sqrt(len(topic.articles) / most)), _DECIMALS),
            _wrapped(shorten(topic.label, LONGEST_LABEL), sheet),
        )
        for topic in topics
    ]
    sizes = [_size(mark, sheet) for mark in marks]
    places = pack(sizes, ties, sheet.width)
    heads = [y - down // 2 for (_, y), (_, down) in zip(places, sizes, strict=True)]
    top = min(heads, default=0)
    bottom = max((head + down for head, (_, down) in zip(heads, sizes, strict=True)), default=0)
    centres = [
        (x, round(head + MARGIN + mark.radius) - top) for mark, (x, _), head in zip(marks, places, heads, strict=True)
    ]
    box = f"0 0 {sheet.width} {bottom - top}"
    name = markup(words.counted("Map of {n} topic", "Map of {n} topics", len(marks)))
    return "\n".join(
        [
            f'<svg class="{sheet.look}" viewBox="{box}" role="group" aria-label="{name}">',
            *_strokes(ties, centres),
            *(_disc(mark, centre, sheet, words) for mark, centre in zip(marks, centres, strict=True)),
            "</svg>",
        ]
    )


def _strokes(ties: Mapping[tuple[int, int], int], centres: Sequence[tuple[int, int]]) -> Iterator[str]:
    """One path for all lines of the same thickness."""
    for shared in sorted(set(ties.values())):
        ways = "".join(
            f"M{centres[one][0]} {centres[one][1]}L{centres[other][0]} {centres[other][1]}"
            for (one, other), number in ties.items()
            if number == shared
        )
        yield f'<path d="{ways}" stroke-width="{min(2 * shared, 9)}"/>'


def _disc(mark: _Mark, centre: tuple[int, int], sheet: _Sheet, words: Words) -> str:
    x, y = centre
    topic = mark.topic
    counted = words.counted("{n} article", "{n} articles", len(topic.articles))
    name = markup(f"{shorten(topic.label, LONGEST_LABEL)}, {counted}")
    first = y + mark.radius + sheet.letter
    lines = "".join(
        f'<tspan x="{x}" y="{first + place * sheet.letter * 1.15:.0f}">{markup(line)}</tspan>'
        for place, line in enumerate(mark.lines)
    )
    return (
        f'<a href="../topics/{topic.slug}/"><title>{name}</title><circle cx="{x}" cy="{y}" r="{mark.radius:g}"/>'
        f'<text font-size="{sheet.letter}">{lines}</text></a>'
    )


def _size(mark: _Mark, sheet: _Sheet) -> tuple[int, int]:
    """Size of the box that a disc and its label need."""
    widest = max((_width(line, sheet.letter) for line in mark.lines), default=0.0)
    written = sheet.letter * (0.35 + 1.15 * len(mark.lines))
    return math.ceil(max(2 * mark.radius, widest)) + 2 * MARGIN, math.ceil(2 * mark.radius + written) + 2 * MARGIN


def _wrapped(label: str, sheet: _Sheet) -> tuple[str, ...]:
    """Wrap a label into few lines; what does not fit is cut with "…"."""
    lines: list[str] = []
    for word in label.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _width(longer, sheet.letter) <= sheet.line:
            lines[-1] = longer
        else:
            lines.append(_cut(word, sheet))
    if len(lines) > MOST_LINES:
        lines[MOST_LINES - 1 :] = [_cut(lines[MOST_LINES - 1] + "…", sheet)]
    return tuple(lines)


def _cut(line: str, sheet: _Sheet) -> str:
    if _width(line, sheet.letter) <= sheet.line:
        return line
    kept = line.removesuffix("…")
    while _width(kept + "…", sheet.letter) > sheet.line:
        kept = kept[:-1]
    return kept + "…"


def _width(line: str, letter: int) -> float:
    """Approximate width of a line in bold serif; an overestimate, since fonts differ."""
    return letter * sum(map(_breadth, line))


def _breadth(char: str) -> float:
    if unicodedata.combining(char):
        return 0.0
    if unicodedata.east_asian_width(char) in "WF":
        return 1.0
    if char in _NARROW:
        return 0.36
    return 0.78 if char.isupper() or char in "mwMW%@…—" else 0.58
