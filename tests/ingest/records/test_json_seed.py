from __future__ import annotations

import json
from datetime import date

import pytest

from digestgen.ingest.records.json_seed import read_json

FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Sandby Echo",
    "language": "en-GB",
    "home_page_url": "https://e.example/",
    "items": [
        {
            "id": "https://e.example/a",
            "url": "https://e.example/a",
            "title": "Gate opens",
            "summary": "It opened.",
            "content_html": "<p>The gate opened on Monday.</p><p>It was late.</p>",
            "date_published": "2024-11-12T10:00:00+01:00",
            "tags": ["harbour"],
        },
        {"id": "2", "content_text": "It rained."},
    ],
}


def test_reads_a_json_feed() -> None:
    found = read_json(json.dumps(FEED), "a.json")
    assert not found.problems
    first, second = found.drafts
    assert (first.title, first.url, first.source) == ("Gate opens", "https://e.example/a", "Sandby Echo")
    assert first.paragraphs == ("The gate opened on Monday.", "It was late.")
    assert (first.published, first.language, first.hints) == (date(2024, 11, 12), "en", ("harbour",))
    assert (second.paragraphs, second.source, second.language) == (("It rained.",), "Sandby Echo", "en")


ARRAYS = {
    "an array": [{"title": "A", "text": "It rained."}, {"headline": "B", "body": "It snowed."}],
    "an array in an object": {"status": "ok", "articles": [{"title": "A", "content": "It rained."}, {"title": "B"}]},
    "one article": {"title": "A", "text": "It rained."},
}


@pytest.mark.parametrize("value", ARRAYS.values(), ids=ARRAYS)
def test_reads_articles_as_programs_give_them(value: object) -> None:
    found = read_json(json.dumps(value), "a.json")
    assert not found.problems
    assert found.drafts[0].title == "A"
    assert found.drafts[0].paragraphs == ("It rained.",)


def test_ids_that_are_there_twice_are_none() -> None:
    value = [{"id": "1", "text": "It rained."}, {"id": "1", "text": "It snowed."}]
    assert [draft.id for draft in read_json(json.dumps(value), "a.json").drafts] == ["1", None]


def test_one_bad_article_costs_only_itself() -> None:
    found = read_json(json.dumps([{"text": "It rained."}, {"text": 7}, {"url": "https://e.example/"}]), "a.json")
    assert len(found.drafts) == 1
    assert [problem.message.split(":")[0] for problem in found.problems] == ["article 2", "article 3"]


WITHHELD = {
    "an article": '[{"text": "It rained.", "draft": true}]',
    "the whole feed": '{"draft": true, "items": [{"text": "It rained."}]}',
}


@pytest.mark.parametrize("text", WITHHELD.values(), ids=WITHHELD)
def test_what_is_withheld_stays_so(text: str) -> None:
    assert [draft.directive and draft.directive.show for draft in read_json(text, "a.json").drafts] == [False]


DOUBTFUL = {
    "an article": '[{"text": "It rained.", "draft": true, "draft": false}]',
    "the whole feed": '{"draft": "perhaps", "items": [{"text": "It rained."}]}',
    "the whole feed, twice": '{"draft": true, "draft": false, "items": [{"text": "It rained."}]}',
}


@pytest.mark.parametrize("text", DOUBTFUL.values(), ids=DOUBTFUL)
def test_what_may_be_withheld_waits(text: str) -> None:
    found = read_json(text, "a.json")
    assert not found.drafts
    assert len(found.problems) == 1


REFUSED = {
    "broken": ('[{"text": \n"It', 2),
    "deep": ("[" * 200_000, None),
    "a number": ("7", None),
    "numbers": ("[1, 2]", None),
    "settings": ('{"name": "package", "version": "1.0"}', None),
    "no articles but values": ('{"items": [7]}', None),
}


@pytest.mark.parametrize(("text", "line"), REFUSED.values(), ids=REFUSED)
def test_says_what_is_wrong(text: str, line: int | None) -> None:
    found = read_json(text, "a.json")
    assert not found.drafts
    assert [problem.line for problem in found.problems] == [line]


def test_a_feed_without_items_is_a_note() -> None:
    found = read_json('{"version": "https://jsonfeed.org/version/1", "title": "Echo", "items": []}', "a.json")
    assert (found.drafts, found.problems) == ((), ())
    assert found.notices
