from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.curate.placement import RuledPlacements, applicable_rulings, ruled_placements
from digestgen.curate.rulings.rulings import Rulings, resolved_merges
from digestgen.curate.rulings.rulings_file import read_rulings

HOME = dict.fromkeys("abc", "north") | dict.fromkeys("de", "south") | dict.fromkeys("fg", "west")
"""Where the articles are settled; h and i are on the shelf."""
ID_OF = {name: name for name in "abcdefghi"} | {"a-reprint": "a"}


def rulings_of(text: str) -> Rulings:
    rulings, problems = read_rulings(f"topics: {text}\n", "curation.yml")
    assert problems == ()
    return rulings


def moved(text: str, sent: Mapping[str, str] | None = None) -> RuledPlacements:
    return ruled_placements(rulings_of(text), ID_OF, HOME, sent or {})


def grouped(topics: Mapping[str, str]) -> dict[str, str]:
    """Topic → its articles."""
    return {
        topic: "".join(sorted(id_ for id_ in topics if topics[id_] == topic)) for topic in sorted({*topics.values()})
    }


AS_SETTLED = {"north": "abc", "south": "de", "west": "fg"}


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        pytest.param("{}", AS_SETTLED, id="no rulings"),
        pytest.param(
            "{south: {articles: {add: [h]}}}", {"north": "abc", "south": "deh", "west": "fg"}, id="added from the shelf"
        ),
        pytest.param(
            "{south: {articles: {add: [a]}}}", {"north": "bc", "south": "ade", "west": "fg"}, id="added from a topic"
        ),
        pytest.param("{north: {articles: {remove: [a]}}}", {"north": "bc", "south": "de", "west": "fg"}, id="removed"),
        pytest.param("{north: {articles: {remove: [d]}}}", AS_SETTLED, id="removed from where it is not"),
        pytest.param("{north: {articles: {remove: [h]}}}", AS_SETTLED, id="removed, but it is on the shelf"),
        pytest.param(
            "{north: {articles: {remove: [a]}}, south: {articles: {add: [a]}}}",
            {"north": "bc", "south": "ade", "west": "fg"},
            id="removed here and added there",
        ),
        pytest.param(
            "{south: {articles: {add: [a]}}, north: {articles: {remove: [a]}}}",
            {"north": "bc", "south": "ade", "west": "fg"},
            id="the same in another order",
        ),
        pytest.param(
            "{south: {articles: {remove: [d]}}}", {"north": "abc", "south": "e", "west": "fg"}, id="one is left"
        ),
        pytest.param(
            "{east: {label: East, articles: {add: [h]}}}",
            {"east": "h", "north": "abc", "south": "de", "west": "fg"},
            id="a topic is founded",
        ),
        pytest.param(
            "{north: {merge: [south], articles: {remove: [d]}}}",
            {"north": "abc", "south": "e", "west": "fg"},
            id="removed from what is merged",
        ),
        pytest.param(
            "{north: {merge: [south]}, south: {articles: {remove: [a]}}}",
            {"north": "bc", "south": "de", "west": "fg"},
            id="removed from a merged topic, whichever of the two is named",
        ),
        pytest.param(
            "{south: {articles: {add: [a-reprint]}}}",
            {"north": "bc", "south": "ade", "west": "fg"},
            id="a reprint takes its original along",
        ),
        pytest.param("{south: {articles: {add: [nobody], remove: [nobody]}}}", AS_SETTLED, id="unknown articles"),
        pytest.param("{north: {articles: {remove: [a, b, c]}}}", {"south": "de", "west": "fg"}, id="all are removed"),
    ],
)
def test_rulings_on_who_stands_where(text: str, groups: Mapping[str, str]) -> None:
    assert grouped(moved(text).applied(HOME)) == groups


