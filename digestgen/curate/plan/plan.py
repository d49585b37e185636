"""The changes of a build for readers, topic by topic, found by comparing two ledgers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from digestgen import routes, strict_yaml
from digestgen.curate.explain.explain import RecordedEdition
from digestgen.curate.ledger.archives import archived_address
from digestgen.curate.ledger.ledger import ArticleLink, Ledger, SourceLink, TopicLink
from digestgen.curate.plan.change_reasons import ChangeReasons, change_reasons, is_edited
from digestgen.curate.plan.changes import (
    Added,
    Arrived,
    ArticleDiff,
    Change,
    ChangeReason,
    EditionDiff,
    Fate,
    Gone,
    Hidden,
    Hiding,
    Left,
    Moves,
    Pin,
    ReasonKind,
    Redirect,
    SourceDiff,
    TakenIn,
    TopicDiff,
    Word,
)
from digestgen.curate.reminders.neglected import HiddenArticle
from digestgen.curate.rulings.edition_notes import assigned_rulings
from digestgen.curate.rulings.rulings import ArticleRuling, Rulings, TopicRuling, creates_topic

_MOST_OF_IT = 0.5
"""A new topic counts as split from another if more than this share of its articles comes from there."""
_NO_RULINGS = Rulings()
_SOURCES = "sources"
_NEW = {Fate.NEW, Fate.PARTED}
_NO_TOPIC_RULING = TopicRuling(line=0)
_NO_ARTICLE_RULING = ArticleRuling(line=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All changes of a build."""

    first: bool
    """Whether nothing was published before."""
    topics: tuple[TopicDiff, ...] = ()
    """In the digest's order, then those that disappear, by slug."""
    shelf: Moves = field(default_factory=Moves)
    articles: tuple[ArticleDiff, ...] = ()
    """By slug, whether or not they stay in their topic."""
    sources: tuple[SourceDiff, ...] = ()
    editions: tuple[EditionDiff, ...] = ()
    """Ordered by day."""
    addresses: tuple[Redirect, ...] = ()
    """Addresses that have a page now and will redirect."""
    hidden: Hidden = field(default_factory=Hidden)
    lost: tuple[str, ...] = ()
    """Slugs of articles whose address would be lost, which makes the build fail."""
    answers: tuple[str, ...] = ()
    """Lines of YAML that decide on lost addresses."""

    @property
    def empty(self) -> bool:
        """Whether readers would see no change."""
        changed = self.topics or self.articles or self.sources or self.editions or self.addresses
        return self.shelf.none and not (changed or self.lost)

    @property
    def adds_only(self) -> bool:
        """Whether there are new articles and nothing else changes."""
        lists = [self.shelf, *self.topics]
        added = any(moves.added for moves in lists)
        known = self.articles or self.sources or self.addresses or self.lost or self._words_changed
        return added and not known and all(map(only_adds, lists))

    @property
    def _words_changed(self) -> bool:
        """Whether known words of the editor change."""
        return any(each.word != "added" for each in self.editions)


def only_adds(moves: Moves) -> bool:
    """Whether a topic or the shelf at most receives new articles, and nothing else changes there."""
    if moves.arrived or moves.left or moves.gone or any(each.again for each in moves.added):
        return False
    if not isinstance(moves, TopicDiff) or moves.change is Fate.NEW:
        return True
    changed = moves.was is not None or moves.takes_in or moves.note or moves.pin or moves.reordered or moves.retold
    return moves.change is Fate.CHANGED and not changed


