"""JSON lines: one object a line, ``text`` and what is known of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TypeVar

from digestgen.errors import Problem
from digestgen.fields import LONGEST_TEXT, as_date, as_language, as_text, as_url, quoted
from digestgen.ingest.draft import Draft, Found, paragraphs_of
from digestgen.ingest.withheld import PUBLISHING, decisive, drafted, meant, published
from digestgen.model import Directive
from digestgen.text import clean_line

T = TypeVar("T")

_LONGEST_ID = 100
_NUMBER = re.compile(r"-?[0-9]{1,20}")


class _Number(str):
    """A JSON number as it was written; never computed with, so its size does not matter."""

    __slots__ = ()


def read_jsonl(text: str, file: str) -> Found:
    """The articles of a ``.jsonl`` seed, and a problem for each line or value that cannot be used.

    A line that is refused leaves the others alone; a value that is refused leaves its article without it. A line that
    may be withheld, but does not say so in a way that can be read, is refused.
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
    return Found(drafts, problems)


def _parsed(line: str) -> dict[str, object]:
    try:
        value = json.loads(
            line, parse_int=_Number, parse_float=_Number, parse_constant=_Number, object_pairs_hook=_object
        )
    except json.JSONDecodeError as error:
        raise ValueError(f"is not JSON: {error.msg}") from None
    except RecursionError:
        raise ValueError("is not JSON: nested too deeply") from None
    if not isinstance(value, dict):
        raise ValueError('is not a JSON object such as {"text": "…"}')  # noqa: TRY004 - the caller reports it
    return value


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """The object with these keys, of which that counts which stands last, but for a word on whether it is shown."""
    for word in ("draft", "published"):
        said = [value for key, value in pairs if key == word]
        if any(value != said[0] for value in said):
            raise ValueError(f"{word}: says one thing and another; the line is left out until it says one")
    return dict(pairs)


def _directive(fields: dict[str, object], file: str, number: int) -> Directive | None:
    """Whether the article is to be shown, as far as it says; raises ValueError where that cannot be told."""
    for key, value in fields.items():
        word = None if key in {"draft", "published"} else meant(key, flag=isinstance(value, bool))
        harmless = isinstance(value, str) or value is True if word in PUBLISHING else value is False
        if word is None or harmless:
            continue
        known = "published" if word in PUBLISHING else "draft"
        raise ValueError(f"unknown key {quoted(key)}; write {known}: true or false. The line is left out until then")
    draft, public = fields.get("draft"), fields.get("published")
    if "draft" in fields and not isinstance(draft, bool):
        raise ValueError("draft: is neither true nor false; the line is left out until it is")
    if isinstance(public, str) and public.strip().casefold() in {"true", "false"}:
        raise ValueError("published: true or false stand without quotation marks; the line is left out until they do")
    return decisive(
        (drafted(draft if isinstance(draft, bool) else None, file, number), published(public, file, number))
    )


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
    directive = _directive(fields, file, number)
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
        published=None if isinstance(fields.get("published"), bool) else value("published", as_date),
        language=value("language", as_language),
        directive=directive,
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
