"""JSON lines: one object a line, ``text`` and what is known of it, under our names or those of other tools."""

from __future__ import annotations

import json
from dataclasses import replace

from digestgen.ingest.diagnostics import Remarks
from digestgen.ingest.draft import Draft, Found
from digestgen.ingest.records.directives import Style, UnclearError, decides
from digestgen.ingest.records.record import Number, read_record


def read_jsonl(text: str, file: str) -> Found:
    """The articles of a ``.jsonl`` seed, and a problem for each line or value that cannot be used.

    A line that is refused leaves the others alone; a value that is refused leaves its article without it. A line that
    may be withheld, but does not say so in a way that can be read, is refused.
    """
    drafts: list[Draft] = []
    remarks = Remarks(file)
    first_line: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            fields = _parsed(line)
            draft = _draft(fields, number, remarks)
            if draft.id is not None and draft.id in first_line:
                if "id" in fields:
                    raise ValueError(f"id {draft.id!r} is taken already by line {first_line[draft.id]}")
                draft = replace(draft, id=None)
        except UnclearError as error:
            remarks.problem(number, f"{error}; the line is left out until then")
            continue
        except ValueError as error:
            remarks.problem(number, str(error))
            continue
        if draft.id is not None:
            first_line[draft.id] = number
        drafts.append(draft)
    return remarks.found(drafts)


def _parsed(line: str) -> dict[str, object]:
    try:
        value = json.loads(
            line, parse_int=Number, parse_float=Number, parse_constant=Number, object_pairs_hook=object_without_doubt
        )
    except json.JSONDecodeError as error:
        raise ValueError(f"is not JSON: {error.msg}") from None
    except RecursionError:
        raise ValueError("is not JSON: nested too deeply") from None
    if not isinstance(value, dict):
        raise ValueError('is not a JSON object such as {"text": "…"}')  # noqa: TRY004 - the caller reports it
    return value


def object_without_doubt(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """The object with these keys, of which that counts which stands last, but for a word on whether it is shown."""
    said: dict[str, object] = {}
    for key, value in pairs:
        if decides(key) and key in said and said[key] != value:
            raise UnclearError(None, f"{key}: is given twice, with different values")
        said[key] = value
    return said


def _draft(fields: dict[str, object], number: int, remarks: Remarks) -> Draft:
    draft = read_record(fields, remarks, style=Style.JSON, lines=(number, number), line_of=lambda _: number)
    if not draft.paragraphs and draft.title is None:
        raise ValueError("has no text")
    return draft