def plan(
    before: Ledger,
    after: Ledger,
    lost: Sequence[str],
    known: RecordedEdition | None = None,
    concealed: Iterable[HiddenArticle] = (),
) -> Plan:
    """Compare two ledgers; ``lost`` are slugs of articles without a decision.

    ``known`` is the edition that results from the build, ``concealed`` its hidden articles: they provide the reasons.
    """
    rulings, file = (known.rulings, known.rulings_name) if known else (_NO_RULINGS, "")
    shown = {entry.slug: entry.article for entry in known.digest.entries} if known else {}
    found = _Comparison(
        before=before,
        after=after,
        undecided=frozenset(lost),
        reasons=change_reasons(rulings, file, after, shown, {each.slug: each.verdict for each in concealed}),
    )
    order = {topic.slug: place for place, topic in enumerate(known.digest.topics if known else ())}
    moves, along = _moves(found)
    topics = [*_live_topics(found, moves, along), *_ended_topics(found, moves, along)]
    return Plan(
        first=not any(link.live for link in before.articles.values()),
        topics=tuple(sorted(topics, key=lambda topic: (order.get(topic.slug, len(order)), topic.slug))),
        shelf=moves.get(None, Moves()),
        articles=tuple(_article_changes(found)),
        sources=tuple(_sources(found)),
        editions=tuple(_editions(found)),
        addresses=tuple(_redirects(found)),
        hidden=_hidden(found),
        lost=tuple(sorted(lost)),
        answers=tuple(decision_lines(sorted(lost), rulings)),
    )


def decision_lines(lost: Sequence[str], rulings: Rulings) -> list[str]:
    """Lines of YAML that decide on lost addresses; for those with an entry, a comment that names its line."""
    lines = [] if rulings.articles else ["articles:"]
    for slug in lost:
        ruling = rulings.articles.get(slug)
        if ruling:
            lines.append(f"  # {slug} stands in line {ruling.line}: leave only hide: true there, or moved:")
        else:
            lines += [f"  {strict_yaml.scalar(slug)}:", "    hide: true"]
    return lines if lost else []


@dataclass(frozen=True, slots=True, kw_only=True)
class _Comparison:
    """Two ledgers, and the reasons of their differences."""

    before: Ledger
    after: Ledger
    undecided: frozenset[str]
    reasons: ChangeReasons

    def staying(self) -> Iterator[tuple[ArticleLink, ArticleLink]]:
        """Yield articles that are public before and after, by slug."""
        for slug, new in sorted(self.after.articles.items()):
            old = self.before.articles.get(slug)
            if old and old.live and new.live:
                yield old, new

    def ending(self) -> Iterator[tuple[ArticleLink, ArticleLink]]:
        """Yield articles that are public before and not after."""
        for slug, old in sorted(self.before.articles.items()):
            # An article without an entry is withheld now: as far as the ledger knows, it was never published.
            new = self.after.articles.get(slug) or replace(old, withdrawn=True)
            if old.live and slug not in self.undecided and not new.live:
                yield old, new

    def archiving(self) -> Iterator[ArticleLink]:
        """Yield articles for which an archive starts to answer."""
        for old, new in self.staying():
            if new.archived and not old.archived:
                yield new

    def coming(self) -> Iterator[tuple[ArticleLink | None, ArticleLink]]:
        """Yield articles that are public only after, each with its entry before, if any."""
        for slug, new in sorted(self.after.articles.items()):
            old = self.before.articles.get(slug)
            if new.live and not (old and old.live):
                yield old, new

    def goes_along(self, old: ArticleLink, new: ArticleLink) -> bool:
        """Whether an article moves together with its whole topic."""
        topic = self.after.topics.get(old.topic or "")
        if topic is None or topic.live:
            return False
        if new.live:
            return topic.to == (new.topic or "")
        return new.by is not None and new.by in {topic.slug, topic.to}


