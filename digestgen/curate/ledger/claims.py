"""Which address belongs to what: articles keep theirs through edits, splits and joins, and a withheld text is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from digestgen import slugs as addresses
from digestgen.curate.ledger.fingerprint import (
    Fingerprint,
    address_of,
    marks,
    opening,
    parted_marks,
    sketch_within,
    sketch_without,
    sketched_runs,
    text_of,
)
from digestgen.curate.ledger.ledger import ArticleLink, Ledger, Withheld
from digestgen.model import Article
from digestgen.seed_kinds import SeedKind, kind_of_seed

_LEAST_SHARE = 5 / 12
"""Of an article's sketch, what must stand in another text for that to be the article still.

Two texts that only share a subject have next to none of it in common; a text rewritten by half has about a half."""
_FEWEST_RUNS = 2
"""Runs that a text must share with a sketch, unless it has but one: a single one may be shared by chance."""
_MOST_HOLDERS = 4
"""Articles that may hold a run for it to be a sign of a text: what stands in more is a formula."""
_NEARLY_ALL = 3 / 4
"""Of a sketch, what is a sign of its text even where all of it is formulas."""
_LEAST_PIECE = 0.5
"""Of a text's marks, what must be of a withheld text for it to be a piece of that."""
_LEAST_OVERLAP = 0.5
"""Of a topic's articles or of a group's, what the other must hold for the group to be that topic still."""
_PARTED_BY_GUESS = (SeedKind.TEXT, SeedKind.MARKDOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """The addresses of the articles of a build, and what became of those that no article has any more."""

    slugs: Mapping[str, str]
    """Article id → slug, for every article."""
    known: Mapping[str, ArticleLink | Withheld]
    """Article id → what the ledger has of it, for every article that it knows."""
    settled: frozenset[str]
    """Ids of those among them whose text is, but for small edits, as it was."""
    holds: Mapping[str, tuple[ArticleLink | Withheld, ...]]
    """Article id → what was withdrawn or withheld and stands in it, whole or in part."""
    sketches: Mapping[str, str]
    """Article id → the sketch of its text, for every article."""
    moved: Mapping[str, str]
    """Slug of an article that is gone → slug of the article that holds its text now."""
    kept: Mapping[str, str]
    """The same → what of its sketch stands there: by this a later build knows whether it still does."""
    lost: tuple[str, ...]
    """Slugs of articles whose text is nowhere any more, sorted; some may have led to an article that held it."""


def claim_articles(
    ledger: Ledger,
    articles: Sequence[Article],
    named: Collection[str] = (),
    fingerprints: Mapping[str, Fingerprint] | None = None,
) -> Claims:
    """The address of each article, in seed order: its own of old, or a new one.

    An article is known by its id, and after an edit by its text: the address of an article that is gone goes to the
    new article that keeps its title or opening, or else holds most of it. Failing that, it leads to the old one that
    does (when two were joined, say), for as long as that does; where the curator sent it, it stays. A new address is
    made of the title and is none that was ever used for another text. What was withdrawn or withheld is known again
    too, wherever a part of it stands: neither an edit nor another split may bring it back. ``named`` are slugs that a
    curator may mean by a withheld article, ``fingerprints`` those of all texts by id, where they are known.
    """
    at = {link.id: link.slug for link in sorted(ledger.articles.values(), key=lambda link: link.live)}
    slugs = {article.id: at[article.id] for article in articles if article.id in at}
    claimed = set(slugs.values())
    gone = [link for slug_, link in ledger.articles.items() if slug_ not in claimed and (link.live or link.text)]
    fingerprints = fingerprints or {article.id: Fingerprint.of(article) for article in articles}
    runs = _Runs(fingerprints)
    new = [article for article in articles if article.id not in slugs]
    own = _own_texts(ledger)
    by_own = [replace(link, text=own.get(link.slug, link.text)) for link in gone]
    whole = [link for link in gone if link.slug in own]
    heirs = [pair for links in (by_own, whole) for pair in _heirs(links, articles, new, runs)]
    holders = [pair for links in (by_own, whole) for pair in _holders(links, articles, runs)]
    led_away = {link.slug for link in gone if link.to is not None}
    slugs |= _taken_over([pair for pair in (*heirs, *holders) if pair[0] not in led_away], slugs)
    # Only then: what was joined with another text must not take the address of that one.
    home = {slug_: id_ for id_, slug_ in slugs.items()}
    at_home = {link.slug for link in gone if link.to in home and _stands(link, runs[home[link.to]])}
    back = [*heirs, *(pair for pair in holders if pair[0] not in at_home)]
    slugs |= _taken_over([pair for pair in back if pair[0] in led_away], slugs)
    withheld = _withheld(ledger, [article for article in articles if article.id not in slugs], runs)
    slugs |= _new_slugs(ledger, [article for article in articles if article.id not in slugs], withheld, named)
    known: dict[str, ArticleLink | Withheld] = {
        id_: ledger.articles[slug_] for id_, slug_ in slugs.items() if slug_ in ledger.articles
    }
    moved, lost = _whereabouts(gone, [*heirs, *holders], slugs, runs)
    known |= withheld
    sketches = {id_: found.sketch for id_, found in fingerprints.items()}
    doubted = [article for article in articles if not _as_readers_saw_it(article, known, sketches)]
    return Claims(
        slugs={article.id: slugs[article.id] for article in articles},
        known=known,
        settled=frozenset(id_ for id_, link in known.items() if not _is_led_away(link) and _stands(link, runs[id_])),
        holds=_held_back(ledger, doubted, known, runs),
        sketches=sketches,
        moved={old: slugs[id_] for old, id_ in moved.items()},
        kept={
            link.slug: sketch_within(own.get(link.slug, ""), runs[moved[link.slug]])
            or sketch_within(link.text, runs[moved[link.slug]])
            for link in gone
            if link.slug in moved
        },
        lost=lost,
    )


class _Runs(Mapping[str, frozenset[int]]):
    """The runs of each text, taken out of its fingerprint when they are asked for."""

    def __init__(self, fingerprints: Mapping[str, Fingerprint]) -> None:
        self._fingerprints = fingerprints

    def __getitem__(self, id_: str) -> frozenset[int]:
        return self._fingerprints[id_].runs

    def __iter__(self) -> Iterator[str]:
        return iter(self._fingerprints)

    def __len__(self) -> int:
        return len(self._fingerprints)


def _own_texts(ledger: Ledger) -> dict[str, str]:
    """Slug → sketch of what a living article has beside the texts that were joined with it, for those that have more.

    Should these be taken out again, what is left is the article still, however little it is. The difference is exact:
    the sketch of two texts together holds nothing that is in neither of theirs.
    """
    joined: dict[str, set[int]] = {}
    for link in ledger.articles.values():
        if link.to is not None and link.text:
            joined.setdefault(link.to, set()).update(sketched_runs(link.text))
    whole = {slug: ledger.articles[slug] for slug in joined if slug in ledger.articles}
    own = {slug: sketch_without(link.text, joined[slug]) for slug, link in whole.items() if link.live}
    return {slug: text for slug, text in own.items() if text}


def _taken_over(pairs: Sequence[tuple[str, str]], slugs: Mapping[str, str]) -> dict[str, str]:
    """Article id → slug of one that is gone, for each article that has none in ``slugs``: the first pair counts."""
    taken, found = set(slugs.values()), dict[str, str]()
    for old, id_ in pairs:
        if old not in taken and id_ not in slugs and id_ not in found:
            found[id_] = old
            taken.add(old)
    return found


def _whereabouts(
    gone: Sequence[ArticleLink],
    holders: Sequence[tuple[str, str]],
    slugs: Mapping[str, str],
    runs: Mapping[str, frozenset[int]],
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Of addresses that no article has now: slug → id of the article that holds the text, and those of which none does.

    One that leads elsewhere already goes on leading there while its text is there. Where what it leads to is gone
    itself, it shares the fate of that.
    """
    at = {slug_: id_ for id_, slug_ in slugs.items()}
    best: dict[str, str] = {}
    for old, id_ in holders:
        best.setdefault(old, id_)
    left = [link for link in gone if link.slug not in at and not link.withdrawn]
    moved = {link.slug: best[link.slug] for link in left if link.live and link.slug in best}
    lost = {link.slug for link in left if link.live} - moved.keys()
    for link in left:
        leads_to = at.get(link.to, moved.get(link.to)) if link.to is not None else None
        if leads_to is None:
            continue
        if _stands(link, runs[leads_to]):
            moved[link.slug] = leads_to
        elif link.slug in best:
            moved[link.slug] = best[link.slug]
        else:
            lost.add(link.slug)
    return moved, tuple(sorted(lost))


def _stands(link: ArticleLink | Withheld, runs: frozenset[int]) -> bool:
    """Whether enough of a text stands in another for that to be the same still, or to hold it."""
    return _shares(link.text, runs) >= _LEAST_SHARE


def _is_led_away(link: ArticleLink | Withheld) -> bool:
    """Whether its address leads to another article."""
    return isinstance(link, ArticleLink) and link.to is not None


def _shares(sketched: str, runs: frozenset[int]) -> float:
    """The share of a sketch that stands in a text."""
    sampled = sketched_runs(sketched)
    return sum(run in runs for run in sampled) / len(sampled) if sampled else 0.0


def _heirs(
    gone: Sequence[ArticleLink],
    articles: Sequence[Article],
    new: Sequence[Article],
    runs: Mapping[str, frozenset[int]],
) -> list[tuple[str, str]]:
    """(slug, article id) of each article that is gone and each part of it that keeps its title or its opening.

    Most of its text must stand somewhere in that part or in what is ``new``. A short part may hold no run of the
    sketch: then it must have the opening, and be of the same seed. What many articles have is a formula, and no sign.
    """
    if not gone:
        return []
    by_opening: dict[str, list[str]] = {}
    by_slug: dict[str, list[str]] = {}
    seed_of = {article.id: article.seed for article in articles}
    for article in articles:
        by_opening.setdefault(opening(text_of(article)), []).append(article.id)
        by_slug.setdefault(addresses.slug(article.title), []).append(article.id)
    all_new = frozenset(run for article in new for run in runs[article.id])
    heirs: list[tuple[int, float, str, str]] = []
    for link in gone:
        opened, titled = by_opening.get(link.opening, []), by_slug.get(link.slug, [])
        parted = _shares(link.text, all_new) >= _LEAST_SHARE
        signs_of = Counter(id_ for kept in (opened, titled) if len(kept) <= _MOST_HOLDERS for id_ in kept)
        for id_, signs in signs_of.items():
            share = _shares(link.text, runs[id_])
            part = parted and (share or (id_ in opened and seed_of[id_] == link.seed))
            if part or share >= _LEAST_SHARE:
                heirs.append((-signs, -share, link.slug, id_))
    return [(old, id_) for _, _, old, id_ in sorted(heirs)]


def _withheld(
    ledger: Ledger, articles: Sequence[Article], runs: Mapping[str, frozenset[int]]
) -> dict[str, ArticleLink | Withheld]:
    """Of articles without an address, those that were withheld before: by their ids, or by most of their text."""
    known: dict[str, ArticleLink | Withheld] = {
        article.id: ledger.withheld[article.id] for article in articles if article.id in ledger.withheld
    }
    taken = {link.id for link in known.values()}
    left = [link for id_, link in ledger.withheld.items() if id_ not in taken]
    unknown = [article for article in articles if article.id not in known]
    for old, id_ in _holders(left, unknown, runs):
        if old not in taken and id_ not in known:
            known[id_] = ledger.withheld[old]
            taken.add(old)
    return known


def _new_slugs(
    ledger: Ledger,
    articles: Sequence[Article],
    withheld: Mapping[str, ArticleLink | Withheld],
    named: Collection[str],
) -> dict[str, str]:
    """New addresses: first for what was withheld, by the name that a curator knows it by, if any."""
    by_address = {address_of(name): name for name in named}
    given: dict[str, str] = {}
    for article in articles:
        link = withheld.get(article.id)
        name = by_address.get(link.address) if isinstance(link, Withheld) else None
        if name is not None and name not in ledger.articles and name not in given.values():
            given[article.id] = name
    rest = sorted(
        (article for article in articles if article.id not in given), key=lambda each: each.id not in withheld
    )
    reserved = ["index", *ledger.articles, *given.values()]
    fresh = addresses.unique_slugs([(article.title, article.id) for article in rest], reserved=reserved)
    return given | {article.id: name for article, name in zip(rest, fresh, strict=True)}


def _held_back(
    ledger: Ledger,
    doubted: Sequence[Article],
    known: Mapping[str, ArticleLink | Withheld],
    runs: Mapping[str, frozenset[int]],
) -> dict[str, tuple[ArticleLink | Withheld, ...]]:
    """For each article that is ``doubted``, what was withdrawn or withheld and stands in it.

    A text that readers have seen as it is holds none. Another does when it has much of one, when it is mostly a piece
    of one, or when it has eight words in a row of one and is of the same seed, whose lines may be parted otherwise.
    """
    links: list[ArticleLink | Withheld] = [link for link in ledger.articles.values() if link.withdrawn]
    links += ledger.withheld.values()
    if not links:
        return {}
    found: dict[str, set[ArticleLink | Withheld]] = {article.id: set() for article in doubted}
    for kind in (ArticleLink, Withheld):
        of_kind = {link.key: link for link in links if isinstance(link, kind)}
        for key, id_ in _holders(list(of_kind.values()), doubted, runs):
            found[id_].add(of_kind[key])
    by_mark: dict[str, list[ArticleLink | Withheld]] = {}
    for link in links:
        for mark in parted_marks(link.marks):
            by_mark.setdefault(mark, []).append(link)
    for article in doubted:
        if (own := known.get(article.id)) and (isinstance(own, Withheld) or own.withdrawn):
            found[article.id].add(own)
        said = marks(text_of(article))
        parted = parted_by_guess(article.seed)
        for link, count in Counter(link for mark in said for link in by_mark.get(mark, ())).items():
            if count >= _LEAST_PIECE * len(said) or (parted and link.seed == article.seed):
                found[article.id].add(link)
    return {id_: tuple(sorted(held, key=lambda link: link.key)) for id_, held in found.items() if held}


def _as_readers_saw_it(
    article: Article, known: Mapping[str, ArticleLink | Withheld], sketches: Mapping[str, str]
) -> bool:
    """Whether an article is public, word for word, as far as its id and fingerprint tell."""
    link = known.get(article.id)
    published = isinstance(link, ArticleLink) and link.live and link.first is not None
    return published and link is not None and link.id == article.id and link.text == sketches[article.id]


def parted_by_guess(seed: str) -> bool:
    """Whether the same lines of a seed may be parted otherwise next time."""
    return kind_of_seed(seed) in _PARTED_BY_GUESS


def claim_topics(ledger: Ledger, groups: Sequence[Sequence[str]]) -> tuple[str | None, ...]:
    """For each group of article slugs in a regrouping, the slug of the topic that it is, or None where it is new.

    The groups and the old topics are paired so that as many articles as possible keep their topic (optimal
    assignment, Kuhn 1955), among pairs of which half of either side, as far as both editions have it, is in the other.
    What the machine proposed is compared with what it proposed then: a ruling changes neither.
    """
    before: dict[str, set[str]] = {}
    present = {slug for group in groups for slug in group}
    for slug, link in ledger.articles.items():
        topic = link.settled
        if topic is not None and slug in present:
            before.setdefault(topic, set()).add(slug)
    if not before or not groups:
        return (None,) * len(groups)
    topics = sorted(before)
    number = {topic: row for row, topic in enumerate(topics)}
    topic_of = {slug: number[topic] for topic, slugs in before.items() for slug in slugs}
    shared = np.zeros((len(topics), len(groups)))
    for column, group in enumerate(groups):
        for slug in group:
            if slug in topic_of:
                shared[topic_of[slug], column] += 1
    old = np.array([len(before[topic]) for topic in topics])[:, np.newaxis]
    known = np.maximum([sum(slug in ledger.articles for slug in group) for group in groups], 1)[np.newaxis, :]
    same = (shared > 0) & (shared >= _LEAST_OVERLAP * np.minimum(old, known))
    # Of pairs that share equally much, the more alike count (F1); together that is less than one article.
    likeness = np.where(same, shared + shared / (old + known) / len(groups), 0)
    # A third of a second to load, which most commands have no use for.
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415

    claimed: list[str | None] = [None] * len(groups)
    for row, column in zip(*linear_sum_assignment(likeness, maximize=True), strict=True):
        if same[row, column]:
            claimed[column] = topics[row]
    return tuple(claimed)


def _holders(
    gone: Sequence[ArticleLink | Withheld], articles: Sequence[Article], runs_of: Mapping[str, frozenset[int]]
) -> list[tuple[str, str]]:
    """(key, article id) of each that is gone and each that holds enough of its text, those that hold most first."""
    sketched = {link.key: sketched_runs(link.text) for link in gone if link.text}
    wanted: dict[int, list[str]] = {}
    for key, sampled in sketched.items():
        for run in sampled:
            wanted.setdefault(run, []).append(key)
    if not wanted:
        return []
    texts = ((article.id, runs_of[article.id]) for article in articles)
    held_by = [(id_, runs & wanted.keys(), min(_FEWEST_RUNS, len(runs))) for id_, runs in texts]
    holders = Counter(run for _, runs, _ in held_by for run in runs)
    found: list[tuple[float, str, str]] = []
    for id_, runs, fewest in held_by:
        held = Counter(key for run in runs for key in wanted[run])
        telling = Counter(key for run in runs if holders[run] <= _MOST_HOLDERS for key in wanted[run])
        for key, count in held.items():
            size = len(sketched[key])
            if count >= fewest and (telling[key] >= _LEAST_SHARE * size or count >= _NEARLY_ALL * size):
                found.append((-count / size, key, id_))
    return [(key, holder) for _, key, holder in sorted(found)]
