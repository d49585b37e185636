"""Articles → groups: settled articles keep their place, newcomers are placed, and the curator's rulings come last.

An article that the ledger knows, with its text unchanged, keeps its topic and story. A newcomer joins a settled topic
that it is clearly close to; the others form new topics with each other and with what is on the shelf. In a first
edition all are newcomers. Rulings are applied on top, at every build, and settle nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from digestgen.analyse.grouping import cluster
from digestgen.analyse.grouping.newcomers import Joined, join
from digestgen.analyse.keyphrases.keyphrase_index import KeyphraseIndex
from digestgen.analyse.labels import labelling
from digestgen.analyse.labels.headline_pairs import HeadlineIndex
from digestgen.compose.articles import Articles
from digestgen.compose.comparison import Comparison, compare
from digestgen.compose.executor import Executor
from digestgen.compose.naming import made_labels, name_stories, name_topics
from digestgen.compose.sections import Sections, arrange
from digestgen.compose.settled import Settled, settled, settled_sections, settled_topic
from digestgen.curate.curation import Curation
from digestgen.curate.ledger.ledger import ArticleLink, Withheld
from digestgen.curate.placement import RuledPlacements, applicable_rulings
from digestgen.curate.rulings.rulings import SlugRef, creates_topic, resolved_merges
from digestgen.curate.rulings.validation import unmatched_hides
from digestgen.curate.visibility import Cause, Verdict, similar_slugs
from digestgen.model import Grouping, Keyphrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an article stands, and whether readers see it there."""

    settled: str | None
    """Slug of the topic that editions have put it into; None for the shelf."""
    topic: str | None
    """The same after the curator's rulings."""
    story: str | None
    """Its story, by the slug of the article that founded it; None for one alone on the shelf."""
    repeats: str | None
    """Id of the article that it is a reprint of."""
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """The articles of a digest in their topics, stories and sections."""

    places: Mapping[str, Place]
    """For every article, by id."""
    labels: Mapping[str, str]
    """Topic slug → label; empty for a topic that no reader has ever seen."""
    made: Mapping[str, str]
    """Topic slug → the method's own label, where the curator gave another."""
    quiet: frozenset[str]
    """Slugs of topics that take no newcomers, because they received nothing for long."""
    phrases: Mapping[str, Sequence[Keyphrase]]
    """For every article, by id."""
    index: KeyphraseIndex
    """Of the keyphrases of public articles."""
    grouping: Grouping
    """Of the public originals, by the slug of their topic."""
    members: Mapping[str, Sequence[str]]
    """Topic slug → originals of each topic that readers see, those that are not public among them."""
    sections: Sections

    @property
    def public(self) -> frozenset[str]:
        """Ids of the articles that readers see."""
        return frozenset(id_ for id_, place in self.places.items() if place.verdict.public)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Assignment:
    """The method's own result, rulings aside; articles by id, topics and stories by slug."""

    topics: Mapping[str, str]
    stories: Mapping[str, str]
    labels: Mapping[str, str]
    """Of topics that are new, or were grouped anew."""


def group(articles: Articles, curation: Curation, quiet_after: int, executor: Executor) -> Groups:
    """Compare the articles, keep what is settled, place newcomers, and apply the rulings.

    A topic that received nothing for ``quiet_after`` days takes no newcomers; 0 is never.
    """
    compared = compare(articles, curation, executor)
    before = settled(compared, quiet_after)
    founded = {slug for slug, ruling in curation.rulings.topics.items() if creates_topic(ruling)}
    topics = {*curation.ledger.topics, *founded}
    moved = compared.moves(before.topics, topics)
    joined = _join(compared, before, moved)
    compared = compared.in_words_of(articles.public - _in_hidden_topics(compared, before, joined, topics))
    assigned = _assign(compared, before, moved, joined)
    topics |= set(assigned.topics.values())
    topic_of = _ruled(compared, assigned.topics, topics)
    places = _places(compared, assigned, topic_of)
    # A later build knows from its start what is hidden, and must come to the same result.
    compared = compared.in_words_of(frozenset(id_ for id_ in articles.by_id if places[id_].verdict.public))
    shown = frozenset(article.id for article in compared.originals if places[article.id].verdict.public)
    members: dict[str, list[str]] = {}
    for id_ in sorted(topic_of):
        members.setdefault(topic_of[id_], []).append(id_)
    visible = {slug: ids for slug, ids in sorted(members.items()) if articles.visibility.of_topic(slug).public}
    story_of = {each.id: assigned.stories.get(each.id, compared.slug(each.id)) for each in compared.originals}
    grouping = cluster.explain(compared.collection, compared.candidates, visible, story_of, shown)
    made = made_labels(members, assigned.labels, shown, compared)
    rulings = curation.rulings.topics
    given = {slug: ruling.label for slug, ruling in rulings.items() if ruling.label and slug in members}
    seen = {slug: visible[slug] for slug in grouping.groups}
    sections = arrange(
        collection=compared.collection,
        index=compared.index,
        topics=seen,
        labels={**made, **given},
        settled=settled_sections(compared),
        ruled={slug: ruling.section for slug, ruling in rulings.items() if ruling.section},
        shown=shown,
    )
    return Groups(
        places=places,
        labels={**made, **given},
        sections=sections,
        made={slug: made[slug] for slug in given if made[slug] not in {"", given[slug]}},
        quiet=before.quiet - {topic_of[id_] for id_ in before.newcomers if id_ in topic_of},
        phrases=compared.phrases,
        index=compared.index,
        grouping=grouping,
        members=seen,
    )


