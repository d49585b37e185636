"""Articles → groups: what is settled stays, newcomers are placed, and the curator's rulings move what they name.

An article that the ledger knows, with its text as it was, keeps its topic and story. Only newcomers are placed: into a
settled topic that they are clearly close to, else together with each other and with what is on the shelf into new
topics. A first edition is all newcomers. Rulings are applied on top, at every build, and settle nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from digestgen.analyse import duplicates
from digestgen.analyse.grouping import cluster
from digestgen.analyse.grouping.newcomers import Joined, join
from digestgen.analyse.keyphrases import extraction
from digestgen.analyse.keyphrases.keyphrase_index import KeyphraseIndex
from digestgen.analyse.keyphrases.surnames import FullNames
from digestgen.analyse.labels import labelling
from digestgen.compose.articles import Articles
from digestgen.compose.executor import Executor
from digestgen.compose.sections import Sections, Settled, arrange
from digestgen.curate.curation import Curation
from digestgen.curate.ledger.claims import claim_topics
from digestgen.curate.ledger.ledger import ArticleLink, Ledger, Withheld
from digestgen.curate.placement import RuledPlacements, applicable_rulings, ruled_placements
from digestgen.curate.rulings.rulings import SlugRef, creates_topic, resolved_merges
from digestgen.curate.rulings.validation import unmatched_hides
from digestgen.curate.visibility import Cause, Verdict, similar_slugs
from digestgen.language.phrases import Aliases
from digestgen.model import Article, Grouping, Keyphrase
from digestgen.slugs import unique_slugs


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
    """The articles of a digest, compared with each other."""

    places: Mapping[str, Place]
    """For every article, by id."""
    labels: Mapping[str, str]
    """Slug → label of every topic that an article stands in; empty for one that no reader has ever seen."""
    made: Mapping[str, str]
    """Slug → what the method calls it, for those that the curator calls otherwise."""
    quiet: frozenset[str]
    """Slugs of topics that take no newcomers, because nothing came to them for long."""
    phrases: Mapping[str, Sequence[Keyphrase]]
    """For every article, by id."""
    index: KeyphraseIndex
    """Of the keyphrases of public articles."""
    grouping: Grouping
    """Of the public originals, by the slug of their topic."""
    members: Mapping[str, Sequence[str]]
    """Slug → the originals in each topic that readers see, those that are not public among them."""
    sections: Sections

    @property
    def public(self) -> frozenset[str]:
        """The ids of what readers see."""
        return frozenset(id_ for id_, place in self.places.items() if place.verdict.public)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Settlement:
    """Machine-made places, rulings aside; articles by id, topics by slug."""

    topics: Mapping[str, str]
    stories: Mapping[str, str]
    """Those of several articles outside every topic among them."""
    labels: Mapping[str, str]
    """Of topics that are new, or were grouped anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """Where the originals stand before this edition."""

    settled: _Settlement
    fresh: frozenset[str]
    """Newcomers."""
    shelf: frozenset[str]
    quiet: frozenset[str]
    """Slugs of topics that nothing came to for long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Comparison:
    """The articles, compared with each other."""

    articles: Articles
    curation: Curation
    originals: tuple[Article, ...]
    original_of: Mapping[str, str]
    """For every article: itself, or what it repeats."""
    candidates: Mapping[str, Sequence[Keyphrase]]
    heard: frozenset[str]
    """Ids of the public articles, as far as is known: of their words are the phrases and the index."""
    phrases: Mapping[str, Sequence[Keyphrase]]
    index: KeyphraseIndex
    collection: cluster.Collection

    def slug(self, id_: str) -> str:
        """The address of an article."""
        return self.articles.claims.slugs[id_]

    def moves(self, settled: Mapping[str, str], topics: Collection[str]) -> RuledPlacements:
        """Where rulings and rules put single articles, as far as there are these topics."""
        id_of = {self.slug(id_): original for id_, original in self.original_of.items()}
        rules = {article.id: self.articles.visibility.rules.topic_rule(article) for article in self.originals}
        sent = {
            id_: rule.topic.slug for id_, rule in rules.items() if rule and rule.topic and rule.topic.slug in topics
        }
        return ruled_placements(applicable_rulings(self.curation.rulings, topics), id_of, settled, sent)


def group(articles: Articles, curation: Curation, quiet_after: int, executor: Executor) -> Groups:
    """Fold reprints, find the keyphrases of the whole, keep what is settled, place newcomers, and apply the rulings.

    A topic that got nothing new for ``quiet_after`` days takes no newcomers; 0 is never.
    """
    executor.start("Folding reprints")
    compared = _compare(articles, curation, executor)
    standing = _standing(compared, quiet_after)
    founded = {slug for slug, ruling in curation.rulings.topics.items() if creates_topic(ruling)}
    there = {*curation.ledger.topics, *founded}
    moved = compared.moves(standing.settled.topics, there)
    joined = _join(compared, standing, moved)
    compared = _with_words_of(compared, articles.public - _going_under(compared, standing, joined, there))
    settlement = _settle(compared, standing, moved, joined)
    there |= set(settlement.topics.values())
    into = resolved_merges(applicable_rulings(curation.rulings, there))
    home = compared.moves(settlement.topics, there).applied(settlement.topics)
    topic_of = {id_: into.get(slug, slug) for id_, slug in home.items()}
    places = _places(compared, settlement, topic_of)
    # A later build knows of all that is hidden from its start, and must come to the same.
    compared = _with_words_of(compared, frozenset(id_ for id_ in articles.by_id if places[id_].verdict.public))
    shown = frozenset(article.id for article in compared.originals if places[article.id].verdict.public)
    members: dict[str, list[str]] = {}
    for id_ in sorted(topic_of):
        members.setdefault(topic_of[id_], []).append(id_)
    visible = {slug: ids for slug, ids in sorted(members.items()) if articles.visibility.of_topic(slug).public}
    story_of = {each.id: settlement.stories.get(each.id, compared.slug(each.id)) for each in compared.originals}
    grouping = cluster.explain(compared.collection, compared.candidates, visible, story_of, shown)
    made = _made_labels(members, settlement.labels, shown, compared)
    rulings = curation.rulings.topics
    given = {slug: ruling.label for slug, ruling in rulings.items() if ruling.label and slug in members}
    seen = {slug: visible[slug] for slug in grouping.groups}
    sections = arrange(
        collection=compared.collection,
        index=compared.index,
        topics=seen,
        labels={**made, **given},
        settled=_settled_sections(compared),
        ruled={slug: ruling.section for slug, ruling in rulings.items() if ruling.section},
        shown=shown,
    )
    return Groups(
        places=places,
        labels={**made, **given},
        sections=sections,
        made={slug: made[slug] for slug in given if made[slug] not in {"", given[slug]}},
        quiet=standing.quiet - {topic_of[id_] for id_ in standing.fresh if id_ in topic_of},
        phrases=compared.phrases,
        index=compared.index,
        grouping=grouping,
        members=seen,
    )


def _compare(articles: Articles, curation: Curation, executor: Executor) -> _Comparison:
    by_id, public = articles.by_id, articles.public
    folded = duplicates.find_reprints(
        tuple(by_id.values()), _settled_reprints(articles), by_id.keys() - articles.public
    )
    reprint_of = _shown_reprints(folded, public)
    original_of = {id_: reprint_of.get(id_, id_) if id_ in public else folded.get(id_, id_) for id_ in by_id}
    originals = tuple(article for id_, article in by_id.items() if original_of[id_] == id_)
    candidates = {id_: study.candidates for id_, study in articles.studies.items()}
    phrases, index = _words(articles, candidates, public, curation.rulings.aliases)
    executor.start("Grouping into topics")
    return _Comparison(
        articles=articles,
        curation=curation,
        originals=originals,
        original_of=original_of,
        candidates=candidates,
        heard=public,
        phrases=phrases,
        index=index,
        # Lines that recur in many texts would make all that hold them alike.
        collection=cluster.collect(
            [articles.own[article.id] for article in originals],
            candidates,
            packed={id_: study.words for id_, study in articles.studies.items()},
        ),
    )


def _words(
    articles: Articles,
    candidates: Mapping[str, Sequence[Keyphrase]],
    public: Collection[str],
    aliases: Aliases,
) -> tuple[Mapping[str, Sequence[Keyphrase]], KeyphraseIndex]:
    """The keyphrases of all articles in the words of the public ones, and the index of these."""
    by_id, shown = articles.by_id, sorted(public)
    names = FullNames({id_: articles.studies[id_].surnames for id_ in shown}, aliases)
    phrases = extraction.select(candidates, by_id, names, public)
    packed = {id_: study.reading for id_, study in articles.studies.items()}
    return phrases, KeyphraseIndex(by_id, {id_: phrases[id_] for id_ in shown}, names, packed)


def _with_words_of(compared: _Comparison, public: frozenset[str]) -> _Comparison:
    """The same, in the words of no more than the public articles."""
    if public == compared.heard:
        return compared
    phrases, index = _words(compared.articles, compared.candidates, public, compared.curation.rulings.aliases)
    return replace(compared, heard=public, phrases=phrases, index=index)


def _going_under(compared: _Comparison, standing: _Standing, joined: Joined, there: Collection[str]) -> frozenset[str]:
    """The articles that stand in a hidden topic, as far as that can be told before new topics are made."""
    topics = {**standing.settled.topics, **joined.topics}
    into = resolved_merges(applicable_rulings(compared.curation.rulings, there))
    home = compared.moves(topics, there).applied(topics)
    topic_of = {id_: into.get(slug, slug) for id_, slug in home.items()}
    visibility = compared.articles.visibility
    hidden = {slug for slug in topic_of.values() if not visibility.of_topic(slug).public}
    return frozenset(id_ for id_, stands_for in compared.original_of.items() if topic_of.get(stands_for) in hidden)


def _settled_reprints(articles: Articles) -> dict[str, str | None]:
    """Which articles that editions have settled repeat which, and which repeat none."""
    claims = articles.claims
    at = {slug: id_ for id_, slug in claims.slugs.items()}
    settled: dict[str, str | None] = {}
    for id_ in sorted(claims.settled):
        link = claims.known[id_]
        if isinstance(link, ArticleLink) and link.opening and link.first:
            settled[id_] = at.get(link.repeats) if link.repeats else None
    return settled


def _shown_reprints(folded: Mapping[str, str], public: Collection[str]) -> dict[str, str]:
    """Reprint → original, both public; where the original is not, the first of its reprints takes its place."""
    instead: dict[str, str] = {}
    shown: dict[str, str] = {}
    for reprint in sorted(folded):
        original = folded[reprint]
        if reprint not in public:
            continue
        if original not in public:
            original = instead.setdefault(original, reprint)
        if original != reprint:
            shown[reprint] = original
    return shown


def _standing(compared: _Comparison, quiet_after: int) -> _Standing:
    """Which originals are newcomers, which are on the shelf, and what is settled."""
    articles, curation, claims = compared.articles, compared.curation, compared.articles.claims
    regrouped = _regrouped(articles, curation)
    fresh: set[str] = set()
    shelf: set[str] = set()
    topics: dict[str, str] = {}
    stories: dict[str, str] = {}
    outside = _founders_on_the_shelf(curation.ledger) if not curation.regroups(None) else frozenset()
    for article in compared.originals:
        id_ = article.id
        link = claims.known.get(id_) if id_ in claims.settled else None
        topic = _settled_topic(link)
        if topic is None and isinstance(link, ArticleLink) and {link.story, link.slug} & outside:
            stories[id_] = link.story or link.slug
        if topic is not None and topic not in regrouped:
            topics[id_] = topic
            stories[id_] = (link.story if link else None) or compared.slug(id_)
        elif id_ in articles.public:
            published = isinstance(link, ArticleLink) and link.first is not None
            (shelf if published and topic is None and not curation.regroups(None) else fresh).add(id_)
    latest = max(curation.ledger.editions(), default=curation.edition_day)
    return _Standing(
        settled=_Settlement(topics=topics, stories=stories, labels={}),
        fresh=frozenset(fresh),
        shelf=frozenset(shelf),
        quiet=_quiet(articles, topics, curation.edition_day if fresh else latest, quiet_after),
    )


def _settled_sections(compared: _Comparison) -> Settled:
    curation, known = compared.curation, compared.articles.claims.known
    links = {article.id: known.get(article.id) for article in compared.originals}
    return Settled(
        topics={
            slug: link.section
            for slug, link in curation.ledger.topics.items()
            if link.section and not curation.regroups(slug)
        },
        articles={
            id_: link.section
            for id_, link in links.items()
            if isinstance(link, ArticleLink) and link.section and not curation.regroups(None)
        },
    )


def _founders_on_the_shelf(ledger: Ledger) -> frozenset[str]:
    """The names of the stories that stand outside every topic."""
    return frozenset(link.story for link in ledger.articles.values() if link.story and link.settled is None)


def _regrouped(articles: Articles, curation: Curation) -> frozenset[str]:
    """The topics that are to be grouped anew: never one that is hidden, or that the curator keeps as it is."""
    kept = {slug for slug, ruling in curation.rulings.topics.items() if ruling.keep}
    return frozenset(
        slug
        for slug in curation.ledger.topics
        if curation.regroups(slug) and slug not in kept and articles.visibility.of_topic(slug).public
    )


def _settled_topic(link: ArticleLink | Withheld | None) -> str | None:
    if link is None:
        return None
    return link.settled if isinstance(link, ArticleLink) else link.topic


def _quiet(articles: Articles, topics: Mapping[str, str], today: date, quiet_after: int) -> frozenset[str]:
    """The settled topics to which nothing came for long: nothing that was first seen or published since."""
    if not quiet_after:
        return frozenset()
    last: dict[str, date] = {}
    for id_, topic in topics.items():
        link = articles.claims.known[id_]
        days = [articles.by_id[id_].published, link.first if isinstance(link, ArticleLink) else None]
        # A day that is still to come is a slip of the pen.
        came = max((day for day in days if day and day <= today), default=date.min)
        last[topic] = max(last.get(topic, date.min), came)
    return frozenset(topic for topic, day in last.items() if (today - day).days > quiet_after)


def _join(compared: _Comparison, standing: _Standing, moved: RuledPlacements) -> Joined:
    """Place newcomers into settled topics and stories."""
    curation, settled = compared.curation, standing.settled
    kept = {slug for slug, ruling in curation.rulings.topics.items() if ruling.keep}
    # Rulings on newcomers are applied later: where a newcomer is settled, no ruling on it has a say.
    home = {id_: topic for id_, topic in moved.applied(settled.topics).items() if id_ not in standing.fresh}
    shelf = standing.shelf.difference(moved)
    founded = {slug for slug, ruling in curation.rulings.topics.items() if creates_topic(ruling)}
    # A ruling that takes one article to another topic takes along none that is like it; one that founds a topic does.
    told = {
        id_: f"{home.get(id_, '')}/{settled.stories.get(id_, compared.slug(id_))}"
        for id_ in sorted({*home, *(shelf & settled.stories.keys())})
        if settled.topics.get(id_) in {None, home.get(id_)} or home[id_] in founded
    }
    known = compared.articles.claims.known
    return join(
        compared.collection,
        home,
        told,
        # What is to be grouped anew is grouped by the batch method, as if nothing had been settled.
        [id_ for id_ in standing.fresh if not curation.regroups(_settled_topic(known.get(id_)))],
        closed=standing.quiet | kept,
        taken_out={id_: topics for id_, topics in moved.taken_out.items() if id_ not in standing.fresh},
    )


def _settle(compared: _Comparison, standing: _Standing, moved: RuledPlacements, joined: Joined) -> _Settlement:
    """What was settled and what joined it; the rest of the newcomers with each other and the shelf, in new topics."""
    settled = standing.settled
    left = standing.fresh - joined.topics.keys()
    shelf = _near(left, standing.shelf.difference(moved), compared, settled.stories)
    known = {id_: f"/{settled.stories[id_]}" for id_ in shelf & settled.stories.keys()}
    outside = known | {id_: story for id_, story in joined.stories.items() if id_ in left}
    others = len(set(settled.topics.values()))
    found = (
        cluster.propose(compared.collection, left | shelf, outside, others=others)
        if left
        else cluster.Partition((), ())
    )
    new = [ids for ids in found.groups if not left.isdisjoint(ids) and labelling.is_held(ids, compared.index)]
    named, labels = _named(_kept_apart(new, compared), compared)
    topics = {**settled.topics, **joined.topics, **{id_: slug for slug, ids in named.items() for id_ in ids}}
    stories = {**settled.stories, **{id_: story.rpartition("/")[2] for id_, story in joined.stories.items()}}
    alone = cluster.stories_among(compared.collection, joined.topics.keys() - joined.stories.keys())
    parts = [part for ids in (*alone, *found.stories) for part in _parted(ids, topics, stories)]
    stories |= _named_stories(parts, compared.articles, frozenset(stories.values()))
    return _Settlement(topics=topics, stories=stories, labels=labels)


def _near(
    newcomers: Collection[str], shelf: Collection[str], compared: _Comparison, stories: Mapping[str, str]
) -> frozenset[str]:
    """What of the shelf a newcomer could be grouped with, stories whole; the rest is as it was left."""
    near = compared.collection.near(newcomers, shelf)
    told = {stories[id_] for id_ in near if id_ in stories}
    return near.union(id_ for id_ in shelf if stories.get(id_) in told)


def _parted(ids: Sequence[str], topics: Mapping[str, str], told: Collection[str]) -> list[tuple[str, ...]]:
    """The parts of a story by topic, without those that have a story already, and without one alone on the shelf."""
    parts: dict[str | None, list[str]] = {}
    for id_ in ids:
        if id_ not in told:
            parts.setdefault(topics.get(id_), []).append(id_)
    return [tuple(part) for topic, part in parts.items() if topic is not None or len(part) > 1]


def _named_stories(parts: Sequence[Sequence[str]], articles: Articles, taken: Collection[str]) -> dict[str, str]:
    """Article id → its story, by the slug of the article that founded it: the earliest that founded no other."""
    slugs, used = articles.claims.slugs, set(taken)

    def age(id_: str) -> tuple[date, str]:
        return articles.by_id[id_].published or date.max, slugs[id_]

    named: dict[str, str] = {}
    for part in sorted(parts, key=lambda ids: (-len(ids), min(slugs[id_] for id_ in ids))):
        before = Counter(story for id_ in part if (story := _story_before(id_, articles)) and story not in used)
        founders = [
            *sorted(before, key=lambda story: (-before[story], story)),
            *(slugs[id_] for id_ in sorted(part, key=age)),
        ]
        free = (slug for slug in founders if slug not in used)
        name = next(free, unique_slugs([(founders[0], founders[0])], reserved=used)[0])
        used.add(name)
        named |= dict.fromkeys(part, name)
    return named


def _story_before(id_: str, articles: Articles) -> str | None:
    link = articles.claims.known.get(id_)
    return link.story or (link.slug if link.topic else None) if isinstance(link, ArticleLink) else None


def _kept_apart(groups: Sequence[Sequence[str]], compared: _Comparison) -> list[tuple[str, ...]]:
    """The groups, with articles of topics that the curator keeps apart in groups of their own."""
    known, rulings = compared.articles.claims.known, compared.curation.rulings
    apart = {frozenset({slug, named.slug}) for slug, ruling in rulings.topics.items() for named in ruling.apart}
    if not apart:
        return [tuple(ids) for ids in groups]
    parted: list[tuple[str, ...]] = []
    for ids in groups:
        before = {id_: _settled_topic(known.get(id_)) for id_ in ids}
        counts = Counter(topic for topic in before.values() if topic)
        kept: list[str] = []
        for topic in sorted(counts, key=lambda slug: (-counts[slug], slug)):
            if not any(frozenset({topic, other}) in apart for other in kept):
                kept.append(topic)
        out = counts.keys() - set(kept)
        parted.append(tuple(id_ for id_ in ids if before[id_] not in out))
        parted += [tuple(id_ for id_ in ids if before[id_] == topic) for topic in sorted(out)]
    return parted


def _named(groups: Sequence[Sequence[str]], compared: _Comparison) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """New groups by the addresses of the topics that they are, and what the method calls each."""
    curation = compared.curation
    ledger, rulings = curation.ledger, curation.rulings
    ordered = sorted((tuple(ids) for ids in groups), key=lambda ids: (-len(ids), ids[0]))
    regrouped = Ledger(
        articles={
            slug: link for slug, link in ledger.articles.items() if link.settled and curation.regroups(link.settled)
        },
        topics=ledger.topics,
    )
    old = claim_topics(regrouped, [[compared.slug(id_) for id_ in ids] for ids in ordered])
    others = [link.label for slug, link in ledger.topics.items() if link.live and slug not in old and link.label]
    labels = labelling.label_groups(
        ordered,
        compared.index,
        former=["" if slug is None or slug not in ledger.topics else ledger.topics[slug].label for slug in old],
        given=[*others, *(ruling.label for ruling in rulings.topics.values() if ruling.label)],
    )
    new = [(name, ids[0]) for name, ids, slug in zip(labels, ordered, old, strict=True) if slug is None]
    founded = [slug for slug, ruling in rulings.topics.items() if creates_topic(ruling)]
    fresh = iter(unique_slugs(new, reserved=["index", *ledger.topics, *founded]))
    named = {slug or next(fresh): ids for slug, ids in zip(old, ordered, strict=True)}
    return named, dict(zip(named, labels, strict=True))


def _places(compared: _Comparison, settlement: _Settlement, topic_of: Mapping[str, str]) -> dict[str, Place]:
    """The place of every article; a reprint stands with what it repeats."""
    articles = compared.articles
    places: dict[str, Place] = {}
    for id_, article in articles.by_id.items():
        stands_for = compared.original_of[id_]
        topic, settled = topic_of.get(stands_for), settlement.topics.get(stands_for)
        places[id_] = Place(
            settled=settled,
            topic=topic,
            # Kept where a ruling takes it to the shelf: without the ruling, it is there again.
            story=settlement.stories.get(stands_for, compared.slug(stands_for) if topic or settled else None),
            repeats=stands_for if stands_for != id_ else None,
            verdict=articles.visibility.of_article(article, topic),
        )
    return places | _doubted(places, articles, compared.curation)


def _doubted(places: Mapping[str, Place], articles: Articles, curation: Curation) -> dict[str, Place]:
    """The places of what may be meant by a name that is to be hidden and that nothing has: nobody sees it yet."""
    ledger, claims = curation.ledger, articles.claims
    stands_in = {topic for place in places.values() for topic in (place.topic, place.settled) if topic}
    lost = unmatched_hides(
        curation.rulings,
        {*claims.slugs.values(), *ledger.articles, *ledger.withheld_names(curation.rulings.articles)},
        ledger.topics.keys() | stands_in,
        curation.day,
    )
    unseen = {id_: claims.slugs[id_] for id_ in sorted(places) if not _seen(claims.known.get(id_))}
    new_topics = {topic: topic for topic in sorted(stands_in) if topic not in ledger.topics}
    meant: dict[str, SlugRef] = {}
    # Where nothing is spelled alike, nobody knows what was to be hidden, and all that is new waits.
    for named in lost.articles:
        meant |= dict.fromkeys(similar_slugs(named, unseen) or unseen, named)
    for named in lost.topics:
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


def _made_labels(
    members: Mapping[str, Sequence[str]], new: Mapping[str, str], shown: Collection[str], compared: _Comparison
) -> dict[str, str]:
    """What the method calls each topic: what was just made, else what it was settled as."""
    curation = compared.curation
    labels = {slug: link.made or link.label for slug, link in curation.ledger.topics.items() if slug in members}
    labels |= {slug: text for slug, text in new.items() if slug in members}
    given = [ruling.label for ruling in curation.rulings.topics.values() if ruling.label]
    for slug in sorted(members):
        seen = [id_ for id_ in members[slug] if id_ in shown]
        if not labels.get(slug) and seen:
            taken = [text for text in labels.values() if text]
            (labels[slug],) = labelling.label_groups([seen], compared.index, given=[*taken, *given])
    return {slug: labels.get(slug, "") for slug in members}
