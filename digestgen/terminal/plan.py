"""What a build would change for readers, topic by topic, for a curator to look over."""

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
"""Articles that are named one by one, of those to which the same happens in one topic."""
_MOST_TOPICS = 12
"""Topics that are told of, those that go aside."""
_MOST_LINES = 20
"""Topics that go, and sources."""

_Sign = tuple[str, str]
_ADDED, _CHANGED, _LEADS, _GONE = ("+", "green"), ("~", "yellow"), ("→", "cyan"), ("−", "red")
"""Signs, which tell the same as their colours."""
_NO_SIGN = ("", "")

_UNWRITTEN = {
    ReasonKind.TAKEN_BACK: "a ruling was taken back",
    ReasonKind.EDITED: "its text has changed",
    ReasonKind.REGROUPED: "regrouped",
    ReasonKind.EARLIER: "since an earlier edition",
}
"""What is said of changes that no line is to blame for."""
_UNASKED = {ReasonKind.EDITED, ReasonKind.REGROUPED, ReasonKind.PLACED}
"""Moves that no curator asked for."""

_OF_WORD = {"added": _ADDED, "changed": _CHANGED, "removed": _GONE}
_SAYS = {
    "added": "the editor’s word is new",
    "changed": "the editor’s word has changed",
    "removed": "the editor’s word is gone",
}

_DASH = " — "
_LONGEST_TITLE = 72
"""Characters: a line of 80 columns, with its sign."""

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
    """What there is to tell of one topic, or of the shelf."""

    lines: tuple[_Line, ...]
    adds_only: bool


def print_plan(plan: Plan, known: RecordedEdition, console: Console) -> None:
    """The changes, topic by topic; lines to paste where the curator has to decide."""
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
        for told in lines:
            line(console, told.text, sign=told.sign[0], style=told.sign[1], indent=told.indent)
            for text in told.below:
                line(console, text, indent=told.indent + 4)
    if plan.lost:
        if sections:
            console.print()
        _print_lost(plan, known, console)


def _sections(plan: Plan, known: RecordedEdition) -> Iterator[Sequence[_Line]]:
    """All that is to be told, but for lost addresses; what belongs together stands without a gap."""
    blocks, ended = _blocks(plan, known)
    shown = _most_telling(blocks)
    yield from (block.lines for block in shown)
    if rest := _and_more(len(blocks) - len(shown), "topic", indent=0):
        yield rest
    if ended:
        lines = [told for each in ended[:_MOST_LINES] for told in each]
        yield (*lines, *_and_more(len(ended) - _MOST_LINES, "topic", indent=0))
    if plan.editions:
        told = [
            _Line(_OF_WORD[each.word], _for(Text(f"{each.day}: {_SAYS[each.word]}"), each.because))
            for each in plan.editions
        ]
        yield (_plain(Text("Editions")), *told[:_MOST_LINES], *_and_more(len(told) - _MOST_LINES, "edition"))
    if plan.sources:
        lines = [_source(source) for source in plan.sources[:_MOST_LINES]]
        yield (_plain(Text("Sources")), *lines, *_and_more(len(plan.sources) - _MOST_LINES, "source"))
    if plan.hidden.more:
        yield (_plain(Text(f"{_withheld(plan)}.")),)
    if plan.adds_only:
        yield (_plain(Text("Nothing that readers know changes.")),)


def _blocks(plan: Plan, known: RecordedEdition) -> tuple[list[_Block], list[tuple[_Line, ...]]]:
    """What is told of topics that readers will see, in the digest's order, the shelf last; and of those that go."""
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
        elif diff.change not in _GOING:
            lines = (_living(diff, topic), *_of_topic(diff), *_moved(diff, topic), *_changed(changed))
            living.append(_Block(lines, adds_only=only_adds(diff) and not changed))
    # What goes to the shelf or comes from it is told of the topic that it leaves or comes to.
    shelf = (*_added(plan.shelf.added), *_gone(plan.shelf.gone), *_changed(in_place.get(None, [])))
    if shelf:
        adds_only = only_adds(plan.shelf) and None not in in_place
        living.append(_Block((_Line(_CHANGED, Text("The shelf"), indent=0), *shelf), adds_only=adds_only))
    return living, [(_going(diff, topic), *_moved(diff, topic)) for diff in _ended(plan)]


