"""No page says a word that is not in the catalogues.

What a digest tells is put into Greek letters, and what the site says into Cyrillic ones: no Latin letter may be left.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

from cyrillic import GREEK, in_cyrillic, latin
from digestgen.model import Coverage, FormerAddresses, Section
from digestgen.publish.pages import render

from .sample import SAMPLE

TEXTS = {
    *("title", "description", "paragraphs", "standfirst", "source", "sources", "name", "summary", "sentence", "note"),
    *("label", "former_names", "text", "phrase", "phrases", "reasons", "stresses"),
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
    met += re.findall(r'aria-label="([^"]*)"', body)
    return latin("\n".join(met))


def test_no_page_says_a_word_of_its_own() -> None:
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
    digest = replace(
        SAMPLE,
        url="https://example.org/",
        topics=(covered, *others),
        sections=(Section(slug="world", label="World", topics=(first.slug,)),),
        entries=entries,
        editions=days,
        former=FormerAddresses(articles={"gone": None}, topics={"old": first.slug}),
    )
    for told in (digest, SAMPLE, replace(SAMPLE, entries=(), topics=(), stories=(), shelf=(), sources=())):
        pages = render(in_greek(told), in_cyrillic())
        later = {path for path in pages if path.startswith(("index.md", "articles/", "editions/", "topics/"))}
        later -= {"topics/index.md", "articles/index.md"}
        assert {path: words for path, page in pages.items() if path not in later and (words := left(page))} == {}
