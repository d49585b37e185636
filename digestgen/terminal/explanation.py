"""Print the explanation of an article, topic or former address."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.text import Text

from digestgen import routes
from digestgen.curate.explain.applied_rulings import AppliedRuling
from digestgen.curate.explain.explanation import (
    ArticleExplanation,
    Explanation,
    StorySummary,
    TopicExplanation,
    TopicSimilarity,
)
from digestgen.curate.ledger.former_addresses import FormerAddress
from digestgen.model import PhraseFit
from digestgen.publish.wording import count
from digestgen.terminal.layout import Row, line, named, rows, titled

_LEAST_REST = 0.005
"""Smallest share that is not rounded to 0%."""


def print_explanation(explanation: Explanation, console: Console) -> None:
    """Print everything with one address: topic, article and former address."""
    parts = [part for part in (explanation.topic, explanation.article, *explanation.former) if part is not None]
    for number, part in enumerate(parts):
        if number:
            console.print()
        if isinstance(part, TopicExplanation):
            _print_topic(part, console)
        elif isinstance(part, ArticleExplanation):
            _print_article(part, console)
        else:
            _print_former(part, console)


def _print_article(article: ArticleExplanation, console: Console) -> None:
    _print_title("Article", article.title, routes.article(article.slug), console)
    first, last = article.lines
    where = f"line {first}" if first == last else f"lines {first}–{last}"
    made = "" if article.titled else "; the title was made from the text"
    table: list[Row] = [
        ("Source", "", article.source or "unknown"),
        ("Seed", "", f"{article.seed}, {where}{made}"),
        ("Boundary", "", f"confidence {article.boundary_confidence:.2f} that an article starts there"),
        ("Since", "", str(article.first or "never published")),
    ]
    if article.reprint_of:
        table.append(("Repeats", "", titled(article.reprint_of.title, article.reprint_of.slug)))
    table += _list_rows("Reprints", [titled(other.title, other.slug) for other in article.reprints])
    table.append(("Topic", "", _similarity(article.topic) if article.topic else "none: it is on the shelf"))
    if article.proposed != (article.topic.slug if article.topic else None):
        table.append(("", "", f"without the rulings: {article.proposed or 'the shelf'}"))
    nearest = _similarity(article.nearest) if article.nearest else "none comes near"
    table.append(("Runner-up" if article.topic else "Nearest", "", nearest))
    if article.story:
        table.append(("Story", "", _story(article.story)))
    related = [titled(f"{other.title}: {', '.join(other.reasons)}", other.slug) for other in article.related]
    table += _list_rows("Related", related)
    table += _ruling_rows(article.rulings, article.former)
    rows(console, table)


def _print_topic(topic: TopicExplanation, console: Console) -> None:
    _print_title("Topic", topic.label, routes.topic(topic.slug), console)
    size = count(len(topic.members), "article")
    table: list[Row] = [
        ("Label", "", topic.label_because),
        ("Since", "", str(topic.first or "never published")),
    ]
    table += [
        ("" if number else "Held by", f"F1 {hold.f1:.2f}", f"{hold.text}: {_reach(hold, size)}")
        for number, hold in enumerate(topic.holds)
    ]
    table += [
        (
            "" if number else "Articles",
            f"{member.similarity:.2f}",
            titled(f"{member.title}{' (a reprint)' if member.reprint else ''}", member.slug),
        )
        for number, member in enumerate(topic.members)
    ]
    shared_stories = [_story(story) for story in topic.stories if story.articles > 1]
    table += _list_rows("Stories", shared_stories)
    if shared_stories and (alone := len(topic.stories) - len(shared_stories)):
        table.append(("", "", f"and {count(alone, 'article')} alone"))
    related = [
        Text.assemble(named(other.title, other.slug), f": {', '.join(other.reasons)}") for other in topic.related
    ]
    table += _list_rows("Related", related)
    table += _ruling_rows(topic.rulings, topic.former)
    rows(console, table)


def _print_former(former: FormerAddress, console: Console) -> None:
    line(console, Text(former.path, style="bold"), indent=0)
    led = [("Leads to", "", former.to), ("Because", "", former.why)] if former.to else [("Gone", "", former.why)]
    rows(console, led)


def _print_title(kind: str, title: str, path: str, console: Console) -> None:
    line(console, Text.assemble(f"{kind}: ", (title, "bold")), indent=0)
    line(console, Text(path, style="dim"))
    console.print()


def _reach(hold: PhraseFit, size: str) -> str:
    elsewhere = f", {hold.outside} elsewhere" if hold.outside else ", nowhere else"
    return f"in {hold.inside} of its {size}{elsewhere}"


def _similarity(near: TopicSimilarity) -> Text:
    """``Label (slug), similarity 0.21: this 40%, that 20%, other words 40%``."""
    parts = [f"{shared.phrase} {shared.share:.0%}" for shared in near.shared]
    rest = 1 - sum(shared.share for shared in near.shared)
    if rest >= _LEAST_REST:
        parts.append(f"other words {rest:.0%}")
    return Text.assemble(named(near.label, near.slug), f", similarity {near.similarity:.2f}: {', '.join(parts)}")


def _story(story: StorySummary) -> Text:
    return Text.assemble(story.label, f", {count(story.articles, 'article')}")


def _ruling_rows(rulings: Iterable[AppliedRuling], former: Sequence[str]) -> list[Row]:
    decided = [Text(f"{ruling.file}:{ruling.line} {ruling.says}") for ruling in rulings]
    return [*_list_rows("Rulings", decided), *_list_rows("Formerly", list(map(Text, former)))]


def _list_rows(name: str, texts: Sequence[Text]) -> list[Row]:
    """One row per text, with the name before the first."""
    return [("" if number else name, "", text) for number, text in enumerate(texts)]
