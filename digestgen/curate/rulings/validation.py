"""Check rulings: each must name something that exists and decide something, without contradictions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from digestgen.curate.rulings.rules import match_key
from digestgen.curate.rulings.rulings import (
    ArticleRuling,
    Rule,
    Rulings,
    SlugRef,
    TopicRuling,
    creates_topic,
    direct_merges,
    merge_rings,
    resolved_merges,
)
from digestgen.errors import Problem
from digestgen.fields import LONGEST_TEXT, quoted, suggestion

_TOPIC_FIELDS = ("label", "note", "section", "pin", "hide", "keep", "merge", "apart", "add", "remove", "lead", "order")
_ARTICLE_FIELDS = ("title", "published", "summary", "note", "pin", "hide", "publish_on", "moved")
_GONE_KEYS = {"hide", "moved"}
_MERGED_KEYS = {"hide", "merge"}
_HINTS = 50
"""Wrong names that get a hint; finding hints takes time, and more would not help."""
_CANDIDATES = 10
"""Candidates that are compared with a wrong name by difflib."""

_Finding = tuple[int, str]
"""Line and message."""


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Names to be hidden that match nothing, so it is unknown what they were to hide."""

    articles: tuple[SlugRef, ...]
    topics: tuple[SlugRef, ...]


def unmatched_hides(
    rulings: Rulings, articles: Collection[str], topics: Collection[str], day: date = date.min
) -> Unmatched:
    """Names that rulings hide on a day and that do not exist, in the order written. Unreadable rulings hide too.

    ``articles`` and ``topics`` are all known slugs, including those of what is gone from the seeds.
    """
    known, known_topics = frozenset(articles), frozenset(topics)
    return Unmatched(
        articles=tuple(
            SlugRef(slug, ruling.line)
            for slug, ruling in rulings.articles.items()
            if slug not in known and (ruling.hide or (ruling.publish_on and ruling.publish_on.day > day))
        ),
        topics=tuple(
            SlugRef(slug, ruling.line)
            for slug, ruling in rulings.topics.items()
            if slug not in known_topics and ruling.hide
        ),
    )


def check_rulings(  # noqa: PLR0913 -- all but the first are named
    rulings: Rulings,
    *,
    articles: Collection[str],
    topics: Collection[str],
    gone: Collection[str],
    file: str,
    ids: Collection[str] = (),
) -> tuple[Problem, ...]:
    """Report rulings that match nothing, decide nothing or contradict another, by line; never raises.

    ``articles`` and ``topics`` are the existing slugs, including topics merged into others. ``gone`` are slugs of
    published articles that are in no seed any more; they can only be hidden or moved. ``ids`` are the ids of articles,
    by which an edition may name them. A topic that a ruling creates exists. Unreadable parts of rulings are not
    reported again. ``file`` is the file's name, for messages.
    """
    names = _Names(
        articles, {*topics, *(slug for slug, ruling in rulings.topics.items() if creates_topic(ruling))}, gone
    )
    into = direct_merges(rulings)
    found = [
        *_check_topics(rulings, names, into),
        *_check_merges(rulings, names, into),
        *_check_apart(rulings, names, into),
        *_check_members(rulings, names),
        *_check_order(rulings, names),
        *_check_labels(rulings),
        *_check_articles(rulings, names),
        *_check_rules(rulings, names),
        *_check_editions(rulings, names, ids),
    ]
    return tuple(Problem(file, line, message) for line, message in sorted(found))


def _check_topics(rulings: Rulings, names: _Names, into: Mapping[str, SlugRef]) -> Iterator[_Finding]:
    for slug, ruling in rulings.topics.items():
        decided = _decided_keys(ruling, _TOPIC_FIELDS)
        half = not ruling.hide and (ruling.label is None) == bool(ruling.add)
        how = "; a topic of your own needs both label: and articles: add:" if half else ""
        yield from ((line, message + how) for line, message in names.missing_topic(SlugRef(slug, ruling.line), ""))
        yield from _check_decision(slug, ruling, decided)
        if ruling.keep and _hidden(ruling):
            why = "is both hidden and closed to newcomers, which would not be shown anyway"
            yield ruling.line, f"{quoted(slug)} {why}; keep hide: or keep:"
        if slug in into and (ineffective := [key for key in decided if key not in _MERGED_KEYS]):
            target = into[slug]
            why = f"is folded into {quoted(target.slug)} (line {target.line}), so its {_keys(ineffective)} cannot show"
            yield ruling.line, f"{quoted(slug)} {why}; write that under {quoted(target.slug)}, or take back the merge"


