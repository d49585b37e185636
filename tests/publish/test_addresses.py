"""Where everything stands, and the way from one page to another."""

from __future__ import annotations

import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.publish.addresses import addresses, relative
from publish.sample import SAMPLE


@pytest.mark.parametrize(
    ("target", "here", "link"),
    [
        ("about.md", "index.md", "about.md"),
        ("index.md", "topics/a.md", "../index.md"),
        ("topics/b.md", "topics/a.md", "b.md"),
        ("topics/b.md#story", "topics/a.md", "b.md#story"),
        ("topics/a.md#story", "topics/a.md", "#story"),
        ("topics/a.md", "topics/a.md", "a.md"),
        ("articles/x.md", "topics/a/2.md", "../../articles/x.md"),
        ("topics/a.md", "topics/a/2.md", "../a.md"),
        ("topics/a/2.md", "topics/a.md", "a/2.md"),
        ("topics/b/2.md", "topics/a/2.md", "../b/2.md"),
    ],
)
def test_relative(target: str, here: str, link: str) -> None:
    assert relative(target, here) == link


paths = st.lists(st.sampled_from("abc"), min_size=1, max_size=4).map(lambda parts: "/".join(parts) + ".md")


@given(paths, paths)
def test_relative_leads_from_one_page_to_the_other(target: str, here: str) -> None:
    assert posixpath.normpath(posixpath.join(posixpath.dirname(here), relative(target, here))) == target


def test_addresses() -> None:
    to = addresses(SAMPLE)
    assert to.article("a02") == "articles/north-korea-to-gain-military-experience.md"
    assert to.topic("north-korea") == "topics/north-korea.md"
    assert to.source("Українська правда") == "sources/ukrainska-pravda.md"
    assert to.phrases.address("NORTH KOREA") == "keyphrases/n.md#north-korea"
    assert to.phrases.address("gymnastics") is None
