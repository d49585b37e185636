"""No page says a word that is not in the catalogues.

What a digest tells is put into Greek letters, and what the site says into Cyrillic ones: no Latin letter may be left.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from html import unescape
from typing import Any

import pytest

from cyrillic import GREEK, in_cyrillic, latin
from digestgen.model import Coverage, Digest, FormerAddresses, Section
from digestgen.publish import llms
from digestgen.publish.mail.edition_mail import mail
from publish.rendered import feeds_of, pages_of
from publish.sample import SAMPLE

TEXTS = {
    *("title", "description", "paragraphs", "standfirst", "source", "sources", "name", "summary", "sentence", "note"),
    *("seed", "label", "former_names", "text", "phrase", "phrases", "reasons", "stresses"),
}
"""The fields of the digest's nouns that readers read."""

UNREAD = re.compile(r"\]\([^)]*\)|\{[^{}\n]*\}|<[^>]*>")
"""Where a link leads, an attribute list, a tag."""


def in_greek(value: Any, *, read: bool = False) -> Any:  # noqa: ANN401 -- whatever a digest is made of
    if isinstance(value, str):
        return value.translate(GREEK) if read and type(value) is str else value
    if isinstance(value, tuple):
        return tuple(in_greek(each, read=read) for each in value)
    if isinstance(value, Mapping):
        return {in_greek(key, read=read): in_greek(each) for key, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        told = {field.name: getattr(value, field.name) for field in fields(value)}
        return replace(value, **{name: in_greek(each, read=name in TEXTS) for name, each in told.items()})
    return value


def left(page: str) -> list[str]:
    """The words in Latin letters that a reader of a page meets, in its head and on it."""
    _, head, body = page.split("---\n", 2)
    known = dict(line.split(": ", 1) for line in head.splitlines())
    met = [json.loads(known["title"]), json.loads(known["description"]), UNREAD.sub("", body)]
    met += re.findall(r'(?:aria-label|data-cite)="([^"]*)"', body)
    told = json.loads(known["linked_data"]) if "linked_data" in known else {}
    met += [crumb["name"] for crumb in told.get("breadcrumb", {}).get("itemListElement", ())]
    return latin(unescape("\n".join(met)))


@pytest.fixture(scope="module")
def full() -> Digest:
    """A digest with something of everything that is told."""
    first, *others = SAMPLE.topics
    covered = replace(
        first,
        section="world",
        former_names=("Korea",),
        note="A word on it.",
        coverage=(Coverage("RT", 1, ("troops",)), Coverage("The Kyiv Independent", 2, ())),
    )
    days = (date(2026, 11, 15), date(2026, 11, 22))
    entries = tuple(
        replace(entry, first=days[place % 2], new=bool(place % 2)) for place, entry in enumerate(SAMPLE.entries)
    )
    return replace(
        SAMPLE,
        url="https://example.org/",
        topics=(covered, *others),
        sections=(Section(slug="world", label="World", topics=(first.slug,)),),
        entries=entries,
        editions=days,
        former=FormerAddresses(articles={"gone": None}, topics={"old": first.slug, "ended": None}),
    )


EMPTY = replace(SAMPLE, entries=(), topics=(), stories=(), shelf=(), sources=())


@pytest.mark.parametrize("told", [None, SAMPLE, EMPTY], ids=["full", "sample", "empty"])
def test_no_page_says_a_word_of_its_own(full: Digest, told: Digest | None) -> None:
    pages = pages_of(in_greek(told or full), in_cyrillic())
    assert {path: words for path, page in pages.items() if (words := left(page))} == {}


@pytest.mark.parametrize("since", [None, date(2026, 11, 1)], ids=["an edition", "several"])
def test_no_mail_says_a_word_of_its_own(full: Digest, since: date | None) -> None:
    made = mail(in_greek(full), since, in_cyrillic())
    assert made
    html = re.sub(r"<style>.*?</style>|<!--.*?-->|<[^>]*>", "", made.html, flags=re.DOTALL)
    assert latin(unescape(html)) == []
    assert latin(re.sub(r"https://\S+", "", made.text)) == []
    assert latin(made.subject) == []


def test_no_feed_says_a_word_of_its_own(full: Digest) -> None:
    written = feeds_of(in_greek(full), in_cyrillic())
    for path, text in written.items():
        if path.endswith(".json"):
            feed = json.loads(text)
            told = [feed["title"], feed["description"]]
            told += [item[key] for item in feed["items"] for key in ("title", "summary", "content_html") if key in item]
            assert latin(re.sub(r"<[^>]*>", "", unescape(" ".join(told)))) == [], path


def test_what_programs_are_told_is_in_the_words_of_the_site(full: Digest) -> None:
    text = dict(llms.render(in_greek(full), in_cyrillic()))[llms.PATH]
    assert set(latin(UNREAD.sub("", text))) == {"Optional"}
