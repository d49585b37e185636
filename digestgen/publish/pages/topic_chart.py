"""Bar chart of a topic's articles over time.

A drawing without text or links, as one block of raw HTML; a caption and its accessible name say what it shows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from digestgen.model import Entry, Topic
from digestgen.publish.markdown import Markdown, markup
from digestgen.translation import Words

FEWEST_ARTICLES = 6
FEWEST_BARS = 4
"""Bars from the first day to the last. Fewer articles or bars would say no more than the list of stories."""
FEWEST_FILLED = 3
"""Fewest non-empty bars."""
MOST_BARS = 36

_STEP, _WIDE = 10, 8
"""Distance between bars, and width of a bar."""
_HIGH = 60
_LOWEST = 3
"""Height of the lowest non-empty bar, so that it is visible."""


@dataclass(frozen=True, slots=True)
class _Scale:
    """A time scale: the period that a bar stands for."""

    start: Callable[[date], date]
    """First day of the period that contains a day."""
    following: Callable[[date], date]
    """First day of the next period."""
    period_name: Callable[[Words, date], str]
    """Name of a period, by its first day."""
    name: Callable[[Words, Mapping[str, object]], str]
    """Accessible name of the chart."""
    caption: Callable[[Words, Mapping[str, object]], str]
    """Caption below the chart."""


def _start_of_next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


_SCALES = (
    _Scale(
        lambda at: at,
        lambda first: first + timedelta(days=1),
        Words.day,
        lambda words, facts: words.say("Articles by day, from {first}: {numbers}", **facts),
        lambda words, facts: words.say("Articles by day, from {first} to {last}; most, {most}, on {best}.", **facts),
    ),
    _Scale(
        lambda at: at - timedelta(days=at.weekday()),
        lambda first: first + timedelta(days=7),
        Words.day,
        lambda words, facts: words.say("Articles by week, from {first}: {numbers}", **facts),
        lambda words, facts: words.say(
            "Articles by week, from {first} to {last}; most, {most}, in the week of {best}.", **facts
        ),
    ),
    _Scale(
        lambda at: at.replace(day=1),
        _start_of_next_month,
        Words.month,
        lambda words, facts: words.say("Articles by month, from {first}: {numbers}", **facts),
        lambda words, facts: words.say("Articles by month, from {first} to {last}; most, {most}, in {best}.", **facts),
    ),
    _Scale(
        lambda at: at.replace(month=1, day=1),
        lambda first: first.replace(year=first.year + 1),
        lambda _, first: f"{first.year}",
        lambda words, facts: words.say("Articles by year, from {first}: {numbers}", **facts),
        lambda words, facts: words.say("Articles by year, from {first} to {last}; most, {most}, in {best}.", **facts),
    ),
)


def topic_chart(topic: Topic, entries: Mapping[str, Entry], words: Words) -> Markdown:
    """Draw the chart of a topic (``entries`` by article id); empty if it would not be informative.

    Reprints and undated articles are not counted. Uses the finest scale that does not need too many bars.
    """
    originals = [entries[key] for key in topic.articles if entries[key].reprint_of is None]
    days = [entry.article.published for entry in originals if entry.article.published]
    if len(days) < FEWEST_ARTICLES or max(days).year - min(days).year >= MOST_BARS:
        return Markdown()
    for scale in _SCALES:
        bars = _bars(days, scale)
        if len(bars) <= MOST_BARS:
            break
    if len(bars) < FEWEST_BARS or sum(map(bool, bars.values())) < FEWEST_FILLED:
        return Markdown()
    return Markdown(f"{_drawing(bars, scale, words)}\n\n{_caption(bars, scale, words)}")


def _bars(days: Iterable[date], scale: _Scale) -> dict[date, int]:
    """Count days per period, by its first day, including empty periods in between."""
    counted = Counter(map(scale.start, days))
    bars: dict[date, int] = {}
    at, last = min(counted), max(counted)
    while at < last and len(bars) <= MOST_BARS:
        bars[at] = counted[at]
        at = scale.following(at)
    bars[last] = counted[last]
    return bars


def _drawing(bars: Mapping[date, int], scale: _Scale, words: Words) -> str:
    most, numbers = max(bars.values()), list(bars.values())
    ways = "".join(_bar(place, number, most) for place, number in enumerate(numbers) if number)
    facts = {"first": scale.period_name(words, min(bars)), "numbers": ", ".join(map(words.number, numbers))}
    name = markup(scale.name(words, facts))
    wide = len(numbers) * _STEP
    return (
        f'<div class="chart"><svg width="{2 * wide}" viewBox="0 0 {wide} {_HIGH}" preserveAspectRatio="none" '
        f'role="img" aria-label="{name}"><path d="{ways}"/></svg></div>'
    )


def _bar(place: int, number: int, most: int) -> str:
    height = max(_LOWEST, round(_HIGH * number / most))
    return f"M{place * _STEP} {_HIGH}v-{height}h{_WIDE}v{height}z"


def _caption(bars: Mapping[date, int], scale: _Scale, words: Words) -> str:
    best = max(bars, key=lambda start: (bars[start], start))
    days = {"first": min(bars), "last": max(bars), "best": best}
    facts = {name: scale.period_name(words, start) for name, start in days.items()}
    return f"*{scale.caption(words, {**facts, 'most': bars[best]})}*"
