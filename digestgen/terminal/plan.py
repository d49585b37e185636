"""Print a plan: what a build would change for readers, topic by topic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from rich.console import Console
from rich.text import Text

from digestgen.curate.explain.explain import RecordedEdition
from digestgen.curate.plan.changes import (
    Added,
    Arrived,
    ArticleDiff,
    ChangeReason,
    EditionDiff,
    Fate,
    Gone,
    Left,
    ReasonKind,
    SourceDiff,
    TakenIn,
    TopicDiff,
)
from digestgen.curate.plan.plan import Plan, only_adds
from digestgen.publish.markdown import shorten
from digestgen.publish.wording import count
from digestgen.terminal.layout import line, named
from digestgen.terminal.outcome import size_of

_MOST_TITLES = 5
"""Titles listed of articles of a topic to which the same happens."""
_MOST_TOPICS = 12
"""Topics listed, except those that disappear."""
_MOST_LINES = 20
"""Topics that disappear, editions and sources listed."""

_Sign = tuple[str, str]
_ADDED, _CHANGED, _LEADS, _GONE = ("+", "green"), ("~", "yellow"), ("→", "cyan"), ("−", "red")
"""Signs, which repeat the information of their colours."""
_NO_SIGN = ("", "")

_CAUSE_TEXTS = {
    ReasonKind.TAKEN_BACK: "a ruling was taken back",
    ReasonKind.EDITED: "its text has changed",
    ReasonKind.REGROUPED: "regrouped",
    ReasonKind.EARLIER: "since an earlier edition",
}
"""Texts for changes that no line causes."""
_AUTOMATIC = {ReasonKind.EDITED, ReasonKind.REGROUPED, ReasonKind.PLACED}
"""Causes of moves that no curator requested."""

_WORD_SIGNS = {"added": _ADDED, "changed": _CHANGED, "removed": _GONE}
_WORD_TEXTS = {
    "added": "the editor’s word is new",
    "changed": "the editor’s word has changed",
    "removed": "the editor’s word is gone",
}

_DASH = " — "
_LONGEST_TITLE = 72
"""Maximum number of characters, for a line of 80 columns with its sign."""

_Item = Added | Arrived | Left | Gone | ArticleDiff
Item = TypeVar("Item", bound=_Item)


@dataclass(frozen=True, slots=True)
class _Line:
    sign: _Sign
    text: Text
    below: tuple[Text, ...] = ()
    indent: int = 2


@dataclass(frozen=True, slots=True)
class _Block:
    """Output for one topic, or for the shelf."""

    lines: tuple[_Line, ...]
    adds_only: bool


def print_plan(plan: Plan, known: RecordedEdition, console: Console) -> None:
    """Print the changes by topic, and lines to paste where the curator has to decide."""
    if plan.first:
        first = f"The first edition: {size_of(known.digest)}. No address was published before."
        line(console, Text.from_markup(first), indent=0)
        return
    if plan.empty:
        withheld = f"; {_withheld(plan)}" if plan.hidden.more else ""
        line(console, f"Nothing would change for readers{withheld}.", indent=0)
        return
    sections = list(_sections(plan, known))
    for number, lines in enumerate(sections):
        if number:
            console.print()
        for each in lines:
            line(console, each.text, sign=each.sign[0], style=each.sign[1], indent=each.indent)
            for text in each.below:
                line(console, text, indent=each.indent + 4)
    if plan.lost:
        if sections:
            console.print()
        _print_lost(plan, known, console)


def _sections(plan: Plan, known: RecordedEdition) -> Iterator[Sequence[_Line]]:
    """Yield all output except lost addresses, in groups to be separated by empty lines."""
    blocks, ended = _blocks(plan, known)
    shown = _most_important(blocks)
    yield from (block.lines for block in shown)
    if rest := _and_more(len(blocks) - len(shown), "topic", indent=0):
        yield rest
    if ended:
        lines = [entry for group in ended[:_MOST_LINES] for entry in group]
        yield (*lines, *_and_more(len(ended) - _MOST_LINES, "topic", indent=0))
    if plan.editions:
        lines = [
            _Line(_WORD_SIGNS[each.word], _with_reason(Text(f"{each.day}: {_WORD_TEXTS[each.word]}"), each.because))
            for each in plan.editions
        ]
        yield (_plain(Text("Editions")), *lines[:_MOST_LINES], *_and_more(len(lines) - _MOST_LINES, "edition"))
    if plan.sources:
        lines = [_source(source) for source in plan.sources[:_MOST_LINES]]
        yield (_plain(Text("Sources")), *lines, *_and_more(len(plan.sources) - _MOST_LINES, "source"))
    if plan.hidden.more:
        yield (_plain(Text(f"{_withheld(plan)}.")),)
    if plan.adds_only:
        yield (_plain(Text("Nothing that readers know changes.")),)


def _blocks(plan: Plan, known: RecordedEdition) -> tuple[list[_Block], list[tuple[_Line, ...]]]:
    """Blocks of the topics public after the build, in the digest's order with the shelf last; and of those that end."""
    labels = {topic.slug: topic.label for topic in known.digest.topics}
    sizes = {topic.slug: len(topic.articles) for topic in known.digest.topics}
    labels |= {topic.slug: topic.label for topic in plan.topics}

    def topic(slug: str | None) -> Text:
        return Text("the shelf") if slug is None else named(labels.get(slug, slug), slug)

    in_place: dict[str | None, list[ArticleDiff]] = {}
    for article in plan.articles:
        in_place.setdefault(article.topic, []).append(article)
    diffs = {diff.slug: diff for diff in plan.topics}
    order = dict.fromkeys([*(each.slug for each in known.digest.topics), *diffs, *in_place])
    living = []
    for slug in (slug for slug in order if slug is not None and (slug in diffs or slug in in_place)):
        diff, changed = diffs.get(slug), in_place.get(slug, [])
        if diff is None:
            head = Text.assemble(topic(slug), f", {count(sizes[slug], 'article')}")
            living.append(_Block((_Line(_CHANGED, head, indent=0), *_changed(changed)), adds_only=False))
        elif diff.change not in _ENDING:
            lines = (_live_heading(diff, topic), *_topic_changes(diff), *_moved(diff, topic), *_changed(changed))
            living.append(_Block(lines, adds_only=only_adds(diff) and not changed))
    # Moves to and from the shelf are listed with the topic at the other end.
    shelf = (*_added(plan.shelf.added), *_gone(plan.shelf.gone), *_changed(in_place.get(None, [])))
    if shelf:
        adds_only = only_adds(plan.shelf) and None not in in_place
        living.append(_Block((_Line(_CHANGED, Text("The shelf"), indent=0), *shelf), adds_only=adds_only))
    return living, [(_ended_heading(diff, topic), *_moved(diff, topic)) for diff in _ended_topics(plan)]


