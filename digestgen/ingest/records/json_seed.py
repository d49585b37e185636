"""Reader for JSON: a JSON Feed, or an array of objects as in JSON lines."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from digestgen.field_aliases import by_our_names
from digestgen.fields import as_language, as_text, quoted
from digestgen.ingest.diagnostics import Diagnostics
from digestgen.ingest.draft import Draft, ParsedSeed
from digestgen.ingest.html.fragments import line_of_field
from digestgen.ingest.records.directives import Syntax, UnclearError, read_directive, read_embargoes
from digestgen.ingest.records.json_lines import unambiguous_object
from digestgen.ingest.records.record import Number, read_record
from digestgen.ingest.records.visibility_flags import decisive_directive

_LISTS = ("items", "articles", "entries", "posts", "results", "records", "documents", "stories", "news", "data")
"""Keys under which programs store the array of articles."""


def read_json(text: str, file: str) -> ParsedSeed:
    """Read a ``.json`` seed."""
    diagnostics = Diagnostics(file)
    try:
        value = json.loads(
            text, parse_int=Number, parse_float=Number, parse_constant=Number, object_pairs_hook=_object_or_error
        )
    except json.JSONDecodeError as error:
        diagnostics.problem(error.lineno, f"is not JSON: {error.msg}")
        return diagnostics.result(())
    except RecursionError:
        diagnostics.problem(None, "is not JSON: nested too deeply")
        return diagnostics.result(())
    last = text.rstrip("\n").count("\n") + 1
    whole = value if isinstance(value, dict) else {}
    records = _records(value)
    if records is None:
        diagnostics.problem(
            None, "is neither a JSON Feed nor an array of articles such as [{“title”: “…”, “text”: “…”}]"
        )
        return diagnostics.result(())
    source, language = _feed_metadata(whole)
    try:
        over_all = read_directive(whole, Syntax.JSON, file, lambda _: None)
        embargoes = read_embargoes(whole, Syntax.JSON, file, lambda _: None)
    except UnclearError as error:
        diagnostics.problem(None, f"{error}; the file is left out until this is fixed")
        return diagnostics.result(())
    drafts: list[Draft] = []
    seen: set[str] = set()
    for number, fields in enumerate(records, start=1):
        try:
            draft = _draft(fields, diagnostics, last)
        except UnclearError as error:
            diagnostics.problem(None, f"article {number}: {error}; it is left out until this is fixed")
            continue
        except ValueError as error:
            diagnostics.problem(None, f"article {number}: {error}")
            continue
        if draft.id is not None:
            draft = replace(draft, id=None) if draft.id in seen else draft
            seen.add(draft.id or "")
        draft = replace(draft, source=draft.source or source, language=draft.language or language)
        drafts.append(
            replace(
                draft,
                directive=decisive_directive((draft.directive, over_all)),
                embargoes=(*draft.embargoes, *embargoes),
            )
        )
    if not records:
        diagnostics.note(None, "has no articles in it")
    return diagnostics.result(drafts)


def _object_or_error(pairs: list[tuple[str, object]]) -> object:
    try:
        return unambiguous_object(pairs)
    except UnclearError as error:
        return error


def _records(value: Any) -> list[object] | None:  # noqa: ANN401 - it is whatever JSON may hold
    """The records in a value: the items of an array, of an array inside an object, or the object itself."""
    if isinstance(value, dict):
        listed = next((value[key] for key in _LISTS if isinstance(value.get(key), list)), None)
        if isinstance(listed, list):
            return listed
        return [value] if by_our_names(value).keys() & {"text"} else None
    if isinstance(value, UnclearError):
        return [value]
    if isinstance(value, list) and all(isinstance(each, dict | UnclearError) for each in value):
        return value
    return None


def _draft(fields: object, diagnostics: Diagnostics, last: int) -> Draft:
    if isinstance(fields, UnclearError):
        raise fields
    if not isinstance(fields, dict):
        raise ValueError(f"{quoted(str(fields))} is no article, but a single value")  # noqa: TRY004 - reported like the rest
    draft = read_record(fields, diagnostics, syntax=Syntax.JSON, lines=(1, last), line_of=lambda _: None)
    if not draft.paragraphs and draft.title is None:
        raise ValueError("has no text")
    return draft


def _feed_metadata(whole: Mapping[str, object]) -> tuple[str | None, str | None]:
    """Title and language of a feed, which apply to each of its articles."""
    title, language = (value if isinstance(value := whole.get(key), str) else "" for key in ("title", "language"))
    if not isinstance(whole.get("items"), list):
        return None, None
    try:
        source = as_text(line_of_field(title))
    except ValueError:
        source = None
    try:
        return source, as_language(language)
    except ValueError:
        return source, None
