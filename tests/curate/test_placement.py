from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pytest

from digestgen.curate.placement import NamedGroup, followers, heeded, moves_articles, ruled
from digestgen.curate.rulings import Rulings, read_rulings

PROPOSED = (NamedGroup("north", ("a", "b", "c")), NamedGroup("south", ("d", "e")), NamedGroup("west", ("f", "g")))
ID_OF = {name: name for name in "abcdefghi"} | {"a-reprint": "a"}
ALONE = dict.fromkeys("abcdefghi")


def rulings_of(text: str) -> Rulings:
    rulings, problems = read_rulings(f"topics: {text}\n", "curation.yml")
    assert problems == ()
    return rulings


def apply(
    text: str, closest: Mapping[str, str | None] = ALONE, standing: Mapping[str, str | None] = MappingProxyType({})
) -> dict[str, str]:
    rulings = rulings_of(text)
    groups = ruled(PROPOSED, rulings, ID_OF, followers(PROPOSED, rulings, ID_OF, closest, standing))
    assert len({group.slug for group in groups}) == len(groups)
    return {group.slug: "".join(group.articles) for group in groups}


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        pytest.param("{}", {"north": "abc", "south": "de", "west": "fg"}, id="no rulings"),
        pytest.param("{north: {merge: [south]}}", {"north": "abcde", "west": "fg"}, id="a merge"),
        pytest.param("{south: {merge: [north]}}", {"south": "abcde", "west": "fg"}, id="the larger into the smaller"),
        pytest.param("{north: {merge: [south, west]}}", {"north": "abcdefg"}, id="two into one"),
        pytest.param("{west: {merge: [south]}, south: {merge: [north]}}", {"west": "abcdefg"}, id="a chain of merges"),
        pytest.param(
            "{north: {merge: [south]}, south: {merge: [north]}}",
            {"north": "abc", "south": "de", "west": "fg"},
            id="a ring of merges",
        ),
        pytest.param("{north: {merge: [east]}}", {"north": "abc", "south": "de", "west": "fg"}, id="merge of none"),
        pytest.param(
            "{south: {articles: {add: [h]}}}", {"north": "abc", "south": "deh", "west": "fg"}, id="added from the shelf"
        ),
        pytest.param(
            "{south: {articles: {add: [a]}}}", {"north": "bc", "south": "ade", "west": "fg"}, id="added from a topic"
        ),
        pytest.param("{north: {articles: {remove: [a]}}}", {"north": "bc", "south": "de", "west": "fg"}, id="removed"),
        pytest.param(
            "{north: {articles: {remove: [d]}}}",
            {"north": "abc", "south": "de", "west": "fg"},
            id="removed from where it is not",
        ),
        pytest.param(
            "{north: {articles: {remove: [a]}}, south: {articles: {add: [a]}}}",
            {"north": "bc", "south": "ade", "west": "fg"},
            id="removed here and added there",
        ),
        pytest.param(
            "{south: {articles: {remove: [d]}}}", {"north": "abc", "west": "fg"}, id="what is left alone is dissolved"
        ),
        pytest.param(
            "{north: {articles: {add: [d]}}}", {"north": "abcd", "west": "fg"}, id="what is left alone is no topic"
        ),
        pytest.param(
            "{east: {articles: {add: [h]}}}",
            {"north": "abc", "south": "de", "west": "fg", "east": "h"},
            id="alone, but asked for",
        ),
        pytest.param(
            "{north: {merge: [south], articles: {remove: [d]}}}",
            {"north": "abce", "west": "fg"},
            id="removed from what was merged",
        ),
        pytest.param(
            "{north: {merge: [south]}, south: {articles: {remove: [d], add: [h]}}}",
            {"north": "abceh", "west": "fg"},
            id="rulings on a merged topic hold for what it is in",
        ),
        pytest.param(
            "{south: {articles: {add: [a-reprint]}}}",
            {"north": "bc", "south": "ade", "west": "fg"},
            id="a reprint takes its original along",
        ),
        pytest.param(
            "{south: {articles: {add: [nobody], remove: [nobody]}}}",
            {"north": "abc", "south": "de", "west": "fg"},
            id="unknown articles",
        ),
        pytest.param("{north: {articles: {remove: [a, b, c]}}}", {"south": "de", "west": "fg"}, id="all are removed"),
    ],
)
def test_rulings_on_who_stands_with_whom(text: str, groups: Mapping[str, str]) -> None:
    assert apply(text) == groups


def test_followers_go_along() -> None:
    closest = ALONE | {"b": "a", "c": "b", "e": "a", "h": "a", "i": "h"}
    added = "{west: {articles: {add: [a, h]}}}"
    # b is nearest to a, and was with it; c is nearest to b only; e was elsewhere; i was on the shelf as h was.
    assert apply("{west: {articles: {add: [a]}}}", closest) == {"south": "de", "west": "abfg"}
    assert followers(PROPOSED, rulings_of(added), ID_OF, closest, {}) == {"b": "a", "i": "h"}
    assert apply("{north: {articles: {remove: [a]}}}", closest) == {"south": "de", "west": "fg"}


@pytest.mark.parametrize(
    ("standing", "groups"),
    [
        pytest.param({}, {"south": "de", "west": "abfg"}, id="a new article follows"),
        pytest.param({"b": "west"}, {"south": "de", "west": "abfg"}, id="one that followed before"),
        pytest.param(
            {"b": "north"}, {"north": "bc", "south": "de", "west": "afg"}, id="one that stood elsewhere stays"
        ),
        pytest.param({"b": None}, {"north": "bc", "south": "de", "west": "afg"}, id="one from the shelf does not"),
    ],
)
def test_only_what_is_new_follows(standing: Mapping[str, str | None], groups: Mapping[str, str]) -> None:
    assert apply("{west: {articles: {add: [a]}}}", ALONE | {"b": "a"}, standing) == groups


def test_a_ruling_on_the_follower_itself_is_above_its_leader() -> None:
    text = "{west: {articles: {add: [a]}}, north: {articles: {add: [b]}}}"
    assert apply(text, ALONE | {"b": "a"}) == {"north": "bc", "south": "de", "west": "afg"}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        pytest.param("{north: {pin: true}, nort: {articles: {add: [a]}}}", ["north"], id="a mistyped topic"),
        pytest.param("{nort: {merge: [south]}, south: {pin: true}}", ["south"], id="merged into a mistyped topic"),
        pytest.param("{north: {merge: [east]}, east: {hide: true}}", ["north", "east"], id="merged from of old"),
    ],
)
def test_rulings_make_no_topics(text: str, left: list[str]) -> None:
    assert list(heeded(rulings_of(text), {"north", "south"}).topics) == left


@pytest.mark.parametrize(
    ("text", "moves"),
    [("{north: {merge: [south]}}", False), ("{north: {articles: {add: [a]}}}", True)],
    ids=["whole topics", "an article"],
)
def test_whether_articles_move(text: str, moves: bool) -> None:  # noqa: FBT001
    assert moves_articles(rulings_of(text)) is moves