def _moves(found: _Comparison) -> tuple[dict[str | None, Moves], Counter[str]]:
    """Arrivals and departures by topic, and the number of articles that move with a topic that disappears."""
    items: defaultdict[str | None, list[Added | Arrived | Left | Gone]] = defaultdict(list)
    along: Counter[str] = Counter()
    because = found.reasons
    for before, new in found.coming():
        again = before is not None and before.withdrawn
        line = because.of_return(before) if before and again else because.of_place(new)
        items[new.topic].append(Added(slug=new.slug, title=_title(new), again=again, because=line))
    for old, new in found.staying():
        if new.topic == old.topic:
            continue
        if found.goes_along(old, new):
            along[old.topic or ""] += 1
            continue
        why, title = because.of_move(old, new), _title(new)
        items[new.topic].append(Arrived(slug=new.slug, title=title, was=old.topic, because=why))
        items[old.topic].append(Left(slug=new.slug, title=title, to=new.topic, because=why))
    for old, new in found.ending():
        if found.goes_along(old, new):
            along[old.topic or ""] += 1
            continue
        to = None if new.to is None else routes.article(new.to)
        items[old.topic].append(Gone(slug=new.slug, title=_title(old), to=to, because=because.of_ending(new)))
    for link in found.archiving():
        to = archived_address(routes.article(link.slug), link.archived)
        items[link.topic].append(Gone(slug=link.slug, title=_title(link), to=to, because=None))
    return {topic: _by_kind(each) for topic, each in items.items()}, along


def _by_kind(items: Sequence[Added | Arrived | Left | Gone]) -> Moves:
    return Moves(
        added=tuple(each for each in items if isinstance(each, Added)),
        arrived=tuple(each for each in items if isinstance(each, Arrived)),
        left=tuple(each for each in items if isinstance(each, Left)),
        gone=tuple(each for each in items if isinstance(each, Gone)),
    )


def _live_topics(
    found: _Comparison, moves: Mapping[str | None, Moves], along: Mapping[str, int]
) -> Iterator[TopicDiff]:
    """Yield topics that are public after the build and change."""
    sizes, origins, retold = _sizes(found.after), _origins(found), _regrouped_in_stories(found)
    taken_in, state_recorded = _taken_in(found, along), any(link.title for link in found.before.articles.values())
    for slug, new in found.after.topics.items():
        if not new.live:
            continue
        old = found.before.topics.get(slug)
        fate, other = _fate(old, origins.get(slug, Counter()), sizes[slug])
        seen = old if old and fate is Fate.CHANGED else TopicLink(slug=slug)
        # An older ledger does not record these.
        comparable = state_recorded or fate is not Fate.CHANGED
        renamed = old and fate in {Fate.CHANGED, Fate.SHOWN} and old.label not in {"", new.label}
        diff = TopicDiff(
            slug=slug,
            label=new.label,
            was=old.label if old and renamed else None,
            change=fate,
            other=other,
            articles=sizes[slug],
            takes_in=taken_in.get(slug, ()),
            note=_word(seen.note, new.note) if comparable else None,
            pin=_pin(was=seen.pin, now=new.pin) if comparable else None,
            reordered=comparable and seen.order != new.order,
            retold=retold[slug],
        )
        diff = _with_moves(diff, moves.get(slug))
        if fate is not Fate.CHANGED or not only_adds(diff) or diff.added:
            ruled = _is_topic_ruled(diff, found.reasons.rulings.topics.get(slug, _NO_TOPIC_RULING))
            yield replace(diff, because=found.reasons.of_topic(slug)) if ruled else diff


def _is_topic_ruled(diff: TopicDiff, ruling: TopicRuling) -> bool:
    """Whether the ruling on a topic contributes to a change of the topic itself."""
    changed = (diff.was and ruling.label) or (diff.note and ruling.note) or (diff.pin and ruling.pin)
    ordered = diff.reordered and (ruling.lead or ruling.order)
    shown = diff.change is Fate.SHOWN and ruling.hide is False
    return bool(changed) or bool(ordered) or shown or (diff.change in _NEW and creates_topic(ruling))


def _fate(old: TopicLink | None, origins: Counter[str], size: int) -> tuple[Fate, str | None]:
    """What happens to a public topic; if it is split from another, also the slug of that."""
    if old and old.live:
        return Fate.CHANGED, None
    if old and old.withdrawn and old.first:
        return Fate.SHOWN, None
    origin = min(origins, key=lambda topic: (-origins[topic], topic), default=None)
    if origin is not None and origins[origin] > _MOST_OF_IT * size:
        return Fate.PARTED, origin
    return Fate.NEW, None