def _ruled(compared: Comparison, topics_of: Mapping[str, str], topics: Collection[str]) -> dict[str, str]:
    """Article id → topic, after the curator's moves and merges, given that there are these topics."""
    merged = resolved_merges(applicable_rulings(compared.curation.rulings, topics))
    moved = compared.moves(topics_of, topics).applied(topics_of)
    return {id_: merged.get(slug, slug) for id_, slug in moved.items()}


def _in_hidden_topics(compared: Comparison, before: Settled, joined: Joined, topics: Collection[str]) -> frozenset[str]:
    """Ids of the articles in hidden topics, as far as that can be known before new topics are made."""
    topic_of = _ruled(compared, {**before.topics, **joined.topics}, topics)
    visibility = compared.articles.visibility
    hidden = {slug for slug in topic_of.values() if not visibility.of_topic(slug).public}
    return frozenset(id_ for id_, original in compared.original_of.items() if topic_of.get(original) in hidden)


def _join(compared: Comparison, before: Settled, moved: RuledPlacements) -> Joined:
    """Place newcomers into settled topics and stories."""
    curation = compared.curation
    kept = {slug for slug, ruling in curation.rulings.topics.items() if ruling.keep}
    # Rulings on newcomers are applied later: they have no say in where a newcomer is settled.
    topic_of = {id_: topic for id_, topic in moved.applied(before.topics).items() if id_ not in before.newcomers}
    shelf = before.shelf.difference(moved)
    founded = {slug for slug, ruling in curation.rulings.topics.items() if creates_topic(ruling)}
    # A ruling that moves one article moves none that is like it; one that founds a topic does.
    story_of = {
        id_: f"{topic_of.get(id_, '')}/{before.stories.get(id_, compared.slug(id_))}"
        for id_ in sorted({*topic_of, *(shelf & before.stories.keys())})
        if before.topics.get(id_) in {None, topic_of.get(id_)} or topic_of[id_] in founded
    }
    known = compared.articles.claims.known
    return join(
        compared.collection,
        topic_of,
        story_of,
        # What is to be regrouped goes to the batch method, as if nothing had been settled.
        [id_ for id_ in before.newcomers if not curation.regroups(settled_topic(known.get(id_)))],
        closed=before.quiet | kept,
        taken_out={id_: topics for id_, topics in moved.taken_out.items() if id_ not in before.newcomers},
    )


def _assign(compared: Comparison, before: Settled, moved: RuledPlacements, joined: Joined) -> _Assignment:
    """Add to what is settled what joined it, and new topics of the remaining newcomers and the shelf."""
    left = before.newcomers - joined.topics.keys()
    shelf = _near(left, before.shelf.difference(moved), compared, before.stories)
    known = {id_: f"/{before.stories[id_]}" for id_ in shelf & before.stories.keys()}
    outside = known | {id_: story for id_, story in joined.stories.items() if id_ in left}
    others = len(set(before.topics.values()))
    found = (
        cluster.propose(compared.collection, left | shelf, outside, others=others)
        if left
        else cluster.Partition((), ())
    )
    headlines = HeadlineIndex(compared.index)
    fresh = [ids for ids in found.groups if not left.isdisjoint(ids)]
    new = [ids for ids in fresh if labelling.can_be_named(ids, compared.index, headlines)]
    named, labels = name_topics(_kept_apart(new, compared), compared)
    topics = {**before.topics, **joined.topics, **{id_: slug for slug, ids in named.items() for id_ in ids}}
    stories = {**before.stories, **{id_: story.rpartition("/")[2] for id_, story in joined.stories.items()}}
    alone = cluster.stories_among(compared.collection, joined.topics.keys() - joined.stories.keys())
    parts = [part for ids in (*alone, *found.stories) for part in _by_topic(ids, topics, stories)]
    stories |= name_stories(parts, compared.articles, frozenset(stories.values()))
    return _Assignment(topics=topics, stories=stories, labels=labels)


