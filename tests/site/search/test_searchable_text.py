"""What of a page its search hits may come from."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import markdown
import pytest

from digestgen.model import CitedSentence, Publish
from digestgen.publish.pages.topic_page import BRIEF_FROM
from digestgen.site.search.searchable_text import mark_searchable
from publish.parsed import parts
from publish.rendered import pages_of
from publish.sample import ENTRIES, SAMPLE, article, digest, entry, story, topic


class _Found(HTMLParser):
    """The words of a page that stand in a marked block and in no ignored element, and what is marked as its facts."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.facts: dict[str, list[str]] = {}
        self._inside: list[dict[str, str | None]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"hr", "br", "img"}:
            self._inside.append(dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag not in {"hr", "br", "img"}:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        names = [name for element in self._inside for name in element]
        if "data-pagefind-body" in names and "data-pagefind-ignore" not in names:
            self.words += data.split()
        for element in self._inside:
            if fact := element.get("data-pagefind-meta"):
                self.facts.setdefault(fact, []).extend(data.split())


def found(pages: dict[str, str], path: str) -> _Found:
    _, body = parts(pages[path])
    return _Found(mark_searchable(markdown.markdown(body, extensions=["attr_list", "toc"])))


PAGES = pages_of(SAMPLE)


def test_of_an_article_its_title_and_summary_are_searched_and_its_phrases_are_facts() -> None:
    first = ENTRIES[0]
    page = found(PAGES, f"articles/{first.slug}.md")
    assert " ".join(page.words) == f"{first.article.title} {' '.join(first.summary)}"
    assert " ".join(page.facts["keyphrases"]) == "North Korea Pyongyang troops"


def test_of_a_topic_its_name_and_summary_are_searched_and_not_who_is_quoted() -> None:
    keys = [f"a{number:02}" for number in range(BRIEF_FROM)]
    entries = [entry(article(n, f"Boats {n}", "The boats left."), topic="boats") for n in range(BRIEF_FROM)]
    held = topic("Boats", tuple(story(key, key) for key in keys), summary=(CitedSentence("The boats left.", "a01"),))
    page = found(pages_of(digest(*entries, topics=(held,))), "topics/boats.md")
    assert " ".join(page.words) == "Boats The boats left."
    assert " ".join(found(PAGES, "topics/north-korea.md").facts["keyphrases"]) == "North Korea troops"


def test_notes_full_texts_and_former_names_are_searched() -> None:
    told = entry(
        article(1, "Boats", "The boats left.", publish=Publish.FULL, paragraphs=("The boats left.", "They came back.")),
        slug="boats",
        topic="boats",
        note="*Read* this first:\n\n- one\n- two\n\n### Then\n\n> that",
    )
    held = topic("Boats", (story("Boats", "a01"),), slug="boats", note="A **note**.", former_names=("Ships",))
    pages = pages_of(digest(told, topics=(held,)))
    of_article, of_topic = found(pages, "articles/boats.md"), found(pages, "topics/boats.md")
    assert " ".join(of_article.words) == (
        "Boats Read this first: one two Then that The boats left. The boats left. They came back."
    )
    assert " ".join(of_topic.words) == "Boats A note ."
    assert of_topic.facts["former"] == ["Formerly:", "Ships."]


@pytest.mark.parametrize("path", sorted(path for path in PAGES if path.startswith(("articles/", "topics/"))))
def test_marks_change_nothing_else(path: str) -> None:
    _, body = parts(PAGES[path])
    html = markdown.markdown(body, extensions=["attr_list", "toc"])
    assert re.sub(r' data-pagefind-\w+(="\w+")?', "", mark_searchable(html)) == html
