"""What pages say to machines: right about whose texts these are, bounded, and never more than a text."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment

from digestgen.model import Digest, Entry
from digestgen.publish.addresses import addresses
from digestgen.publish.markdown import LONGEST_DESCRIPTION, front_matter
from digestgen.publish.pages.linked_data import LISTED, of_article, of_front, of_topic
from digestgen.translation import words_of
from publish.hostile import HOSTILE
from publish.rendered import pages_of
from publish.sample import SAMPLE, article, digest, entry, sources, story, topic

WORDS = words_of("en")

URL = "https://example.org/digest/"
AT_HOME = replace(SAMPLE, url=URL)
BLOCK = Environment(autoescape=False).from_string(  # noqa: S701 -- as mkdocs does it
    '<script type="application/ld+json">{{ data | tojson }}</script>'
)


class Scripts(HTMLParser):
    """Every tag, and the text of the script."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.data = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags += [tag, *(name for name, _ in attrs)]

    def handle_data(self, data: str) -> None:
        self.data += data


def of(made: Entry, whole: Digest = AT_HOME) -> dict[str, Any]:
    holding = replace(whole, entries=(*whole.entries, made))
    found: Any = of_article(made, holding, addresses(holding), WORDS)["linked_data"]
    assert isinstance(found, dict)
    return found


def test_a_page_is_about_an_article_that_others_wrote() -> None:
    told = article(
        90, "Seoul counts troops", "Troops went.", published=date(2026, 10, 31), url="https://example.org/a?b=ü"
    )
    page = of(entry(told, ("troops", "Seoul"), topic=SAMPLE.topics[0].slug))
    assert page["@type"] == "WebPage"
    assert page["@id"] == page["url"] == URL + "articles/seoul-counts-troops/"
    assert page["mainEntity"] == {
        "@type": "Article",
        "headline": "Seoul counts troops",
        "abstract": "Troops went.",
        "url": "https://example.org/a?b=%C3%BC",
        "datePublished": "2026-10-31",
        "publisher": {"@type": "Organization", "name": "The Kyiv Independent"},
        "inLanguage": "en",
        "keywords": ["troops", "Seoul"],
    }
    assert page["isPartOf"] == [
        {"@type": "WebSite", "@id": URL + "#site", "url": URL, "name": SAMPLE.title},
        {"@type": "CollectionPage", "@id": f"{URL}topics/{SAMPLE.topics[0].slug}/", "name": SAMPLE.topics[0].label},
    ]
    assert [crumb["name"] for crumb in page["breadcrumb"]["itemListElement"]] == [
        "Home", "Articles", "Seoul counts troops",
    ]  # fmt: skip


def test_nothing_is_put_into_a_publishers_mouth() -> None:
    plain = article(91, "Made by us", "Text.", titled=False, source=None, url="javascript:alert(1)")
    page = of(entry(plain, own_summary=True))
    assert page["mainEntity"] == {"@type": "Article", "name": "Made by us", "inLanguage": "en"}
    assert page["abstract"] == "Text."
    assert page["isPartOf"] == [{"@type": "WebSite", "@id": URL + "#site", "url": URL, "name": SAMPLE.title}]


def test_collections_list_what_the_reader_sees_first() -> None:
    front: Any = of_front(AT_HOME)["linked_data"]
    assert front["mainEntity"]["numberOfItems"] == len(SAMPLE.topics)
    assert [item["name"] for item in front["mainEntity"]["itemListElement"]] == [topic.label for topic in SAMPLE.topics]
    first = SAMPLE.topics[0]
    page: Any = of_topic(first, AT_HOME, addresses(AT_HOME), WORDS)["linked_data"]
    listed = page["mainEntity"]["itemListElement"]
    slugs = {entry.article.id: entry.slug for entry in SAMPLE.entries}
    assert [item["url"] for item in listed] == [f"{URL}articles/{slugs[key]}/" for key in first.articles]
    assert [item["position"] for item in listed] == list(range(1, len(listed) + 1))


def test_a_collection_of_any_size_says_so_much_and_no_more() -> None:
    entries = [entry(article(number, f"Boats {number}", "Boats."), topic="boats") for number in range(LISTED + 5)]
    boats = topic("Boats", tuple(story(made.slug, made.article.id) for made in entries), slug="boats")
    whole = digest(*entries, topics=(boats,), url=URL)
    page: Any = of_topic(boats, whole, addresses(whole), WORDS)["linked_data"]
    listed = page["mainEntity"]
    assert listed["numberOfItems"] == LISTED + 5
    assert len(listed["itemListElement"]) == LISTED


def test_only_where_the_site_is_known_and_on_first_pages_alone() -> None:
    assert not [path for path, text in pages_of(SAMPLE).items() if "linked_data" in text]
    rendered = pages_of(AT_HOME)
    having = {path.partition("/")[0] for path, text in rendered.items() if "\nlinked_data: " in text}
    assert having == {"index.md", "articles", "stories", "topics"}
    assert "\nlinked_data: " not in rendered["topics/index.md"] + rendered["articles/index.md"]


def block(text: str) -> tuple[dict[str, Any], Scripts]:
    """What of a hostile text reaches the page: through front matter, YAML and the theme."""
    told = article(92, text, "T.", source=text, url=text)
    data = of(entry(told, (text,), summary=(text,)), replace(AT_HOME, title=text, sources=sources(text)))
    read = yaml.safe_load(front_matter("t", "d", {"linked_data": data}).split("---\n")[1])["linked_data"]
    assert read == data
    return read, Scripts(BLOCK.render(data=read))


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_leaves_its_block(text: str) -> None:
    data, page = block(text)
    assert page.tags == ["script", "type"]
    assert json.loads(page.data) == data


@given(st.text(max_size=400))
def test_any_text_stays_a_text_of_bounded_length(text: str) -> None:
    data, page = block(text or "x")
    assert json.loads(page.data) == data
    assert len(str(data["name"])) <= LONGEST_DESCRIPTION