def _check_merges(rulings: Rulings, names: _Names, into: Mapping[str, SlugRef]) -> Iterator[_Finding]:
    merges = [(target, named) for target, ruling in rulings.topics.items() for named in ruling.merge]
    for target, named in merges:
        if named.slug == target:
            yield named.line, f"merge: {quoted(target)} is this topic itself; take it out of the list"
            continue
        yield from names.missing_topic(named, "merge: ")
        for slug in (target, named.slug):
            ruling = rulings.topics.get(slug)
            if ruling and _hidden(ruling):
                merge = f"{quoted(named.slug)} is folded into {quoted(target)}"
                hidden = f"{quoted(slug)} is hidden (line {ruling.line})"
                yield named.line, f"merge: {merge}, but {hidden}; take back the merge or the hide"
    for named, target, first in _repeated(pair for pair in merges if pair[0] != pair[1].slug):
        yield named.line, f"merge: {quoted(named.slug)} is folded into {quoted(target)} (line {first.line}); keep one"
    for ring in merge_rings(into):
        start = min(range(len(ring)), key=lambda place: into[ring[place]].line)
        around = [*ring[start:], *ring[:start]]
        shown = [*around[:4], "…", around[-1]] if len(around) > 5 else around
        way = " into ".join(map(quoted, (*shown, around[0])))
        yield into[around[0]].line, f"merge: is circular ({way}); remove one of these merges"


def _check_apart(rulings: Rulings, names: _Names, into: Mapping[str, SlugRef]) -> Iterator[_Finding]:
    final = resolved_merges(rulings)
    for topic, ruling in rulings.topics.items():
        for named in ruling.apart:
            if named.slug == topic:
                yield named.line, f"apart: {quoted(topic)} is this topic itself; take it out of the list"
                continue
            yield from names.missing_topic(named, "apart: ")
            together = final.get(topic, topic)
            if together == final.get(named.slug, named.slug):
                folded = [slug for slug in (topic, named.slug) if slug != together]
                which = " and ".join(f"{quoted(slug)} (line {into[slug].line})" for slug in folded)
                joined = f"{which} {'is' if len(folded) == 1 else 'are both'} folded into {quoted(together)}"
                yield named.line, f"apart: {joined}; take back the apart or the merge"
        for named, _, first in _repeated((topic, named) for named in ruling.apart):
            yield named.line, f"apart: {quoted(named.slug)} stands in this list already (line {first.line}); keep one"


def _check_members(rulings: Rulings, names: _Names) -> Iterator[_Finding]:
    added = [(topic, named) for topic, ruling in rulings.topics.items() for named in ruling.add]
    for _, named in added:
        yield from names.missing_article(named, "add: ")
        yield from _check_not_hidden(rulings, named, "add: ")
    for named, topic, first in _repeated(added):
        yield named.line, f"add: {quoted(named.slug)} is added to {quoted(topic)} (line {first.line}); keep one"
    for topic, ruling in rulings.topics.items():
        added_here = {named.slug: named.line for named in reversed(ruling.add)}
        for named in ruling.remove:
            yield from names.missing_article(named, "remove: ")
            if named.slug in added_here:
                line = added_here[named.slug]
                yield named.line, f"remove: {quoted(named.slug)} is added to the same topic (line {line}); keep one"
        for named, _, first in _repeated((topic, named) for named in ruling.remove):
            yield named.line, f"remove: {quoted(named.slug)} stands in this list already (line {first.line}); keep one"


def _check_order(rulings: Rulings, names: _Names) -> Iterator[_Finding]:
    final = resolved_merges(rulings)
    added: dict[str, SlugRef] = {}
    for topic, ruling in rulings.topics.items():
        for named in ruling.add:
            added.setdefault(named.slug, SlugRef(topic, named.line))
    for topic, ruling in rulings.topics.items():
        placed = [("lead: ", named) for named in (ruling.lead,) if named] + [("order: ", each) for each in ruling.order]
        removed = {named.slug: named.line for named in reversed(ruling.remove)}
        for key, named in placed:
            yield from names.missing_article(named, key)
            yield from _check_not_hidden(rulings, named, key)
            there = added.get(named.slug, SlugRef(topic, 0))
            if final.get(there.slug, there.slug) != final.get(topic, topic):
                where = f"is added to {quoted(there.slug)} (line {there.line})"
                yield named.line, f"{key}{quoted(named.slug)} {where}; keep one"
            elif named.slug in removed:
                where = f"is taken out of the same topic (line {removed[named.slug]})"
                yield named.line, f"{key}{quoted(named.slug)} {where}; keep one"
        for named, key, first in _repeated(placed):
            why = "leads the topic" if key == "lead: " else "stands in this list"
            yield named.line, f"order: {quoted(named.slug)} {why} already (line {first.line}); keep one"


