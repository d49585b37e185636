"""Update the ledger after a build: addresses, settled placements, withheld texts and redirects."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from digestgen import routes
from digestgen.curate.ledger.archives import archived_addresses
from digestgen.curate.ledger.claims import Claims
from digestgen.curate.ledger.fingerprint import (
    address_of,
    joined_marks,
    marks,
    opening,
    runs_of,
    sketch,
    sketched_runs,
    text_of,
)
from digestgen.curate.ledger.ledger import (
    ArticleLink,
    EditorLink,
    Ledger,
    SourceLink,
    StoryLink,
    TopicLink,
    Withheld,
    anonymous_name,
    other_names,
)
from digestgen.curate.rulings.rulings import TopicRuling
from digestgen.model import Article, EditionText, Entry, FormerAddresses, Topic
from digestgen.slugs import unique_slugs


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedArticle:
    """What a build decided about one article."""

    article: Article
    """The article as readers see it."""
    topic: str | None
    """Slug of its topic."""
    settled: str | None
    """Slug of its topic without the curator's rulings."""
    story: str | None = None
    section: str = ""
    """Label of its section outside every topic."""
    repeats: str | None = None
    """Slug of the article that it is a reprint of."""
    hidden: bool = False
    by: str | None = None
    """Slug of the hidden topic, if it is hidden only because of that."""
    despite: str = ""
    """Days of ``publish_on`` that do not show it, since something else hides it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildDecisions:
    """Everything a build decided that the ledger records."""

    placed: Sequence[PlacedArticle]
    """One for every article of every seed that was read."""
    topics: Mapping[str, str]
    """Slug → label of every public topic."""
    hidden_topics: Mapping[str, str]
    """Slug → label of every topic that is not public."""
    decided: Mapping[str, str | None]
    """The curator's decisions on addresses without article: slug → slug to redirect to, or None for withdrawn."""
    archived: Mapping[str, str] = field(default_factory=dict)
    """Slug → site of the archive that holds an article that is in no seed."""
    made_labels: Mapping[str, str] = field(default_factory=dict)
    """Slug → label proposed by the method, for topics that the curator named otherwise."""
    sections: Mapping[str, str] = field(default_factory=dict)
    """Topic slug → label of its section."""


def update_ledger(before: Ledger, claims: Claims, edition: BuildDecisions, day: date) -> Ledger:
    """Return the ledger after a build; ``day`` is the day on which new articles are first seen.

    Lost addresses without a decision stay as they were, to be found by a later build.
    """
    articles = dict(before.articles)
    topic_of: dict[str, str | None] = {}
    present: set[str] = set()
    public = _public_marks(before, claims, edition)
    withheld = _still_withheld(before, claims, edition)
    for placed in edition.placed:
        slug = claims.slugs[placed.article.id]
        old = before.articles.get(slug)
        if placed.hidden and not (old and old.first):
            # What was never published gets no address: no page must reveal a withdrawal, and no line its words.
            withheld[placed.article.id] = _withheld_text(placed, claims, before, public)
            articles.pop(slug, None)
            continue
        present.add(slug)
        if not placed.hidden:
            topic_of[slug] = placed.topic
        articles[slug] = _article_link(placed, old, claims, day, public)
    for slug, to in {**claims.moved, **edition.decided}.items():
        if slug in articles and slug not in present:
            articles[slug] = _redirected(
                articles[slug], to, "" if slug in edition.decided else claims.kept.get(slug, "")
            )
            if to in topic_of:
                topic_of[slug] = topic_of[to]
    articles |= {
        slug: replace(link, archived=edition.archived.get(slug, ""))
        for slug, link in articles.items()
        if slug not in present and link.archived != edition.archived.get(slug, "")
    }
    articles |= {
        slug: replace(link, story=_story_name(link.story, articles)) for slug, link in articles.items() if link.story
    }
    withheld |= {
        id_: replace(link, story=_story_name(link.story, articles)) for id_, link in withheld.items() if link.story
    }
    # Redirects take one step, even if their target has moved in turn.
    leads = {slug: link.to for slug, link in articles.items() if link.to is not None}
    ends = {slug: _final_target(slug, leads) for slug in leads}
    articles |= {slug: _redirected(articles[slug], end) for slug, end in ends.items() if end != leads[slug]}
    return Ledger(
        articles=articles,
        withheld=withheld,
        topics=_topics(before, edition, topic_of, day),
        stories=before.stories,
        sources=_sources(before, articles, topic_of),
    )