_NameTopic = Callable[[str | None], Text]
_ENDING = {Fate.MERGED, Fate.EMPTIED, Fate.HIDDEN}


def _ended_topics(plan: Plan) -> Iterator[TopicDiff]:
    """Yield topics that disappear; a merged one is listed with the other topic, unless only part of it went there."""
    for diff in plan.topics:
        if diff.change in _ENDING and (diff.change is not Fate.MERGED or not diff.none):
            yield diff


def _live_heading(diff: TopicDiff, topic: _NameTopic) -> _Line:
    articles = count(diff.articles, "article")
    texts = {
        Fate.NEW: Text.assemble(": new, ", articles),
        Fate.PARTED: Text.assemble(": parted from ", topic(diff.other), ", ", articles),
        Fate.SHOWN: Text.assemble(": shown again, ", articles),
    }
    sign = _CHANGED if diff.change is Fate.CHANGED else _ADDED
    founded = diff.because if diff.change is not Fate.CHANGED else None
    return _Line(
        sign, _with_reason(Text.assemble(topic(diff.slug), texts.get(diff.change, f", {articles}")), founded), indent=0
    )


def _ended_heading(diff: TopicDiff, topic: _NameTopic) -> _Line:
    articles = count(diff.articles, "article")
    if diff.change is Fate.HIDDEN:
        text = f": hidden, with {articles}" if diff.articles else ": hidden"
    elif diff.change is Fate.EMPTIED:
        text = f": gone, with {articles} to the shelf" if diff.articles else ": gone"
    else:
        text = ": merged into "
    where = topic(diff.other) if diff.change is Fate.MERGED else ""
    return _Line(_GONE, _with_reason(Text.assemble(topic(diff.slug), text, where), diff.because), indent=0)