def _check_labels(rulings: Rulings) -> Iterator[_Finding]:
    labels = [
        (slug, SlugRef(ruling.label.casefold(), ruling.line)) for slug, ruling in rulings.topics.items() if ruling.label
    ]
    for named, slug, first in _repeated(labels):
        yield named.line, f"label: {quoted(slug)} has the same one (line {first.line}); change one, or merge the topics"


def _check_articles(rulings: Rulings, names: _Names) -> Iterator[_Finding]:
    for slug, ruling in rulings.articles.items():
        decided = _decided_keys(ruling, _ARTICLE_FIELDS)
        yield from _check_decision(slug, ruling, decided)
        if slug not in names.gone:
            yield from names.missing_article(SlugRef(slug, ruling.line), "")
            if ruling.moved and slug in names.articles:
                yield (
                    ruling.moved.line,
                    f"moved: {quoted(slug)} is still in the seeds; remove the moved: or the article",
                )
            continue
        if ineffective := [key for key in decided if key not in _GONE_KEYS]:
            why = f"is gone from the seeds, so its {_keys(ineffective)} cannot show"
            yield ruling.line, f"{quoted(slug)} {why}; remove that, and keep only hide: or moved:"
        if ruling.moved:
            yield from _check_moved(rulings, names, SlugRef(slug, ruling.line), ruling.moved)


def _check_rules(rulings: Rulings, names: _Names) -> Iterator[_Finding]:
    before: defaultdict[tuple[str, ...], list[Rule]] = defaultdict(list)
    for rule in rulings.rules:
        if rule.topic:
            yield from names.missing_topic(rule.topic, "topic: ")
        if rule.unreadable:
            continue
        key, value = rule.criterion
        earlier = before[match_key(rule)]
        for first in earlier:
            if (first.topic is None) == (rule.topic is None):
                yield rule.line, f"{key}: {quoted(value)} has a rule already (line {first.line}); keep one"
                break
            if first.hide or rule.hide:
                why = f"is both hidden and sent to a topic (line {first.line})"
                yield rule.line, f"{key}: {quoted(value)} {why}; keep one"
                break
        earlier.append(rule)


def _check_editions(rulings: Rulings, names: _Names, ids: Collection[str]) -> Iterator[_Finding]:
    """Check editions; articles that have since left the seeds are no mistake in an old edition."""
    for ruling in rulings.editions.values():
        for key, listed in (("lead: ", ruling.lead), ("leave_out: ", ruling.leave_out)):
            for named in listed:
                if named.slug not in names.gone and named.slug not in ids:
                    yield from names.missing_article(named, key)
                yield from _check_not_hidden(rulings, named, key)
            for named, _, first in _repeated(("", named) for named in listed):
                yield named.line, f"{key}{quoted(named.slug)} stands in this list already (line {first.line}); keep one"
        leading = {named.slug: named.line for named in reversed(ruling.lead)}
        for named in ruling.leave_out:
            if named.slug in leading:
                yield named.line, f"leave_out: {quoted(named.slug)} leads (line {leading[named.slug]}); keep one"


def _check_moved(rulings: Rulings, names: _Names, gone: SlugRef, target: SlugRef) -> Iterator[_Finding]:
    if _hidden(rulings.articles[gone.slug]):
        yield target.line, f"moved: {quoted(gone.slug)} is hidden too (line {gone.line}); keep one of the two"
    if target.slug == gone.slug:
        yield target.line, f"moved: {quoted(target.slug)} leads to itself; name the article that takes its place"
        return
    yield from names.missing_article(target, "moved: ")
    yield from _check_not_hidden(rulings, target, "moved: ")