def _ended_topics(
    found: _Comparison, moves: Mapping[str | None, Moves], along: Mapping[str, int]
) -> Iterator[TopicDiff]:
    """Yield topics that are public now and will not be."""
    for slug, old, new in _ending_topics(found):
        above = found.after.topics.get(new.to or "")
        fate, other, because = Fate.MERGED, new.to, found.reasons.of_merge(slug)
        if new.withdrawn:
            fate, other, because = Fate.HIDDEN, None, found.reasons.of_hidden_topic(slug)
        elif above and above.withdrawn:
            fate, because = Fate.HIDDEN, found.reasons.of_hidden_topic(above.slug)
        elif new.to == "":
            fate, other, because = Fate.EMPTIED, None, None
        went = along.get(slug, 0)
        diff = TopicDiff(slug=slug, label=old.label, change=fate, other=other, because=because, articles=went)
        yield _with_moves(diff, moves.get(slug))


def _ending_topics(found: _Comparison) -> Iterator[tuple[str, TopicLink, TopicLink]]:
    for slug, old in sorted(found.before.topics.items()):
        new = found.after.topics.get(slug) or replace(old, withdrawn=True)
        if old.live and not new.live:
            yield slug, old, new


def _taken_in(found: _Comparison, along: Mapping[str, int]) -> dict[str, tuple[TakenIn, ...]]:
    taken: dict[str, tuple[TakenIn, ...]] = {}
    for slug, old, new in _ending_topics(found):
        if new.to:
            because = found.reasons.of_merge(slug)
            part = TakenIn(slug=slug, label=old.label, articles=along.get(slug, 0), because=because)
            taken[new.to] = (*taken.get(new.to, ()), part)
    return taken


def _with_moves(diff: TopicDiff, moves: Moves | None) -> TopicDiff:
    if moves is None:
        return diff
    return replace(diff, added=moves.added, arrived=moves.arrived, left=moves.left, gone=moves.gone)


def _article_changes(found: _Comparison) -> Iterator[ArticleDiff]:
    """Yield changes of remaining articles, as far as the earlier ledger records their state."""
    renamed = {old.name: found.after.sources[new.to].name for old, new in _ending_sources(found) if new.to}
    for old, new in found.staying():
        if not old.title:
            continue
        source = old.source != new.source and renamed.get(old.source) != new.source
        diff = ArticleDiff(
            slug=new.slug,
            title=new.title,
            topic=new.topic,
            retitled=Change(old.title, new.title) if old.title != new.title else None,
            source=Change(old.source, new.source) if source else None,
            dated=Change(_day(old), _day(new)) if old.published != new.published else None,
            edited=is_edited(old, new),
            summary=old.summary != new.summary,
            note=_word(old.note, new.note),
            pin=_pin(was=old.pin, now=new.pin),
        )
        if any((diff.retitled, diff.source, diff.dated, diff.edited, diff.summary, diff.note, diff.pin)):
            ruled = _is_ruled(diff, found.reasons.rulings.articles.get(new.slug, _NO_ARTICLE_RULING))
            yield replace(diff, because=found.reasons.of_article(new.slug)) if ruled else diff


def _is_ruled(diff: ArticleDiff, ruling: ArticleRuling) -> bool:
    """Whether a ruling contributes to the change of an article."""
    named = (diff.retitled and ruling.title) or (diff.summary and ruling.summary) or (diff.dated and ruling.published)
    return bool(named or (diff.note and ruling.note) or (diff.pin and ruling.pin))


def _sources(found: _Comparison) -> Iterator[SourceDiff]:
    for old, new in _ending_sources(found):
        yield SourceDiff(
            was=old.name,
            now=found.after.sources[new.to].name if new.to else None,
            path=f"{_SOURCES}/{new.slug}",
            to=f"{_SOURCES}/{new.to}" if new.to else _SOURCES,
        )