def with_published_state(
    ledger: Ledger,
    entries: Sequence[Entry],
    topics: Sequence[Topic],
    rulings: Mapping[str, TopicRuling],
    words: Mapping[date, EditionText] = MappingProxyType({}),
) -> Ledger:
    """Record the published state of articles, topics and editions, so that a later plan can compare.

    The curator's label, note and pin on a topic (``rulings`` by slug) are bound to the articles it has when they are
    written.
    """
    articles = dict(ledger.articles)
    for entry in entries:
        articles[entry.slug] = replace(
            articles[entry.slug],
            summary=_checksum(*entry.summary),
            note=_checksum(entry.note),
            pin=entry.pinned,
        )
    found = dict(ledger.topics)
    for topic in topics:
        link, ruling = found[topic.slug], rulings.get(topic.slug)
        checksum = _checksum(ruling.label, ruling.note, "pin" if ruling.pin else None) if ruling else ""
        kept = checksum == link.said
        found[topic.slug] = replace(
            link,
            note=_checksum(topic.note),
            pin=topic.pinned,
            order=_order(ruling),
            said=checksum,
            bound=(link.bound if kept else member_sketch(topic.slug, ledger)) if checksum else "",
        )
    editors = {
        str(day): EditorLink(day=str(day), said=_checksum(word.title, word.letter, *word.lead, "", *word.left_out))
        for day, word in words.items()
    }
    return replace(ledger, articles=articles, topics=found, editors=editors)


def with_story_pages(ledger: Ledger, slugs: Iterable[str], day: date) -> Ledger:
    """Record stories that have a page; unknown ones are first seen on ``day``."""
    new = {slug: StoryLink(story=slug, first=day) for slug in slugs}
    return replace(ledger, stories={**new, **ledger.stories})


def _order(ruling: TopicRuling | None) -> str:
    if ruling is None:
        return ""
    return _checksum(*(named.slug for named in (ruling.lead, *ruling.order) if named))


def member_sketch(topic: str, ledger: Ledger) -> str:
    """Sketch of a topic's articles, by their addresses."""
    return sketch(
        frozenset(_member(slug) for slug, link in ledger.articles.items() if link.live and link.topic == topic)
    )


def remaining_share(link: TopicLink, ledger: Ledger) -> float:
    """Share left of the articles that a topic had when the curator named it; 1 if nothing is bound."""
    bound = sketched_runs(link.bound)
    members = {_member(slug) for slug, each in ledger.articles.items() if each.live and each.topic == link.slug}
    return sum(run in members for run in bound) / len(bound) if bound else 1.0


def former_addresses(ledger: Ledger, id_of: Mapping[str, str], story_pages: Collection[str]) -> FormerAddresses:
    """Collect addresses without a page of their own, and their targets.

    ``id_of`` maps the slugs of this edition's articles to ids; ``story_pages`` are slugs of stories with a page.
    Articles and topics that were never public have no address.
    """
    ended = [link for link in ledger.articles.values() if not link.live and link.first]
    topics = [link for link in ledger.topics.values() if not link.live and link.first]
    elsewhere = archived_addresses(ledger, id_of)
    return FormerAddresses(
        articles={link.slug: id_of.get(link.to or "") for link in ended if not link.archived},
        topics={
            link.slug: None if link.withdrawn or _withdrawn(ledger, link.to) else link.to
            for link in topics
            if routes.topic(link.slug) not in elsewhere
        },
        stories={
            slug: id_
            for slug, id_ in _former_stories(ledger, id_of, story_pages).items()
            if routes.story(slug) not in elsewhere
        },
        archived=elsewhere,
        sources={link.slug: link.to for link in ledger.sources.values() if link.to is not None},
    )


def _former_stories(ledger: Ledger, id_of: Mapping[str, str], story_pages: Collection[str]) -> dict[str, str | None]:
    """Targets of former story pages: the founder, another article of the story, or the one with the founder's text."""
    gone = sorted(ledger.stories.keys() - set(story_pages))
    member_of: dict[str, str] = {}
    for slug in sorted(id_of, reverse=True) if gone else ():
        member_of[ledger.articles[slug].story or slug] = slug
    former: dict[str, str | None] = {}
    for slug in gone:
        founder = ledger.articles.get(slug)
        at = slug if slug in id_of else member_of.get(slug) or (founder.to if founder else None)
        # A live founder in no seed is lost: the curator has not yet decided what its addresses lead to.
        if at is not None or founder is None or not founder.live:
            former[slug] = id_of.get(at or "")
    return former


def former_names(ledger: Ledger) -> Mapping[str, tuple[str, ...]]:
    """Slug → earlier public labels of each live topic, oldest first.

    Labels of other topics whose address redirects to it are not its own.
    """
    found = {slug: other_names(link.formerly, than=link.label) for slug, link in ledger.topics.items() if link.live}
    return {slug: former for slug, former in found.items() if former}