def _near(
    newcomers: Collection[str], shelf: Collection[str], compared: Comparison, stories: Mapping[str, str]
) -> frozenset[str]:
    """The part of the shelf that newcomers could be grouped with, stories whole; the rest stays as it is."""
    near = compared.collection.near(newcomers, shelf)
    touched = {stories[id_] for id_ in near if id_ in stories}
    return near.union(id_ for id_ in shelf if stories.get(id_) in touched)


def _by_topic(ids: Sequence[str], topics: Mapping[str, str], placed: Collection[str]) -> list[tuple[str, ...]]:
    """A new story split by topic, without articles that have a story already; one alone on the shelf is none."""
    parts: dict[str | None, list[str]] = {}
    for id_ in ids:
        if id_ not in placed:
            parts.setdefault(topics.get(id_), []).append(id_)
    return [tuple(part) for topic, part in parts.items() if topic is not None or len(part) > 1]


def _kept_apart(groups: Sequence[Sequence[str]], compared: Comparison) -> list[tuple[str, ...]]:
    """The groups, split where they mix articles of topics that the curator keeps apart."""
    known, rulings = compared.articles.claims.known, compared.curation.rulings
    apart = {frozenset({slug, named.slug}) for slug, ruling in rulings.topics.items() for named in ruling.apart}
    if not apart:
        return [tuple(ids) for ids in groups]
    split: list[tuple[str, ...]] = []
    for ids in groups:
        before = {id_: settled_topic(known.get(id_)) for id_ in ids}
        counts = Counter(topic for topic in before.values() if topic)
        kept: list[str] = []
        for topic in sorted(counts, key=lambda slug: (-counts[slug], slug)):
            if not any(frozenset({topic, other}) in apart for other in kept):
                kept.append(topic)
        out = counts.keys() - set(kept)
        split.append(tuple(id_ for id_ in ids if before[id_] not in out))
        split += [tuple(id_ for id_ in ids if before[id_] == topic) for topic in sorted(out)]
    return split


def _places(compared: Comparison, assigned: _Assignment, topic_of: Mapping[str, str]) -> dict[str, Place]:
    """The place of every article; a reprint stands with its original."""
    articles = compared.articles
    places: dict[str, Place] = {}
    for id_, article in articles.by_id.items():
        original = compared.original_of[id_]
        topic, settled_in = topic_of.get(original), assigned.topics.get(original)
        places[id_] = Place(
            settled=settled_in,
            topic=topic,
            # Kept where a ruling takes it to the shelf: without the ruling, it is there again.
            story=assigned.stories.get(original, compared.slug(original) if topic or settled_in else None),
            repeats=original if original != id_ else None,
            verdict=articles.visibility.of_article(article, topic),
        )
    return places | _withheld_in_doubt(places, articles, compared.curation)


def _withheld_in_doubt(places: Mapping[str, Place], articles: Articles, curation: Curation) -> dict[str, Place]:
    """The places of articles that a ruling may mean to hide under a name that nothing bears: they wait, unseen."""
    ledger, claims = curation.ledger, articles.claims
    stands_in = {topic for place in places.values() for topic in (place.topic, place.settled) if topic}
    unmatched = unmatched_hides(
        curation.rulings,
        {*claims.slugs.values(), *ledger.articles, *ledger.withheld_names(curation.rulings.articles)},
        ledger.topics.keys() | stands_in,
        curation.day,
    )
    unseen = {id_: claims.slugs[id_] for id_ in sorted(places) if not _seen(claims.known.get(id_))}
    new_topics = {topic: topic for topic in sorted(stands_in) if topic not in ledger.topics}
    meant: dict[str, SlugRef] = {}
    # Where no name is similar, nobody knows what was to be hidden, and everything new waits.
    for named in unmatched.articles:
        meant |= dict.fromkeys(similar_slugs(named, unseen) or unseen, named)
    for named in unmatched.topics:
        near = similar_slugs(named, new_topics)
        meant |= dict.fromkeys([id_ for id_ in unseen if places[id_].topic in near] or unseen, named)
    return {
        id_: replace(
            places[id_],
            verdict=Verdict(public=False, cause=Cause.DOUBT, file=curation.rulings_name, line=named.line),
        )
        for id_, named in meant.items()
        if places[id_].verdict.public and not places[id_].verdict.explicit
    }


def _seen(link: ArticleLink | Withheld | None) -> bool:
    return isinstance(link, ArticleLink) and link.first is not None
