"""Reader for JSON lines: one object per line with ``text`` and metadata, under our names or other tools'."""

from __future__ import annotations

import json
from dataclasses import replace

from digestgen.ingest.diagnostics import Diagnostics
from digestgen.ingest.draft import Draft, ParsedSeed
from digestgen.ingest.records.directives import Syntax, UnclearError, decides_visibility
from digestgen.ingest.records.record import Number, read_record


def read_jsonl(text: str, file: str) -> ParsedSeed:
    """Read a ``.jsonl`` seed, with a problem for each unusable line or value.

    A bad line does not affect the others; a bad value is dropped from its article. A line whose visibility is unclear
    is left out.
    """
    drafts: list[Draft] = []
    diagnostics = Diagnostics(file)
    first_line: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            fields = _parsed(line)
            draft = _draft(fields, number, diagnostics)
            if draft.id is not None and draft.id in first_line:
                if "id" in fields:
                    raise ValueError(f"id {draft.id!r} is taken already by line {first_line[draft.id]}")
                draft = replace(draft, id=None)
        except UnclearError as error:
            diagnostics.problem(number, f"{error}; the line is left out until this is fixed")
            continue
        except ValueError as error:
            diagnostics.problem(number, str(error))
            continue
        if draft.id is not None:
            first_line[draft.id] = number
        drafts.append(draft)
    return diagnostics.result(drafts)


def _parsed(line: str) -> dict[str, object]:
    try:
        value = json.loads(
            line, parse_int=Number, parse_float=Number, parse_constant=Number, object_pairs_hook=unambiguous_object
        )
    except json.JSONDecodeError as error:
        raise ValueError(f"is not JSON: {error.msg}") from None
    except RecursionError:
        raise ValueError("is not JSON: nested too deeply") from None
    if not isinstance(value, dict):
        raise ValueError('is not a JSON object such as {"text": "…"}')  # noqa: TRY004 - the caller reports it
    return value


def unambiguous_object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Build an object in which the last of duplicate keys wins; conflicting visibility keys raise UnclearError."""
    said: dict[str, object] = {}
    for key, value in pairs:
        if decides_visibility(key) and key in said and said[key] != value:
            raise UnclearError(None, f"{key}: is given twice, with different values")
        said[key] = value
    return said


def _draft(fields: dict[str, object], number: int, diagnostics: Diagnostics) -> Draft:
    draft = read_record(fields, diagnostics, syntax=Syntax.JSON, lines=(number, number), line_of=lambda _: number)
    if not draft.paragraphs and draft.title is None:
        raise ValueError("has no text")
    return draft