@pytest.mark.parametrize(
    ("text", "taken_out"),
    [
        ("{north: {articles: {remove: [a, d, h]}}}", {"a": {"north"}, "d": {"north"}, "h": {"north"}}),
        ("{north: {articles: {remove: [a]}}, west: {articles: {remove: [a]}}}", {"a": {"north", "west"}}),
        ("{north: {articles: {remove: [a-reprint, nobody]}}}", {"a": {"north"}}),
        ("{south: {articles: {add: [a]}}}", {}),
    ],
    ids=["wherever they stand", "out of two", "as a reprint", "added"],
)
def test_what_was_taken_out_is_known(text: str, taken_out: Mapping[str, set[str]]) -> None:
    """By it, newcomers that are like an article that was taken out are kept out too."""
    assert moved(text).taken_out == taken_out


@pytest.mark.parametrize(
    ("text", "sent", "target"),
    [
        pytest.param("{}", {"a": "west"}, "west", id="by a rule alone"),
        pytest.param("{south: {articles: {add: [a]}}}", {"a": "west"}, "south", id="a ruling on the article is above"),
        pytest.param("{west: {articles: {remove: [a]}}}", {"a": "west"}, None, id="taken out of where it is sent"),
        pytest.param("{north: {articles: {remove: [a]}}}", {"a": "west"}, "west", id="taken out of where it was"),
        pytest.param("{west: {articles: {remove: [h]}}}", {"h": "west"}, None, id="sent from the shelf, but taken out"),
        pytest.param("{}", {"h": "west"}, "west", id="sent from the shelf"),
    ],
)
def test_a_rule_sends_what_no_ruling_names(text: str, sent: Mapping[str, str], target: str | None) -> None:
    found = moved(text, sent)
    ((id_, _),) = sent.items()
    assert id_ in found
    assert list(found) == [id_]
    assert found.targets == {id_: target}


@given(
    added=st.dictionaries(st.sampled_from("abcdefghi"), st.sampled_from(["north", "south", "west"]), max_size=4),
    removed=st.dictionaries(st.sampled_from("abcdefghi"), st.sampled_from(["north", "south", "west"]), max_size=4),
)
def test_rulings_move_only_what_they_name(added: dict[str, str], removed: dict[str, str]) -> None:
    topics = {
        topic: {
            "articles": {
                "add": [id_ for id_ in added if added[id_] == topic],
                "remove": [id_ for id_ in removed if removed[id_] == topic and added.get(id_) != topic],
            }
        }
        for topic in ("north", "south", "west")
    }
    found = moved(str(topics).replace("'", '"')).applied(HOME)
    for id_ in "abcdefghi":
        if id_ in added:
            assert found[id_] == added[id_]
        elif id_ in removed:
            assert found.get(id_) == (None if removed[id_] == HOME.get(id_) else HOME.get(id_))
        else:
            assert found.get(id_) == HOME.get(id_)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        pytest.param("{north: {pin: true}, nort: {articles: {add: [a]}}}", ["north"], id="a mistyped topic"),
        pytest.param("{nort: {merge: [south]}, south: {pin: true}}", ["south"], id="merged into a mistyped topic"),
        pytest.param("{north: {merge: [east]}, east: {hide: true}}", ["north", "east"], id="merged from of old"),
        pytest.param("{nort: {apart: [south]}}", [], id="a mistyped topic that is kept apart"),
    ],
)
def test_rulings_make_no_topics(text: str, left: list[str]) -> None:
    assert list(applicable_rulings(rulings_of(text), {"north", "south"}).topics) == left


def test_a_merge_into_no_topic_folds_nothing() -> None:
    rulings = applicable_rulings(rulings_of("{nort: {merge: [south]}, south: {pin: true}}"), {"north", "south"})
    assert resolved_merges(rulings) == {}


def test_what_is_not_about_topics_is_heeded_as_it_is() -> None:
    text = "rules: [{keyword: fox, hide: true}]\narticles: {a: {hide: true}}\n"
    rulings, problems = read_rulings(text, "curation.yml")
    assert problems == ()
    assert applicable_rulings(rulings, {"north"}) == rulings
