"""The rulings that affect an article or topic."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from digestgen.curate.rulings.rulings import (
    ArticleRuling,
    Rule,
    Rulings,
    SlugRef,
    TopicRuling,
    direct_merges,
    resolved_merges,
)
from digestgen.fields import quoted

_EFFECTS = {
    "label": "gives its name",
    "title": "gives its title",
    "published": "gives its date",
    "summary": "gives its summary",
    "note": "gives its note",
    "section": "gives its section",
    "pin": "puts it first",
    "keep": "takes no newcomers",
}


@dataclass(frozen=True, slots=True, order=True)
class AppliedRuling:
    """The effect of one ruling on an article or topic."""

    file: str
    line: int
    says: str


def rulings_on_article(  # noqa: PLR0913 -- each is another thing that may have a part in it
    slug: str,
    rulings: Rulings,
    file: str,
    along_with: Mapping[str, str],
    proposed: str | None,
    *,
    rules: Iterable[Rule] = (),
) -> tuple[AppliedRuling, ...]:
    """Return the rulings that affect an article, by line.

    ``along_with`` maps the slugs of articles that it follows to the reason ("which it repeats"), ``proposed`` is the
    slug of its topic without any rulings, ``rules`` are the rules that match it, in the order written. An overruled
    rule is listed with the line that overrules it.
    """
    found = {*_on_itself(rulings.articles.get(slug), file), *_added_or_removed(slug, "it", rulings, file)}
    found |= {*_in_editions(slug, rulings, file)}
    found |= {*_in_order(slug, rulings, file), *_matching_rules(slug, along_with, rules, rulings, file)}
    for other, why in along_with.items():
        found |= _added_or_removed(other, f"{quoted(other)}, {why},", rulings, file)
    into = direct_merges(rulings)
    topic, seen = proposed, set[str]()
    while topic in into and topic not in seen:
        seen.add(topic)
        target = into[topic]
        found.add(AppliedRuling(file, target.line, f"folds its topic {quoted(topic)} into {quoted(target.slug)}"))
        topic = target.slug
    return tuple(sorted(found))


def rulings_on_topic(slug: str, rulings: Rulings, file: str) -> tuple[AppliedRuling, ...]:
    """Return the rulings that affect a topic, by line."""
    found = set(_on_itself(rulings.topics.get(slug), file))
    ruling = rulings.topics.get(slug)
    if ruling:
        found |= {AppliedRuling(file, named.line, f"puts article {quoted(named.slug)} here") for named in ruling.add}
        found |= {AppliedRuling(file, named.line, f"takes article {quoted(named.slug)} out") for named in ruling.remove}
        found |= {AppliedRuling(file, named.line, "puts its articles in order") for named in ruling.order[:1]}
        if ruling.lead:
            found.add(AppliedRuling(file, ruling.lead.line, f"puts article {quoted(ruling.lead.slug)} first"))
    found |= {*_keeping_apart(slug, rulings, file), *_rules_into(slug, rulings, file)}
    into = direct_merges(rulings)
    reached, waiting = {slug}, [slug]
    while waiting:
        target = waiting.pop()
        for topic, named in into.items():
            if named.slug == target and topic not in reached:
                reached.add(topic)
                waiting.append(topic)
                found.add(AppliedRuling(file, named.line, f"folds topic {quoted(topic)} into {quoted(target)}"))
    return tuple(sorted(found))


def _on_itself(ruling: ArticleRuling | TopicRuling | None, file: str) -> Iterator[AppliedRuling]:
    for key, says in _EFFECTS.items():
        if ruling and getattr(ruling, key, None):
            yield AppliedRuling(file, ruling.line, says)
    if isinstance(ruling, ArticleRuling) and ruling.publish_on:
        yield AppliedRuling(file, ruling.publish_on.line or ruling.line, f"shows it from {ruling.publish_on.day} on")
    if ruling and ruling.hide is False:
        yield AppliedRuling(file, ruling.line, "shows it")


def _in_editions(slug: str, rulings: Rulings, file: str) -> Iterator[AppliedRuling]:
    for day, ruling in rulings.editions.items():
        for says, listed in (("puts it first in", ruling.lead), ("leaves it out of", ruling.leave_out)):
            for named in listed:
                if named.slug == slug and not ruling.draft:
                    yield AppliedRuling(file, named.line, f"{says} the edition of {day}")


def _in_order(slug: str, rulings: Rulings, file: str) -> Iterator[AppliedRuling]:
    for topic, ruling in rulings.topics.items():
        if ruling.lead and ruling.lead.slug == slug:
            yield AppliedRuling(file, ruling.lead.line, f"puts it first in {quoted(topic)}")
        for named in ruling.order:
            if named.slug == slug:
                yield AppliedRuling(file, named.line, f"gives it its place in {quoted(topic)}")


def _keeping_apart(slug: str, rulings: Rulings, file: str) -> Iterator[AppliedRuling]:
    for topic, ruling in rulings.topics.items():
        for named in ruling.apart:
            if slug in {topic, named.slug}:
                other = named.slug if slug == topic else topic
                yield AppliedRuling(file, named.line, f"keeps it apart from {quoted(other)}")


def _rules_into(slug: str, rulings: Rulings, file: str) -> Iterator[AppliedRuling]:
    into = resolved_merges(rulings)
    for rule in rulings.rules:
        if rule.topic and into.get(rule.topic.slug, rule.topic.slug) == slug:
            yield AppliedRuling(file, rule.line, f"sends articles here, by their {_criterion(rule)}")


def _matching_rules(
    slug: str, along_with: Collection[str], rules: Iterable[Rule], rulings: Rulings, file: str
) -> Iterator[AppliedRuling]:
    """Yield the matching rules, and what overrules each: a ruling on the article, or else an earlier rule."""
    own = rulings.articles.get(slug)
    shown_by = own.line if own and own.hide is not None else None
    sent_by: Rule | None = None
    for rule in rules:
        if rule.topic is None:
            stronger = shown_by
            shown_by = shown_by or rule.line
        else:
            stronger = _overruling_line(rule.topic, (slug, *along_with), rulings) or (sent_by.line if sent_by else None)
            sent_by = sent_by or rule
        overruled = f"; {file}:{stronger} overrules it" if stronger else ""
        yield AppliedRuling(file, rule.line, f"{_rule_effect(rule)}{overruled}")


def _overruling_line(topic: SlugRef, family: Collection[str], rulings: Rulings) -> int | None:
    """Line of a ruling that adds the article to another topic than a rule does, or removes it from that topic."""
    into = resolved_merges(rulings)
    end = into.get(topic.slug, topic.slug)
    added = {
        into.get(slug, slug): named.line
        for slug, ruling in rulings.topics.items()
        for named in ruling.add
        if named.slug in family
    }
    if added:
        return None if end in added else max(added.values())
    removed = (
        named.line
        for slug, ruling in rulings.topics.items()
        for named in ruling.remove
        if named.slug in family and into.get(slug, slug) == end
    )
    return next(removed, None)


def _rule_effect(rule: Rule) -> str:
    if rule.topic:
        return f"sends it to {quoted(rule.topic.slug)}, by its {_criterion(rule)}"
    return f"{'hides it' if rule.hide else 'shows it'}, by its {_criterion(rule)}"


def _criterion(rule: Rule) -> str:
    key, value = rule.criterion
    return f"{key} {quoted(value)}"


def _added_or_removed(slug: str, called: str, rulings: Rulings, file: str) -> set[AppliedRuling]:
    return {
        AppliedRuling(file, named.line, f"{verb} {called} {where} {quoted(topic)}")
        for topic, ruling in rulings.topics.items()
        for verb, where, named_here in (("puts", "into", ruling.add), ("takes", "out of", ruling.remove))
        for named in named_here
        if named.slug == slug
    }