def _edition(diff: EditionDiff) -> _Line:
    return _Line(_WORD_SIGNS[diff.word], _with_reason(Text(f"{diff.day}: {_WORD_TEXTS[diff.word]}"), diff.because))


def _topic_changes(diff: TopicDiff) -> Iterator[_Line]:
    """Changes of a topic itself, and topics merged into it."""
    changes = [f"renamed, was “{shorten(diff.was, _LONGEST_TITLE)}”"] if diff.was is not None else []
    changes += [f"note {diff.note}"] if diff.note else []
    changes += [diff.pin] if diff.pin else []
    changes += ["its articles in another order"] if diff.reordered else []
    if changes:
        yield _Line(
            _CHANGED, _with_reason(Text(", ".join(changes)), diff.because if diff.change is Fate.CHANGED else None)
        )
    for part in diff.takes_in:
        yield _Line(_ADDED, _taken_in(part))
    if diff.retold:
        yield _Line(_CHANGED, Text(f"{count(diff.retold, 'article')} in other stories than before"))


def _taken_in(part: TakenIn) -> Text:
    text = Text.assemble("all of ", named(part.label, part.slug), f", {count(part.articles, 'article')}")
    return _with_reason(text, part.because)


def _moved(diff: TopicDiff, topic: _NameTopic) -> Iterator[_Line]:
    """Arrivals and departures; moves between topics are listed at their destination and counted at their origin."""
    yield from _added(diff.added, diff.because if diff.change is Fate.SHOWN else None)
    yield from _grouped(
        diff.arrived,
        _ADDED,
        lambda each: "" if diff.change is Fate.PARTED and each.was == diff.other else f"from {topic(each.was)}",
    )
    to_shelf = [each for each in diff.left if each.to is None]
    yield from _grouped(to_shelf, _LEADS, lambda _: "to the shelf")
    for to, number in Counter(each.to for each in diff.left if each.to is not None).items():
        yield _Line(_LEADS, Text.assemble(f"{count(number, 'article')} to ", topic(to)))
    yield from _gone(diff.gone)


def _added(added: Iterable[Added], topic_reason: ChangeReason | None = None) -> Iterator[_Line]:
    """New articles and those shown again; a reason already given for the topic is not repeated."""
    items = [replace(each, again=False, because=None) if each.because == topic_reason else each for each in added]
    yield from _grouped(items, _ADDED, lambda each: "shown again" if each.again else "")


def _gone(gone: Sequence[Gone]) -> Iterator[_Line]:
    yield from _grouped(gone, _GONE, lambda each: f"now leads to {each.to}" if each.to else "withdrawn")


def _changed(articles: Sequence[ArticleDiff]) -> Iterator[_Line]:
    """Changes of articles that stay."""
    yield from _grouped(articles, _CHANGED, _details)


def _details(article: ArticleDiff) -> str:
    changes = [f"retitled, was “{shorten(article.retitled.was, _LONGEST_TITLE)}”"] if article.retitled else []
    if article.source:
        was, now = (name or "unknown" for name in (article.source.was, article.source.now))
        changes.append(f"source {was}, now {now}")
    if article.dated:
        now = f"dated {article.dated.now}" if article.dated.now else "no longer dated"
        changes.append(f"{now}, was {article.dated.was or 'undated'}")
    changes += ["text edited"] if article.edited else []
    changes += ["new summary"] if article.summary else []
    changes += [f"note {article.note}"] if article.note else []
    changes += [article.pin] if article.pin else []
    return ", ".join(changes)


