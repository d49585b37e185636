"""The curator's word on who stands with whom: between the machine's proposal and what readers see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from digestgen.curate.rulings import Rulings, resolved_merges


@dataclass(frozen=True, slots=True)
class NamedGroup:
    """A topic-to-be: its address, and the ids of its articles."""

    slug: str
    articles: tuple[str, ...]


def heeded(rulings: Rulings, topics: Collection[str]) -> Rulings:
    """The rulings without those on topics that there are not: a ruling makes no topic, least of all a mistyped one."""
    into = {slug: target for slug, target in resolved_merges(rulings).items() if target in topics}
    there = {slug: ruling for slug, ruling in rulings.topics.items() if into.get(slug, slug) in topics}
    return replace(rulings, topics=there)


def moves_articles(rulings: Rulings) -> bool:
    """Whether any ruling puts single articles elsewhere, so that ``ruled`` needs to know what is closest to them."""
    return any(ruling.add or ruling.remove for ruling in rulings.topics.values())


def ruled(
    proposed: Sequence[NamedGroup],
    rulings: Rulings,
    id_of: Mapping[str, str],
    following: Mapping[str, str],
) -> tuple[NamedGroup, ...]:
    """The groups after all rulings on them, in the order of the proposal, new ones behind.

    A merged topic's articles stand in the topic that it is folded into, whatever articles it has by now. An article
    that was added is there, one that was removed is not (it goes to the shelf, unless it was added elsewhere), and
    those ``following`` it go along (see ``followers``). A group that is left with one article is dissolved, unless a
    ruling made it so.

    ``id_of`` maps the slug of an article to its id, and the slug of a reprint to the id of the article that it repeats;
    articles that are in no group are on the shelf.
    """
    into = resolved_merges(rulings)
    proposed_home = homes(proposed)
    home = {id_: into.get(slug, slug) for id_, slug in proposed_home.items()}
    moved = _moved(proposed_home, rulings, id_of)
    led = {id_: moved[leader] for id_, leader in following.items()}
    for id_, target in {**led, **moved}.items():
        if target is None:
            home.pop(id_, None)
        else:
            home[id_] = target
    size = Counter(home.values())
    asked = {into.get(topic, topic) for topic, ruling in rulings.topics.items() if ruling.add}
    order = list(dict.fromkeys([*(into.get(group.slug, group.slug) for group in proposed), *sorted(asked)]))
    members: dict[str, list[str]] = {topic: [] for topic in order}
    for id_ in [*proposed_home, *(id_ for id_ in sorted(home) if id_ not in proposed_home)]:
        if id_ in home:
            members[home[id_]].append(id_)
    kept = (topic for topic in order if size[topic] > 1 or (size[topic] and topic in asked))
    return tuple(NamedGroup(topic, tuple(members[topic])) for topic in kept)


def followers(
    proposed: Sequence[NamedGroup],
    rulings: Rulings,
    id_of: Mapping[str, str],
    closest: Mapping[str, str | None],
    standing: Mapping[str, str | None],
) -> dict[str, str]:
    """Article id → the id of the article that a ruling moved and that it goes along with.

    It follows the ``closest`` article (article id → the id of the most similar article of the same story, if any) out
    of the group that both are proposed for, so that a later article about the same happening lands where the curator
    put the first. An article that readers have found elsewhere stays: the curator saw it, and did not move it.
    ``standing`` tells where readers find each article so far (None: on the shelf); new articles are not in it.
    """
    home = homes(proposed)
    moved = _moved(home, rulings, id_of)
    return {
        id_: leader
        for id_, leader in closest.items()
        if leader in moved
        and id_ not in moved
        and home.get(id_) == home.get(leader)
        and standing.get(id_, moved[leader]) == moved[leader]
    }


def homes(groups: Sequence[NamedGroup]) -> dict[str, str]:
    """Article id → the slug of its group; what is in none is left out."""
    return {id_: group.slug for group in groups for id_ in group.articles}


def _moved(home: Mapping[str, str], rulings: Rulings, id_of: Mapping[str, str]) -> dict[str, str | None]:
    """Article id → the topic that a ruling on the article itself puts it into; None for the shelf."""
    into = resolved_merges(rulings)
    moved: dict[str, str | None] = {}
    for topic, ruling in rulings.topics.items():
        for named in ruling.remove:
            id_ = id_of.get(named.slug)
            slug = None if id_ is None else home.get(id_)
            if id_ is not None and slug is not None and into.get(slug, slug) == into.get(topic, topic):
                moved.setdefault(id_, None)
    for topic, ruling in rulings.topics.items():
        moved.update({id_of[named.slug]: into.get(topic, topic) for named in ruling.add if named.slug in id_of})
    return moved