_Named = Callable[[str | None], Text]
_GOING = {Fate.MERGED, Fate.EMPTIED, Fate.HIDDEN}


def _ended(plan: Plan) -> Iterator[TopicDiff]:
    """The topics that go: one that is merged is told of the other, unless not all of it goes there."""
    for diff in plan.topics:
        if diff.change in _GOING and (diff.change is not Fate.MERGED or not diff.none):
            yield diff


def _living(diff: TopicDiff, topic: _Named) -> _Line:
    articles = count(diff.articles, "article")
    told = {
        Fate.NEW: Text.assemble(": new, ", articles),
        Fate.PARTED: Text.assemble(": parted from ", topic(diff.other), ", ", articles),
        Fate.SHOWN: Text.assemble(": shown again, ", articles),
    }
    sign = _CHANGED if diff.change is Fate.CHANGED else _ADDED
    founded = diff.because if diff.change is not Fate.CHANGED else None
    return _Line(sign, _for(Text.assemble(topic(diff.slug), told.get(diff.change, f", {articles}")), founded), indent=0)


def _going(diff: TopicDiff, topic: _Named) -> _Line:
    articles = count(diff.articles, "article")
    if diff.change is Fate.HIDDEN:
        told = f": hidden, with {articles}" if diff.articles else ": hidden"
    elif diff.change is Fate.EMPTIED:
        told = f": gone, with {articles} to the shelf" if diff.articles else ": gone"
    else:
        told = ": merged into "
    where = topic(diff.other) if diff.change is Fate.MERGED else ""
    return _Line(_GONE, _for(Text.assemble(topic(diff.slug), told, where), diff.because), indent=0)


def _edition(diff: EditionDiff) -> _Line:
    return _Line(_OF_WORD[diff.word], _for(Text(f"{diff.day}: {_SAYS[diff.word]}"), diff.because))


def _of_topic(diff: TopicDiff) -> Iterator[_Line]:
    """What changes of a topic itself, and what becomes part of it."""
    said = [f"renamed, was “{shorten(diff.was, _LONGEST_TITLE)}”"] if diff.was is not None else []
    said += [f"note {diff.note}"] if diff.note else []
    said += [diff.pin] if diff.pin else []
    said += ["its articles in another order"] if diff.reordered else []
    if said:
        yield _Line(_CHANGED, _for(Text(", ".join(said)), diff.because if diff.change is Fate.CHANGED else None))
    for part in diff.takes_in:
        yield _Line(_ADDED, _taken_in(part))
    if diff.retold:
        yield _Line(_CHANGED, Text(f"{count(diff.retold, 'article')} in other stories than before"))


def _taken_in(part: TakenIn) -> Text:
    told = Text.assemble("all of ", named(part.label, part.slug), f", {count(part.articles, 'article')}")
    return _for(told, part.because)


def _moved(diff: TopicDiff, topic: _Named) -> Iterator[_Line]:
    """What comes and leaves; a move from topic to topic is told where it leads, and counted where it begins."""
    yield from _added(diff.added, diff.because if diff.change is Fate.SHOWN else None)
    yield from _together(
        diff.arrived,
        _ADDED,
        lambda each: "" if diff.change is Fate.PARTED and each.was == diff.other else f"from {topic(each.was)}",
    )
    to_shelf = [each for each in diff.left if each.to is None]
    yield from _together(to_shelf, _LEADS, lambda _: "to the shelf")
    for to, number in Counter(each.to for each in diff.left if each.to is not None).items():
        yield _Line(_LEADS, Text.assemble(f"{count(number, 'article')} to ", topic(to)))
    yield from _gone(diff.gone)


def _added(added: Iterable[Added], told: ChangeReason | None = None) -> Iterator[_Line]:
    """New articles, and those that are shown again; where the topic is told to be, not by the same line once more."""
    items = [replace(each, again=False, because=None) if each.because == told else each for each in added]
    yield from _together(items, _ADDED, lambda each: "shown again" if each.again else "")


