"""Which pages the next build of a site makes anew, and the record that tells it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from digestgen.site.build_record import (
    BuildRecord,
    CurrentState,
    PageRecord,
    from_json,
    plan_build,
    stale_pages,
    to_json,
)

PAGE = PageRecord(
    facts={"kind": "article", "title": "A ferry “sank”"},
    searched=True,
    unspaced=False,
    card="cards/topics/ferry.png",
    card_title="Ferry",
    anchors=("one", "two"),
    links={"b.md": {"x": "b.md#x", "a": "./b.md#a"}},
    targets=("b.md", "later.md"),
)
BUILT = BuildRecord(
    common="same",
    navigation="same",
    sources={"a.md": "1", "b.md": "2", "map.png": "3"},
    outputs={"a/index.html": "4", "b/index.html": "5", "map.png": "3"},
    cards={"topics/ferry": "6"},
    pages={"a.md": PAGE, "b.md": replace(PAGE, card="", card_title="", links={}, targets=())},
)
AS_IT_WAS = CurrentState(common=BUILT.common, sources=BUILT.sources, outputs=BUILT.outputs)


@pytest.mark.parametrize(
    ("sources", "changed", "gone"),
    [
        (BUILT.sources, set(), set()),
        ({**BUILT.sources, "a.md": "changed"}, {"a.md"}, set()),
        ({**BUILT.sources, "c.md": "new"}, {"c.md"}, set()),
        ({**BUILT.sources, "map.png": "changed", "b.md": "changed"}, {"b.md", "map.png"}, set()),
        ({**BUILT.sources, "later.md": "new"}, {"later.md", "a.md"}, set()),
        ({"a.md": "1", "map.png": "3"}, {"a.md"}, {"b.md"}),
        ({"a.md": "1", "b.md": "2"}, set(), {"map.png"}),
    ],
    ids=["nothing", "a page", "a new page", "a page and a picture", "linked to", "linked to no more", "no picture"],
)
def test_what_changed_and_what_links_there_is_made_anew(
    sources: Mapping[str, str], changed: set[str], gone: set[str]
) -> None:
    made = plan_build(BUILT, replace(AS_IT_WAS, sources=sources))
    assert (made.whole, made.changed, made.gone) == ("", changed, gone)


def test_what_is_no_part_of_the_site_leaves_nothing_behind() -> None:
    before = replace(BUILT, sources={**BUILT.sources, ".draft.md": ""})
    assert plan_build(before, AS_IT_WAS).gone == set()


@pytest.mark.parametrize(
    ("found", "why"),
    [
        ({"common": "other"}, "has changed"),
        ({"outputs": {**BUILT.outputs, "a/index.html": "edited"}}, "not as it was left"),
        ({"outputs": {}}, "not as it was left"),
        ({"outputs": {**BUILT.outputs, "foreign.html": "7"}}, "not as it was left"),
        ({"shared_places": True}, "in one place"),
    ],
    ids=["the theme", "an output was edited", "no outputs", "a foreign file", "two of one place"],
)
def test_all_is_made_anew_where_a_change_may_show_anywhere(found: dict[str, Any], why: str) -> None:
    assert why in plan_build(BUILT, replace(AS_IT_WAS, **found)).whole


SHOWN = {"a.md": ("cards/topics/ferry.png", "Ferry")}


@pytest.mark.parametrize(
    ("navigation", "shown", "pages"),
    [
        ("same", SHOWN, set()),
        ("other", SHOWN, {"a.md", "b.md"}),
        ("same", {"a.md": ("cards/topics/ferry.png", "Ferries")}, {"a.md"}),
        ("same", {}, {"a.md"}),
        ("same", {**SHOWN, "b.md": ("cards/index.png", "The Post")}, {"b.md"}),
    ],
    ids=["nothing", "the navigation", "the title of a card", "no card any more", "a card at last"],
)
def test_a_page_is_outdated_by_what_it_shows_of_others(
    navigation: str, shown: Mapping[str, tuple[str, str]], pages: set[str]
) -> None:
    assert stale_pages(BUILT, navigation, shown) == pages


def test_a_record_comes_back_as_it_was_written() -> None:
    read = from_json(to_json(BUILT))
    assert read == BUILT
    assert list(read.pages["a.md"].links["b.md"]) == ["x", "a"], "in this order mkdocs tells of them"


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: "",
        lambda text: text[: len(text) // 2],
        lambda text: text.replace('"same"', '"other"', 1),
        lambda text: text.replace("true", "false", 1),
        lambda _: "[]",
        lambda _: "null",
        lambda _: '{"sha256": "", "build": {}}',
        lambda _: "[" * 100_000,
    ],
    ids=["empty", "cut off", "a hash", "a word", "a list", "nothing", "other", "too deep"],
)
def test_a_damaged_record_is_none(damage: Callable[[str], str]) -> None:
    assert from_json(damage(to_json(BUILT))) is None


@pytest.mark.parametrize("change", [lambda body: body.pop("cards"), lambda body: body.update(more={})])
def test_one_of_another_version_is_none(change: Callable[[dict[str, object]], object]) -> None:
    body = json.loads(to_json(BUILT))["build"]
    change(body)
    text = json.dumps(body, sort_keys=True)
    held = {"sha256": hashlib.sha256(text.encode()).hexdigest(), "build": body}
    assert from_json(json.dumps(held)) is None
