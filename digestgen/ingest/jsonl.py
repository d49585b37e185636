"""JSON lines: one object a line, ``text`` and what is known of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TypeVar

from digestgen.errors import Problem
from digestgen.fields import LONGEST_TEXT, as_date, as_language, as_text, as_url
from digestgen.ingest.draft import Draft, paragraphs_of
from digestgen.text import clean_line

T = TypeVar("T")

_LONGEST_ID = 100
_NUMBER = re.compile(r"-?[0-9]{1,20}")


class _Number(str):
    """A JSON number as it was written; never computed with, so its size does not matter."""

    __slots__ = ()


def read_jsonl(text: str, file: str) -> tuple[list[Draft], list[Problem]]:
    """The articles of a ``.jsonl`` seed, and a problem for each line or value that cannot be used.

    A line that is refused leaves the others alone; a value that is refused leaves its article without it.
    """
    drafts: list[Draft] = []
    problems: list[Problem] = []
    first_line: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            draft = _draft(_parsed(line), file, number, problems)
            if draft.id is not None and draft.id in first_line:
                raise ValueError(f"id {draft.id!r} is taken already by line {first_line[draft.id]}")
        except ValueError as error:
            problems.append(Problem(file, number, str(error)))
            continue
        if draft.id is not None:
            first_line[draft.id] = number
        drafts.append(draft)
    return drafts, problems


def _parsed(line: str) -> dict[str, object]:
    try:
        value = json.loads(line, parse_int=_Number, parse_float=_Number, parse_constant=_Number)
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply"
        raise ValueError(f"is not JSON: {reason}") from None
    if not isinstance(value, dict):
        raise ValueError('is not a JSON object such as {"text": "…"}')  # noqa: TRY004 - the caller reports it
    return value


def _draft(fields: dict[str, object], file: str, number: int, problems: list[Problem]) -> Draft:
    def value(key: str, read: Callable[[str], T]) -> T | None:
        raw = fields.get(key)
        if raw is None:
            return None
        try:
            if not isinstance(raw, str) or isinstance(raw, _Number):
                raise ValueError("is not a text in quotation marks")  # noqa: TRY004 - reported below
            return read(raw) if raw.strip() else None
        except ValueError as error:
            problems.append(Problem(file, number, f"{key}: {error}"))
            return None

    text = fields.get("text")
    if text is not None and (not isinstance(text, str) or isinstance(text, _Number)):
        raise ValueError("text: is not a text in quotation marks")
    title = value("title", _shortened)
    paragraphs = paragraphs_of((text or "").split("\n"))
    if not paragraphs and title is None:
        raise ValueError("has no text")
    return Draft(
        paragraphs=paragraphs,
        lines=(number, number),
        confidence=1.0,
        id=_id(fields.get("id"), file, number, problems),
        title=title,
        source=value("source", as_text),
        url=value("url", as_url),
        published=value("published", as_date),
        language=value("language", as_language),
    )


def _shortened(title: str) -> str | None:
    # Data sets hold titles of any length; a long one is no reason to lose it.
    return clean_line(title[: 4 * LONGEST_TEXT])[:LONGEST_TEXT].strip() or None


def _id(raw: object, file: str, number: int, problems: list[Problem]) -> str | None:
    if raw is None:
        return None
    if isinstance(raw, str) and (not isinstance(raw, _Number) or _NUMBER.fullmatch(raw)):
        cleaned = clean_line(raw[: 10 * _LONGEST_ID])
        if 0 < len(cleaned) <= _LONGEST_ID:
            return cleaned
    problems.append(Problem(file, number, f"id: is neither a whole number nor a text of 1 to {_LONGEST_ID} characters"))
    return None