def _ending_sources(found: _Comparison) -> Iterator[tuple[SourceLink, SourceLink]]:
    for slug, old in sorted(found.before.sources.items()):
        if old.live and not found.after.sources[slug].live:
            yield old, found.after.sources[slug]


def _redirects(found: _Comparison) -> Iterator[Redirect]:
    for _, new in found.ending():
        yield Redirect(path=routes.article(new.slug), to=None if new.to is None else routes.article(new.to))
    for slug, _, link in _ending_topics(found):
        above = found.after.topics.get(link.to or "")
        withdrawn = link.withdrawn or bool(above and above.withdrawn)
        yield Redirect(path=routes.topic(slug), to=None if withdrawn else routes.topic(link.to or ""))
    for source in _sources(found):
        yield Redirect(path=source.path, to=source.to)


def _hidden(found: _Comparison) -> Hidden:
    topics = [topic for topic in _ended_topics(found, {}, {}) if topic.change is Fate.HIDDEN]
    articles = [(old, new) for old, new in found.ending() if new.withdrawn and not found.goes_along(old, new)]
    return Hidden(
        topics=tuple(Hiding(slug=topic.slug, title=topic.label, because=topic.because) for topic in topics),
        articles=tuple(
            Hiding(slug=new.slug, title=_title(old), because=found.reasons.of_ending(new)) for old, new in articles
        ),
        withheld=len(found.after.withheld),
        more=len(found.after.withheld.keys() - found.before.withheld.keys()),
    )


def _origins(found: _Comparison) -> Mapping[str, Counter[str]]:
    """For each topic, the number of its articles by former topic, if that still exists."""
    origins: dict[str, Counter[str]] = {}
    for old, new in found.staying():
        came_from = found.after.topics.get(old.topic or "")
        if new.topic and came_from and came_from.live:
            origins.setdefault(new.topic, Counter())[came_from.slug] += 1
    return origins


def _regrouped_in_stories(found: _Comparison) -> Counter[str]:
    """Topic → number of remaining articles whose story now has other articles of the topic."""
    stay = [(old, new) for old, new in found.staying() if old.topic and old.topic == new.topic and old.title]
    told_before: dict[tuple[str, str], set[str]] = {}
    told_now: dict[tuple[str, str], set[str]] = {}
    for old, new in stay:
        told_before.setdefault(_story(old), set()).add(old.slug)
        told_now.setdefault(_story(new), set()).add(new.slug)
    return Counter(new.topic or "" for old, new in stay if told_before[_story(old)] != told_now[_story(new)])


def _story(link: ArticleLink) -> tuple[str, str]:
    return link.topic or "", link.story or link.slug


def _day(link: ArticleLink) -> str:
    return link.published.isoformat() if link.published else ""


def _title(link: ArticleLink) -> str:
    return link.title or link.slug


def _editions(found: _Comparison) -> Iterator[EditionDiff]:
    """Yield editions on which the editor's words change, by day."""
    ruled = assigned_rulings(found.reasons.rulings, found.after.editions())
    lines = {str(day): each.ruling.line for day, each in ruled.items()}
    before, after = found.before.editors, found.after.editors
    for day in sorted(before.keys() | after.keys()):
        was, now = (links[day].said if day in links else "" for links in (before, after))
        if word := _word(was, now):
            because = (
                ChangeReason(how=ReasonKind.RULING, file=found.reasons.file, line=lines[day]) if day in lines else None
            )
            yield EditionDiff(day=day, word=word, because=because)


def _word(was: str, now: str) -> Word | None:
    if was == now:
        return None
    return "changed" if was and now else "added" if now else "removed"


def _pin(*, was: bool, now: bool) -> Pin | None:
    if was == now:
        return None
    return "pinned" if now else "unpinned"


def _sizes(ledger: Ledger) -> Counter[str]:
    return Counter(link.topic for link in ledger.articles.values() if link.live and link.topic)