def _article_link(
    placed: PlacedArticle, old: ArticleLink | None, claims: Claims, day: date, public: Mapping[str, frozenset[str]]
) -> ArticleLink:
    article, slug = placed.article, claims.slugs[placed.article.id]
    return ArticleLink(
        slug=slug,
        id=article.id,
        seed=article.seed,
        first=(old.first if old else None) or day,
        title=article.title if not placed.hidden else "",
        published=article.published,
        source=article.source or "",
        topic=placed.topic,
        proposed=(placed.settled or "") if placed.settled != placed.topic else None,
        story=placed.story if placed.story != slug else None,
        section=placed.section,
        repeats=placed.repeats,
        opening=opening(text_of(article)),
        text=claims.sketches[article.id],
        withdrawn=placed.hidden,
        by=placed.by,
        despite=placed.despite,
        marks=_distinctive_marks(article, claims, public, old) if placed.hidden else "",
    )


def _story_name(founder: str | None, articles: Collection[str]) -> str | None:
    """Name of a story: its founder's slug, anonymous if that was never published."""
    return founder if founder is None or founder in articles else anonymous_name(founder)


def _withheld_text(
    placed: PlacedArticle, claims: Claims, before: Ledger, public: Mapping[str, frozenset[str]]
) -> Withheld:
    article = placed.article
    return Withheld(
        id=article.id,
        seed=article.seed,
        text=claims.sketches[article.id],
        marks=_distinctive_marks(article, claims, public, before.withheld.get(article.id)),
        address=address_of(claims.slugs[article.id]),
        topic=placed.settled if placed.by else None,
        story=placed.story if placed.by else None,
        by=placed.by,
        despite=placed.despite,
    )


def _distinctive_marks(
    article: Article, claims: Claims, public: Mapping[str, frozenset[str]], old: ArticleLink | Withheld | None
) -> str:
    """Marks of a text that no public article of its seed has; shared marks are boilerplate."""
    if old and _is_known_hidden(old, article, claims):
        return old.marks
    return joined_marks(marks(text_of(article)) - public.get(article.seed, frozenset()))


def _is_known_hidden(old: ArticleLink | Withheld, article: Article, claims: Claims) -> bool:
    """Whether an article was hidden before with the same text."""
    known = old.withdrawn and old.opening if isinstance(old, ArticleLink) else True
    return bool(known) and old.id == article.id and old.text == claims.sketches[article.id]


def _public_marks(before: Ledger, claims: Claims, edition: BuildDecisions) -> dict[str, frozenset[str]]:
    """Seed → marks of its public articles, for seeds with newly hidden articles."""
    seeds: set[str] = set()
    for placed in edition.placed:
        article = placed.article
        old = before.articles.get(claims.slugs[article.id]) or before.withheld.get(article.id)
        if placed.hidden and not (old and _is_known_hidden(old, article, claims)):
            seeds.add(article.seed)
    found: dict[str, set[str]] = {}
    for placed in edition.placed:
        if placed.article.seed in seeds and not placed.hidden:
            found.setdefault(placed.article.seed, set()).update(marks(text_of(placed.article)))
    return {seed: frozenset(each) for seed, each in found.items()}


def _still_withheld(before: Ledger, claims: Claims, edition: BuildDecisions) -> dict[str, Withheld]:
    """Texts withheld before, except those shown since and those recognised under another id."""
    public = {placed.article.id for placed in edition.placed if not placed.hidden}
    shown = {
        link.id for id_, held in claims.holds.items() if id_ in public for link in held if isinstance(link, Withheld)
    }
    renewed = {link.id for id_, link in claims.known.items() if isinstance(link, Withheld) and id_ != link.id}
    return {id_: link for id_, link in before.withheld.items() if id_ not in shown and id_ not in renewed}


def _topics(
    before: Ledger, edition: BuildDecisions, topic_of: Mapping[str, str | None], day: date
) -> dict[str, TopicLink]:
    topics = {
        slug: TopicLink(
            slug=slug,
            # A topic hidden from the start has no public label, and its words must not be recorded.
            label=label if slug in edition.topics or _first(before, slug) else "",
            first=_first(before, slug) or (None if slug in edition.hidden_topics else day),
            withdrawn=slug in edition.hidden_topics,
            formerly=_formerly(before.topics[slug], label, day) if slug in before.topics else (),
            made=edition.made_labels.get(slug, "") if slug in edition.topics or _first(before, slug) else "",
            section=edition.sections.get(slug, "") if slug in edition.topics else "",
            said=before.topics[slug].said if slug in before.topics else "",
            bound=before.topics[slug].bound if slug in before.topics else "",
        )
        for slug, label in {**edition.topics, **edition.hidden_topics}.items()
    }
    for slug, to in _successors(before, topic_of, topics).items():
        # Withdrawn topics stay withdrawn, wherever their articles are now.
        if slug not in topics and not before.topics[slug].withdrawn:
            topics[slug] = replace(before.topics[slug], to=to)
    for slug, gone in before.topics.items():
        topics.setdefault(slug, gone)
    return topics


