"""Assign addresses: articles keep theirs through edits, splits and joins; withheld texts are recognised."""

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
    sketch_within,
    sketch_without,
    sketched_runs,
    split_marks,
    text_of,
)
from digestgen.curate.ledger.ledger import ArticleLink, Ledger, Withheld
from digestgen.model import Article
from digestgen.seed_kinds import SeedKind, kind_of_seed

_LEAST_SHARE = 5 / 12
"""Share of an article's sketch that must be in another text for it to count as the same article.

Texts that only share a subject have almost none of it in common; a text that is half rewritten keeps about half."""
_FEWEST_RUNS = 2
"""Runs that a text must share with a sketch (unless it has only one): a single one may be shared by chance."""
_MOST_HOLDERS = 4
"""Number of articles up to which a run identifies a text; a run in more of them is boilerplate."""
_NEARLY_ALL = 3 / 4
"""Share of a sketch that identifies its text even if all its runs are boilerplate."""
_LEAST_PIECE = 0.5
"""Share of a text's marks that must be in a withheld text for it to count as a piece of that."""
_LEAST_OVERLAP = 0.5
"""Share of a topic's articles, or of a group's, that the other must contain for both to be the same topic."""
_SPLIT_BY_GUESS = (SeedKind.TEXT, SeedKind.MARKDOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """Addresses of the articles of a build, and what became of addresses that no article has any more."""

    slugs: Mapping[str, str]
    """Article id → slug, for every article."""
    known: Mapping[str, ArticleLink | Withheld]
    """Article id → its entry in the ledger, for articles that have one."""
    settled: frozenset[str]
    """Ids of known articles whose text is unchanged except for small edits."""
    holds: Mapping[str, tuple[ArticleLink | Withheld, ...]]
    """Article id → withdrawn or withheld texts that it contains, whole or in part."""
    sketches: Mapping[str, str]
    """Article id → sketch of its text, for every article."""
    moved: Mapping[str, str]
    """Slug of a gone article → slug of the article that contains its text now."""
    kept: Mapping[str, str]
    """Slug of a gone article → part of its sketch found there, by which later builds check that it still is."""
    lost: tuple[str, ...]
    """Sorted slugs of articles whose text is nowhere any more; some were redirected to an article that contained it."""


def claim_articles(
    ledger: Ledger,
    articles: Sequence[Article],
    named: Collection[str] = (),
    fingerprints: Mapping[str, Fingerprint] | None = None,
) -> Claims:
    """Assign an address, existing or new, to each article, in seed order.

    An article is recognised by its id, and after an edit by its text: the address of a gone article goes to the new
    article that keeps its title or opening, or else contains most of its text. Otherwise it redirects to the existing
    article that contains the text (as when two were joined), as long as that does. An address that the curator
    redirected stays so. A new address is made from the title and was never used for another text. Withdrawn and
    withheld texts are recognised wherever a part of them appears, so neither an edit nor another split can bring them
    back.

    ``named`` are slugs by which a curator may refer to withheld articles, ``fingerprints`` those of all texts by id, if
    already computed.
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
    heirs = [pair for links in (by_own, whole) for pair in _successor_pairs(links, articles, new, runs)]
    holders = [pair for links in (by_own, whole) for pair in _holder_pairs(links, articles, runs)]
    led_away = {link.slug for link in gone if link.to is not None}
    slugs |= _inherited_slugs([pair for pair in (*heirs, *holders) if pair[0] not in led_away], slugs)
    # Only after that: a text that was joined to another must not take over the other's address.
    home = {slug_: id_ for id_, slug_ in slugs.items()}
    at_home = {link.slug for link in gone if link.to in home and _still_recognised(link, runs[home[link.to]])}
    back = [*heirs, *(pair for pair in holders if pair[0] not in at_home)]
    slugs |= _inherited_slugs([pair for pair in back if pair[0] in led_away], slugs)
    withheld = _withheld(ledger, [article for article in articles if article.id not in slugs], runs)
    slugs |= _new_slugs(ledger, [article for article in articles if article.id not in slugs], withheld, named)
    known: dict[str, ArticleLink | Withheld] = {
        id_: ledger.articles[slug_] for id_, slug_ in slugs.items() if slug_ in ledger.articles
    }
    moved, lost = _redirect_targets(gone, [*heirs, *holders], slugs, runs)
    known |= withheld
    sketches = {id_: found.sketch for id_, found in fingerprints.items()}
    doubted = [article for article in articles if not _is_published_verbatim(article, known, sketches)]
    return Claims(
        slugs={article.id: slugs[article.id] for article in articles},
        known=known,
        settled=frozenset(
            id_ for id_, link in known.items() if not _is_led_away(link) and _still_recognised(link, runs[id_])
        ),
        holds=_withdrawn_parts(ledger, doubted, known, runs),
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
    """Runs of each text, unpacked from its fingerprint on demand."""

    def __init__(self, fingerprints: Mapping[str, Fingerprint]) -> None:
        self._fingerprints = fingerprints

    def __getitem__(self, id_: str) -> frozenset[int]:
        return self._fingerprints[id_].runs

    def __iter__(self) -> Iterator[str]:
        return iter(self._fingerprints)

    def __len__(self) -> int:
        return len(self._fingerprints)


def _own_texts(ledger: Ledger) -> dict[str, str]:
    """Slug → sketch of what a live article has besides the texts joined to it, if there are such.

    If those texts are removed again, the rest is still that article, however short. The difference is exact: the sketch
    of two joined texts contains nothing that is in neither sketch.
    """
    joined: dict[str, set[int]] = {}
    for link in ledger.articles.values():
        if link.to is not None and link.text:
            joined.setdefault(link.to, set()).update(sketched_runs(link.text))
    whole = {slug: ledger.articles[slug] for slug in joined if slug in ledger.articles}
    own = {slug: sketch_without(link.text, joined[slug]) for slug, link in whole.items() if link.live}
    return {slug: text for slug, text in own.items() if text}


def _inherited_slugs(pairs: Sequence[tuple[str, str]], slugs: Mapping[str, str]) -> dict[str, str]:
    """Article id → slug of a gone article, for articles without an address in ``slugs``; the first pair wins."""
    taken, found = set(slugs.values()), dict[str, str]()
    for old, id_ in pairs:
        if old not in taken and id_ not in slugs and id_ not in found:
            found[id_] = old
            taken.add(old)
    return found


def _redirect_targets(
    gone: Sequence[ArticleLink],
    holders: Sequence[tuple[str, str]],
    slugs: Mapping[str, str],
    runs: Mapping[str, frozenset[int]],
) -> tuple[dict[str, str], tuple[str, ...]]:
    """For addresses without article: slug → id of the article that contains the text, and slugs for which none does.

    An existing redirect stays while its text is there. If its target is gone too, it follows that.
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
        if _still_recognised(link, runs[leads_to]):
            moved[link.slug] = leads_to
        elif link.slug in best:
            moved[link.slug] = best[link.slug]
        else:
            lost.add(link.slug)
    return moved, tuple(sorted(lost))


def _still_recognised(link: ArticleLink | Withheld, runs: frozenset[int]) -> bool:
    """Whether enough of a text is in another one to be the same text, or to be contained in it."""
    return _share_found(link.text, runs) >= _LEAST_SHARE


def _is_led_away(link: ArticleLink | Withheld) -> bool:
    """Whether its address redirects to another article."""
    return isinstance(link, ArticleLink) and link.to is not None


def _share_found(sketched: str, runs: frozenset[int]) -> float:
    """Share of a sketch's runs that are in a text."""
    sampled = sketched_runs(sketched)
    return sum(run in runs for run in sampled) / len(sampled) if sampled else 0.0


def _successor_pairs(
    gone: Sequence[ArticleLink],
    articles: Sequence[Article],
    new: Sequence[Article],
    runs: Mapping[str, frozenset[int]],
) -> list[tuple[str, str]]:
    """(slug, article id) for each gone article and each article that continues its title or opening.

    Most of its text must be in that article or anywhere in what is ``new``. A short part may contain no run of the
    sketch; then it must have the opening and come from the same seed. Titles and openings shared by many articles are
    boilerplate and do not count.
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
        found_in_new = _share_found(link.text, all_new) >= _LEAST_SHARE
        signs_of = Counter(id_ for kept in (opened, titled) if len(kept) <= _MOST_HOLDERS for id_ in kept)
        for id_, signs in signs_of.items():
            share = _share_found(link.text, runs[id_])
            part = found_in_new and (share or (id_ in opened and seed_of[id_] == link.seed))
            if part or share >= _LEAST_SHARE:
                heirs.append((-signs, -share, link.slug, id_))
    return [(old, id_) for _, _, old, id_ in sorted(heirs)]


def _withheld(
    ledger: Ledger, articles: Sequence[Article], runs: Mapping[str, frozenset[int]]
) -> dict[str, ArticleLink | Withheld]:
    """Articles without address that were withheld before, recognised by id or by most of their text."""
    known: dict[str, ArticleLink | Withheld] = {
        article.id: ledger.withheld[article.id] for article in articles if article.id in ledger.withheld
    }
    taken = {link.id for link in known.values()}
    left = [link for id_, link in ledger.withheld.items() if id_ not in taken]
    unknown = [article for article in articles if article.id not in known]
    for old, id_ in _holder_pairs(left, unknown, runs):
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
    """New addresses, first for withheld articles, under the name that the curator uses for them if any."""
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


def _withdrawn_parts(
    ledger: Ledger,
    doubted: Sequence[Article],
    known: Mapping[str, ArticleLink | Withheld],
    runs: Mapping[str, frozenset[int]],
) -> dict[str, tuple[ArticleLink | Withheld, ...]]:
    """For each ``doubted`` article, the withdrawn or withheld texts that it contains.

    A text that readers have seen verbatim contains none. Another text does if it contains much of one, or is mostly a
    piece of one, or shares eight consecutive words with one from the same seed, whose lines may be split differently.
    """
    links: list[ArticleLink | Withheld] = [link for link in ledger.articles.values() if link.withdrawn]
    links += ledger.withheld.values()
    if not links:
        return {}
    found: dict[str, set[ArticleLink | Withheld]] = {article.id: set() for article in doubted}
    for kind in (ArticleLink, Withheld):
        of_kind = {link.key: link for link in links if isinstance(link, kind)}
        for key, id_ in _holder_pairs(list(of_kind.values()), doubted, runs):
            found[id_].add(of_kind[key])
    by_mark: dict[str, list[ArticleLink | Withheld]] = {}
    for link in links:
        for mark in split_marks(link.marks):
            by_mark.setdefault(mark, []).append(link)
    for article in doubted:
        if (own := known.get(article.id)) and (isinstance(own, Withheld) or own.withdrawn):
            found[article.id].add(own)
        own_marks = marks(text_of(article))
        split_by_guess = is_split_by_guess(article.seed)
        for link, count in Counter(link for mark in own_marks for link in by_mark.get(mark, ())).items():
            if count >= _LEAST_PIECE * len(own_marks) or (split_by_guess and link.seed == article.seed):
                found[article.id].add(link)
    return {id_: tuple(sorted(held, key=lambda link: link.key)) for id_, held in found.items() if held}


def _is_published_verbatim(
    article: Article, known: Mapping[str, ArticleLink | Withheld], sketches: Mapping[str, str]
) -> bool:
    """Whether an article was published verbatim, judging by id and fingerprint."""
    link = known.get(article.id)
    published = isinstance(link, ArticleLink) and link.live and link.first is not None
    return published and link is not None and link.id == article.id and link.text == sketches[article.id]


def is_split_by_guess(seed: str) -> bool:
    """Whether the same lines of a seed may be split differently next time."""
    return kind_of_seed(seed) in _SPLIT_BY_GUESS


def claim_topics(ledger: Ledger, groups: Sequence[Sequence[str]]) -> tuple[str | None, ...]:
    """For each group of article slugs in a regrouping, the slug of the topic that it continues, or None if it is new.

    Groups and old topics are matched so that as many articles as possible keep their topic (optimal assignment, Kuhn
    1955). A pair must share half of the smaller side, counting articles that both editions have. The comparison uses
    topics as proposed by the method, so rulings do not affect it.
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
    # Ties are broken by similarity (F1), which adds up to less than one article.
    likeness = np.where(same, shared + shared / (old + known) / len(groups), 0)
    # Takes a third of a second to import, and most commands do not need it.
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415

    claimed: list[str | None] = [None] * len(groups)
    for row, column in zip(*linear_sum_assignment(likeness, maximize=True), strict=True):
        if same[row, column]:
            claimed[column] = topics[row]
    return tuple(claimed)


def _holder_pairs(
    gone: Sequence[ArticleLink | Withheld], articles: Sequence[Article], runs_of: Mapping[str, frozenset[int]]
) -> list[tuple[str, str]]:
    """(key, article id) for each gone text and each article that contains enough of it, largest share first."""
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
