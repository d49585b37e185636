"""A record (front matter, a JSON object, a table row) → a draft, whatever tool wrote it.

Our own keys are read strictly; other tools' keys are read where ours are missing, and unusable values are noted.
Visibility is checked first and raises ``UnclearError`` if it is unclear.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TypeVar

from digestgen.dates import read_date
from digestgen.field_aliases import by_our_names, is_unused, our_name
from digestgen.fields import LONGEST_TEXT, as_language, as_publish, as_text, as_url, quoted
from digestgen.ingest.diagnostics import Diagnostics
from digestgen.ingest.draft import Draft
from digestgen.ingest.html.fragments import line_of_field, paragraphs_of_field
from digestgen.ingest.records.directives import Syntax, decides_visibility, read_directive, read_embargoes
from digestgen.language.text import clean_line
from digestgen.model import Publish

T = TypeVar("T")

_LONGEST_ID = 100
_MOST_HINTS = 40
_LONGEST_HINT = 100
_CUT = re.compile(r"\s*\[\+[0-9]{1,7} chars\]\s*\Z")
"""How some news services mark a text that they truncated."""
_INNER = ("rendered", "value", "text", "#text", "_", "name", "title", "label", "term", "html", "url", "href")
"""Where a text is nested in an object by WordPress, feed converters and JSON-LD."""
_PARTING = str.maketrans(dict.fromkeys(",;|\n", "\n"))


class Number(str):
    """A JSON number as written. It is never computed with, so its size does not matter."""

    __slots__ = ()


def read_record(  # noqa: PLR0913 -- all but the first two are named
    fields: Mapping[str, object],
    diagnostics: Diagnostics,
    *,
    syntax: Syntax,
    lines: tuple[int, int],
    line_of: Callable[[str], int | None],
    body: bool = False,
) -> Draft:
    """Make the draft of a record.

    ``lines`` is where the record stands, ``line_of`` gives the line of a key. With ``body``, the text is elsewhere and
    a description in the record is not taken for it. Raises UnclearError, before anything is recorded, if it is unclear
    whether the article is to be shown.
    """
    directive = read_directive(fields, syntax, diagnostics.file, line_of)
    embargoes = read_embargoes(fields, syntax, diagnostics.file, line_of)
    reading = _RecordReader(fields, diagnostics, syntax, line_of)
    for key in fields:
        if our_name(key) is None and not is_unused(key) and not decides_visibility(key):
            diagnostics.unknown_key(line_of(key), key)
    url = reading.value("url", as_url)
    return Draft(
        paragraphs=() if body else reading.paragraphs(),
        lines=lines,
        confidence=1.0,
        id=None if body else reading.id(),
        title=reading.value("title", _title if syntax is Syntax.YAML else _shortened),
        source=reading.value("source", as_text),
        author=reading.value("author", _person),
        url=url or reading.address_as_source(),
        published=reading.day(),
        language=reading.value("language", as_language),
        publish=reading.publish(),
        directive=directive,
        embargoes=embargoes,
        hints=tuple(reading.hints()),
    )


def _title(text: str) -> str:
    return as_text(line_of_field(text))


def _shortened(text: str) -> str:
    # Data sets hold titles of any length; a long one is truncated, not lost.
    return line_of_field(clean_line(text[: 4 * LONGEST_TEXT]))[:LONGEST_TEXT].strip()


def _person(text: str) -> str:
    return as_text(line_of_field(text.strip("[] ")))  # Obsidian links to people


class _RecordReader:
    def __init__(
        self,
        fields: Mapping[str, object],
        diagnostics: Diagnostics,
        syntax: Syntax,
        line_of: Callable[[str], int | None],
    ) -> None:
        self.fields = fields
        self.diagnostics = diagnostics
        self.syntax = syntax
        self.line_of = line_of
        self.named = by_our_names(fields)

    def value(self, ours: str, read: Callable[[str], T]) -> T | None:
        """The first usable value among the aliases of one of our names."""
        for key in self.named.get(ours, ()):
            text = self._text(key, ours)
            if not text.strip() or (ours == "source" and _is_address(text)):
                continue
            try:
                found = read(text)
            except ValueError as error:
                self._pass_over(key, ours, text, str(error))
                continue
            if found:
                return found
        return None

    def _text(self, key: str, ours: str) -> str:
        """The text of a key; one of our own keys must not hold another type."""
        raw, own = self.fields[key], key == ours and ours != "author"
        inner = isinstance(raw, dict) and ours in {"title", "source"}
        if own and raw not in (None, []) and not _is_text(raw) and not inner and self.syntax is not Syntax.TABLE:
            self._refuse(key, _wrong_type(raw, self.syntax))
            return ""
        text = "" if isinstance(raw, Number) else _text_in(raw)  # such as the number of an author
        if own and ours == "title" and self.syntax is Syntax.YAML and not text.strip():
            message = "title: is empty; a title that starts with # or is only a sign belongs in quotation marks"
            self.diagnostics.note(self.line_of(key), message)
        return text

    def _pass_over(self, key: str, ours: str, text: str, message: str) -> None:
        if ours == "url" and _is_path(text):  # where the article stands in the tool that it comes from
            if key == ours:
                message = f"url: {quoted(text)} is not a full web address, and is ignored"
                self.diagnostics.note(self.line_of(key), message, "url")
        elif key == ours:
            self._refuse(key, message)
        else:
            self.diagnostics.note(self.line_of(key), f"{key}: {message}; it is ignored", ours)

    def _refuse(self, key: str, message: str) -> None:
        self.diagnostics.problem(self.line_of(key), f"{key}: {message}")

    def paragraphs(self) -> tuple[str, ...]:
        for key in self.named.get("text", ()):
            raw = self.fields[key]
            if key == "text" and raw is not None and (not isinstance(raw, str) or isinstance(raw, Number)):
                raise ValueError("text: is not a text in quotation marks")
            text = "\n".join(_text_in(each) for each in raw) if isinstance(raw, list) else _text_in(raw)
            if paragraphs := paragraphs_of_field(_CUT.sub("", text)):
                return paragraphs
        return ()

    def day(self) -> date | None:
        """The first readable date; a note if there are dates but none is readable."""
        refused: list[tuple[str, str]] = []
        for key in self.named.get("published", ()):
            raw = self.fields[key]
            text = _text_in(raw)
            if text.strip().casefold() in {"", "true", "false"} or (
                isinstance(raw, list | dict) and key != "published"
            ):
                continue
            try:
                return read_date(text)
            except ValueError as error:
                refused.append((key, f"{key}: {quoted(text)} {error}; the article has no date"))
        for key, message in refused[:1]:
            self.diagnostics.note(self.line_of(key), message, "published")
        return None

    def publish(self) -> Publish | None:
        raw = self.fields.get("publish")
        if not isinstance(raw, str) or raw in {"true", "false"}:
            return None
        try:
            return as_publish(raw)
        except ValueError:
            return None

    def id(self) -> str | None:
        for key in self.named.get("id", ()):
            raw = self.fields[key]
            if raw is None or (self.syntax is Syntax.TABLE and not _text_in(raw).strip()):
                continue
            if isinstance(raw, str) and (not isinstance(raw, Number) or raw.removeprefix("-").isdecimal()):
                cleaned = clean_line(raw[: 10 * _LONGEST_ID])
                if 0 < len(cleaned) <= _LONGEST_ID and len(raw) <= 10 * _LONGEST_ID:
                    return cleaned
            if key == "id":
                self._refuse(key, f"is neither a whole number nor a text of 1 to {_LONGEST_ID} characters")
        return None

    def address_as_source(self) -> str | None:
        """The address, if a tool gives one as the source."""
        for key in self.named.get("source", ()):
            text = _text_in(self.fields[key])
            if _is_address(text):
                try:
                    return as_url(text)
                except ValueError:
                    continue
        return None

    def hints(self) -> Iterator[str]:
        count = 0
        for key in self.named.get("hints", ()):
            for text in _texts_in(self.fields[key]):
                if isinstance(text, Number):  # the tag has a name elsewhere
                    continue
                for part in text[: 10 * LONGEST_TEXT].translate(_PARTING).split("\n"):
                    hint = clean_line(part.replace("/", " / ")).lstrip("#").strip()
                    if 1 < len(hint) <= _LONGEST_HINT and count < _MOST_HINTS:
                        count += 1
                        yield hint


def _is_text(raw: object) -> bool:
    return isinstance(raw, str) and not isinstance(raw, Number)


def _wrong_type(raw: object, syntax: Syntax) -> str:
    if syntax is Syntax.JSON:
        return "is not a text in quotation marks"
    return f"is {'a list' if isinstance(raw, list) else 'a mapping (key: value)'} where a single value belongs"


def _text_in(raw: object) -> str:
    """The first text inside a value."""
    return next(_texts_in(raw), "")


def _texts_in(raw: object, depth: int = 0) -> Iterator[str]:
    if isinstance(raw, str):
        yield raw
    elif isinstance(raw, list) and depth < 3:
        for each in raw:
            yield from _texts_in(each, depth + 1)
    elif isinstance(raw, dict) and depth < 3:
        inner = next((raw[key] for key in _INNER if isinstance(raw.get(key), str | list) and raw[key]), None)
        if inner is not None:
            yield from _texts_in(inner, depth + 1)


def _is_address(text: str) -> bool:
    return text.strip().startswith(("http://", "https://"))


def _is_path(text: str) -> bool:
    return ":" not in text.split("/", maxsplit=1)[0]
