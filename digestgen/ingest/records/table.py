"""Reader for tables, as spreadsheets and read-later services export them: one article per row."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from digestgen.field_aliases import by_our_names
from digestgen.fields import quoted
from digestgen.ingest.diagnostics import Diagnostics
from digestgen.ingest.draft import Draft, ParsedSeed
from digestgen.ingest.records.directives import Syntax, UnclearError, decides_visibility
from digestgen.ingest.records.record import read_record

_DELIMITERS = (",", ";", "\t", "|")
_LONGEST_CELL = 4_000_000
"""Characters; a longer cell means that a quotation mark is never closed."""
_END = "\ufdd0"
"""Sentinel (a Unicode noncharacter) behind the last line: if it ends up inside a cell, a quotation is open."""
_LONGEST_HEAD = 20
"""Lines that the header row may span."""


def read_table(text: str, file: str) -> ParsedSeed:
    """Read a ``.csv`` or ``.tsv`` seed.

    The first row names the columns, by our names or other tools'. A row without text is no article; if no row has text,
    the table is a list of pages to fetch.
    """
    diagnostics = Diagnostics(file)
    lines = text.split("\n")
    first, delimiter = _opening(lines)
    rows = _rows(lines, first, delimiter, diagnostics)
    at, columns = next(rows, (first + 1, ()))
    named = by_our_names(columns)
    if diagnostics.problems:
        return diagnostics.result(())
    if not named.keys() & {"text", "title", "url"}:
        diagnostics.problem(at, "has no row at its top that names the columns, such as title,text,url,published,source")
        return diagnostics.result(())
    drafts: list[Draft] = []
    seen: set[str | None] = set()
    textless: list[int] = []
    for line, cells in rows:
        draft = _draft(columns, cells, line, diagnostics)
        if draft is None:
            continue
        if not draft.paragraphs:
            textless.append(line)
            continue
        drafts.append(replace(draft, id=None) if draft.id in seen else draft)
        seen.add(draft.id)
    if textless:
        _note_textless(textless, drafts, "url" in named, diagnostics)
    elif not drafts and not diagnostics.problems:
        diagnostics.problem(at, "has no rows below the names of its columns")
    return diagnostics.result(drafts)


def _opening(lines: Sequence[str]) -> tuple[int, str]:
    """The index of the header row, and the delimiter; Excel may declare it in a line ``sep=;``."""
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    declared = re.fullmatch(r"(?i:sep)=(.)\s*", lines[first])
    return (first + 1, declared[1]) if declared else (first, _delimiter(lines[first : first + _LONGEST_HEAD]))


def _draft(columns: Sequence[str], cells: Sequence[str], line: int, diagnostics: Diagnostics) -> Draft | None:
    """The draft of a row; None if it is empty or left out."""
    if not any(cells):
        return None
    if any(cells[len(columns) :]):
        diagnostics.note(line, "has more cells than there are columns; the extra ones are ignored", "cells")
    fields = {name: cell for name, cell in zip(columns, cells, strict=False) if name}
    try:
        return read_record(fields, diagnostics, syntax=Syntax.TABLE, lines=(line, line), line_of=lambda _: line)
    except UnclearError as error:
        diagnostics.problem(line, f"{error}; the row is left out until this is fixed")
    except ValueError as error:
        diagnostics.problem(line, str(error))
    return None


def _note_textless(textless: Sequence[int], drafts: Sequence[Draft], addressed: bool, diagnostics: Diagnostics) -> None:  # noqa: FBT001
    fetch = f"; “digestgen add {diagnostics.file}” fetches the pages that it names" if addressed else ""
    if not drafts:
        diagnostics.note(None, f"has titles or addresses, but no texts{fetch}")
    elif len(textless) == 1:
        diagnostics.note(textless[0], f"this row has no text, and is skipped{fetch}")
    else:
        diagnostics.note(textless[0], f"{len(textless)} rows have no text, and are skipped{fetch}")


def _delimiter(head: Sequence[str]) -> str:
    """The delimiter that gives the most known column names."""
    best = ","
    most = (0, 0)
    for delimiter in _DELIMITERS:
        try:
            _, columns = next(_cells(head, 0, delimiter), (0, ()))
        except csv.Error:
            continue
        known = len(by_our_names(columns)) + sum(map(decides_visibility, columns))
        if (known, len(columns)) > most and len(columns) > 1:
            best, most = delimiter, (known, len(columns))
    return best


def _rows(
    lines: Sequence[str], first: int, delimiter: str, diagnostics: Diagnostics
) -> Iterator[tuple[int, Sequence[str]]]:
    try:
        yield from _cells(lines, first, delimiter)
    except csv.Error as error:
        where = int(str(error))
        message = (
            f"a quotation mark opens in {quoted(lines[where - 1])} and is never closed; from there on nothing is read"
        )
        diagnostics.problem(where, message)


def _cells(lines: Sequence[str], first: int, delimiter: str) -> Iterator[tuple[int, Sequence[str]]]:
    """Line and cells of each row. Raises csv.Error, with the line of the row, if a quotation is never closed."""
    csv.field_size_limit(_LONGEST_CELL)
    given = (f"{line}\n" for line in chain(lines[first:], [_END]))
    reader = csv.reader(given, delimiter=delimiter, strict=False)
    opened = first + 1
    try:
        for row in reader:
            if row == [_END]:
                return
            if row and row[-1].endswith(f"{_END}\n"):
                break
            if row:
                yield opened, [cell.strip() for cell in row]
            opened = first + reader.line_num + 1
    except csv.Error:
        pass
    raise csv.Error(str(opened))
