"""Which address belongs to what: articles and topics keep theirs through edits, regrouping and relabelling."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from digestgen.curate.ledger import ArticleLink, Ledger
from digestgen.curate.sketch import runs_of, sketched_runs
from digestgen.model import Article
from digestgen.slugs import unique_slugs

_LEAST_SHARE = 5 / 12
"""Of an article's sketch, what must stand in another text for that to be the article still.

Two texts that only share a subject have next to none of it in common; a text rewritten by half has about a half."""
_FEWEST_RUNS = 2
"""Runs that a text must share with a sketch, unless it has but one: a single one may be shared by chance."""
_MOST_HOLDERS = 4
"""Articles that may hold a run for it to be a sign of a text: what stands in more is a formula."""
_NEARLY_ALL = 3 / 4
"""Of a sketch, what is a sign of its text even where all of it is formulas."""
_LEAST_OVERLAP = 0.5
"""Of a topic's articles or of a group's, what the other must hold for the group to be that topic still."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """The addresses of the articles of a build, and what became of those that no article has any more."""

    slugs: Mapping[str, str]
    """Article id → slug, for every article."""
    moved: Mapping[str, str]
    """Slug of an article that is gone → slug of the article that holds its text now."""
    lost: tuple[str, ...]
    """Slugs of articles whose text is nowhere any more, sorted."""


def claim_articles(ledger: Ledger, articles: Sequence[Article]) -> Claims:
    """The address of each article, in seed order: its own of old, or a new one.

    An article is known by its id, and after an edit by its text: the address of an article that is gone goes to the
    new article that holds most of it. Failing that, it leads to the old one that does (when two were joined, say).
    A new address is made of the title and is none that was ever used for another text. What the curator hides is
    known again too: an edit must not bring it back under another address.
    """
    at = {link.id: link.slug for link in sorted(ledger.articles.values(), key=lambda link: link.live)}
    slugs = {article.id: at[article.id] for article in articles if article.id in at}
    claimed = set(slugs.values())
    gone = [link for slug, link in ledger.articles.items() if slug not in claimed and (link.live or link.text)]
    holders = _holders(gone, articles)
    for old, held_by in holders:
        if old not in claimed and held_by not in slugs:
            slugs[held_by] = old
            claimed.add(old)
    new = [article for article in articles if article.id not in slugs]
    names = [(article.title, article.id) for article in new]
    slugs |= zip(
        (article.id for article in new), unique_slugs(names, reserved=["index", *ledger.articles]), strict=True
    )
    ended = {link.slug for link in gone if link.live and link.slug not in claimed}
    moved: dict[str, str] = {}
    for old, held_by in holders:
        if old in ended:
            moved.setdefault(old, slugs[held_by])
    return Claims(
        slugs={article.id: slugs[article.id] for article in articles},
        moved=moved,
        lost=tuple(sorted(ended - moved.keys())),
    )


def claim_topics(ledger: Ledger, groups: Sequence[Sequence[str]]) -> tuple[str | None, ...]:
    """For each group of article slugs, the slug of the topic that it is, or None where it is a new one.

    The groups and the old topics are paired so that as many articles as possible keep their topic (optimal
    assignment, Kuhn 1955), among pairs of which half of either side, as far as both editions have it, is in the other.
    What the machine proposed is compared with what it proposed then: a ruling changes neither.
    """
    before: dict[str, set[str]] = {}
    present = {slug for group in groups for slug in group}
    for slug, link in ledger.articles.items():
        topic = link.proposed or link.topic
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
    claimed: list[str | None] = [None] * len(groups)
    for row, column in zip(*linear_sum_assignment(likeness, maximize=True), strict=True):
        if same[row, column]:
            claimed[column] = topics[row]
    return tuple(claimed)


def _holders(gone: Sequence[ArticleLink], articles: Sequence[Article]) -> list[tuple[str, str]]:
    """(slug, article id) of each that is gone and each that holds enough of its text, those that hold most first."""
    sketched = {link.slug: sketched_runs(link.text) for link in gone if link.text}
    wanted: dict[int, list[str]] = {}
    for slug, sampled in sketched.items():
        for run in sampled:
            wanted.setdefault(run, []).append(slug)
    if not wanted:
        return []
    texts = ((article.id, text_runs(article)) for article in articles)
    held_by = [(id_, runs & wanted.keys(), min(_FEWEST_RUNS, len(runs))) for id_, runs in texts]
    holders = Counter(run for _, runs, _ in held_by for run in runs)
    found: list[tuple[float, str, str]] = []
    for id_, runs, fewest in held_by:
        held = Counter(slug for run in runs for slug in wanted[run])
        telling = Counter(slug for run in runs if holders[run] <= _MOST_HOLDERS for slug in wanted[run])
        for slug, count in held.items():
            size = len(sketched[slug])
            if count >= fewest and (telling[slug] >= _LEAST_SHARE * size or count >= _NEARLY_ALL * size):
                found.append((-count / size, slug, id_))
    return [(slug, holder) for _, slug, holder in sorted(found)]


def text_runs(article: Article) -> frozenset[int]:
    """The runs by which an article is known again: those of its standfirst and body, whatever its title."""
    return runs_of([*([article.standfirst] if article.standfirst else []), *article.paragraphs])