def _grouped(items: Iterable[Item], sign: _Sign, describe: Callable[[Item], str]) -> Iterator[_Line]:
    """One line per article, or one for several to which the same happens, with their titles below."""
    groups: dict[tuple[str, ChangeReason | None], list[Item]] = {}
    for item in items:
        groups.setdefault((describe(item), item.because), []).append(item)
    for (what, because), group in groups.items():
        detail = f"{_DASH}{what}" if what else ""
        first, more = group[:_MOST_TITLES], _left_out(len(group) - _MOST_TITLES, "article")
        if len(group) > 1 and (what or because):
            names = [text for each in first for text in (Text(_title(each)), *_slug(each))]
            yield _Line(sign, _with_reason(f"{count(len(group), 'article')}{detail}", because), below=(*names, *more))
        else:
            yield from (
                _Line(sign, _with_reason(f"{_title(each)}{detail}", because), below=_slug(each)) for each in first
            )
            yield from (_Line(sign, text) for text in more)


def _title(item: _Item) -> str:
    return shorten(item.title, _LONGEST_TITLE)


def _slug(item: _Item) -> tuple[Text, ...]:
    """Slug of an article that moved automatically, in case the curator wants to rule on it."""
    if isinstance(item, Arrived | Left) and item.because.how in _AUTOMATIC:
        return (Text(item.slug, style="dim"),)
    return ()


def _with_reason(text: str | Text, because: ChangeReason | None) -> Text:
    """Append the reason to a change."""
    reason = (because.where or _CAUSE_TEXTS.get(because.how, "")) if because else ""
    return Text.assemble(text, (f"  {reason}", "dim") if reason else "")


def _most_important(blocks: Sequence[_Block]) -> list[_Block]:
    """Limit the number of blocks, preferring changes to what readers know, in their original order."""
    places = sorted(range(len(blocks)), key=lambda place: blocks[place].adds_only)[:_MOST_TOPICS]
    return [blocks[place] for place in sorted(places)]


def _plain(text: Text) -> _Line:
    return _Line(_NO_SIGN, text, indent=0)


def _and_more(number: int, noun: str, *, indent: int = 2) -> tuple[_Line, ...]:
    return tuple(_Line(_NO_SIGN, text, indent=indent) for text in _left_out(number, noun))


def _left_out(number: int, noun: str) -> tuple[Text, ...]:
    """Say how many items were left out, if any."""
    return (Text(f"… and {count(number, f'more {noun}')}", style="dim"),) if number > 0 else ()


def _source(source: SourceDiff) -> _Line:
    leads = f"{source.path} leads to {source.to}"
    if source.now is None:
        return _Line(_GONE, Text(f"{source.was}: gone; {leads}"))
    return _Line(_CHANGED, Text(f"{source.now}: renamed, was “{source.was}”; {leads}"))


def _withheld(plan: Plan) -> str:
    """Number of texts newly withheld."""
    return f"{count(plan.hidden.more, 'more text')} {'is' if plan.hidden.more == 1 else 'are'} withheld"


def _print_lost(plan: Plan, known: RecordedEdition, console: Console) -> None:
    lost = f"{count(len(plan.lost), 'address', 'addresses')} would be lost: the build fails until you decide"
    line(console, Text(lost, style="bold"), indent=0)
    line(
        console,
        "Put the texts back into a seed, or paste this into "
        f"{known.rulings_name}{', under articles:' if known.rulings.articles else ''}. Instead of hide: true (its page "
        "will say that it was withdrawn), you may write moved: and the slug of the article that takes its place.",
    )
    console.print()
    # Unwrapped and without indentation, so that it can be copied.
    for text in plan.answers:
        console.print(Text(text), soft_wrap=True)
