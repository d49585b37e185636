"""The map shows the largest topics, without overlap, harmlessly, and the same whatever their order."""

from __future__ import annotations

import math
import random
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import combinations

import markdown as python_markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.model import RelatedTopic, Topic
from digestgen.publish.addresses import MOST_MAPPED
from digestgen.publish.pages.topic_map import drawings, mapped, topic_map
from digestgen.translation import words_of
from effort import costly
from publish.hostile import HOSTILE
from publish.sample import SAMPLE, digest, story, topic

WORDS = words_of("en")

LARGEST = 60_000
"""Bytes."""


def topics(number: int, label: str = "Topic {}") -> list[Topic]:
    """Made-up topics of falling size, each related to some others."""
    drawn = random.Random(number)  # noqa: S311 -- no secret
    made = []
    for place in range(number):
        size = 2 + 40 // (1 + place)
        related = [
            RelatedTopic(f"topic-{other}", ("one", "two", "three")[: drawn.randint(1, 3)])
            for other in sorted(drawn.sample(range(number), min(number, 4)))
            if other != place
        ]
        stories = (story("A story", *(f"t{place}-{key}" for key in range(size))),)
        made.append(replace(topic(label.format(place), stories, related=tuple(related)), slug=f"topic-{place}"))
    return made


def sheets(drawn: str) -> list[ET.Element]:
    """The drawings, as an XML parser and so as every HTML parser reads them."""
    return list(ET.fromstring(drawn))  # noqa: S314 -- our own


@pytest.mark.parametrize("number", [0, 1, 2, 60, 300])
def test_any_number_of_topics_makes_a_bounded_map(number: int) -> None:
    shown = mapped(topics(number))
    drawn = drawings(shown, WORDS)
    assert len(drawn.encode()) <= LARGEST
    for sheet in sheets(drawn):
        links = [link.get("href") for link in sheet.findall("a")]
        assert links == [f"../topics/{one.slug}/" for one in shown]
        assert len(links) == min(number, MOST_MAPPED)


@pytest.mark.parametrize(("label", "largest"), [("東京" * 40, LARGEST), ("😀" * 40, LARGEST), ("&<>" * 40, 80_000)])
def test_the_longest_labels_stay_within_bounds(label: str, largest: int) -> None:
    assert len(drawings(topics(MOST_MAPPED, label), WORDS).encode()) <= largest


def test_the_largest_are_shown() -> None:
    sizes = [len(one.articles) for one in mapped(topics(300))]
    assert sizes == sorted((len(one.articles) for one in topics(300)), reverse=True)[:MOST_MAPPED]


@pytest.mark.parametrize("number", [2, 7, 30])
def test_discs_do_not_overlap_and_stay_in_the_picture(number: int) -> None:
    for sheet in sheets(drawings(topics(number), WORDS)):
        width, height = map(float, sheet.get("viewBox", "").split()[2:])
        discs = [tuple(float(disc.get(name, "")) for name in ("cx", "cy", "r")) for disc in sheet.findall("a/circle")]
        assert len(discs) == number
        for (x, y, r), (u, v, s) in combinations(discs, 2):
            assert math.dist((x, y), (u, v)) > r + s
        assert all(r <= x <= width - r and r <= y <= height - r for x, y, r in discs)
        lines = [(float(line.get("x", "")), float(line.get("y", ""))) for line in sheet.iter("tspan")]
        assert all(0 < x < width and 0 < y < height for x, y in lines)


def test_areas_are_as_the_numbers_of_articles() -> None:
    several = topics(5)
    for sheet in sheets(drawings(several, WORDS)):
        areas = [float(disc.get("r", "")) ** 2 for disc in sheet.findall("a/circle")]
        for area, one in zip(areas, several, strict=True):
            assert area / areas[0] == pytest.approx(len(one.articles) / len(several[0].articles), rel=0.02)


@costly(0.3)
@given(st.permutations(topics(12)))
def test_the_order_of_topics_changes_nothing(shuffled: list[Topic]) -> None:
    assert drawings(shuffled, WORDS) == drawings(topics(12), WORDS)
    assert mapped(shuffled) == mapped(topics(12))


def test_lines_join_what_is_related_as_thickly_as_it_shares() -> None:
    one, two, three, four = topics(4)
    related = [
        replace(one, related=(RelatedTopic(two.slug, ("a", "b")), RelatedTopic(three.slug, ("a",)))),
        replace(two, related=(RelatedTopic(one.slug, ("b", "c")), RelatedTopic("elsewhere", ("a",)))),
        replace(three, related=(RelatedTopic(two.slug, ()),)),
        replace(four, related=()),
    ]
    for sheet in sheets(drawings(related, WORDS)):
        centres = {f"{disc.get('cx')} {disc.get('cy')}": place for place, disc in enumerate(sheet.findall("a/circle"))}
        joined = {
            tuple(sorted((centres[start], centres[end]))): int(path.get("stroke-width", ""))
            for path in sheet.findall("path")
            for start, end in re.findall(r"M(\d+ \d+)L(\d+ \d+)", path.get("d", ""))
        }
        assert joined.keys() == {(0, 1), (0, 2), (1, 2)}
        assert joined[0, 1] > joined[0, 2] == joined[1, 2]


def test_every_link_has_a_name_that_starts_with_its_label() -> None:
    for sheet in sheets(drawings(topics(3, "The long name of topic number {}"), WORDS)):
        assert sheet.get("aria-label") == "Map of 3 topics"
        assert sheet.get("role") == "group"
        for link in sheet.findall("a"):
            label = " ".join(part.text or "" for part in link.iter("tspan"))
            assert re.fullmatch(re.escape(label) + r", \d+ articles", link.findtext("title", ""))


@pytest.mark.parametrize("label", ["Z" * 500, "a " * 300, "東京" * 200, "e\u0301" * 99, "", "…", "\u200d"])
def test_labels_find_room(label: str) -> None:
    for sheet in sheets(drawings(topics(2, label.replace("{", "")), WORDS)):
        for text in sheet.iter("text"):
            assert len(list(text)) <= 3


def tags(drawn: str) -> list[str]:
    return [element.tag for element in ET.fromstring(drawn).iter() if element.tag != "tspan"]  # noqa: S314


def check_harmless(text: str) -> None:
    """A label adds no element, and Markdown lets the block through as it is."""
    named = [replace(one, label=text) for one in topics(2)]
    drawn = drawings(named, WORDS)
    assert tags(drawn) == tags(drawings(topics(2), WORDS))
    assert "\n\n" not in drawn
    page = f"# A heading\n\n{drawn}\n\n## Another\n"
    assert drawn in python_markdown.markdown(page, extensions=["attr_list", "toc"])


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:24]))
def test_hostile_labels_add_nothing(text: str) -> None:
    check_harmless(text)


@given(st.text(st.characters(), max_size=60))
def test_any_label_adds_nothing(text: str) -> None:
    check_harmless(text)


def test_there_is_a_page_from_two_topics_on() -> None:
    pages = list(topic_map(SAMPLE, WORDS))
    assert [head.path for head, _ in pages] == ["map/index.md"]
    assert list(topic_map(digest(), WORDS)) == []
    assert list(topic_map(replace(SAMPLE, topics=SAMPLE.topics[:1]), WORDS)) == []
