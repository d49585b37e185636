"""digest.json: what the schema promises, in a stable order."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from digestgen.publish import export
from digestgen.publish.export import to_json
from publish.sample import ENTRIES, SAMPLE, digest

SCHEMA = json.loads(export.schema())


def errors(content: object) -> list[str]:
    checker = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [error.message for error in checker.iter_errors(content)]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("made", [SAMPLE, digest(), digest(ENTRIES[7])], ids=["sample", "empty", "one article"])
def test_a_digest_is_as_the_schema_says(made: object) -> None:
    assert errors(json.loads("".join(to_json(made)))) == []


def objects(schema: object) -> list[dict[str, object]]:
    """Every schema of an object within a schema."""
    if isinstance(schema, list):
        return [found for part in schema for found in objects(part)]
    if not isinstance(schema, dict):
        return []
    within = [found for part in schema.values() for found in objects(part)]
    return [*within, schema] if "properties" in schema and schema.get("type") == "object" else within


def test_the_schema_leaves_nothing_open() -> None:
    assert len(objects(SCHEMA)) == 10
    for schema in objects(SCHEMA):
        assert schema["additionalProperties"] is False
        assert sorted(schema["required"]) == sorted(schema["properties"])
        for name, field in schema["properties"].items():
            described = field if "$ref" not in field else {**SCHEMA["$defs"][field["$ref"].split("/")[-1]], **field}
            assert described.get("description"), name


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["version"], 1),
        (["extra"], 1),
        (["articles", 0, "slug"], "Not a slug"),
        (["articles", 0, "published"], "24 October 2024"),
        (["articles", 0, "boundary_confidence"], 1.2),
        (["articles", 0, "lines"], [1]),
        (["articles", 0, "topic"], ""),
        (["articles", 0, "url"], "javascript:alert(1)"),
        (["topics", 0, "sources"], {"RT": 0}),
        (["topics", 0, "stories", 0, "articles"], []),
    ],
    ids=lambda value: ".".join(map(str, value)) if isinstance(value, list) else "",
)
def test_the_schema_refuses(path: list[str | int], value: object) -> None:
    content = json.loads("".join(to_json(digest(*ENTRIES[:3], *ENTRIES[4:], topics=SAMPLE.topics))))
    assert errors(content) == []
    place = content
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    assert errors(content)


def test_order_and_form() -> None:
    text = "".join(to_json(SAMPLE))
    content = json.loads(text)
    assert text == json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    assert "Українська правда" in text
    assert list(content) == ["version", "title", "articles", "topics", "shelf", "stories", "sections"]
    assert list(content["articles"][0]) == SCHEMA["$defs"]["article"]["required"]
    assert list(content["topics"][0]) == SCHEMA["$defs"]["topic"]["required"]
    assert list(content["topics"][0]["sources"]) == ["RT", "The Kyiv Independent"]
    assert content["articles"][0]["published"] == "2024-10-15"
    assert content["articles"][6]["published"] is None
    assert content["shelf"] == ["a07", "a08", "a09", "a10", "a11", "a12"]