def _gone(gone: Sequence[Gone]) -> Iterator[_Line]:
    yield from _together(gone, _GONE, lambda each: f"now leads to {each.to}" if each.to else "withdrawn")


def _changed(articles: Sequence[ArticleDiff]) -> Iterator[_Line]:
    """Of articles that stay, what changes."""
    yield from _together(articles, _CHANGED, _details)


def _details(article: ArticleDiff) -> str:
    said = [f"retitled, was “{shorten(article.retitled.was, _LONGEST_TITLE)}”"] if article.retitled else []
    if article.source:
        was, now = (name or "unknown" for name in (article.source.was, article.source.now))
        said.append(f"source {was}, now {now}")
    if article.dated:
        now = f"dated {article.dated.now}" if article.dated.now else "no longer dated"
        said.append(f"{now}, was {article.dated.was or 'undated'}")
    said += ["text edited"] if article.edited else []
    said += ["new summary"] if article.summary else []
    said += [f"note {article.note}"] if article.note else []
    said += [article.pin] if article.pin else []
    return ", ".join(said)


def _together(items: Iterable[Item], sign: _Sign, told: Callable[[Item], str]) -> Iterator[_Line]:
    """One line for each article, or one for several to which the same happens, with their titles below."""
    groups: dict[tuple[str, ChangeReason | None], list[Item]] = {}
    for item in items:
        groups.setdefault((told(item), item.because), []).append(item)
    for (what, because), group in groups.items():
        said = f"{_DASH}{what}" if what else ""
        first, more = group[:_MOST_TITLES], _left_out(len(group) - _MOST_TITLES, "article")
        if len(group) > 1 and (what or because):
            names = [text for each in first for text in (Text(_title(each)), *_slug(each))]
            yield _Line(sign, _for(f"{count(len(group), 'article')}{said}", because), below=(*names, *more))
        else:
            yield from (_Line(sign, _for(f"{_title(each)}{said}", because), below=_slug(each)) for each in first)
            yield from (_Line(sign, text) for text in more)


def _title(item: _Item) -> str:
    return shorten(item.title, _LONGEST_TITLE)


def _slug(item: _Item) -> tuple[Text, ...]:
    """The slug of an article that moved by itself: a curator may want to rule on it."""
    if isinstance(item, Arrived | Left) and item.because.how in _UNASKED:
        return (Text(item.slug, style="dim"),)
    return ()


def _for(text: str | Text, because: ChangeReason | None) -> Text:
    """What happens, and by what."""
    said = (because.where or _UNWRITTEN.get(because.how, "")) if because else ""
    return Text.assemble(text, (f"  {said}", "dim") if said else "")


def _most_telling(blocks: Sequence[_Block]) -> list[_Block]:
    """Not too many, those first that change what readers know; in the order that they had."""
    places = sorted(range(len(blocks)), key=lambda place: blocks[place].adds_only)[:_MOST_TOPICS]
    return [blocks[place] for place in sorted(places)]


def _plain(text: Text) -> _Line:
    return _Line(_NO_SIGN, text, indent=0)


def _and_more(number: int, noun: str, *, indent: int = 2) -> tuple[_Line, ...]:
    return tuple(_Line(_NO_SIGN, text, indent=indent) for text in _left_out(number, noun))


def _left_out(number: int, noun: str) -> tuple[Text, ...]:
    """How much is not told, if anything."""
    return (Text(f"… and {count(number, f'more {noun}')}", style="dim"),) if number > 0 else ()


def _source(source: SourceDiff) -> _Line:
    leads = f"{source.path} leads to {source.to}"
    if source.now is None:
        return _Line(_GONE, Text(f"{source.was}: gone; {leads}"))
    return _Line(_CHANGED, Text(f"{source.now}: renamed, was “{source.was}”; {leads}"))


def _withheld(plan: Plan) -> str:
    """How many texts are kept back that were not before."""
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
    # As it stands, so that it can be copied: neither wrapped nor indented by us.
    for text in plan.answers:
        console.print(Text(text), soft_wrap=True)