def _sources(before: Ledger, articles: Mapping[str, ArticleLink], present: Collection[str]) -> dict[str, SourceLink]:
    """Addresses of sources; a source that is gone redirects to the one its articles are ascribed to now."""
    names = sorted({articles[slug].source for slug in present if articles[slug].live and articles[slug].source})
    slug_of = {link.name: slug for slug, link in before.sources.items()}
    new = [(name, name) for name in names if name not in slug_of]
    slug_of |= zip((name for name, _ in new), unique_slugs(new, reserved=["index", *before.sources]), strict=True)
    sources = {slug_of[name]: SourceLink(slug=slug_of[name], name=name) for name in names}
    went: dict[str, Counter[str]] = {}
    for slug, link in before.articles.items():
        if slug in present and articles[slug].live:
            went.setdefault(link.source, Counter())[articles[slug].source] += 1
    leads: dict[str, str] = {}
    for slug, gone in before.sources.items():
        if slug not in sources:
            counts = went.get(gone.name, Counter())
            heir = min((name for name in counts if name), key=lambda name: (-counts[name], name), default="")
            leads[slug] = slug_of[heir] if heir else gone.to or ""
    ends = {slug: _final_target(slug, leads) for slug in leads}
    return sources | {slug: replace(before.sources[slug], to=to if to in sources else "") for slug, to in ends.items()}


def _member(slug: str) -> int:
    (run,) = runs_of([slug])
    return run


def _checksum(*texts: str | None) -> str:
    """Checksum (six characters) of texts; empty if there are none."""
    text = "\0".join(each or "" for each in texts)
    return f"{zlib.crc32(text.encode('utf-8', 'surrogatepass')) & 0xFFFFFF:06x}" if text.strip("\0") else ""


def _formerly(link: TopicLink, label: str, day: date) -> tuple[str, ...]:
    """Earlier labels of a topic; one that is new on this day has had no other public label."""
    known = link.published and link.first != day
    return other_names([*link.formerly, *([link.label] if known else [])], than=label)


def _redirected(link: ArticleLink, to: str | None, kept: str = "") -> ArticleLink:
    """Entry of an article that is gone.

    If its address redirects to the article that contains its text, ``kept`` is the sketch found there: if the text
    disappears from there, the address counts as lost. If the curator redirected it, nothing is kept to recognise it.
    """
    if to is None:
        return replace(
            link, title="", topic=None, proposed=None, story=None, section="", repeats=None, summary="", note="",
            pin=False, withdrawn=True, to=None, by=None,
        )  # fmt: skip
    moved = ArticleLink(slug=link.slug, id=link.id, first=link.first, to=to)
    return replace(moved, seed=link.seed, opening=link.opening, text=kept) if kept else moved


def _first(ledger: Ledger, topic: str) -> date | None:
    return ledger.topics[topic].first if topic in ledger.topics else None


def _withdrawn(ledger: Ledger, topic: str | None) -> bool:
    return topic is not None and topic in ledger.topics and ledger.topics[topic].withdrawn


def _successors(ledger: Ledger, topic_of: Mapping[str, str | None], now: Mapping[str, TopicLink]) -> dict[str, str]:
    """For each topic that is not in ``now``, the slug of the topic that most of its articles moved to.

    ``topic_of`` maps every public article of this build to its topic. Empty if most articles are on the shelf or gone.
    """
    went: dict[str, Counter[str]] = {}
    for slug, link in ledger.articles.items():
        if link.topic is not None and link.topic not in now and slug in topic_of:
            went.setdefault(link.topic, Counter())[topic_of[slug] or ""] += 1
    leads: dict[str, str] = {}
    for topic, gone in ledger.topics.items():
        if topic in went:
            counts = went[topic]
            leads[topic] = min(counts, key=lambda slug: (-counts[slug], not slug, slug))
        elif topic not in now and not gone.withdrawn:
            leads[topic] = gone.to or ""
    ends = {topic: _final_target(topic, leads) for topic in leads}
    return {topic: to if to in now or _withdrawn(ledger, to) else "" for topic, to in ends.items()}


def _final_target(start: str, leads: Mapping[str, str]) -> str:
    """Follow redirects from ``start`` to the end; a cycle is followed once."""
    seen = {start}
    place = leads[start]
    while place in leads and place not in seen:
        seen.add(place)
        place = leads[place]
    return place