def _check_decision(slug: str, ruling: TopicRuling | ArticleRuling, decided: list[str]) -> Iterator[_Finding]:
    if not decided and not ruling.unreadable:
        yield ruling.line, f"{quoted(slug)} says nothing; write what you decide about it, or remove it"
    if isinstance(ruling, ArticleRuling) and ruling.publish_on and _decides_hide(ruling):
        hide = "true" if ruling.hide else "false"
        message = f"{quoted(slug)} has both hide: {hide} and publish_on:; keep one"
        yield ruling.publish_on.line or ruling.line, message
    if ruling.pin and _hidden(ruling):
        yield ruling.line, f"{quoted(slug)} is both pinned and hidden; keep pin: or hide:"


def _decided_keys(ruling: TopicRuling | ArticleRuling, keys: tuple[str, ...]) -> list[str]:
    return [key for key in keys if (_decides_hide(ruling) if key == "hide" else getattr(ruling, key))]


def _decides_hide(ruling: TopicRuling | ArticleRuling) -> bool:
    return ruling.hide is not None and not ruling.unreadable


def _hidden(ruling: TopicRuling | ArticleRuling) -> bool:
    """Whether the curator hid it; False if it is only hidden because the ruling could not be read."""
    return ruling.hide is True and not ruling.unreadable


def _check_not_hidden(rulings: Rulings, named: SlugRef, key: str) -> Iterator[_Finding]:
    ruling = rulings.articles.get(named.slug)
    if ruling and _hidden(ruling):
        yield named.line, f"{key}{quoted(named.slug)} is hidden (line {ruling.line}); remove this, or its hide:"


def _keys(keys: Iterable[str]) -> str:
    return " and ".join(f"{key}:" for key in keys)


def _repeated(owned: Iterable[tuple[str, SlugRef]]) -> Iterator[tuple[SlugRef, str, SlugRef]]:
    """Yield repeated names, with owner and place of their first occurrence."""
    first: dict[str, tuple[str, SlugRef]] = {}
    for owner, named in owned:
        if named.slug in first:
            yield named, *first[named.slug]
        else:
            first[named.slug] = (owner, named)


class _Names:
    """The existing slugs, and messages for names that are not among them."""

    def __init__(self, articles: Collection[str], topics: Collection[str], gone: Collection[str]) -> None:
        self.articles = frozenset(articles)
        self.topics = frozenset(topics)
        self.gone = frozenset(gone) - self.articles
        self._published = self.articles | self.gone
        self._hints = 0
        self._by_gram: dict[frozenset[str], dict[str, list[str]]] = {}

    def missing_topic(self, named: SlugRef, key: str) -> Iterator[_Finding]:
        """Report a name that no topic has."""
        if named.slug in self.topics:
            return
        if named.slug in self._published:
            yield named.line, f"{key}{quoted(named.slug)} is an article, not a topic; move it to where articles belong"
        else:
            yield named.line, f"{key}{quoted(named.slug)} is no topic{self._hint(named.slug, self.topics, 'topic')}"

    def missing_article(self, named: SlugRef, key: str) -> Iterator[_Finding]:
        """Report a name that no article in the seeds has; ``key`` is the key above it, empty for its own entry."""
        if named.slug in self.articles:
            return
        if named.slug in self.gone:
            yield named.line, f"{key}{quoted(named.slug)} is gone from the seeds; name another article, or remove this"
        elif named.slug in self.topics:
            yield named.line, f"{key}{quoted(named.slug)} is a topic, not an article; move it to where topics belong"
        else:
            known = self.articles if key else self._published
            hint = self._hint(named.slug, known, "article")
            yield named.line, f"{key}{quoted(named.slug)} is no article{hint}"

    def _hint(self, word: str, known: frozenset[str], kind: str) -> str:
        """Suggest the closest known name, or say where to find it. Candidates come from a trigram index: difflib is
        slow.
        """
        self._hints += 1
        near: list[str] = []
        if self._hints <= _HINTS and len(word) <= LONGEST_TEXT:
            if known not in self._by_gram:
                self._by_gram[known] = _trigram_index(known)
            by_gram = self._by_gram[known]
            shared = Counter(name for gram in _trigrams(word) for name in by_gram.get(gram, ()))
            near = sorted(shared, key=lambda name: (-shared[name], name))[:_CANDIDATES]
        return (
            suggestion(word, near) or f"; correct it (the {kind}'s page has it at the end of its address), or remove it"
        )


def _trigram_index(names: Iterable[str]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        for gram in _trigrams(name):
            found[gram].append(name)
    return found


def _trigrams(word: str) -> set[str]:
    """Trigrams of a word."""
    padded = f" {word} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)}
