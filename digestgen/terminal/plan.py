"""What a build would change for readers, for a curator to look over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby

from rich.console import Console
from rich.text import Text

from digestgen import strict_yaml
from digestgen.curate.explaining import Known
from digestgen.curate.plan import ArticleChange, Plan, TopicChange
from digestgen.terminal.layout import count, heading, line, named, titled
from digestgen.terminal.outcome import size

_MOST_TITLES = 5
"""Articles of one topic that are named one by one."""
_MOST_GROUPS = 12
"""Topics whose articles are named."""
_MOST_LINES = 20
"""Topics or addresses of one kind."""

_Sign = tuple[str, str]
_ADDED, _CHANGED, _LEADS, _GONE = ("+", "green"), ("~", "yellow"), ("→", "cyan"), ("−", "red")
"""Signs, which tell the same as their colours."""


def print_plan(plan: Plan, known: Known, console: Console) -> None:
    """The changes, by kind; lines to paste where the curator has to decide."""
    if plan.first:
        first = f"The first edition: {size(known.digest)}. No address was published before."
        line(console, Text.from_markup(first), indent=0)
    elif plan.empty:
        console.print("No topic, no article's place and no address would change.")
    else:
        console.print("A build would change for readers:")
        _print_topics(plan, known, console)
        _print_articles(plan, known, console)
        _print_addresses(plan, console)
    if plan.lost:
        _print_lost(plan.lost, known, console)


def _print_topics(plan: Plan, known: Known, console: Console) -> None:
    labels = _labels(plan, known)

    def topic(slug: str) -> Text:
        return named(labels.get(slug, slug), slug)

    def born(change: TopicChange) -> Text:
        return Text.assemble(topic(change.slug), f", {count(change.articles, 'article')}")

    kinds: list[tuple[Sequence[TopicChange], _Sign, Callable[[TopicChange], Text]]] = [
        (plan.born, _ADDED, born),
        (plan.split, _ADDED, lambda c: Text.assemble(born(c), ", parted from ", topic(c.other or ""))),
        (plan.renamed, _CHANGED, lambda c: Text.assemble(c.was or "", " is now called ", topic(c.slug))),
        (plan.merged, _LEADS, lambda c: Text.assemble(topic(c.slug), " goes into ", topic(c.other or ""))),
        (plan.emptied, _GONE, lambda c: Text.assemble(topic(c.slug), ": its articles go to the shelf, or are gone")),
        (plan.hidden, _GONE, lambda c: Text.assemble(topic(c.slug), ": hidden")),
    ]
    if any(changes for changes, _, _ in kinds):
        heading(console, "Topics")
    for changes, (sign, style), said in kinds:
        for change in changes[:_MOST_LINES]:
            line(console, said(change), sign=sign, style=style)
        _print_rest(len(changes) - _MOST_LINES, "topic", console, indent=4)


def _print_articles(plan: Plan, known: Known, console: Console) -> None:
    labels = _labels(plan, known)
    titles = {entry.slug: entry.article.title for entry in known.digest.entries}

    def place(slug: str | None) -> Text:
        return Text("the shelf") if slug is None else named(labels.get(slug, slug), slug)

    kinds: list[tuple[str, Sequence[ArticleChange], _Sign, Callable[[ArticleChange], Text]]] = [
        ("added", plan.added, _ADDED, lambda c: Text.assemble("to ", place(c.topic))),
        ("moved", plan.moved, _LEADS, lambda c: Text.assemble("from ", place(c.was), " to ", place(c.topic))),
        ("gone", plan.gone, _GONE, lambda c: Text.assemble("from ", place(c.was))),
    ]
    for what, changes, (sign, style), where in kinds:
        groups = [list(group) for _, group in groupby(sorted(changes, key=_places), key=_places)]
        if groups:
            heading(console, f"{count(len(changes), 'article')} {what}")
        for group in groups[:_MOST_GROUPS]:
            line(console, where(group[0]), sign=sign, style=style)
            for change in group[:_MOST_TITLES]:
                title = titles.get(change.slug)
                # What is new has its page to look at; to rule on what moved, one needs its slug.
                told = titled(title, change.slug) if title and changes is plan.moved else title or change.slug
                line(console, told, indent=6)
            _print_rest(len(group) - _MOST_TITLES, "article", console, indent=6)
        _print_rest(sum(map(len, groups[_MOST_GROUPS:])), "article", console, indent=4)


def _places(change: ArticleChange) -> tuple[str, str]:
    """Topics by name, the shelf last."""
    return (change.was or "~", change.topic or "~")


def _print_addresses(plan: Plan, console: Console) -> None:
    leading = [(redirect.path, redirect.to) for redirect in plan.redirects if redirect.to is not None]
    if leading:
        heading(console, f"{count(len(leading), 'address')} that will lead elsewhere")
    for path, to in leading[:_MOST_LINES]:
        line(console, Text.assemble(path, (" → ", "cyan"), to))
    _print_rest(len(leading) - _MOST_LINES, "address", console, indent=4)
    withdrawn = [redirect.path for redirect in plan.redirects if redirect.to is None]
    if withdrawn:
        heading(console, f"{count(len(withdrawn), 'address')} that will say “withdrawn”")
    for path in withdrawn[:_MOST_LINES]:
        line(console, path, sign=_GONE[0], style=_GONE[1])
    _print_rest(len(withdrawn) - _MOST_LINES, "address", console, indent=4)


def _print_rest(number: int, noun: str, console: Console, *, indent: int) -> None:
    if number > 0:
        line(console, Text(f"… and {count(number, f'more {noun}')}", style="dim"), indent=indent)


def _print_lost(lost: Sequence[str], known: Known, console: Console) -> None:
    heading(console, f"{count(len(lost), 'address')} would be lost: the build fails until you decide")
    line(
        console,
        "Put the texts back into a seed, or paste this into "
        f"{known.rulings_name}{', under articles:' if known.rulings.articles else ''}. Instead of hide: true (its page "
        "will say that it was withdrawn), you may write moved: and the slug of the article that takes its place.",
    )
    console.print()
    # As it stands, so that it can be copied: neither wrapped nor indented by us.
    for text in paste_lines(lost, known):
        console.print(Text(text), soft_wrap=True)


def paste_lines(lost: Iterable[str], known: Known) -> list[str]:
    """The YAML that decides on lost addresses; of those that have an entry already, a comment that says where."""
    lines = [] if known.rulings.articles else ["articles:"]
    for slug in lost:
        ruling = known.rulings.articles.get(slug)
        if ruling:
            lines.append(f"  # {slug} stands in line {ruling.line}: leave only hide: true there, or moved:")
        else:
            lines += [f"  {strict_yaml.scalar(slug)}:", "    hide: true"]
    return lines


def _labels(plan: Plan, known: Known) -> Mapping[str, str]:
    gone = {change.slug: change.label for change in (*plan.merged, *plan.emptied, *plan.hidden)}
    return gone | {topic.slug: topic.label for topic in known.digest.topics}
